"""The values of options, checked; and wrong calls told in one line with the nearest right word."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from zaitaku_rules.errors import InvalidCall, ZaitakuError, nearest, shown_value
from zaitaku_rules.judge import selected
from zaitaku_rules.records.written import date_written, month_written, municipality_written

LANGS = ("ja", "en")
_LATER = ("csv", "sarif", "junit", "html", "xlsx")
_WORD = re.compile(r"[^A-Za-z0-9-]")


def word_of(option: str, value: str, allowed: Sequence[str]) -> str:
    """Return the value of an option that takes one of a few words; raises InvalidCall for another."""
    if value in allowed:
        return value
    listed = ", ".join(allowed)
    if option == "--format" and value in _LATER:
        ja, en = f"{value} はこの版にはありません。", f"{value} is not in this version"
    else:
        near = nearest(value, allowed)
        ja = f"使えない値です。{f'{near} のことですか。' if near else ''}"
        en = f"value not known{f'; did you mean {near}?' if near else ''}"
    raise InvalidCall(f"{ja}使える値: {listed}", f"{en} (available: {listed})", place=option)


def day_asked(text: str | None, option: str = "--as-of") -> date | None:
    """Return the day of an option, written in ISO form or in Japanese era; raises InvalidCall."""
    if text is None:
        return None
    if day := date_written(text):
        return day
    shown = shown_value(text)
    ja, en = (f"「{shown}」は", f"found {shown}: ") if shown else ("", "")
    raise InvalidCall(
        f"{ja}日付ではありません。2026-02-20 か R8.2.20 のように、実在する日を書いてください。",
        f"{en}not a date: write an existing day such as 2026-02-20 or R8.2.20",
        place=option,
    )


def month_asked(text: str) -> str:
    """Return the month of `--month` as YYYY-MM; raises InvalidCall for what is none."""
    if found := month_written(text):
        return found
    raise InvalidCall(
        "月ではありません。2026-02 のように書いてください。",
        "not a month: write YYYY-MM such as 2026-02",
        place="--month",
    )


def municipality_asked(text: str | None) -> str | None:
    """Return the six-digit code of `--municipality`; raises InvalidCall for a wrong check digit."""
    if text is None:
        return None
    if code := municipality_written(text):
        return code
    raise InvalidCall(
        "市町村コードではありません。検査数字を含む6桁(または検査数字を除く5桁)を書いてください。",
        "not a municipality code: write six digits with the right check digit (or five without it)",
        place="--municipality",
    )


def readings_asked(texts: Iterable[str]) -> dict[str, str]:
    """Return the readings of `--reading NAME=VALUE`; raises InvalidCall for another form."""
    asked: dict[str, str] = {}
    for text in texts:
        name, sign, value = text.partition("=")
        if not sign or not name.strip() or asked.get(name.strip(), value) != value:
            raise InvalidCall(
                "名前=値 の形で、名前ごとに一度だけ書いてください。例: week_start=monday",
                "write NAME=VALUE, once for each name, such as week_start=monday",
                place="--reading",
            )
        asked[name.strip()] = value.strip()
    return asked


def plan_asked(plan: bool, known_at: str | None) -> bool:
    """Return `--plan`; raises InvalidCall beside `--known-at`, for nobody plans for a day that is over."""
    if plan and known_at is not None:
        raise InvalidCall(
            "--known-at とは併せて使えません。手順は、いま分かっている記録から立てます。",
            "not together with --known-at: a plan is made from all that is known now",
            place="--plan",
        )
    return plan


def codes_asked(option: str, texts: Sequence[str]) -> tuple[str, ...]:
    """Return the codes of `--select` or `--ignore`; raises InvalidCall for one that names no rule."""
    if not texts:
        return ()
    codes = tuple(code for text in texts for part in text.split(",") if (code := part.strip().upper()))
    try:
        if not codes:
            raise InvalidCall(
                "規則の番号がありません。例: Z3,Z401", "no rule is named: write such as Z3,Z401"
            )
        selected(codes, ())
    except InvalidCall as error:
        raise InvalidCall(error.message.ja, error.message.en, place=option) from None
    return codes


def unknown_command(found: str, known: Iterable[str]) -> InvalidCall:
    """Return the error for a command that does not exist."""
    listed, shown = list(known), _WORD.sub("", found)[:40]
    near, known_words = nearest(found, listed), ", ".join(listed)
    return InvalidCall(
        f"そのコマンドはありません。{f'{near} のことですか。' if near else ''}使えるコマンド: {known_words}",
        f"no such command{f'; did you mean {near}?' if near else ''} (known: {known_words})",
        place=shown,
    )


def told(error: Exception) -> ZaitakuError:
    """Return a wrong call in our words; of anything else only where and what kind it is.

    Typer brings its own copy of Click's exceptions in some versions, so they are known by name.
    """
    context: Any = getattr(error, "ctx", None)
    if not hasattr(error, "format_message"):
        return internal(error)
    match type(error).__name__:
        case "NoSuchOption":
            return _unknown_option(str(getattr(error, "option_name", "")), context)
        case "MissingParameter":
            parameter: Any = getattr(error, "param", None)
            option = next((name for name in getattr(parameter, "opts", ()) if name.startswith("--")), None)
            name = str(option or getattr(parameter, "metavar", None) or getattr(parameter, "name", "") or "?")
            return InvalidCall(
                f"{name} が必要です。{_see(context)[0]}", f"{name} is missing; {_see(context)[1]}"
            )
        case "BadOptionUsage":
            option = str(getattr(error, "option_name", ""))
            return InvalidCall(f"{option} の値が合いません。", f"{option}: a value is missing or too many")
        case _:
            return InvalidCall(
                f"引数が合いません。{_see(context)[0]}", f"the arguments do not fit; {_see(context)[1]}"
            )


def internal(error: Exception, place: str = "") -> ZaitakuError:
    """Return a fault of this program in one line without any data: where it happened and of which type."""
    trace, where = error.__traceback__, "?"
    while trace is not None:
        code = trace.tb_frame
        if "zaitaku_rules" in code.f_globals.get("__name__", ""):
            where = f"{code.f_globals['__name__']}:{trace.tb_lineno}"
        trace = trace.tb_next
    kind = type(error).__name__
    return ZaitakuError(
        f"プログラムの誤りです({where}: {kind})。この行を添えて報告してください。",
        f"internal error in {where}: {kind}; please report this line",
        place=place,
    )


def _unknown_option(found: str, context: Any) -> InvalidCall:
    known = [name for param in context.command.params for name in param.opts if name.startswith("--")]
    near = nearest(found, [*known, "--help"])
    shown = "-" * (len(found) - len(found.lstrip("-"))) + _WORD.sub("", found.lstrip("-"))[:40]
    return InvalidCall(
        f"その選択肢はありません。{f'{near} のことですか。' if near else ''}{_see(context)[0]}",
        f"no such option{f'; did you mean {near}?' if near else ''}; {_see(context)[1]}",
        place=shown,
    )


def _see(context: Any) -> tuple[str, str]:
    path = context.command_path if context is not None else "zaitaku"
    return f"{path} --help で使い方を見られます。", f"see {path} --help"

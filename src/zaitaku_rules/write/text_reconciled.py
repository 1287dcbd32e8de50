"""Persons of a billing report in the terminal: the days on which billing and log part, and what is broken."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from zaitaku_rules.billing import BillingReport, ReconciledPerson, UnmatchedPerson
from zaitaku_rules.billing.reconciling_parts import BilledDay
from zaitaku_rules.errors import Message
from zaitaku_rules.explain import named, words
from zaitaku_rules.write.day_words import day_words, month_words
from zaitaku_rules.write.labels import SIGNS, STYLES, plain
from zaitaku_rules.write.line_breaks import wrapped

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.table import Table
    from rich.text import Text

_OF_BILLING = ("K4", "Z503", "Z504", "Z7")
"""Codes that are told day by day; of the others the number of days."""

_BILLED = {
    "use": Message("提供", "used"),
    "absence_addition": Message("欠席時対応", "absence"),
    "": Message("請求なし", "not billed"),
}
_SAID = {
    "unknown": Message("記録が不明", "log silent"),
    "none": Message("利用なし", "not used"),
    "agrees": Message("請求と記録の食い違いは見つかりませんでした。", "Billing and log agree."),
    "unbilled": Message(
        "これらのファイルに請求がありません。ケースだけで判定しました。",
        "Nothing is billed in these files; judged by the case alone.",
    ),
    "others": Message("そのほか", "besides"),
    "no_user": Message("対応表に受給者証番号がありません", "not named by the mapping"),
    "no_case": Message("この事業所・月のケースがありません", "no case of this office and month"),
    "unmatched": Message("記録と結びつかない利用者", "persons without a log"),
    "days": Message("提供{n}日", "used on {n} days"),
}


def reconciled_lines(report: BillingReport, lang: str, width: int) -> Iterator[RenderableType]:
    """Return the lines of all persons, those without a log at the end; nothing where no case was given."""
    for person in report.persons or ():
        yield ""
        yield from person_lines(person, lang, width)
    if report.unmatched:
        yield ""
        yield from unmatched_lines(report.unmatched, lang)


def person_lines(person: ReconciledPerson, lang: str, width: int) -> Iterator[RenderableType]:
    """Return the lines of one person: verdict, the days that part, then the other rules that are not kept."""
    from rich.padding import Padding
    from rich.text import Text

    yield _header(person, lang)
    told = [day for day in person.days if _parts(day)]
    if not person.billed:
        yield Padding(Text(wrapped(_SAID["unbilled"].said_in(lang), width - 2), style="dim"), (0, 0, 0, 2))
    elif told:
        yield Padding(_days(told, lang), (0, 0, 0, 2))
    elif not any(check.status in ("broken", "open") for check in person.checks):
        yield Padding(Text(wrapped(_SAID["agrees"].said_in(lang), width - 2), style="dim"), (0, 0, 0, 2))
    for status in ("broken", "open"):
        codes = [code for code in _others(person, status) if not _is_of_billing(code)]
        if codes:
            line = f"{SIGNS[status]} {_SAID['others'].said_in(lang)}  {'  '.join(codes)}"
            yield Padding(Text(wrapped(line, width - 2)), (0, 0, 0, 2))


def unmatched_lines(persons: Sequence[UnmatchedPerson], lang: str, most: int = 20) -> Iterator[Text]:
    """Return the lines that name the persons without a log, the first of them."""
    from rich.text import Text

    if persons:
        yield Text(f"{_SAID['unmatched'].said_in(lang)} {len(persons)}", style="bold")
    for person in persons[:most]:
        days = _SAID["days"].said_in(lang).format(n=person.used_days)
        what = f"{plain(person.person)}  {plain(person.provider)}  {plain(person.month)}  {days}"
        yield Text(f"  {what}  {_SAID[person.reason].said_in(lang)}")
    if len(persons) > most:
        yield Text(f"  +{len(persons) - most}")


def _parts(day: BilledDay) -> bool:
    """Tell whether billing and log part on a day; of days that neither names nothing is told."""
    is_named = bool(day.billed or day.logged)
    return any(map(_is_of_billing, (*day.broken, *(day.open if is_named else ()))))


def _header(person: ReconciledPerson, lang: str) -> Text:
    from rich.text import Text

    verdict = person.report.verdict
    line = Text(f" {SIGNS[verdict]} {words()['statuses'][verdict][lang]} ", style=STYLES[verdict])
    line = Text().append_text(line).append(f"  {plain(person.user)}", style="bold")
    line.append(f"  {month_words(person.month, lang)}", style="bold")
    return line.append(f"  {' '.join(filter(None, (plain(person.person), person.provider)))}", style="dim")


def _days(days: Sequence[BilledDay], lang: str) -> Table:
    from rich.table import Table

    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0), pad_edge=False)
    for day in days:
        billed = [_BILLED[status].said_in(lang) for status in day.billed or ("",)]
        codes = [f"{SIGNS['broken']} {code}" for code in filter(_is_of_billing, day.broken)]
        codes += [f"{SIGNS['open']} {code}" for code in filter(_is_of_billing, day.open)]
        table.add_row(day_words(day.date, lang), "+".join(billed), _logged(day, lang), "  ".join(codes))
    return table


def _logged(day: BilledDay, lang: str) -> str:
    if not day.logged:
        return _SAID["unknown" if day.logged is None else "none"].said_in(lang)
    said = named("values", day.logged)
    return said.ja if lang == "ja" else said.en


def _others(person: ReconciledPerson, status: str) -> Iterator[str]:
    for rule in person.report.rules:
        if rule.status == status:
            yield rule.code


def _is_of_billing(code: str) -> bool:
    return code.startswith(_OF_BILLING)

"""Findings as annotations of GitHub Actions: one for each case and rule, on the line of its case.

GitHub shows ten errors, ten warnings and ten notices of a step, so no more are written; the last of each
kind then says how many were left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from zaitaku_rules.errors import ZaitakuError
from zaitaku_rules.explain import words
from zaitaku_rules.write.answers import Answer, answers
from zaitaku_rules.write.finding_words import day_list, heading, said, why_not_judged
from zaitaku_rules.write.judged_case import DUTIES, JudgedCase, Outcome, located
from zaitaku_rules.write.labels import plain

_LEVELS = ("error", "warning", "notice")
_SHOWN = 10


def github_lines(outcomes: Iterable[Outcome], lang: str, *, strict: bool = False) -> Iterator[str]:
    """Return the annotations, a line each, errors first."""
    return shown_lines((line for one in outcomes for line in annotations_of(one, lang, strict)), lang)


def shown_lines(
    found: Iterable[tuple[str, str]], lang: str, unlisted: Mapping[str, int] = MappingProxyType({})
) -> Iterator[str]:
    """Return of annotations, each behind its level, those that GitHub shows.

    `unlisted` says how many more of each level there are beside those found.
    """
    lines: dict[str, list[str]] = {level: [] for level in _LEVELS}
    left_out = {level: unlisted.get(level, 0) for level in _LEVELS}
    for level, line in found:
        if len(lines[level]) < _SHOWN:
            lines[level].append(line)
        else:
            left_out[level] += 1
    for level in _LEVELS:
        if left_out[level]:
            lines[level][-1] = command(level, "", "zaitaku", _more(left_out[level] + 1, lang))
        yield from lines[level]


def annotations_of(one: Outcome, lang: str, strict: bool) -> Iterator[tuple[str, str]]:
    """Return the annotations of one case, each behind its level."""
    if isinstance(one, ZaitakuError):
        yield "error", command("error", one.place, "zaitaku", one.message.said_in(lang))
        return
    for answer in answers(one, strict=strict):
        if level := _level(answer):
            title = f"{heading(answer.rule, lang)}: {words()['statuses'][answer.status][lang]}"
            yield level, command(level, one.place, title, _message(answer, one, lang))


def _level(answer: Answer) -> str | None:
    """Return error for what makes the exit 1; a contradiction or an open duty is a warning."""
    if answer.kind == "failed":
        return "error"
    if answer.kind not in ("advice", "open"):
        return None
    is_record = answer.kind == "advice" and answer.rule.severity == "record"
    is_open_duty = answer.kind == "open" and answer.rule.severity in DUTIES
    return "warning" if is_record or is_open_duty else "notice"


def _message(answer: Answer, case: JudgedCase, lang: str) -> str:
    report = case.report
    head = f"{plain(report.user)} {report.month}"
    if not answer.days:
        return f"{head}\n{why_not_judged(answer.rule, lang)}"
    return f"{head}: {day_list(answer.days, report, lang)}\n{said(answer.rule.message, lang)}"


def _more(count: int, lang: str) -> str:
    return (
        f"ほか{count}件(GitHub は1段階につき{_SHOWN}件まで示します)"
        if lang == "ja"
        else f"{count} more (GitHub shows {_SHOWN} of a kind)"
    )


def command(level: str, place: str, title: str, message: str) -> str:
    """Return one annotation as the runner reads it."""
    file, line = located(place)
    where = {"file": file, "line": str(line or 1)} if file and file != "-" else {}
    properties = ",".join(f"{name}={_property(value)}" for name, value in (where | {"title": title}).items())
    return f"::{level} {properties}::{_data(message)}\n"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(plain(text)).replace(":", "%3A").replace(",", "%2C")

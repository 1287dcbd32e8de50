"""A case drawn as a small text calendar: what was recorded on each day, and what a rule says of it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from zaitaku_rules.days.calendar import calendar_of
from zaitaku_rules.explain import words
from zaitaku_rules.records import Case
from zaitaku_rules.report import Report, RuleReport
from zaitaku_rules.write.day_words import WEEKDAYS, days_words
from zaitaku_rules.write.labels import LEGEND, SIGNS
from zaitaku_rules.write.month_page import DayMarks, marks_of

_WIDTH = 11
_BARE = re.compile(r"[A-Za-z0-9_-]+")


@dataclass(frozen=True, slots=True)
class Picture:
    """A case with its report, drawn for one rule; `spec` is what differs from the lawful month."""

    code: str
    name: str
    why: str
    spec: Mapping[str, Any]
    case: Case
    report: Report

    @property
    def found(self) -> RuleReport:
        """What the report says of the rule."""
        return self.report.rule(self.code)


def drawn(picture: Picture) -> str:
    """Return the month as weeks from Monday, one line each; a sign says what the rule finds."""
    calendar, marks = calendar_of(picture.report.month), marks_of(picture.case, picture.report)
    signs = _signs(picture.found)
    lines = ["".join(f" {name}".ljust(_WIDTH) for name in WEEKDAYS["en"])]
    for week in calendar.weeks("monday").masks:
        days = calendar.dates(week)
        lines.append("".join(_cell(day, marks.get(day), signs, calendar.name).ljust(_WIDTH) for day in days))
    return "\n".join(line.rstrip() for line in lines)


def _signs(found: RuleReport) -> dict[date, str]:
    named = (("open", found.open_days), ("waived", found.waived_days), ("broken", found.days))
    return {day: SIGNS[status] for status, days in named for day in days}


def _cell(day: date, marks: DayMarks | None, signs: Mapping[date, str], month: str) -> str:
    inside = f"{day:%Y-%m}" == month
    said = marks.said("en")[0] if marks else ""
    if not inside and not said:
        return ""
    head = f"{day.day:>2}" if inside else f"{day.month}/{day.day}"
    return f"{head}{signs.get(day, ' ' if inside else '')} {said}".rstrip()


def said_of(picture: Picture, lang: str) -> str:
    """Return what the rule says of the case in a few words: its status and its days."""
    found = picture.found
    status = words()["statuses"][found.status][lang]
    year = int(picture.report.month[:4])
    parts = [
        f"{SIGNS[kind]} {days_words(days, lang, year=year)}"
        for kind, days in (("broken", found.days), ("open", found.open_days), ("waived", found.waived_days))
        if days
    ]
    return f"{status}: {'; '.join(parts)}" if parts else str(status)


def legend(pictures: Iterable[Picture], lang: str) -> str:
    """Return what the marks of some pictures stand for."""
    found = [marks for one in pictures for marks in marks_of(one.case, one.report).values()]
    used = {name for marks in found for name in (*marks.places, *marks.planned, *marks.marks)}
    items = [f"{mark.en} {said.said_in(lang)}" for name, mark, said in LEGEND if name in used]
    if any(marks.contacts for marks in found):
        items.append("数字 連絡の数" if lang == "ja" else "number: contacts")
    if any(marks.planned and not marks.places for marks in found):
        items.append("( ) 予定" if lang == "ja" else "( ) planned")
    signs = (f"{SIGNS[kind]} {words()['statuses'][kind][lang]}" for kind in ("broken", "open", "waived"))
    return ("、" if lang == "ja" else ", ").join([*items, *signs])


def notation(spec: Mapping[str, Any]) -> str:
    """Return what a case says in the notation of the case files, a line for each key."""
    return "\n".join(f"{key} = {_toml(value)}" for key, value in _flat(spec))


def _flat(spec: Mapping[str, Any], path: str = "") -> Iterator[tuple[str, Any]]:
    for key, value in spec.items():
        name = path + (key if _BARE.fullmatch(key) else json.dumps(key, ensure_ascii=False))
        if isinstance(value, dict):
            yield from _flat(cast("dict[str, Any]", value), f"{name}.")
        else:
            yield name, value


def _toml(value: object) -> str:
    if isinstance(value, dict):
        inner = cast("dict[str, Any]", value)
        return "{ " + ", ".join(f"{key} = {_toml(one)}" for key, one in inner.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(_toml(one) for one in cast("Iterable[object]", value)) + "]"
    if isinstance(value, bool | int | str):
        return json.dumps(value, ensure_ascii=False)
    return str(value)

"""The month as a page of weeks: what happened on each day, and which days break or are open."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, TypeVar

from zaitaku_rules.days.calendar import calendar_of
from zaitaku_rules.explain import words
from zaitaku_rules.records import Case, day_of
from zaitaku_rules.records.events import Contact, DailyReport, Evaluation
from zaitaku_rules.report import Report, RuleReport
from zaitaku_rules.rules import CATALOGUE
from zaitaku_rules.write.day_words import MONTHS, WEEKDAYS
from zaitaku_rules.write.labels import LEGEND, MARKS, SIGNS, label
from zaitaku_rules.write.line_breaks import flowed

if TYPE_CHECKING:
    from rich.padding import Padding
    from rich.table import Table
    from rich.text import Text

R = TypeVar("R", Contact, DailyReport, Evaluation)

TODAY, DUE = "▸", "▹"
"""The signs before today's date and before a day to come that is the last for something due."""

_LESSER = ("advice", "record")
_PLACES = ("home", "satellite", "office", "offsite")
_BACKGROUND = {"broken": "#ffffff on #b3261e", "open": "#201a00 on #f2c94c"}


@dataclass
class DayMarks:
    """What is known of one day: where the service was used or is planned, and what was recorded."""

    places: list[str] = field(default_factory=list[str])
    planned: list[str] = field(default_factory=list[str])
    contacts: set[object] = field(default_factory=set[object])
    marks: list[str] = field(default_factory=list[str])

    def said(self, lang: str) -> tuple[str, bool]:
        """Return the marks of the day, and whether they are only planned."""
        if not self.places and self.planned:
            return "(" + "".join(
                MARKS[place].said_in(lang) for place in self._in_order(self.planned)
            ) + ")", True
        place = "".join(MARKS[place].said_in(lang) for place in self._in_order(self.places))
        marks = [MARKS[name].said_in(lang) for name in MARKS if name in self.marks]
        count = str(len(self.contacts)) if self.contacts else ""
        return f"{place}{count}{' ' if marks and (place or count) else ''}{''.join(marks)}", False

    @staticmethod
    def _in_order(places: list[str]) -> list[str]:
        return [place for place in _PLACES if place in places]


def marks_of(case: Case, report: Report) -> dict[date, DayMarks]:
    """Return what was known of each day when the report's question was asked."""
    found: dict[date, DayMarks] = {}
    known_at = report.receipt.known_at or date.max
    for day, kind, value in _events(case, known_at):
        if day <= min(report.as_of, known_at):
            marks = found.setdefault(day, DayMarks())
            if kind == "place":
                marks.places.append(str(value))
            elif kind == "contact":
                marks.contacts.add(value)
            else:
                marks.marks.append(str(value))
    for row in case.planned_days or ():
        found.setdefault(row.day, DayMarks()).planned.append(row.place)
    return found


def _events(case: Case, known_at: date) -> Iterator[tuple[date, str, object]]:
    for use in case.days or ():
        yield use.day, "place", use.place
    for contact in _known(case.contacts, known_at):
        if contact.channel != "one_way" and not (contact.by == "user" and contact.answered is False):
            yield contact.day, "contact", (contact.at, contact.channel)
    for report in _known(case.daily_reports, known_at):
        yield report.day, "mark", "report"
    for absence in case.absences or ():
        yield absence.day, "mark", "absence"
    for evaluation in _known(case.evaluations, known_at):
        for covered in evaluation.covers:
            yield evaluation.day, "mark", covered


def _known(rows: tuple[R, ...] | None, known_at: date) -> list[R]:
    """Return the rows that had been recorded by then, or do not say when they were."""
    return [row for row in rows or () if row.recorded_at is None or day_of(row.recorded_at) <= known_at]


def statuses_of(report: Report) -> dict[date, str]:
    """Return which days break a condition of payment or a duty, and which are open under one.

    That something else, such as an emergency, may still happen on a day to come leaves no day open here.
    """
    found = dict.fromkeys(report.claim.open, "open")
    duties = [rule for rule in report.rules if rule.severity in ("payment", "duty")]
    for rule in duties:
        if not is_about_events_to_come(rule):
            found.update(dict.fromkeys(rule.open_days, "open"))
    for rule in duties:
        found.update(dict.fromkeys(rule.days, "broken"))
    return found


def is_pending(rule: RuleReport) -> bool:
    """Tell whether an open finding only waits for a duty to be done, or for what may still happen.

    What an approval or a plan leaves open for days to come is no such thing: there is something to do.
    """
    waits = rule.status == "open" and bool(rule.settle) and all(way.kind == "wait" for way in rule.settle)
    known = CATALOGUE[rule.code]
    return waits and (known.window is not None or not known.judges_use or rule.severity in _LESSER)


def is_about_events_to_come(rule: RuleReport) -> bool:
    """Tell whether a rule is open only because an event that it would judge may still happen."""
    on_record = any(found.records for found in rule.found)
    return is_pending(rule) and not CATALOGUE[rule.code].judges_use and not on_record


def month_page(case: Case, report: Report, lang: str, width: int) -> Table:
    """Return the page of the month, weeks from Monday, as wide as `width` allows."""
    from rich.table import Table

    marks, statuses = marks_of(case, report), statuses_of(report)
    calendar = calendar_of(report.month)
    cell = max(6, min(13, (width - 2) // 7 - 1))
    page = Table(box=None, padding=(0, 1, 0, 0), pad_edge=False, show_edge=False, header_style="dim")
    for name in WEEKDAYS[lang]:
        page.add_column(" " + name, width=cell, no_wrap=False)
    for number, week in enumerate(calendar.weeks("monday").masks):
        if number:
            page.add_row("")
        page.add_row(
            *(
                _cell(day, marks.get(day, DayMarks()), statuses.get(day, ""), report, lang)
                for day in calendar.dates(week)
            )
        )
    return page


def _cell(day: date, marks: DayMarks, status: str, report: Report, lang: str) -> Padding:
    from rich.padding import Padding
    from rich.text import Text

    inside = day.isoformat().startswith(report.month)
    said, is_planned = marks.said(lang)
    head = f"{_pointer(day, report)}{day.day:>2}"
    if not inside:
        head = f"{head[0]}{day.month}/{day.day}" if lang == "ja" else f"{head} {MONTHS[day.month - 1]}"
    sign = f" {SIGNS[status]}" if status else ""
    quiet = not status and (not inside or is_planned or not said)
    text = Text(style="dim" if quiet else "")
    text.append(
        head + sign, style="bold" if (inside and said and not is_planned) or day == report.as_of else ""
    )
    text.append(f"\n {said}" if said else "")
    return Padding(text, 0, style=_BACKGROUND.get(status, ""))


def _pointer(day: date, report: Report) -> str:
    if day == report.as_of:
        return TODAY
    return DUE if day in _due_days(report) else " "


def _due_days(report: Report) -> set[date]:
    """Return the days to come that are the last on which something due can be done."""
    return {one.last_day for one in report.due or () if one.slack}


def legend(case: Case, report: Report, lang: str, width: int) -> Text:
    """Return the lines that say what the signs and marks of this page stand for."""
    from rich.text import Text

    number = 0 if lang == "ja" else 1
    marks, statuses = marks_of(case, report), set(statuses_of(report).values())
    text = Text(style="dim")
    for status in ("broken", "open"):
        if status in statuses:
            text.append(f" {SIGNS[status]} ", style=f"not dim {_BACKGROUND[status]}")
            text.append(f" {words()['statuses'][status][lang]}  ")
    items = [f"{TODAY} {label('as_of', lang)}"]
    if any(calendar_of(report.month).bit(day) for day in _due_days(report)):
        items.append(f"{DUE} {('期限', 'due')[number]}")
    if any(day.planned and not day.places for day in marks.values()):
        items.append(("( ) 予定", "( ) planned")[number])
    text.append("  ".join(items) + "\n")
    used = {name for day in marks.values() for name in (*day.places, *day.planned, *day.marks)}
    items = [f"{mark.said_in(lang)} {said.said_in(lang)}" for name, mark, said in LEGEND if name in used]
    if any(day.contacts for day in marks.values()):
        items.append(("数字 連絡の数", "number: contacts")[number])
    return text.append(flowed(items, width))

"""The month of a report as weeks of cells: what was recorded on each day, and what each day breaks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import cast

from zaitaku_rules.days.calendar import calendar_of
from zaitaku_rules.records import Case
from zaitaku_rules.report import CalendarContact, CalendarDay, DayMark, Found, Place, Report, RuleReport
from zaitaku_rules.write.labels import MARKS
from zaitaku_rules.write.month_page import DayMarks, is_about_events_to_come, marks_of, statuses_of

_NOTHING = Found.model_construct(date=date.min, records=(), count=0, needed=1)


@dataclass(frozen=True, slots=True)
class Breach:
    """What one rule says of one day, with the evidence for it."""

    code: str
    status: str
    severity: str
    found: Found


@dataclass(frozen=True, slots=True)
class Cell:
    """One day of the page: what was recorded, and what is broken or open on it."""

    day: date
    inside: bool
    told: CalendarDay
    status: str
    breaches: tuple[Breach, ...]
    is_today: bool
    is_due: bool

    @property
    def broken(self) -> list[str]:
        """The codes of the rules that the day surely breaks."""
        return [one.code for one in self.breaches if one.status == "broken"]

    @property
    def is_blank(self) -> bool:
        """Whether there is nothing to say of the day."""
        return not (self.told.places or self.told.planned or self.told.contacts or self.told.marks) and not (
            self.breaches or self.is_due
        )


def with_calendar(report: Report) -> Report:
    """Return the report with its calendar, where the case that was judged is still at hand.

    The calendar says what had been recorded of each day when the question was asked, as the page of the
    month in the terminal does. A report that was read keeps the calendar that it brought, or none.
    """
    case = report.receipt.judged
    if report.calendar is not None or not isinstance(case, Case):
        return report
    days = tuple(_told(day, marks) for day, marks in sorted(marks_of(case, report).items()))
    return report.model_copy(update={"calendar": days})


def _told(day: date, marks: DayMarks) -> CalendarDay:
    contacts = sorted(
        (f"{at:%H:%M}", str(channel)) for at, channel in cast("set[tuple[date, str]]", marks.contacts)
    )
    return CalendarDay.model_construct(
        date=day,
        places=_places(marks.places),
        planned=_places(marks.planned),
        contacts=tuple(CalendarContact.model_construct(at=at, channel=channel) for at, channel in contacts),
        marks=tuple(cast("DayMark", name) for name in MARKS if name in marks.marks),
    )


def _places(found: list[str]) -> tuple[Place, ...]:
    return tuple(cast("Place", name) for name in MARKS if name in found)


def weeks_of(report: Report) -> list[list[Cell]]:
    """Return the page of the month: weeks from Monday, each of seven cells."""
    told, statuses, breaches = _told_days(report), statuses_of(report), breaches_of(report)
    due = {one.last_day for one in report.due or () if one.slack}
    calendar = calendar_of(report.month)

    def cell(day: date) -> Cell:
        found = tuple(breaches.get(day, ()))
        return Cell(
            day=day,
            inside=f"{day:%Y-%m}" == report.month,
            told=told.get(day) or CalendarDay.model_construct(date=day),
            status=statuses.get(day) or ("note" if any(one.status == "broken" for one in found) else ""),
            breaches=found,
            is_today=day == report.as_of,
            is_due=day in due,
        )

    return [[cell(day) for day in calendar.dates(week)] for week in calendar.weeks("monday").masks]


def _told_days(report: Report) -> dict[date, CalendarDay]:
    """Return what is told of each day; of a report without a calendar that is where it was at home."""
    if report.calendar is not None:
        return {one.date: one for one in report.calendar}
    return {day: CalendarDay.model_construct(date=day, places=("home",)) for day in report.claim.home_days}


def breaches_of(report: Report) -> dict[date, list[Breach]]:
    """Return what is broken, open or waived on each day, without what may merely still happen."""
    found: dict[date, list[Breach]] = {}
    for rule in report.rules:
        if rule.status in ("broken", "open", "waived") and not is_about_events_to_come(rule):
            for day, breach in _of_rule(rule):
                found.setdefault(day, []).append(breach)
    order = ("broken", "open", "waived")
    for breaches in found.values():
        breaches.sort(key=lambda one: order.index(one.status))
    return found


def _of_rule(rule: RuleReport) -> Iterator[tuple[date, Breach]]:
    evidence = {one.date: one for one in rule.found}
    for status, days in (("broken", rule.days), ("open", rule.open_days), ("waived", rule.waived_days)):
        for day in days:
            yield day, Breach(rule.code, status, rule.severity, evidence.get(day, _NOTHING))

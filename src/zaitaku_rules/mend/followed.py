"""The month as it will be on record if the planned days are used and the steps are done."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from zaitaku_rules.days import Calendar, calendar_of, is_office_day
from zaitaku_rules.records import EVENTS, Case, Source
from zaitaku_rules.records.events import UseDay
from zaitaku_rules.records.fields import Place
from zaitaku_rules.records.papers import Coverage

_AT_HOME = ("home", "satellite")
_ANSWERED = {"inquiries": "answered_at", "emergencies": "attended_at"}


def after_everything(case: Case, as_of: date) -> date:
    """Return a day on which every window and every time limit of the month has ended."""
    last = calendar_of(case.month).last
    second_next = (last + timedelta(days=1) + timedelta(days=62)).replace(day=1)
    return max(second_next, as_of)


def planned(case: Case, as_of: date) -> dict[date, Place]:
    """Return the days of use still to come, as planned; at home where a day is planned at several places."""
    recorded = {row.day for row in case.days or () if row.day <= as_of}
    found: dict[date, Place] = {}
    for row in case.planned_days or ():
        if row.day >= as_of and row.day not in recorded and calendar_of(case.month).first <= row.day:
            found[row.day] = row.place if found.get(row.day) not in _AT_HOME else found[row.day]
    last = calendar_of(case.month).last
    return {day: found[day] for day in sorted(found) if day <= last}


@lru_cache(maxsize=4096)
def is_open_day(day: date) -> bool:
    """Tell whether offices are open on a day, without asking the calendar of holidays again."""
    return is_office_day(day)


def is_away(case: Case, day: date) -> bool:
    """Tell whether the user is absent or in hospital on a day, those of going in and coming out included."""
    stays = case.hospital_stays or ()
    is_inside = any(stay.from_ <= day <= (stay.to or day) for stay in stays)
    return is_inside or any(row.day == day for row in case.absences or ())


def followed(case: Case, as_of: date, until: date) -> Case:
    """Return the case as of `until`: planned days were used, nothing else happened, nothing was recorded.

    Rows dated after `as_of` tell of nothing that has happened, so they are left out.
    """
    update: dict[str, Any] = {source: _told(case, source, as_of) for source in EVENTS}
    if update["days"] is not None:
        update["days"] += tuple(use_of(day, place) for day, place in planned(case, as_of).items())
    update["coverage"] = _coverage(case, as_of, until)
    update["as_of"] = until
    return case.model_copy(update=update)


def use_of(day: date, place: Place, *, noted: str = "") -> UseDay:
    """Return a day of use, with what was done there where it is `noted`."""
    return UseDay.model_construct(day=day, place=place, start=None, end=None, activity=noted, support=noted)


def with_rows(case: Case, rows: Mapping[Source, Iterable[Any]]) -> Case:
    """Return a case with rows added; at the office replaces at home on the same day, nothing else is lost.

    A list that is not given stays so: a row would claim that the rest of it is known.
    """
    update: dict[str, Any] = {}
    for source, added in rows.items():
        listed = getattr(case, source)
        if listed is not None:
            there = {row.day for row in added} if source == "days" else set[date]()
            update[source] = (*(row for row in listed if getattr(row, "day", None) not in there), *added)
    return case.model_copy(update=update) if update else case


def _told(case: Case, source: Source, as_of: date) -> tuple[Any, ...] | None:
    rows = getattr(case, source)
    if rows is None:
        return () if source in (case.coverage or {}) else None
    told = [row for row in rows if row.day <= as_of]
    if name := _ANSWERED.get(source):
        told = [_unless_later(row, name, as_of) for row in told]
    return tuple(told)


def _unless_later(row: Any, name: str, as_of: date) -> Any:
    moment = getattr(row, name)
    is_later = moment is not None and moment.toordinal() > as_of.toordinal()
    return row.model_copy(update={name: None}) if is_later else row


def _coverage(case: Case, as_of: date, until: date) -> dict[Source, Coverage]:
    """Return the coverage of the lists that are complete up to yesterday, carried on to the end."""
    calendar, stated = calendar_of(case.month), case.coverage or {}
    found = dict(stated)
    for source in EVENTS:
        begin, end = _covered(case, source, calendar)
        if (source in stated or getattr(case, source) is not None) and end >= as_of - timedelta(days=1):
            through = until - timedelta(days=1)
            found[source] = Coverage.model_construct(from_=min(begin, as_of), through=through)
    return found


def _covered(case: Case, source: Source, calendar: Calendar) -> tuple[date, date]:
    stated = (case.coverage or {}).get(source)
    return (stated.from_, stated.through) if stated else (calendar.first, calendar.last)

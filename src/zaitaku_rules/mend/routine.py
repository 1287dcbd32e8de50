"""What each coming day at home asks for, every day anew: found by leaving parts out and judging again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from typing import Any, NamedTuple

from zaitaku_rules.days import Calendar
from zaitaku_rules.facts import Facts
from zaitaku_rules.mend.followed import planned, with_rows
from zaitaku_rules.mend.trial import Trial
from zaitaku_rules.records import Case, Source
from zaitaku_rules.records.events import Contact, DailyReport, Recording, UseDay

_AT_HOME = ("home", "satellite")
_MOST_CONTACTS = 6


class Routine(NamedTuple):
    """The routine of the coming days at home: how many contacts (and how many today), and what else."""

    days: tuple[date, ...]
    today: date
    contacts: int = 0
    contacts_today: int = 0
    report: bool = False
    noted: bool = False
    recorded: tuple[date, ...] = ()

    def number_on(self, day: date) -> int:
        """Return how many contacts are asked for on a day."""
        return self.contacts_today if day == self.today else self.contacts

    @property
    def called(self) -> tuple[date, ...]:
        """The days on which contacts are asked for."""
        return tuple(day for day in self.days if self.number_on(day))

    def without(self, days: Iterable[date]) -> Routine:
        """Return the routine without days that are no longer spent at home."""
        gone = set(days)
        kept, recorded = ([day for day in one if day not in gone] for one in (self.days, self.recorded))
        return self._replace(days=tuple(kept), recorded=tuple(recorded))

    def done(self, month: Case) -> Case:
        """Return a month in which it is done."""
        if self.noted and month.days:
            days = tuple(_noted(month, row) if row.day in self.days else row for row in month.days)
            month = month.model_copy(update={"days": days})
        return with_rows(month, {source: rows for source, rows in self._rows(month).items() if rows})

    def _rows(self, month: Case) -> dict[Source, list[Any]]:
        reports = self.days if self.report else ()
        return {
            "contacts": [row for day in self.days for row in _contacts(month, day, self.number_on(day))],
            "daily_reports": [DailyReport.model_construct(day=day, recorded_at=None) for day in reports],
            "recordings": [
                Recording.model_construct(day=day, subject="both", media="still", secured=True)
                for day in self.recorded
            ],
        }


def routine_of(case: Case, month: Case, facts: Facts, trial: Trial) -> Routine:
    """Return the least routine after which no more of `month` is unclear than after the fullest one."""
    days = tuple(_days_at_home(case, facts))
    if not days:
        return Routine((), facts.as_of)
    full = Routine(days, facts.as_of, _MOST_CONTACTS, _MOST_CONTACTS, report=True, noted=True)
    aims = {one: len(trial.unclear(one.done(month))) for one in (full, full._replace(recorded=days))}
    best = min(aims, key=lambda one: (aims[one], len(one.recorded)))
    aim = aims[best]
    for field, choices in _choices(best).items():
        for choice in choices:
            slimmer = best._replace(**{field: choice})
            if len(trial.unclear(slimmer.done(month))) <= aim:
                best = slimmer
                break
    return best


def _choices(full: Routine) -> dict[str, list[Any]]:
    """Return for each part what to try before the fullest, the least first."""
    return {
        "contacts_today": list(range(_MOST_CONTACTS)) if full.today in full.days else [0],
        "contacts": list(range(_MOST_CONTACTS)),
        "report": [False],
        "noted": [False],
        "recorded": [(), full.recorded[:1]],
    }


def _days_at_home(case: Case, facts: Facts) -> Iterator[date]:
    """Return the days at home from today on, as recorded or planned, that are used lawfully."""
    calendar = facts.calendar
    today = {row.day for row in case.days or () if row.day == facts.as_of and row.place in _AT_HOME}
    coming = {day for day, place in planned(case, facts.as_of).items() if place in _AT_HOME}
    lawful = facts.approved.maybe & facts.decided.maybe & ~facts.inside_hospital_stay.sure
    for day in sorted(today | coming):
        if _bit(calendar, day) & lawful:
            yield day


def _bit(calendar: Calendar, day: date) -> int:
    return calendar.bit(day) & calendar.month_mask


def _contacts(month: Case, day: date, number: int) -> list[Contact]:
    """Return contacts two hours apart, none at the moment of one that is on record."""
    taken = {row.at for row in month.contacts or () if row.day == day}
    moments = [datetime.combine(day, time(hour, minute)) for minute in (0, 1) for hour in range(9, 21, 2)]
    free = [moment for moment in moments if moment not in taken]
    return [Contact.model_construct(at=moment, channel="phone") for moment in free[:number]]


def _noted(month: Case, row: UseDay) -> UseDay:
    if row.place not in _AT_HOME or (row.activity and row.support):
        return row
    menu = month.provider.menu or ("作業",)
    return row.model_copy(update={"activity": row.activity or menu[0], "support": row.support or "支援"})

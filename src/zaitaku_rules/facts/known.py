"""What a case tells, and of which days it tells nothing: coverage, the day of the question, dated rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from operator import attrgetter
from typing import Any, Generic, TypeAlias, TypeVar, overload

from zaitaku_rules.days import FULL, Calendar, Days, calendar_of
from zaitaku_rules.records import EVENTS, SOURCES, Case, Source

T = TypeVar("T")
DatedRows: TypeAlias = list[tuple[int, Any]]
"""Rows, each with the ordinal or the word of its day."""


class fact(Generic[T]):
    """An attribute that is computed when a rule first reads it (without the lock of functools)."""

    def __init__(self, compute: Callable[[Any], T]) -> None:
        """Hold the method that computes the fact."""
        self.compute = compute
        self.name = compute.__name__
        self.__doc__ = compute.__doc__

    @overload
    def __get__(self, facts: None, owner: type) -> fact[T]: ...

    @overload
    def __get__(self, facts: object, owner: type) -> T: ...

    def __get__(self, facts: object | None, owner: type) -> fact[T] | T:
        """Compute the fact and keep it in the place of the attribute."""
        if facts is None:
            return self
        value = facts.__dict__[self.name] = self.compute(facts)
        return value


_DAY_OF = {"contacts": "at", "inquiries": "at", "emergencies": "at", "submissions": "on"}
_DATE = {source: attrgetter(_DAY_OF.get(source, "day")) for source in EVENTS}


TIMED: tuple[Source, ...] = ("contacts", "daily_reports", "evaluations")
"""The lists whose rows may say when they were recorded."""


def ordinals_of(case: Case, known_at: date | None = None) -> dict[str, DatedRows]:
    """Return the rows of each list of events that were known, each with the ordinal of its day in Japan."""
    found: dict[str, DatedRows] = {}
    for source in EVENTS:
        rows = getattr(case, source)
        when = _DATE[source]
        found[source] = [(when(row).toordinal(), row) for row in rows] if rows else []
    if known_at is not None:
        last = known_at.toordinal()
        return {source: [one for one in rows if _was_known(*one, last)] for source, rows in found.items()}
    return found


def _was_known(day: int, row: Any, last: int) -> bool:
    """Tell whether a row may have been known by the day `last`: it was not dated or recorded later."""
    recorded = getattr(row, "recorded_at", None)
    return day <= last and (recorded is None or recorded.toordinal() <= last)


def day_after(case: Case, calendar: Calendar, rows: dict[str, DatedRows]) -> date:
    """Return the default `as_of`: the day after the last day of which the case tells anything."""
    first, last = calendar.reach
    told = calendar.last.toordinal()
    for stated in (case.coverage or {}).values():
        told = max(told, stated.through.toordinal())
    for dated in rows.values():
        for day, _ in dated:
            if told < day <= last and day >= first:
                told = day
    return date.fromordinal(min(told + 1, date.max.toordinal()))


class Known:
    """One case as of one day: which rows count, and for which cells each list is complete."""

    def __init__(
        self,
        case: Case,
        as_of: date | None = None,
        *,
        known_at: date | None = None,
        complete: bool = False,
    ) -> None:
        """Read `case` as of `as_of`, from what had been recorded by the end of `known_at`.

        `complete` pretends that every source is complete and time over.
        """
        self.case = case
        self.complete = complete
        self.known_at = known_at
        self.calendar: Calendar = calendar_of(case.month)
        self.ordinals = ordinals_of(case, known_at)
        self.as_of: date = as_of or self._usual_day()
        self.horizon: date = min(self.as_of, known_at or self.as_of)
        self.service: str = case.provider.service
        self.provider: str = case.provider.number
        self.as_of_cell = self.calendar.cell(self.as_of)
        self._past = self.calendar.span(None, self.as_of)
        self._yesterday = date.fromordinal(max(self.horizon.toordinal() - 1, 1))
        self._elapsed = self.calendar.span(self.calendar.first, self._yesterday) & self.calendar.month_mask
        self._dated: dict[str, DatedRows] = {}
        self._gaps: dict[str, int] = {}

    def _usual_day(self) -> date:
        """Return the day of the question where none is asked for; nobody asks later than they know."""
        usual = self.case.as_of or day_after(self.case, self.calendar, self.ordinals)
        return min(usual, self.known_at or usual)

    def is_told(self, row: Any) -> bool:
        """Tell whether a row was surely known by `known_at`; one without `recorded_at` perhaps was."""
        return self.known_at is None or row.recorded_at is not None

    def knows(self, day: date, row: Any) -> bool:
        """Tell whether a row of that day may have been known by `known_at`."""
        return self.known_at is None or _was_known(day.toordinal(), row, self.known_at.toordinal())

    @property
    def rows_known_later(self) -> int:
        """The number of event rows that were not known by `known_at`."""
        every = sum(len(getattr(self.case, source) or ()) for source in EVENTS)
        return every - sum(map(len, self.ordinals.values()))

    @property
    def rows_without_recording(self) -> int:
        """The number of contacts, reports and evaluations that were perhaps known by `known_at`."""
        return sum(not self.is_told(row) for source in TIMED for _, row in self.ordinals[source])

    @fact
    def perhaps_told(self) -> int:
        """The days with a row that was perhaps known by `known_at`."""
        bits = 0
        for source in TIMED if self.known_at else ():
            for bit, row in self.dated(source):
                bits |= 0 if self.is_told(row) else bit
        return bits

    @fact
    def present(self) -> frozenset[str]:
        """The sources that are given: lists, and fields of the user and the provider."""
        case = self.case
        fields = {
            "wish": case.user.wish,
            "birth_date": case.user.birth_date,
            "provider.municipality": case.provider.municipality,
            "provider.menu": case.provider.menu,
        }
        given = [name for name, value in fields.items() if value is not None]
        given += [source for source in SOURCES if getattr(case, source) is not None]
        return frozenset(given + list(case.coverage)) if case.coverage else frozenset(given)

    def covered(self, source: Source) -> int:
        """Return the cells for which a list is complete: what it does not say there did not happen."""
        if self.complete:
            return FULL
        calendar = self.calendar
        if self.case.coverage and (stated := self.case.coverage.get(source)):
            return calendar.span(stated.from_, min(stated.through, self._yesterday))
        if getattr(self.case, source) is None:
            return 0
        return self._elapsed

    def gap(self, source: Source) -> int:
        """Return the cells of which a list says nothing, so that anything may have happened."""
        gap = self._gaps.get(source)
        if gap is None:
            gap = self._gaps[source] = FULL ^ self.covered(source)
        return gap

    def dated(self, source: Source) -> DatedRows:
        """Return the rows of a list on the page and not after `as_of`, each with the word of its day."""
        rows = self._dated.get(source)
        if rows is None:
            start, readable = self.calendar.start, self.calendar.page & self._past
            low, high = start - 1, start + self.calendar.cells
            rows = self._dated[source] = [
                (bit, row)
                for day, row in self.ordinals[source]
                if low < day < high and (bit := 1 << day - start) & readable
            ]
        return rows

    def events(self, source: Source, bits: int, perhaps: int = 0) -> Days:
        """Return the recorded days `bits` of a list, and perhaps the days of which it says nothing."""
        return Days(bits, bits | perhaps | self.gap(source))

    def bits(self, source: Source) -> int:
        """Return the days on which a list has a row."""
        bits = 0
        for bit, _ in self.dated(source):
            bits |= bit
        return bits

    def recorded(self, source: Source) -> Days:
        """Return the days on which a list of rows that may say when they were recorded has a row."""
        every = self.bits(source)
        if self.known_at is None:
            return self.events(source, every)
        told = 0
        for bit, row in self.dated(source):
            told |= bit if self.is_told(row) else 0
        return self.events(source, told, every)

    def span(self, row: Any) -> int:
        """Return the cells of a row with a period."""
        return self.calendar.span(row.from_, row.to)

    def state(self, source: Source, spans: Iterable[tuple[int, bool | None]]) -> Days:
        """Return the days of the spans that hold; None holds perhaps; an absent list perhaps anywhere."""
        if source not in self.present:
            return Days(0, FULL)
        sure = maybe = 0
        for span, holds in spans:
            sure |= span if holds else 0
            maybe |= span if holds is not False else 0
        return Days(sure, maybe)

    def standing(self, source: Source, rows: Iterable[Any]) -> Days:
        """Return the days within the periods of `rows`; an absent list perhaps anywhere."""
        if source not in self.present:
            return Days(0, FULL)
        bits = 0
        for row in rows:
            bits |= self.calendar.span(row.from_, row.to)
        return Days(bits, bits)

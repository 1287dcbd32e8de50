"""The page of a month: which cell is which date, its weeks, and what lies in it.

The page runs from six days before the 1st to six days after the last day, so it holds every week that
touches the month whatever weekday a week starts on. The cell of a date is its day of month + 5.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Sequence
from datetime import date, timedelta
from functools import cached_property, lru_cache
from typing import Literal, TypeAlias, get_args

from zaitaku_rules.days.carrier import CELLS, Bits, holding, touched
from zaitaku_rules.days.days import ALL_DAYS, NO_DAYS, Days
from zaitaku_rules.days.office_days import preceding_office_day
from zaitaku_rules.errors import InvalidCall

Weekday: TypeAlias = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
"""The day a week starts on."""

WEEKDAYS: tuple[Weekday, ...] = get_args(Weekday)
BEFORE = 6
_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")


class Windows:
    """A division of the page into stretches of days that a duty counts in: days, weeks, the month."""

    __slots__ = ("_runs", "_unended", "masks")

    def __init__(self, masks: Sequence[int]) -> None:
        """Hold one word per window."""
        self.masks = tuple(masks)
        self._unended: dict[int, int] = {}
        self._runs = _runs(self.masks)

    def holding(self, days: Days, *, at_least: int = 1) -> Days:
        """Return the whole windows that hold at least `at_least` of the days."""
        sure = maybe = self._holding(days.sure, at_least)
        if days.maybe is not days.sure:
            maybe = self._holding(days.maybe, at_least)
        return Days(sure, maybe)

    def _holding(self, bits: Bits, at_least: int) -> Bits:
        if at_least == 1 and self._runs:
            return touched(bits, *self._runs)
        return holding(bits, self.masks, at_least)

    def unended(self, cell: int) -> int:
        """Return the cells of the windows whose last day is `cell` or later."""
        cell = min(max(cell, 0), CELLS)
        if cell not in self._unended:
            self._unended[cell] = sum(mask for mask in self.masks if mask >> cell)
        return self._unended[cell]


def _runs(masks: Sequence[int]) -> tuple[int, int, int] | None:
    """Return what `touched` asks of windows that are runs of equally many cells; None for others."""
    widths = {mask.bit_count() for mask in masks}
    every, width = sum(masks), min(widths, default=0)
    tops = sum([1 << mask.bit_length() - 1 for mask in masks])
    are_runs = len(widths) == 1 and (tops << 1) - (tops >> width - 1) == every
    return (tops, every ^ tops, width) if are_runs else None


class Calendar:
    """The page of one month, without any law: dates, weeks and words."""

    def __init__(self, month: str) -> None:
        """Lay out the page of `month`, "YYYY-MM"; raises InvalidCall for anything else."""
        found = _MONTH.fullmatch(month)
        if not found or not "1900" <= month < "2200":
            raise InvalidCall(
                "月は 1900-01 から 2199-12 の YYYY-MM で書いてください。",
                "a month is written YYYY-MM, from 1900-01 to 2199-12",
            )
        year, number = int(found[1]), int(found[2])
        self.name = month
        self.first = date(year, number, 1)
        self.length = monthrange(year, number)[1]
        self.start = self.first.toordinal() - BEFORE
        self.cells = self.length + 2 * BEFORE
        self.page = (1 << self.cells) - 1
        self.month_mask = ((1 << self.length) - 1) << BEFORE
        self.last = date(year, number, self.length)

    def cell(self, day: date) -> int:
        """Return the cell of a date: its day of month + 5 inside the month; may lie off the page."""
        return day.toordinal() - self.start

    def bit(self, day: date) -> int:
        """Return the word of one date, 0 where it lies off the page."""
        cell = day.toordinal() - self.start
        return 1 << cell if 0 <= cell < self.cells else 0

    def span(self, begin: date | None, end: date | None) -> int:
        """Return the word of all cells from `begin` through `end`; None leaves that side unbounded."""
        low = 0 if begin is None else max(0, begin.toordinal() - self.start)
        high = self.cells if end is None else min(self.cells, end.toordinal() - self.start + 1)
        return (1 << high) - (1 << low) if low < high else 0

    def dates(self, bits: int) -> list[date]:
        """Return the dates of a word of one page, ascending."""
        found: list[date] = []
        while bits:
            lowest = bits & -bits
            found.append(self._dates[lowest.bit_length() - 1])
            bits ^= lowest
        return found

    @cached_property
    def _dates(self) -> tuple[date, ...]:
        return tuple(date.fromordinal(self.start + cell) for cell in range(self.cells))

    @cached_property
    def reach(self) -> tuple[int, int]:
        """The ordinals of the first and last day of the weeks (of Monday or Sunday) that touch the month."""
        cells = 0
        for start in ("monday", "sunday"):
            for mask in self._weeks[start].masks:
                cells |= mask
        return self.start + (cells & -cells).bit_length() - 1, self.start + cells.bit_length() - 1

    @cached_property
    def month(self) -> Windows:
        """The month itself as the only window."""
        return Windows([self.month_mask])

    @cached_property
    def days(self) -> Windows:
        """Every day of the page as a window of its own."""
        return Windows([1 << cell for cell in range(self.cells)])

    def weeks(self, week_start: Weekday) -> Windows:
        """Return the weeks that touch the month, each whole, when a week starts on `week_start`."""
        return self._weeks[week_start]

    @cached_property
    def _weeks(self) -> dict[Weekday, Windows]:
        return {start: Windows(self._week_masks(index)) for index, start in enumerate(WEEKDAYS)}

    def _week_masks(self, start: int) -> list[int]:
        lead = (self.first.weekday() - start) % 7
        lows = range(BEFORE - lead, BEFORE + self.length, 7)
        return [0b1111111 << low for low in lows]

    def every(self, window: Literal["day", "month"]) -> Windows:
        """Return the windows of a duty that falls due by day or by month."""
        return self.month if window == "month" else self.days

    def when(self, flag: bool) -> Days:
        """Return every day where a switch of the law is on, else none."""
        return ALL_DAYS if flag else NO_DAYS

    def unless(self, flag: bool) -> Days:
        """Return every day where a switch of the law is off, else none."""
        return NO_DAYS if flag else ALL_DAYS

    @cached_property
    def in_month(self) -> Days:
        """Every day of the month itself."""
        return Days.known(self.month_mask)

    def deadline(self, day: int, shift: Literal["none", "preceding_office_day"]) -> date:
        """Return the day `day` of the next month (its last day where it is shorter), shifted if asked."""
        after = self.last + timedelta(days=1)
        length = monthrange(after.year, after.month)[1]
        due = after.replace(day=min(day, length))
        return preceding_office_day(due) if shift == "preceding_office_day" else due

    def only(self, day: date) -> Days:
        """Return the set that holds one date."""
        return Days.known(self.bit(day))


@lru_cache(maxsize=1024)
def calendar_of(month: str) -> Calendar:
    """Return the page of `month`, "YYYY-MM", laid out once."""
    return Calendar(month)

"""Rows under another date: moved by hours, a day or a year, or taken out."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import date, timedelta
from typing import Any, TypeAlias

from zaitaku_rules.records import Case, Source

Move: TypeAlias = Callable[[date], date]

ONE_YEAR = ("year+1", "year-1")
_BY_HOURS, _BY_DAYS = ("hours+9", "hours-9"), ("day+1", "day-1")


def short_offsets(source: Source) -> tuple[str, ...]:
    """Return the offsets of a list by less than a year: hours where its rows have a time, else a day."""
    return _BY_HOURS if source == "contacts" else _BY_DAYS


def moved(case: Case, found: Mapping[Source, Mapping[int, str]]) -> Case:
    """Return a case with rows moved: for each list the offset of the rows at these places."""
    update: dict[str, object] = {
        source: tuple(
            moved_row(row, offsets[number]) if number in offsets else row
            for number, row in enumerate(getattr(case, source))
        )
        for source, offsets in found.items()
    }
    return case.model_copy(update=update)


def without(case: Case, source: Source, numbers: Collection[int]) -> Case:
    """Return a case without the rows of a list at these places."""
    rows = tuple(row for number, row in enumerate(getattr(case, source)) if number not in numbers)
    return case.model_copy(update={source: rows})


def moved_row(row: Any, offset: str) -> Any:
    """Return a row under its new date, or as it is where the calendar ends."""
    name = "at" if hasattr(row, "at") else "day"
    return row.model_copy(update={name: _MOVES[offset](getattr(row, name))})


def _in_year(years: int) -> Move:
    def move(day: date) -> date:
        last = min(day.day, 28) if (day.month, day.day) == (2, 29) else day.day
        return day.replace(year=min(max(day.year + years, 1), 9999), day=last)

    return move


def _later(step: timedelta) -> Move:
    def move(day: date) -> date:
        try:
            return day + step
        except OverflowError:
            return day

    return move


_MOVES: dict[str, Move] = {
    "hours+9": _later(timedelta(hours=9)),
    "hours-9": _later(timedelta(hours=-9)),
    "day+1": _later(timedelta(days=1)),
    "day-1": _later(timedelta(days=-1)),
    "year+1": _in_year(1),
    "year-1": _in_year(-1),
}

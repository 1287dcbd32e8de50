"""Slips of date: records that serve nothing where they stand, and fit once all are moved alike.

A moment stored in world time lies nine hours early, a date one day; a year is mistyped in January. Nothing
is moved on suspicion: the rule is judged again with the rows moved, and what it no longer finds is told.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any, NamedTuple, TypeAlias

from zaitaku_rules.days import FULL, Days
from zaitaku_rules.explain import source_named
from zaitaku_rules.facts import Facts
from zaitaku_rules.judge.judgement import ALL_MONTHS, Judgement, judge_rule
from zaitaku_rules.records import Case, Source
from zaitaku_rules.rules import Rule

Move: TypeAlias = Callable[[date], date]

ONE_YEAR = ("year+1", "year-1")
_BY_HOURS, _BY_DAYS = ("hours+9", "hours-9"), ("day+1", "day-1")
_OF_RECORDS = "Z9"
_LISTS: tuple[Source, ...] = ("contacts", "daily_reports", "evaluations", "recordings", "days")


class Slip(NamedTuple):
    """Rows of a list, by their places in it, that fit when moved; and the days that mends."""

    source: Source
    offset: str
    numbers: tuple[int, ...]
    days: tuple[date, ...]


def slips(judgement: Judgement, facts: Facts) -> Iterator[Slip]:
    """Return the slips that explain broken or past open days of a rule, those that mend most first."""
    left = set(_doubtful(judgement, facts))
    for source in _sources(judgement.law.rule):
        while left:
            found = [slip for slip in _of_list(judgement, facts, source) if left.intersection(slip.days)]
            if not found:
                break
            best = max(found, key=lambda slip: len(left.intersection(slip.days)))
            left.difference_update(best.days)
            yield best


def moved(case: Case, found: Mapping[Source, Mapping[int, str]]) -> Case:
    """Return a case with rows moved: for each list the offset of the rows at these places."""
    update: dict[str, object] = {
        source: tuple(
            _moved(row, offsets[number]) if number in offsets else row
            for number, row in enumerate(getattr(case, source))
        )
        for source, offsets in found.items()
    }
    return case.model_copy(update=update)


def _sources(rule: Rule) -> tuple[Source, ...]:
    """Return the lists in which a rule finds its records, those of use only where the words name them."""
    if rule.code == ALL_MONTHS:
        return _LISTS
    named = {source_named(rule.code)}
    if rule.window or rule.code.startswith(_OF_RECORDS):
        named.update(need for need in rule.needs if need != "days")
    return tuple(source for source in _LISTS if source in named)


def _doubtful(judgement: Judgement, facts: Facts) -> list[date]:
    """Return the days that a record could still explain: broken ones, and past open ones."""
    if judgement.code == ALL_MONTHS:
        return facts.untimely_dates
    return [day for day in facts.calendar.dates(judgement.broken | judgement.open) if day < facts.as_of]


def _of_list(judgement: Judgement, facts: Facts, source: Source) -> Iterator[Slip]:
    """Try each offset on all rows of a list that serve nothing where they stand."""
    strays = _strays(facts, source)
    if not strays:
        return
    windows = _windows(judgement, facts, _doubtful(judgement, facts))
    for offset in (*(_BY_HOURS if source == "contacts" else _BY_DAYS), *ONE_YEAR):
        numbers = [number for number, row in strays if _fits(facts, source, row, offset, windows)]
        if numbers and not (offset in ONE_YEAR and _is_history(strays, numbers, offset, facts)):
            yield from _verified(judgement, facts, source, offset, numbers)


def _verified(
    judgement: Judgement, facts: Facts, source: Source, offset: str, numbers: list[int]
) -> Iterator[Slip]:
    """Judge the rule again with the rows moved; a slip mends days and harms none."""
    case = moved(facts.case, {source: dict.fromkeys(numbers, offset)})
    after = Facts(case, facts.as_of, known_at=facts.known_at)
    again = judge_rule(judgement.law, after)
    before, still = set(_doubtful(judgement, facts)), set(_doubtful(again, after))
    if not (mended := before - still) or (again.broken | again.open) & ~(judgement.broken | judgement.open):
        return
    if judgement.code != ALL_MONTHS:
        windows = _windows(judgement, facts, mended)
        before_and_after = list(zip(getattr(facts.case, source), getattr(case, source), strict=True))
        numbers = [
            number
            for number in numbers
            if any(facts.calendar.bit(row.day) & windows for row in before_and_after[number])
        ]
    yield Slip(source, offset, tuple(numbers), tuple(sorted(mended)))


def _windows(judgement: Judgement, facts: Facts, days: Iterable[date]) -> int:
    """Return the windows, under any reading, in which an act counts for one of the days."""
    rule, found = judgement.law.rule, sum({facts.calendar.bit(day) for day in days})
    if rule.window is None:
        return found
    numbers = [numbers for reading in judgement.law.readings for _, numbers in reading.segments]
    masks = {mask for one in numbers for mask in rule.window(facts.calendar, one).masks}
    wanted = found
    for mask in masks:
        wanted |= mask if mask & found else 0
    return wanted


def _strays(facts: Facts, source: Source) -> list[tuple[int, Any]]:
    """Return the rows that serve nothing, with their places: off the page, or surely without a place."""
    rows = getattr(facts.case, source) or ()
    start, cells = facts.calendar.start, facts.calendar.cells
    past = facts.calendar.span(None, facts.as_of - timedelta(days=1)) if rows else 0
    nowhere, not_there = (_standing(facts, source, there)[0] & past if rows else 0 for there in (False, True))
    found: list[tuple[int, Any]] = []
    for number, row in enumerate(rows):
        cell = row.day.toordinal() - start
        mask = not_there if _is_commute(source, row) else nowhere
        if (not 0 <= cell < cells or mask >> cell & 1) and facts.knows(row.day, row):
            found.append((number, row))
    return found


def _fits(facts: Facts, source: Source, row: Any, offset: str, windows: int) -> bool:
    """Tell whether a row, moved, comes from where the offset looks to a past day that has a place for it."""
    if (offset in ONE_YEAR) is bool(facts.calendar.bit(row.day)):
        return False
    day = _moved(row, offset).day
    bit = facts.calendar.bit(day)
    is_wanted = (bit | facts.calendar.bit(row.day)) & (windows or FULL)
    has_place = day < facts.as_of and _standing(facts, source, _is_commute(source, row))[1] & bit
    return bool(is_wanted and has_place and day != row.day)


def _is_history(strays: list[tuple[int, Any]], numbers: list[int], offset: str, facts: Facts) -> bool:
    """Tell whether the list also tells of the same month of another year: then no year was mistyped."""
    landing = [number for number, row in strays if facts.calendar.bit(_moved(row, offset).day)]
    return landing != numbers


def _standing(facts: Facts, source: Source, is_commute: bool) -> tuple[int, int]:
    """Return the days on which a row surely has no place, and those on which it has one."""
    if source == "days":
        return _use_without_trace(facts)
    if source == "evaluations":
        held: Days = facts.office if is_commute else facts.use
        return FULL & ~held.maybe, held.sure
    place: Days = facts.use if source == "contacts" else facts.home
    absent: int = facts.absence.maybe if source == "contacts" else 0
    return FULL & ~(facts.use.maybe | absent), place.sure


def _is_commute(source: Source, row: Any) -> bool:
    return source == "evaluations" and row.means == "commute"


def _use_without_trace(facts: Facts) -> tuple[int, int]:
    """Return use days that nothing else speaks of and nobody claims, and claimed days without use."""
    told: Days = facts.any_contact | facts.daily_report | facts.claimed_use
    used: Days = facts.use
    return used.sure & ~told.maybe, facts.claimed_use.sure & ~used.maybe


def _moved(row: Any, offset: str) -> Any:
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


def places(found: Iterable[Slip]) -> dict[Source, dict[int, str]]:
    """Return the rows of slips by list and place, each with its offset; the first slip of a row holds."""
    rows: dict[Source, dict[int, str]] = {}
    for slip in found:
        listed = rows.setdefault(slip.source, {})
        for number in slip.numbers:
            listed.setdefault(number, slip.offset)
    return rows

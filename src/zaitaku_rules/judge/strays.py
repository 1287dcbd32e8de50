"""Rows that have no place where they stand, and the days that have a place for them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from zaitaku_rules.days import FULL, Days
from zaitaku_rules.facts import Facts
from zaitaku_rules.records import Source


def strays(facts: Facts, source: Source) -> dict[int, Any]:
    """Return the rows off the page or on past days that surely have no place for them, by number."""
    rows = getattr(facts.case, source) or ()
    start, cells = facts.calendar.start, facts.calendar.cells
    past = facts.calendar.span(None, facts.as_of - timedelta(days=1)) if rows else 0
    nowhere, not_there = (_standing(facts, source, there)[0] & past if rows else 0 for there in (False, True))
    found: dict[int, Any] = {}
    for number, row in enumerate(rows):
        cell = row.day.toordinal() - start
        mask = not_there if _is_commute(source, row) else nowhere
        if (not 0 <= cell < cells or mask >> cell & 1) and facts.knows(row.day, row):
            found[number] = row
    return found


def has_place(facts: Facts, source: Source, row: Any) -> bool:
    """Tell whether a row stands on a day that surely has a place for it."""
    return bool(_standing(facts, source, _is_commute(source, row))[1] & facts.calendar.bit(row.day))


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

"""The last day on which an act can be done: a day on which the office is open, where the duty needs it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from zaitaku_rules.days import Accepted
from zaitaku_rules.days.office_days import is_office_day
from zaitaku_rules.facts import Facts
from zaitaku_rules.judge.judgement import Judgement
from zaitaku_rules.records.events import PlannedDay

_AT_THE_COUNTER, _AT_THE_OFFICE, _PERHAPS = "Z601", "Z403", "Z402"


def planned_within(facts: Facts, begin: date, end: date) -> list[PlannedDay]:
    """Return the days of use planned in a stretch, from `as_of` on; the plan is silent beyond the month."""
    begin, end = max(begin, facts.as_of), min(end, facts.calendar.last)
    return [row for row in facts.case.planned_days or () if begin <= row.day <= end]


def last_day(judgement: Judgement, facts: Facts, begin: date, end: date, by: date) -> date:
    """Return the last day that serves in the window from `begin` to `end`: `by`, or the last office day.

    The municipality's counter takes a submission only on office days. A duty at the provider's office is
    done on the last day planned there, else on the last planned day that is an office day, else (nothing
    planned) on the last office day of the window, of this month where one is left. Where none is, `by`.
    """
    if judgement.code == _AT_THE_COUNTER:
        return _last_office_day(facts.as_of, by) or by
    if not _needs_office(judgement, facts, by):
        return by
    if planned := planned_within(facts, begin, end):
        there = [row.day for row in planned if row.place == "office"]
        return max(there or [row.day for row in planned if _is_office_day(row.day)], default=by)
    begin = max(begin, facts.as_of)
    inside = _last_office_day(begin, min(end, facts.calendar.last))
    return inside or _last_office_day(begin, end) or by


def _needs_office(judgement: Judgement, facts: Facts, day: date) -> bool:
    """Tell whether the law of `day` accepts the act, under every reading, at the office only."""
    if judgement.code != _PERHAPS:
        return judgement.code == _AT_THE_OFFICE
    bit = facts.calendar.bit(day)
    every = (numbers for reading in judgement.law.readings for _, numbers in reading.segments)
    return all(_is_at_office(numbers, bit) for numbers in every)


def _is_at_office(numbers: Mapping[str, Any], bit: int) -> bool:
    places, means = _accepted(numbers["monthly_places"], bit), _accepted(numbers["monthly_means"], bit)
    return places <= {"office"} or means <= {"commute"}


def _accepted(law: Accepted, bit: int) -> set[str]:
    return {value for value, days in law.days_by_value.items() if days & bit}


def _last_office_day(begin: date, end: date) -> date | None:
    """Return the last office day of a stretch, None where it has none."""
    while begin <= end:
        if _is_office_day(end):
            return end
        end -= timedelta(days=1)
    return None


_is_office_day = lru_cache(maxsize=4096)(is_office_day)
"""The calendar of holidays is slow to ask, and many cases ask for the same days."""

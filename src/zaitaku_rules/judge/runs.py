"""Runs of days stored under the day beside their own: where one day lacks its rows, another has them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from zaitaku_rules.facts import Facts
from zaitaku_rules.judge.moves import moved_row
from zaitaku_rules.records import Source


def crossing(facts: Facts, source: Source, offset: str) -> list[int]:
    """Return the places of the rows that an offset brings to another day."""
    return [
        number
        for number, row in enumerate(getattr(facts.case, source) or ())
        if facts.knows(row.day, row) and moved_row(row, offset).day != row.day
    ]


def runs(facts: Facts, source: Source, offset: str, lacking: Iterable[date], judged: int) -> list[list[int]]:
    """Return for each day that lacks its rows those of the days before it, back to a day that needs none.

    With an offset to earlier days it is the days after it. `judged` are the days that need rows.
    """
    rows = getattr(facts.case, source) or ()
    landing: dict[date, list[int]] = {}
    for number in crossing(facts, source, offset):
        landing.setdefault(moved_row(rows[number], offset).day, []).append(number)
    back = timedelta(days=-1 if offset.endswith(("+9", "+1")) else 1)
    found: list[list[int]] = []
    for last in lacking:
        day, run = last, list[int]()
        while numbers := landing.get(day):
            run += numbers
            day += back
            if not facts.calendar.bit(day) & judged:
                found.append(sorted(run))
                break
    return found

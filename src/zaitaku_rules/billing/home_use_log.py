"""What a case's log says of each day, as far as billing can be held against it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from zaitaku_rules.days import Days
from zaitaku_rules.facts import Facts
from zaitaku_rules.records.events import Contact

_SPOKEN = ("phone", "video", "visit", "office")
"""Channels by which both sides are there at once; a message may be read at any time."""


class HomeUseLog:
    """The log of one case as of one day: where the service was used, and when staff and user spoke.

    `month` holds the days that can be judged, `to_come` those of which nobody can tell yet.
    """

    def __init__(self, facts: Facts) -> None:
        """Read the log through the facts of a case."""
        self.facts = facts
        self.calendar = facts.calendar
        self.given = facts.present
        whole: int = facts.calendar.month_mask
        self.month = whole & facts.calendar.span(None, facts.as_of) & ~facts.to_come
        self.to_come = whole & ~self.month
        self.home: Days = facts.home.within(self.month)

    @property
    def away(self) -> int:
        """The days with a row at the office or out with staff."""
        rows = self.facts.dated("days")
        return _union(bit for bit, row in rows if row.place in ("office", "offsite"))

    @property
    def home_only(self) -> Days:
        """Home days on which the log knows of no other place."""
        return self.home - Days.known(self.away)

    @property
    def commute_evaluations(self) -> Days:
        """Days of the month with an evaluation or assessment for which the user came to the office."""
        rows = self.facts.dated("evaluations")
        bits = _union(bit for bit, row in rows if row.means == "commute")
        return self.facts.events("evaluations", bits).within(self.month)

    @property
    def spoken(self) -> dict[int, list[tuple[int, bool]]]:
        """The spoken contacts that count, by the word of their day: minute, and whether it surely does."""
        found: dict[int, list[tuple[int, bool]]] = {}
        for bit, row in self.facts.dated("contacts"):
            counts = _counts(row)
            if row.channel in _SPOKEN and counts is not False:
                found.setdefault(bit, []).append((row.at.hour * 60 + row.at.minute, counts is True))
        return found

    def claimed(self, status: str) -> int:
        """Return the days that the case itself gives as claimed, with a status."""
        return _union(bit for bit, row in self.facts.dated("claimed_days") if row.status == status)

    def may_be_used(self, day: date) -> bool:
        """Tell whether the service was perhaps used on a day."""
        return bool(self.facts.use.maybe & self.calendar.bit(day))

    def days_of(self, word: int) -> int:
        """Return the days that can be judged of a word whose n-th bit is the n-th day of the month."""
        return self.page_of(word) & self.month

    def page_of(self, word: int) -> int:
        """Return the word of this page for a word whose n-th bit is the n-th day of the month."""
        return word << self.calendar.cell(self.calendar.first) - 1

    def dates(self, word: int) -> tuple[date, ...]:
        """Return the dates of a word of this page, ascending."""
        return tuple(self.calendar.dates(word))


def _counts(row: Contact) -> bool | None:
    return True if row.by != "user" else row.answered


def _union(bits: Iterable[int]) -> int:
    found = 0
    for bit in bits:
        found |= bit
    return found

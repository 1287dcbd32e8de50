"""Facts of quantities, claims and submissions, and of the records themselves."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from zaitaku_rules.days import ALL_DAYS, FULL, NO_DAYS, Days, Measure
from zaitaku_rules.facts.known import TIMED, fact
from zaitaku_rules.facts.papers import PaperFacts
from zaitaku_rules.records.events import Contact


class ClaimFacts(PaperFacts):
    """How many days, what is claimed, what was handed in, what the records say of themselves."""

    @fact
    def allotted_days(self) -> int:
        """The largest number of days that a decision in force in the month grants."""
        standard = self.calendar.length - 8
        granted = [
            standard if row.days_per_month in (None, "standard") else row.days_per_month
            for row in self.decisions
            if self.span(row) & self.calendar.month_mask
        ]
        return max((days for days in granted if isinstance(days, int)), default=standard)

    @fact
    def inside_hospital_stay(self) -> Days:
        """Days strictly between the first and the last day of a stay in hospital."""
        spans = [
            (self.calendar.span(_shifted(row.from_, 1), row.to and _shifted(row.to, -1)), True)
            for row in self.case.hospital_stays or ()
        ]
        return self.state("hospital_stays", spans)

    @fact
    def absence_addition(self) -> Days:
        """Days of an absence addition (欠席時対応加算): as claimed, else as the absences say."""
        if "claimed_days" in self.present:
            return self._claimed("absence_addition")
        bits = sum({bit for bit, row in self.dated("absences") if row.addition_claimed})
        return self.events("absences", bits)

    def _claimed(self, status: str) -> Days:
        bits = 0
        for bit, row in self.dated("claimed_days"):
            bits |= bit if row.status == status else 0
        return self.events("claimed_days", bits)

    @fact
    def life_support(self) -> Days:
        """Days for which life support at home (在宅時生活支援サービス加算) is claimed."""
        return self.events(
            "life_support_days", sum({bit for bit, row in self.dated("life_support_days") if row.claimed})
        )

    @fact
    def claimed_use(self) -> Days:
        """Days claimed as used."""
        return self._claimed("use")

    @property
    def monthly_record_by(self) -> Measure[date]:
        """Every day where the record of the month was submitted by a date, else none."""
        return Measure(self._submitted_by)

    def _submitted_by(self, deadline: date) -> Days:
        rows = [
            row
            for row in self.case.submissions or ()
            if row.month == self.case.month and row.on <= self.horizon
        ]
        if any(row.on <= deadline for row in rows):
            return ALL_DAYS
        may_come = not self.complete and ("submissions" not in self.present or deadline >= self.horizon)
        return Days.unknown(FULL) if may_come else NO_DAYS

    @fact
    def _untimely(self) -> tuple[set[int], set[int]]:
        """The ordinals of all event records, and of those to come or recorded before they happened."""
        last = self.as_of.toordinal()
        every = {day for dated in self.ordinals.values() for day, _ in dated}
        untimely = {day for day in every if day > last}
        for source in TIMED:
            untimely |= {day for day, row in self.ordinals[source] if self.is_untimely(day, row)}
        return every, untimely

    def is_untimely(self, day: int, row: Any) -> bool:
        """Tell whether a row of the ordinal `day` lies after `as_of` or was recorded before it happened."""
        recorded = getattr(row, "recorded_at", None)
        return day > self.as_of.toordinal() or (recorded is not None and _recorded_early(day, row))

    def _words(self, ordinals: Iterable[int]) -> Days:
        start, cells = self.calendar.start, self.calendar.cells
        bits = sum(1 << day - start for day in ordinals if 0 <= day - start < cells)
        return Days(bits, bits)

    @property
    def unread_rows(self) -> int:
        """The number of event rows that lie off the page of the month, submissions aside."""
        start, end = self.calendar.start, self.calendar.start + self.calendar.cells
        every = self._untimely[0]
        if not every or (start <= min(every) and max(every) < end):
            return 0
        rows = (day for source, dated in self.ordinals.items() if source != "submissions" for day, _ in dated)
        return sum(not start <= day < end for day in rows)

    @fact
    def event_record(self) -> Days:
        """Days with a record of something that happened."""
        return self._words(self._untimely[0])

    @fact
    def untimely_record(self) -> Days:
        """Days with a record from the future, or one recorded before it happened."""
        return self._words(self._untimely[1])

    @fact
    def untimely_dates(self) -> list[date]:
        """The dates of all untimely records, off the page too."""
        return [date.fromordinal(day) for day in sorted(self._untimely[1])]

    @property
    def event_count(self) -> int:
        """The number of days with a record of something that happened, off the page too."""
        return len(self._untimely[0])


def _shifted(day: date, days: int) -> date:
    return date.fromordinal(min(max(day.toordinal() + days, 1), date.max.toordinal()))


def _recorded_early(day: int, row: Any) -> bool:
    """Tell whether a row was recorded on a day before its own, or before the minute of its moment."""
    recorded = row.recorded_at
    if not (isinstance(row, Contact) and isinstance(recorded, datetime)):
        return bool(recorded.toordinal() < day)
    at: datetime = row.at
    return recorded.replace(second=0, microsecond=0) < at.replace(second=0, microsecond=0)

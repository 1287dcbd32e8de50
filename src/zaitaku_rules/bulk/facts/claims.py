"""Facts of claims and submissions, and of the records themselves, over words."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np

from zaitaku_rules.bulk.facts.use import PackedUse
from zaitaku_rules.days import FULL, Days, Measure
from zaitaku_rules.facts import fact
from zaitaku_rules.records import EVENTS


class PackedClaims(PackedUse):
    """What is claimed, what was handed in, what the records say of themselves."""

    @fact
    def absence_addition(self) -> Days:
        """Days of an absence addition: as claimed, else as the absences say."""
        if "claimed_days" in self.pages.present:
            return self._events("claimed_days", "absence_addition")
        return self._events("absences", "claimed")

    @fact
    def life_support(self) -> Days:
        """Days for which life support at home is claimed."""
        return self._events("life_support_days", "claimed")

    @fact
    def claimed_use(self) -> Days:
        """Days claimed as used."""
        return self._events("claimed_days", "use")

    @property
    def monthly_record_by(self) -> Measure[date]:
        """Every day where the record of the month was submitted by a date, else none."""
        return Measure(self._submitted_by)

    def _submitted_by(self, deadline: date) -> Days:
        first = self.block.word("submissions.first")
        came = np.where((first != 0) & (first <= deadline.toordinal()), np.uint64(FULL), np.uint64(0))
        may_come = "submissions" not in self.pages.present or deadline >= self.pages.as_of
        return Days(came, came | (FULL if may_come else 0))

    @fact
    def event_record(self) -> Days:
        """Days with a record of something that happened."""
        bits: Any = self._recorded
        for source in EVENTS:
            bits = bits | self.block.word(f"{source}.row") | self.block.word(f"{source}.future")
        return Days(bits, bits)

    @fact
    def untimely_record(self) -> Days:
        """Days with a record from the future, or one recorded before it happened."""
        bits: Any = 0
        for source in EVENTS:
            bits = bits | self.block.word(f"{source}.early") | self.block.word(f"{source}.future")
        return Days(bits, bits)

    @property
    def event_count(self) -> Any:
        """The number of days with a record of something that happened."""
        days = self.event_record.sure | np.zeros(self.block.count, np.uint64)
        off_the_page = np.asarray(self.block.word("submissions.off")).astype(np.int64)
        return np.bitwise_count(days).astype(np.int64) + off_the_page

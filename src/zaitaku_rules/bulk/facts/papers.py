"""Facts of the user and the papers, over the patterns of their rows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from zaitaku_rules.bulk.facts.use import PackedUse
from zaitaku_rules.days import FULL, NO_DAYS, Days, Measure, Split
from zaitaku_rules.facts import Facts, fact
from zaitaku_rules.records.shapes import shapes


class PackedPapers(PackedUse):
    """What stands on paper, and for which days."""

    def _paper(self, paper: str, key: Any, read: Callable[[Facts], Days], *, near: bool = False) -> Days:
        numbers, patterns = self.pages.papers[paper]
        return patterns.days(key, read, numbers[self.block.rows], near=near)

    def _part(self, paper: str, name: str, value: str, *, near: bool = False) -> Days:
        """Return the part of a split fact for one value."""

        def read(facts: Facts) -> Days:
            split: Split = getattr(facts, name)
            return split.parts.get((value,), NO_DAYS)

        return self._paper(paper, (name, value), read, near=near)

    @fact
    def wished(self) -> Days:
        """Days on or after the user's wish."""
        sure = self.block.word("wish.sure")
        return Days(sure, sure | self.block.word("wish.maybe"))

    @property
    def aged(self) -> Measure[int]:
        """Days on or after the birthday of so many years."""
        return Measure(lambda years: self._paper("birth", ("aged", years), lambda facts: facts.aged(years)))

    @fact
    def same_municipality(self) -> Days:
        """Every day where provider and deciding municipality are the same, else none."""
        same = self.block.word("municipality.same")
        return Days(same, same | self.block.word("municipality.unsaid"))

    @fact
    def approved(self) -> Days:
        """Days within an approval of home use."""
        return self._paper("approvals", "approved", lambda facts: facts.approved, near=True)

    @fact
    def certified(self) -> Days:
        """Days within an approval of home use that is printed on the certificate."""
        return self._paper("approvals", "certified", lambda facts: facts.certified, near=True)

    @fact
    def decided(self) -> Days:
        """Days within a decision on the benefit."""
        return self._paper("approvals", "decided", lambda facts: facts.decided, near=True)

    @fact
    def issued(self) -> Days:
        """Days within an approval of home use whose certificate had been issued by then."""
        return self._paper("approvals", "issued", lambda facts: facts.issued, near=True)

    @fact
    def ground(self) -> Split:
        """Days within an approval of home use, by the ground it names."""
        named = ("commuting_difficult", "support_effective")
        parts: dict[tuple[str, ...], Days] = {
            (name,): self._part("approvals", "ground", name, near=True) for name in named
        }
        unclear = self._paper("approvals", "ground?", lambda facts: facts.ground.unknown, near=True)
        return Split(parts, unclear)

    @property
    def approved_for_months(self) -> Measure[int]:
        """Days on which every approval in force began so many months ago or more."""
        return Measure(
            lambda months: self._paper(
                "approvals", ("approved_for_months", months), lambda facts: facts.approved_for_months(months)
            )
        )

    @fact
    def allotted_days(self) -> Any:
        """The largest number of days that a decision in force in the month grants."""
        numbers, patterns = self.pages.papers["approvals"]
        return patterns.counts("allotted_days", lambda facts: facts.allotted_days, numbers[self.block.rows])

    @property
    def notified(self) -> Measure[tuple[str, bool]]:
        """Days on which an accepted notification is in force."""
        return Measure(
            lambda law: self._paper("notifications", ("notified", law), lambda facts: facts.notified(law))
        )

    @property
    def notified_late(self) -> Measure[str]:
        """Days under a notification of a start, none of which was submitted so long before the day."""
        return Measure(
            lambda lead: self._paper("notifications", ("late", lead), lambda facts: facts.notified_late(lead))
        )

    @fact
    def applied_before_month(self) -> Days:
        """Days in a month after one in which a notification or application was submitted."""
        return self._paper("notifications", "applied", lambda facts: facts.applied_before_month)

    @fact
    def planned_for_home(self) -> Days:
        """Days within an individual support plan that states home use."""
        return self._paper("plans", "planned", lambda facts: facts.planned_for_home)

    @fact
    def signed_for_home(self) -> Days:
        """Days within a plan that states home use and that the user has signed."""
        return self._paper("plans", "signed", lambda facts: facts.signed_for_home)

    @fact
    def readiness(self) -> Split:
        """Days on which each kind of arrangement stands ready."""
        if "readiness" not in self.pages.present:
            return Split({}, Days.unknown(FULL))
        kinds = next(column.allowed for column in shapes()["readiness"].columns if column.name == "kind")
        return Split({(kind,): self._part("readiness", "readiness", kind) for kind in kinds})

    @fact
    def found_appropriate(self) -> Days:
        """Days whose latest assessment notes no cautions."""
        return self._paper("assessments", "appropriate", lambda facts: facts.found_appropriate)

    @fact
    def inside_hospital_stay(self) -> Days:
        """Days strictly between the first and the last day of a stay in hospital."""
        return self._paper("hospital_stays", "inside", lambda facts: facts.inside_hospital_stay)

    @fact
    def recording_consent(self) -> Days:
        """Days on which the user's consent to recordings is in force."""
        return self._paper("consents", "recording", lambda facts: facts.recording_consent)

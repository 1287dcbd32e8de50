"""From the records of one case to the facts that rules read: sets of days, ladders, measures.

Each fact is one attribute of `Facts`, named as the rules name their parameters. What a list leaves
unsaid is unknown outside its coverage, and on and after `as_of` whatever its coverage.
"""

from __future__ import annotations

from zaitaku_rules.facts.claims import ClaimFacts
from zaitaku_rules.facts.daily import DailyFacts
from zaitaku_rules.facts.evaluations import EvaluationFacts
from zaitaku_rules.facts.known import Known, fact


class Facts(DailyFacts, EvaluationFacts, ClaimFacts):
    """The facts of one case as of one day; each is computed when a rule first reads it."""

    @fact
    def completed(self) -> Facts:
        """The facts as they were if every source were complete and time over."""
        return Facts(self.case, self.as_of, known_at=self.known_at, complete=True)


__all__ = ["Facts", "Known", "fact"]

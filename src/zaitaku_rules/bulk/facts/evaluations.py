"""Facts of evaluations and assessments of achievement, over words."""

from __future__ import annotations

from zaitaku_rules.bulk.facts.use import PackedUse, told
from zaitaku_rules.days import Days, Split
from zaitaku_rules.facts import fact


class PackedEvaluations(PackedUse):
    """Evaluations by means and place."""

    def _split(self, prefix: str, length: int) -> Split:
        parts: dict[tuple[str, ...], Days] = {}
        for name in self.pages.words:
            head, *rest = name.split(".")
            if head == prefix and len(rest) == length:
                bits = self.block.word(name)
                parts[tuple(rest)] = Days(bits, bits)
        return Split(parts, Days(0, self.block.gap("evaluations")))

    @fact
    def weekly_evaluation(self) -> Split:
        """Weekly evaluations by means, without the visits that also cover the achievement."""
        return self._split("weekly", 1)

    @fact
    def joint_visit_evaluation(self) -> Split:
        """Visits that cover the weekly evaluation and the achievement at once."""
        return self._split("joint", 1)

    @fact
    def achievement(self) -> Split:
        """Assessments of achievement by means and place."""
        return self._split("achievement", 2)

    @fact
    def commute_evaluation(self) -> Days:
        """Days with an evaluation by commute."""
        return self._events("evaluations", "commute")

    @fact
    def evaluation_in_person(self) -> Days:
        """Days with an evaluation by visit or commute."""
        bits = self.block.word("evaluations.visit") | self.block.word("evaluations.commute")
        return told(bits, self.block.gap("evaluations"))

"""Facts of the evaluations (評価等) and assessments of achievement (達成度の評価等)."""

from __future__ import annotations

from zaitaku_rules.days import Days, Split
from zaitaku_rules.facts.known import Known, fact
from zaitaku_rules.records.events import Evaluation

_PLACES = {"visit": "home", "commute": "office"}


class EvaluationFacts(Known):
    """Evaluations by means and place."""

    @fact
    def _evaluations(self) -> dict[tuple[int, str], set[str]]:
        """What each evaluation covers: rows of the same date and means are one."""
        found: dict[tuple[int, str], set[str]] = {}
        for bit, row in self.dated("evaluations"):
            found.setdefault((bit, row.means), set()).update(row.covers)
        return found

    def _weekly(self, joint_visits: bool) -> Split:
        words: dict[tuple[str, ...], int] = {}
        for (bit, means), covers in self._evaluations.items():
            is_joint_visit = means == "visit" and "achievement" in covers
            if "weekly" in covers and is_joint_visit is joint_visits:
                words[(means,)] = words.get((means,), 0) | bit
        return self._split(words)

    def _split(self, words: dict[tuple[str, ...], int]) -> Split:
        return Split({key: Days(bits, bits) for key, bits in words.items()}, Days(0, self.gap("evaluations")))

    @fact
    def weekly_evaluation(self) -> Split:
        """Weekly evaluations by means, without the visits that also cover the achievement."""
        return self._weekly(joint_visits=False)

    @fact
    def joint_visit_evaluation(self) -> Split:
        """Visits that cover the weekly evaluation and the achievement at once."""
        return self._weekly(joint_visits=True)

    @fact
    def achievement(self) -> Split:
        """Assessments of achievement by means and place; a merged evaluation took place at all its places."""
        words: dict[tuple[str, ...], int] = {}
        for bit, row in self.dated("evaluations"):
            if "achievement" in self._evaluations[bit, row.means]:
                key = (row.means, _place_of(row))
                words[key] = words.get(key, 0) | bit
        return self._split(words)

    @fact
    def commute_evaluation(self) -> Days:
        """Days with an evaluation by commute."""
        return self._by_means(("commute",))

    @fact
    def evaluation_in_person(self) -> Days:
        """Days with an evaluation by visit or commute."""
        return self._by_means(("visit", "commute"))

    def _by_means(self, means: tuple[str, ...]) -> Days:
        bits = 0
        for bit, row in self.dated("evaluations"):
            bits |= bit if row.means in means else 0
        return self.events("evaluations", bits)


def _place_of(row: Evaluation) -> str:
    return row.place or _PLACES.get(row.means, "")

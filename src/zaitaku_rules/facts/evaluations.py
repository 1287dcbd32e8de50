"""Facts of the evaluations (評価等) and assessments of achievement (達成度の評価等)."""

from __future__ import annotations

from typing import TypeAlias

from zaitaku_rules.days import Days, Split
from zaitaku_rules.facts.known import Known, fact
from zaitaku_rules.records.events import Evaluation

Words: TypeAlias = dict[tuple[str, ...], tuple[int, int]]
"""The words of days by what they are split by: those surely in it, and those perhaps."""

_PLACES = {"visit": "home", "commute": "office"}


class EvaluationFacts(Known):
    """Evaluations by means and place."""

    @fact
    def _covers(self) -> dict[tuple[int, str], tuple[set[str], set[str]]]:
        """What each evaluation covers, surely and perhaps: rows of the same date and means are one."""
        found: dict[tuple[int, str], tuple[set[str], set[str]]] = {}
        for bit, row in self.dated("evaluations"):
            sure, perhaps = found.setdefault((bit, row.means), (set(), set()))
            perhaps.update(row.covers)
            if self.is_told(row):
                sure.update(row.covers)
        return found

    def _weekly(self, joint_visits: bool) -> Split:
        words: Words = {}
        for (bit, means), (sure, perhaps) in self._covers.items():
            if "weekly" not in perhaps:
                continue
            is_joint, may_be = "achievement" in sure, "achievement" in perhaps
            if means != "visit":
                is_joint = may_be = False
            as_asked, may_be_as_asked = (is_joint, may_be) if joint_visits else (not may_be, not is_joint)
            if may_be_as_asked:
                _mark(words, (means,), bit, surely=as_asked and "weekly" in sure)
        return self._split(words)

    def _split(self, words: Words) -> Split:
        parts = {key: Days(sure, maybe) for key, (sure, maybe) in words.items()}
        return Split(parts, Days(0, self.gap("evaluations")))

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
        words: Words = {}
        for bit, row in self.dated("evaluations"):
            sure, perhaps = self._covers[bit, row.means]
            if "achievement" in perhaps:
                surely = "achievement" in sure and self.is_told(row)
                _mark(words, (row.means, _place_of(row)), bit, surely=surely)
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
        words: Words = {(): (0, 0)}
        for bit, row in self.dated("evaluations"):
            if row.means in means:
                _mark(words, (), bit, surely=self.is_told(row))
        return self.events("evaluations", *words[()])


def _mark(words: Words, key: tuple[str, ...], bit: int, *, surely: bool) -> None:
    sure, maybe = words.get(key, (0, 0))
    words[key] = (sure | bit if surely else sure, maybe | bit)


def _place_of(row: Evaluation) -> str:
    return row.place or _PLACES.get(row.means, "")

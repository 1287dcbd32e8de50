"""The cheapest acts that clear what acts can clear: greedy, then exact where the search stays small."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from itertools import groupby
from typing import NamedTuple, TypeAlias

from zaitaku_rules.mend.acts import Act
from zaitaku_rules.mend.trial import Pairs

Judge: TypeAlias = Callable[[frozenset[Act]], Pairs]
"""From the acts that are done to what stays unclear."""

Effects: TypeAlias = Mapping[Act, Pairs]
"""What each act clears when it is done alone."""

MOST_NODES = 4000
"""Where the exact search gives up: the best plan so far stands then."""


class Found(NamedTuple):
    """A set of acts, what it was asked to clear, and whether none is cheaper."""

    acts: frozenset[Act]
    wanted: Pairs
    is_least: bool


def cost_of(acts: Iterable[Act]) -> int:
    """Return what acts cost together."""
    return sum(act.cost for act in acts)


def weight_of(acts: Collection[Act]) -> int:
    """Return what orders sets of acts: their cost, and where it is the same their number."""
    return cost_of(acts) * (MOST_NODES + 1) + len(acts)


def cheapest(judge: Judge, effects: Effects, due: frozenset[str]) -> Found:
    """Return the cheapest acts that clear all that greedy choice can clear, and make nothing worse.

    Each set that is returned has been judged as a whole, so what acts do to each other is seen.
    """
    before, reach = judge(frozenset()), frozenset[tuple[str, int]]().union(*effects.values())
    chosen = greedy(judge, effects)
    wanted = (before - judge(chosen)) & reach
    more = together(chosen, judge, effects, due)
    if more == chosen:
        return Search(judge, wanted, slim(chosen, wanted, judge)).run(effects)
    wanted |= frozenset(pair for pair in judge(chosen) - judge(more) if pair[0] in due)
    return Found(slim(more, wanted, judge), wanted, is_least=False)


def greedy(judge: Judge, effects: Effects) -> frozenset[Act]:
    """Return acts chosen one by one for the most cleared per cost."""
    chosen, left = frozenset[Act](), judge(frozenset())
    while better := _better(chosen, left, judge, effects):
        chosen, left = better
    return chosen


def together(chosen: frozenset[Act], judge: Judge, effects: Effects, due: frozenset[str]) -> frozenset[Act]:
    """Return a set with the kinds of acts that help only where several are done."""
    left = judge(chosen)
    if not any(code in due for code, _ in left):
        return chosen
    for _, alike in groupby(sorted(effects, key=_kind), key=_kind):
        group = frozenset(act for act in alike if act.setting != "instead")
        after = judge(chosen | group)
        if after <= left and any(code in due for code, _ in left - after):
            chosen, left = chosen | group, after
    return chosen


def _better(
    chosen: frozenset[Act], left: Pairs, judge: Judge, effects: Effects
) -> tuple[frozenset[Act], Pairs] | None:
    helpful = [act for act in effects if act not in chosen and effects[act] & left]
    for act in sorted(helpful, key=lambda act: (-len(effects[act] & left) / act.cost, rank(act))):
        if (after := judge(chosen | {act})) < left:
            return chosen | {act}, after
    return None


def rank(act: Act) -> tuple[int, int, str, int]:
    """Order acts of equal use: the cheaper, the sooner, the plainer first."""
    return act.cost, act.day.toordinal(), act.means, len(act.covers)


def _kind(act: Act) -> tuple[int, str, str, str]:
    return act.cost, act.means, "+".join(act.covers), act.setting


def slim(chosen: frozenset[Act], wanted: Pairs, judge: Judge) -> frozenset[Act]:
    """Return a set without the acts that prove needless, the dearest and latest tried first."""
    for act in sorted(chosen, key=rank, reverse=True):
        if is_enough(chosen - {act}, wanted, judge):
            chosen -= {act}
    return chosen


def is_enough(acts: frozenset[Act], wanted: Pairs, judge: Judge) -> bool:
    """Tell whether acts clear what is wanted and make nothing worse."""
    after = judge(acts)
    return not after & wanted and after <= judge(frozenset())


class Search:
    """Branch and bound: an unclear day with the fewest acts that clear it comes first."""

    def __init__(self, judge: Judge, wanted: Pairs, best: frozenset[Act]) -> None:
        """Begin with a set that is known to be enough."""
        self.judge = judge
        self.best = best
        self.wanted = wanted
        self.least = weight_of(best)
        self.nodes = 0
        self.refused = 0

    def run(self, effects: Effects) -> Found:
        """Return the cheapest set; it is known to be least where the search came to its end.

        Acts that a cheaper or equal one makes needless are left out first, and tried only where acts that
        should have been enough proved not to be, because of what they do to each other.
        """
        useful = {act: effect & self.wanted for act, effect in effects.items() if effect & self.wanted}
        self._from(undominated(useful))
        if self.refused:
            self._from(useful)
        return Found(self.best, self.wanted, is_least=self.nodes <= MOST_NODES)

    def _from(self, useful: Effects) -> None:
        self._branch(frozenset(), self.wanted_of(useful), sorted(useful, key=rank), useful)

    def wanted_of(self, useful: Effects) -> Pairs:
        """Return one of the wanted days for each set of acts that clears it: the others come with it."""
        by_acts = {
            frozenset(act for act in useful if pair in useful[act]): pair for pair in sorted(self.wanted)
        }
        return frozenset(by_acts.values())

    def _branch(self, chosen: frozenset[Act], left: Pairs, allowed: list[Act], useful: Effects) -> None:
        self.nodes += 1
        weight = weight_of(chosen)
        if self.nodes > MOST_NODES or weight >= self.least:
            return
        if not left:
            if is_enough(chosen, self.wanted, self.judge):
                self.best, self.least = chosen, weight
            else:
                self.refused += 1
            return
        choices = {pair: [act for act in allowed if pair in useful[act]] for pair in left}
        if not all(choices.values()):
            return
        if weight + max(weight_of(found[:1]) for found in choices.values()) >= self.least:
            return
        pair = min(left, key=lambda one: (len(choices[one]), one))
        rest = allowed
        for act in choices[pair]:
            rest = [other for other in rest if other != act]
            self._branch(chosen | {act}, left - useful[act], rest, useful)


def undominated(useful: Effects) -> Effects:
    """Return the acts of which none cheaper, or as cheap and sooner, clears all that they clear."""
    kept: dict[Act, Pairs] = {}
    for act in sorted(useful, key=rank):
        if not any(useful[act] <= cleared for cleared in kept.values()):
            kept[act] = useful[act]
    return kept

"""The last day on which each act of a plan serves as well, found by judging the month with the act moved."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import NamedTuple, TypeAlias

from zaitaku_rules.facts import Facts
from zaitaku_rules.mend.acts import Act
from zaitaku_rules.mend.cover import rank
from zaitaku_rules.mend.trial import Pairs, Trial
from zaitaku_rules.records import Case
from zaitaku_rules.report import Due

Done: TypeAlias = frozenset[Act]
_MOVES_USE = ("instead", "extra")


class Later(NamedTuple):
    """What a later day is measured by: the month of any acts, its rules, what is due, and whom acts serve."""

    month_of: Callable[[Done], Case]
    trial: Trial
    facts: Facts
    due: tuple[Due, ...]
    serving: Mapping[Act, tuple[str, ...]]

    def latest(self, done: Done, possible: Iterable[Act]) -> dict[Act, date]:
        """Return the last day of each act: it serves there alone, and with all others on their last day."""
        downward = sorted(possible, key=lambda act: act.day, reverse=True)
        found, last = {act: act.day for act in done}, done
        for act in sorted(done, key=rank):
            for other in self._later(act, downward):
                if self._serves(act, other, last) and (last == done or self._serves(act, other, done)):
                    found[act], last = other.day, last - {act} | {other}
                    break
        return found

    def _later(self, act: Act, possible: Iterable[Act]) -> Iterator[Act]:
        """Return the like acts on later days, the last first, none after the day that `due` names."""
        ends = [
            one.last_day
            for one in self.due
            if one.code in self.serving[act]
            and one.window.from_ <= act.day <= one.window.to
            and one.last_day >= act.day
        ]
        for other in possible:
            is_later = act.day < other.day <= min(ends, default=other.day)
            if is_later and other._replace(day=act.day) == act:
                yield other

    def _serves(self, act: Act, other: Act, done: Done) -> bool:
        """Tell whether the month is no worse with `other` in the place of `act`, and its verdict the same."""
        rest = done - {act}
        if other in rest or any(_collide(other, one) for one in rest):
            return False
        before, after = self._outcome(done), self._outcome(rest | {other})
        own = self.facts.calendar.bit(act.day) | self.facts.calendar.bit(other.day)
        own = own if act.setting in _MOVES_USE else 0
        return all(map(self._is_as_good, before, after, (own, own)))

    def _outcome(self, done: Done) -> tuple[Pairs, Pairs]:
        return self.trial.outcome(self.month_of(done))

    def _is_as_good(self, before: Pairs, after: Pairs, own: int) -> bool:
        """Tell whether nothing is added, but for what the days of use that change places ask for anyway."""
        due = self.trial.due
        added = {(code, bit) for code, bit in after - before if code in due or not bit & own}
        return not added and bool(before) == bool(after)


def _collide(one: Act, other: Act) -> bool:
    """Tell whether one act takes the user away from where the other finds them."""
    moves = [act.setting in _MOVES_USE for act in (one, other)]
    return one.day == other.day and any(moves) and "visit" in (one.means, other.means)

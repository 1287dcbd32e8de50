"""The draft of a plan: slips corrected, the routine of each coming day, and the cheapest acts beside it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from zaitaku_rules.facts import Facts
from zaitaku_rules.judge.moves import moved
from zaitaku_rules.judge.slips import Slip, places
from zaitaku_rules.mend.acts import Act, acts
from zaitaku_rules.mend.candidates import Candidates, effect
from zaitaku_rules.mend.cover import Effects, Found, Judge, cheapest
from zaitaku_rules.mend.elsewhere import Move, moves, spent_at
from zaitaku_rules.mend.followed import followed, with_rows
from zaitaku_rules.mend.latest import Later
from zaitaku_rules.mend.routine import Routine, routine_of
from zaitaku_rules.mend.trial import Pairs, Trial
from zaitaku_rules.records import Case
from zaitaku_rules.report import Due

Codes = tuple[str, ...]


class Draft(NamedTuple):
    """What was chosen, whom it serves, and the month in which all of it is done.

    `full` is the routine of all coming days at home, those included that become days at the office.
    """

    case: Case
    facts: Facts
    trial: Trial
    slips: tuple[tuple[Slip, Codes], ...]
    moves: tuple[Move, ...]
    full: Routine
    found: Found
    base: Case

    @property
    def routine(self) -> Routine:
        """The routine of the days that stay days at home."""
        return self._routine(self.found.acts)

    @property
    def month(self) -> Case:
        """The month in which the draft is carried out."""
        return self.month_of(self.found.acts)

    def month_of(self, done: frozenset[Act]) -> Case:
        """Return the month in which other acts are done beside the same routine."""
        return with_acts(self._routine(done).done(self.base), done)

    def _routine(self, done: Iterable[Act]) -> Routine:
        return self.full.without(act.day for act in done if act.setting == "instead")

    def serves(self, act: Act) -> Codes:
        """Return the rules that are worse off without an act."""
        found: set[tuple[str, int]] = set()
        without = with_acts(self.routine.done(self.base), self.found.acts - {act})
        for trial in self._trials:
            before, after = trial.unclear(without), trial.unclear(self.month)
            found |= effect(act, before | after, after, trial.due, self.facts.calendar)
        return _codes(frozenset(found))

    def serves_instead_of(self, routine: Routine) -> Codes:
        """Return the rules that are worse off with another routine."""
        other = with_acts(routine.done(self.base), self.found.acts)
        found = frozenset[tuple[str, int]]()
        for trial in self._trials:
            found |= trial.unclear(other) - trial.unclear(self.month)
        return _codes(found)

    @property
    def _trials(self) -> tuple[Trial, Trial]:
        return self.trial, self.trial._replace(sees_open=False)


class Drawn(NamedTuple):
    """A draft with the rules that each act serves, and the last day on which it serves as well."""

    draft: Draft
    serving: Mapping[Act, Codes]
    latest: Mapping[Act, date]


def draft(
    case: Case, facts: Facts, trial: Trial, slips: Iterable[tuple[Slip, str]], due: Sequence[Due]
) -> Drawn:
    """Return the draft of a plan for a case that the trial judges, none of its acts later than is due."""
    kept = _joint(slips, case, facts, trial)
    corrected = moved(case, places(slip for slip, _ in kept)) if kept else case
    moved_days = moves(corrected, facts, trial)
    corrected = spent_at(corrected, {move.day: move.place for move in moved_days})
    base = followed(corrected, facts.as_of, trial.until)
    routine = routine_of(corrected, base, facts, trial)
    month, possible = routine.done(base), list(acts(corrected, facts))
    first = Candidates.of(possible, trial.laws, facts.calendar).first
    found = under_every_reading(month, trial, first, facts)
    found = _under_some_reading(month, trial, first, facts, found)
    drawn = Draft(case, facts, trial, tuple(kept), moved_days, routine, found, base)
    serving = {act: drawn.serves(act) for act in found.acts}
    later = Later(drawn.month_of, trial, facts, tuple(due), serving)
    return Drawn(drawn, serving, later.latest(found.acts, possible))


def under_every_reading(month: Case, trial: Trial, first: Mapping[Act, Act], facts: Facts) -> Found:
    """Return the cheapest acts that hold whatever the municipality answers."""
    judge = judging(month, trial)
    return cheapest(judge, effects_of(first, judge, trial, facts), trial.due)


def _under_some_reading(
    month: Case, trial: Trial, first: Mapping[Act, Act], facts: Facts, found: Found
) -> Found:
    """Add acts that turn what would surely break into a question: better than to let it pass."""
    sure = trial._replace(sees_open=False)
    month = with_acts(month, found.acts)
    judge = judging(month, sure)
    used = {act.day for act in found.acts}
    free = {act: other for act, other in first.items() if not {act.day, other.day} & used}
    more = cheapest(judge, effects_of(free, judge, sure, facts), trial.due)
    if not more.acts or not trial.unclear(with_acts(month, more.acts)) <= trial.unclear(month):
        return found
    return Found(found.acts | more.acts, found.wanted | more.wanted, found.is_least and more.is_least)


def _joint(
    found: Iterable[tuple[Slip, str]], case: Case, facts: Facts, trial: Trial
) -> list[tuple[Slip, Codes]]:
    """Return the slips that still mend when all are corrected at once; each row is moved once."""
    kept: list[tuple[Slip, Codes]] = []
    left: Pairs | None = None
    for slip, _ in found:
        left = trial.unclear(followed(case, facts.as_of, trial.until)) if left is None else left
        taken = {number for one, _ in kept if one.source == slip.source for number in one.numbers}
        rest = slip._replace(numbers=tuple(number for number in slip.numbers if number not in taken))
        if rest.numbers:
            both = moved(case, places([*(one for one, _ in kept), rest]))
            after = trial.unclear(followed(both, facts.as_of, trial.until))
            if after < left:
                kept, left = [*kept, (rest, _codes(left - after))], after
    return kept


def judging(month: Case, trial: Trial) -> Judge:
    """Return what judges a month with any acts done in it; each set of acts once."""
    known: dict[frozenset[Act], Pairs] = {}

    def judge(done: frozenset[Act]) -> Pairs:
        if done not in known:
            known[done] = trial.unclear(with_acts(month, done))
        return known[done]

    return judge


def with_acts(month: Case, done: Iterable[Act]) -> Case:
    """Return a month in which acts are done."""
    for act in done:
        month = with_rows(month, act.rows)
    return month


def effects_of(first: Mapping[Act, Act], judge: Judge, trial: Trial, facts: Facts) -> Effects:
    """Return what each act clears alone, as the first act like it; those that clear nothing are left out.

    Nothing is tried where no window has days left to clear.
    """
    before, due = judge(frozenset()), trial.due
    if not any(code in due for code, _ in before - trial.past(facts)):
        return {}
    cleared = {
        act: effect(act, before, judge(frozenset((act,))), due, facts.calendar)
        for act, other in first.items()
        if act == other
    }
    return {act: cleared[other] for act, other in first.items()}


def _codes(pairs: Pairs) -> Codes:
    return tuple(sorted({code for code, _ in pairs}))

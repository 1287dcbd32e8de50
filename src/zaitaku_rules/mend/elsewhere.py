"""Planned days that no act makes lawful: spent at the office instead of at home, or not used at all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from zaitaku_rules.facts import Facts
from zaitaku_rules.mend.followed import followed, is_away, is_open_day, planned
from zaitaku_rules.mend.trial import Pairs, Trial
from zaitaku_rules.records import Case
from zaitaku_rules.records.events import PlannedDay
from zaitaku_rules.records.fields import Place

_ELIGIBILITY = ("Z1", "Z5")
_AT_HOME = ("home", "satellite")


class Move(NamedTuple):
    """A planned day, where it is spent instead (None: it is not used), and the rules that ask for it."""

    day: date
    place: Place | None
    codes: tuple[str, ...]


def moves(case: Case, facts: Facts, trial: Trial) -> tuple[Move, ...]:
    """Return the coming days that break eligibility as they are planned, moved to where they break less.

    To come to the office is tried first, on days on which that can be asked; not to use the service is next.
    """
    laws = tuple(law for law in trial.laws if law.rule.code.startswith(_ELIGIBILITY))
    sure = Trial(laws, trial.until, sees_open=False)
    coming = planned(case, facts.as_of)
    before = _by_day(sure.unclear(followed(case, facts.as_of, trial.until)), coming, facts)
    places: dict[date, Place | None] = {
        day: "office"
        for day in before
        if coming[day] in _AT_HOME and is_open_day(day) and not is_away(case, day)
    }
    after = _after(case, places, facts, sure)
    places = {day: None if after.get(day, day not in places) else "office" for day in before}
    after = _after(case, places, facts, sure)
    helped = {day: before[day] - after.get(day, frozenset()) for day in before}
    return tuple(Move(day, places[day], tuple(sorted(codes))) for day, codes in helped.items() if codes)


def _by_day(unclear: Pairs, days: Iterable[date], facts: Facts) -> dict[date, frozenset[str]]:
    """Return for each of some days the rules that it breaks, where it breaks any."""
    found = {
        day: frozenset(code for code, bit in unclear if bit == facts.calendar.bit(day))
        for day in sorted(days)
    }
    return {day: codes for day, codes in found.items() if codes}


def _after(
    case: Case, places: Mapping[date, Place | None], facts: Facts, sure: Trial
) -> dict[date, frozenset[str]]:
    month = followed(spent_at(case, places), facts.as_of, sure.until)
    return _by_day(sure.unclear(month), planned(case, facts.as_of), facts)


def spent_at(case: Case, places: Mapping[date, Place | None]) -> Case:
    """Return a case in which some days are planned elsewhere, or not at all."""
    if not places:
        return case
    rows = [row for row in case.planned_days or () if row.day not in places]
    rows += [PlannedDay.model_construct(day=day, place=place) for day, place in places.items() if place]
    return case.model_copy(update={"planned_days": tuple(rows)})

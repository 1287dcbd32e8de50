"""On which doubtful cells of which facts the open days of a rule depend."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple, TypeAlias

from zaitaku_rules.days import FULL, Calendar, Days
from zaitaku_rules.facts import Facts
from zaitaku_rules.judge.doubts import CERTAIN, doubtful, high, low
from zaitaku_rules.law import RuleLaw
from zaitaku_rules.rules import Rule
from zaitaku_rules.rules.mark import by_day
from zaitaku_rules.rules.quantity import ADDITIONS_A_MONTH

Numbers: TypeAlias = Mapping[str, Any]
Cells: TypeAlias = Mapping[str, int]
"""A word of cells for each fact."""


class Dependence(NamedTuple):
    """A fact, the cells of it on which open days depend, and the numbers of the law by which they do."""

    name: str
    cells: int
    numbers: Numbers


def dependences(law: RuleLaw, facts: Facts, open_days: int) -> Iterator[Dependence]:
    """Return on what the open days of a rule depend, under each of its readings.

    A cell is returned where some completion of all others makes the two answers to it differ on an open
    day. The set of these cells is the smallest that settles: each must be given, and nothing else matters.
    """
    read = law.rule.read(facts)
    depending: Callable[..., Cells] = _SPECIAL.get(law.rule.code, _by_low_and_high)
    for reading in law.readings:
        for mask, numbers in reading.segments:
            asked = mask & open_days
            if asked:
                found = depending(law.rule, read, numbers, asked, facts)
                yield from (Dependence(name, cells, numbers) for name, cells in found.items() if cells)


def reach(law: RuleLaw, calendar: Calendar, open_days: int) -> int:
    """Return the cells whose facts may bear on the open days, under any reading."""
    if law.rule.code in _SPECIAL:
        return calendar.month_mask
    found = open_days
    if law.rule.window not in (None, by_day):
        for reading in law.readings:
            for mask, numbers in reading.segments:
                found |= widened(law.rule, calendar, numbers, mask & open_days)
    return found


def widened(rule: Rule, calendar: Calendar, numbers: Numbers, days: int) -> int:
    """Return the whole windows in which `days` lie."""
    if rule.window is None or rule.window is by_day:
        return days
    return sum(mask for mask in rule.window(calendar, numbers).masks if mask & days)


def _by_low_and_high(rule: Rule, read: Sequence[Any], numbers: Numbers, asked: int, facts: Facts) -> Cells:
    """Ask the rule with each doubtful fact low and high, beside the others in every combination."""
    wide = widened(rule, facts.calendar, numbers, asked)
    doubts = [0 if name in CERTAIN else doubtful(value) for name, value in zip(rule.facts, read, strict=True)]
    places = [place for place, doubt in enumerate(doubts) if doubt & (asked if place == 0 else wide)]
    lows, highs = [low(value) for value in read], {place: high(read[place]) for place in places}
    results: list[int] = []
    for combination in range(1 << len(places)):
        chosen = [*lows]
        for number, place in enumerate(places):
            if combination >> number & 1:
                chosen[place] = highs[place]
        results.append(rule.breaking(*chosen, **numbers).maybe & asked)
    found: dict[str, int] = {}
    for number, place in enumerate(places):
        days = 0
        for combination, result in enumerate(results):
            days |= result ^ results[combination ^ 1 << number]
        found[rule.facts[place]] = doubts[place] & (
            widened(rule, facts.calendar, numbers, days) if place else days
        )
    return found


def _by_assessment(_rule: Rule, read: Sequence[Any], numbers: Numbers, asked: int, _facts: Facts) -> Cells:
    """Z402: an assessment and the use of its day count together, so each cell bears on the whole month."""
    home, use, achievement, calendar = read
    assessed: Days = achievement.by(numbers["monthly_means"], numbers["monthly_places"])
    needs_use = numbers["assessment_on_use_day"]
    used = use if needs_use else calendar.unless(needs_use)
    asked &= home.maybe & (FULL ^ assessed.sure)
    if not asked or assessed.sure & used.sure & calendar.month_mask:
        return {}
    on_use = doubtful(used) & assessed.maybe & calendar.month_mask
    if not asked & (asked - 1):
        on_use &= FULL ^ asked  # an assessment on the only day that is open counts in any case
    counting = asked | (used.maybe & calendar.month_mask)
    return {"home": doubtful(home) & asked, "achievement": doubtful(assessed) & counting, "use": on_use}


def _by_use_count(_rule: Rule, read: Sequence[Any], _numbers: Numbers, asked: int, facts: Facts) -> Cells:
    """Z501: a day beyond the number depends on every doubtful day before it."""
    use, allotted, _ = read
    return {"use": _counted(use, allotted, asked, asked, facts)}


def _by_addition_count(
    _rule: Rule, read: Sequence[Any], _numbers: Numbers, asked: int, facts: Facts
) -> Cells:
    """Z503: an addition breaks beyond the number, and on a day of use."""
    addition, use, _ = read
    counting = asked & (FULL ^ use.sure)
    within = asked & (FULL ^ _sure_beyond(addition, ADDITIONS_A_MONTH, asked, facts))
    return {
        "absence_addition": _counted(addition, ADDITIONS_A_MONTH, asked, counting, facts),
        "use": doubtful(use) & within,
    }


def _counted(days: Days, number: int, asked: int, counting: int, facts: Facts) -> int:
    """Return the doubtful cells of the days asked, and those before the last one that they could decide."""
    month, doubts = facts.calendar.month_mask, doubtful(days)
    turning = counting & (FULL ^ _sure_beyond(days, number, counting, facts))
    while turning:
        last = 1 << turning.bit_length() - 1
        if (days.maybe & month & (last - 1)).bit_count() >= number:
            return doubts & (asked | (month & (last - 1)))
        turning ^= last
    return doubts & asked


def _sure_beyond(days: Days, number: int, asked: int, facts: Facts) -> int:
    """Return the days asked before which there are surely so many."""
    sure, found = days.sure & facts.calendar.month_mask, 0
    while asked:
        lowest = asked & -asked
        found |= lowest if (sure & (lowest - 1)).bit_count() >= number else 0
        asked ^= lowest
    return found


_SPECIAL: dict[str, Callable[..., Cells]] = {
    "Z402": _by_assessment,
    "Z501": _by_use_count,
    "Z503": _by_addition_count,
}

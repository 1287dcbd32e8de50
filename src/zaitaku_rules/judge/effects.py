"""What another state of a list does to the rules that read it: days that are mended, or worse off."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from zaitaku_rules.days import Calendar
from zaitaku_rules.facts import Facts
from zaitaku_rules.judge.doubts import TOLD_BY
from zaitaku_rules.judge.judgement import ALL_MONTHS, Judgement, judge_rule
from zaitaku_rules.law import RuleLaw
from zaitaku_rules.records import Source
from zaitaku_rules.rules import Rule


class Effect(NamedTuple):
    """How many days rules find no longer (advice aside), and whether any finds one that it did not before."""

    mended: int
    harms: bool


class _Change(NamedTuple):
    law: RuleLaw
    was: set[date]
    now: set[date]
    turned: set[date]
    cleared: set[date]


def effect(laws: Iterable[RuleLaw], source: Source, before: Facts, after: Facts) -> Effect:
    """Judge the rules that read a list as it was and as it would be; open days count as well as broken.

    Where a duty is no longer broken on a day, advice on how it is done there is no harm: it was silent only
    because nothing was done.
    """
    found = [_change(law, before, after) for law in laws if law.in_force and _reads(law.rule, source)]
    cleared = {day for one in found if one.law.severity in ("payment", "duty") for day in one.cleared}
    return Effect(
        sum(len(one.was - one.now) for one in found if one.law.severity != "advice"),
        any(
            ((one.now - one.was) | one.turned) - (cleared if one.law.severity == "advice" else set())
            for one in found
        ),
    )


def _change(law: RuleLaw, before: Facts, after: Facts) -> _Change:
    was, now = judge_rule(law, before), judge_rule(law, after)
    dates = before.calendar.dates
    found = found_days(now, after)
    turned, broken = {*dates(now.broken & ~was.broken)}, {*dates(was.broken)}
    return _Change(law, found_days(was, before), found, turned, broken - found)


def found_days(judgement: Judgement, facts: Facts) -> set[date]:
    """Return the broken and open days of a rule, those off the page too."""
    if judgement.code == ALL_MONTHS:
        return {*facts.untimely_dates}
    return {*facts.calendar.dates(judgement.broken | judgement.open)}


def windows_with(law: RuleLaw, calendar: Calendar, days: Iterable[date]) -> int:
    """Return the windows, under any reading, in which an act counts for one of the days."""
    found = sum({calendar.bit(day) for day in days})
    if law.rule.window is None:
        return found
    numbers = [numbers for reading in law.readings for _, numbers in reading.segments]
    masks = {mask for one in numbers for mask in law.rule.window(calendar, one).masks}
    wanted = found
    for mask in masks:
        wanted |= mask if mask & found else 0
    return wanted


@lru_cache(maxsize=1024)
def _reads(rule: Rule, source: Source) -> bool:
    told = [TOLD_BY[name].sources for name in rule.facts if name in TOLD_BY]
    return rule.code == ALL_MONTHS or any(source in one.split("|") for each in told for one in each)

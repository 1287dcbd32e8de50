"""The judgement of one rule: the same function for one case and for a column of cases."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from zaitaku_rules.days import NO_DAYS, Calendar, Days
from zaitaku_rules.days.carrier import FULL
from zaitaku_rules.facts import Facts
from zaitaku_rules.law import Reading, RuleLaw
from zaitaku_rules.report import Status
from zaitaku_rules.rules import Rule

ALL_MONTHS = "Z906"
"""The rule that judges the records in hand, whatever their month."""


def breaking(law: RuleLaw, facts: Any, calendar: Calendar, as_of: int) -> Days:
    """Return the days that break a rule: surely under every reading, perhaps under one of them.

    `facts` has an attribute for each fact, of one case or of a column of cases. `as_of` is a cell; a day
    whose window has not ended there is never surely broken.
    """
    read = law.rule.read(facts)
    if len(law.readings) == 1:
        return _under(law.readings[0], law.rule, read, calendar, as_of)
    found = [_under(reading, law.rule, read, calendar, as_of) for reading in law.readings]
    first, *others = found or [NO_DAYS]
    sure, maybe = first.sure, first.maybe
    for days in others:
        sure, maybe = sure & days.sure, maybe | days.maybe
    return Days(sure, maybe)


def _under(reading: Reading, rule: Rule, read: Sequence[Any], calendar: Calendar, as_of: int) -> Days:
    """Judge each segment of the month by its own numbers, and soften what has not ended."""
    found: Days | None = None
    window = rule.window
    for mask, numbers in reading.segments:
        days = rule.breaking(*read, **numbers).within(mask)
        if window is not None:
            unended = mask & window(calendar, numbers).unended(as_of)
            days = days.perhaps(unended) if unended else days
        found = days if found is None else found | days
    return NO_DAYS if found is None else found


class Judgement(NamedTuple):
    """What became of one rule of one case: its status and the words of days that tell why."""

    law: RuleLaw
    status: Status
    broken: int = 0
    open: int = 0
    waived: int = 0
    judged: int = 0
    missing: tuple[str, ...] = ()

    @property
    def code(self) -> str:
        """The code of the rule."""
        return self.law.rule.code

    @property
    def is_duty(self) -> bool:
        """Whether the rule counts for the verdict, as graded here."""
        return self.law.severity in ("payment", "duty")

    @property
    def is_payment(self) -> bool:
        """Whether payment depends on the rule, as graded here."""
        return self.law.severity == "payment"

    @property
    def is_deselected(self) -> bool:
        """Whether the rule is in force, but was not asked for."""
        return self.status == "not_run" and bool(self.law.in_force) and not self.missing

    @property
    def lacks_use_data(self) -> bool:
        """Whether home or use days could not be judged for lack of data."""
        return bool(self.missing) and self.law.rule.judges_use


@lru_cache(maxsize=8192)
def off(law: RuleLaw) -> Judgement:
    """Return the judgement of a rule that is switched off, not in force or not asked for."""
    return Judgement(law, "not_run")


def judge_rule(law: RuleLaw, facts: Facts) -> Judgement:
    """Return what became of one rule; the first status that fits, in the order of the contract."""
    rule, in_force = law.rule, law.in_force
    if not in_force:
        return off(law)
    judged = getattr(facts, rule.judges)
    missing = _missing(rule, facts.present)
    to_come = 0 if missing else facts.to_come & (FULL ^ judged.sure)
    maybe = judged.maybe & in_force & (FULL ^ to_come)
    if not maybe and not (rule.code == ALL_MONTHS and facts.event_count):
        return Judgement(law, "idle")
    if missing:
        return Judgement(law, "not_run", missing=missing)
    found = breaking(law, facts, facts.calendar, facts.as_of_cell)
    broken, perhaps = found.sure, found.maybe & (FULL ^ (found.sure | to_come))
    if not (broken or perhaps) and rule.code != ALL_MONTHS:
        return Judgement(law, "kept", 0, 0, 0, maybe.bit_count())
    return _with_findings(law, facts, broken, perhaps, maybe)


def _with_findings(law: RuleLaw, facts: Facts, broken: int, perhaps: int, judged: int) -> Judgement:
    waived = _waived(law.rule.code, facts) & (broken | perhaps)
    broken, perhaps = broken & ~waived, perhaps & ~waived
    number, is_broken = judged.bit_count(), bool(broken)
    if law.rule.code == ALL_MONTHS:
        number, is_broken = facts.event_count, bool(facts.untimely_dates)
    status: Status = "broken" if is_broken else "open" if perhaps else "waived" if waived else "kept"
    return Judgement(law, status, broken, perhaps, waived, number)


@lru_cache(maxsize=8192)
def _missing(rule: Rule, present: frozenset[str]) -> tuple[str, ...]:
    """Return the sources that a rule needs and that are not given; of alternatives all."""
    needed = [need.split("|") for need in rule.needs]
    absent = [alternatives for alternatives in needed if present.isdisjoint(alternatives)]
    return tuple(name for alternatives in absent for name in alternatives)


def _waived(code: str, facts: Facts) -> int:
    spans = 0
    for waiver in facts.case.waivers or ():
        if waiver.rule == code:
            spans |= facts.calendar.span(waiver.from_, waiver.to)
    return spans

"""The judgement of one rule: the same function for one case and for a column of cases."""

from __future__ import annotations

from typing import Any, NamedTuple

from zaitaku_rules.days import NO_DAYS, Calendar, Days
from zaitaku_rules.days.carrier import FULL
from zaitaku_rules.facts import Facts
from zaitaku_rules.law import Reading, RuleLaw
from zaitaku_rules.report import Status

ALL_MONTHS = "Z906"
"""The rule that judges the records in hand, whatever their month."""

OVER = 10_000
"""A cell after every page: as of it, all windows have ended."""


def breaking(law: RuleLaw, facts: Any, calendar: Calendar, as_of: int) -> Days:
    """Return the days that break a rule: surely under every reading, perhaps under one of them.

    `facts` has an attribute for each fact, of one case or of a column of cases. `as_of` is a cell; a day
    whose window has not ended there is never surely broken.
    """
    found = [breaking_under(reading, law, facts, calendar, as_of) for reading in law.readings]
    if len(found) == 1:
        return found[0]
    sure, maybe = FULL, 0
    for days in found:
        sure, maybe = sure & days.sure, maybe | days.maybe
    return Days(sure, maybe) if found else NO_DAYS


def breaking_under(reading: Reading, law: RuleLaw, facts: Any, calendar: Calendar, as_of: int) -> Days:
    """Return the days that break a rule under one reading, each segment by its own numbers."""
    rule = law.rule
    read = [getattr(facts, name) for name in rule.facts]
    found = NO_DAYS
    for mask, numbers in reading.segments:
        days = rule.breaking(*read, **numbers).within(mask)
        if rule.window is not None:
            days = days.perhaps(rule.window(calendar, numbers).unended(as_of))
        found = days if found is NO_DAYS else found | days
    return found


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


def judge_rule(law: RuleLaw, facts: Facts) -> Judgement:
    """Return what became of one rule; the first status that fits, in the order of the contract."""
    if not law.in_force:
        return Judgement(law, "not_run")
    judged: Days = getattr(facts, law.rule.judges)
    missing = _missing(law, facts)
    to_come = 0 if missing else facts.to_come & ~_bits(judged.sure)
    maybe = judged.maybe & law.in_force & ~to_come
    if not maybe and not (law.rule.code == ALL_MONTHS and facts.event_dates):
        return Judgement(law, "idle")
    if missing:
        return Judgement(law, "not_run", missing=missing)
    found = breaking(law, facts, facts.calendar, facts.calendar.cell(facts.as_of))
    broken, perhaps, waived = _bits(found.sure), _bits(found.maybe) & ~to_come, _waived(law.rule.code, facts)
    return _graded(law, facts, broken & ~waived, perhaps & ~broken & ~waived, perhaps & waived, _bits(maybe))


def _graded(law: RuleLaw, facts: Facts, broken: int, perhaps: int, waived: int, judged: int) -> Judgement:
    number = judged.bit_count()
    is_broken = bool(broken)
    if law.rule.code == ALL_MONTHS:
        number, is_broken = len(facts.event_dates), bool(facts.untimely_dates)
    status: Status = "broken" if is_broken else "open" if perhaps else "waived" if waived else "kept"
    return Judgement(law, status, broken, perhaps, waived, number)


def _missing(law: RuleLaw, facts: Facts) -> tuple[str, ...]:
    present = facts.present
    return tuple(need.split("|")[0] for need in law.rule.needs if need not in present and not present & set(need.split("|")))


def _waived(code: str, facts: Facts) -> int:
    spans = 0
    for waiver in facts.case.waivers or ():
        if waiver.rule == code:
            spans |= facts.calendar.span(waiver.from_, waiver.to)
    return spans


def _bits(bits: Any) -> int:
    assert isinstance(bits, int), "a report is written of one case"
    return bits

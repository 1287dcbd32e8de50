"""The judgement of one rule: the same function for one case and for a column of cases."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from zaitaku_rules.days import NO_DAYS, Calendar, Days
from zaitaku_rules.days.carrier import FULL
from zaitaku_rules.facts import Facts
from zaitaku_rules.law import Reading, RuleLaw
from zaitaku_rules.report import Status

OVER = 10_000
"""A cell after every page: as of it, all windows have ended."""


def breaking(law: RuleLaw, facts: Any, calendar: Calendar, as_of: int) -> Days:
    """Return the days that break a rule: surely under every reading, perhaps under one of them.

    `facts` has an attribute for each fact, of one case or of a column of cases. `as_of` is a cell; a day
    whose window has not ended there is never surely broken.
    """
    sure, maybe = FULL, 0
    for reading in law.readings:
        found = breaking_under(reading, law, facts, calendar, as_of)
        sure, maybe = sure & found.sure, maybe | found.maybe
    return Days(sure, maybe) if law.readings else NO_DAYS


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


@dataclass(frozen=True, slots=True)
class Judgement:
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
    if not maybe and not _judges_all_months(law, facts):
        return Judgement(law, "idle")
    if missing:
        return Judgement(law, "not_run", missing=missing)
    found = breaking(law, facts, facts.calendar, facts.calendar.cell(facts.as_of))
    waived = _waived(law.rule.code, facts)
    broken, open_ = _bits(found.sure), _bits(found.maybe) & ~to_come
    judgement = Judgement(
        law,
        "kept",
        broken & ~waived,
        open_ & ~broken & ~waived,
        open_ & waived,
        _bits(maybe).bit_count(),
    )
    return _graded(judgement, facts)


def _graded(judgement: Judgement, facts: Facts) -> Judgement:
    is_broken = judgement.broken or (judgement.code == "Z906" and facts.untimely_dates)
    status: Status = (
        "broken" if is_broken else "open" if judgement.open else "waived" if judgement.waived else "kept"
    )
    judged = len(facts.event_dates) if judgement.code == "Z906" else judgement.judged
    return Judgement(judgement.law, status, judgement.broken, judgement.open, judgement.waived, judged)


def _judges_all_months(law: RuleLaw, facts: Facts) -> bool:
    """Tell whether a rule that judges records of any month has one to judge."""
    return law.rule.code == "Z906" and bool(facts.event_dates)


def _missing(law: RuleLaw, facts: Facts) -> tuple[str, ...]:
    return tuple(
        alternatives[0]
        for need in law.rule.needs
        if not any(map(facts.is_present, alternatives := need.split("|")))
    )


def _waived(code: str, facts: Facts) -> int:
    spans = 0
    for waiver in facts.case.waivers or ():
        if waiver.rule == code:
            spans |= facts.calendar.span(waiver.from_, waiver.to)
    return spans


def _bits(bits: Any) -> int:
    assert isinstance(bits, int), "a report is written of one case"
    return bits

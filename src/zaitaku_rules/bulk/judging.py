"""The rules on a block of pages: for each rule and user its status and the days that tell why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, get_args

import numpy as np

from zaitaku_rules.bulk.facts import PackedFacts
from zaitaku_rules.bulk.pages import Block
from zaitaku_rules.days import FULL
from zaitaku_rules.judge import breaking
from zaitaku_rules.judge.judgement import ALL_MONTHS
from zaitaku_rules.law import RuleLaw, RuleSet
from zaitaku_rules.report import Status

STATUSES: tuple[Status, ...] = get_args(Status)
KEPT, BROKEN, OPEN, IDLE, WAIVED, NOT_RUN = range(len(STATUSES))
"""The number of each status in a column."""


@dataclass(frozen=True, slots=True)
class RuleColumn:
    """What became of one rule for each user of a block: numbers of statuses, and words of days."""

    law: RuleLaw
    status: Any
    broken: Any
    open: Any
    waived: Any
    judged: Any
    lacking: Any


def judged_block(law: RuleSet, block: Block) -> list[RuleColumn]:
    """Return what became of every rule for the users of a block, who live under the same law."""
    facts = PackedFacts(block)
    return [judged_rule(rule, facts) for rule in law.rules.values()]


def judged_rule(law: RuleLaw, facts: PackedFacts) -> RuleColumn:
    """Return what became of one rule; the first status that fits, as `judge_rule` does for one case."""
    rule, rows = law.rule, facts.block.count
    nothing = np.zeros(rows, np.uint64)
    if not law.in_force:
        return RuleColumn(law, np.full(rows, NOT_RUN, np.uint8), 0, 0, 0, 0, False)
    judged = getattr(facts, rule.judges)
    lacking = facts.block.lacking(rule.needs)
    # What a hidden event might be is not asked of days to come; a list that is not given is asked first.
    to_come = np.where(lacking, np.uint64(0), facts.to_come & (FULL ^ judged.sure)) | nothing
    maybe = (judged.maybe & law.in_force & (FULL ^ to_come)) | nothing
    if rule.code == ALL_MONTHS:
        return _of_records(law, facts)
    if lacking is True or bool(np.all(lacking)):
        status = np.where(maybe == 0, IDLE, NOT_RUN).astype(np.uint8)
        return RuleColumn(law, status, 0, 0, 0, np.bitwise_count(maybe) * 0, lacking & (maybe != 0))
    found = breaking(law, facts, facts.calendar, facts.as_of_cell)
    broken = found.sure | nothing
    perhaps = (found.maybe & (FULL ^ (found.sure | to_come))) | nothing
    waived = facts.block.word(f"waivers.{rule.code}") & (broken | perhaps)
    runs = (maybe != 0) & ~lacking
    keep = np.where(runs, np.uint64(FULL), np.uint64(0))
    broken, perhaps, waived = broken & ~waived & keep, perhaps & ~waived & keep, (waived | nothing) & keep
    status = _status(broken != 0, perhaps != 0, waived != 0)
    status = np.where(runs, status, np.where(maybe == 0, IDLE, NOT_RUN)).astype(np.uint8)
    count = np.where(runs, np.bitwise_count(maybe), 0)
    return RuleColumn(law, status, broken, perhaps, waived, count, lacking & (maybe != 0))


def _status(broken: Any, perhaps: Any, waived: Any) -> Any:
    quiet = np.where(waived, WAIVED, KEPT)
    return np.where(broken, BROKEN, np.where(perhaps, OPEN, quiet))


def _of_records(law: RuleLaw, facts: PackedFacts) -> RuleColumn:
    """Return what became of the rule about the records themselves, which it judges all."""
    broken = facts.untimely_record.sure | np.zeros(facts.block.count, np.uint64)
    count = facts.event_count
    status = np.where(broken != 0, BROKEN, np.where(count == 0, IDLE, KEPT)).astype(np.uint8)
    return RuleColumn(law, status, broken, 0, 0, count, False)

"""The rules on a block of pages: for each rule and user its status and the days that tell why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, get_args

import numpy as np

from zaitaku_rules.bulk.facts import PackedFacts
from zaitaku_rules.bulk.facts.use import is_none
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
    """Return what became of every rule for the users of a block, who live under the same law.

    A rule that does not read the calendar judges each day by itself, so it is shown the month alone: of that
    most is known, which halves the work.
    """
    facts, inside = PackedFacts(block), PackedFacts(block.inside)
    return [
        judged_rule(rule, facts if "calendar" in rule.rule.facts else inside) for rule in law.rules.values()
    ]


def judged_rule(law: RuleLaw, facts: PackedFacts) -> RuleColumn:
    """Return what became of one rule; the first status that fits, as `judge_rule` does for one case."""
    rule, rows = law.rule, facts.block.count
    if not law.in_force:
        return RuleColumn(law, np.full(rows, NOT_RUN, np.uint8), 0, 0, 0, 0, False)
    if rule.code == ALL_MONTHS:
        return _of_records(law, facts)
    lacking = facts.block.lacking(rule.needs)
    name = ("scope", rule.judges, law.in_force, None if lacking is False else rule.needs)
    scope: _Scope = facts.block.kept(name, lambda: _Scope(law, facts, lacking))
    if not scope.runs.any():
        return RuleColumn(law, scope.quiet.copy(), 0, 0, 0, np.zeros(rows, np.uint8), scope.lacks)
    found = breaking(law, facts, facts.calendar, facts.as_of_cell)
    perhaps: Any = 0
    if found.maybe is not found.sure:
        settled = found.sure if is_none(scope.to_come) else found.sure | scope.to_come
        perhaps = found.maybe & (FULL ^ settled)
    return _column(law, scope, _of_judged(found.sure, scope), _of_judged(perhaps, scope), facts)


class _Scope:
    """What rules that judge the same days of a block and need the same lists have in common."""

    def __init__(self, law: RuleLaw, facts: PackedFacts, lacking: Any) -> None:
        judged, rows = getattr(facts, law.rule.judges), facts.block.count
        # What a hidden event might be is not asked of days to come; a list that is not given is asked first.
        to_come = facts.to_come
        if not is_none(to_come):
            to_come = to_come & (FULL ^ judged.sure)
            to_come = to_come if lacking is False else np.where(lacking, np.uint64(0), to_come)
        self.to_come = to_come
        maybe = judged.maybe & (law.in_force & (FULL ^ to_come))
        maybe = maybe if np.ndim(maybe) else np.full(rows, maybe, np.uint64)
        is_any = maybe != 0
        self.lacks = False if lacking is False else is_any & lacking
        self.runs = is_any if lacking is False else is_any & ~np.asarray(lacking)
        self.quiet = (~is_any).view(np.uint8) * np.uint8(IDLE)
        if lacking is not False:
            np.putmask(self.quiet, self.lacks, NOT_RUN)
            maybe = np.where(self.runs, maybe, np.uint64(0))
        self.count = np.bitwise_count(maybe)


def _of_judged(word: Any, scope: _Scope) -> Any:
    """Return the words of the users who are judged: 0 where all are empty, or a column.

    A rule returns days that it judges, so users who are not judged have none, but for a list they lack.
    """
    if not np.any(word):
        return 0
    if scope.lacks is False and np.ndim(word):
        return word
    return np.where(scope.runs, np.asarray(word, np.uint64), np.uint64(0))


def _column(law: RuleLaw, scope: _Scope, broken: Any, perhaps: Any, facts: PackedFacts) -> RuleColumn:
    waived = facts.block.word(f"waivers.{law.rule.code}")
    if not isinstance(waived, int):
        waived = waived & (broken | perhaps)
        broken, perhaps = broken & ~waived, perhaps & ~waived
    unread = facts.block.word(f"waivers.{law.rule.code}?")
    if not isinstance(unread, int):
        broken, perhaps = broken & ~unread, perhaps | (broken & unread)
    status = scope.quiet.copy()
    for number, word in ((WAIVED, waived), (OPEN, perhaps), (BROKEN, broken)):
        if not isinstance(word, int):
            np.putmask(status, word != 0, number)
    return RuleColumn(law, status, broken, perhaps, waived, scope.count, scope.lacks)


def _of_records(law: RuleLaw, facts: PackedFacts) -> RuleColumn:
    """Return what became of the rule about the records themselves, which it judges all."""
    broken = facts.untimely_record.sure | np.zeros(facts.block.count, np.uint64)
    count = facts.event_count
    status = np.where(broken != 0, BROKEN, np.where(count == 0, IDLE, KEPT)).astype(np.uint8)
    return RuleColumn(law, status, broken, 0, 0, count, False)

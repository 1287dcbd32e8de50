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
    settled = found.sure if _is_none(scope.to_come) else found.sure | scope.to_come
    perhaps = found.maybe & (FULL ^ settled)
    return _column(law, scope, _whole(found.sure, scope), _whole(perhaps, scope), facts)


class _Scope:
    """What rules that judge the same days of a block and need the same lists have in common."""

    def __init__(self, law: RuleLaw, facts: PackedFacts, lacking: Any) -> None:
        judged, rows = getattr(facts, law.rule.judges), facts.block.count
        # What a hidden event might be is not asked of days to come; a list that is not given is asked first.
        to_come = facts.to_come
        if not _is_none(to_come):
            to_come = to_come & (FULL ^ judged.sure)
            to_come = to_come if lacking is False else np.where(lacking, np.uint64(0), to_come)
        self.to_come = to_come
        maybe = judged.maybe & (law.in_force & (FULL ^ to_come))
        maybe = maybe if np.ndim(maybe) else np.full(rows, maybe, np.uint64)
        is_any = maybe != 0
        self.runs = is_any if lacking is False else is_any & ~np.asarray(lacking)
        self.lacks = False if lacking is False else is_any & lacking
        self.quiet = np.where(self.runs, np.uint8(KEPT), np.where(is_any, np.uint8(NOT_RUN), np.uint8(IDLE)))
        self.is_whole = bool(self.runs.all())
        self.keep = FULL if self.is_whole else np.where(self.runs, np.uint64(FULL), np.uint64(0))
        self.count = np.bitwise_count(maybe if self.is_whole else maybe & self.keep)


def _is_none(word: Any) -> bool:
    """Tell whether a word is surely empty for all users."""
    return isinstance(word, int) and not word


def _whole(word: Any, scope: _Scope) -> Any:
    """Return the words of the rows that are judged: 0, or a column."""
    if _is_none(word):
        return 0
    if scope.is_whole and np.ndim(word):
        return word
    return word & np.broadcast_to(np.uint64(FULL), scope.runs.shape) & scope.keep


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

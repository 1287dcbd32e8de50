"""The rules themselves, put to a month that has not happened yet."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple, TypeAlias

from zaitaku_rules.facts import Facts
from zaitaku_rules.judge import judge_rule
from zaitaku_rules.law import RuleLaw
from zaitaku_rules.records import Case

Pairs: TypeAlias = frozenset[tuple[str, int]]
"""Rules with the words of single days on which they are broken or open."""


class Trial(NamedTuple):
    """The payment and duty rules of a case, to be judged as of a day after everything."""

    laws: tuple[RuleLaw, ...]
    until: date
    sees_open: bool = True

    def unclear(self, case: Case) -> Pairs:
        """Return the days of each rule that are broken or (where it sees them) open in a month."""
        broken, open_ = self.outcome(case)
        return broken | open_ if self.sees_open else broken

    def outcome(self, case: Case) -> tuple[Pairs, Pairs]:
        """Return the days of each rule that are broken, and those that are open, in a month."""
        facts = Facts(case, self.until)
        broken: list[tuple[str, int]] = []
        open_: list[tuple[str, int]] = []
        for law in self.laws:
            judgement = judge_rule(law, facts)
            broken += ((judgement.code, bit) for bit in bits(judgement.broken))
            open_ += ((judgement.code, bit) for bit in bits(judgement.open))
        return frozenset(broken), frozenset(open_)

    @property
    def due(self) -> frozenset[str]:
        """The rules that fall due, in a window or by a deadline: the others judge states and claims."""
        rules = [law.rule for law in self.laws]
        return frozenset(rule.code for rule in rules if rule.window or "submission_day" in rule.parameters)

    def past(self, facts: Facts) -> Pairs:
        """Return the days of each rule that are broken today already: no act to come mends them."""
        found: list[tuple[str, int]] = []
        for law in self.laws:
            found += ((law.rule.code, bit) for bit in bits(judge_rule(law, facts).broken))
        return frozenset(found)


def bits(word: int) -> Iterable[int]:
    """Return the single days of a word."""
    while word:
        yield word & -word
        word &= word - 1

"""`compare`: the same records under two laws, packed once and judged twice where the laws differ."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

import numpy as np

from zaitaku_rules.bulk.chunks import CHUNK, Progress, chunks, silent, told_once, users_in
from zaitaku_rules.bulk.comparison import Comparison
from zaitaku_rules.bulk.comparison_notes import notes_on
from zaitaku_rules.bulk.comparison_sums import Worth, worth_of
from zaitaku_rules.bulk.comparison_tally import Tally
from zaitaku_rules.bulk.engine_errors import engine_errors_told
from zaitaku_rules.bulk.engines import ArrowTable
from zaitaku_rules.bulk.facts import PackedFacts
from zaitaku_rules.bulk.judging import judged_rule
from zaitaku_rules.bulk.laws import LawAsked, groups
from zaitaku_rules.bulk.month_tables import MonthTables
from zaitaku_rules.bulk.pack import Packing
from zaitaku_rules.bulk.pages import Block, Pages
from zaitaku_rules.bulk.spelled_laws import OWN, law_spelled
from zaitaku_rules.bulk.standing import standing
from zaitaku_rules.bulk.tables import Source, Tables
from zaitaku_rules.days import Accepted, Calendar, calendar_of
from zaitaku_rules.law import RuleLaw, RuleSet
from zaitaku_rules.rules import CATALOGUE

BLOCK = 1 << 14
"""Users judged at a time: their words fit the processor's cache."""


def compare(
    source: Source,
    month: str,
    law_a: LawAsked | str = OWN[0],
    law_b: LawAsked | str = OWN[0],
    *,
    as_of: date | None = None,
    units: int | None = None,
    unit_price: int | str | Decimal | None = None,
    chunk: int = CHUNK,
    progress: Progress | None = None,
) -> Comparison:
    """Judge one month of many users under two laws and return who fares otherwise.

    A law is spelled: "own" (the law of each user's place and month), a day ("2015-04-01": the law as it
    stood then), an overlay by name or file, NAME=VALUE ("contacts_per_day=3", "Z403=on"), or several
    joined by "+". With `units` of a day and the `unit_price` in yen (10, "10.91"), home days at risk are
    told in yen. At most `chunk` users are packed at a time.
    Raises InvalidCall, InvalidLaw and InvalidInput for a law or tables that cannot be read.
    """
    laws = [law_spelled(law) if isinstance(law, str) else law for law in (law_a, law_b)]
    worth, tell = worth_of(units, unit_price), progress or silent
    run, left_out = _Run(*laws), list[ArrowTable]()
    with engine_errors_told(), Tables(source, calendar_of(month)) as given:
        tables = MonthTables(given, month, as_of)
        every = users_in(tables)
        tell(0, every)
        for part in chunks(tables, chunk):
            pages = Packing(part, laws).pages()
            part.leave_out_strangers(pages.strangers)
            run.count(pages, lambda done: tell(done, every))
            left_out += told_once(part)
    return run.comparison(tables.calendar, tables.as_of, worth).with_rows_left_out(left_out)


def compared(pages: Pages, law_a: LawAsked, law_b: LawAsked, *, worth: Worth | None = None) -> Comparison:
    """Judge packed pages under two laws; they must hold what the rules of both read."""
    run = _Run(law_a, law_b)
    run.count(pages, lambda _: None)
    return run.comparison(pages.calendar, pages.as_of, worth)


class _Run:
    """A comparison under way: what was counted of the pages so far, and under which laws."""

    def __init__(self, law_a: LawAsked, law_b: LawAsked) -> None:
        self.law_a, self.law_b = law_a, law_b
        self.tally = Tally()
        self.pairs = dict[tuple[int, int], tuple[RuleSet, RuleSet]]()
        self.not_given = set[str]()
        self.users = 0

    def count(self, pages: Pages, tell: Callable[[int], None]) -> None:
        """Judge pages under both laws and count what differs."""
        self.not_given |= _not_given(pages)
        for rows, a, b in _pairs(pages, self.law_a, self.law_b):
            self.pairs[id(a), id(b)] = a, b
            rules = _differing(a, b)
            for begin in range(0, len(rows), BLOCK):
                block = pages.slice(rows[begin : begin + BLOCK])
                _count(block, rules, self.tally)
                self.users += block.count
                tell(self.users)

    def comparison(self, calendar: Calendar, as_of: date, worth: Worth | None) -> Comparison:
        """Return what was counted."""
        a, b, tally = self.law_a, self.law_b, self.tally
        notes = notes_on(a, b, list(self.pairs.values()), calendar, tally.lacking, self.not_given)
        names = (a.name or OWN[0], b.name or OWN[0])
        return Comparison(calendar.name, as_of, names, self.users, tally.found(), notes, worth)


def _pairs(pages: Pages, law_a: LawAsked, law_b: LawAsked) -> Iterator[tuple[Any, RuleSet, RuleSet]]:
    """Return the users who live alike, with their law under A and B; what is asked parts them no further."""
    month = pages.calendar.name
    both = (groups(pages.stretches, month, law) for law in (law_a, law_b))
    for a, b in zip(*both, strict=True):
        yield a.rows, a.law, b.law


def _not_given(pages: Pages) -> set[str]:
    """Return the sources that some rule needs and that are not given, of all users or of some."""
    needed = {name for rule in CATALOGUE.values() for need in rule.needs for name in need.split("|")}
    given = {name for name, of_user in pages.given.items() if np.all(of_user)}
    return needed - pages.present - given


class Pair(NamedTuple):
    """One rule under both laws, and whether the days that break it are the same under both."""

    a: RuleLaw
    b: RuleLaw
    is_same: bool


def _differing(a: RuleSet, b: RuleSet) -> list[Pair]:
    pairs = ((rule, b.rules[code]) for code, rule in a.rules.items())
    return [Pair(rule, other, _spoken(rule) == _spoken(other)) for rule, other in pairs]


def _spoken(law: RuleLaw) -> list[Any]:
    """Return the numbers and days of all readings in a form that can be compared."""
    return [
        [
            (mask, {name: _plain(value) for name, value in numbers.items()})
            for mask, numbers in reading.segments
        ]
        for reading in law.readings
    ]


def _plain(value: Any) -> Any:
    return dict(value.days_by_value) if isinstance(value, Accepted) else value


def _count(block: Block, rules: list[Pair], tally: Tally) -> None:
    """Judge a block under both laws and count what differs."""
    facts = PackedFacts(block)
    a = [judged_rule(pair.a, facts) for pair in rules]
    b = [
        replace(column, law=pair.b) if pair.is_same else judged_rule(pair.b, facts)
        for pair, column in zip(rules, a, strict=True)
    ]
    sides = standing(block, a), standing(block, b)
    place = tally.places(block)
    for columns, pair in zip(zip(a, b, strict=True), rules, strict=True):
        tally.count_rule(place, columns, sides[0].home, is_same=pair.is_same)
    tally.count_users(place, sides)

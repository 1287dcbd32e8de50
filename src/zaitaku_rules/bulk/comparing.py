"""`compare`: the same records under two laws, packed once and judged twice where the laws differ."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple

import numpy as np

from zaitaku_rules.bulk.comparison import Comparison
from zaitaku_rules.bulk.comparison_notes import notes_on
from zaitaku_rules.bulk.comparison_sums import Worth
from zaitaku_rules.bulk.comparison_tally import Tally
from zaitaku_rules.bulk.engine_errors import engine_errors_told
from zaitaku_rules.bulk.facts import PackedFacts
from zaitaku_rules.bulk.judging import judged_rule
from zaitaku_rules.bulk.laws import LawAsked, groups
from zaitaku_rules.bulk.month_tables import MonthTables
from zaitaku_rules.bulk.pack import Packing
from zaitaku_rules.bulk.pages import Block, Pages
from zaitaku_rules.bulk.spelled_laws import OWN, law_spelled
from zaitaku_rules.bulk.standing import standing
from zaitaku_rules.bulk.tables import Source, Tables
from zaitaku_rules.days import Accepted
from zaitaku_rules.errors import InvalidCall
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
    unit_price: int | None = None,
) -> Comparison:
    """Judge one month of many users under two laws and return who fares otherwise.

    A law is spelled: "own" (the law of each user's place and month), a day ("2015-04-01": the law as it
    stood then), an overlay by name or file, NAME=VALUE ("contacts_per_day=3", "Z403=on"), or several
    joined by "+". With `units` of a day and the `unit_price` in yen, home days at risk are told in yen.
    Raises InvalidCall, InvalidLaw and InvalidInput for a law or tables that cannot be read.
    """
    laws = tuple(law_spelled(law) if isinstance(law, str) else law for law in (law_a, law_b))
    worth = _worth(units, unit_price)
    with engine_errors_told():
        tables = MonthTables(Tables(source), month, as_of)
        pages = Packing(tables, laws).pages()
    return compared(pages, *laws, worth=worth).with_rows_left_out(tables.left_out)


def _worth(units: int | None, unit_price: int | None) -> Worth | None:
    if units is None and unit_price is None:
        return None
    for name, value in (("units", units), ("unit_price", unit_price)):
        if type(value) is not int or value < 1:
            raise InvalidCall(
                "1日の単位数(units)と1単位の円(unit_price)は、どちらも1以上の整数で書いてください。",
                "write the units of a day (units) and the yen of a unit (unit_price), both as whole "
                "numbers from 1 on",
                place=name,
            )
    return Worth(units or 0, unit_price or 0)


def compared(pages: Pages, law_a: LawAsked, law_b: LawAsked, *, worth: Worth | None = None) -> Comparison:
    """Judge packed pages under two laws; they must hold what the rules of both read."""
    tally = Tally(pages)
    laws = list[tuple[RuleSet, RuleSet]]()
    for rows, a, b in _pairs(pages, law_a, law_b):
        laws.append((a, b))
        for begin in range(0, len(rows), BLOCK):
            _count(pages.slice(rows[begin : begin + BLOCK]), _differing(a, b), tally)
    notes = notes_on(law_a, law_b, laws, pages.calendar, tally.lacking, _not_given(pages))
    names = (law_a.name or OWN[0], law_b.name or OWN[0])
    return Comparison(pages.calendar.name, pages.as_of, names, len(pages), tally.found(), notes, worth)


def _pairs(pages: Pages, law_a: LawAsked, law_b: LawAsked) -> Iterator[tuple[Any, RuleSet, RuleSet]]:
    """Return the users who live alike, with their law under A and B; what is asked parts them no further."""
    month = pages.calendar.name
    for a, b in zip(groups(pages.users, month, law_a), groups(pages.users, month, law_b), strict=True):
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
    place = tally.places[block.rows]
    for columns, pair in zip(zip(a, b, strict=True), rules, strict=True):
        tally.count_rule(place, columns, sides[0].home, is_same=pair.is_same)
    tally.count_users(place, sides)

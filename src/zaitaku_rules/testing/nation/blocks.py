"""All tables of a block of users, as numbers; and chunks cut from a row of blocks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from zaitaku_rules.testing.nation import happenings
from zaitaku_rules.testing.nation.columns import Rows, provider_numbers
from zaitaku_rules.testing.nation.contacts import contacts, daily_reports
from zaitaku_rules.testing.nation.dice import Array, Dice
from zaitaku_rules.testing.nation.evaluations import evaluations
from zaitaku_rules.testing.nation.papers import papers
from zaitaku_rules.testing.nation.people import People, people
from zaitaku_rules.testing.nation.places import Places
from zaitaku_rules.testing.nation.rates import Rates
from zaitaku_rules.testing.nation.span import Span
from zaitaku_rules.testing.nation.use import use_of

BLOCK = 4_000
"""How many users are drawn together; what they do depends on it, so it stays as it is."""


@dataclass(frozen=True)
class Plan:
    """What is asked for: seed, users, month, places, services and errors."""

    seed: int
    users: int
    span: Span
    where: Places
    shares: Array
    rates: Rates


class Piece(NamedTuple):
    """Some users with all their rows: from the first up to the last, which is not among them."""

    begin: int
    end: int
    tables: dict[str, Rows]


def blocks(plan: Plan) -> Iterator[tuple[Piece, Array]]:
    """Return the blocks in order, each with the users with whom its offices begin."""
    for number, start in enumerate(range(0, plan.users, BLOCK)):
        count = min(BLOCK, plan.users - start)
        dice = Dice(plan.seed, number, plan.span.number, plan.rates)
        who = people(start, count, plan.where, plan.shares, dice)
        yield Piece(start, start + count, _tables(who, plan, dice)), who.offices.first


def _tables(who: People, plan: Plan, dice: Dice) -> dict[str, Rows]:
    span, where = plan.span, plan.where
    use = use_of(who, span, dice)
    found = {
        **papers(who, use, where, span, dice),
        "days": happenings.days(who, use, span, dice),
        "absences": happenings.absences(who, use, span),
        "hospital_stays": happenings.hospital_stays(who, use),
        "contacts": contacts(who, use, span, dice),
        "daily_reports": daily_reports(who, use, span, dice),
        "evaluations": evaluations(who, use, span, dice),
        "recordings": happenings.recordings(who, use, where, span, dice),
        "inquiries": happenings.inquiries(who, use, span, dice),
        "emergencies": happenings.emergencies(who, use, span, dice),
        "submissions": happenings.submissions(who, use, where, span, dice),
        "life_support_days": happenings.life_support_days(who, use, span, dice),
        "claimed_days": happenings.claimed_days(who, use, span, dice),
    }
    return _numbered(found, who, where)


def _numbered(found: dict[str, Rows], who: People, where: Places) -> dict[str, Rows]:
    """Put the provider's number in the place of the office's."""
    prefectures = np.array([int(code[:2]) for code in where.codes])
    numbers = provider_numbers(who.offices.serial, prefectures[who.offices.place])
    for rows in found.values():
        if "office" in rows:
            rows["office"] = numbers[rows["office"]]
    return found


def pieces(found: Iterable[tuple[Piece, Array]], chunk: int) -> Iterator[list[Piece]]:
    """Return chunks of `chunk` users or a few more: an office is never cut in two."""
    held: list[Piece] = []
    wanted = chunk
    for piece, firsts in found:
        rest = piece
        for cut in _cuts(firsts, wanted, chunk):
            yield [*held, _cut(rest, rest.begin, cut)]
            held, rest, wanted = [], _cut(rest, cut, rest.end), cut + chunk
        held.append(rest)
    if held:
        yield held


def _cuts(firsts: Array, wanted: int, chunk: int) -> Iterator[int]:
    """Return the users with whom a new chunk begins within a block."""
    while len(later := firsts[firsts >= wanted]):
        yield (cut := int(later[0]))
        wanted = cut + chunk


def _cut(piece: Piece, begin: int, end: int) -> Piece:
    found: dict[str, Rows] = {}
    for name, rows in piece.tables.items():
        low, high = np.searchsorted(rows["user"], [begin, end])
        found[name] = {column: values[low:high] for column, values in rows.items()}
    return Piece(begin, end, found)

"""Evaluations packed: by means, by place, and merged where rows of one day and means are one evaluation."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from functools import cache
from itertools import product
from typing import Any, TypeAlias

import numpy as np

from zaitaku_rules.bulk.engines import ibis
from zaitaku_rules.bulk.packing import Packed, Page, Words, numbered
from zaitaku_rules.bulk.rows import cell_of
from zaitaku_rules.bulk.user_numbers import UserNumbers
from zaitaku_rules.records.shapes import shapes

Way: TypeAlias = tuple[str, str, str]
"""How an evaluation was held: its means, its place ("" where none is said), and what it covers."""

_AT_ONCE = 1 << 14
_USUAL_PLACE = {"visit": "home", "commute": "office"}


def evaluations(page: Page, rows: Any) -> Packed:
    """Pack the evaluations: read as a number each, and folded."""
    return numbered(rows, _number(page, rows), lambda numbers: folded_evaluations(numbers, page))


def _number(page: Page, rows: Any) -> Any:
    """Return each evaluation as a number: its cell, how it was held, whether it was recorded too early."""
    usual = ibis.cases(*[(rows.means == means, place) for means, place in _USUAL_PLACE.items()], else_="")
    way = ibis.literal(0, "int64")
    for column, values in zip((rows.means, rows.place.coalesce(usual), rows.covers), _parts(), strict=True):
        place = ibis.cases(*[(column == value, at) for at, value in enumerate(values)], else_=0)
        way = way * len(values) + place.cast("int64")
    early = ibis.ifelse(rows.recorded_at < rows.date, ibis.literal(1, "int64"), ibis.literal(0, "int64"))
    return (cell_of(rows.date, page.calendar.start) * len(_ways()) + way) * 2 + early


def folded_evaluations(numbers: UserNumbers, page: Page) -> Words:
    """Return the words of all users from the numbers of their evaluations."""
    later = page.as_of_cell if page.is_running else None
    parts = [_Held(part, lengths, later) for _, part, lengths in numbers.parts(_AT_ONCE)]
    words = _words_of({way for part in parts for way in part.held})
    found = {name: np.concatenate([part.days(ways) for part in parts]) for name, ways in words.items()}
    told = [part.told for part in parts]
    return _merged(found) | {
        f"evaluations.{name}": np.concatenate([row[place] for row in told]) if told else np.zeros(0, np.int64)
        for place, name in enumerate(("row", "early", "future"))
    }


class _Held:
    """The evaluations of some users: of each the bit of its day and how it was held."""

    def __init__(self, numbers: Any, lengths: Any, later: int | None) -> None:
        """Take the numbers of users apart, who have `lengths` of them; days after `later` do not count."""
        told = numbers >> 1
        cells = told // len(_ways())
        self.ways = (told - cells * len(_ways())).astype(np.uint8)
        self.starts = np.cumsum(lengths) - lengths
        bits = np.left_shift(np.int64(1), cells)
        self.bits = bits if later is None else np.where(cells > later, 0, bits)
        self.told = [self._any_of(word) for word in (self.bits, self.bits * (numbers & 1), bits ^ self.bits)]
        held = np.flatnonzero(np.bincount(self.ways))
        self.held = [_ways()[way] for way in held]

    def _any_of(self, bits: Any) -> Any:
        """Return the word of each user from the bits of the rows."""
        return np.bitwise_or.reduceat(bits, self.starts)

    def days(self, chosen: Collection[Way]) -> Any:
        """Return for each user the days on which one was held in one of the chosen ways."""
        fits: Any = np.array([-(way in chosen) for way in _ways()], np.int64)
        return self._any_of(fits.take(self.ways) & self.bits)


@cache
def _parts() -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Return all means, places and covers that a table may name."""
    allowed = {column.name: column.allowed for column in shapes()["evaluations"].columns}
    return allowed["means"], ("", *allowed["place"]), allowed["covers"]


@cache
def _ways() -> tuple[Way, ...]:
    """Return all ways to hold an evaluation, in the order of their numbers."""
    return tuple(product(*_parts()))


def _words_of(held: Iterable[Way]) -> dict[str, Collection[Way]]:
    """Return the words of the ways that occur, each with the ways of which a row makes its day."""
    found: dict[str, set[Way]] = {}
    for way in held:
        means, place, covers = way
        names = [f"achievement.{means}.{place}"]
        names += [f"evaluations.{means}"] if means in _USUAL_PLACE else []
        names += [f"weekly.{means}"] if covers in ("weekly", "both") else []
        names += [f"achieved.{means}"] if covers in ("achievement", "both") else []
        for name in names:
            found.setdefault(name, set()).add(way)
    return dict(found)


def _merged(packed: Mapping[str, Any]) -> Words:
    """Return the words of merged evaluations: one took place wherever a row of it says."""
    found = {name: word for name, word in packed.items() if not name.startswith("achieved.")}
    for name in packed:
        kind, _, way = name.partition(".")
        if kind == "achievement":
            achieved = packed.get(f"achieved.{way.partition('.')[0]}")
            found[name] = packed[name] & achieved if achieved is not None else packed[name] * 0
    if "weekly.visit" in packed and "achieved.visit" in packed:
        found["joint.visit"] = joint = packed["weekly.visit"] & packed["achieved.visit"]
        found["weekly.visit"] = packed["weekly.visit"] - joint
    return found

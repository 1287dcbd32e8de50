"""Evaluations packed: by means, by place, and merged where rows of one day and means are one evaluation."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from functools import cache
from itertools import product
from typing import Any, TypeAlias

import numpy as np

from zaitaku_rules.bulk.engines import ArrowTable, ibis, pa
from zaitaku_rules.bulk.packing import Page, Words, after_as_of, any_of
from zaitaku_rules.bulk.rows import cell_of
from zaitaku_rules.records.shapes import shapes

Way: TypeAlias = tuple[str, str, str]
"""How an evaluation was held: its means, its place ("" where none is said), and what it covers."""

_AT_ONCE = 1 << 14
_USUAL_PLACE = {"visit": "home", "commute": "office"}


def gathered_evaluations(page: Page, rows: Any) -> Any:
    """Gather the evaluations of each user as numbers, for `folded_evaluations` to make words of them."""
    rows = _placed(page, rows)
    means, places, covers = _parts()
    way = ibis.literal(0, "int64")
    for column, values in (("means", means), ("held_at", places), ("covers", covers)):
        place = ibis.cases(*[(rows[column] == value, at) for at, value in enumerate(values)], else_=0)
        way = way * len(values) + place.cast("int64")
    number = cell_of(rows.date, page.calendar.start) * len(_ways()) + way
    counts = rows.bit != 0 if page.is_running else ibis.literal(True)
    return rows.group_by("user_id").aggregate(**_by_day(rows), numbers=number.collect(where=counts))


def folded_evaluations(gathered: ArrowTable) -> ArrowTable:
    """Return the gathered evaluations with their words in place of their numbers."""
    numbers = gathered["numbers"].combine_chunks()
    parts = [_Held(numbers.slice(begin, _AT_ONCE)) for begin in range(0, len(numbers), _AT_ONCE)]
    held = {way for part in parts for way in part.held}
    words = _words_of(sorted(held))
    found = gathered.drop_columns(["numbers"])
    packed = {name: np.concatenate([part.days(chosen) for part in parts]) for name, chosen in words.items()}
    for name, word in _merged(packed).items():
        found = found.append_column(name, pa.array(word))
    return found


class _Held:
    """The evaluations of some users: of each the bit of its day and how it was held."""

    def __init__(self, numbers: Any) -> None:
        told = numbers.flatten().to_numpy(zero_copy_only=False)
        cells = told // len(_ways())
        self.ways = (told - cells * len(_ways())).astype(np.uint8)
        self.bits = np.left_shift(np.int64(1), cells)
        self.held = [_ways()[way] for way in np.flatnonzero(np.bincount(self.ways))]
        lengths = numbers.value_lengths().fill_null(0).to_numpy(zero_copy_only=False)
        self.has_rows = lengths > 0
        self.starts = (np.cumsum(lengths) - lengths)[self.has_rows]

    def days(self, chosen: Collection[Way]) -> Any:
        """Return for each user the days on which one was held in one of the chosen ways."""
        found = np.zeros(len(self.has_rows), np.int64)
        if len(self.bits):
            fits: Any = np.array([-(way in chosen) for way in _ways()], np.int64)
            found[self.has_rows] = np.bitwise_or.reduceat(fits.take(self.ways) & self.bits, self.starts)
        return found


def _placed(page: Page, rows: Any) -> Any:
    """Return the evaluations on the page with the place at which they were held."""
    rows = page.dated(rows, "date")
    usual = ibis.cases(*[(rows.means == means, place) for means, place in _USUAL_PLACE.items()], else_="")
    return rows.mutate(held_at=rows.place.coalesce(usual))


def _by_day(rows: Any) -> Words:
    """Return the words of all evaluations, however they were held."""
    return {
        "evaluations.row": any_of(rows),
        "evaluations.early": any_of(rows, rows.recorded_at < rows.date),
        **after_as_of(rows, "evaluations"),
    }


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

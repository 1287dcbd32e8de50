"""Numbers of records that may be unreadable, and what they may have been meant to be."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import product

from zaitaku_rules.read.kokuhoren import Record

MOST_WAYS = 64
"""More ways of adding up than this are not tried."""


def number(record: Record, slug: str) -> int | None:
    """Return the number that an item holds; None where it is empty or cannot be read."""
    if record.conforms:
        raw = record.caught[record.table.places[slug]]
        return int(raw) if raw else None
    value = record.value(slug)
    return value if isinstance(value, int) else None


def amount(record: Record, slug: str) -> int | None:
    """Return the number that an item holds, where an empty one is zero; None where it cannot be read."""
    found = number(record, slug)
    return 0 if found is None and not is_told(record, slug) else found


def is_told(record: Record, slug: str) -> bool:
    """Return whether anything stands in an item, readable or not."""
    if record.conforms:
        return bool(record.caught[record.table.places[slug]])
    return bool(record.text(slug))


def written(record: Record, slug: str) -> str:
    """Return the text of an item that holds digits, a code or a date."""
    if record.conforms:
        return record.caught[record.table.places[slug]].decode("ascii")
    value = record.value(slug)
    return "" if value is None else record.text(slug)


class Figure:
    """A number as it is written, and what it would be by the numbers it comes from.

    A number that contradicts those before it is told once: what comes after may agree with either. So one
    slip is one finding, and where nothing is told all agree.
    """

    __slots__ = ("meant", "written")

    def __init__(self, written: int | None, meant: Iterable[int | None] = ()) -> None:
        """Keep what is written, and what might be meant."""
        self.written = written
        self.meant = {written, *meant} - {None}

    @property
    def values(self) -> set[int]:
        """Return what the number may be."""
        return {value for value in self.meant if value is not None}

    @property
    def best(self) -> int:
        """Return what the number is by those before it, or as it is written where that is the same."""
        others = sorted(self.values - {self.written})
        return others[0] if others else self.written or 0


def sums(figures: Iterable[Figure]) -> set[int]:
    """Return what figures may add up to."""
    held = [sorted(figure.values) or [0] for figure in figures]
    ways = 1
    for values in held:
        ways *= len(values)
    if ways > MOST_WAYS:
        return {sum(values[0] for values in held), sum(values[-1] for values in held)}
    return {sum(way) for way in product(*held)}

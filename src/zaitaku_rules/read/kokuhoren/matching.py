"""Lines told by their pattern, whatever kind of record comes next: the way on which nothing deviates."""

from __future__ import annotations

import re
from typing import NamedTuple

from zaitaku_rules.read.kokuhoren.layout import layouts
from zaitaku_rules.read.kokuhoren.patterns import Style
from zaitaku_rules.read.kokuhoren.table import Match, Table, table_of
from zaitaku_rules.read.kokuhoren.values import is_month, is_municipality, is_office

NOTHING: Match = re.compile(rb"(?!)").fullmatch
"""Matches no line."""

_QUOTED: tuple[Style, ...] = ("values", "all", "mixed")
_NUMBERS = slice(7, 24)
"""Where municipality and office stand in a key."""
_MOST = 4096
"""So much is remembered of a file whose every line is another."""


class Matched(NamedTuple):
    """A line that conforms: the table of its kind, month and form, the pattern, and what it caught."""

    table: Table
    match: Match
    caught: tuple[bytes, ...]


class Matcher:
    """Finds the pattern that a line may match by its first items, and remembers it."""

    def __init__(self) -> None:
        """Begin with nothing remembered."""
        self._tables: dict[tuple[bytes, ...], tuple[Table, Match] | None] = {}
        self._numbers: set[bytes] = set()

    def matched(self, line: bytes) -> Matched | None:
        """Return what a data line holds where nothing on it deviates, else None."""
        head = line.split(b",", 9)
        if len(head) < 10:
            return None
        # Only a service record has a form, in its seventh item.
        asked = head[2], head[3], head[4], head[8] if b"J611" in head[2] else b""
        known = self._tables[asked] if asked in self._tables else self._asked(asked)
        if known is None:
            return None
        table, match = known
        found = match(line)
        if found is None and b'"' in line:
            match = next((match for match in map(table.match, _QUOTED) if match(line)), NOTHING)
            if (found := match(line)) is not None:
                self._tables[asked] = table, match
        if found is None:
            return None
        caught = bare(found.groups()) if b'"' in line else found.groups()
        if caught[1][_NUMBERS] not in self._numbers and not self._are_numbers(caught[1][_NUMBERS]):
            return None
        for place, is_good in table.closer:
            if caught[place] and not is_good(caught[place]):
                return None
        return Matched(table, match, caught)

    def _asked(self, asked: tuple[bytes, ...]) -> tuple[Table, Match] | None:
        """Return the table and pattern for a kind of record, a month and a form as they stand in a line."""
        number, record_type, month, form = (part.strip(b'"').decode("ascii", "replace") for part in asked)
        found: tuple[Table, Match] | None = None
        if f"{number}-{record_type}" in layouts() and is_month(month):
            table = table_of(f"{number}-{record_type}", month, form)
            found = table, table.match("needed")
        if len(self._tables) >= _MOST:
            self._tables.clear()
        self._tables[asked] = found
        return found

    def _are_numbers(self, numbers: bytes) -> bool:
        """Return whether the check digits of a municipality and an office are right."""
        municipality, office = numbers.decode("ascii").split(",")
        if not is_municipality(municipality) or not is_office(office):
            return False
        if len(self._numbers) >= _MOST:
            self._numbers.clear()
        self._numbers.add(numbers)
        return True


def bare(caught: tuple[bytes, ...]) -> tuple[bytes, ...]:
    """Return what was caught without its quotes."""
    return tuple(b"\0".join(caught).replace(b'"', b"").split(b"\0"))

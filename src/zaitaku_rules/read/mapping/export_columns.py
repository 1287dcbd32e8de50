"""The columns of an exported file: what each seems to be, by its heading and by what it holds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from zaitaku_rules.read.csv_lines import Line
from zaitaku_rules.read.mapping.known_words import KINDS, TOTALS, column_meant
from zaitaku_rules.read.mapping.office_dates import clocks_of, day_of, moment_of
from zaitaku_rules.read.mapping.word_lists import seen

_ANY_MONTH = "2000-01"
"""Only whether a text writes a day is asked, so any month will do for one without a year."""

Words: TypeAlias = tuple[str, tuple[str, ...]]
"""A column, and some of the values that it holds."""


def _is_time(text: str) -> bool:
    return clocks_of(text) is not None


def _is_moment(text: str) -> bool:
    return moment_of(text, _ANY_MONTH) is not None


def _is_day(text: str) -> bool:
    return day_of(text, _ANY_MONTH) is not None


_READERS = (("at", _is_moment), ("time", _is_time), ("date", _is_day))


class ExportColumns:
    """The columns of a file by heading, with what they hold and what they seem to be."""

    def __init__(self, heading: Sequence[str], below: Sequence[Line]) -> None:
        """Look at the columns of the lines below a heading."""
        self.names = [name for name in heading if name]
        places = [place for place, name in enumerate(heading) if name]
        self.held = {
            name: [line.cells[place].strip() for line in below if place < len(line.cells)]
            for name, place in zip(self.names, places, strict=True)
        }
        self.meant = {name: self._meant(name) for name in self.names}

    def _meant(self, name: str) -> str | None:
        """Return what a column is by its heading, corrected by what it holds."""
        meant = column_meant(seen(name))
        if meant in ("time", "at", "date") and (kind := self.kind(name)):
            return kind
        return None if meant in ("time", "at", "date") and any(self.held[name]) else meant

    def kind(self, name: str) -> str | None:
        """Return whether a column mostly holds moments ("at"), days ("date") or times of day ("time")."""
        found = [text for text in self.held[name] if text][:200]
        for kind, reads in _READERS:
            if found and sum(reads(text) for text in found) * 5 >= len(found) * 4:
                return kind
        return None

    def of(self, meant: str) -> list[str]:
        """Return the columns that seem to be something, in order."""
        return [name for name in self.names if self.meant[name] == meant]

    def first(self, meant: str) -> str | None:
        """Return the first column that seems to be something."""
        return next(iter(self.of(meant)), None)

    def some(self, *meant: str) -> dict[str, str]:
        """Return by field the first column that seems to be it, of the fields that have one."""
        return {name: found for name in meant if (found := self.first(name))}

    def of_kind(self, table: str) -> Words | None:
        """Return the column that tells kinds of rows apart, and its values that mean a table."""
        name = self.first("kind")
        found = {text for text in self.held.get(name or "", ()) if KINDS[table] in text}
        return (name, tuple(sorted(found))) if name and found else None

    def totals(self) -> Words | None:
        """Return the first column, and the words with which lines of totals begin in it."""
        name = self.names[0] if self.names else ""
        found = [
            word for word in TOTALS if any(seen(text).startswith(word) for text in self.held.get(name, ()))
        ]
        # 合計 and 小計 begin otherwise than 計, so each word found stands for itself.
        return (name, tuple(found)) if found else None

"""On which line of a TOML file an entry stands, by its path."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TypeAlias

Path: TypeAlias = tuple[int | str, ...]
"""The way to an entry, such as ("file", 0, "rows", 1, "date")."""

_KEY = r"""(?:[\w-]+|"[^"\n]*"|'[^'\n]*')"""
_KEYS = rf"{_KEY}(?:\s*\.\s*{_KEY})*"
_HEAD = re.compile(rf"\s*(\[\[?)\s*({_KEYS})\s*\]\]?")
_ENTRY = re.compile(rf"\s*({_KEYS})\s*=")


def toml_lines(text: str) -> dict[Path, int]:
    """Return the line of each table and entry that begins a line."""
    found: dict[Path, int] = {}
    counts = Counter[Path]()
    here: Path = ()
    for number, line in enumerate(text.splitlines(), 1):
        if head := _HEAD.match(line):
            here = _table(_parts(head[2]), head[1] == "[[", counts)
            found.setdefault(here, number)
        elif entry := _ENTRY.match(line):
            path = here
            for part in _parts(entry[1]):
                path = (*path, part)
                found.setdefault(path, number)
    return found


def line_of(path: Sequence[int | str], lines: Mapping[Path, int]) -> int | None:
    """Return the line of an entry, or of the innermost table or entry that holds it."""
    for length in range(len(path), 0, -1):
        if line := lines.get(tuple(path[:length])):
            return line
    return None


def _parts(keys: str) -> list[str]:
    return [part.strip("\"'") for part in re.findall(_KEY, keys)]


def _table(parts: list[str], is_one_of_many: bool, counts: Counter[Path]) -> Path:
    """Return the path of a table head: within an array of tables that of its latest entry."""
    path: Path = ()
    for part in parts[:-1]:
        path = (*path, part)
        path = (*path, counts[path] - 1) if counts[path] else path
    path = (*path, parts[-1])
    if is_one_of_many:
        counts[path] += 1
        # A new entry begins its inner arrays anew; their paths hold its number, so nothing is to be reset.
        return (*path, counts[path] - 1)
    return (*path, counts[path] - 1) if counts[path] else path

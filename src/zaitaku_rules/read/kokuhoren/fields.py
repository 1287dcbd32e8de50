"""One raw line taken apart: its items as bytes, and where each begins."""

from __future__ import annotations

import re
from dataclasses import dataclass

_FIELD = re.compile(rb'(?:"((?:[^"]|"")*)"|([^,"]*))(?=,|\Z)')
_TO_COMMA = re.compile(rb"[^,]*")

MOST = 1000
"""More items than any record has: what stands behind is not looked at."""


@dataclass(frozen=True, slots=True)
class Field:
    """One item as it stands: without its quotes, where it begins in the line, and how it was written."""

    raw: bytes
    begin: int
    is_quoted: bool
    is_sound: bool = True
    """False where quotes are wrong: one within a bare value, none at the end, text behind the last one."""


def fields_of(line: bytes) -> list[Field]:
    """Return the items of a line without its end.

    Bytes of a second half of a CP932 sign are never a comma or a quote, so a line can be split as bytes.
    """
    if b'"' not in line:
        return _bare(line)
    found: list[Field] = []
    place = 0
    while len(found) < MOST:
        whole = _FIELD.match(line, place)
        if whole is None:
            end = _end_of_unsound(line, place)
            found.append(Field(line[place:end].strip(b'"'), place, line[place : place + 1] == b'"', False))
        elif whole[1] is not None:
            end = whole.end()
            found.append(Field(whole[1].replace(b'""', b'"'), place, True))
        else:
            end = whole.end()
            found.append(Field(whole[2], place, False))
        if end >= len(line):
            break
        place = end + 1
    return found


def _bare(line: bytes) -> list[Field]:
    found: list[Field] = []
    place = 0
    for raw in line.split(b",", MOST):
        found.append(Field(raw, place, False))
        place += len(raw) + 1
    return found[:MOST]


def _end_of_unsound(line: bytes, place: int) -> int:
    found = _TO_COMMA.match(line, place)
    return found.end() if found else len(line)

"""Breaks lines where Japanese may break: between any two letters, but never before 。 or after 「."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

_NOT_FIRST = frozenset("。、,.:;!?）)」』】〉》〜ーっゃゅょァィゥェォッャュョ・々%％")
_NOT_LAST = frozenset("（(「『【〈《")
_ATOMS = re.compile(r"[!-~]+|\s+|.", re.DOTALL)


@lru_cache(maxsize=4096)
def cells(text: str) -> int:
    """Return how many cells of a terminal a text takes."""
    return sum(_width(sign) for sign in text)


def _width(sign: str) -> int:
    if unicodedata.combining(sign):
        return 0
    return 2 if unicodedata.east_asian_width(sign) in "WF" else 1


def wrapped(text: str, width: int) -> str:
    """Return `text` broken into lines of at most `width` cells."""
    lines, line = list[str](), ""
    for atom in _joined(_ATOMS.findall(text)):
        if line and cells(line) + cells(atom.rstrip()) > width:
            lines.append(line.rstrip())
            line = ""
        line += atom if line else atom.lstrip()
        while cells(line.rstrip()) > width:
            head = _head(line, width)
            lines.append(head)
            line = line[len(head) :]
    return "\n".join([*lines, line.rstrip()])


def flowed(items: Iterable[str], width: int, joint: str = "  ") -> str:
    """Return items joined into lines of at most `width` cells; no item is broken."""
    lines = [""]
    for item in items:
        if lines[-1] and cells(lines[-1] + joint + item) > width:
            lines.append(item)
        else:
            lines[-1] += joint + item if lines[-1] else item
    return "\n".join(lines)


def _joined(atoms: list[str]) -> list[str]:
    """Return the atoms with those joined between which no line may break."""
    joined: list[str] = []
    for atom in atoms:
        if joined and (atom[0] in _NOT_FIRST or joined[-1][-1] in _NOT_LAST):
            joined[-1] += atom
        else:
            joined.append(atom)
    return joined


def _head(line: str, width: int) -> str:
    """Return as much of a word that is longer than a line as fits on it."""
    end = 1
    while end < len(line) and cells(line[: end + 1]) <= width:
        end += 1
    return line[:end]

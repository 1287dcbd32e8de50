"""The documents of the repository and the fenced blocks in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]

GENERATED = "<!-- zaitaku docs write"
"""How a page begins that `zaitaku docs write` makes and `zaitaku docs check` compares byte by byte."""

_FENCE = re.compile(r"^( *)(`{3,}|~{3,})(\w*)([^\n]*)\n(.*?)^\1\2 *$", re.MULTILINE | re.DOTALL)


class Block(NamedTuple):
    """A fenced block: its language, what stands behind it, its text and its line in the file."""

    language: str
    options: str
    text: str
    line: int


def markdown() -> list[Path]:
    """Return every Markdown file of the repository."""
    folders = [ROOT.glob("*.md"), *((ROOT / name).rglob("*.md") for name in ("docs", "examples", "tests"))]
    return sorted(path for folder in folders for path in folder)


def documents() -> list[Path]:
    """Return every Markdown file that somebody wrote by hand."""
    return [path for path in markdown() if not path.read_text("utf-8").startswith(GENERATED)]


def fenced(path: Path) -> Iterator[Block]:
    """Return all fenced blocks of a file, those without a language too."""
    text = path.read_text("utf-8")
    for found in _FENCE.finditer(text):
        yield Block(found[3], found[4], found[5], text.count("\n", 0, found.start(5)) + 1)


def blocks(path: Path, *languages: str) -> list[Block]:
    """Return the blocks of a file in some languages."""
    return [block for block in fenced(path) if block.language in languages]


def shown(path: Path) -> str:
    """Return how a file is called in the repository."""
    return str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else path.name

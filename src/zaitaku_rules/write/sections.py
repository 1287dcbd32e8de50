"""Headings with indented lines below them, wrapped as Japanese may be wrapped."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from zaitaku_rules.write.labels import WIDEST
from zaitaku_rules.write.line_breaks import wrapped

if TYPE_CHECKING:
    from rich.console import Console


def print_section(heading: str, lines: Iterable[str], console: Console) -> None:
    """Print a heading and its lines, or nothing where there are none; deeper lines are drawn dim."""
    from rich.text import Text

    width = min(console.width, WIDEST)
    for position, line in enumerate(lines):
        if position == 0:
            console.print()
            console.print(Text(heading, style="bold"))
        indent = 2 + len(line) - len(line.lstrip())
        said = _wrapped(line.lstrip(), width - indent).replace("\n", "\n" + " " * indent)
        console.print(Text(" " * indent + said, style="dim" if indent > 2 else ""), soft_wrap=True)


def _wrapped(line: str, width: int) -> str:
    """Return a line broken to fit; a link stays whole, so that it can be followed."""
    return line if line.startswith("http") else wrapped(line, width)

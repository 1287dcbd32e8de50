"""Puts what was drawn or said on standard output, or into a file."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, TextIO

from rich.console import Console

from zaitaku_rules.cli.output import output

_FILE_WIDTH = 100


def drawn(console: Console, draw: Callable[[], None]) -> str:
    """Return what `draw` prints; without colour no spaces are left at the ends of lines."""
    with console.capture() as held:
        draw()
    drawn = held.get()
    return drawn if console.color_system else "".join(line.rstrip() + "\n" for line in drawn.split("\n")[:-1])


def console_on(stream: TextIO, *, is_file: bool = False) -> Console:
    """Return a console that draws on a stream: in colour on a terminal only, never through markup."""
    if is_file:
        return Console(file=stream, width=_FILE_WIDTH, highlight=False, force_terminal=False, no_color=True)
    return Console(file=stream, highlight=False)


def draw_out(draw: Callable[[Console], None]) -> int:
    """Draw on standard output."""
    with output(None) as stream:
        console = console_on(stream)
        stream.write(drawn(console, lambda: draw(console)))
    return 0


def put_json(value: Any, target: str | None = None) -> int:
    """Write a value as JSON on standard output, or into a file."""
    with output(target) as stream:
        stream.write(json.dumps(value, ensure_ascii=False, indent=2) + "\n")
    return 0

"""A stream of bytes taken apart into lines, block by block, in bounded memory."""

from __future__ import annotations

import codecs
import io
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

from zaitaku_rules.errors import UnreadableFile

BLOCK = 1 << 18
LONGEST = 1 << 13
"""The longest line in bytes: several times the longest record that the specification allows."""


class Block(NamedTuple):
    """Some whole lines without their ends, and the offset of the first one.

    `step` is the length of their line ends: 2 for CR LF, 1 for LF alone, 0 for a last line that has none.
    """

    lines: list[bytes]
    offset: int
    step: int


def blocks(stream: BinaryIO, place: str) -> Iterator[Block]:
    """Return the lines of a stream, in blocks of one kind of line end; refuses an endless line.

    A byte order mark at the beginning is left out, so that the first offset tells it.
    """
    rest, offset = stream.read(len(codecs.BOM_UTF8)) or b"", 0
    if rest == codecs.BOM_UTF8:
        rest, offset = b"", len(rest)
    while piece := stream.read(BLOCK):
        text = rest + piece
        end = text.rfind(b"\n") + 1
        whole, rest = text[:end], text[end:]
        yield from _blocks(whole, offset)
        offset += end
        refuse_endless(rest, place)
    if rest:
        yield from _blocks(rest, offset)


def _blocks(whole: bytes, offset: int) -> Iterator[Block]:
    """Return the lines of a text that ends with a line: at once where all end in CR LF."""
    returns, feeds = whole.count(b"\r\n"), whole.count(b"\n")
    if whole.endswith(b"\n") and returns in (0, feeds):
        lines = whole.split(b"\r\n" if returns else b"\n")
        lines.pop()
        yield Block(lines, offset, 2 if returns else 1)
        return
    for line in io.BytesIO(whole):
        step = 2 if line.endswith(b"\r\n") else int(line.endswith(b"\n"))
        yield Block([line[: len(line) - step]], offset, step)
        offset += len(line)


def refuse_endless(line: bytes, place: str) -> None:
    """Raise UnreadableFile for a line that is longer than any record."""
    if len(line) > LONGEST:
        raise UnreadableFile(
            f"{LONGEST >> 10} KB より長い行があります。国保連インタフェースのファイルではありません。",
            f"a line is longer than {LONGEST >> 10} KB: not a file of the 国保連 interface",
            place=place,
        )

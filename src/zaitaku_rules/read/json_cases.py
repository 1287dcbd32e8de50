"""Case documents and JSON lines: from a path to a stream of cases, each with its place.

The whole input is one document where it is one JSON value. Else it is JSON lines where the name says so
or some line alone is an object with `schema`. Lines are read one at a time, whatever the size of the file.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import BinaryIO

from pydantic import ValidationError

from zaitaku_rules.errors import InvalidInput, UnreadableFile
from zaitaku_rules.read.found import Cases, Found
from zaitaku_rules.read.json_text import parsed, refuse_binary, refuse_other_files, without_mark
from zaitaku_rules.read.paths import close, opened, shown_path, unreadable
from zaitaku_rules.records import Case
from zaitaku_rules.records.faults import sentences

LARGEST = 16 << 20
"""The largest document or line in bytes: a thousand times a busy month."""

_FIRST_LINE = re.compile(rb"\s*[^\n]*\n?")
_OPENING = 1 << 16
_LINE_NAMES = (".jsonl", ".ndjson")


def read_json_cases(path: str) -> Cases:
    """Return the cases of a file, or of standard input for "-". What is wrong is among the results."""
    place = shown_path(path)
    try:
        stream = opened(path)
    except (OSError, ValueError) as error:
        return _document(place, unreadable(error, place))
    cases = _told_apart(stream, path.lower().endswith(_LINE_NAMES), place)
    if cases.is_document:
        close(stream)
    return cases


def _document(place: str, found: Case | InvalidInput) -> Cases:
    return Cases(True, iter([(place, found)]))


def _told_apart(stream: BinaryIO, named_lines: bool, place: str) -> Cases:
    """Tell a document from JSON lines, reading no more than that takes."""
    try:
        head = without_mark(_text_ahead(stream, place))
        first = _FIRST_LINE.match(head)
        alone = head[: first.end()] if first else head
        value = _value(alone, place)
        if not isinstance(value, InvalidInput):
            more = head[len(alone) :]
            if not more.strip():
                more += _text_ahead(stream, place)
            if not more.strip():
                return _document(place, _case(value, place))
            head = alone + more
            if named_lines or _is_case(value):
                return Cases(False, _lines(head, stream, place))
        return _judged_whole(head + stream.read(max(0, LARGEST + 1 - len(head))), stream, named_lines, place)
    except InvalidInput as error:
        return _document(place, error)
    except OSError as error:
        return _document(place, unreadable(error, place))


def _judged_whole(head: bytes, stream: BinaryIO, named_lines: bool, place: str) -> Cases:
    """Take what was read as one document, or as lines where it is none and holds a case on a line."""
    value = _value(head, place)
    if not isinstance(value, InvalidInput):
        return _document(place, _case(value, place))
    lines = head.split(b"\n")
    # Of a heap of lines none of which is an object nobody wants to read a million messages.
    is_heap = len(head) > LARGEST and not any(line.lstrip().startswith(b"{") for line in lines)
    is_text = b"\0" not in head and bool(head.strip())
    if (named_lines and is_text and not is_heap) or any(map(_is_case_line, lines)):
        return Cases(False, _lines(head, stream, place))
    return _document(place, value)


def _text_ahead(stream: BinaryIO, place: str) -> bytes:
    """Read on until there is text with the end of its first line; raises UnreadableFile for no text."""
    head, is_text = bytearray(), False
    while len(head) <= LARGEST and (piece := stream.read(_OPENING)):
        if not head:
            refuse_other_files(piece, place)
        head += piece
        text = piece if is_text else piece.lstrip()
        is_text = is_text or bool(text)
        if b"\n" in text:
            break
    return bytes(head)


def _value(raw: bytes, place: str, *, is_line: bool = False) -> object:
    """Return the value of a document, or the InvalidInput that says why it has none."""
    try:
        if len(raw) > LARGEST:
            raise _too_large(place)
        refuse_binary(raw, place)
        if not raw.strip():
            raise UnreadableFile(
                "空のファイルです。ケースの JSON を書いてください。",
                "empty: a case in JSON is expected",
                place=place,
            )
        return parsed(raw.rstrip(b"\r\n") if is_line else raw, place, is_line=is_line)
    except InvalidInput as error:
        return error


def _too_large(place: str) -> InvalidInput:
    limit = LARGEST >> 20
    return InvalidInput(
        f"{limit} MB より大きいため読みません。複数のケースは1行に1件の JSON Lines(.jsonl)に。",
        f"larger than {limit} MB, so not one case: write cases as JSON lines (.jsonl), one on each line",
        place=place,
    )


def _is_case(value: object) -> bool:
    return isinstance(value, dict) and "schema" in value


def _is_case_line(line: bytes) -> bool:
    return line.lstrip().startswith(b"{") and b'"schema"' in line and _is_case(_value(line, ""))


def _lines(head: bytes, stream: BinaryIO, place: str) -> Iterator[Found]:
    """Read one line after another: first what was read ahead, then the rest of the stream."""
    try:
        for number, line in enumerate(_split(io.BytesIO(head), stream), 1):
            if line.strip():
                here = f"{place}:{number}"
                value = _value(line, here, is_line=True)
                yield here, value if isinstance(value, InvalidInput) else _case(value, here)
    except OSError as error:
        yield place, unreadable(error, place)
    finally:
        close(stream)


def _split(head: BinaryIO, stream: BinaryIO) -> Iterator[bytes]:
    while line := head.readline() or stream.readline(LARGEST + 1):
        if not line.endswith(b"\n"):
            line += stream.readline(max(0, LARGEST + 1 - len(line)))
        yield line
        if len(line) > LARGEST:
            _skip_line(line, stream)


def _skip_line(piece: bytes, stream: BinaryIO) -> None:
    while piece and not piece.endswith(b"\n"):
        piece = stream.readline(_OPENING)


def _case(value: object, place: str) -> Case | InvalidInput:
    if isinstance(value, list):
        return InvalidInput(
            "一覧([...])です。1行に1件の JSON Lines(.jsonl)にしてください。",
            "a list [...]: write several cases as JSON lines (.jsonl), one on each line",
            place=place,
        )
    try:
        return Case.model_validate(value)
    except ValidationError as error:
        return _told(error, place)


def _told(error: ValidationError, place: str) -> InvalidInput:
    """Return the first thing that is wrong with a case, and how many more there are."""
    faults = sentences(error)
    (field, said), more = faults[0], len(faults) - 1
    where = f"{field}: " if field else ""
    return InvalidInput(
        f"{where}{said.ja}{f' (ほかに{more}件)' if more else ''}",
        f"{where}{said.en}{f' (+{more} more)' if more else ''}",
        place=place,
    )

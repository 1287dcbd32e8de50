"""Reports that were written as JSON: one document, an array of them, or JSON lines."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeAlias, cast

from zaitaku_rules.errors import InvalidInput, Message
from zaitaku_rules.read.json_text import parsed, refuse_binary, without_mark
from zaitaku_rules.read.paths import close, opened, shown_path, unreadable

FoundReport: TypeAlias = tuple[str, dict[str, Any] | InvalidInput]
"""The place of a report, and its document or what is wrong with it."""

_NOT_A_REPORT = Message(
    "判定の報告ではありません。zaitaku check --format json の出力を指定してください。",
    "not a report: give the output of zaitaku check --format json",
)


def read_reports(path: str) -> Iterator[FoundReport]:
    """Return the documents of `zaitaku check --format json` or `jsonl`, each with its place.

    An error object in the place of a report (`zaitaku-error/1`) is returned like a report.
    """
    return read_objects(path, _NOT_A_REPORT)


def read_objects(path: str, otherwise: Message) -> Iterator[FoundReport]:
    """Return the objects of a JSON or JSON lines file, each with its place; `otherwise` says of others."""
    place = shown_path(path)
    try:
        stream = opened(path)
        try:
            raw = without_mark(stream.read())
        finally:
            close(stream)
    except (OSError, ValueError) as error:
        yield place, unreadable(error, place)
        return
    yield from _documents(raw, place, otherwise)


def _documents(raw: bytes, place: str, otherwise: Message) -> Iterator[FoundReport]:
    try:
        refuse_binary(raw, place)
        value = parsed(raw, place)
    except InvalidInput as error:
        lines = [line for line in raw.splitlines() if line.strip()]
        if len(lines) < 2 or not lines[0].lstrip().startswith(b"{"):
            yield place, error
            return
        for number, line in enumerate(raw.splitlines(), 1):
            if line.strip():
                yield _line(line, f"{place}:{number}", otherwise)
    else:
        several = cast("list[object]", value) if isinstance(value, list) else [value]
        for number, one in enumerate(several):
            yield _told(one, place if len(several) == 1 else f"{place}[{number}]", otherwise)


def _line(line: bytes, place: str, otherwise: Message) -> FoundReport:
    try:
        return _told(parsed(line, place, is_line=True), place, otherwise)
    except InvalidInput as error:
        return place, error


def _told(value: object, place: str, otherwise: Message) -> FoundReport:
    if isinstance(value, dict):
        return place, cast("dict[str, Any]", value)
    return place, InvalidInput(otherwise.ja, otherwise.en, place=place)

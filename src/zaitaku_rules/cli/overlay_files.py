"""Overlay files as their writers see them: which load, and on which line a fault stands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from zaitaku_rules.cli.judging import overlays_loaded
from zaitaku_rules.errors import InvalidLaw, ZaitakuError
from zaitaku_rules.law import Overlay, shipped_overlays
from zaitaku_rules.read import shown_path

_HEAD = re.compile(r"\s*\[\[?\s*(?P<table>\w+)[\w.\s]*\]\]?")
_FIELD = re.compile(r"(?P<table>\w+)(?:\[(?P<number>\d+)\])?(?:\.(?P<field>\w+))?")
_PLACEHOLDER = re.compile(r"^[^#\n]*<<[^>\n]*>>")


def checked(names: Iterable[str]) -> Iterator[tuple[str, Overlay | ZaitakuError]]:
    """Load each overlay; yield its shown name with it, or with what is wrong and on which line."""
    for name in names:
        try:
            yield shown_path(name), _loaded(name)
        except ZaitakuError as error:
            yield shown_path(name), _with_line(error, name)


def _loaded(name: str) -> Overlay:
    left = [number for number, line in enumerate(_lines(name), 1) if _PLACEHOLDER.match(line)]
    if left:
        raise InvalidLaw(
            f"<< >> の箇所が残っています({len(left)}か所)。書き換えるか、その行を消してください。",
            f"placeholders << >> are left ({len(left)}): fill them in or remove their lines",
            place=f"{Path(name).name}:{left[0]}",
        )
    return overlays_loaded([name])[0]


def _lines(name: str) -> list[str]:
    if name in shipped_overlays():
        return []
    try:
        return Path(name).read_bytes().decode("utf-8", "replace").splitlines()
    except (OSError, ValueError):
        return []


def _with_line(error: ZaitakuError, name: str) -> ZaitakuError:
    """Return an error with the path as it was asked for, and the line of the entry that it speaks of."""
    file, shown = Path(name).name, shown_path(name)
    if not error.place.startswith(file):
        return error
    rest = error.place.removeprefix(file)
    where = rest.removeprefix(": ")
    lines = lines_of(_lines(name), where) if rest.startswith(": ") else []
    numbers = f":{','.join(map(str, lines))}" if lines else ""
    return type(error)(error.message.ja, error.message.en, place=f"{shown}{numbers}{rest}")


def lines_of(text: list[str], where: str) -> list[int]:
    """Return the lines on which the entry may stand that an error names, such as "set X" or "set[2].to"."""
    kind, _, name = where.partition(" ")
    tables = _tables(text)
    if kind == "note" and name.isdigit():
        return [begin for table, begin, _ in tables if table == "note"][int(name) - 1 : int(name)]
    if name:
        wanted = {"set": "parameter", "enable": "rules?", "clause": "id"}.get(kind, "")
        found = (_field_line(text, span, wanted, name) for span in tables if span[0] == kind)
        return [line for line in found if line]
    return _of_field(text, tables, where)


def _of_field(text: list[str], tables: list[tuple[str, int, int]], where: str) -> list[int]:
    found = _FIELD.match(where)
    if not found:
        return []
    spans = [span for span in tables if span[0] == found["table"]]
    number = int(found["number"] or 0)
    if number >= len(spans):
        return []
    span, field = spans[number], found["field"]
    line = _field_line(text, span, field, "") if field else None
    return [line or span[1]]


def _tables(text: list[str]) -> list[tuple[str, int, int]]:
    """Return each table of the text: its name, the line of its head and its last line."""
    heads = [(number, head["table"]) for number, line in enumerate(text, 1) if (head := _HEAD.match(line))]
    ends = [*(number - 1 for number, _ in heads[1:]), len(text)]
    return [(table, number, end) for (number, table), end in zip(heads, ends, strict=False)]


def _field_line(text: list[str], span: tuple[str, int, int], field: str, value: str) -> int | None:
    """Return the line of a table on which a field stands, with all the words of `value`."""
    _, begin, end = span
    for number in range(begin, end):
        line = text[number]
        if re.match(rf"\s*{field}\s*[.=]", line) and all(f'"{word}"' in line for word in value.split()):
            return number + 1
    return None

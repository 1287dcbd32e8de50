"""The headings of a sheet: which column gives which field, whatever their order and language."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

from zaitaku_rules.errors import InvalidInput
from zaitaku_rules.read.workbook.cells import Cell, Line, Sheet
from zaitaku_rules.read.workbook.words import COMPUTED, MOMENT_PARTS, folded, known_headings, list_sheets
from zaitaku_rules.records.shapes import shapes

_LOOKED_AT = 20
_LIKE = 0.6
_OWN = ("※", "#", "＃")
_DAY, _CLOCK = MOMENT_PARTS


@dataclass(frozen=True, slots=True)
class Headings:
    """The row of the headings, and the column of each field, counted from 1."""

    row: int
    columns: Mapping[str, int] = field(default_factory=dict[str, int])


def is_own(text: str) -> bool:
    """Return whether a name says of itself that it is the office's own and not to be read."""
    return text.strip().startswith(_OWN)


def like(found: str, known: Iterable[str]) -> str | None:
    """Return the known word that a word was probably meant to be, or None."""
    return next(iter(difflib.get_close_matches(found, list(known), 1, _LIKE)), None)


def split(lines: Iterable[Line], table: str) -> tuple[Line | None, list[Line]]:
    """Return the line of the headings, among the first of a sheet, and the lines below it."""
    every = iter(lines)
    ahead = [*islice(every, _LOOKED_AT)]
    best = max(ahead, key=lambda line: len(_known(line[1], table)), default=None)
    if best is None or not _known(best[1], table):
        return None, [*ahead, *every]
    return best, [*(line for line in ahead if line[0] > best[0]), *every]


def _known(cells: Sequence[Cell], table: str) -> dict[int, str]:
    known = known_headings(table)
    found = ((number, known.get(_folded(cell))) for number, cell in enumerate(cells, 1))
    return {number: name for number, name in found if name}


def _folded(cell: Cell) -> str:
    return folded(cell.value) if isinstance(cell.value, str) else ""


def headings_of(line: Line, table: str, sheet: Sheet) -> Headings:
    """Return the columns of the fields; raises InvalidInput for a heading twice, misspelt or missing."""
    row, cells = line
    found: dict[str, int] = {}
    for column, name in _known(cells, table).items():
        if name in found:
            raise _twice(sheet, row, column, found[name])
        found[name] = column
    for fault in _misspelt(cells, table, found, sheet, row):
        raise fault
    if missing := [*_missing(table, found)]:
        raise _lacking(sheet, table, missing, row)
    return Headings(row, {name: column for name, column in found.items() if not name.startswith(COMPUTED)})


def _twice(sheet: Sheet, row: int, column: int, other: int) -> InvalidInput:
    first = sheet.cell(row, other)
    return sheet.wrong(
        f"同じ意味の見出しが二つあります({first})。どちらかの見出しを変えてください。",
        f"two headings mean the same ({first}): change one of them",
        row,
        column,
    )


def _misspelt(
    cells: Sequence[Cell], table: str, found: Mapping[str, int], sheet: Sheet, row: int
) -> Iterator[InvalidInput]:
    """Yield headings that are close to a known one which the sheet lacks; others are the office's own."""
    open_ones = {word: name for word, name in known_headings(table).items() if name not in found}
    for column, cell in enumerate(cells, 1):
        word = _folded(cell)
        if not word or word in known_headings(table) or is_own(str(cell.value)):
            continue
        if near := like(word, open_ones):
            said = _said(table, open_ones[near])
            yield sheet.wrong(
                f"知らない見出しです。「{said[0]}」のことですか。"
                "見出しを直すか、読まない列なら見出しの初めに ※ を付けてください。",
                f'unknown heading; did you mean "{said[1]}"? '
                "Correct it, or begin it with # if it is not to be read",
                row,
                column,
            )


def _missing(table: str, found: Mapping[str, int]) -> Iterator[str]:
    """Yield the required fields that no column gives; a moment may stand in two columns or in one."""
    for column in shapes()[table].columns:
        given = (column.name, _DAY) if column.name == "at" else (column.name,)
        if column.required and not any(name in found for name in given):
            yield given[-1]


def _lacking(sheet: Sheet, table: str, missing: list[str], row: int) -> InvalidInput:
    said = [_said(table, name) for name in missing]
    ja, en = "、".join(f"「{one}」" for one, _ in said), ", ".join(f'"{one}"' for _, one in said)
    return sheet.wrong(
        f"見出し{ja}がありません。書き加えてください。", f"the heading {en} is missing: add it", row
    )


def no_headings(sheet: Sheet, table: str) -> InvalidInput:
    """Return the error for a sheet in which no row of headings was found."""
    said = [one.said for one in list_sheets()[table].headings if not one.is_computed]
    ja, en = "、".join(one.ja for one in said), ", ".join(one.en for one in said)
    return sheet.wrong(
        f"見出しの行が見つかりません。使える見出し: {ja}。"
        "読まないシートなら、名前の初めに ※ を付けてください。",
        f"no row of headings was found (known: {en}); begin the sheet's name with # if it is not to be read",
    )


def _said(table: str, name: str) -> tuple[str, str]:
    found = next((one.said for one in list_sheets()[table].headings if one.field == name), None)
    return (found.ja, found.en) if found else (name, name)

"""The cells of a sheet, line by line, as much of them as anybody has filled in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any, NamedTuple, TypeAlias

from zaitaku_rules.errors import InvalidInput
from zaitaku_rules.read.workbook.engine import openpyxl
from zaitaku_rules.read.workbook.opening import Opened

MOST_BLANK = 5000
"""After so many lines without any content a sheet is taken to be over."""

MOST_COLUMNS = 200
"""Columns further to the right are not looked at."""

_FORMULA, _ERROR = "f", "e"


class Cell(NamedTuple):
    """The value of a cell as openpyxl gives it, and what the value alone does not say."""

    value: Any
    number_format: str = "General"
    is_error: bool = False
    is_uncomputed: bool = False

    @property
    def is_blank(self) -> bool:
        """Whether the cell says nothing at all."""
        text = self.value.strip() if isinstance(self.value, str) else self.value
        return text in (None, "") and not self.is_uncomputed


BLANK = Cell(None)
Line: TypeAlias = tuple[int, Sequence[Cell]]
"""The number of a row and its cells from the first column on."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its name, and where it stands for the reader of a message."""

    title: str
    place: str

    @property
    def shown(self) -> str:
        """The sheet as a place."""
        return f"{self.place} {self.title}"

    def cell(self, row: int, column: int) -> str:
        """Return a cell, or for column 0 a row, as a place such as "month.xlsx 連絡!C7"."""
        letter = openpyxl("utils").get_column_letter(column) if column else ""
        return f"{self.shown}!{letter}{row}"

    def wrong(self, ja: str, en: str, row: int = 0, column: int = 0) -> InvalidInput:
        """Return the error for the sheet, or for a cell of it."""
        return InvalidInput(ja, en, place=self.cell(row, column) if row else self.shown)


def lines(book: Opened, title: str) -> Iterator[Line]:
    """Yield the rows of a sheet that hold something; the end is where nobody has written for long."""
    blank = 0
    values, formulas = _rows(book.values, title), _rows(book.formulas, title)
    for number, (row, behind) in enumerate(zip_longest(values, formulas, fillvalue=()), 1):
        cells = [_cell(one, other) for one, other in zip(row, behind, strict=False)]
        if any(not cell.is_blank for cell in cells):
            blank = 0
            yield number, cells
        else:
            blank += 1
            if blank > MOST_BLANK:
                return


def _rows(workbook: Any, title: str) -> Iterator[Sequence[Any]]:
    sheet = workbook[title]
    # What a sheet says of its size is often wrong, and pads every row to the width that it claims.
    sheet.reset_dimensions()
    rows: Iterator[Sequence[Any]] = sheet.iter_rows(max_col=MOST_COLUMNS)
    return rows


def _cell(value: Any, formula: Any) -> Cell:
    if value.value is None and formula.value is None:
        return BLANK
    is_formula = formula.data_type == _FORMULA
    return Cell(
        value.value,
        str(value.number_format) if value.value is not None else "General",
        value.data_type == _ERROR,
        is_formula and value.value is None,
    )


def at(cells: Sequence[Cell], column: int) -> Cell:
    """Return the cell of a column, counted from 1; blank where the row is shorter."""
    return cells[column - 1] if 0 < column <= len(cells) else BLANK

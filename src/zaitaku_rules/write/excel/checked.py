"""A workbook with its findings: a copy with a column beside the rows, and the sheets of results in front."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from typing import Any

from zaitaku_rules.errors import Message
from zaitaku_rules.read.paths import shown_path
from zaitaku_rules.read.workbook.engine import openpyxl
from zaitaku_rules.read.workbook.list_rows import ListRows
from zaitaku_rules.read.workbook.opening import bytes_of, told_if_damaged
from zaitaku_rules.read.workbook.reading import contents_of
from zaitaku_rules.read.workbook.words import folded
from zaitaku_rules.read.workbook.words import said as workbook_said
from zaitaku_rules.write.excel.cell_text import put
from zaitaku_rules.write.excel.looks import Looks
from zaitaku_rules.write.excel.result_sheets import Results
from zaitaku_rules.write.excel.row_marks import Mark, Marks
from zaitaku_rules.write.judged_case import Outcome

_WIDTH = 56
_LOST = ("xl/charts/", "xl/drawings/drawing", "xl/media/", "xl/ctrlProps/", "xl/slicers/")

LOST = Message(
    "図形、画像、グラフ、または Excel 独自の拡張書式は写しに入りません。元のブックはそのままです。",
    "shapes, pictures, charts or extended formats of Excel are not in the copy; "
    "the workbook itself is unchanged",
)


def results_alone(outcomes: Sequence[Outcome], lang: str) -> bytes:
    """Return a workbook with the sheets of results alone."""
    workbook = openpyxl().Workbook()
    own = workbook.active
    Results(outcomes, lang).put_into(workbook)
    workbook.remove(own)
    return _saved(workbook)


@dataclass(frozen=True, slots=True)
class CheckedCopy:
    """The copy of a workbook with its findings; `loses` says that the copy holds less than the workbook."""

    content: bytes
    loses: bool


def checked_copy(path: str, outcomes: Sequence[Outcome], lang: str, *, keep_macros: bool) -> CheckedCopy:
    """Return a copy of a workbook with what was found; the workbook itself is only read."""
    place = shown_path(path)
    raw, contents = bytes_of(path, place), contents_of(path)
    with told_if_damaged(place):
        workbook = openpyxl().load_workbook(io.BytesIO(raw), keep_vba=keep_macros)
        with workbook.vba_archive or nullcontext():
            for rows, marks in Marks(outcomes, lang).of(contents):
                _put_marks(workbook[rows.sheet.title], rows, marks, lang)
            Results(outcomes, lang).put_into(workbook)
            return CheckedCopy(_saved(workbook), _loses(raw))


def _put_marks(sheet: Any, rows: ListRows, marks: Mapping[int, Mark], lang: str) -> None:
    """Put a column at the right of all that the sheet holds, or into the one of an earlier check."""
    looks, heading = Looks(lang), workbook_said("results", "finding")
    row = rows.headings.row
    column = _earlier(sheet, row, heading) or _free_column(sheet)
    for one in range(row + 1, sheet.max_row + 1):
        if sheet.cell(one, column).value is not None:
            sheet.cell(one, column).value = None
    put(sheet.cell(row, column), heading.said_in(lang))
    looks.heading(sheet.cell(row, column))
    sheet.column_dimensions[sheet.cell(row, column).column_letter].width = _WIDTH
    for number, mark in marks.items():
        cell = sheet.cell(number, column)
        looks.result(cell, mark.status, wrap=False)
        put(cell, mark.text)


def _earlier(sheet: Any, row: int, heading: Message) -> int:
    known = {folded(heading.ja), folded(heading.en)}
    named = ((cell.column, cell.value) for cell in sheet[row] if isinstance(cell.value, str))
    return next((int(column) for column, value in named if folded(value) in known), 0)


def _free_column(sheet: Any) -> int:
    filled: int = max(
        (cell.column for row in sheet.iter_rows() for cell in row if cell.value is not None), default=0
    )
    merged: list[int] = [one.max_col for one in sheet.merged_cells.ranges]
    return max([filled, *merged]) + 1


def _loses(raw: bytes) -> bool:
    """Return whether the workbook holds parts that openpyxl does not keep."""
    with zipfile.ZipFile(io.BytesIO(raw)) as packed:
        names = packed.namelist()
        if any(name.startswith(_LOST) for name in names):
            return True
        sheets = [name for name in names if name.startswith("xl/worksheets/sheet")]
        return any(b"<extLst" in packed.read(name)[-100_000:] for name in sheets)


def _saved(workbook: Any) -> bytes:
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()

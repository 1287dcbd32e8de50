"""The sheet that says for which month the workbook is, and whether all records of a list stand in it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from zaitaku_rules.read.workbook.engine import openpyxl
from zaitaku_rules.read.workbook.words import list_sheets
from zaitaku_rules.records import SOURCES
from zaitaku_rules.write.excel.book import MONTH, Book
from zaitaku_rules.write.excel.choices import STATES
from zaitaku_rules.write.excel.looks import printed, protected

_MONTH_ROW, _AS_OF_ROW, _HEADS = 4, 5, 7
_COLUMNS = ("list", "state", "from", "through", "rows")
_WIDTHS = (24, 30, 20, 20, 10)


def default_state(table: str) -> str:
    """Return what a list is taken for until somebody says otherwise: what is in front is kept every day."""
    return "complete" if list_sheets()[table].part == "front" else "filled"


def put_scope(book: Book, as_of: date | None, states: Mapping[str, str]) -> None:
    """Put the sheet into the workbook, with the state of each list."""
    sheet = book.new_sheet(book.word("other_sheets", "scope"))
    sheet.sheet_properties.tabColor = "FFB3261E"
    sheet["A1"], sheet["A2"] = book.word("scope", "title"), book.word("scope", "note")
    book.looks.title(sheet["A1"])
    book.looks.note(sheet["A2"])
    sheet.merge_cells("A2:E2")
    sheet.row_dimensions[2].height = 42
    for width, letter in zip(_WIDTHS, "ABCDE", strict=True):
        sheet.column_dimensions[letter].width = width
    year, month = book.month.split("-")
    _put_day(book, sheet, _MONTH_ROW, "month", date(int(year), int(month), 1), book.looks.months)
    _put_day(book, sheet, _AS_OF_ROW, "as_of", as_of, book.looks.days)
    book.defined(MONTH, f"'{sheet.title}'!$B${_MONTH_ROW}")
    _put_lists(book, sheet, states)
    sheet.freeze_panes = sheet.cell(_HEADS + 1, 2)
    printed(sheet, 0, sheet.title)
    protected(sheet)


def _put_day(book: Book, sheet: Any, row: int, name: str, day: date | None, number_format: str) -> None:
    sheet.cell(row, 1).value = book.word("scope", name)
    book.looks.heading(sheet.cell(row, 1))
    book.looks.input(sheet.cell(row, 2), number_format)
    sheet.cell(row, 2).value = day
    sheet.cell(row, 3).value = book.word("scope", f"{name}_note")
    book.looks.note(sheet.cell(row, 3))
    sheet.merge_cells(start_row=row, end_row=row, start_column=3, end_column=5)
    sheet.row_dimensions[row].height = 28


def _put_lists(book: Book, sheet: Any, states: Mapping[str, str]) -> None:
    for number, name in enumerate(_COLUMNS, 1):
        sheet.cell(_HEADS, number).value = book.word("scope", name)
        book.looks.heading(sheet.cell(_HEADS, number))
    tables = [table for table in list_sheets() if table in SOURCES]
    for row, table in enumerate(tables, _HEADS + 1):
        sheet.cell(row, 1).value = book.title_of(table)
        book.looks.result(sheet.cell(row, 1), bold=True)
        book.looks.input(sheet.cell(row, 2))
        sheet.cell(row, 2).value = book.word("states", states.get(table) or default_state(table))
        for column in (3, 4):
            book.looks.input(sheet.cell(row, column), book.looks.days)
        key = "provider_number" if table == "readiness" else "user_id"
        sheet.cell(row, 5).value = f"=COUNTA({book.cells(table, key)})"
        book.looks.computed(sheet.cell(row, 5), "0")
    made = openpyxl("worksheet.datavalidation").DataValidation(
        type="list", formula1=f"={STATES}", allow_blank=True
    )
    made.errorTitle, made.error = book.word("template", "choice_title"), book.word("template", "choice_error")
    made.showErrorMessage = True
    made.add(f"B{_HEADS + 1}:B{_HEADS + len(tables)}")
    sheet.add_data_validation(made)

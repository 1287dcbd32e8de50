"""One list of the template: headings, rows to fill in, drop-downs, and what the workbook computes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from zaitaku_rules.read.workbook.engine import openpyxl
from zaitaku_rules.read.workbook.words import (
    Heading,
    choices,
    column_of,
    is_free,
    list_sheets,
    workbook_words,
)
from zaitaku_rules.write.excel.book import FIRST_ROW, HEADING_ROW, Book
from zaitaku_rules.write.excel.cell_text import height_of, put
from zaitaku_rules.write.excel.choices import choice_name, words_of
from zaitaku_rules.write.excel.formulas import count_of_row, day_column, day_meant
from zaitaku_rules.write.excel.looks import CLOCK, TEXT, printed, protected
from zaitaku_rules.write.field_words import field_said

TABS = {"front": "FF1F6F6B", "papers": "FF8A6D1B", "back": "FF8C979E"}
"""The colour of the tab of each part of the workbook."""

_WIDTHS = {
    "activity": 34,
    "support": 34,
    "menu": 34,
    "cautions": 34,
    "wish_reason": 28,
    "reason": 28,
}
_WIDTH_OF_KIND = {"date": 13, "flag": 11, "moment": 13, "either": 15, "text": 15, "texts": 34}
_LONG_WORDS = 14
_WIDE = 12
_LONGEST_PROMPT = 250


def put_list(book: Book, table: str) -> None:
    """Put the sheet of a table into the workbook."""
    shown = list_sheets()[table]
    sheet = book.new_sheet(book.say(shown.title))
    sheet.sheet_properties.tabColor = TABS[shown.part]
    sheet["A1"] = book.month_title(book.say(shown.title))
    sheet["A2"] = book.word("template", "required")
    book.looks.title(sheet["A1"])
    book.looks.note(sheet["A2"])
    sheet["A2"].alignment = openpyxl("styles").Alignment(wrap_text=False)
    for number, heading in enumerate(shown.headings, 1):
        _put_column(book, sheet, table, number, heading)
    _put_rows(book, sheet, table)
    sheet.row_dimensions[HEADING_ROW].height = 32
    sheet.freeze_panes = sheet.cell(FIRST_ROW, 3 if _holds_days(table) else 2)
    printed(sheet, HEADING_ROW, book.say(shown.title))
    protected(sheet)


def _holds_days(table: str) -> bool:
    return any(heading.field == "=weekday" for heading in list_sheets()[table].headings)


def is_required(table: str, field: str) -> bool:
    """Return whether a row must fill in a column."""
    if field == "at_clock":
        return table == "contacts"
    if (table, field) == ("waivers", "to"):
        return True
    return not field.startswith("=") and column_of(table, field).required


def _put_column(book: Book, sheet: Any, table: str, number: int, heading: Heading) -> None:
    cell = sheet.cell(HEADING_ROW, number)
    required = is_required(table, heading.field)
    cell.value = book.say(heading.said) + (" *" if required else "")
    book.looks.heading(cell, required=required)
    letter = cell.column_letter
    sheet.column_dimensions[letter].width = _width(book, table, heading)
    if not heading.is_computed:
        # Rows below those that are ready can be written too.
        book.looks.open_column(sheet.column_dimensions[letter], number_format(book, table, heading.field))
        _put_validation(book, sheet, table, letter, heading)


def _width(book: Book, table: str, heading: Heading) -> float:
    if heading.field in _WIDTHS:
        return _WIDTHS[heading.field]
    if heading.is_computed or heading.field == "at_clock":
        return 6 if (heading.field, book.lang) == ("=weekday", "ja") else 10
    longest = max((len(word) for word in words_of(book, table, heading.field)), default=0)
    if longest > _WIDE:
        return min(46.0, longest * (2.1 if book.lang == "ja" else 1.1))
    return _WIDTH_OF_KIND[column_of(table, heading.field).kind]


def _put_validation(book: Book, sheet: Any, table: str, letter: str, heading: Heading) -> None:
    """Give the cells of a column their explanation, and a drop-down where words are chosen from a list."""
    name = choice_name(table, heading.field)
    made = openpyxl("worksheet.datavalidation").DataValidation(
        type="list" if name else None, formula1=f"={name}" if name else None, allow_blank=True
    )
    made.promptTitle = book.say(heading.said)[:32]
    made.prompt = _prompt(book, table, heading.field)[:_LONGEST_PROMPT]
    made.showInputMessage = bool(made.prompt)
    if name:
        made.errorTitle = book.word("template", "choice_title")[:32]
        made.error = book.word("template", "choice_error")
        made.showErrorMessage = not is_free(table, heading.field)
    made.add(f"{letter}{FIRST_ROW}:{letter}{FIRST_ROW + book.capacity(table) - 1}")
    sheet.add_data_validation(made)


def _prompt(book: Book, table: str, field: str) -> str:
    own = workbook_words()["prompts"]
    found = own.get(table, {}).get(field) or own["every"].get(field)
    if found:
        return str(found[book.lang])
    part = {"users": "user", "providers": "provider"}.get(table, table)
    return book.say(field_said(part, field)).replace("`", "")


def _put_rows(book: Book, sheet: Any, table: str) -> None:
    headings = list_sheets()[table].headings
    filled = book.filled.get(table, ())
    for offset in range(book.capacity(table)):
        row: Mapping[str, Any] = filled[offset] if offset < len(filled) else {}
        for number, heading in enumerate(headings, 1):
            cell = sheet.cell(FIRST_ROW + offset, number)
            if heading.is_computed:
                _put_computed(book, cell, table, heading.field)
            else:
                book.looks.input(
                    cell, number_format(book, table, heading.field), wrap=_is_long(table, heading.field)
                )
                put(cell, row.get(heading.field), book.looks.moments)
        if long := [height_of(row[name], width) for name, width in _WIDTHS.items() if name in row]:
            sheet.row_dimensions[FIRST_ROW + offset].height = max(long)


def _is_long(table: str, field: str) -> bool:
    return field in _WIDTHS or column_of(table, field).kind == "texts"


def number_format(book: Book, table: str, field: str) -> str:
    """Return the format of the cells of a field; numbers such as 0812300010 are kept as text."""
    if field in ("at_clock", "start", "end"):
        return CLOCK
    if field == "at_date":
        return book.looks.days
    if (table, field) == ("submissions", "month"):
        return book.looks.months
    kinds = {"date": book.looks.days, "either": book.looks.days}
    return kinds.get(column_of(table, field).kind, "General" if choices(table, field) else TEXT)


def _put_computed(book: Book, cell: Any, table: str, field: str) -> None:
    if field == "=weekday":
        letter = book.column(table, day_column(table))
        cell.value = day_meant(f"{letter}{cell.row}", book.word("template", "not_a_date"))
        book.looks.computed(cell, book.looks.weekdays)
    else:
        cell.value = count_of_row(
            book, {"=contacts": "contacts", "=reports": "daily_reports"}[field], cell.row
        )
        book.looks.computed(cell, "0")

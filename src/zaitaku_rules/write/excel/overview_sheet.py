"""The month at one look: a row for each user, a column for each day, computed from the other sheets."""

from __future__ import annotations

from typing import Any

from zaitaku_rules.read.workbook.engine import openpyxl
from zaitaku_rules.records.shapes import USERS
from zaitaku_rules.write.excel.book import FIRST_ROW, MONTH, Book
from zaitaku_rules.write.excel.formulas import day_said, in_month
from zaitaku_rules.write.excel.looks import filled, printed, protected
from zaitaku_rules.write.labels import MARKS

_DAYS = 31
_HEADS = 3
_FIRST = _HEADS + 2
_SUMS = ("home_days", "office_days", "contacts", "reports")
_HOME, _OFFICE, _WEEKEND = "FFDCEBF7", "FFE4F1DD", "FFF1E3E3"


def put_overview(book: Book) -> None:
    """Put the sheet into the workbook."""
    sheet = book.new_sheet(book.word("other_sheets", "overview"))
    sheet.sheet_properties.tabColor = "FFB3261E"
    sheet["A1"] = book.month_title(sheet.title)
    sheet["A2"] = book.word("template", "overview_note")
    book.looks.title(sheet["A1"])
    book.looks.note(sheet["A2"])
    sheet.merge_cells(start_row=2, end_row=2, start_column=1, end_column=_DAYS + 1 + len(_SUMS))
    _put_heads(book, sheet)
    for offset in range(book.capacity(USERS)):
        _put_user(book, sheet, _FIRST + offset, FIRST_ROW + offset)
    _put_colours(book, sheet)
    sheet.freeze_panes = sheet.cell(_FIRST, 2)
    printed(sheet, _FIRST - 1, sheet.title)
    protected(sheet)


def _put_heads(book: Book, sheet: Any) -> None:
    sheet.cell(_HEADS, 1).value = book.word("results", "user")
    sheet.merge_cells(start_row=_HEADS, end_row=_HEADS + 1, start_column=1, end_column=1)
    book.looks.heading(sheet.cell(_HEADS, 1))
    sheet.column_dimensions["A"].width = 12
    for day in range(_DAYS):
        top, below = sheet.cell(_HEADS, day + 2), sheet.cell(_HEADS + 1, day + 2)
        top.value = f'=IF(MONTH({MONTH}+{day})=MONTH({MONTH}),{MONTH}+{day},"")'
        below.value = f"={top.coordinate}"
        book.looks.computed(top, "d;;;@")
        book.looks.computed(below, book.looks.weekdays)
        sheet.column_dimensions[top.column_letter].width = 5.2
    for number, name in enumerate(_SUMS, _DAYS + 2):
        sheet.cell(_HEADS, number).value = book.word("template", name)
        sheet.merge_cells(start_row=_HEADS, end_row=_HEADS + 1, start_column=number, end_column=number)
        book.looks.heading(sheet.cell(_HEADS, number))
        sheet.column_dimensions[sheet.cell(_HEADS, number).column_letter].width = 6.5


def _put_user(book: Book, sheet: Any, row: int, of_user: int) -> None:
    named = f"'{book.title_of(USERS)}'!{book.column(USERS, 'user_id')}{of_user}"
    sheet.cell(row, 1).value = f'=IF({named}="","",{named}&"")'
    book.looks.result(sheet.cell(row, 1), bold=True)
    sheet.row_dimensions[row].height = 30
    for day in range(_DAYS):
        cell = sheet.cell(row, day + 2)
        cell.value = day_said(book, f"$A{row}", f"{cell.column_letter}${_HEADS}")
        book.looks.computed(cell, wrap=True)
    for number, name in enumerate(_SUMS, _DAYS + 2):
        cell = sheet.cell(row, number)
        cell.value = _sum(book, name, row)
        book.looks.computed(cell, "0")


def _sum(book: Book, name: str, row: int) -> str:
    user, days = f"$A{row}", _days(row, row)
    home, office, satellite = (book.say(MARKS[mark]) for mark in ("home", "office", "satellite"))
    if name == "contacts":
        return in_month(book, "contacts", user)
    if name == "reports":
        return in_month(book, "daily_reports", user)
    if name == "office_days":
        return f'=IF({user}="","",COUNTIF({days},"*{office}*"))'
    return f'=IF({user}="","",COUNTIF({days},"*{home}*")+COUNTIF({days},"{satellite}*"))'


def _days(first: int, last: int) -> str:
    letter = openpyxl("utils").get_column_letter(_DAYS + 1)
    return f"$B${first}:${letter}${last}"


def _put_colours(book: Book, sheet: Any) -> None:
    """Shade days at home, days at the office and weekends; the signs say the same without colour."""
    rule = openpyxl("formatting.rule").FormulaRule
    cells = _days(_FIRST, _FIRST + book.capacity(USERS) - 1).replace("$", "")
    home, office, satellite = (book.say(MARKS[mark]) for mark in ("home", "office", "satellite"))
    at_home = f'OR(ISNUMBER(FIND("{home}",B{_FIRST})),LEFT(B{_FIRST},1)="{satellite}")'
    for formula, color in ((at_home, _HOME), (f'ISNUMBER(FIND("{office}",B{_FIRST}))', _OFFICE)):
        sheet.conditional_formatting.add(cells, rule(formula=[formula], fill=filled(color), stopIfTrue=True))
    heads = _days(_HEADS, _HEADS + 1).replace("$", "")
    weekend = f'AND(B${_HEADS}<>"",WEEKDAY(B${_HEADS},2)>5)'
    sheet.conditional_formatting.add(heads, rule(formula=[weekend], fill=filled(_WEEKEND)))

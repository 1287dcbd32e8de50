"""The first sheet of the template: what to do, in a few lines, and an example that is not read."""

from __future__ import annotations

from typing import Any

from zaitaku_rules.read.workbook.words import list_sheets, value_word, workbook_words
from zaitaku_rules.write.excel.book import Book
from zaitaku_rules.write.excel.looks import printed, protected

_EXAMPLES: tuple[tuple[str, dict[str, str]], ...] = (
    ("days", {"place": "home", "activity": "", "start": "10:00", "end": "15:00"}),
    ("contacts", {"at_clock": "9:30", "channel": "phone"}),
    ("contacts", {"at_clock": "15:10", "channel": "video"}),
    ("daily_reports", {}),
    ("evaluations", {"covers": "weekly", "means": "phone"}),
)
_SHOWN = 7


def put_guide(book: Book, file: str) -> None:
    """Put the sheet into the workbook; `file` is the name of the file for the commands shown."""
    sheet = book.new_sheet(book.word("other_sheets", "guide"))
    sheet.sheet_properties.tabColor = "FFB3261E"
    sheet["A1"] = book.word("guide", "title").format(month=book.month_said())
    book.looks.title(sheet["A1"])
    row = 3
    for line in workbook_words()["guide"]["lines"]:
        checked = f"{file.removesuffix('.xlsx')}-checked.xlsx"
        _put_line(
            book, sheet, row, str(line[book.lang]).replace("{file}", file).replace("{checked}", checked)
        )
        row += 1
    _put_example(book, sheet, row + 1)
    for number in range(1, _SHOWN + 1):
        sheet.column_dimensions[sheet.cell(1, number).column_letter].width = 18
    printed(sheet, 0, sheet.title)
    protected(sheet)


def _put_line(book: Book, sheet: Any, row: int, text: str) -> None:
    sheet.cell(row, 1).value = text
    book.looks.plain(sheet.cell(row, 1))
    sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=_SHOWN)
    sheet.row_dimensions[row].height = 16 * (1 + len(text) // (82 if book.lang == "ja" else 130))


def _put_example(book: Book, sheet: Any, row: int) -> None:
    sheet.cell(row, 1).value = book.word("guide", "example")
    sheet.cell(row, 1).font = book.looks.font(bold=True)
    last = ""
    for table, words in _EXAMPLES:
        if table != last:
            row += 1
            _put_heads(book, sheet, row, table)
        row += 1
        _put_row(book, sheet, row, table, words)
        last = table


def _put_heads(book: Book, sheet: Any, row: int, table: str) -> None:
    sheet.cell(row, 1).value = book.title_of(table)
    book.looks.result(sheet.cell(row, 1), bold=True)
    for number, field in enumerate(_fields(table), 2):
        cell = sheet.cell(row, number)
        cell.value = next(book.say(one.said) for one in list_sheets()[table].headings if one.field == field)
        book.looks.heading(cell)


def _fields(table: str) -> list[str]:
    fields = [one.field for one in list_sheets()[table].headings if not one.is_computed]
    return fields[: 4 if table != "days" else _SHOWN - 1]


def _put_row(book: Book, sheet: Any, row: int, table: str, words: dict[str, str]) -> None:
    japanese = book.lang == "ja"
    day = ("R8.12.1" if japanese else "2026-12-01").replace("2026-12", book.month)
    if japanese:
        year, month = book.month.split("-")
        day = f"R{int(year) - 2018}.{int(month)}.1" if int(year) > 2019 else f"{year}/{month}/1"
    texts = {
        "user_id": "A-01",
        "date": day,
        "at_date": day,
        "activity": "データ入力" if japanese else "data entry",
    }
    texts["support"] = "進み具合を確かめ、助言した" if japanese else "looked at the progress"
    for number, field in enumerate(_fields(table), 2):
        value = words.get(field) or texts.get(field, "")
        chosen = field in ("place", "channel", "covers", "means") and words.get(field)
        sheet.cell(row, number).value = book.say(value_word(table, field, value)) if chosen else value
        book.looks.result(sheet.cell(row, number))
        sheet.cell(row, number).font = book.looks.font(italic=True)

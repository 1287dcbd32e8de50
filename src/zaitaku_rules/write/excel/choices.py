"""The hidden sheet with the words of the drop-downs: named ranges, which Excel keeps when it saves."""

from __future__ import annotations

from zaitaku_rules.read.workbook.engine import openpyxl
from zaitaku_rules.read.workbook.words import choices, list_sheets, value_word, workbook_words
from zaitaku_rules.records.shapes import PROVIDERS, USERS
from zaitaku_rules.write.excel.book import Book

STATES = "choice_states"
"""The name of the words that say where the records of a list are."""

USER_IDS, PROVIDER_NUMBERS = "user_ids", "provider_numbers"
"""The names of the users and the providers that the other sheets choose from."""

_FLAGS = "choice_flags"


def choice_name(table: str, field: str) -> str:
    """Return the name of the words that a field is chosen from, or "" where it is free."""
    if field == "user_id" and table != USERS:
        return USER_IDS
    if field == "provider_number" and table != PROVIDERS:
        return PROVIDER_NUMBERS
    found = choices(table, field)
    if found == ("true", "false"):
        return _FLAGS
    return f"choice_{table}_{field}" if found else ""


def put_choices(book: Book) -> None:
    """Put the words of all drop-downs on a hidden sheet, and name them."""
    sheet = book.new_sheet(book.word("other_sheets", "choices"))
    for number, (name, words) in enumerate(_lists(book).items(), 1):
        for row, word in enumerate(words, 1):
            sheet.cell(row, number).value = word
        letter = openpyxl("utils").get_column_letter(number)
        book.defined(name, f"'{sheet.title}'!${letter}$1:${letter}${len(words)}")
    sheet.sheet_state = "hidden"
    book.defined(USER_IDS, book.cells(USERS, "user_id"))
    book.defined(PROVIDER_NUMBERS, book.cells(PROVIDERS, "provider_number"))


def _lists(book: Book) -> dict[str, list[str]]:
    found = {STATES: [book.word("states", name) for name in workbook_words()["states"]]}
    for table, shown in list_sheets().items():
        for heading in shown.headings:
            if words := words_of(book, table, heading.field):
                found[choice_name(table, heading.field)] = words
    return found


def words_of(book: Book, table: str, field: str) -> list[str]:
    """Return the words that the drop-down of a field shows."""
    return [book.say(value_word(table, field, value)) for value in choices(table, field)]

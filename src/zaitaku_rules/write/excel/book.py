"""A workbook under way: its month, language and looks, and where the columns of its lists stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from zaitaku_rules.errors import Message
from zaitaku_rules.read.workbook.engine import openpyxl
from zaitaku_rules.read.workbook.words import list_sheets, said
from zaitaku_rules.write.day_words import month_words
from zaitaku_rules.write.excel.looks import Looks

HEADING_ROW = 3
"""The row of the headings of a list; title and explanation stand above."""

FIRST_ROW = HEADING_ROW + 1
"""The first row of a list that holds a record."""

MONTH = "month_first"
"""The name of the cell that holds the first day of the month; all sheets compute from it."""

_PER_USER = {"users": 1, "days": 31, "contacts": 62, "daily_reports": 31, "evaluations": 14, "recordings": 31}
_FEWEST = 40
_SPARE = 20

Rows: TypeAlias = Mapping[str, Sequence[Mapping[str, Any]]]
"""Rows to fill in beforehand, by table, each a value by field of the sheet."""


@dataclass(frozen=True, slots=True)
class Book:
    """A workbook that is being written."""

    workbook: Any
    month: str
    lang: str
    users: int
    filled: Rows
    looks: Looks = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "looks", Looks(self.lang))

    def say(self, said: Message) -> str:
        """Return a word in the language of the workbook."""
        return said.said_in(self.lang)

    def word(self, part: str, name: str) -> str:
        """Return a word of workbooks in the language of this one."""
        return self.say(said(part, name))

    def month_said(self) -> str:
        """Return the month in words."""
        return month_words(self.month, self.lang)

    def new_sheet(self, title: str) -> Any:
        """Return a new sheet at the end, without lines of its own."""
        sheet = self.workbook.create_sheet(title)
        sheet.sheet_view.showGridLines = False
        return sheet

    def title_of(self, table: str) -> str:
        """Return the name of the sheet of a table."""
        return self.say(list_sheets()[table].title)

    def capacity(self, table: str) -> int:
        """Return how many rows of a list are ready to be filled in."""
        wanted = self.users * _PER_USER.get(table, 2)
        fewest = wanted if table in ("users", "providers") else _FEWEST
        rows = len(self.filled.get(table, ()))
        return max(fewest, wanted, rows + _SPARE if rows else 0)

    def column(self, table: str, name: str) -> str:
        """Return the letter of the column of a field."""
        fields = [heading.field for heading in list_sheets()[table].headings]
        letter: str = openpyxl("utils").get_column_letter(fields.index(name) + 1)
        return letter

    def cells(self, table: str, name: str) -> str:
        """Return the reference to all cells of a field, for formulas of any sheet."""
        letter, last = self.column(table, name), FIRST_ROW + self.capacity(table) - 1
        return f"'{self.title_of(table)}'!${letter}${FIRST_ROW}:${letter}${last}"

    def defined(self, name: str, reference: str) -> None:
        """Give a name to a range of cells. Drop-downs by name survive being saved by Excel; others do not."""
        found = openpyxl("workbook.defined_name").DefinedName(name, attr_text=reference)
        self.workbook.defined_names[name] = found

    def month_title(self, title: str) -> str:
        """Return the formula of a title with the month that the workbook is for."""
        if self.lang == "ja":
            return f'="{title}  "&YEAR({MONTH})&"年"&MONTH({MONTH})&"月"'
        return f'="{title}, "&YEAR({MONTH})&"-"&TEXT(MONTH({MONTH}),"00")'

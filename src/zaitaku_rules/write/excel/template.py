"""The workbook to fill in: guide, scope, the month at one look, and a sheet for each list."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from zaitaku_rules.read.workbook.engine import openpyxl
from zaitaku_rules.read.workbook.words import list_sheets
from zaitaku_rules.write.excel.book import Book, Rows
from zaitaku_rules.write.excel.choices import put_choices
from zaitaku_rules.write.excel.guide_sheet import put_guide
from zaitaku_rules.write.excel.list_sheet import put_list
from zaitaku_rules.write.excel.overview_sheet import put_overview
from zaitaku_rules.write.excel.scope_sheet import put_scope


@dataclass(frozen=True, slots=True)
class Template:
    """What a workbook is made for: its month, language and size, and what is filled in beforehand."""

    month: str
    lang: str = "ja"
    users: int = 10
    file: str = "month.xlsx"
    as_of: date | None = None
    rows: Rows = field(default_factory=dict[str, list[dict[str, object]]])
    states: Mapping[str, str] = field(default_factory=dict[str, str])


def template_bytes(asked: Template) -> bytes:
    """Return the workbook as the bytes of an .xlsx file; raises InvalidCall where openpyxl is missing."""
    workbook = openpyxl().Workbook()
    workbook.remove(workbook.active)
    book = Book(workbook, asked.month, asked.lang, asked.users, asked.rows)
    put_guide(book, asked.file)
    put_scope(book, asked.as_of, asked.states)
    put_overview(book)
    for table in list_sheets():
        put_list(book, table)
    put_choices(book)
    workbook.properties.creator = "zaitaku-rules"
    workbook.properties.title = book.month_said()
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()

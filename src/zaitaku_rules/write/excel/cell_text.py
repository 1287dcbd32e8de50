"""Putting values into cells so that text stays text and a date keeps its format."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from zaitaku_rules.read.workbook.engine import openpyxl
from zaitaku_rules.write.line_breaks import cells

LONGEST = 32767
"""The longest text that a cell of Excel holds."""

_LINE = 13.5
_MOST_LINES = 28


def put(cell: Any, value: Any, moments: str = "General") -> None:
    """Put a value into a cell; text is no formula even where it begins like one."""
    if isinstance(value, str):
        cell.value = openpyxl("cell.cell").ILLEGAL_CHARACTERS_RE.sub("", value)[:LONGEST]
        cell.data_type = "s"
        return
    # openpyxl gives a date a format of its own.
    number_format = moments if isinstance(value, datetime) else cell.number_format
    cell.value = value
    cell.number_format = number_format


def height_of(text: object, width: float) -> float:
    """Return the height of a row that shows a text in a column, as far as a row may grow.

    Programs do not work that out for rows of a file that they open.
    """
    lines = sum(1 + int(cells(line) // max(width - 2, 1)) for line in str(text or "").split("\n"))
    return _LINE * min(lines, _MOST_LINES) + 4

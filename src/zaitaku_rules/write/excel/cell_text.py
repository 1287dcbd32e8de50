"""Putting values into cells so that text stays text and a date keeps its format."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from zaitaku_rules.read.workbook.engine import openpyxl

LONGEST = 32767
"""The longest text that a cell of Excel holds."""


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

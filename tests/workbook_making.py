"""Workbooks for tests: filled from an example, then changed cell by cell as a clerk might."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any

import openpyxl

from zaitaku_rules import Case
from zaitaku_rules.read.workbook.words import list_sheets, said
from zaitaku_rules.write.excel.filling import filled
from zaitaku_rules.write.excel.template import template_bytes

EXAMPLE = Path(__file__).parents[1] / "examples" / "hitachi-visit.json"
NAME = "month.xlsx"


@lru_cache(maxsize=4)
def _two_users(lang: str) -> bytes:
    text = EXAMPLE.read_text("utf-8")
    one, other = json.loads(text), json.loads(text)
    other["user"]["id"] = "U-302"
    cases = [Case.model_validate(one), Case.model_validate(other)]
    book = openpyxl.load_workbook(io.BytesIO(template_bytes(filled(cases, "2026-03", lang, 2, NAME))))
    # Of what nobody changes here the tests would only wait.
    for sheet in list_sheets().values():
        if sheet.part == "back" and book[sheet.title.said_in(lang)]["A4"].value is None:
            del book[sheet.title.said_in(lang)]
    del book[said("other_sheets", "overview").said_in(lang)]
    return saved(book)


def opened(source: Path | str, *, computed: bool = False) -> Any:
    """Return a workbook; the checkers know openpyxl by halves, so nothing is said of its type."""
    return openpyxl.load_workbook(source, data_only=computed)


def saved(book: Any) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def two_users(lang: str = "ja") -> Any:
    """Return a workbook of two users with the same kept month; the second has the id U-302."""
    return openpyxl.load_workbook(io.BytesIO(_two_users(lang)))


def changed(change: Callable[[Any], object], path: Path, lang: str = "ja") -> str:
    """Save the workbook of two users after a change, and return its path."""
    book = two_users(lang)
    change(book)
    book.save(path)
    return str(path)

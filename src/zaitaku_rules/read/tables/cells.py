"""Cells to the values of a case document: text as files write it, and the typed values of workbooks.

What cannot be read is handed on as it came, so that the models of the case say what is wrong with it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from typing import Any, cast

from zaitaku_rules.records.shapes import COVERS, Column
from zaitaku_rules.records.written import (
    clock_written,
    date_written,
    in_japan,
    moment_written,
    month_written,
    municipality_written,
    normal,
    provider_written,
)

_YES = frozenset({"true", "t", "yes", "y", "1", "はい", "有", "あり", "○", "〇", "◯"})
_NO = frozenset({"false", "f", "no", "n", "0", "いいえ", "無", "なし", "×", "✕"})
_LISTED = re.compile(r"[;；、\r\n]")


def value_of(cell: object, column: Column, *, tells_null: bool = False) -> Any:
    """Return what a cell says, as a case document writes it; None for a cell that says nothing."""
    if cell is None or cell != cell:  # noqa: PLR0124  # only "not a number", the null of float columns
        return [] if column.kind == "texts" and column.required and not tells_null else None
    if isinstance(cell, str) and not cell.strip() and (_is_strict(column) or not (cell or tells_null)):
        return [] if column.kind == "texts" and column.required else None
    return _READ[column.kind](cell, column)


def _is_strict(column: Column) -> bool:
    """Tell whether mere blanks say nothing: everywhere but in free text, where they are a blank text."""
    return bool(column.kind != "text" or column.allowed or column.name in _FORMS)


def _date(cell: object, _: Column) -> Any:
    if isinstance(cell, datetime) and in_japan(cell).time() == time():
        return in_japan(cell).date().isoformat()
    return _written(cell, date_written)


def _moment(cell: object, _: Column) -> Any:
    return _written(in_japan(cell) if isinstance(cell, datetime) else cell, moment_written)


def _either(cell: object, column: Column) -> Any:
    return _moment(cell, column) if isinstance(cell, datetime) else _written(cell, _date_or_moment)


def _date_or_moment(text: str) -> date | None:
    return date_written(text) or moment_written(text)


def _written(cell: object, read: Callable[[str], date | None]) -> Any:
    if isinstance(cell, str):
        found = read(cell)
        return found.isoformat() if found else cell.strip()
    return cell.isoformat() if isinstance(cell, date) else cell


def _flag(cell: object, _: Column) -> Any:
    if isinstance(cell, int | float) and cell in (0, 1):
        return bool(cell)
    word = normal(cell).lower() if isinstance(cell, str) else ""
    return True if word in _YES else False if word in _NO else cell


def _texts(cell: object, _: Column) -> Any:
    if isinstance(cell, list | tuple):
        return [*cast("list[object]", cell)]
    parts = _LISTED.split(str(_plain(cell)))
    return [part.strip() for part in parts if part.strip()]


def _text(cell: object, column: Column) -> Any:
    if form := _FORMS.get(column.name):
        return form(cell)
    plain = _plain(cell)
    return plain.strip() if column.allowed and isinstance(plain, str) else plain


def _plain(cell: object) -> object:
    """Return a cell as text where a workbook made of the text a number, a day or a time of day."""
    if isinstance(cell, bool):
        return cell
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, time):
        return f"{cell:%H:%M}"
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell) if isinstance(cell, int | float) else cell


def _covers(cell: object) -> Any:
    word = normal(str(cell)).lower()
    return COVERS.get(word, [word])


def _clock(cell: object) -> Any:
    if isinstance(cell, datetime):
        return f"{cell:%H:%M}"
    text = str(_plain(cell)).strip()
    clock = clock_written(text)
    return f"{clock:%H:%M}" if clock else text


def _month(cell: object) -> Any:
    if isinstance(cell, date):
        return f"{cell:%Y-%m}"
    text = str(_plain(cell)).strip()
    return month_written(text) or text


def _days_per_month(cell: object) -> Any:
    text = normal(str(_plain(cell)))
    return int(text) if re.fullmatch(r"\d{1,2}", text, re.ASCII) else text


def _provider(cell: object) -> Any:
    text = str(_plain(cell)).strip()
    return provider_written(text if isinstance(cell, str) else text.zfill(10)) or text


def _municipality(cell: object) -> Any:
    """Return a code; of a number, which has lost its leading zero, only where one code alone can be meant."""
    text = str(_plain(cell)).strip()
    if isinstance(cell, str):
        return municipality_written(text) or text
    read = {municipality_written(text.zfill(width)) for width in (5, 6) if len(text) <= width}
    meant = [code for code in read if code and "01" <= code[:2] <= "47"]
    return meant[0] if len(meant) == 1 else cell


_FORMS: Mapping[str, Callable[[object], Any]] = {
    "covers": _covers,
    "start": _clock,
    "end": _clock,
    "month": _month,
    "days_per_month": _days_per_month,
    "provider": _provider,
    "provider_number": _provider,
    "municipality": _municipality,
}
"""The columns of text that hold something else than text, by name."""

_READ: Mapping[str, Callable[[object, Column], Any]] = {
    "text": _text,
    "date": _date,
    "moment": _moment,
    "either": _either,
    "flag": _flag,
    "texts": _texts,
}

"""What a cell says, in the words of the contract, or what is wrong with it."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from typing import Any

from zaitaku_rules.errors import Message, nearest, shown_value
from zaitaku_rules.read.tables.cells import value_of
from zaitaku_rules.read.workbook.cells import Cell
from zaitaku_rules.read.workbook.words import (
    choices,
    column_of,
    folded,
    is_free,
    known_values,
    none_words,
    value_word,
)
from zaitaku_rules.records.written import normal

UNCOMPUTED = Message(
    "数式の計算結果がありません。Excel か LibreOffice で開いて保存し直すか、値を書いてください。",
    "a formula without a computed value: open the workbook in Excel or LibreOffice and save it, "
    "or write the value",
)
NO_CLOCK = Message(
    "空です。時刻を 9:30 のように書いてください。", "blank: write the time of day, such as 9:30"
)
_CLOCK = re.compile(r"(\d{1,2})(?::|時)(\d{1,2})分?")
_WESTERN = re.compile(r"(\d{4})[/.](\d{1,2})[/.](\d{1,2})(?=$|\s)")
_BLANK_TEXT = " "


def value_in(cell: Cell, table: str, field: str) -> Any:
    """Return the value of a cell for the reader of tables, or a Message that says what is wrong with it."""
    if cell.is_error:
        return _error_value(cell)
    if cell.is_uncomputed:
        return UNCOMPUTED
    if cell.is_blank:
        return None
    column, value = column_of(table, field), cell.value
    if field == "at_clock" or field in ("start", "end"):
        return _clock(value)
    if column.kind in ("date", "moment", "either"):
        return _day(cell, column.kind)
    if choices(table, field) and not isinstance(value, bool):
        return _chosen(value, table, field)
    if column.kind in ("text", "texts") and not column.allowed and folded(value) in none_words():
        return _nothing(table, field, value)
    return value


def _error_value(cell: Cell) -> Message:
    name = str(cell.value)
    return Message(
        f"数式が誤りの値({name})です。数式を直すか、値を書いてください。",
        f"the formula gives the error {name}: correct it, or write the value",
    )


def _nothing(table: str, field: str, value: object) -> object:
    """Return a text that says that there was nothing, or the empty list; elsewhere the word as it stands."""
    if column_of(table, field).kind == "texts":
        return "" if column_of(table, field).required else []
    return _BLANK_TEXT if field in ("activity", "support", "wish_reason") else value


def _chosen(value: Any, table: str, field: str) -> Any:
    known = known_values(table, field)
    if found := known.get(folded(value)):
        return {"true": True, "false": False}.get(found, found)
    column = column_of(table, field)
    # The reader of tables knows more signs for yes and no, such as ○.
    if is_free(table, field) or (column.kind == "flag" and isinstance(value_of(value, column), bool)):
        return value
    shown, near = shown_value(value), nearest(folded(value), known)
    words = [value_word(table, field, one) for one in choices(table, field)]
    meant = value_word(table, field, known[near]) if near else None
    ja, en = (f"「{shown}」: ", f"found {shown}: ") if shown else ("", "")
    return Message(
        f"{ja}使えない言葉です。{f'{meant.ja} のことですか。' if meant else ''}"
        f"使える言葉: {'、'.join(one.ja for one in words)}",
        f"{en}word not known{f'; did you mean {meant.en}?' if meant else ''} "
        f"(allowed: {', '.join(one.en for one in words)})",
    )


def _day(cell: Cell, kind: str) -> Any:
    """Return a day or moment; at midnight, which is what Excel makes of a day, where either fits a day."""
    value = cell.value
    if isinstance(value, bool | int | float | time | timedelta):
        return _no_day(value)
    if isinstance(value, datetime) and kind == "either":
        return value if value.time() != time() else value.date()
    return _western(value) if isinstance(value, str) else value


def _no_day(value: object) -> Message:
    shown = shown_value(value)
    ja, en = (f"「{shown}」: ", f"found {shown}: ") if shown else ("", "")
    return Message(
        f"{ja}日付ではなく数です。セルの表示形式を日付にするか、R8.12.1 のように書いてください。",
        f"{en}a number and no date: give the cell the format of a date, or write such as 2026-12-01",
    )


def _western(text: str) -> str:
    """Return a date such as 2026/12/1, which a cell of text may hold, in ISO form; other text as it is."""
    plain = normal(text)
    found = _WESTERN.match(plain)
    if not found:
        return plain
    year, month, day = found.groups()
    return f"{year}-{month.zfill(2)}-{day.zfill(2)}{plain[found.end() :]}"


def _clock(value: Any) -> Any:
    """Return a time of day as HH:MM; a cell may hold it as time, duration, moment or text."""
    if isinstance(value, timedelta) and timedelta() <= value < timedelta(days=1):
        value = time(*divmod(value.seconds // 60, 60), value.seconds % 60)
    if isinstance(value, datetime | time):
        return _to_minute(value)
    found = _CLOCK.fullmatch(normal(value)) if isinstance(value, str) else None
    return f"{found[1].zfill(2)}:{found[2].zfill(2)}" if found else _no_clock(value)


def _to_minute(value: datetime | time) -> str:
    """Return the time to the second, without what a fraction of a day adds to it."""
    return f"{value:%H:%M:%S}".removesuffix(":00")


def _no_clock(value: object) -> Message:
    shown = shown_value(value)
    ja, en = (f"「{shown}」: ", f"found {shown}: ") if shown else ("", "")
    return Message(
        f"{ja}時刻ではありません。9:30 のように書いてください。", f"{en}not a time of day: write such as 9:30"
    )


def moment_of(day: Any, clock: Any) -> Any:
    """Return the moment that two cells write, a day and a time; without the time the day."""
    if isinstance(day, datetime) and (clock is not None or day.time() == time()):
        day = day.date()
    if day is None or clock is None:
        return day
    return f"{day.isoformat()}T{clock}" if isinstance(day, date) else f"{day} {clock}"

"""Rows with the types of the contract: what cannot be read is set aside with its reason."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from zaitaku_rules.bulk.engines import ibis
from zaitaku_rules.bulk.shapes import Column, Shape, shapes
from zaitaku_rules.bulk.tables import Tables
from zaitaku_rules.errors import InvalidInput, nearest, shown_name

EPOCH = dt.date(1970, 1, 1).toordinal()
REASON = "reason"
"""The column that says why a row cannot be read; null for a good row."""

_LISTED = ";"
"""What parts the items of a list that a CSV file writes as one text."""

_DATE_ALONE = r"^\d{4}-\d{2}-\d{2}$"


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Rows that could not be read: how many of a table have the same reason."""

    table: str
    reason: str
    rows: int


def typed(tables: Tables, name: str) -> Any:
    """Return a table with the columns of its shape, each of its type, and the column `reason`.

    A moment becomes the time in Japan without offset. Of a column "either" there are two: the day under
    its own name, and the moment (null for a mere date) under `NAME_moment`.
    Raises InvalidInput where a required column is missing or an unknown one is given.
    """
    shape, given = shapes()[name], tables.given[name]
    _check_columns(shape, list(given.columns))
    columns: dict[str, Any] = {}
    reasons: list[tuple[Any, str]] = []
    for column in shape.columns:
        if column.name not in given.columns:
            columns |= _absent(column)
            continue
        raw = given[column.name]
        columns |= _read(column, raw)
        reasons += _faults(column, raw, columns[column.name])
    columns[REASON] = ibis.cases(*reasons, else_=None) if reasons else ibis.null("string")
    return given.select(**columns)


def _check_columns(shape: Shape, given: list[str]) -> None:
    known = [column.name for column in shape.columns]
    for name in given:
        if name not in known:
            near = nearest(name, known)
            raise InvalidInput(
                f"表 {shape.name} にその列はありません。{f'{near} のことですか。' if near else ''}",
                f"table {shape.name} has no such column{f'; did you mean {near}?' if near else ''}",
                place=f"{shape.name}.{shown_name(name)}",
            )
    for column in shape.columns:
        if column.required and column.name not in given:
            raise InvalidInput(
                f"表 {shape.name} に列 {column.name} がありません。",
                f"table {shape.name} lacks the column {column.name}",
                place=f"{shape.name}.{column.name}",
            )


_TYPES = {
    "text": "string",
    "date": "date",
    "moment": "timestamp",
    "either": "date",
    "flag": "boolean",
    "texts": "array<string>",
}


def _absent(column: Column) -> dict[str, Any]:
    found = {column.name: ibis.null(_TYPES[column.kind])}
    if column.kind == "either":
        found[f"{column.name}_moment"] = ibis.null("timestamp")
    return found


def _read(column: Column, raw: Any) -> dict[str, Any]:
    kind = raw.type()
    match column.kind:
        case "date":
            return {column.name: _day(raw, kind)}
        case "moment":
            return {column.name: _moment(raw, kind)}
        case "either":
            return {column.name: _day(raw, kind), f"{column.name}_moment": _moment_said(raw, kind)}
        case "flag":
            value = raw if kind.is_boolean() else raw.try_cast("boolean")
        case "texts":
            value = raw if kind.is_array() else raw.cast("string").split(_LISTED)
        case _:
            value = raw if kind.is_string() else raw.cast("string")
    return {column.name: value}


def _moment(raw: Any, kind: Any) -> Any:
    """Return the time in Japan: the engine's session speaks it, so a plain cast gives it."""
    if kind.is_timestamp():
        return raw.cast("timestamp") if kind.timezone else raw
    return raw.try_cast("timestamp('Asia/Tokyo')").cast("timestamp")


def _day(raw: Any, kind: Any) -> Any:
    if kind.is_date():
        return raw
    if kind.is_timestamp():
        return _moment(raw, kind).date()
    return _moment(raw, kind).date() if kind.is_string() else raw.try_cast("date")


def _moment_said(raw: Any, kind: Any) -> Any:
    """Return the moment where one is said, null where only a date is."""
    if kind.is_date():
        return ibis.null("timestamp")
    if kind.is_timestamp():
        return _moment(raw, kind)
    return ibis.ifelse(raw.re_search(_DATE_ALONE), ibis.null("timestamp"), _moment(raw, kind))


def _faults(column: Column, raw: Any, value: Any) -> list[tuple[Any, str]]:
    found: list[tuple[Any, str]] = []
    if column.required:
        found.append((raw.isnull(), f"{column.name}: missing"))
    if not raw.type().is_string() or column.kind in ("date", "moment", "either", "flag"):
        found.append((raw.notnull() & value.isnull(), f"{column.name}: not a {column.kind}"))
    if column.allowed:
        found.append((value.notin(list(column.allowed)), f"{column.name}: unknown value"))
    return found


def cell_of(day: Any, start: int) -> Any:
    """Return the cell of a date column on the page that begins on the ordinal `start`."""
    return (day.epoch_days() + (EPOCH - start)).cast("int64")


def bit_of(cell: Any) -> Any:
    """Return the word of one cell; the 1 is 64 bits wide, or some engines overflow at the 32nd day."""
    return ibis.literal(1, "int64").cast("int64") << cell

"""Rows with the types of the contract: what cannot be read is set aside with its reason."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from zaitaku_rules.bulk.contradictions import contradictions
from zaitaku_rules.bulk.engines import ibis
from zaitaku_rules.bulk.forms import DATE, DAY_OF_EITHER, MOMENT, Strange, Written, text_form
from zaitaku_rules.bulk.tables import Tables
from zaitaku_rules.errors import InvalidInput, nearest, shown_name
from zaitaku_rules.records.shapes import Column, Shape, shapes

EPOCH = dt.date(1970, 1, 1).toordinal()
REASON = "reason"
"""The column that says why a row cannot be read; null for a good row. It replaces the reason of a waiver."""

GIVEN_REASON = "given_reason"
"""The column with the reason that a waiver itself gives."""

_LISTED = ";"
"""What parts the items of a list that a CSV file writes as one text."""

_UNKNOWN = frozenset({""})
"""Stands for the texts of a column that may hold any."""

_PLAIN_DATE = r"^\d{4}-\d{2}-\d{2}$"
_PLAIN_MOMENT = r"^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:\d{2})?$"


Readers: TypeAlias = list[tuple[Column, Callable[[Any], dict[str, Any]]]]
"""The columns that a table has, each with the function that gives its values."""


def asked_of(
    tables: Tables, name: str, few: Mapping[str, frozenset[str]], strange: Strange | None = None
) -> tuple[Written, Readers]:
    """Return what is to be read of a table, with the readers of its columns."""
    shape, given = shapes()[name], tables.given[name]
    _check_columns(shape, list(given.columns))
    here = [column for column in shape.columns if column.name in given.columns]
    formed = [column.name for column in here if text_form(column)]
    given = given.mutate(**{text: _as_text(given[text], text) for text in formed})
    written = Written(tables.connection, given, few, strange)
    return written, [(column, _reader(column, written, given[column.name])) for column in here]


def typed(
    tables: Tables, name: str, few: Mapping[str, frozenset[str]], strange: Strange | None = None
) -> Any:
    """Return a table with the columns of its shape, each of its type, and the column `reason`.

    `few` holds all texts of columns that have few, `strange` those that need reading, if known.

    A moment becomes the time in Japan without offset. Of a column "either" there are two: the day under
    its own name, and the moment (null for a mere date) under `NAME_moment`.
    Raises InvalidInput where a required column is missing or an unknown one is given.
    """
    written, readers = asked_of(tables, name, few, strange)
    rows, columns, reasons = written.read(), dict[str, Any](), list[tuple[Any, str]]()
    for column, read in readers:
        columns |= read(rows)
        is_listed = few.get(column.name, _UNKNOWN).issubset(column.allowed)
        reasons += _faults(column, rows[column.name], columns[column.name], is_listed=is_listed)
    for column in shapes()[name].columns:
        columns |= {} if column.name in written.given.columns else _absent(column)
    reasons += contradictions(name, columns)
    if REASON in columns:
        columns[GIVEN_REASON] = columns[REASON]
    return rows.select(**(columns | {REASON: ibis.cases(*reasons, else_=None)}))


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


def _as_text(raw: Any, name: str) -> Any:
    """Return a column of numbers or times as text; of a time of day HH:MM."""
    text = raw if raw.type().is_string() else raw.cast("string")
    return text.substr(0, 5) if name in ("start", "end") and not raw.type().is_string() else text


def _reader(column: Column, written: Written, raw: Any) -> Callable[[Any], dict[str, Any]]:
    """Return the function that gives the values of a column, once all columns are read."""
    name, form, is_text = column.name, text_form(column), raw.type().is_string()
    if column.kind == "either" and is_text:
        day = written.value(name, DAY_OF_EITHER, _plain_day)
        moment = written.value(name, MOMENT, _plain_moment)
        return lambda rows: {name: day(rows), f"{name}_moment": moment(rows)}
    if column.kind in ("date", "moment") and is_text:
        plain = _plain_date if column.kind == "date" else _plain_moment
        said = written.value(name, DATE if column.kind == "date" else MOMENT, plain)
    elif form:
        said = written.text(name, form)
    else:
        return lambda rows: _typed(column, rows[name])
    return lambda rows: {name: said(rows)}


def _plain_date(raw: Any) -> Any:
    return ibis.ifelse(raw.re_search(_PLAIN_DATE), raw.try_cast("date"), ibis.null("date"))


def _plain_moment(raw: Any) -> Any:
    """Return the time in Japan: the engine's session speaks it, so a plain cast gives it."""
    moment = raw.try_cast("timestamp('Asia/Tokyo')").cast("timestamp")
    return ibis.ifelse(raw.re_search(_PLAIN_MOMENT), moment, ibis.null("timestamp"))


def _plain_day(raw: Any) -> Any:
    return _plain_date(raw).coalesce(_plain_moment(raw).date())


def _typed(column: Column, raw: Any) -> dict[str, Any]:
    """Return the values of a column that is text of any kind, or has a type of its own."""
    kind, name = raw.type(), column.name
    moment = raw.cast("timestamp") if kind.is_timestamp() and kind.timezone else raw
    match column.kind:
        case "date" | "either":
            day = moment.date() if kind.is_timestamp() else raw if kind.is_date() else raw.try_cast("date")
            said = moment if kind.is_timestamp() else ibis.null("timestamp")
            return {name: day} if column.kind == "date" else {name: day, f"{name}_moment": said}
        case "moment":
            return {name: moment if kind.is_timestamp() else ibis.null("timestamp")}
        case "flag":
            return {name: raw if kind.is_boolean() else raw.try_cast("boolean")}
        case "texts":
            return {name: raw if kind.is_array() else _listed(raw.cast("string"), column)}
        case _:
            return {name: raw if kind.is_string() else raw.cast("string")}


def _listed(raw: Any, column: Column) -> Any:
    """Return the items of a text; a list that must be given is empty where nothing stands."""
    blank = ibis.literal([], "array<string>") if column.required else ibis.null("array<string>")
    return ibis.ifelse(raw.coalesce("") == "", blank, raw.split(_LISTED))


_NATIVE: dict[str, tuple[str, ...]] = {
    "date": ("is_date", "is_timestamp"),
    "either": ("is_date", "is_timestamp"),
    "moment": ("is_timestamp",),
    "flag": ("is_boolean",),
}
"""The types in which each kind of column needs no reading."""


def _is_native(column: Column, raw: Any) -> bool:
    return any(getattr(raw.type(), name)() for name in _NATIVE.get(column.kind, ()))


def _faults(column: Column, raw: Any, value: Any, *, is_listed: bool) -> list[tuple[Any, str]]:
    found, form = list[tuple[Any, str]](), text_form(column)
    is_list_as_text = column.kind == "texts" and raw.type().is_string()
    if column.required and not is_list_as_text:
        found.append((raw.isnull(), f"{column.name}: missing"))
        if column.kind == "text" and raw.type().is_string() and not column.allowed:
            found.append((raw == "", f"{column.name}: missing"))
    if (form or column.kind in _NATIVE) and not (_is_native(column, raw) or value.equals(raw)):
        name = form.name if form else column.kind
        found.append((raw.notnull() & value.isnull(), f"{column.name}: not a {name}"))
    if column.allowed and not is_listed:
        found.append((value.notin(list(column.allowed)), f"{column.name}: unknown value"))
    return found


def cell_of(day: Any, start: int) -> Any:
    """Return the cell of a date column on the page that begins on the ordinal `start`."""
    return (day.epoch_days() + (EPOCH - start)).cast("int64")


def bit_of(cell: Any) -> Any:
    """Return the word of one cell, from a number that no engine takes for one of 32 bits."""
    return ibis.literal(1 << 62, "int64") >> (62 - cell)

"""The texts that occur in columns of few different ones, so that rows need not be read one by one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from zaitaku_rules.bulk.engines import Rows, ibis
from zaitaku_rules.bulk.forms import text_form
from zaitaku_rules.bulk.tables import Tables
from zaitaku_rules.records.shapes import Column, shapes

Domain: TypeAlias = frozenset[str]
"""All texts of a column, but for missing ones."""

_FEW = 10_000


def domains(tables: Tables) -> Mapping[str, Mapping[str, Domain]]:
    """Return by table and column the texts of columns that hold few; others are not named.

    Looked up in one query, where texts are kept by number and looking them up costs less than reading rows.
    """
    if tables.connection.name != "duckdb":
        return {}
    parts = [_distinct(tables.given[name], column, name) for name, column in _asked(tables)]
    if not parts:
        return {}
    found: dict[str, dict[str, set[str]]] = {}
    for row in tables.connection.to_pyarrow(ibis.union(*parts)).to_pylist():
        texts = found.setdefault(row["table"], {}).setdefault(row["column"], set())
        if row["value"] is not None:
            texts.add(row["value"])
    return {
        table: {name: frozenset(texts) for name, texts in columns.items() if len(texts) <= _FEW}
        for table, columns in found.items()
    }


def _distinct(rows: Rows, column: str, table: str) -> Rows:
    few = rows.select(value=rows[column]).distinct().limit(_FEW + 2)
    return few.select(table=ibis.literal(table), column=ibis.literal(column), value="value")


def _asked(tables: Tables) -> list[tuple[str, str]]:
    """Return the tables with their columns of which few texts are expected."""
    return [
        (name, column.name)
        for name, given in tables.given.items()
        for column in shapes()[name].columns
        if column.name in given.columns and _has_few(column) and given[column.name].type().is_string()
    ]


def _has_few(column: Column) -> bool:
    form = text_form(column)
    return bool(column.allowed) or (form is not None and form.plain is not None)

"""Tables of the contract as CSV files in a folder, which appears whole or not at all."""

from __future__ import annotations

import csv
import os
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, cast

from zaitaku_rules.errors import InvalidCall
from zaitaku_rules.read import shown_path
from zaitaku_rules.read.tables import Table
from zaitaku_rules.read.tables.cells import value_of
from zaitaku_rules.records.shapes import COVERS, shapes


def write_tables(tables: Sequence[Table], folder: str) -> dict[str, int]:
    """Write each table as NAME.csv into a new folder; return how many rows each has.

    Raises InvalidCall where the folder is there already, OSError where it cannot be written.
    """
    target = Path(folder)
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise InvalidCall(
            "すでにあるので書きません。新しいフォルダーの名前にしてください。",
            "exists already and was not written: name a new folder",
            place=shown_path(folder),
        )
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    part.mkdir(parents=True)
    try:
        counts = {table.name: _write(table, part / f"{table.name}.csv") for table in tables}
        if target.exists():
            target.rmdir()
        part.rename(target)
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return counts


def _write(table: Table, path: Path) -> int:
    """Write the rows of a table that differ; columns that no row fills are left out unless needed."""
    rows = [*{tuple(row.values()): row for row in map(_said(table), table.rows)}.values()]
    names = [
        column.name
        for column in shapes()[table.name].columns
        if column.required or any(row[column.name] != "" for row in rows)
    ]
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(names)
        writer.writerows([row[name] for name in names] for row in rows)
    return len(rows)


def _said(table: Table) -> Any:
    def said(row: Any) -> Mapping[str, str]:
        columns = shapes()[table.name].columns
        values = {
            column.name: value_of(row.cells.get(column.name), column, tells_null=table.tells_null)
            for column in columns
        }
        return {name: _text(name, value) for name, value in values.items()}

    return said


def _text(name: str, value: Any) -> str:
    if name == "covers":
        return next((word for word, listed in COVERS.items() if listed == value), ";".join(value or ()))
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return ";".join(map(str, cast("list[object]", value)))
    return "" if value is None else str(value)

"""Tables as CSV files, as an office's own program or Excel would write them."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any, cast

from as_tables import Rows, tables_of

Document = dict[str, Any]


def put_csv(folder: Path, *documents: Document, encoding: str = "utf-8", newline: str = "\n") -> Path:
    """Write the tables of documents into a folder, one file each."""
    folder.mkdir(exist_ok=True)
    for name, table in tables_of(documents).items():
        text = csv_of(table.column_names, table.to_pylist(), newline)
        (folder / f"{name}.csv").write_bytes(text.encode(encoding))
    return folder


def csv_of(names: list[str], rows: Rows, newline: str = "\n") -> str:
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator=newline)
    writer.writerow(names)
    writer.writerows([cell(row[name]) for name in names] for row in rows)
    return stream.getvalue()


def cell(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return ";".join(cast("list[str]", value))
    return "" if value is None else str(value)


def changed(path: Path, old: str, new: str, count: int = 1) -> None:
    """Change a text in a file, as a slip of an office would."""
    text = path.read_text("utf-8")
    assert old in text, f"{path.name} holds no {old}"
    path.write_text(text.replace(old, new, count), "utf-8")

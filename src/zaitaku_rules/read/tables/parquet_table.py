"""One table of the contract from a Parquet file, or from a folder of them."""

from __future__ import annotations

from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

from zaitaku_rules.errors import UnreadableFile, missing_extra
from zaitaku_rules.read.tables.table import Spot, Table, TableRow


def parquet_table(path: Path, place: str) -> Table:
    """Return the table of a Parquet file; raises InvalidCall without pyarrow, InvalidInput for no table.

    Rows are numbered from 1, for there is no heading.
    """
    try:
        parquet: Any = import_module("pyarrow.parquet")
    except ImportError as error:
        raise missing_extra(error.name, "bulk") from None
    try:
        arrow = parquet.read_table(path)
        found = arrow.to_pylist()
    except Exception as error:  # Arrow's errors, and those of values that Python cannot hold
        raise UnreadableFile(
            f"Parquet として読めません({type(error).__name__})。書き出し直してください。",
            f"cannot be read as Parquet ({type(error).__name__}): write it again",
            place=place,
        ) from None
    rows = [
        TableRow(cells, f"{place}:{number}", partial(Spot, f"{place}:{number}"))
        for number, cells in enumerate(found, 1)
    ]
    name = path.name if path.is_dir() else path.stem
    return Table(name, arrow.column_names, rows, place, partial(Spot, place), tells_null=True)

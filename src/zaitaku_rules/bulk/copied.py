"""Tables of an engine that cannot compute our expressions, copied once to files that the embedded one reads.

Rows come in pieces and go into Parquet, so that memory is bounded by the piece; of events only those near
the month are asked for.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from zaitaku_rules.bulk.engines import Rows, ibis, pq
from zaitaku_rules.days import Calendar
from zaitaku_rules.records.shapes import Shape, shapes

COMPUTING = ("duckdb", "pyspark")
"""The engines that compute our expressions themselves."""

_ROWS = 1 << 16


def copied(
    given: Mapping[str, Rows], engine: Any, embedded: Any, folder: str | Path, near: Calendar | None
) -> dict[str, Rows]:
    """Return tables of `engine` as `embedded` reads them from files that are written into `folder`.

    Frames among them are of no engine and stay as they are.
    `near` is the month whose page and the days beside it are enough of what happened on a day.
    """
    found: dict[str, Rows] = {}
    for name, table in given.items():
        path, shape = Path(folder) / f"{name}.parquet", shapes()[name]
        if not table._find_backends()[0]:
            found[name] = table
            continue
        if engine.name == "sqlite":
            rows = _plain(table, days=False)
        else:
            rows = _plain(_near(table, shape, near), days=shape.is_dated)
        _copy(rows, engine, path)
        found[name] = embedded.read_parquet(str(path))
    return found


def _copy(rows: Rows, engine: Any, path: Path) -> None:
    reader = engine.to_pyarrow_batches(rows, chunk_size=_ROWS)
    with pq.ParquetWriter(str(path), reader.schema, compression="zstd") as writer:
        for batch in reader:
            writer.write_batch(batch)


def _near(rows: Rows, shape: Shape, calendar: Calendar | None) -> Rows:
    """Return the rows of a table of events that lie near the month; where days are text, all."""
    if calendar is None or shape.day not in rows.columns or shape.name == "submissions":
        return rows
    day = rows[shape.day]
    if not (day.type().is_date() or day.type().is_timestamp()):
        return rows
    # A day more on both sides: the engine may take a moment for one of another day than Japan does.
    begin, end = calendar.start - 1, calendar.start + calendar.cells + 1
    inside = (day >= _midnight(day, begin)) & (day < _midnight(day, end))
    return rows.filter(inside | day.isnull())


def _midnight(day: Any, ordinal: int) -> Any:
    return ibis.literal(date.fromordinal(ordinal)).cast("date" if day.type().is_date() else "timestamp")


def _plain(rows: Rows, *, days: bool) -> Rows:
    """Return the rows with all as text that Arrow has no sure type for; days only where they are `days`.

    SQLite keeps any text in a column of dates, and PostgreSQL's dates of papers may be infinite.
    """
    odd = [name for name in rows.columns if not _is_plain(rows[name].type(), days=days)]
    return rows.mutate(**{name: rows[name].cast("string").nullif("infinity") for name in odd})


def _is_plain(kind: Any, *, days: bool) -> bool:
    if kind.is_array():
        return bool(kind.value_type.is_string())
    is_day = kind.is_date() or kind.is_timestamp()
    is_other = kind.is_string() or kind.is_boolean() or kind.is_integer() or kind.is_floating()
    return (is_day and days) or is_other or kind.is_time()

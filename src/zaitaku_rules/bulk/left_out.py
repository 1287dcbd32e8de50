"""Rows left out: counted by table and reason, and written as CSV."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

from zaitaku_rules.bulk.engines import ArrowTable
from zaitaku_rules.records.shapes import shapes

LINE = "line"
"""The column of rows left out that says in which line of a CSV file they stand; for lost lines alone."""


class LeftOutCounts:
    """How many rows of each table were left out for each reason, and of how many keys."""

    def __init__(self) -> None:
        """Start at nothing."""
        self._counts: dict[tuple[str, str], list[int]] = {}

    def add(self, tables: list[ArrowTable]) -> list[dict[str, Any]]:
        """Count tables of rows left out, and return their rows."""
        rows = [row for table in tables for row in table.to_pylist()]
        for row in rows:
            counted = self._counts.setdefault((row["table"], row["reason"]), [0, 0])
            counted[0] += row["rows"]
            counted[1] += 1
        return rows

    def entries(self) -> list[dict[str, Any]]:
        """Return the counts as data, ordered by table and reason."""
        return [
            {"table": table, "reason": reason, "rows": rows, "keys": keys}
            for (table, reason), (rows, keys) in sorted(self._counts.items())
        ]


class LeftOutWriter:
    """Writes rows left out as CSV; where there are none there is no file."""

    def __init__(self, path: Path) -> None:
        """Remember where to write."""
        self._path = path
        self.counts = LeftOutCounts()

    def add(self, tables: list[ArrowTable]) -> None:
        """Write the rows of tables of rows left out."""
        rows = self.counts.add(tables)
        if not rows:
            return
        is_new = not self._path.exists()
        with self._path.open("a", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream, lineterminator="\n")
            if is_new:
                writer.writerow(("table", "key_column", "key", "reason", "rows", LINE))
            for row in rows:
                name = row["table"]
                said = (row["key"], row["reason"], row["rows"], row.get(LINE))
                writer.writerow((name, shapes()[name].key, *said))

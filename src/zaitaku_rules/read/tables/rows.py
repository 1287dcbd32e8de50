"""The rows of one table as a case document has them, by whose they are, each beside the row it came from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from zaitaku_rules.read.tables.cells import value_of
from zaitaku_rules.read.tables.table import Table, TableRow
from zaitaku_rules.records.shapes import Shape, shapes
from zaitaku_rules.records.written import date_written, moment_written


@dataclass(frozen=True, slots=True)
class ReadRow:
    """A row read: whose it is, what it says without that, and on which day it happened, if that is told."""

    row: TableRow
    key: str | None
    said: Mapping[str, Any]
    day: date | None


class ReadTable:
    """The rows of one table by key, equal rows as often as they stand there, in an order of their own.

    The order is that of the day and then of what is said, so a case does not depend on the order in a file.
    """

    def __init__(self, table: Table) -> None:
        """Read all cells of `table`, which must be one of the contract."""
        self.table = table
        self.shape: Shape = shapes()[table.name]
        self.rows: list[ReadRow] = [*map(self._read, table.rows)]
        self._of: dict[str | None, list[ReadRow]] = defaultdict(list)
        for row in sorted(self.rows, key=lambda row: self.shape.order(row.said)):
            self._of[row.key].append(row)

    def of(self, key: str | None) -> list[ReadRow]:
        """Return the rows of a user or provider; of None those that do not say whose they are."""
        return self._of.get(key, [])

    def _read(self, row: TableRow) -> ReadRow:
        tells_null = self.table.tells_null
        said = {
            column.name: value
            for column in self.shape.columns
            if (value := value_of(row.cells.get(column.name), column, tells_null=tells_null)) is not None
        }
        key = said.pop(self.shape.key, None)
        # A number is a key too, where a typed file holds one.
        return ReadRow(row, None if key is None else str(key), said, self._day(said))

    def _day(self, said: Mapping[str, Any]) -> date | None:
        written = said.get(self.shape.day or "")
        if not isinstance(written, str):
            return None
        moment = moment_written(written)
        return moment.date() if moment else date_written(written)

"""The rows of a sheet as the rows of a table: values by field, and for each the cell in which it stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from zaitaku_rules.errors import Message
from zaitaku_rules.read.tables import Spot, Table, TableRow
from zaitaku_rules.read.workbook.cells import Line, Sheet, at
from zaitaku_rules.read.workbook.headings import Headings
from zaitaku_rules.read.workbook.values import NO_CLOCK, moment_of, value_in
from zaitaku_rules.read.workbook.words import MOMENT_PARTS, column_of

_DAY, _CLOCK = MOMENT_PARTS
_MOMENT = "at"


@dataclass(frozen=True, slots=True)
class ListRows:
    """The rows of one list in its sheet."""

    table: str
    sheet: Sheet
    headings: Headings
    lines: Sequence[Line]

    def as_table(self) -> Table:
        """Return the table that the reader of tables takes."""
        columns = [_MOMENT if name == _DAY else name for name in self.headings.columns if name != _CLOCK]
        rows = [self._row(line) for line in self.lines]
        heading = partial(self.spot, self.headings.row, {})
        return Table(self.table, columns, rows, self.sheet.shown, heading, tells_null=True)

    def spot(self, row: int, values: Mapping[str, Any], name: str) -> Spot:
        """Return the cell of a field; of a moment in two cells the one that lacks something."""
        columns = self.headings.columns
        if name == _MOMENT and name not in columns:
            lacks_clock = values.get(_DAY) is not None and values.get(_CLOCK) is None
            name = _CLOCK if lacks_clock and _CLOCK in columns else _DAY
        column = columns.get(name, 0)
        return Spot(self.sheet.cell(row, column), "" if column else name)

    def _row(self, line: Line) -> TableRow:
        row, cells = line
        columns = self.headings.columns
        values = {name: value_in(at(cells, column), self.table, name) for name, column in columns.items()}
        spot = partial(self.spot, row, values)
        faults = {name: value for name, value in values.items() if isinstance(value, Message)}
        if self._lacks_clock(values):
            faults[_CLOCK] = NO_CLOCK
        sound = {name: value for name, value in values.items() if name not in faults}
        if _DAY in sound and _CLOCK not in faults:
            sound[_MOMENT] = moment_of(sound[_DAY], sound.get(_CLOCK))
        return TableRow(sound, self.sheet.cell(row, 0), spot, faults)

    def _lacks_clock(self, values: Mapping[str, Any]) -> bool:
        """Return whether a row names a day without the time that its moment needs."""
        day = moment_of(values.get(_DAY), values.get(_CLOCK))
        needs = _CLOCK in values and column_of(self.table, _CLOCK).kind == "moment"
        return (
            needs and values[_CLOCK] is None and day is not None and not isinstance(day, datetime | Message)
        )

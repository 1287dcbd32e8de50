"""The tables of one month: typed rows, the day of the question, and the rows that were left out."""

from __future__ import annotations

from datetime import date
from typing import Any

from zaitaku_rules.bulk.engines import ArrowTable, Rows, ibis, pa
from zaitaku_rules.bulk.rows import REASON, typed
from zaitaku_rules.bulk.shapes import COVERAGE, shapes
from zaitaku_rules.bulk.tables import Tables
from zaitaku_rules.days import Calendar, calendar_of
from zaitaku_rules.records import EVENTS


class MonthTables:
    """Tables as one month reads them; `left_out` collects the rows that could not be read."""

    def __init__(self, tables: Tables, month: str, as_of: date | None = None) -> None:
        """Read the rows of `tables` for `month` as of `as_of` (default: the day after all that they tell)."""
        self.tables = tables
        self.calendar: Calendar = calendar_of(month)
        self.left_out: list[ArrowTable] = []
        self._told: set[str] = set()
        self.rows: dict[str, Rows] = {name: typed(tables, name) for name in tables.given}
        self.as_of: date = as_of or self._usual_day()

    def _usual_day(self) -> date:
        """Return the day after the last day of which the tables tell anything in the weeks of the month."""
        first, last = self.calendar.reach
        told = self.calendar.last.toordinal()
        for name in EVENTS:
            if name in self.rows and (day := shapes()[name].day):
                told = max(told, self._last_day(name, day, first, last))
        if COVERAGE in self.rows:
            through = self._value(self.rows[COVERAGE].through.max())
            told = max(told, through.toordinal() if through else 0)
        return date.fromordinal(told + 1)

    def _last_day(self, name: str, day: str, first: int, last: int) -> int:
        column = self.rows[name][day]
        column = column.date() if column.type().is_timestamp() else column
        within = column.between(ibis.literal(date.fromordinal(first)), ibis.literal(date.fromordinal(last)))
        found = self._value(column.max(where=within))
        return found.toordinal() if found else 0

    def _value(self, expression: Any) -> Any:
        return self.tables.connection.to_pyarrow(expression).as_py()

    def arrow(self, expression: Any) -> ArrowTable:
        """Return the rows of an expression."""
        return self.tables.connection.to_pyarrow(expression)

    def good(self, name: str) -> Any:
        """Return the rows of a table that can be read; the others are counted and left out."""
        rows = self.rows[name]
        key = shapes()[name].key
        bad = self.arrow(
            rows.filter(rows[REASON].notnull()).group_by(key, REASON).aggregate(rows=ibis._.count())
        )
        if not bad.num_rows:
            return rows.drop(REASON)
        if name not in self._told:
            self._told.add(name)
            self._note(name, bad[key], bad[REASON], bad["rows"])
        return rows.filter(rows[REASON].isnull()).drop(REASON)

    def leave_out(self, name: str, keys: Any, reason: str) -> None:
        """Note rows of a table that are left out for one reason, one for each key."""
        if len(keys):
            self._note(name, keys, pa.array([reason] * len(keys)), pa.array([1] * len(keys)))

    def _note(self, name: str, keys: Any, reasons: Any, rows: Any) -> None:
        columns = (pa.array([name] * len(keys)), keys.cast(pa.string()), reasons, rows.cast(pa.int64()))
        self.left_out.append(pa.table(dict(zip(("table", "key", "reason", "rows"), columns, strict=True))))

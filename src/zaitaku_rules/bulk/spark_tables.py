"""The tables of a month on Spark: few questions to the cluster, and what is bad is told apart there."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Any

from zaitaku_rules.bulk.engines import Rows, ibis
from zaitaku_rules.bulk.forms import MOST
from zaitaku_rules.bulk.month_tables import MonthTables
from zaitaku_rules.bulk.rows import REASON, asked_of, typed
from zaitaku_rules.records.shapes import COVERAGE, USERS, shapes

Doubts = dict[str, dict[tuple[str, str], list[str]]]
"""By table, column and form the texts that the engine cannot read."""


class SparkTables(MonthTables):
    """The tables of a month on Spark: rows that cannot be read are told apart there and not fetched."""

    users = 0

    def _typed(self) -> Iterator[tuple[str, Rows]]:
        """Yield the tables with their rows read; strange texts of all columns are asked for at once."""
        doubts = self._doubts()
        for name in self.tables.given:
            yield name, typed(self.tables, name, {}, doubts.get(name, {}))

    def _doubts(self) -> Doubts:
        parts = [
            rows.mutate(table=ibis.literal(name))
            for name in self.tables.given
            for rows in asked_of(self.tables, name, {})[0].in_doubt()
        ]
        found: Doubts = {}
        if parts:
            texts = ibis.union(*parts).distinct()
            place = ibis.row_number().over(group_by=["table", "column", "form"], order_by="text")
            texts = texts.mutate(place=place).filter(ibis._.place < MOST).drop("place")
            for row in self.arrow(texts).to_pylist():
                table = found.setdefault(row["table"], {})
                table.setdefault((row["column"], row["form"]), []).append(row["text"])
        return found

    def _looked_through(self) -> dict[str, dict[str, Any]]:
        """Return what is to be known of each table, and keep how many users there are."""
        found = super()._looked_through()
        self.users = found[USERS]["rows"]
        return found

    @cached_property
    def stated_for_everyone(self) -> tuple[dict[str, Any], ...]:
        """The coverage that is stated for all users."""
        if COVERAGE not in self.rows:
            return ()
        rows = self.good(COVERAGE)
        return tuple(self.arrow(rows.filter(rows.user_id.isnull())).to_pylist())

    @property
    def is_all_in_doubt(self) -> bool:
        """Whether a row of the coverage that cannot be read speaks of all users."""
        if COVERAGE not in self.bad:
            return False
        rows = self.rows[COVERAGE]
        return bool(self.value(rows.filter(rows[REASON].notnull(), rows.user_id.isnull()).count()))

    def good(self, name: str) -> Any:
        """Return the rows of a table that can be read."""
        rows = self.rows[name]
        return (rows.filter(rows[REASON].isnull()) if name in self.bad else rows).drop(REASON)

    def unreadable(self) -> Rows:
        """Return the rows that are left out, counted by table, key and reason: bad ones, and strangers'."""
        asked = [rows for name in sorted(self.rows) for rows in self._keys_told(name)]
        told = ibis.union(*asked)
        counted = told.group_by("table", "key", "reason").aggregate(rows=ibis._.count())
        known = self.rows[USERS].select(known="user_id").distinct()
        held = counted.left_join(known, counted.key == known.known)
        strange = held.reason.isnull() & held.known.isnull()
        found = held.filter(held.reason.notnull() | strange)
        return found.select("table", "key", reason=found.reason.fill_null(STRANGER), rows="rows")

    def _keys_told(self, name: str) -> Iterator[Rows]:
        """Yield the keys of a table's rows with their reasons; of good rows those that name a user."""
        rows, key = self.rows[name], shapes()[name].key
        is_told = rows[REASON].notnull()
        if key == "user_id" and name != USERS:
            is_told |= rows.user_id.notnull()
        elif name not in self.bad:
            return
        found = rows.filter(is_told)
        yield found.select(table=ibis.literal(name), key=found[key].cast("string"), reason=found[REASON])


STRANGER = "user_id: not in users"
"""Why rows are left out that name a user who is none."""

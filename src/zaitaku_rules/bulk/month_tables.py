"""The tables of one month: typed rows, the day of the question, and the rows that were left out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from copy import copy
from datetime import date, datetime
from typing import Any

from zaitaku_rules.bulk.domains import domains
from zaitaku_rules.bulk.engines import ArrowTable, Rows, ibis, pa
from zaitaku_rules.bulk.rows import REASON, typed
from zaitaku_rules.bulk.tables import Tables
from zaitaku_rules.days import Calendar, calendar_of
from zaitaku_rules.records import EVENTS
from zaitaku_rules.records.shapes import COVERAGE, PROVIDERS, USERS, shapes


class MonthTables:
    """Tables as one month reads them; `left_out` collects the rows that could not be read."""

    def __init__(self, tables: Tables, month: str, as_of: date | None = None) -> None:
        """Read the rows of `tables` for `month` as of `as_of` (default: the day after all that they tell)."""
        self.tables = tables
        self.calendar: Calendar = calendar_of(month)
        self.left_out: list[ArrowTable] = []
        self.is_first = True
        self._told: set[str] = set()
        self.rows: dict[str, Rows] = {name: self._near(name, rows) for name, rows in self._typed()}
        looked = self._looked_through()
        self.bad: set[str] = {name for name, found in looked.items() if found["bad"]} | {*tables.lost}
        for name in (USERS, PROVIDERS):
            if looked[name]["rows"] != looked[name]["keys"]:
                self.rows[name] = self._each_once(name)
                self.bad.add(name)
        self.as_of: date = as_of or self._usual_day(looked)
        ends = {name: found["end"] for name, found in looked.items() if name in EVENTS and found["end"]}
        self.later: set[str] = {name for name, end in ends.items() if end > self.as_of}
        """The lists that hold rows after `as_of`."""

    def _typed(self) -> Iterator[tuple[str, Rows]]:
        """Yield the tables with their rows read."""
        few = domains(self.tables)
        for name in self.tables.given:
            yield name, typed(self.tables, name, few.get(name, {}))

    def _near(self, name: str, rows: Rows) -> Rows:
        """Return the rows that speak of the month: of events those on its page, or of no day that is one."""
        day = shapes()[name].day
        if not day or name == "submissions":
            return rows
        bound = datetime.fromordinal if rows[day].type().is_timestamp() else date.fromordinal
        begin, end = (self.calendar.start + cell for cell in (0, self.calendar.cells))
        inside = (rows[day] >= ibis.literal(bound(begin))) & (rows[day] < ibis.literal(bound(end)))
        return rows.filter(inside | rows[day].isnull())

    def _looked_through(self) -> dict[str, dict[str, Any]]:
        """Return of each table how many rows and keys it has, how many are bad, and the last day of all."""
        parts: list[Rows] = []
        for name, rows in self.rows.items():
            key = rows[shapes()[name].key]
            keys = key.nunique() if name in (USERS, PROVIDERS) else ibis.literal(0)
            parts.append(
                rows.aggregate(
                    table=ibis.literal(name),
                    rows=rows.count(),
                    keys=keys.cast("int64"),
                    bad=rows[REASON].count(),
                    end=self._last_day(name),
                )
            )
        found = self.arrow(ibis.union(*parts))
        return {row["table"]: row for row in found.to_pylist()}

    def part(self, begin: str | None, end: str | None) -> MonthTables:
        """Return the same month for the users from `begin` on and before `end` (None: without bound).

        Rows without a user belong to each part, so what is told of them is the same in all.
        """
        found = copy(self)
        found.left_out = []
        found._told = set()
        found.rows = {
            name: rows if name in self._of_providers else _of_users(rows, begin, end)
            for name, rows in self.rows.items()
        }
        found.is_first = begin is None
        return found

    @property
    def _of_providers(self) -> list[str]:
        return [name for name in self.rows if shapes()[name].key != "user_id"]

    def _each_once(self, name: str) -> Rows:
        """Return the rows of a table in which keys stand twice; of these no row is right."""
        rows, key = self.rows[name].distinct(), shapes()[name].key
        often = rows.group_by(key).aggregate(times=rows.count())
        often = often.filter(often.times > 1, often[key].notnull()).select(twice=key)
        rows = rows.left_join(often, rows[key] == often.twice)
        reason = ibis.ifelse(rows.twice.notnull(), f"{key}: stands twice", ibis.null("string"))
        return rows.mutate(**{REASON: rows[REASON].coalesce(reason)}).drop("twice")

    def _usual_day(self, looked: Mapping[str, dict[str, Any]]) -> date:
        """Return the day after the last day of which the tables tell anything in the weeks of the month."""
        told, (first, last) = self.calendar.last.toordinal(), self.calendar.reach
        for name, found in looked.items():
            end = found["end"].toordinal() if found["end"] else 0
            if name in EVENTS and end > last:
                end = self._last_day_within(name, first, last)
            told = max(told, end)
        return date.fromordinal(told + 1)

    def _last_day(self, name: str) -> Any:
        """Return the last day of all of which a table tells anything, as an expression."""
        rows, day = self.rows[name], shapes()[name].day
        if name == COVERAGE:
            return rows.through.max()
        if name not in EVENTS or not day:
            return ibis.null("date")
        found = rows[day].max()
        return found.date() if rows[day].type().is_timestamp() else found

    def _last_day_within(self, name: str, first: int, last: int) -> int:
        column = self.rows[name][str(shapes()[name].day)]
        column = column.date() if column.type().is_timestamp() else column
        within = column.between(ibis.literal(date.fromordinal(first)), ibis.literal(date.fromordinal(last)))
        found = self.value(column.max(where=within))
        return found.toordinal() if found else 0

    def value(self, expression: Any) -> Any:
        """Return the one value of an expression."""
        return self.tables.connection.to_pyarrow(expression).as_py()

    def arrow(self, expression: Any) -> ArrowTable:
        """Return the rows of an expression."""
        return self.tables.connection.to_pyarrow(expression)

    def each(self, expressions: Iterable[Any]) -> Iterator[ArrowTable]:
        """Yield the rows of one expression after the other; the engine is one ahead of who reads them."""
        asked = [*expressions]
        with ThreadPoolExecutor(1) as engine:
            ahead = [engine.submit(self.arrow, expression) for expression in asked[:2]]
            for expression in [*asked[2:], None, None][: len(asked)]:
                rows = ahead.pop(0).result()
                if expression is not None:
                    ahead.append(engine.submit(self.arrow, expression))
                yield rows

    def good(self, name: str) -> Any:
        """Return the rows of a table that can be read; the others are counted and left out."""
        rows = self.rows[name]
        if name not in self.bad:
            return rows.drop(REASON)
        if name not in self._told:
            self._told.add(name)
            self._tell_bad(name)
        return rows.filter(rows[REASON].isnull()).drop(REASON)

    def _tell_bad(self, name: str) -> None:
        rows, key = self.rows[name], shapes()[name].key
        bad = rows.filter(rows[REASON].notnull()).group_by(key=rows[key], reason=rows[REASON])
        found = self.arrow(bad.aggregate(rows=ibis._.count()).order_by("reason", "key"))
        if found.num_rows:
            self._note(name, found["key"], found["reason"], found["rows"])
        self.left_out += [self.tables.lost[name]] if name in self.tables.lost else []

    def leave_out(self, name: str, keys: Any, reason: str) -> None:
        """Note rows of a table that are left out for one reason, one for each key."""
        if len(keys):
            self._note(name, keys, pa.array([reason] * len(keys)), pa.array([1] * len(keys)))

    def leave_out_strangers(self, lists: Iterable[str]) -> None:
        """Note the rows of users whom the table of users does not name at all.

        `lists` are those that hold such rows, as packing has seen; what it need not read is looked through.
        """
        held = self.rows[USERS]
        unseen = {COVERAGE, "waivers"} & {*self.rows}
        for name in sorted({*lists, *unseen}):
            rows = self.rows[name]
            good = rows.filter(rows[REASON].isnull(), rows.user_id.notnull())
            strange = good.anti_join(held, "user_id").group_by("user_id")
            found = self.arrow(strange.aggregate(rows=ibis._.count()).order_by("user_id"))
            if found.num_rows:
                reasons = pa.array(["user_id: not in users"] * found.num_rows)
                self._note(name, found["user_id"], reasons, found["rows"])

    def keys_left_out(self, name: str) -> Any:
        """Return the keys of a table some of whose rows could not be read."""
        keys = [found["key"].combine_chunks() for found in self.left_out if found["table"][0].as_py() == name]
        return pa.concat_arrays(keys) if keys else pa.array([], pa.string())

    def _note(self, name: str, keys: Any, reasons: Any, rows: Any) -> None:
        """Keep the keys of rows left out, each with its reason and how many rows they are."""
        columns = (pa.array([name] * len(keys)), keys.cast(pa.string()), reasons, rows.cast(pa.int64()))
        self.left_out.append(pa.table(dict(zip(("table", "key", "reason", "rows"), columns, strict=True))))


def _of_users(rows: Rows, begin: str | None, end: str | None) -> Rows:
    """Return the rows of some users; what is said of all users belongs to each part."""
    key, inside = rows.user_id, ibis.literal(True)
    if begin is not None:
        inside &= key >= begin
    if end is not None:
        inside &= key < end
    return rows.filter(inside | key.isnull())

"""Tables back to case documents: the rows of some users of one month, as `zaitaku-case/1` writes them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import date
from typing import Any, TypeAlias

from zaitaku_rules.bulk.chunks import chunks, told_once
from zaitaku_rules.bulk.engine_errors import engine_errors_told
from zaitaku_rules.bulk.engines import ibis, pa, pc
from zaitaku_rules.bulk.left_out import LeftOutCounts
from zaitaku_rules.bulk.month_tables import MonthTables
from zaitaku_rules.bulk.rows import GIVEN_REASON, REASON
from zaitaku_rules.bulk.tables import Source, Tables
from zaitaku_rules.bulk.waivers import WAIVERS
from zaitaku_rules.days import calendar_of
from zaitaku_rules.records import EVENTS, SOURCES
from zaitaku_rules.records.shapes import COVERAGE, COVERS, PROVIDERS, USERS, shapes, user_of

Document: TypeAlias = dict[str, Any]
"""A case, or a row of one, as JSON has it."""

CHUNK = 4096
"""Users whose documents are held at a time."""


def case_documents(
    source: Source, month: str, users: Collection[str], left_out: LeftOutCounts, *, chunk: int = CHUNK
) -> Iterator[Document]:
    """Yield the case documents of `users` in `month`, in order of `user_id`; others are not fetched.

    A table that is not there is a list that is absent, one without rows of the user an empty list. Rows
    that cannot be read are counted in `left_out`, and of their user that list is absent. A user who is not
    in the tables, or whose provider is not, has no document; nor has one whose waiver cannot be read, as a
    case file with such a waiver is refused.
    Raises InvalidInput for tables that are none.
    """
    with engine_errors_told(), Tables(source, calendar_of(month)) as given:
        _narrow(given, users)
        for part in chunks(MonthTables(given, month), chunk):
            yield from _Part(part).documents()
            left_out.add(told_once(part))


def _narrow(tables: Tables, users: Collection[str]) -> None:
    """Let tables hold the rows of `users` alone, beside those that name no user."""
    wanted = pa.array(sorted(users), pa.string())
    named = ibis.memtable(pa.table({"wanted": wanted}))
    for name, rows in tables.given.items():
        if _is_of_users(name) and "user_id" in rows.columns:
            theirs = rows.user_id.cast("string").isin(named.wanted)
            tables.given[name] = rows.filter(rows.user_id.isnull() | theirs)
    for name, lines in [*tables.lost.items()]:
        keep = pc.or_(pc.is_null(lines["key"]), pc.is_in(lines["key"], wanted))
        if _is_of_users(name):
            tables.lost[name] = lines.filter(keep)


def _is_of_users(name: str) -> bool:
    return shapes()[name].key == "user_id"


class _Part:
    """The rows of a chunk of users, by list and key, and the keys of lists that are in doubt."""

    def __init__(self, tables: MonthTables) -> None:
        self._tables = tables
        self._users = self._rows(USERS)
        self._providers = {row["provider_number"]: row for row in self._rows(PROVIDERS)}
        self._lists = {name: self._listed(name) for name in SOURCES if name in tables.rows}
        self._stated = self._coverage()
        self._doubted: dict[str, set[str | None]] = defaultdict(set)
        for found in tables.left_out:
            self._doubted[found["table"][0].as_py()].update(found["key"].to_pylist())

    def documents(self) -> Iterator[Document]:
        """Yield the documents of the users whose provider is known."""
        strangers = list[str]()
        refused = self._doubted[WAIVERS]
        told = [user for user in self._users if user["user_id"] not in refused]
        for user in sorted(told, key=lambda row: str(row["user_id"])):
            if provider := self._providers.get(user["provider_number"]):
                yield self._document(user, provider)
            else:
                strangers.append(user["user_id"])
        self._tables.leave_out(USERS, pa.array(strangers, pa.string()), "provider_number: not in providers")

    def _document(self, user: Document, provider: Document) -> Document:
        keys = {"user_id": user["user_id"], "provider_number": provider["provider_number"]}
        sure: Document = {
            name: rows.get(keys[shapes()[name].key], [])
            for name, rows in self._lists.items()
            if self._is_sure(name, keys)
        }
        stated = {**self._stated[None], **self._stated.get(user["user_id"], {})}
        spans = {name: span for name, span in stated.items() if self._is_sure(name, keys)}
        return {
            "schema": "zaitaku-case/1",
            "month": self._tables.calendar.name,
            "user": user_of(user["user_id"], _row(USERS, user)),
            "provider": {"number": provider["provider_number"], **_row(PROVIDERS, provider)},
            **sure,
            **({COVERAGE: spans} if spans else {}),
        }

    def _is_sure(self, name: str, keys: dict[str, str]) -> bool:
        """Tell whether all rows of a list could be read; a row of `coverage` may speak of any event."""
        if keys[shapes()[name].key] in self._doubted[name]:
            return False
        return name not in EVENTS or self._doubted[COVERAGE].isdisjoint({None, keys["user_id"]})

    def _rows(self, name: str) -> list[Document]:
        found: list[Document] = self._tables.arrow(self._tables.good(name)).to_pylist()
        return found

    def _listed(self, name: str) -> dict[str, list[Document]]:
        """Return the rows of a list by key, in an order that does not depend on the engine."""
        key, found = shapes()[name].key, defaultdict[str, list[Document]](list)
        for row in self._rows(name):
            found[row[key]].append(_row(name, row))
        for rows in found.values():
            rows.sort(key=shapes()[name].order)
        return found

    def _coverage(self) -> dict[str | None, Document]:
        """Return by user (None for all) the days of which each list is complete; the last word counts."""
        found: dict[str | None, Document] = {None: {}}
        if COVERAGE in self._tables.rows:
            rows = self._rows(COVERAGE)
            for row in sorted(rows, key=lambda row: [str(value) for value in row.values()]):
                span = {end: row[end].isoformat() for end in ("from", "through")}
                found.setdefault(row["user_id"], {})[row["source"]] = span
        return found


def _row(name: str, row: Document) -> Document:
    """Return what a row says, without its key and without what it leaves open."""
    shape, said = shapes()[name], Document()
    for column in shape.columns:
        value = row[GIVEN_REASON if column.name == REASON else column.name]
        moment = row.get(f"{column.name}_moment")
        if column.name != shape.key and value is not None:
            said[column.name] = _written(value if moment is None else moment, column.name)
    return said


def _written(value: Any, name: str) -> Any:
    if name == "covers":
        return COVERS[value]
    if name == "days_per_month":
        return int(value) if value.isdecimal() else value
    return value.isoformat() if isinstance(value, date) else value

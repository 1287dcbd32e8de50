"""Of which days each list is complete: as a whole, or user by user."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np

from zaitaku_rules.bulk.engines import ArrowTable
from zaitaku_rules.bulk.month_tables import MonthTables
from zaitaku_rules.bulk.pages import Pages
from zaitaku_rules.days import FULL
from zaitaku_rules.records import EVENTS
from zaitaku_rules.records.shapes import COVERAGE, shapes


def put_gaps(tables: MonthTables, pages: Pages) -> None:
    """Put for each list the cells of which it says nothing, and from when on the plan speaks."""
    calendar = tables.calendar
    yesterday = date.fromordinal(tables.as_of.toordinal() - 1)
    elapsed = calendar.span(calendar.first, min(yesterday, calendar.last))
    ends: dict[str, Any] = {"days": calendar.last.toordinal()}
    for source in EVENTS:
        pages.gaps[source] = FULL ^ elapsed if source in tables.rows else FULL
    for row in _stated(tables, pages):
        source, span = row["source"], calendar.span(row["from"], min(row["through"], yesterday))
        _make_present(tables, pages, source, row["row"])
        if source in pages.gaps:
            _set(pages, pages.gaps, source, row["row"], FULL ^ span)
        if source == "days":
            _set(pages, ends, "days", row["row"], row["through"].toordinal())
    pages.said["planned_from"] = _planned_from(tables, pages, ends["days"])
    for table in tables.left_out:
        _doubt(pages, table)


def _stated(tables: MonthTables, pages: Pages) -> list[dict[str, Any]]:
    """Return the stated coverages with the row of the user (None for all), those for all users first."""
    if COVERAGE not in tables.rows:
        return []
    found = tables.arrow(tables.good(COVERAGE))
    places = pages.places.of(found["user_id"].combine_chunks())
    stated = [
        {**row, "row": int(place) if row["user_id"] is not None else None}
        for row, place in zip(found.to_pylist(), places, strict=True)
        if place >= 0 or row["user_id"] is None
    ]
    return sorted(stated, key=lambda row: (row["user_id"] or "", *(str(value) for value in row.values())))


def _make_present(tables: MonthTables, pages: Pages, source: str, user: int | None) -> None:
    """Take an absent list as given and empty, for all users or for the one of whom it is stated."""
    if user is None or source in tables.rows:
        pages.present |= {source}
    elif source not in pages.present:
        given = pages.given.setdefault(source, np.zeros(len(pages), bool))
        given[user] = True


def _set(pages: Pages, columns: dict[str, Any], name: str, user: int | None, value: int) -> None:
    """Set a value for all users, or for one of them."""
    if user is None:
        columns[name] = value
        return
    if isinstance(columns.get(name), int):
        columns[name] = np.full(len(pages), columns[name], np.uint64)
    columns[name][user] = value


def _planned_from(tables: MonthTables, pages: Pages, end: Any) -> Any:
    """Return the cells of which the plan speaks: from `as_of`, or from the end of the coverage of `days`."""
    calendar, as_of = tables.calendar, tables.as_of
    if "days" not in pages.present:
        return calendar.span(as_of, None)
    if isinstance(end, int):
        return calendar.span(date.fromordinal(min(as_of.toordinal(), end + 1)), None)
    spans = {
        last: calendar.span(date.fromordinal(min(as_of.toordinal(), int(last) + 1)), None)
        for last in np.unique(end)
    }
    return np.array([spans[last] for last in end], np.uint64)


def _doubt(pages: Pages, left_out: ArrowTable) -> None:
    """Let a list say nothing of what is missing for users some of whose rows could not be read.

    An unreadable row of `coverage` may speak of any list; without a user it speaks of all users.
    """
    name, keys = left_out["table"][0].as_py(), left_out["key"].combine_chunks()
    places = pages.places.of(keys)
    doubtful: Any = slice(None) if name == COVERAGE and keys.null_count else places[places >= 0]
    if name == "planned_days":
        pages.said["planned_from"] = _without(pages, pages.said["planned_from"], doubtful, 0)
    for source in EVENTS if name == COVERAGE else (name,):
        if source in pages.gaps and shapes()[source].key == "user_id":
            pages.gaps[source] = _without(pages, pages.gaps[source], doubtful, FULL)


def _without(pages: Pages, column: Any, rows: Any, value: int) -> Any:
    """Return a column with another value for some rows."""
    found = np.full(len(pages), column, np.uint64) if isinstance(column, int) else column.copy()
    found[rows] = np.uint64(value)
    return found

"""A nation in chunks of users, so that memory is bounded by the chunk and not by the nation."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import TypeAlias

from zaitaku_rules.bulk.engines import ArrowTable, ibis
from zaitaku_rules.bulk.left_out import LINE
from zaitaku_rules.bulk.month_tables import MonthTables
from zaitaku_rules.records.shapes import USERS, shapes

CHUNK = 500_000
"""Users packed at a time."""

Progress: TypeAlias = Callable[[int, int], None]
"""Is told how many users are judged, of how many."""


def silent(done: int, users: int) -> None:
    """Tell nobody."""


def chunks(tables: MonthTables, users: int) -> Iterator[MonthTables]:
    """Return the tables in parts of about as many users each, at most `users`, in order of `user_id`."""
    bounds = _bounds(tables, users)
    if not bounds:
        yield tables
        return
    for begin, end in pairwise([None, *bounds, None]):
        yield tables.part(begin, end)


def users_in(tables: MonthTables) -> int:
    """Return how many users the tables name."""
    rows = tables.rows[USERS]
    return int(tables.value(rows.user_id.nunique()))


def told_once(part: MonthTables) -> list[ArrowTable]:
    """Return the rows that a chunk left out: with the first alone those that all chunks read."""
    if part.is_first:
        return part.left_out
    return [found.filter(found["key"].is_valid()) for found in part.left_out if not _is_of_all(found)]


def _is_of_all(left_out: ArrowTable) -> bool:
    """Tell whether rows left out are of offices, or lines that are no rows."""
    return shapes()[left_out["table"][0].as_py()].key != "user_id" or LINE in left_out.column_names


def _bounds(tables: MonthTables, users: int) -> list[str]:
    """Return the first `user_id` of each chunk but the first."""
    number = users_in(tables)
    if number <= users:
        return []
    parts = -(-number // users)
    size = -(-number // parts)
    ids = tables.rows[USERS].select("user_id").distinct()
    ids = ids.filter(ids.user_id.notnull())
    placed = ids.mutate(place=ibis.row_number().over(order_by=ids.user_id))
    first = placed.filter(placed.place % size == 0, placed.place > 0).order_by("place")
    return [str(key) for key in tables.arrow(first.select("user_id", "place"))["user_id"].to_pylist()]

"""Numbers into Arrow tables: one chunk of users at a time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from zaitaku_rules.testing.nation.blocks import Piece, Plan
from zaitaku_rules.testing.nation.columns import COLUMNS, MENU, Kind, Rows, flagged, pa, timed, worded
from zaitaku_rules.testing.nation.dice import Array


class _Users(NamedTuple):
    """The identifiers of a chunk's users, the first of which has the number `begin`."""

    begin: int
    ids: Any

    @classmethod
    def of(cls, begin: int, end: int) -> _Users:
        """Return the ids of the users from `begin` up to `end`."""
        names = np.char.add("S-", np.char.zfill(np.arange(begin + 1, end + 1).astype(str), 7))
        return cls(begin, pa.array(names.tolist(), type=pa.string()))


def tables_of(chunk: Sequence[Piece], plan: Plan) -> dict[str, Any]:
    """Return the Arrow tables of a chunk."""
    users = _Users.of(chunk[0].begin, chunk[-1].end)
    return {name: _table(name, [piece.tables[name] for piece in chunk], users, plan) for name in COLUMNS}


def _table(name: str, parts: Sequence[Rows], users: _Users, plan: Plan) -> Any:
    rows = {column: np.concatenate([part[column] for part in parts]) for column in parts[0]}
    columns = COLUMNS[name]
    found = {column: _column(column, kind, rows, users, plan) for column, kind in columns.items()}
    return pa.table(found, metadata={"month": plan.span.name})


def _column(name: str, kind: Kind, rows: Rows, users: _Users, plan: Plan) -> Any:
    match kind:
        case "user":
            indices = pa.array((rows["user"] - users.begin).astype(np.int32))
            return pa.DictionaryArray.from_arrays(indices, users.ids)
        case "office":
            return _numbers(rows["office"])
        case "place":
            return worded(rows["place"].astype(np.int16), plan.where.codes)
        case "flag":
            return flagged(rows[name])
        case "date" | "moment":
            return timed(rows[name], kind)
        case "text":
            return _text(name, rows, plan)
        case _:
            return worded(rows[name].astype(np.int8), kind)


def _numbers(numbers: Array) -> Any:
    known, indices = np.unique(numbers, return_inverse=True)
    texts = pa.array(np.char.zfill(known.astype(str), 10).tolist(), type=pa.string())
    return pa.DictionaryArray.from_arrays(pa.array(indices.astype(np.int32)), texts)


def _text(name: str, rows: Rows, plan: Plan) -> Any:
    """Return a column of which every row says the same, or the names of offices."""
    count = len(rows["user"])
    if name == "name":
        serials = (rows["office"] // 10 % 10_000_000 + 1).tolist()
        return pa.array([f"架空事業所 {serial:03d}" for serial in serials], type=pa.string())
    if name == "month":
        return pa.array([plan.span.name] * count, type=pa.string())
    said = list(MENU) if name == "menu" else []
    return pa.array([said] * count, type=pa.list_(pa.string()))

"""Case documents as tables: one table per list, as the contract lays them out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from zaitaku_rules.bulk.engines import ArrowTable, pa
from zaitaku_rules.records.shapes import COVERAGE, PROVIDERS, USERS, Column, shapes
from zaitaku_rules.records.written import date_written, period_written

Rows = list[dict[str, Any]]


def tables_of(documents: Iterable[dict[str, Any]]) -> dict[str, ArrowTable]:
    """Return the tables of documents that give the same lists, all values as text or flags."""
    held: dict[str, Rows] = {USERS: [], PROVIDERS: []}
    for document in documents:
        user, provider = document["user"], document["provider"]
        wish: dict[str, Any] = user.get("wish") or {}
        person = {name: user.get(name) for name in ("municipality", "name", "birth_date")}
        of_wish = {"wish_on": wish.get("on"), "wish_reason": wish.get("reason")}
        own = {"user_id": user["id"], "provider_number": provider["number"]}
        held[USERS].append({**person, **of_wish, **own})
        held[PROVIDERS].append({**provider, "provider_number": provider["number"]})
        for source, shape in shapes().items():
            for row in document.get(source) or () if source not in (USERS, PROVIDERS, COVERAGE) else ():
                held.setdefault(source, []).append({shape.key: own[shape.key], **flat(row)})
            if source in document and source != COVERAGE:
                held.setdefault(source, [])
        stated: dict[str, Any] = document.get(COVERAGE) or {}
        for source, span in stated.items():
            held.setdefault(COVERAGE, []).append({"source": source, "user_id": user["id"], **span})
    return {name: table_of(name, rows) for name, rows in held.items()}


def flat(row: dict[str, Any]) -> dict[str, Any]:
    """Return a row as a table has it: what an evaluation covers is one word, a period two days."""
    if "covers" in row:
        return {**row, "covers": "both" if len(set(row["covers"])) > 1 else row["covers"][0]}
    if period := period_written(row.get("period", "")):
        return {**row, "from": period.begin, "to": period.end}
    return row


def table_of(name: str, rows: Rows) -> ArrowTable:
    columns = {
        column.name: [written(row.get(column.name), column) for row in rows]
        for column in shapes()[name].columns
    }
    types = {"flag": pa.bool_(), "texts": pa.list_(pa.string())}
    return pa.table(
        {
            column.name: pa.array(columns[column.name], types.get(column.kind, pa.string()))
            for column in shapes()[name].columns
        }
    )


def written(value: Any, column: Column) -> Any:
    """Return a value as text; days in era notation, which the generator also writes, in ISO form."""
    if value is None or column.kind in ("flag", "texts"):
        return value
    if column.kind in ("date", "either") and (day := date_written(str(value))):
        return day.isoformat()
    return str(value)

"""Case documents from the tables of a chunk."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from zaitaku_rules.records import SOURCES
from zaitaku_rules.records.shapes import COVERS, user_of

_MINUTES = "minutes"


def documents(tables: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Return a case document for each user of the tables; an empty table gives an empty list.

    `tables` are PyArrow tables by name that hold every row of their users: a chunk of `population`, or the
    files that `write_population` wrote. They carry their month.
    """
    month = tables["users"].schema.metadata[b"month"].decode()
    providers = {row["provider_number"]: row for row in tables["providers"].to_pylist()}
    lists = {name: _grouped(tables[name].to_pylist()) for name in SOURCES if name in tables}
    for user in tables["users"].to_pylist():
        number = user["provider_number"]
        yield {
            "schema": "zaitaku-case/1",
            "month": month,
            "user": user_of(user["user_id"], _given(user, without="user_id")),
            "provider": _given({"number": number, **providers[number]}, without="provider_number"),
            **{name: rows.get(user["user_id"], []) for name, rows in lists.items() if name != "readiness"},
            **({"readiness": lists["readiness"].get(number, [])} if "readiness" in lists else {}),
        }


def _grouped(rows: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """Return the rows of a list by whose they are."""
    found: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        key = "user_id" if "user_id" in row else "provider_number"
        found.setdefault(row[key], []).append(_given(row, without=key))
    return found


def _given(row: Mapping[str, Any], without: str) -> dict[str, Any]:
    return {name: _said(name, value) for name, value in row.items() if value is not None and name != without}


def _said(name: str, value: Any) -> Any:
    """Return a value as a case document writes it."""
    if isinstance(value, datetime):
        return value.isoformat(timespec=_MINUTES if value.second == value.microsecond == 0 else "auto")
    if isinstance(value, date):
        return value.isoformat()
    if name == "covers":
        return COVERS[value]
    if name == "days_per_month" and value.isdigit():
        return int(value)
    return value

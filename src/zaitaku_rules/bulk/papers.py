"""Papers: what the same rows say, they say for every user who holds them, so each kind is read once.

State lists are short, and many users hold the same rows. Each user gets the number of a pattern, a text of
the rows; the facts of a pattern are those of one case that holds nothing but its rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from zaitaku_rules.bulk.engines import ibis
from zaitaku_rules.records.shapes import Column, shapes

FIELD, ROW, LIST = "\x1f", "\x1e", "\f"
ABSENT = "absent"
"""The text of a list that is not given."""

NULL = "\x00"
OWN, OTHER = "0812300010", "0812300028"
"""Stand-ins in patterns: the provider of the user, and any other."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A group of papers that facts are read from: the lists, in the columns that facts look at."""

    name: str
    lists: Mapping[str, tuple[str, ...]]
    facts: tuple[str, ...]


PAPERS = (
    Paper(
        "approvals",
        {
            "approvals": (
                "kind",
                "from",
                "to",
                "days_per_month",
                "on_certificate",
                "issued",
                "ground",
            )
        },
        ("approved", "certified", "decided", "ground", "approved_for_months", "issued", "allotted_days"),
    ),
    Paper(
        "notifications",
        {
            "notifications": ("kind", "submitted", "accepted", "from", "to", "provider"),
            "approvals": ("kind", "from", "to"),
        },
        ("notified", "notified_late", "applied_before_month"),
    ),
    Paper(
        "plans",
        {"plans": ("from", "to", "states_home_use", "user_signed")},
        ("planned_for_home", "signed_for_home"),
    ),
    Paper("readiness", {"readiness": ("kind", "from", "to")}, ("readiness",)),
    Paper("assessments", {"assessments": ("on", "cautions")}, ("found_appropriate",)),
    Paper("hospital_stays", {"hospital_stays": ("from", "to")}, ("inside_hospital_stay",)),
    Paper("consents", {"consents": ("kind", "on", "until")}, ("recording_consent",)),
)
"""Every group of papers but the fields of users and providers."""


def reduced(rows: Any, source: str, columns: tuple[str, ...]) -> Any:
    """Return rows with their key and some columns, no finer than facts look at them.

    Of cautions is kept whether there are any.
    """
    shape = shapes()[source]
    kinds = {column.name: column for column in shape.columns}
    return rows.select(shape.key, **{name: _reduced(rows[name], kinds[name]) for name in columns})


def written(values: Iterable[Any]) -> str:
    """Return the text of a row."""
    return FIELD.join([NULL if value is None else _plain(value) for value in values])


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat() if isinstance(value, date) else str(value)


def narrowed(text: str, wide: tuple[str, ...], columns: tuple[str, ...]) -> str:
    """Return the text of rows with some of its columns, as if only these had been read."""
    if text in ("", ABSENT):
        return text
    places = [wide.index(name) for name in columns]
    rows = [row.split(FIELD) for row in text.split(ROW)]
    return ROW.join(sorted({FIELD.join([row[place] for place in places]) for row in rows}))


def clipped(text: str, dated: Iterable[int], first: str, last: str) -> str:
    """Return the text of rows with the days before `first` and after `last` as these."""
    if text in ("", ABSENT):
        return text
    rows = [row.split(FIELD) for row in text.split(ROW)]
    for row in rows:
        for place in dated:
            if row[place] != NULL:
                row[place] = min(max(row[place], first), last)
    return ROW.join(sorted({FIELD.join(row) for row in rows}))


def _reduced(column: Any, declared: Column) -> Any:
    if declared.kind == "texts":
        return ibis.ifelse(column.length() > 0, SOME, "")
    if declared.name == "ground":
        return ibis.ifelse(column.isin(GROUNDS), column, ibis.ifelse(column.isnull(), None, SOME))
    return column


SOME = "some"
"""Stands in patterns for words that no rule reads, only that there are any."""

GROUNDS = ("commuting_difficult", "support_effective")

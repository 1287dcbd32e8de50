"""The shape of every table: the columns of the case file's lists, read off the same models."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal, TypeAlias

from zaitaku_rules.records.case import EVENTS, SOURCES, Case

Kind: TypeAlias = Literal["text", "date", "moment", "either", "flag", "texts"]
"""What a column holds; "either" is a date or a moment."""

USERS, PROVIDERS, COVERAGE = "users", "providers", "coverage"
"""The tables beside the lists."""

COVERS = {"weekly": ["weekly"], "achievement": ["achievement"], "both": ["weekly", "achievement"]}
"""What an evaluation covers, by the one word that a table has for it."""

_WISH = "wish_"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table: its name, what it holds, whether it must be given, and the values it takes."""

    name: str
    kind: Kind
    required: bool
    allowed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Shape:
    """One table: its columns, whose rows they are, and the column that says when something happened."""

    name: str
    key: str
    columns: tuple[Column, ...]

    @property
    def day(self) -> str | None:
        """The column with the day of an event; None for papers."""
        held = {column.name for column in self.columns}
        return next((name for name in ("date", "at", "on") if name in held and self.is_dated), None)

    @property
    def is_dated(self) -> bool:
        """Whether the rows happened on a day, or are planned for one."""
        return self.name in EVENTS or self.name == "planned_days"

    def order(self, said: Mapping[str, Any]) -> tuple[str, str]:
        """Return the key by which rows stand in a case, whatever their order in a table."""
        day = said.get(self.day or "from")
        return str(day or ""), json.dumps(said, sort_keys=True, ensure_ascii=False, default=str)


def user_of(key: str | None, said: Mapping[str, Any]) -> dict[str, Any]:
    """Return the user of a case from what a row of the table says beside the key.

    The fields of the wish become one part; where both are missing there is none.
    """
    own = {name: value for name, value in said.items() if name != "provider_number"}
    wish = {name.removeprefix(_WISH): own.pop(name) for name in [*own] if name.startswith(_WISH)}
    return {"id": key, **own, **({"wish": wish} if wish else {})}


@lru_cache(maxsize=1)
def shapes() -> dict[str, Shape]:
    """Return the shape of each table by name."""
    schema = Case.model_json_schema(by_alias=True)
    parts: dict[str, Any] = schema["$defs"]
    found = {
        USERS: Shape(USERS, "user_id", (*_people(parts, "User", "user_id"), _plain("provider_number"))),
        PROVIDERS: Shape(PROVIDERS, "provider_number", tuple(_people(parts, "Provider", "provider_number"))),
        COVERAGE: Shape(
            COVERAGE,
            "user_id",
            (
                Column("source", "text", True, SOURCES),
                Column("from", "date", True),
                Column("through", "date", True),
                Column("user_id", "text", False),
            ),
        ),
    }
    for source in SOURCES:
        model = _model_of(schema["properties"][source])
        key = "provider_number" if source == "readiness" else "user_id"
        rows = [_column(name, said, parts[model]) for name, said in parts[model]["properties"].items()]
        found[source] = Shape(source, key, (_plain(key), *rows))
    return found


def _plain(name: str) -> Column:
    return Column(name, "text", True)


def _people(parts: dict[str, Any], model: str, key: str) -> list[Column]:
    """Return the columns of a user or provider: `id` or `number` is the key, nested fields are joined."""
    found: list[Column] = []
    for name, said in parts[model]["properties"].items():
        if name == "wish":
            found += [
                Column(f"{_WISH}{inner}", _kind(inside), False)
                for inner, inside in parts["Wish"]["properties"].items()
            ]
        else:
            column = _column(name, said, parts[model])
            found.append(_plain(key) if name in ("id", "number") else column)
    return found


def _model_of(said: dict[str, Any]) -> str:
    items = next(one["items"] for one in said["anyOf"] if "items" in one)
    return str(items["$ref"]).rsplit("/", 1)[-1]


def _column(name: str, said: dict[str, Any], model: dict[str, Any]) -> Column:
    if name == "covers":
        return Column(name, "text", True, tuple(COVERS))
    allowed = [value for one in _alternatives(said) for value in one.get("enum", [])]
    return Column(name, _kind(said), name in model.get("required", ()), tuple(allowed))


def _alternatives(said: dict[str, Any]) -> list[dict[str, Any]]:
    every: list[dict[str, Any]] = said.get("anyOf", [said])
    return [one for one in every if one.get("type") != "null"]


_KINDS: dict[str, Kind] = {"date": "date", "date-time": "moment", "boolean": "flag", "array": "texts"}


def _kind(said: dict[str, Any]) -> Kind:
    formats = {str(one.get("format") or one.get("type")) for one in _alternatives(said)}
    if {"date", "date-time"} <= formats:
        return "either"
    known: list[Kind] = [_KINDS[name] for name in sorted(formats) if name in _KINDS]
    return known[0] if known else "text"

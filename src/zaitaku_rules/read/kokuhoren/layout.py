"""The item tables of the exchange records, as dated data: which item stands where, and what it may hold."""

from __future__ import annotations

import csv
import io
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any, Literal, TypeAlias, cast, get_args

from zaitaku_rules.errors import InvalidCall, InvalidLaw, nearest
from zaitaku_rules.read.kokuhoren.changes import Change, changes_of

Need: TypeAlias = Literal["required", "applicable", "optional", "unused"]
"""Whether an item is set: always, where it applies (◎ ○), as the sender likes (△), or never."""

Type: TypeAlias = Literal["A", "N", "C", "K"]
"""英数, 数値, コード値 or 漢字."""

Format: TypeAlias = Literal[
    "fixed", "month", "date", "day", "time", "number", "signed", "code", "service", "service_code",
    "municipality", "office", "person", "kana", "text",
]  # fmt: skip
"""What a value is, more closely than its type."""


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a record: where it stands and what it may hold."""

    position: int
    slug: str
    name: str
    type: Type
    size: int
    need: Need
    format: Format
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """One kind of record, such as J611-02: its items as of the newest edition, form by form."""

    kind: str
    ja: str
    en: str
    source: str
    key: tuple[str, ...]
    shorter: tuple[int, ...]
    forms: Mapping[str, tuple[Item, ...]]
    changes: tuple[Change, ...]
    places: Mapping[str, int]
    caught: tuple[str, ...]

    @property
    def identification(self) -> str:
        """Return the 交換情報識別番号, such as J611."""
        return self.kind[:4]

    @property
    def record_type(self) -> str:
        """Return the レコード種別コード, such as 02."""
        return self.kind[5:]

    def items(self, month: str = "999912", form: str = "") -> tuple[Item, ...]:
        """Return the items for a service month (YYYYMM) and a form; without a month, of the newest edition.

        Of a form that is not described here nothing is known but types and sizes: each item may be set.
        """
        items = self.forms.get(form) or _any_form(next(iter(self.forms.values())), len(self.key))
        ruling = [change for change in self.changes if change.holds(month, form)]
        return tuple(_changed(item, ruling) for item in items) if form in self.forms else items

    def position(self, item: str | int) -> int:
        """Return the position of an item, by slug or position (from 1); raises InvalidCall for none."""
        found = self.places.get(item) if isinstance(item, str) else item
        if found is None or not 0 < found <= len(self.places):
            near = nearest(item, self.places) if isinstance(item, str) else None
            raise InvalidCall(
                f"{self.kind} にその項目はありません{f'({near} のことですか)' if near else ''}。",
                f"{self.kind} has no such item{f', perhaps {near}' if near else ''}",
            )
        return found

    def period(self, month: str, form: str = "") -> tuple[str, ...]:
        """Return the bounds of changes that a month (YYYYMM) has passed: equal bounds, equal items."""
        bounds = {change.bound for change in self.changes if change.form in ("", form)}
        return tuple(sorted(bound for bound in bounds if bound <= month))


@lru_cache(maxsize=1)
def layouts() -> Mapping[str, Layout]:
    """Return the layout of each kind of record; raises InvalidLaw where a table contradicts itself."""
    tables = cast("dict[str, dict[str, Any]]", _toml("records.toml")["record"])
    changes = changes_of(_toml("changes.toml")["change"], set(tables))
    return MappingProxyType({kind: _layout(kind, told, changes) for kind, told in tables.items()})


def _layout(kind: str, told: Mapping[str, Any], changes: tuple[Change, ...]) -> Layout:
    forms = _forms(kind)
    items = next(iter(forms.values()))
    used = {item.slug for table in forms.values() for item in table if item.need != "unused"}
    key = tuple(told["key"])
    mine = tuple(change for change in changes if change.record == kind)
    places = {item.slug: item.position for item in items}
    for slug in key:
        _demand(slug in places, kind, f"the key names an unknown item {slug}")
    for change in mine:
        _demand(
            not change.form or change.form in forms, kind, f"a change names an unknown form {change.form}"
        )
        _demand(max(change.items) <= len(items), kind, "a change names a position beyond the last item")
    caught = tuple(
        item.slug for item in items if item.slug in used and item.slug not in key and item.format != "fixed"
    )
    shorter = tuple(told.get("shorter", ()))
    return Layout(
        kind,
        told["ja"],
        told["en"],
        told["source"],
        key,
        shorter,
        forms,
        mine,
        MappingProxyType(places),
        caught,
    )


def _forms(kind: str) -> Mapping[str, tuple[Item, ...]]:
    """Return the item table of each form; of records without forms under the empty name."""
    rows = list(csv.DictReader(io.StringIO(_text(f"{kind}.csv"))))
    columns = [name for name in rows[0] if name == "need" or name.isdigit()]
    forms = {
        "" if column == "need" else column: tuple(
            _item(kind, number, row, column) for number, row in enumerate(rows, 1)
        )
        for column in columns
    }
    slugs = [row["slug"] for row in rows]
    _demand(len(slugs) == len(set(slugs)), kind, "two items have the same slug")
    return MappingProxyType(forms)


def _item(kind: str, number: int, row: Mapping[str, str], column: str) -> Item:
    place = f"{kind}.csv:{number + 1}"
    _demand(row["position"] == str(number), place, "positions must count up from 1")
    _demand(row["type"] in get_args(Type), place, "type must be A, N, C or K")
    _demand(row[column] in get_args(Need), place, f"need must be one of {', '.join(get_args(Need))}")
    _demand(row["format"] in get_args(Format), place, f"format must be one of {', '.join(get_args(Format))}")
    _demand(row["size"].isdecimal() and int(row["size"]) > 0, place, "size must be a number of bytes")
    values = tuple(value for value in row["values"].split("|") if value)
    _demand(all(len(value) <= int(row["size"]) for value in values), place, "a value is longer than its item")
    return Item(
        number,
        row["slug"],
        row["name"],
        cast("Type", row["type"]),
        int(row["size"]),
        cast("Need", row[column]),
        cast("Format", row["format"]),
        values,
    )


def _changed(item: Item, ruling: list[Change]) -> Item:
    for change in ruling:
        if item.position in change.items:
            need = item.need if change.need is None else change.need
            item = replace(item, need=need, values=change.values or item.values)
    return item


def _any_form(items: tuple[Item, ...], keys: int) -> tuple[Item, ...]:
    """Return the items of a form that is not described: past the key anything may be set."""
    head = 2 + keys
    return items[:head] + tuple(replace(item, need="applicable", values=()) for item in items[head:])


def _demand(holds: bool, place: str, said: str) -> None:
    if not holds:
        raise InvalidLaw("国保連の項目表が正しくありません。", said, place=f"read/kokuhoren/layouts/{place}")


def _toml(name: str) -> dict[str, Any]:
    return tomllib.loads(_text(name))


def _text(name: str) -> str:
    return (files("zaitaku_rules.read.kokuhoren") / "layouts" / name).read_text("utf-8")

"""What differs between service months: dated changes to the items of a record."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, cast

from zaitaku_rules.errors import InvalidLaw

_MONTH = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])")


@dataclass(frozen=True, slots=True)
class Change:
    """Some items of a record differ in some service months: in need, or in the values they may hold."""

    record: str
    items: tuple[int, ...]
    begin: str
    through: str
    form: str
    need: Literal["unused"] | None
    values: tuple[str, ...]
    source: str

    def holds(self, month: str, form: str) -> bool:
        """Return whether it applies in a service month (YYYYMM) and for a form."""
        inside = self.begin <= month and (not self.through or month <= self.through)
        return inside and self.form in ("", form)

    @property
    def bound(self) -> str:
        """Return the month (YYYYMM) in which the items differ from those of the month before."""
        return self.begin or f"{int(self.through) + (89 if self.through.endswith('12') else 1):06}"


def changes_of(rows: Sequence[Mapping[str, Any]], kinds: set[str]) -> tuple[Change, ...]:
    """Return the changes of a table; raises InvalidLaw where one makes no sense."""
    return tuple(_change(row, number, kinds) for number, row in enumerate(rows, 1))


def _change(row: Mapping[str, Any], number: int, kinds: set[str]) -> Change:
    place = f"read/kokuhoren/layouts/changes.toml: change {number}"
    months = [row[name] for name in ("from", "through") if name in row]
    faults = {
        "it names an unknown record": row.get("record") not in kinds,
        "it needs either `from` or `through`, as YYYY-MM": len(months) != 1
        or not _MONTH.fullmatch(months[0]),
        "it needs positions from 3 on in `items`": not row.get("items") or min(row["items"]) < 3,
        "it changes nothing": "need" not in row and not row.get("values"),
        "`need` can only be unused": row.get("need", "unused") != "unused",
        "it names no source": not row.get("source"),
    }
    for said in (said for said, holds in faults.items() if holds):
        raise InvalidLaw("国保連の項目表の変更が正しくありません。", said, place=place)
    return Change(
        cast("str", row["record"]),
        tuple(row["items"]),
        row.get("from", "").replace("-", ""),
        row.get("through", "").replace("-", ""),
        row.get("form", ""),
        row.get("need"),
        tuple(row.get("values", ())),
        row["source"],
    )

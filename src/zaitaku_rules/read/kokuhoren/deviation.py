"""What deviates from the specification, as data: a closed list of kinds, each with its words."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Literal, TypeAlias, get_args

from zaitaku_rules.errors import InvalidLaw, Message
from zaitaku_rules.read.kokuhoren.layout import Item, layouts

FileKind: TypeAlias = Literal[
    "byte_order_mark", "utf8", "line_feed", "no_final_line_end", "blank_line", "unknown_line", "no_control",
    "second_control", "no_end", "after_end", "serial", "count", "data_kind", "mixed_kinds", "other_office",
    "passed_record", "unknown_record", "rows_apart", "out_of_order", "other_form",
    "control_value", "medium", "reserve",
]  # fmt: skip
"""Kinds that speak of the file and its envelope."""

ItemKind: TypeAlias = Literal[
    "short_identification", "short_record_type", "short_day", "seconds", "withdrawn_region",
    "short_record", "extra_commas", "extra_items", "bad_quotes", "needs_quotes", "forbidden_byte",
    "undecodable", "private_sign", "missing", "not_used", "wrong_type", "too_long", "wrong_length",
    "negative", "unknown_code", "bad_month", "bad_date", "bad_day", "bad_time", "bad_number",
    "office_check_digit", "municipality_check_digit",
]  # fmt: skip
"""Kinds that speak of a record or of one of its items."""

Kind: TypeAlias = FileKind | ItemKind
KINDS: tuple[Kind, ...] = get_args(FileKind) + get_args(ItemKind)


@dataclass(frozen=True, slots=True)
class Deviation:
    """One deviation from the specification, and where it stands.

    `line` counts from 1; `offset` is that of the first byte in question in the file; `record` is the kind of
    record ("" for none); `position` is that of the item (0: the whole line). `found` is shown only where it
    can be no personal data, `expected` says in signs what should stand there.
    """

    kind: Kind
    line: int
    offset: int
    record: str = ""
    position: int = 0
    found: str | None = None
    expected: str = ""

    @property
    def slug(self) -> str:
        """Return the slug of the item, or ""."""
        item = self._item()
        return item.slug if item else ""

    @property
    def column(self) -> int:
        """Return the column of the item in the CSV line, from 1; 0 for the whole line."""
        is_data = self.record not in ("", "control")
        return self.position + 2 if self.position and is_data else self.position

    @property
    def message(self) -> Message:
        """Return what deviates in one sentence, without its place in the file."""
        words, item = _words()[self.kind], self._item()
        where = f"({self.record})" if self.record else ""
        ja, en = words.ja + where, f"{words.en} {where}".rstrip()
        if item:
            ja = f"{words.ja}({self.record} 項目{item.position} {item.name})"
            en = f"{words.en} ({self.record} item {item.position}, {item.slug})"
        if self.found is not None:
            ja, en = f"{ja}: {self.found}", f"{en}: {self.found}"
        if self.expected:
            ja, en = f"{ja}。正しくは {_in_japanese(self.expected)}", f"{en}; expected {self.expected}"
        return Message(f"{ja}。", en)

    def _item(self) -> Item | None:
        layout = layouts().get(self.record)
        items = next(iter(layout.forms.values())) if layout else ()
        return items[self.position - 1] if 0 < self.position <= len(items) else None


def _in_japanese(expected: str) -> str:
    text = expected.replace("<= ", "最大").replace(" bytes", "バイト").replace(" items", "項目")
    return text.replace("|", "、")


@lru_cache(maxsize=1)
def _words() -> Mapping[str, Message]:
    raw = (files("zaitaku_rules.read.kokuhoren") / "layouts" / "deviations.toml").read_text("utf-8")
    words = {kind: Message(told["ja"], told["en"]) for kind, told in tomllib.loads(raw).items()}
    if set(words) != set(KINDS):
        raise InvalidLaw(
            "国保連の差異の説明が種類と合いません。",
            f"words and kinds of deviations differ: {', '.join(sorted(set(words) ^ set(KINDS)))}",
            place="read/kokuhoren/layouts/deviations.toml",
        )
    return words

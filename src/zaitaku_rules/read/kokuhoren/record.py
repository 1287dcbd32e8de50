"""Records as they stand in a file: raw text beside value, each item with its place."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from zaitaku_rules.read.kokuhoren.fields import Field, fields_of
from zaitaku_rules.read.kokuhoren.layout import Item, layouts
from zaitaku_rules.read.kokuhoren.table import Table
from zaitaku_rules.read.kokuhoren.values import Value, looks_utf8, value_of


class Key(NamedTuple):
    """What the records of one sheet share: service month (YYYYMM), place, office, person and form.

    `person` is empty for a claim (J111), `form` for all but a service record (J611).
    """

    month: str
    municipality: str
    office: str
    person: str = ""
    form: str = ""


class Record:
    """One data record of a file. Everything but `caught` is computed when it is asked for."""

    __slots__ = ("caught", "conforms", "line", "offset", "raw_line", "table")

    def __init__(
        self, table: Table, line: int, offset: int, raw_line: bytes, caught: tuple[bytes, ...], conforms: bool
    ) -> None:
        """Keep a line: `line` counts from 1, `offset` is that of its first byte in the file."""
        self.table = table
        self.line = line
        self.offset = offset
        self.raw_line = raw_line
        self.caught = caught
        self.conforms = conforms

    @property
    def kind(self) -> str:
        """Return the kind of record, such as J611-02."""
        return self.table.layout.kind

    @property
    def identification(self) -> str:
        """Return the 交換情報識別番号, such as J611."""
        return self.table.layout.kind[:4]

    @property
    def serial(self) -> int:
        """Return the serial of the record in its file; 0 where none can be read."""
        return int(self.caught[0])

    @property
    def key(self) -> Key:
        """Return what the records of its sheet share."""
        return Key(*self.caught[1].decode("ascii").split(","))

    @property
    def raw(self) -> tuple[str, ...]:
        """Return the text of each item, from the first to the last that is there, without quotes."""
        return tuple(decoded(field.raw) for field in self._fields())

    def text(self, item: str | int) -> str:
        """Return the text of an item by slug or by position (from 1); "" where the record ends before it."""
        field = self._field(self.table.layout.position(item))
        return "" if field is None else decoded(field.raw)

    def value(self, item: str | int) -> Value:
        """Return the value of an item by slug or position (from 1); None where none is set or readable."""
        told = self.item(item)
        return value_of(told, self.text(told.position))

    def values(self) -> Mapping[str, Value]:
        """Return the value of each item by slug, of those that are set."""
        found = {
            item.slug: value_of(item, text) for item, text in zip(self.table.items, self.raw, strict=False)
        }
        return {slug: value for slug, value in found.items() if value is not None}

    def item(self, item: str | int) -> Item:
        """Return what is known of an item, by slug or by position (from 1)."""
        return self.table.items[self.table.layout.position(item) - 1]

    def offset_of(self, item: str | int) -> int:
        """Return the offset in the file of the first byte of an item; of the line's end where it lacks."""
        field = self._field(self.table.layout.position(item))
        return self.offset + (len(self.raw_line) if field is None else field.begin)

    def _field(self, position: int) -> Field | None:
        fields = self._fields()
        return fields[position - 1] if position <= len(fields) else None

    def _fields(self) -> list[Field]:
        return fields_of(self.raw_line)[2:]


class Control:
    """The control record, which opens a file."""

    __slots__ = ("line", "offset", "raw", "raw_line")

    def __init__(self, line: int, offset: int, raw_line: bytes) -> None:
        """Keep a line, and the texts of its items as `raw`."""
        self.line = line
        self.offset = offset
        self.raw_line = raw_line
        self.raw = tuple(decoded(field.raw) for field in fields_of(raw_line))

    def text(self, slug: str) -> str:
        """Return the text of an item, such as `data_kind`; "" where it lacks."""
        place = layouts()["control"].position(slug)
        return self.raw[place - 1] if place <= len(self.raw) else ""

    def offset_of(self, slug: str) -> int:
        """Return the offset in the file of the first byte of an item; of the line's end where it lacks."""
        place = layouts()["control"].position(slug)
        fields = fields_of(self.raw_line)
        return self.offset + (fields[place - 1].begin if place <= len(fields) else len(self.raw_line))

    def value(self, slug: str) -> Value:
        """Return the value of an item; None where nothing is set or readable."""
        layout = layouts()["control"]
        return value_of(layout.items()[layout.position(slug) - 1], self.text(slug))


class End(NamedTuple):
    """The end record, which closes a file."""

    line: int
    offset: int
    serial: int


def decoded(raw: bytes) -> str:
    """Return the text of bytes in CP932, or in UTF-8 where they are that."""
    if raw.isascii():
        return raw.decode("ascii")
    return raw.decode("utf-8") if looks_utf8(raw) else raw.decode("cp932", "replace")

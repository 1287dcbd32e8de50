"""A line taken apart item by item, once its pattern has not matched."""

from __future__ import annotations

from collections.abc import Sequence

from zaitaku_rules.read.kokuhoren.deviation import Deviation, Kind
from zaitaku_rules.read.kokuhoren.exchanges import written_short
from zaitaku_rules.read.kokuhoren.faults import Fault, shown, told
from zaitaku_rules.read.kokuhoren.fields import Field, fields_of
from zaitaku_rules.read.kokuhoren.layout import Item, Layout, layouts
from zaitaku_rules.read.kokuhoren.record import Control, Record
from zaitaku_rules.read.kokuhoren.table import Table, table_of

_NONE = Field(b"", 0, False)
_CONTROL_KINDS: dict[str, Kind] = {"medium": "medium", "reserve": "reserve"}


def kind_of(fields: Sequence[Field]) -> str:
    """Return the kind of record that a data line writes, even where it is written short; "" for none."""
    if len(fields) < 4:
        return ""
    number, record_type = (field.raw.decode("ascii", "replace") for field in fields[2:4])
    kind = f"{written_short(number)}-{record_type.rjust(2, '0')}"
    return kind if kind in layouts() else ""


def record_of(
    kind: str, fields: Sequence[Field], raw_line: bytes, line: int, offset: int
) -> tuple[Record, list[Deviation]]:
    """Return the record of a line, and all that deviates in its items."""
    items = fields[2:]
    table = _table(kind, items)
    deviations = _count(table.layout, len(table.items), items, line, offset + len(raw_line))
    taken: dict[str, bytes] = {}
    for item in table.items:
        field = items[item.position - 1] if item.position <= len(items) else _NONE
        taken[item.slug], fault = _identity(item, field, kind) or told(item, field, table.days)
        if fault is not None:
            where = offset + field.begin + field.is_quoted + fault.place
            place = where if item.position <= len(items) else offset + len(raw_line)
            deviations.append(_deviation(fault, item, field, kind, line, place))
    key = b",".join(_plain(taken[slug]) for slug in table.layout.key)
    caught = (fields[1].raw, key, *(taken[slug] for slug in table.layout.caught))
    return Record(table, line, offset, raw_line, caught, not deviations), deviations


def control_of(raw_line: bytes, line: int, offset: int) -> tuple[Control, list[Deviation]]:
    """Return the control record of a line, and all that deviates in its items."""
    table = table_of("control")
    fields = fields_of(raw_line)
    deviations = _count(table.layout, len(table.items), fields, line, offset + len(raw_line))
    for item, field in zip(table.items, fields, strict=False):
        fault = told(item, field, table.days).fault
        if item.slug == "reserve":
            fault = Fault("reserve") if field.raw else None
        elif fault is not None and item.values and field.raw:
            fault = Fault(_CONTROL_KINDS.get(item.slug, "control_value"), 0, item.values[0])
        if fault is not None:
            place = offset + field.begin + field.is_quoted + fault.place
            deviations.append(_deviation(fault, item, field, "control", line, place))
    return Control(line, offset, raw_line), deviations


def _table(kind: str, items: Sequence[Field]) -> Table:
    places = layouts()[kind].places
    month, form = (
        items[places[slug] - 1].raw.decode("ascii", "replace")
        if slug in places and places[slug] <= len(items)
        else ""
        for slug in ("month", "form")
    )
    return table_of(kind, month, form)


def _count(layout: Layout, expected: int, items: Sequence[Field], line: int, end: int) -> list[Deviation]:
    """Return what is wrong with the number of items."""
    found = len(items)
    if found == expected:
        return []
    kind: Kind = "short_record"
    if found > expected:
        kind = "extra_items" if any(field.raw for field in items[expected:]) else "extra_commas"
    return [Deviation(kind, line, end, layout.kind, 0, str(found), f"{expected} items")]


def _identity(item: Item, field: Field, kind: str) -> tuple[bytes, Fault | None] | None:
    """Return the first two items as they are meant, and the fault of writing them short."""
    if item.position > 2 or not field.is_sound:
        return None
    meant = kind.split("-")[item.position - 1].encode()
    short: Kind = "short_identification" if item.position == 1 else "short_record_type"
    return meant, None if field.raw == meant else Fault(short, 0, meant.decode())


def _deviation(fault: Fault, item: Item, field: Field, kind: str, line: int, offset: int) -> Deviation:
    return Deviation(fault.kind, line, offset, kind, item.position, shown(item, field), fault.expected)


def _plain(raw: bytes) -> bytes:
    """Return a part of a key with no comma and nothing that is not ASCII."""
    return raw.decode("ascii", "replace").replace(",", "?").replace("�", "?").encode()

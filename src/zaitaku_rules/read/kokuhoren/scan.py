"""The lines that are no mere repetition of the line before: envelope, change of sheet, and what deviates."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TypeAlias

from zaitaku_rules.errors import shown_value
from zaitaku_rules.read.kokuhoren.deviation import Deviation, Kind
from zaitaku_rules.read.kokuhoren.exchanges import exchange_of, exchanges, refuse_declined, refuse_foreign
from zaitaku_rules.read.kokuhoren.fields import Field, fields_of
from zaitaku_rules.read.kokuhoren.lines import Block, refuse_endless
from zaitaku_rules.read.kokuhoren.matching import NOTHING, Matcher
from zaitaku_rules.read.kokuhoren.record import Control, End, Record
from zaitaku_rules.read.kokuhoren.sheets import Sheets
from zaitaku_rules.read.kokuhoren.slow import control_of, kind_of, record_of
from zaitaku_rules.read.kokuhoren.table import Match, table_of

Part: TypeAlias = Control | Record | End | Deviation

_SERIAL = re.compile(rb"[0-9]{1,9}")
_HEAD = 16
"""Bytes of a line that hold its serial and what is before."""


class Scan:
    """Where the reading of a file stands: what the line before was, and what was seen so far."""

    def __init__(self, place: str) -> None:
        """Begin before the first line."""
        self.place = place
        self.control: Control | None = None
        self.end: End | None = None
        self.data_records = self.line = self.serial = 0
        self.is_over = False
        self.match: Match = NOTHING
        self.closer: tuple[tuple[int, Callable[[bytes], bool]], ...] = ()
        self.key = b""
        self.table = table_of("control")
        self.waiting: list[Deviation] = []
        self._matcher = Matcher()
        self._first: str | None = None
        self._seen: set[str] = set()
        self._office: bytes | None = None
        self._sheet_key: bytes = b""
        self._sheets = Sheets()
        self._told: set[str] = set()
        self.offset = 0
        self._step = 2

    def begin(self, block: Block) -> Iterator[Deviation]:
        """Take note of the kind of line ends of a block, and of the mark before the first."""
        self._step = block.step
        if self._first is None and (first := next(filter(None, block.lines), None)) is not None:
            self._first = ""
            refuse_endless(first, self.place)
            refuse_foreign(first, [field.raw for field in fields_of(first)], self.place)
        if self.line == 0 and block.offset:
            yield Deviation("byte_order_mark", 1, 0)
        if block.step == 1:
            yield from self._once("line_feed", self.line + 1, block.offset)

    def finish(self) -> Iterator[Deviation]:
        """Return what is wrong with the file as a whole, once its last line has been read."""
        if self._first is None:
            refuse_foreign(b"", [b""], self.place)
        if self._step == 0 and not self.is_over:
            yield Deviation("no_final_line_end", self.line, self.offset)
        if self.end is None:
            yield Deviation("no_end", self.line, self.offset, expected=f"3,{self.serial + 1}")
        if self.control is not None and self.control.value("data_records") != self.data_records:
            yield Deviation(
                "count", self.control.line, self.control.offset, "control", 4,
                shown_value(self.control.text("data_records")), str(self.data_records),
            )  # fmt: skip

    def other(self, line: bytes, offset: int) -> Iterator[Part]:
        """Return the parts of a line that is no repetition of the line before."""
        if self.end is not None:
            self.is_over = True
            yield Deviation("after_end", self.line, offset)
            yield from self.finish()
        elif not line:
            yield from self._once("blank_line", self.line, offset)
        else:
            yield from self._apart(line, offset)

    def known(self, line: bytes, offset: int) -> Record | None:
        """Return the record of a line that conforms, of whatever kind and sheet; None for any other line.

        What deviates in its surroundings is left in `waiting`.
        """
        found = self._matcher.matched(line) if self.serial and self.end is None else None
        if found is None:
            return None
        table, self.match, caught = found
        self.closer = table.closer
        record = Record(table, self.line, offset, line, caught, True)
        if int(caught[0]) == self.serial + 1:
            self.serial += 1
        else:
            self.waiting = list(self._numbered(fields_of(line[:_HEAD]), offset))
        self._take(record)
        return record

    def _apart(self, line: bytes, offset: int) -> Iterator[Part]:
        """Return the parts of a line that deviates, or that belongs to the envelope."""
        refuse_endless(line, self.place)
        fields = fields_of(line)
        match fields[0].raw:
            case b"1":
                yield from self._opened(line, fields, offset)
            case b"2":
                yield from self._record(fields, line, offset)
            case b"3":
                yield from self._closed(fields, offset)
            case _:
                yield Deviation("unknown_line", self.line, offset)

    def _opened(self, line: bytes, fields: list[Field], offset: int) -> Iterator[Part]:
        if self.control is not None or self.data_records:
            yield Deviation("second_control", self.line, offset)
            return
        self.control, deviations = control_of(line, self.line, offset)
        refuse_declined(self.control.text("data_kind"), self.place)
        self._office = self.control.text("office").encode("ascii", "replace")
        yield from deviations
        yield from self._numbered(fields, offset)
        yield self.control

    def _closed(self, fields: list[Field], offset: int) -> Iterator[Part]:
        yield from self._numbered(fields, offset)
        if len(fields) > 2:
            is_empty = not any(field.raw for field in fields[2:])
            yield Deviation(
                "extra_commas" if is_empty else "extra_items", self.line, offset + fields[2].begin - 1
            )
        self.end = End(self.line, offset, self.serial)
        self.match = NOTHING
        yield self.end

    def _numbered(self, fields: list[Field], offset: int) -> Iterator[Deviation]:
        """Take the serial of a line; one that is not the next is told and then counted on from."""
        raw, begin = (fields[1].raw, fields[1].begin) if len(fields) > 1 else (b"", 0)
        due, is_number = self.serial + 1, _SERIAL.fullmatch(raw) is not None
        self.serial = int(raw) if is_number else due
        if not is_number or self.serial != due:
            found = raw.decode("ascii") if is_number else None
            yield Deviation("serial", self.line, offset + begin, found=found, expected=str(due))

    def _record(self, fields: list[Field], line: bytes, offset: int) -> Iterator[Part]:
        """Return the parts of a data line that does not conform as it stands."""
        if self.control is None:
            self.serial = self.serial or 1
            yield from self._once("no_control", self.line, offset)
        kind = kind_of(fields)
        if kind:
            record, found = record_of(kind, fields, line, self.line, offset)
            deviations = [one for one in found if one.kind != "utf8" or not self._is_told("utf8")]
            deviations += self._numbered(fields, offset)
            record.caught = str(self.serial).encode(), *record.caught[1:]
            # Rows behind one that deviates are looked at closer even where they share its key.
            self.waiting, self.match = deviations, NOTHING
            self._take(record)
            yield from self.waiting
            self.waiting = []
            yield record
            return
        number = fields[2].raw.decode("ascii", "replace") if len(fields) > 2 else ""
        self.data_records += 1
        yield from self._numbered(fields, offset)
        exchange = exchange_of(number)
        if exchange is not None and exchange.fate != "read":
            yield from self._once("passed_record", self.line, offset, exchange.number)
        else:
            yield Deviation("unknown_record", self.line, offset)

    def _take(self, record: Record) -> None:
        """Take a record into the file: the kind of data, its sheet, its office; what deviates waits."""
        self.data_records += 1
        key, table = record.caught[1], record.table
        kind = table.layout.kind
        if kind[:4] not in self._seen:
            self.waiting += self._data_kind(record)
        if wrong := self._sheets.follow(kind, key):
            self.waiting.append(Deviation(wrong, record.line, record.offset, kind))
        if key != self._sheet_key:
            self._sheet_key = key
            self.waiting += self._sheet(record)
        self.table, self.key = table, key

    def _data_kind(self, record: Record) -> Iterator[Deviation]:
        """Return what is wrong where a kind of records comes for the first time."""
        self._seen.add(record.identification)
        control, kind = self.control, exchanges()[record.identification].data_kind
        if self._first:
            if self._first != kind:
                yield from self._once("mixed_kinds", record.line, record.offset, kind)
            return
        self._first = kind
        if control is not None and control.text("data_kind") != kind:
            place = control.offset_of("data_kind")
            yield Deviation("data_kind", control.line, place, "control", 5, None, kind)

    def _sheet(self, record: Record) -> Iterator[Deviation]:
        """Return what is wrong with a sheet as such: of another office, or of a form that is not checked."""
        kind, places = record.kind, record.table.layout.places
        if self._office is not None and self._office != record.caught[1].split(b",", 3)[2]:
            slug = record.table.layout.key[2]
            yield Deviation("other_office", record.line, record.offset_of(slug), kind, places[slug])
        if "form" in places and not record.table.form:
            place = record.offset_of("form")
            yield Deviation(
                "other_form", record.line, place, kind, places["form"], shown_value(record.key.form)
            )

    def _once(self, kind: Kind, line: int, offset: int, which: str = "") -> Iterator[Deviation]:
        if not self._is_told(kind + which):
            yield Deviation(kind, line, offset, found=which or None)

    def _is_told(self, what: str) -> bool:
        """Return whether something was told before; it is from now on."""
        told = what in self._told
        self._told.add(what)
        return told

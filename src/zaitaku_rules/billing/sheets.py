"""The service records (J611) of the files: a small sheet for each person, its rows added up as they pass."""

from __future__ import annotations

from datetime import date

from zaitaku_rules.billing.findings import Findings, Spot
from zaitaku_rules.billing.first_records import declared_totals, first_record_faults, needs_closer_look
from zaitaku_rules.billing.sheet_rows import TOTALS, Effect, bare, effect_of, slugs, texts, unpacked
from zaitaku_rules.read.kokuhoren import Record
from zaitaku_rules.read.kokuhoren.values import calendar_day

_MOST = 1 << 15
"""So many kinds of rows are remembered."""
_ABSENCES = 4
_REMARKS = 2 + slugs("J611-02").index("remarks")
_BEHIND = _REMARKS + 1


class Sheet:
    """What is kept of one service record: its place, its days of use and of absence, its totals."""

    __slots__ = (
        "absent", "counted", "declared", "file", "is_checked", "is_clear", "is_counted", "line", "offset",
        "record", "times", "used",
    )  # fmt: skip

    def __init__(self, file: str, record: Record) -> None:
        """Begin a sheet at its first record, or at a row that has none."""
        self.file = file
        self.line = record.line
        self.offset = record.offset
        self.record: Record | None = record
        self.declared: int | None = None
        self.counted = self.used = self.absent = 0
        self.is_clear = self.is_counted = True
        self.is_checked = bool(record.table.form)
        self.times: list[int] = []

    def spot(self, slug: str = "") -> Spot:
        """Return the place of the sheet, or of an item of its first record."""
        if slug and self.record is not None:
            return Spot.of(self.file, self.record, slug)
        return Spot(self.file, self.line, self.offset, "J611-01")


class Sheets:
    """Takes the records of service records as they pass; `sheets` are those of all files by key."""

    def __init__(self, findings: Findings, *, keeps_times: bool) -> None:
        """Begin with none; times of days are kept only where offices may have to be compared."""
        self.sheets: dict[bytes, Sheet] = {}
        self.rows = 0
        self._findings = findings
        self._keeps_times = keeps_times
        self._effects: dict[tuple[bytes, ...], Effect] = {}
        self._file = ""
        self._key = b""
        self._sheet: Sheet | None = None
        self._waiting: dict[bytes, Sheet] = {}

    def begin(self, file: str) -> None:
        """Begin a file."""
        self._file, self._key, self._sheet = file, b"", None

    def end(self) -> None:
        """End a file: what had to wait for later rows is judged."""
        self._turn()
        for key, sheet in self._waiting.items():
            self._judge(key, sheet)
        self._waiting = {}
        self._findings.judge("J611-02", self.rows)
        self.rows = 0

    def first(self, record: Record) -> None:
        """Take the first record of a sheet."""
        self._findings.judge("J611-01")
        self._turn()
        key = record.caught[1]
        known = self.sheets.get(key)
        self._key = key
        if known is None:
            self._sheet = self.sheets[key] = Sheet(self._file, record)
        elif known.declared is None:
            self._sheet = known
            known.record, known.line, known.offset = record, record.line, record.offset
        else:
            self._findings.add("K202", Spot.of(self._file, record), person=person_of(key))
            self._sheet = Sheet(self._file, record)
        declared = declared_totals(texts(record))
        self._sheet.declared = 0 if declared is None else declared
        self._sheet.is_counted &= declared is not None

    def row(self, record: Record) -> None:
        """Take a row of a sheet."""
        self.rows += 1
        if record.caught[1] != self._key or self._sheet is None:
            self._find(record)
        sheet = self._sheet
        assert sheet is not None
        if record.conforms:
            # What the remarks say changes nothing, and there may be as many of them as rows.
            row = record.caught[2:_REMARKS] + record.caught[_BEHIND:]
            effect = self._effects.get(row) or self._effect(row)
        else:
            effect = effect_of(bare(texts(record)))
        bit = effect.used | effect.absent
        if bit & (sheet.used | sheet.absent):
            self._add("K203", record, "day")
        elif self._keeps_times and effect.times:
            sheet.times.append(effect.times)
        sheet.used |= effect.used
        sheet.absent |= effect.absent
        sheet.counted += effect.totals
        if effect.faults and sheet.is_checked:
            for fault in effect.faults:
                self._add(fault.code, record, fault.slug, fault.found, fault.expected)
        if not effect.is_clear or not effect.is_counted:
            sheet.is_clear &= effect.is_clear
            sheet.is_counted &= effect.is_counted

    def _find(self, record: Record) -> None:
        """Go to the sheet of a row that does not follow the row before."""
        self._turn()
        self._key = record.caught[1]
        sheet = self.sheets.get(self._key)
        if sheet is None:
            sheet = self.sheets[self._key] = Sheet(self._file, record)
        elif sheet.record is None:
            sheet.record = record if sheet.declared is None else None
        self._sheet = sheet

    def _turn(self) -> None:
        """Leave a sheet: one that adds up is settled, another waits for rows that may stand apart."""
        sheet = self._sheet
        if sheet is None:
            return
        if self.sheets.get(self._key) is sheet:
            if self._is_settled(sheet):
                sheet.record = None
            else:
                self._waiting[self._key] = sheet
        self._sheet, self._key = None, b""

    def _is_settled(self, sheet: Sheet) -> bool:
        if sheet.declared is None or not sheet.is_counted or sheet.declared != sheet.counted:
            return False
        record = sheet.record
        has_more = record is not None and needs_closer_look(texts(record))
        return not has_more and sheet.absent.bit_count() <= _ABSENCES

    def _judge(self, key: bytes, sheet: Sheet) -> None:
        person = person_of(key)
        if sheet.declared is None:
            spot = Spot(sheet.file, sheet.line, sheet.offset, "J611-02")
            self._findings.add("K201", spot, person=person, expected="J611-01")
        elif sheet.is_checked:
            self._judge_totals(person, sheet)
            if sheet.record is not None:
                self._judge_first(key, sheet, sheet.record)
        if sheet.absent.bit_count() > _ABSENCES:
            found, most = str(sheet.absent.bit_count()), f"<= {_ABSENCES}"
            self._findings.add("K236", sheet.spot(), person=person, found=found, expected=most)
        sheet.record = None

    def _judge_totals(self, person: bytes, sheet: Sheet) -> None:
        if not sheet.is_counted:
            self._findings.leave_open("K206", sheet.spot(), person=person)
        elif sheet.declared != sheet.counted:
            both = zip(TOTALS, unpacked(sheet.declared or 0), unpacked(sheet.counted), strict=True)
            for slug, found, expected in both:
                if found != expected:
                    self._findings.add(
                        "K206", sheet.spot(slug), person=person, found=str(found), expected=str(expected)
                    )

    def _judge_first(self, key: bytes, sheet: Sheet, record: Record) -> None:
        counted = dict(zip(TOTALS, unpacked(sheet.counted), strict=True))
        used = sheet.used if sheet.is_clear else None
        for fault in first_record_faults(
            texts(record), key[:6].decode("ascii"), counted["offsite_days"], used
        ):
            self._findings.add(
                fault.code,
                sheet.spot(fault.slug),
                person=person_of(key),
                found=fault.found,
                expected=fault.expected,
            )

    def _effect(self, row: tuple[bytes, ...]) -> Effect:
        if len(self._effects) >= _MOST:
            self._effects.clear()
        found = self._effects[row] = effect_of(row)
        return found

    def _add(self, code: str, record: Record, slug: str, found: str = "", expected: str = "") -> None:
        if self._findings.is_counted_only(code):
            return
        spot = Spot.of(self._file, record, slug)
        self._findings.add(
            code, spot, person=person_of(record.caught[1]), day=day_of(record), found=found, expected=expected
        )


def person_of(key: bytes) -> bytes:
    """Return the certificate number of a key; b"" where it has none."""
    return key.split(b",")[3] if key.count(b",") >= 3 else b""


def day_of(record: Record) -> date | None:
    """Return the day that a row speaks of; None where there is no such day."""
    month, day = record.value("month"), record.value("day")
    return calendar_day(f"{str(month).replace('-', '')}{day:02}") if isinstance(day, int) else None

"""Billing files that belong together: read one after the other, then judged as a whole."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from zaitaku_rules.billing.claims import Claims
from zaitaku_rules.billing.envelope import Envelope
from zaitaku_rules.billing.findings import Findings
from zaitaku_rules.billing.hashed import HashedFile
from zaitaku_rules.billing.joining import Joining
from zaitaku_rules.billing.masks import Masks
from zaitaku_rules.billing.report import BillingFileError, BillingFileRead, BillingReport, HomeUse
from zaitaku_rules.billing.reporting import no_log, report_of, text_of
from zaitaku_rules.billing.service_codes import ServiceCodes, shipped_codes
from zaitaku_rules.billing.sheets import Sheets
from zaitaku_rules.billing.statements import Statements
from zaitaku_rules.errors import ZaitakuError
from zaitaku_rules.read.kokuhoren import Control, Deviation, Reading, Record, Source, Table, read_kokuhoren

Also = Callable[[Record, str], None]
"""Sees each record, with the name of its file."""

_OTHER_STATEMENTS = ("J131", "J141")


class Validation:
    """The judgement of billing files in the making: `read` each of them, then ask for the `report`.

    `strict` weighs deviations as the specification has them, `several` says that more than one file comes,
    so that what a comparison needs is kept.
    """

    def __init__(
        self,
        *,
        strict: bool = False,
        show_ids: bool = False,
        codes: ServiceCodes | None = None,
        several: bool = True,
    ) -> None:
        """Begin with no file."""
        self.masks = Masks(show_ids=show_ids)
        self.findings = Findings(self.masks)
        self.files: list[BillingFileRead | BillingFileError] = []
        self._strict = strict
        self._codes = codes or shipped_codes()
        self.sheets = Sheets(self.findings, keeps_times=several)
        self.statements = Statements(self.findings, self._codes, keeps_spots=several)
        self._claims = Claims(self.findings)
        self._envelope = Envelope(self.findings)
        self._others = False

    def read(self, source: Source, *, also: Also | None = None) -> BillingFileRead:
        """Read a file and judge what stands in it alone; raises InvalidInput for what is no such file.

        What was found in a file before it turned out to be none stays in the report.
        """
        held = HashedFile(source)
        try:
            return self._read(held, also)
        finally:
            held.close()

    def refuse(self, error: ZaitakuError) -> None:
        """Take note of a file that could not be read."""
        self.files.append(BillingFileError(place=error.place, error=text_of(error.message)))

    def report(self, *, home_use: HomeUse | None = None) -> BillingReport:
        """Return the report on all files; what stands between them is judged now, so ask once."""
        Joining(self.findings, self.statements.counted, self.sheets.sheets).judge()
        return report_of(
            self.findings,
            self.files,
            home_use or no_log(),
            strict=self._strict,
            codes_sha256=self._codes.sha256,
        )

    def _read(self, held: HashedFile, also: Also | None) -> BillingFileRead:
        reading = read_kokuhoren(held.stream())
        file = held.name
        for one in (self.sheets, self.statements, self._claims, self._envelope):
            one.begin(file)
        self._others = False
        try:
            self._pass(reading, file, also)
        finally:
            self._end(reading.data_records)
        control = reading.control
        read = BillingFileRead(
            file=file,
            sha256=held.sha256(),
            data_kind="" if control is None else _shown(control.text("data_kind")),
            processing_month="" if control is None else str(control.value("processing_month") or ""),
            data_records=reading.data_records,
        )
        self.files.append(read)
        return read

    def _pass(self, reading: Reading, file: str, also: Also | None) -> None:
        """Hand each part of a file to those that judge it."""
        takers: dict[Table, Callable[[Record], None]] = {}
        for part in reading.parts():
            if type(part) is Record:
                take = takers.get(part.table)
                if take is None:
                    take = takers[part.table] = self._taker(part)
                take(part)
                if also is not None:
                    also(part, file)
            elif isinstance(part, Deviation):
                self.findings.deviates(file, part)
                self._others |= part.kind == "passed_record" and part.found in _OTHER_STATEMENTS
            elif isinstance(part, Control):
                self._envelope.control(part)

    def _taker(self, record: Record) -> Callable[[Record], None]:
        """Return what takes the records of a kind."""
        if record.kind in ("J611-02", "J611-01"):
            self.findings.give("J611")
            return self.sheets.row if record.kind == "J611-02" else self._first
        if record.identification == "J121":
            self.findings.give("J121")
            return self._stated if record.kind == "J121-01" else self.statements.take
        if record.identification == "J111":
            return self._claimed if record.kind == "J111-01" else self._claims.service
        return self._counted

    def _first(self, record: Record) -> None:
        self._envelope.month(record)
        self.sheets.first(record)

    def _stated(self, record: Record) -> None:
        self._envelope.month(record)
        self.statements.take(record)

    def _claimed(self, record: Record) -> None:
        self._envelope.month(record)
        self._claims.first(record)

    def _counted(self, record: Record) -> None:
        self.findings.judge(record.kind)

    def _end(self, data_records: int) -> None:
        self.sheets.end()
        self.statements.end()
        self._claims.end(self.statements.sums, self.statements.unsummed, are_all_read=not self._others)
        self.findings.judge("file")
        self.findings.judge("record", data_records)


def validate(
    sources: Iterable[Source] | str | Path | bytes,
    *,
    strict: bool = False,
    show_ids: bool = False,
    codes: ServiceCodes | None = None,
) -> BillingReport:
    """Return the report on billing files (paths, bytes or streams) that belong together.

    Raises InvalidInput where one of them is no such file.
    """
    held = [sources] if isinstance(sources, str | Path | bytes) else list(sources)
    validation = Validation(strict=strict, show_ids=show_ids, codes=codes, several=len(held) > 1)
    for source in held:
        validation.read(source)
    return validation.report()


def _shown(data_kind: str) -> str:
    return data_kind if len(data_kind) == 3 and data_kind.isascii() and data_kind.isalnum() else ""

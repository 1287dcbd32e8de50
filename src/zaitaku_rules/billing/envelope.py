"""The month in which a file is processed, held against the service months of its records."""

from __future__ import annotations

from zaitaku_rules.billing.findings import Findings, Spot
from zaitaku_rules.read.kokuhoren import Control, Record


class Envelope:
    """Holds each service month of a file against its control record, once."""

    def __init__(self, findings: Findings) -> None:
        """Begin without a control record."""
        self._findings = findings
        self._file = ""
        self._processed: int | None = None
        self._seen: set[tuple[str, bytes]] = set()

    def begin(self, file: str) -> None:
        """Begin a file."""
        self._file, self._processed, self._seen = file, None, set()

    def control(self, control: Control) -> None:
        """Take the control record."""
        self._processed = _months(str(control.value("processing_month") or "").replace("-", ""))

    def month(self, record: Record) -> None:
        """Take the service month of a record, once for each kind of record."""
        month = record.caught[1][:6]
        if (record.kind, month) in self._seen:
            return
        self._seen.add((record.kind, month))
        served = _months(month.decode("ascii", "replace"))
        if self._processed is None or served is None:
            return
        self._findings.judge("sheet")
        late = self._processed - served
        if late != 1:
            spot, processed = Spot.of(self._file, record, "month"), _written(self._processed)
            code, expected = (
                ("K030", f"<= {processed}") if late < 0 else ("K031", _written(self._processed - 1))
            )
            self._findings.add(code, spot, found=_written(served), expected=expected)


def _months(text: str) -> int | None:
    """Return a month YYYYMM as a number of months."""
    is_month = len(text) == 6 and text.isdigit() and "01" <= text[4:] <= "12"
    return int(text[:4]) * 12 + int(text[4:]) - 1 if is_month else None


def _written(months: int) -> str:
    return f"{months // 12:04}{months % 12 + 1:02}"

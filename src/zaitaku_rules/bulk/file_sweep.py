"""`sweep_to_files`: a nation's month judged chunk by chunk, findings and summary written as it goes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from zaitaku_rules.bulk.chunks import CHUNK, Progress, chunks, silent, told_once, users_in
from zaitaku_rules.bulk.counts import Counts
from zaitaku_rules.bulk.engine_errors import engine_errors_told
from zaitaku_rules.bulk.findings import findings
from zaitaku_rules.bulk.laws import LawAsked, groups
from zaitaku_rules.bulk.left_out import LeftOutWriter
from zaitaku_rules.bulk.month_tables import MonthTables
from zaitaku_rules.bulk.pack import Packing
from zaitaku_rules.bulk.standing import standing
from zaitaku_rules.bulk.sweep import judged, law_asked
from zaitaku_rules.bulk.sweep_receipt import SweepReceipt
from zaitaku_rules.bulk.tables import Source, Tables
from zaitaku_rules.bulk.whole_files import FindingsWriter, SweepFiles, write_summary
from zaitaku_rules.days import calendar_of
from zaitaku_rules.law import Overlay


class Swept(NamedTuple):
    """What a sweep wrote: its files, and the content of the summary."""

    files: SweepFiles
    summary: dict[str, Any]


def sweep_to_files(
    source: Source,
    month: str,
    output: str | Path,
    *,
    as_of: date | None = None,
    overlays: Sequence[Overlay | str | Path] = (),
    readings: Mapping[str, str] | None = None,
    every: bool = False,
    chunk: int = CHUNK,
    progress: Progress | None = None,
) -> Swept:
    """Judge one month of many users and write FILE.parquet, FILE.summary.json and FILE.left_out.csv.

    `output` is FILE or FILE.parquet; FILE.left_out.csv stands only where rows were left out. At most
    `chunk` users are packed at a time. The files appear when all is written, or not at all; the same
    tables give the same bytes.
    Raises InvalidInput for tables that are none, InvalidCall for an unknown reading, OSError where the
    files cannot be written.
    """
    files = SweepFiles.beside(output)
    files.refuse(source)
    law = law_asked(overlays, readings)
    near = calendar_of(month)
    with engine_errors_told(), Tables(source, near) as given, files.written_whole() as parts:
        tables = MonthTables(given, month, as_of)
        run = _Run(law, parts, every, progress or silent, users_in(tables))
        try:
            for part in chunks(tables, chunk):
                run.judge(part)
        finally:
            run.findings.close()
        summary = run.summary(month, tables.as_of)
        write_summary(parts.summary, summary)
    return Swept(files, summary)


class _Run:
    """One sweep under way: what is written and counted so far."""

    def __init__(self, law: LawAsked, parts: SweepFiles, every: bool, progress: Progress, users: int) -> None:
        self.law, self.every, self.progress, self.users = law, every, progress, users
        self.findings = FindingsWriter(parts.findings)
        self.left_out = LeftOutWriter(parts.left_out)
        self.counts = Counts()
        self.receipt = SweepReceipt(law)
        self.done = 0
        progress(0, users)

    def judge(self, part: MonthTables) -> None:
        """Pack and judge the users of one chunk."""
        pages = Packing(part, [self.law]).pages()
        part.leave_out_strangers(pages.strangers)
        self.receipt.note_pages(pages)
        self.receipt.note_groups(pages, groups(pages.stretches, part.calendar.name, self.law))
        for block, columns in judged(pages, self.law):
            for batch in findings(block, columns, every=self.every):
                self.findings.add(batch)
            self.counts.add(block, columns, standing(block, columns))
            self.receipt.note_columns(columns, pages)
            self.done += block.count
            self.progress(self.done, self.users)
        self._write_left_out(part)

    def _write_left_out(self, part: MonthTables) -> None:
        self.left_out.add(told_once(part))

    def summary(self, month: str, as_of: date) -> dict[str, Any]:
        """Return the content of the summary."""
        return {
            "schema": "zaitaku-summary/1",
            "month": month,
            "as_of": as_of.isoformat(),
            **self.counts.totals(),
            "findings": self.findings.rows,
            "receipt": self.receipt.entry(month, as_of.isoformat()),
            "left_out": self.left_out.counts.entries(),
            "rules": self.counts.rules(),
            "municipalities": list(self.counts.municipalities()),
        }

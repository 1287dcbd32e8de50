"""`sweep`: the tables of a nation's month in, the findings of every rule out."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from zaitaku_rules.bulk.engine_errors import engine_errors_told
from zaitaku_rules.bulk.engines import ArrowTable, pa
from zaitaku_rules.bulk.findings import SCHEMA, findings
from zaitaku_rules.bulk.judging import RuleColumn, judged_block
from zaitaku_rules.bulk.laws import LawAsked, groups
from zaitaku_rules.bulk.left_out import LeftOutCounts
from zaitaku_rules.bulk.month_tables import MonthTables
from zaitaku_rules.bulk.pack import Packing
from zaitaku_rules.bulk.pages import Block, Pages
from zaitaku_rules.bulk.tables import Source, Tables
from zaitaku_rules.days import calendar_of
from zaitaku_rules.law import Overlay, load_overlay

BLOCK = 1 << 14
"""Users judged at a time: their words fit the processor's cache."""


def packed(
    source: Source, month: str, *, as_of: date | None = None, laws: Sequence[LawAsked] = (LawAsked(),)
) -> Pages:
    """Return the packed month of all users, with what the rules of `laws` read."""
    with Tables(source, calendar_of(month)) as given:
        return Packing(MonthTables(given, month, as_of), laws).pages()


def judged(pages: Pages, law: LawAsked) -> Iterator[tuple[Block, list[RuleColumn]]]:
    """Judge packed pages under a law, block by block."""
    for group in groups(pages.stretches, pages.calendar.name, law):
        for begin in range(0, len(group.rows), BLOCK):
            block = pages.slice(group.rows[begin : begin + BLOCK])
            yield block, judged_block(group.law, block)


def sweep(
    source: Source,
    month: str,
    *,
    as_of: date | None = None,
    overlays: Sequence[Overlay | str | Path] = (),
    readings: Mapping[str, str] | None = None,
    every: bool = False,
) -> ArrowTable:
    """Judge one month of many users and return the findings as an Arrow table (columns of `SCHEMA`).

    Only rules that are broken, open or waived have a row, with `every` all. The table's metadata say as of
    which day was judged (`as_of`) and which rows were left out (`left_out`, as JSON). All of it is held in
    memory; `sweep_to_files` writes files and needs less.
    Raises InvalidInput for tables that are none, InvalidCall for an unknown reading.
    """
    law, batches, counts = law_asked(overlays, readings), list[Any](), LeftOutCounts()
    with engine_errors_told(), Tables(source, calendar_of(month)) as given:
        tables = MonthTables(given, month, as_of)
        pages = Packing(tables, [law]).pages()
        for block, columns in judged(pages, law):
            batches += findings(block, columns, every=every)
        tables.leave_out_strangers(pages.strangers)
    counts.add(tables.left_out)
    told = {"as_of": tables.as_of.isoformat(), "left_out": json.dumps(counts.entries())}
    return pa.Table.from_batches(batches, schema=SCHEMA).replace_schema_metadata(told)


def law_asked(overlays: Sequence[Overlay | str | Path], readings: Mapping[str, str] | None) -> LawAsked:
    """Return the law that overlays and readings ask for."""
    loaded = tuple(one if isinstance(one, Overlay) else load_overlay(one) for one in overlays)
    return LawAsked(loaded, dict(readings or {}))

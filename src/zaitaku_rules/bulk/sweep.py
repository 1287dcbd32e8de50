"""`sweep`: the tables of a nation's month in, the findings of every rule out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from zaitaku_rules.bulk.engines import ArrowTable, pa
from zaitaku_rules.bulk.findings import SCHEMA, findings
from zaitaku_rules.bulk.judging import RuleColumn, judged_block
from zaitaku_rules.bulk.laws import LawAsked, groups
from zaitaku_rules.bulk.month_tables import MonthTables
from zaitaku_rules.bulk.pack import Packing
from zaitaku_rules.bulk.pages import Block, Pages
from zaitaku_rules.bulk.tables import Source, Tables
from zaitaku_rules.law import Overlay, load_overlay

BLOCK = 1 << 14
"""Users judged at a time: their words fit the processor's cache."""


def packed(
    source: Source, month: str, *, as_of: date | None = None, laws: Sequence[LawAsked] = (LawAsked(),)
) -> Pages:
    """Return the packed month of all users, with what the rules of `laws` read."""
    return Packing(MonthTables(Tables(source), month, as_of), laws).pages()


def judged(pages: Pages, law: LawAsked) -> Iterator[tuple[Block, list[RuleColumn]]]:
    """Judge packed pages under a law, block by block."""
    for group in groups(pages.users, pages.calendar.name, law):
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
    """Judge one month of many users and return the findings (columns of `SCHEMA`)."""
    law = law_asked(overlays, readings)
    pages = packed(source, month, as_of=as_of, laws=[law])
    batches: list[Any] = []
    for block, columns in judged(pages, law):
        batches += findings(block, columns, every=every)
    return pa.Table.from_batches(batches, schema=SCHEMA)


def law_asked(overlays: Sequence[Overlay | str | Path], readings: Mapping[str, str] | None) -> LawAsked:
    """Return the law that overlays and readings ask for."""
    loaded = tuple(one if isinstance(one, Overlay) else load_overlay(one) for one in overlays)
    return LawAsked(loaded, dict(readings or {}))

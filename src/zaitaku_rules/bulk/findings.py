"""Findings as Arrow tables: a row for each user and rule that is broken, open or waived."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from zaitaku_rules.bulk.engines import pa
from zaitaku_rules.bulk.judging import BROKEN, OPEN, STATUSES, WAIVED, RuleColumn
from zaitaku_rules.bulk.pages import Block
from zaitaku_rules.days import Calendar
from zaitaku_rules.days.carrier import CELLS

SCHEMA = pa.schema(
    [
        ("user_id", pa.string()),
        ("provider_number", pa.string()),
        ("municipality", pa.string()),
        ("month", pa.string()),
        ("code", pa.string()),
        ("severity", pa.string()),
        ("status", pa.string()),
        ("days", pa.list_(pa.date32())),
        ("open_days", pa.list_(pa.date32())),
    ]
)
"""The columns of `sweep --output` (contract, Tables)."""


def findings(block: Block, columns: list[RuleColumn], *, every: bool) -> Iterator[Any]:
    """Return the findings of a block, rule by rule; with `every` those of all rules and users."""
    for column in columns:
        told = np.isin(column.status, (BROKEN, OPEN, WAIVED))
        rows = np.arange(block.count) if every else np.flatnonzero(told)
        if len(rows):
            yield _batch(block, column, rows)


def _batch(block: Block, column: RuleColumn, rows: Any) -> Any:
    calendar, users = block.pages.calendar, block.users.take(pa.array(rows))
    number = len(rows)
    return pa.record_batch(
        [
            users["user_id"].combine_chunks().cast(pa.string()),
            users["provider_number"].combine_chunks().cast(pa.string()),
            users["municipality"].combine_chunks(),
            pa.array([calendar.name] * number, pa.string()),
            pa.array([column.law.rule.code] * number, pa.string()),
            pa.array([column.law.severity] * number, pa.string()),
            pa.array(STATUSES, pa.string()).take(pa.array(column.status[rows])),
            days_of(_picked(column.broken, rows), calendar),
            days_of(_picked(column.open, rows), calendar),
        ],
        schema=SCHEMA,
    )


def _picked(words: Any, rows: Any) -> Any:
    return np.zeros(len(rows), np.uint64) if isinstance(words, int) else words[rows]


def days_of(words: Any, calendar: Calendar) -> Any:
    """Return the dates of each word, as lists of dates."""
    bits = np.unpackbits(words.astype("<u8").view(np.uint8).reshape(-1, 8), axis=1, bitorder="little")
    offsets = np.zeros(len(words) + 1, np.int32)
    np.cumsum(bits[:, :CELLS].sum(axis=1, dtype=np.int32), out=offsets[1:])
    cells = np.nonzero(bits[:, :CELLS])[1]
    ordinals = (cells + (calendar.start - pa.scalar(0, pa.date32()).as_py().toordinal())).astype(np.int32)
    return pa.ListArray.from_arrays(offsets, pa.array(ordinals).cast(pa.date32()))

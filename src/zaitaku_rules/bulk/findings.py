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
    is_told = np.zeros(len(STATUSES), bool)
    is_told[[BROKEN, OPEN, WAIVED]] = True
    told = [np.arange(block.count) if every else np.flatnonzero(is_told[each.status]) for each in columns]
    if any(len(rows) for rows in told):
        yield _batch(block, columns, told)


def _batch(block: Block, columns: list[RuleColumn], told: list[Any]) -> Any:
    calendar, lengths = block.pages.calendar, [len(rows) for rows in told]
    users = block.users.take(pa.array(np.concatenate(told)))
    status = np.concatenate([column.status[rows] for column, rows in zip(columns, told, strict=True)])
    rule = pa.array(np.repeat(np.arange(len(columns)), lengths))
    broken, doubtful = (
        np.concatenate([_picked(word, rows) for word, rows in zip(words, told, strict=True)])
        for words in ([column.broken for column in columns], [column.open for column in columns])
    )
    return pa.record_batch(
        [
            users["user_id"].combine_chunks().cast(pa.string()),
            users["provider_number"].combine_chunks().cast(pa.string()),
            users["municipality"].combine_chunks(),
            pa.array([calendar.name], pa.string()).take(pa.array(np.zeros(len(status), np.int8))),
            pa.array([column.law.rule.code for column in columns], pa.string()).take(rule),
            pa.array([column.law.severity for column in columns], pa.string()).take(rule),
            pa.array(STATUSES, pa.string()).take(pa.array(status)),
            days_of(broken, calendar),
            days_of(doubtful, calendar),
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

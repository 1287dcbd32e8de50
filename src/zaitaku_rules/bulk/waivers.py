"""Waivers as words: the days on which a rule is waived for a user, and where that cannot be told."""

from __future__ import annotations

from typing import Any

import numpy as np

from zaitaku_rules.bulk.month_tables import MonthTables
from zaitaku_rules.bulk.pages import Pages
from zaitaku_rules.days import FULL
from zaitaku_rules.records.shapes import shapes

WAIVERS = "waivers"


def put_waivers(tables: MonthTables, pages: Pages) -> None:
    """Put the days waived for each rule, and (`?`) those that an unreadable row may have waived."""
    if WAIVERS not in tables.rows:
        return
    found = tables.arrow(tables.good(WAIVERS))
    users = pages.places.of(found["user_id"].combine_chunks())
    begins, ends = found["from"].to_pylist(), found["to"].to_pylist()
    spans = np.array([tables.calendar.span(*both) for both in zip(begins, ends, strict=True)], np.uint64)
    codes = np.array(found["rule"].to_pylist(), object)
    for code in _rules():
        own = (users >= 0) & (codes == code)
        _put(pages, f"{WAIVERS}.{code}", users[own], spans[own])
    doubted = pages.places.of(tables.keys_left_out(WAIVERS))
    for code in _rules():
        _put(pages, f"{WAIVERS}.{code}?", doubted[doubted >= 0], np.uint64(FULL))


def _rules() -> tuple[str, ...]:
    """Return the rules that can be waived."""
    return next(column.allowed for column in shapes()[WAIVERS].columns if column.name == "rule")


def _put(pages: Pages, name: str, rows: Any, spans: Any) -> None:
    if len(rows):
        pages.words[name] = np.zeros(len(pages), np.uint64)
        np.bitwise_or.at(pages.words[name], rows, spans)

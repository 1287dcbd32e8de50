"""What a Spark worker does: rows of the wide table in, findings out, with nothing but its own users."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from zaitaku_rules.bulk.coverage import put_gaps
from zaitaku_rules.bulk.engines import ArrowTable, pa, pc
from zaitaku_rules.bulk.findings import findings
from zaitaku_rules.bulk.laws import LawAsked
from zaitaku_rules.bulk.month_tables import MonthTables
from zaitaku_rules.bulk.pack import Packing
from zaitaku_rules.bulk.packing import Page
from zaitaku_rules.bulk.pages import Pages
from zaitaku_rules.bulk.papers import ABSENT, PAPERS, rows_of
from zaitaku_rules.bulk.people import people_of
from zaitaku_rules.bulk.shapes import COVERAGE, shapes
from zaitaku_rules.bulk.spark_wide import DOUBT, STATED, TEXT, UNSURE, WAIVED, WORD, word_of
from zaitaku_rules.bulk.sweep import judged
from zaitaku_rules.bulk.waivers import put_waivers

USERS_AT_ONCE = 1 << 16
"""Users that a worker holds at a time: enough that few of its blocks are small."""


@dataclass(frozen=True)
class Errand:
    """What a worker must know besides its rows; `everyone` is the coverage stated for all users."""

    page: Page
    lists: frozenset[str]
    everyone: tuple[dict[str, Any], ...]
    is_all_in_doubt: bool
    law: LawAsked
    every: bool

    def findings(self, batches: Iterable[Any]) -> Iterator[Any]:
        """Judge the users of the batches and yield their findings."""
        for wide in gathered(batches):
            pages = BatchPacking(self, wide).pages()
            for block, columns in judged(pages, self.law):
                yield from findings(block, columns, every=self.every)

    def strangers(self, batches: Iterable[Any]) -> Iterator[Any]:
        """Yield the users that are left out, with the reason."""
        for wide in gathered(batches):
            tables = BatchTables(self, wide)
            tables.left_out = []
            people_of(tables, wide)
            for told in tables.left_out:
                yield from told.to_batches()


def gathered(batches: Iterable[Any]) -> Iterator[ArrowTable]:
    """Yield the batches in tables of many users each."""
    held: list[Any] = []
    for batch in batches:
        held.append(batch)
        if sum(one.num_rows for one in held) >= USERS_AT_ONCE:
            yield pa.Table.from_batches(held)
            held = []
    if any(batch.num_rows for batch in held):
        yield pa.Table.from_batches(held)


class BatchTables(MonthTables):
    """The tables of a month as far as a batch of users still needs them, read back from its texts."""

    def __init__(self, errand: Errand, wide: ArrowTable) -> None:
        """Hold the coverage and waivers of the users of `wide`, and which of their lists are in doubt."""
        self.calendar = errand.page.calendar
        self.as_of = errand.page.as_of
        self.rows = dict.fromkeys(errand.lists)
        self.left_out = []
        for name in wide.column_names:
            if name.startswith(DOUBT):
                source = name.removeprefix(DOUBT)
                self.leave_out(source, wide[shapes()[source].key].filter(wide[name]), "")
        if errand.is_all_in_doubt:
            self.leave_out(COVERAGE, pa.chunked_array([pa.nulls(1, pa.string())]), "")
        for source, columns in ((COVERAGE, STATED), ("waivers", WAIVED)):
            if source in errand.lists:
                rows = list(errand.everyone) if source == COVERAGE else []
                rows += _read_back(wide, source, columns)
                self.rows[source] = pa.Table.from_pylist(rows, _SCHEMAS[source])

    def arrow(self, expression: Any) -> ArrowTable:
        """Return the rows, which are here already."""
        return expression

    def good(self, name: str) -> Any:
        """Return the rows of a table."""
        return self.rows[name]


_TEXT, _DAY = pa.string(), pa.date32()
_SCHEMAS = {
    COVERAGE: pa.schema([("user_id", _TEXT), ("source", _TEXT), ("from", _DAY), ("through", _DAY)]),
    "waivers": pa.schema([("user_id", _TEXT), ("rule", _TEXT), ("from", _DAY), ("to", _DAY)]),
}


def _read_back(wide: ArrowTable, source: str, columns: tuple[str, ...]) -> list[dict[str, Any]]:
    """Return the rows that the texts of users write."""
    if TEXT + source not in wide.column_names:
        return []
    users, texts = wide["user_id"].to_pylist(), wide[TEXT + source].to_pylist()
    return [
        {name: date.fromisoformat(value) if name in _DAYS else value for name, value in row.items()}
        | {"user_id": user}
        for user, text in zip(users, texts, strict=True)
        for row in rows_of(text or "", source, columns)
    ]


_DAYS = ("from", "through", "to")


class BatchPacking(Packing):
    """The pages of a batch of users, whose lists Spark has packed."""

    def __init__(self, errand: Errand, wide: ArrowTable) -> None:
        """Prepare to read `wide`."""
        super().__init__(BatchTables(errand, wide), [errand.law])
        self.page = errand.page
        self.wide = wide

    def pages(self) -> Pages:
        """Return the packed month of the users."""
        pages = people_of(self.tables, self.wide)
        words = [name for name in self.wide.column_names if name.startswith(WORD)]
        packed = self.wide.select(["user_id", *words])
        pages.put(packed.rename_columns(["user_id", *map(word_of, words)]))
        put_gaps(self.tables, pages)
        self._put_closeness(pages)
        for paper in PAPERS:
            pages.papers[paper.name] = self._patterns(pages, paper)
        put_waivers(self.tables, pages)
        return pages

    def _unsure(self) -> ArrowTable:
        """Return the contacts of the days on which one perhaps counts, row by row."""
        rows: list[dict[str, Any]] = [
            {"user_id": user, **row}
            for user, listed in zip(
                self.wide["user_id"].to_pylist(), self.wide[UNSURE].to_pylist(), strict=True
            )
            for row in sorted(listed or (), key=lambda row: (row["bit"], row["at"]))
        ]
        return pa.Table.from_pylist(rows)

    def _texts(self, pages: Pages, source: str, columns: tuple[str, ...]) -> Any:
        name = next(f"{TEXT}{paper.name}/{source}" for paper in PAPERS if paper.lists.get(source) == columns)
        if name not in self.wide.column_names:
            return pa.array([ABSENT] * len(pages), pa.string())
        place = pc.index_in(pages.users["user_id"].combine_chunks(), self.wide["user_id"].combine_chunks())
        return self._but_unreadable(pages, source, self.wide[name].combine_chunks().take(place).fill_null(""))

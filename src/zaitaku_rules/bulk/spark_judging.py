"""What a Spark worker does: long rows of its users in, findings out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from zaitaku_rules.bulk.engines import ArrowTable, pa, pc
from zaitaku_rules.bulk.findings import findings
from zaitaku_rules.bulk.laws import LawAsked
from zaitaku_rules.bulk.lists import FOLDS, LIST_PACKERS
from zaitaku_rules.bulk.month_tables import MonthTables
from zaitaku_rules.bulk.pack import Packing
from zaitaku_rules.bulk.packing import Page
from zaitaku_rules.bulk.pages import Pages
from zaitaku_rules.bulk.people import people_of
from zaitaku_rules.bulk.spark_parts import BAD, BESIDE, PAPER, TEXTS, WORDS, Part
from zaitaku_rules.bulk.sweep import judged
from zaitaku_rules.bulk.user_numbers import NUMBERS, of_lists
from zaitaku_rules.records.shapes import COVERAGE, USERS, shapes


@dataclass(frozen=True)
class Errand:
    """What a worker must know besides its rows: what each part says, and what holds for all users.

    `later` names the lists that hold rows after the day of the question, `everyone` is the coverage stated
    for all users.
    """

    page: Page
    lists: frozenset[str]
    later: frozenset[str]
    parts: tuple[Part, ...]
    everyone: tuple[dict[str, Any], ...]
    is_all_in_doubt: bool
    law: LawAsked
    every: bool

    @property
    def of_people(self) -> Errand:
        """The errand of a worker that is given users and nothing else."""
        return replace(self, parts=self.parts[:1], lists=frozenset[str](), everyone=(), is_all_in_doubt=False)

    def findings(self, batches: Iterable[Any]) -> Iterator[Any]:
        """Judge the users of a partition and yield their findings."""
        told = Told(self.parts, batches)
        if told.users.num_rows:
            pages = PartPacking(self, told).pages()
            for block, columns in judged(pages, self.law):
                yield from findings(block, columns, every=self.every)

    def strangers(self, batches: Iterable[Any]) -> Iterator[Any]:
        """Yield the users that are left out, with the reason."""
        told = Told(self.parts, batches)
        tables = PartTables(self, told)
        tables.left_out = []
        people_of(tables, told.users)
        for left_out in tables.left_out:
            yield from left_out.to_batches()


class Told:
    """The long rows of a partition, taken apart."""

    def __init__(self, parts: tuple[Part, ...], batches: Iterable[Any]) -> None:
        """Read all `batches`."""
        self.parts = parts
        held = [*batches]
        rows = pa.Table.from_batches(held) if held else _NOTHING
        self._rows = [
            rows.filter(pc.equal(rows["part"], number)).combine_chunks() for number in range(len(parts))
        ]
        (users,) = self.texts(USERS, TEXTS)
        self.users = _dated(USERS, users.sort_by("user_id"))

    def texts(self, source: str, sort: str) -> list[ArrowTable]:
        """Return the rows of a table, as texts."""
        return [pa.table(columns) for _, columns in self._columns(source, sort, "texts")]

    def words(self, source: str) -> list[ArrowTable]:
        """Return the packed rows of a list: more than one table where it was packed for pairs too."""
        return [
            pa.table(columns | ({NUMBERS: rows[NUMBERS]} if NUMBERS in rows.column_names else {}))
            for rows, columns in self._columns(source, WORDS, "words")
        ]

    def _columns(self, source: str, sort: str, lists: str) -> Iterator[tuple[ArrowTable, dict[str, Any]]]:
        """Yield the rows of each part of a source with their columns, which are written as one list."""
        for part, rows in zip(self.parts, self._rows, strict=True):
            if (part.source, part.sort) == (source, sort):
                values, width = rows[lists].combine_chunks().flatten(), len(part.columns)
                named = {
                    name: values.take(pa.array(np.arange(place, len(values), width)))
                    for place, name in enumerate(part.columns)
                }
                kept = rows if part.has_numbers else rows.drop_columns([NUMBERS])
                yield kept, {"user_id": rows["user_id"], **named}


_NOTHING = pa.schema(
    [
        ("user_id", pa.string()),
        ("words", pa.list_(pa.int64())),
        (NUMBERS, pa.list_(pa.int64())),
        ("texts", pa.list_(pa.string())),
        ("part", pa.int16()),
    ]
).empty_table()


class PartTables(MonthTables):
    """The tables of a month as far as the users of a partition still need them, read back from texts."""

    def __init__(self, errand: Errand, told: Told) -> None:
        """Hold the coverage and waivers of the users, and which of their lists are in doubt."""
        self.calendar = errand.page.calendar
        self.as_of = errand.page.as_of
        self.rows = dict.fromkeys(errand.lists)
        self.left_out = []
        self.later = {*errand.later}
        for source in sorted(errand.lists):
            for bad in told.texts(source, BAD):
                self.leave_out(source, bad["key"], "")
        if errand.is_all_in_doubt:
            self.leave_out(COVERAGE, pa.chunked_array([pa.nulls(1, pa.string())]), "")
        for source in errand.lists & {*BESIDE}:
            self.rows[source] = pa.concat_tables(_dated(source, rows) for rows in told.texts(source, TEXTS))
        if errand.everyone:
            stated = pa.Table.from_pylist(errand.everyone, self.rows[COVERAGE].schema)
            self.rows[COVERAGE] = pa.concat_tables([stated, self.rows[COVERAGE]])

    def arrow(self, expression: Any) -> ArrowTable:
        """Return the rows, which are here already."""
        return expression

    def each(self, expressions: Iterable[Any]) -> Iterator[ArrowTable]:
        """Yield the rows, which are here already."""
        yield from expressions

    def good(self, name: str) -> Any:
        """Return the rows of a table."""
        return self.rows[name]


def _dated(source: str, rows: ArrowTable) -> ArrowTable:
    """Return rows with days for the texts of days."""
    for column in shapes()[source].columns:
        if column.kind == "date" and column.name in rows.column_names:
            place = rows.column_names.index(column.name)
            rows = rows.set_column(place, column.name, rows[column.name].cast(pa.date32()))
    return rows


class PartPacking(Packing):
    """The pages of the users of a partition, whose lists Spark has packed."""

    def __init__(self, errand: Errand, told: Told) -> None:
        """Prepare to read `told`."""
        super().__init__(PartTables(errand, told), [errand.law])
        self.page = errand.page
        self.told = told

    def pages(self) -> Pages:
        """Return the packed month of the users."""
        pages = people_of(self.tables, self.told.users)
        return self._filled(pages) if len(pages) else pages

    def _put_lists(self, pages: Pages) -> None:
        for name in (name for name in LIST_PACKERS if name in self.tables.rows):
            rows = self.told.words(name)[0]
            if NUMBERS in rows.column_names:
                found = of_lists(rows, pages.places)
                words = FOLDS[name](found, self._page_of(name))
                pages.put_words(name, found.users, words, has_strangers=found.has_strangers)
            else:
                pages.put(rows)

    def _put_pairs(self, pages: Pages) -> None:
        for rows in self.told.words("days")[1:]:
            pages.put(rows)

    def _paper(self, source: str, columns: tuple[str, ...]) -> Any:
        (rows,) = self.told.texts(source, PAPER)
        return rows.select([shapes()[source].key, *columns])

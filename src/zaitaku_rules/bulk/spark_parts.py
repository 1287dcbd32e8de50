"""The packed month as long rows on Spark: each says one thing of one user, and a worker gathers them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from zaitaku_rules.bulk.asked import asked_by
from zaitaku_rules.bulk.engines import ArrowTable, Rows, ibis
from zaitaku_rules.bulk.laws import LawAsked, groups, in_groups, stretches
from zaitaku_rules.bulk.pack import Packing
from zaitaku_rules.bulk.packing import Page, off_menu, places_overlapping
from zaitaku_rules.bulk.papers import PAPERS
from zaitaku_rules.bulk.people import menus, with_providers
from zaitaku_rules.bulk.rows import REASON
from zaitaku_rules.bulk.spark_tables import SparkTables
from zaitaku_rules.bulk.user_numbers import NUMBERS
from zaitaku_rules.records.shapes import COVERAGE, PROVIDERS, USERS, shapes

BESIDE = {COVERAGE: ("source", "from", "through"), "waivers": ("rule", "from", "to")}
"""The lists of which a worker needs the rows, in these columns."""


@dataclass(frozen=True, slots=True)
class Part:
    """What some long rows say: words of a list, rows of a table as texts, or that rows cannot be read."""

    source: str
    sort: str
    columns: tuple[str, ...]
    has_numbers: bool = False


WORDS, TEXTS, PAPER, BAD = "words", "texts", "paper", "bad"
"""The sorts of parts; a paper's columns are those that `Packing` reads of it."""


class LongPacking(Packing):
    """The packing of a month as expressions, each of which gives rows of users."""

    def __init__(self, tables: SparkTables, laws: Sequence[LawAsked]) -> None:
        """Find out what the laws of the users' places and services ask of the tables."""
        super().__init__(tables, laws)
        kinds = stretches(in_groups(self._kinds()))
        asked = [group.law for law in laws for group in groups(kinds, self.calendar.name, law)]
        self.page = Page(self.calendar, tables.as_of, asked_by(asked))

    def _kinds(self) -> ArrowTable:
        """Return the municipalities and services that occur together: few, whatever the number of users."""
        rows = with_providers(self.tables)
        kinds = rows.filter(rows.service.notnull()).select("municipality", "service").distinct()
        return self.tables.arrow(kinds)

    def people(self) -> tuple[Part, Rows]:
        """Return the users with their providers."""
        return _texts(USERS, TEXTS, with_providers(self.tables).drop("provider_number_right"))

    def parts(self) -> Iterator[tuple[Part, Rows]]:
        """Yield all that the rules read, part by part; users first."""
        yield self.people()
        for name, packed in self._lists():
            yield _words(name, packed.grouped())
        yield from self._pairs()
        for source, columns in self._papers().items():
            yield _texts(source, PAPER, self._of_users(self._paper(source, columns)))
        for source, columns in BESIDE.items():
            if source in self.tables.rows:
                rows = self.tables.good(source)
                yield _texts(source, TEXTS, rows.filter(rows.user_id.notnull()).select("user_id", *columns))
        for source in sorted(self.tables.bad - {USERS, PROVIDERS}):
            rows, key = self.tables.rows[source], shapes()[source].key
            bad = rows.filter(rows[REASON].notnull(), rows[key].notnull()).select(key, key=key).distinct()
            yield _texts(source, BAD, self._of_users(bad))

    def _papers(self) -> dict[str, tuple[str, ...]]:
        """Return the papers that are given, each in the columns of the first group that holds it."""
        found: dict[str, tuple[str, ...]] = {}
        for paper in PAPERS:
            for source, columns in paper.lists.items():
                if source in self.tables.rows:
                    found.setdefault(source, columns)
        return found

    def _of_users(self, rows: Rows) -> Rows:
        """Return rows that belong to providers once for each of their users."""
        if "user_id" in rows.columns:
            return rows
        users = self.tables.good(USERS).select("user_id", "provider_number")
        return users.join(rows, "provider_number")

    def _pairs(self) -> Iterator[tuple[Part, Rows]]:
        if "days" not in self.tables.rows:
            return
        rows, page = self.tables.good("days"), replace(self.page, has_later="days" in self.tables.later)
        if "two_places" in self.page.asked.facts:
            yield _words("days", places_overlapping(page, rows))
        if "off_menu" in self.page.asked.facts:
            yield _words("days", off_menu(page, rows, menus(self.tables)))


def _words(source: str, packed: Rows) -> tuple[Part, Rows]:
    columns = tuple(name for name in packed.columns if name not in ("user_id", NUMBERS))
    has_numbers = NUMBERS in packed.columns
    none = ibis.null("array<int64>")
    words = ibis.array([packed[name].cast("int64") for name in columns]) if columns else none
    numbers = packed[NUMBERS] if has_numbers else none
    rows = packed.select("user_id", words=words, numbers=numbers, texts=ibis.null("array<string>"))
    return Part(source, WORDS, columns, has_numbers), rows


def _texts(source: str, sort: str, rows: Rows) -> tuple[Part, Rows]:
    columns = tuple(name for name in rows.columns if name != "user_id")
    texts = ibis.array([rows[name].cast("string") for name in columns])
    none = ibis.null("array<int64>")
    return Part(source, sort, columns), rows.select("user_id", words=none, numbers=none, texts=texts)

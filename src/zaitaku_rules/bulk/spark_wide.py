"""The packed month as one wide table on Spark: a row for each user, with words, texts and doubts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from zaitaku_rules.bulk.asked import asked_by
from zaitaku_rules.bulk.contacts import unsure_contacts
from zaitaku_rules.bulk.engines import ArrowTable, Rows, ibis
from zaitaku_rules.bulk.laws import LawAsked, groups
from zaitaku_rules.bulk.lists import LIST_PACKERS
from zaitaku_rules.bulk.month_tables import MonthTables
from zaitaku_rules.bulk.pack import Packing
from zaitaku_rules.bulk.packing import Page, off_menu, places_overlapping
from zaitaku_rules.bulk.papers import PAPERS, SOME, row_texts
from zaitaku_rules.bulk.people import menus, with_providers
from zaitaku_rules.bulk.rows import REASON
from zaitaku_rules.bulk.shapes import COVERAGE, PROVIDERS, USERS, shapes

WORD, TEXT, DOUBT = "word ", "text ", "doubt "
"""How the columns of each sort begin: words of days, rows written as text, lists with unreadable rows."""

UNSURE = "unsure"
STATED = ("source", "from", "through")
WAIVED = ("rule", "from", "to")


class SparkTables(MonthTables):
    """The tables of a month on Spark: rows that cannot be read are told apart there and not fetched."""

    @property
    def is_all_in_doubt(self) -> bool:
        """Whether a row of the coverage that cannot be read speaks of all users."""
        if COVERAGE not in self.bad:
            return False
        rows = self.rows[COVERAGE]
        return bool(self.value(rows.filter(rows[REASON].notnull(), rows.user_id.isnull()).count()))

    def good(self, name: str) -> Any:
        """Return the rows of a table that can be read."""
        rows = self.rows[name]
        return (rows.filter(rows[REASON].isnull()) if name in self.bad else rows).drop(REASON)

    def users(self) -> Any:
        """Return the users with their providers, without names and free text."""
        rows = with_providers(self)
        return rows.select(
            *("user_id", "provider_number", "municipality", "birth_date", "wish_on"),
            *("service", "provider_municipality"),
            wish_reason=_some(rows.wish_reason),
            menu=_some(rows["menu"]),
        )

    def unreadable(self) -> Iterator[Any]:
        """Yield the rows that are left out, counted by key and reason."""
        for name in sorted(self.bad):
            rows = self.rows[name]
            yield _counted(rows.filter(rows[REASON].notnull()), name)
        for name in sorted(self.rows):
            if shapes()[name].key == "user_id" and name != USERS:
                rows = self.rows[name]
                good = rows.filter(rows[REASON].isnull(), rows.user_id.notnull())
                strange = good.anti_join(self.rows[USERS], "user_id")
                yield _counted(strange.mutate(**{REASON: ibis.literal("user_id: not in users")}), name)


def _counted(rows: Any, name: str) -> Any:
    """Return how many rows of a table are left out, by key and reason."""
    key = rows[shapes()[name].key].cast("string")
    found = rows.group_by(key=key, reason=rows[REASON]).aggregate(rows=ibis._.count())
    return found.select(table=ibis.literal(name), key="key", reason="reason", rows="rows")


def _some(column: Any) -> Any:
    """Return whether something is given, so that no free text leaves its table."""
    return ibis.ifelse(column.notnull(), SOME, ibis.null("string"))


class WidePacking(Packing):
    """The packing of a month as expressions, joined by user into one."""

    def __init__(self, tables: SparkTables, laws: Sequence[LawAsked]) -> None:
        """Find out what the laws of the users' places and services ask of the tables."""
        super().__init__(tables, laws)
        self.on_spark = tables
        asked = [group.law for law in laws for group in groups(self._kinds(), self.calendar.name, law)]
        self.page = Page(self.calendar, tables.as_of, asked_by(asked))

    def _kinds(self) -> ArrowTable:
        """Return the municipalities and services that occur together: few, whatever the number of users."""
        rows = with_providers(self.tables)
        kinds = rows.filter(rows.service.notnull()).select("municipality", "service").distinct()
        return self.tables.arrow(kinds)

    def wide(self) -> Rows:
        """Return one row for each user with all that the rules read."""
        found = self.on_spark.users()
        for key, packed in self._parts():
            found = found.left_join(packed, key).drop(f"{key}_right")
        return found.mutate(
            **{name: found[name].fill_null(0) for name in found.columns if name.startswith(WORD)}
        )

    def _parts(self) -> Iterator[tuple[str, Rows]]:
        """Yield each packed table with the column by which it belongs to users."""
        for packed in self._lists():
            yield (
                "user_id",
                packed.rename({column_of(name): name for name in packed.columns if name != "user_id"}),
            )
        for name in sorted(self.on_spark.bad - {USERS, PROVIDERS}):
            rows, key = self.tables.rows[name], shapes()[name].key
            bad = rows.filter(rows[REASON].notnull()).group_by(key)
            yield key, bad.aggregate(**{DOUBT + name: ibis._.count() > 0})
        if "contacts" in self.tables.rows and "contacts.unsure" in self._packed["contacts"].columns:
            yield "user_id", self._unsure_of_user()
        for paper in PAPERS:
            for source, columns in paper.lists.items():
                if source in self.tables.rows:
                    yield self._text(f"{paper.name}/{source}", self.normal(source), source, columns)
        for source, columns in ((COVERAGE, STATED), ("waivers", WAIVED)):
            if source in self.tables.rows:
                yield self._text(source, self.tables.good(source), source, columns)

    def _text(self, name: str, rows: Rows, source: str, columns: tuple[str, ...]) -> tuple[str, Rows]:
        return shapes()[source].key, row_texts(rows, source, columns).rename({TEXT + name: "text"})

    def _lists(self) -> Iterator[Rows]:
        """Yield the packed lists."""
        self._packed: dict[str, Rows] = {}
        for name, pack in LIST_PACKERS.items():
            if name in self.tables.rows:
                self._packed[name] = pack(self.page, self.tables.good(name))
                yield self._packed[name]
        if "days" in self.tables.rows:
            rows = self.tables.good("days")
            if "two_places" in self.page.asked.facts:
                yield places_overlapping(self.page, rows)
            if "off_menu" in self.page.asked.facts:
                yield off_menu(self.page, rows, menus(self.tables))

    def _unsure_of_user(self) -> Rows:
        rows = unsure_contacts(self.page, self.tables.good("contacts"))
        row = ibis.struct({"bit": rows.bit, "at": rows["at"], "sure": rows.sure})
        return rows.group_by("user_id").aggregate(**{UNSURE: row.collect()})


def column_of(word: str) -> str:
    """Return the column of a word; Spark takes a point in a name for a field of a struct."""
    return WORD + word.replace(".", "/")


def word_of(column: str) -> str:
    """Return the word that a column holds."""
    return column.removeprefix(WORD).replace("/", ".")

"""Packs the tables of a month: typed rows in, a column of words for each fact out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from zaitaku_rules.bulk.asked import asked_by
from zaitaku_rules.bulk.contacts import put_closeness
from zaitaku_rules.bulk.coverage import put_gaps
from zaitaku_rules.bulk.engines import ArrowTable, ibis, pa, pc
from zaitaku_rules.bulk.laws import LawAsked, groups
from zaitaku_rules.bulk.lists import LIST_PACKERS
from zaitaku_rules.bulk.month_tables import MonthTables
from zaitaku_rules.bulk.packing import Packed, Page, off_menu, places_overlapping
from zaitaku_rules.bulk.pages import Pages
from zaitaku_rules.bulk.paper_patterns import Patterns
from zaitaku_rules.bulk.paper_texts import texts_of
from zaitaku_rules.bulk.papers import (
    ABSENT,
    LIST,
    OTHER,
    OWN,
    PAPERS,
    Paper,
    narrowed,
    reduced,
)
from zaitaku_rules.bulk.people import menus, people, users_served
from zaitaku_rules.bulk.user_numbers import of_rows
from zaitaku_rules.bulk.user_places import Places
from zaitaku_rules.bulk.waivers import put_waivers
from zaitaku_rules.records.shapes import shapes


class Packing:
    """The packing of a month: each list once, the people, and the papers."""

    def __init__(self, tables: MonthTables, laws: Sequence[LawAsked]) -> None:
        """Prepare to pack `tables` for what the rules of `laws` read."""
        self.tables = tables
        self.calendar = tables.calendar
        self.laws = laws
        self._read: dict[str, tuple[tuple[str, ...], Any]] = {}

    def pages(self) -> Pages:
        """Return the packed month of all users."""
        pages = people(self.tables)
        asked = [group.law for law in self.laws for group in groups(pages.stretches, self.calendar.name, law)]
        self.page = Page(self.calendar, self.tables.as_of, asked_by(asked))
        return self._filled(pages)

    def _filled(self, pages: Pages) -> Pages:
        """Return the pages of people with all that the lists say of them."""
        self._put_lists(pages)
        self._put_pairs(pages)
        put_gaps(self.tables, pages)
        put_closeness(pages)
        self._read_papers(pages)
        for paper in PAPERS:
            pages.papers[paper.name] = self._patterns(pages, paper)
        put_waivers(self.tables, pages)
        return pages

    def _page_of(self, name: str) -> Page:
        return replace(self.page, has_later=name in self.tables.later)

    def _lists(self) -> Iterator[tuple[str, Packed]]:
        """Yield the lists that are given, each as it is packed."""
        for name, packer in LIST_PACKERS.items():
            if name in self.tables.rows:
                yield name, packer(self._page_of(name), self.tables.good(name))

    def _put_lists(self, pages: Pages) -> None:
        """Pack the lists: as rows in order of users where NumPy can fold them, else grouped."""
        packed = dict(self._lists())
        asked = [(one.flat or one.grouped)() for one in packed.values()]
        for (name, one), rows in zip(packed.items(), self.tables.each(asked), strict=True):
            if one.flat and one.fold:
                found = of_rows(rows, pages.places)
                pages.put_words(name, found.users, one.fold(found), has_strangers=found.has_strangers)
            else:
                pages.put(rows)

    def _put_pairs(self, pages: Pages) -> None:
        """Pack what needs two rows, or a row and its provider: only where a rule asks for it."""
        if "days" not in self.tables.rows:
            return
        rows = self.tables.good("days")
        if "two_places" in self.page.asked.facts:
            both = pages.word("days.office") & (pages.word("days.home") | pages.word("days.satellite"))
            if np.any(both):
                theirs = pages.users.select(["user_id"]).filter(pa.array(both != 0))
                held = rows.semi_join(ibis.memtable(theirs), "user_id")
                pages.put(self.tables.arrow(places_overlapping(self.page, held)))
        if "off_menu" in self.page.asked.facts:
            pages.put(self.tables.arrow(off_menu(self.page, rows, menus(self.tables))))

    def _patterns(self, pages: Pages, paper: Paper) -> tuple[Any, Patterns]:
        """Return the number of each user's pattern of a group of papers, and the patterns."""
        parts = [
            self._texts(pages, source, columns).dictionary_encode() for source, columns in paper.lists.items()
        ]
        numbers, texts = parts[0].indices.to_numpy(), parts[0].dictionary.to_pylist()
        for part in parts[1:]:
            more = part.dictionary.to_pylist()
            both = numbers * np.int64(len(more)) + part.indices.to_numpy()
            encoded = pa.array(both).dictionary_encode()
            numbers, pairs = encoded.indices.to_numpy(), encoded.dictionary.to_pylist()
            texts = [f"{texts[pair // len(more)]}{LIST}{more[pair % len(more)]}" for pair in pairs]
        return numbers.astype(np.int64), Patterns(paper, texts, self.calendar.name, self.tables.as_of)

    def _read_papers(self, pages: Pages) -> None:
        """Read each list of papers once, in the columns of the first group that holds it."""
        wanted: dict[str, tuple[str, ...]] = {}
        for paper in PAPERS:
            for source, columns in paper.lists.items():
                if source in self.tables.rows:
                    wanted.setdefault(source, columns)
        rows = (self._paper(source, columns) for source, columns in wanted.items())
        for (source, columns), found in zip(wanted.items(), self.tables.each(rows), strict=True):
            texts = self._but_unreadable(pages, source, _texts_by_user(pages, source, found))
            self._read[source] = columns, texts

    def _paper(self, source: str, columns: tuple[str, ...]) -> Any:
        """Return the rows of a list of papers with their key and some columns."""
        return reduced(self.normal(source), source, columns)

    def _texts(self, pages: Pages, source: str, columns: tuple[str, ...]) -> Any:
        """Return the text of each user's rows of a list, with some of the columns that were read."""
        if source not in self._read:
            return pa.array([ABSENT] * len(pages), pa.string())
        wide, texts = self._read[source]
        if wide == columns:
            return texts
        narrow = [narrowed(text, wide, columns) for text in texts.dictionary.to_pylist()]
        return pa.DictionaryArray.from_arrays(
            texts.indices, pa.array(narrow, pa.string())
        ).dictionary_decode()

    def _but_unreadable(self, pages: Pages, source: str, texts: Any) -> Any:
        """Return the texts; a list some of whose rows cannot be read is as if it were not given."""
        keys = self.tables.keys_left_out(source)
        if not len(keys):
            return texts
        unread = pc.is_in(pages.users[shapes()[source].key].combine_chunks(), keys)
        pages.given[source] = pc.invert(unread).to_numpy(zero_copy_only=False)
        return pc.if_else(unread, ABSENT, texts.dictionary_decode()).dictionary_encode()

    def normal(self, source: str) -> Any:
        """Return the rows of a list of papers; where they name a provider only whether it is the user's."""
        rows = self.tables.good(source)
        if source not in ("approvals", "notifications"):
            return rows
        rows = rows.left_join(users_served(self.tables), "user_id")
        if source == "approvals":
            for_service = rows.service.isnull() | (rows.service == rows.own_service)
            for_provider = rows.provider.isnull() | (rows.provider == rows.own_provider)
            return rows.filter(rows.own_provider.isnull() | (for_service & for_provider))
        whose = ibis.ifelse(rows.provider == rows.own_provider, OWN, OTHER)
        return rows.mutate(provider=ibis.ifelse(rows.provider.isnull(), ibis.null("string"), whose))


def _texts_by_user(pages: Pages, source: str, rows: ArrowTable) -> Any:
    """Return the text of each user's rows of a list of papers."""
    key = shapes()[source].key
    if key == "user_id":
        texts, has_strangers = texts_of(pages.places, rows, key)
        pages.strangers |= {source} if has_strangers else set()
        return texts
    owners = pages.users[key].combine_chunks().cast(pa.string()).dictionary_encode()
    said, _ = texts_of(Places(owners.dictionary), rows, key)
    return pa.DictionaryArray.from_arrays(said.indices.take(owners.indices), said.dictionary)

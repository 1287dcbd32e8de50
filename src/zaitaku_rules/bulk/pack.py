"""Packs the tables of a month: typed rows in, a column of words for each fact out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import numpy as np

from zaitaku_rules.bulk.asked import asked_by
from zaitaku_rules.bulk.contacts import closeness, unsure_contacts
from zaitaku_rules.bulk.coverage import put_gaps
from zaitaku_rules.bulk.engines import ibis, pa, pc
from zaitaku_rules.bulk.laws import LawAsked, groups
from zaitaku_rules.bulk.lists import LIST_PACKERS, future
from zaitaku_rules.bulk.month_tables import MonthTables
from zaitaku_rules.bulk.packing import Packer, Page, off_menu, places_overlapping
from zaitaku_rules.bulk.pages import Pages
from zaitaku_rules.bulk.papers import ABSENT, LIST, OTHER, OWN, PAPERS, Paper, Patterns, row_texts
from zaitaku_rules.bulk.people import menus, people, users_served
from zaitaku_rules.bulk.shapes import shapes
from zaitaku_rules.records import EVENTS


class Packing:
    """The packing of a month: each list once, the people, and the papers."""

    def __init__(self, tables: MonthTables, laws: Sequence[LawAsked]) -> None:
        """Prepare to pack `tables` for what the rules of `laws` read."""
        self.tables = tables
        self.calendar = tables.calendar
        self.laws = laws

    def pages(self) -> Pages:
        """Return the packed month of all users."""
        pages = people(self.tables)
        asked = [group.law for law in self.laws for group in groups(pages.users, self.calendar.name, law)]
        self.page = Page(self.calendar, self.tables.as_of, asked_by(asked))
        for name, pack in LIST_PACKERS.items():
            if name in self.tables.rows:
                self._put_list(pages, name, pack)
        self._put_pairs(pages)
        put_gaps(self.tables, pages)
        self._put_closeness(pages)
        for paper in PAPERS:
            pages.papers[paper.name] = self._patterns(pages, paper)
        self._put_waivers(pages)
        return pages

    def _put_list(self, pages: Pages, name: str, pack: Packer) -> None:
        good, day = self.tables.good(name), shapes()[name].day
        pages.put(self.tables.arrow(pack(self.page, good)))
        is_event, last = name in EVENTS and name != "submissions", self.calendar.cells - 1
        if is_event and day and self.calendar.cell(self.tables.as_of) < last:
            pages.put(self.tables.arrow(future(self.page, good, name, day)))

    def _put_pairs(self, pages: Pages) -> None:
        """Pack what needs two rows, or a row and its provider: only where a rule asks for it."""
        if "days" not in self.tables.rows:
            return
        rows = self.tables.good("days")
        if "two_places" in self.page.asked.facts:
            both = pages.words["days.office"] & (pages.words["days.home"] | pages.words["days.satellite"])
            if both.any():
                pages.put(self.tables.arrow(places_overlapping(self.page, rows)))
        if "off_menu" in self.page.asked.facts:
            pages.put(self.tables.arrow(off_menu(self.page, rows, menus(self.tables))))

    def _put_closeness(self, pages: Pages) -> None:
        """Pack how close the contacts lie on days on which one perhaps counts, as one case reads them."""
        if "contacts.unsure" not in pages.words or not pages.words["contacts.unsure"].any():
            return
        days: dict[tuple[str, int], list[tuple[datetime, bool]]] = {}
        for row in self.tables.arrow(unsure_contacts(self.page, self.tables.good("contacts"))).to_pylist():
            days.setdefault((row["user_id"], row["bit"]), []).append((row["at"], row["sure"]))
        rows, known = pages.rows_of(pa.array([user for user, _ in days], pa.string()))
        gap = np.broadcast_to(np.asarray(pages.gap("contacts"), np.uint64), len(pages))
        for minutes in self.page.asked.thresholds.get("contacts_within", ()):
            sure, maybe = np.zeros(len(pages), np.uint64), np.zeros(len(pages), np.uint64)
            for row, is_known, ((_, bit), contacts) in zip(rows, known, days.items(), strict=True):
                word = np.uint64(bit if is_known else 0)
                surely, perhaps = closeness(contacts, minutes, is_uncovered=bool(gap[row] & word))
                sure[row] |= word if surely else np.uint64(0)
                maybe[row] |= word if perhaps else np.uint64(0)
            pages.words[f"contacts.surely_close.{minutes}"] = sure
            pages.words[f"contacts.perhaps_close.{minutes}"] = maybe

    def _patterns(self, pages: Pages, paper: Paper) -> tuple[Any, Patterns]:
        """Return the number of each user's pattern of a group of papers, and the patterns."""
        texts = pa.array([""] * len(pages))
        for place, (source, columns) in enumerate(paper.lists.items()):
            part = self._texts(pages, source, columns)
            texts = part if place == 0 else pc.binary_join_element_wise(texts, part, LIST)
        encoded = texts.dictionary_encode()
        patterns = Patterns(paper, encoded.dictionary.to_pylist(), self.calendar.name, self.tables.as_of)
        return encoded.indices.to_numpy(), patterns

    def _texts(self, pages: Pages, source: str, columns: tuple[str, ...]) -> Any:
        if source not in self.tables.rows:
            return pa.array([ABSENT] * len(pages))
        key = shapes()[source].key
        found = self.tables.arrow(row_texts(self._normal(source), source, columns))
        place = pc.index_in(pages.users[key].combine_chunks(), found[key].combine_chunks().cast(pa.string()))
        return found["text"].combine_chunks().take(place).fill_null("")

    def _normal(self, source: str) -> Any:
        """Return the rows of a list of papers; where they name a provider only whether it is the user's."""
        rows = self.tables.good(source)
        if source not in ("approvals", "notifications"):
            return rows
        rows = rows.join(users_served(self.tables), "user_id")
        if source == "approvals":
            for_service = rows.service.isnull() | (rows.service == rows.own_service)
            return rows.filter(for_service, rows.provider.isnull() | (rows.provider == rows.own_provider))
        whose = ibis.ifelse(rows.provider == rows.own_provider, OWN, OTHER)
        return rows.mutate(provider=ibis.ifelse(rows.provider.isnull(), ibis.null("string"), whose))

    def _put_waivers(self, pages: Pages) -> None:
        if "waivers" not in self.tables.rows:
            return
        for row in self.tables.arrow(self.tables.good("waivers")).to_pylist():
            rows, known = pages.rows_of(pa.array([row["user_id"]]))
            if known[0]:
                words = pages.words.setdefault(f"waivers.{row['rule']}", np.zeros(len(pages), np.uint64))
                words[rows[0]] |= np.uint64(self.calendar.span(row["from"], row["to"]))

"""The packed month of many users: a column of words for each fact, in the order of the users."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from copy import copy
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np

from zaitaku_rules.bulk.engines import ArrowTable
from zaitaku_rules.bulk.laws import Stretch, stretches
from zaitaku_rules.bulk.paper_patterns import Patterns
from zaitaku_rules.bulk.user_places import Places
from zaitaku_rules.days import FULL, Calendar

Column = Any
"""A NumPy array with one entry for each user, or one int that holds for all of them."""


@dataclass
class Pages:
    """What is known of the month of each user, packed; the same pages serve any law.

    `words` holds days as uint64 columns by name ("days.home", "contacts.phone.2"), `gaps` for each list the
    cells of which it says nothing, `given` which fields of user and provider are given, `papers` the
    number of each user's pattern with the patterns, `strangers` the lists that name users who are none.
    """

    calendar: Calendar
    as_of: date
    users: ArrowTable
    present: frozenset[str]
    words: dict[str, Any] = field(default_factory=dict[str, Any])
    gaps: dict[str, Column] = field(default_factory=dict[str, Column])
    given: dict[str, Any] = field(default_factory=dict[str, Any])
    papers: dict[str, tuple[Any, Patterns]] = field(default_factory=dict[str, tuple[Any, Patterns]])
    said: dict[str, Column] = field(default_factory=dict[str, Column])
    strangers: set[str] = field(default_factory=set[str])

    def __len__(self) -> int:
        """Return the number of users."""
        return int(self.users.num_rows)

    @cached_property
    def stretches(self) -> list[Stretch]:
        """The users who live under one law, whatever that is."""
        return stretches(self.users)

    @cached_property
    def places(self) -> Places:
        """Where each user stands."""
        return Places(self.users["user_id"].combine_chunks())

    def put(self, packed: ArrowTable) -> None:
        """Put the words of a packed table into their columns; users without rows have empty words."""
        users = self.places.of(packed["user_id"].combine_chunks())
        known, source = users >= 0, packed.column_names[1].partition(".")[0]
        words = {
            name: packed[name].combine_chunks().to_numpy(zero_copy_only=False)[known]
            for name in packed.column_names[1:]
        }
        self.put_words(source, users[known], words, has_strangers=not known.all())

    def put_words(self, source: str, users: Any, words: Mapping[str, Any], *, has_strangers: bool) -> None:
        """Put the words of a list for the users at some places; others have empty words.

        A word that is empty for all users has no column.
        """
        self.strangers |= {source} if has_strangers else set()
        for name, word in words.items():
            if word.any():
                self.words[name] = np.zeros(len(self), np.uint64)
                self.words[name][users] = word.astype(np.uint64, copy=False)

    def word(self, name: str) -> Column:
        """Return the words of a name; 0 where they are empty for all users."""
        return self.words.get(name, 0)

    def gap(self, source: str) -> Column:
        """Return the cells of which a list says nothing."""
        return self.gaps.get(source, FULL)

    def slice(self, rows: range) -> Block:
        """Return a block of the pages: some of its rows, which stand together."""
        return Block(self, rows)


class Block:
    """Some rows of the pages, small enough for the processor's cache."""

    def __init__(self, pages: Pages, rows: range) -> None:
        """Look at the `rows` of `pages`."""
        self.pages = pages
        self.count = len(rows)
        self.rows = slice(rows.start, rows.stop)
        self.cells = FULL
        self._words: dict[str, Any] = {}
        self._kept: dict[Any, Any] = {}

    @cached_property
    def inside(self) -> Block:
        """The block as it is seen by who looks at the days of the month alone."""
        found = copy(self)
        found.cells = self.pages.calendar.month_mask
        return found

    def kept(self, name: Any, make: Callable[[], Any]) -> Any:
        """Return what is kept of the block under a name, made when first asked for."""
        if name not in self._kept:
            self._kept[name] = make()
        return self._kept[name]

    @cached_property
    def users(self) -> ArrowTable:
        """The users of the block, each with provider and municipality."""
        named = self.pages.users.select(["user_id", "provider_number", "municipality"])
        return named.slice(self.rows.start, self.count)

    def lacking(self, needs: tuple[str, ...]) -> Any:
        """Return for each row, or for all, whether something that a rule needs is not given."""
        found: Any = False
        for need in needs:
            absent: Any = True
            for name in need.split("|"):
                absent = absent & self._is_absent(name)
            found = found | absent
        return found

    def _is_absent(self, name: str) -> Any:
        given = self.pages.given.get(name)
        if given is None:
            return name not in self.pages.present
        absent = ~given[self.rows]
        return absent if absent.any() else False

    def said(self, name: str) -> Any:
        """Return a column of the pages that is no word of a list, for each row or for all."""
        column = self.pages.said[name]
        return column if isinstance(column, int) else column[self.rows]

    def word(self, name: str) -> Any:
        """Return a word for each row; 0 where the tables hold none of its rows."""
        if name not in self._words:
            column = self.pages.words.get(name)
            self._words[name] = 0 if column is None else column[self.rows]
        return self._words[name]

    def gap(self, source: str) -> Any:
        """Return the cells of which a list says nothing, for each row or for all."""
        gap = self.pages.gap(source)
        return (gap if isinstance(gap, int) else gap[self.rows]) & self.cells

"""The patterns of papers: which rows users hold, and the facts that one case with just these rows tells."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np

from zaitaku_rules.bulk.papers import ABSENT, FIELD, LIST, NULL, OWN, ROW, Paper, clipped
from zaitaku_rules.days import Days, calendar_of
from zaitaku_rules.facts import Facts
from zaitaku_rules.records import Case
from zaitaku_rules.records.shapes import shapes

_PLACE = "131016"


def _row_of(text: str, source: str, columns: tuple[str, ...]) -> dict[str, Any]:
    """Return the row that a text writes, as a case document has it."""
    kinds = {column.name: column.kind for column in shapes()[source].columns}
    values = zip(columns, text.split(FIELD), strict=True)
    return {name: _value(value, name, kinds[name]) for name, value in values if value != NULL}


def _value(value: str, name: str, kind: str) -> Any:
    if kind == "flag":
        return value == "true"
    if kind == "texts":
        return [value] if value else []
    return int(value) if name == "days_per_month" and value.isdigit() else value


class Patterns:
    """The patterns of a group of papers, and their facts, read when first asked for."""

    def __init__(self, paper: Paper, texts: list[str], month: str, as_of: date) -> None:
        """Hold the texts of the patterns: those of the lists in order, joined by a form feed."""
        self.paper = paper
        self.texts = texts
        self.month, self.as_of = month, as_of
        self._facts: dict[int, Facts] = {}
        self._words: dict[Any, tuple[Any, Any]] = {}

    @cached_property
    def near(self) -> tuple[Patterns, Any]:
        """The patterns as they look from the month, and the number of each there: far fewer.

        A day before its page is as good as any other, and so is one after it, to facts that ask only what
        holds on the page.
        """
        calendar = calendar_of(self.month)
        first, last = (date.fromordinal(calendar.start + cell).isoformat() for cell in (-1, calendar.cells))
        ((source, columns),) = self.paper.lists.items()
        kinds = {column.name: column.kind for column in shapes()[source].columns}
        dated = [place for place, name in enumerate(columns) if kinds[name] == "date"]
        numbers: dict[str, int] = {}
        places = [numbers.setdefault(clipped(text, dated, first, last), len(numbers)) for text in self.texts]
        return Patterns(self.paper, [*numbers], self.month, self.as_of), np.array(places)

    def facts(self, number: int) -> Facts:
        """Return the facts of one pattern."""
        if number not in self._facts:
            self._facts[number] = Facts(self._case(self.texts[number]), self.as_of)
        return self._facts[number]

    def _case(self, text: str) -> Case:
        if self.paper.name == "birth":
            document = {**self._document, "user": {**self._document["user"], "birth_date": text or None}}
            return Case.model_validate(document)
        lists = zip(self.paper.lists, text.split(LIST), strict=True)
        held = {source: rows.split(ROW) if rows else [] for source, rows in lists if rows != ABSENT}
        read = {source: tuple(self._read_rows[source, row] for row in rows) for source, rows in held.items()}
        return self._blank.model_copy(update=read)

    @cached_property
    def _document(self) -> dict[str, Any]:
        return {
            "schema": "zaitaku-case/1",
            "month": self.month,
            "user": {"id": "-", "municipality": _PLACE},
            "provider": {"number": OWN, "service": "continuation_b"},
        }

    @cached_property
    def _blank(self) -> Case:
        return Case.model_validate(self._document)

    @cached_property
    def _read_rows(self) -> dict[tuple[str, str], Any]:
        """The rows of all patterns by list and text, each read once: patterns share most of theirs."""
        found: dict[tuple[str, str], Any] = {}
        parts = zip(*[text.split(LIST) for text in self.texts], strict=True)
        for (source, columns), texts in zip(self.paper.lists.items(), parts, strict=True):
            rows = sorted({row for text in texts if text not in ("", ABSENT) for row in text.split(ROW)})
            document = {**self._document, source: [_row_of(row, source, columns) for row in rows]}
            case = Case.model_validate_json(json.dumps(document))
            found |= {(source, row): one for row, one in zip(rows, getattr(case, source), strict=True)}
        return found

    def days(self, key: Any, fact: Callable[[Facts], Days], numbers: Any, *, near: bool = False) -> Days:
        """Return a fact for a column of pattern numbers; `key` names fact and threshold.

        `near` says that the fact asks only what holds on the page of the month.
        """
        if near:
            patterns, places = self.near
            return patterns.days(key, fact, places.take(numbers))

        def words(facts: Facts) -> tuple[Any, Any]:
            days = fact(facts)
            return days.sure, days.maybe

        sure, maybe = self._read(key, words)
        of_user = sure.take(numbers, mode="clip")
        return Days(of_user, of_user if sure is maybe else maybe.take(numbers, mode="clip"))

    def counts(self, key: Any, fact: Callable[[Facts], int], numbers: Any) -> Any:
        """Return a number of days, that asks only what holds on the page, for a column of pattern numbers."""
        patterns, places = self.near
        found, _ = patterns._read(key, lambda facts: (fact(facts), 0))
        return found[places.take(numbers)].astype(np.int64)

    def _read(self, key: Any, fact: Callable[[Facts], tuple[Any, Any]]) -> tuple[Any, Any]:
        """Return a fact of every pattern, as two columns; one where they are equal."""
        if key not in self._words:
            pairs = [fact(self.facts(number)) for number in range(len(self.texts))]
            first, second = np.array(pairs, np.uint64).reshape(-1, 2).T.copy()
            self._words[key] = first, first if np.array_equal(first, second) else second
        return self._words[key]

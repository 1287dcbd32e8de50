"""The sheets, headings and words of workbooks, in both languages: the template and the reader share them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

from zaitaku_rules.errors import Message
from zaitaku_rules.records import SOURCES
from zaitaku_rules.records.shapes import COVERAGE, Column, shapes
from zaitaku_rules.records.written import normal

COMPUTED = "="
"""How the name of a column begins that the workbook computes."""

MOMENT_PARTS = ("at_date", "at_clock")
"""The two cells in which a sheet holds the moment `at`."""

_MOMENT = "at"
_BRACKET = re.compile(r"\s*[((].*")


@dataclass(frozen=True, slots=True)
class Heading:
    """One column of a sheet: the field it gives, and what stands above it."""

    field: str
    said: Message
    also: tuple[str, ...] = ()

    @property
    def is_computed(self) -> bool:
        """Whether the workbook computes the column, so that nobody reads it."""
        return self.field.startswith(COMPUTED)


@dataclass(frozen=True, slots=True)
class ListSheet:
    """The sheet of one table of the contract."""

    table: str
    title: Message
    part: str
    headings: tuple[Heading, ...]


def folded(text: object) -> str:
    """Return a heading, word or name of a sheet as it is compared: without width, case, spaces and *."""
    return re.sub(r"\s+", "", normal(str(text))).rstrip("*").casefold()


def toml_words(name: str) -> dict[str, Any]:
    """Return a file of the words of the package."""
    return tomllib.loads((files("zaitaku_rules.words") / f"{name}.toml").read_text("utf-8"))


@lru_cache(maxsize=1)
def workbook_words() -> dict[str, Any]:
    """Return the words of workbooks."""
    return toml_words("workbook")


def said(part: str, name: str) -> Message:
    """Return a word of workbooks."""
    found = workbook_words()[part][name]
    return Message(found["ja"], found["en"])


@lru_cache(maxsize=1)
def list_sheets() -> Mapping[str, ListSheet]:
    """Return the sheet of each table, in the order of the workbook."""
    return {table: _list_sheet(table, held) for table, held in workbook_words()["sheets"].items()}


def _list_sheet(table: str, held: dict[str, Any]) -> ListSheet:
    title = Message(held["name"]["ja"], held["name"]["en"])
    return ListSheet(table, title, held["part"], tuple(_heading(table, name) for name in held["columns"]))


def _heading(table: str, field: str) -> Heading:
    words = workbook_words()
    found = words["headings"].get(table, {}).get(field) or words["headings"]["every"][field]
    return Heading(field, Message(found["ja"], found["en"]), tuple(words["also"].get(field, ())))


@lru_cache(maxsize=64)
def known_headings(table: str) -> Mapping[str, str]:
    """Return the field of each heading that a sheet may have, by the heading as it is compared."""
    sheet = list_sheets()[table]
    given = [*sheet.headings]
    if any(heading.field == "at_date" for heading in given):
        given.append(_heading(table, _MOMENT))
    spoken = {folded(word): one.field for one in given for word in one.also}
    named = {folded(word): one.field for one in given for word in _both(one.said)}
    written = {folded(column.name): column.name for column in shapes()[table].columns}
    return {**spoken, **written, **named}


def column_of(table: str, field: str) -> Column:
    """Return the column of the contract that a field of a sheet gives."""
    name = _MOMENT if field in MOMENT_PARTS else field
    return next(column for column in shapes()[table].columns if column.name == name)


@lru_cache(maxsize=1)
def _known_values() -> tuple[dict[str, Any], dict[str, Any], dict[str, Any]]:
    own = workbook_words()
    return toml_words("fields")["words"], toml_words("rules")["values"], own["free_words"]


def choices(table: str, field: str) -> tuple[str, ...]:
    """Return the values that a field is chosen from, in contract words; none where it is free."""
    if field.startswith(COMPUTED):
        return ()
    fields, _, free = _known_values()
    column, place = column_of(table, field), f"{table}.{field}"
    if column.kind == "flag":
        return ("true", "false")
    return column.allowed or tuple(fields.get(place, free.get(place, ())))


def is_free(table: str, field: str) -> bool:
    """Return whether a field takes other words than those it is chosen from."""
    return f"{table}.{field}" in _known_values()[2]


def value_word(table: str, field: str, value: str) -> Message:
    """Return the short word for a value: what the drop-down shows."""
    if table == COVERAGE and field == "source":
        return list_sheets()[value].title
    fields, values, free = _known_values()
    place = f"{table}.{field}"
    found = free.get(place, {}).get(value) or fields.get(place, {}).get(value) or values[value]
    return Message(_BRACKET.sub("", found["ja"]), _BRACKET.sub("", found["en"]))


@lru_cache(maxsize=256)
def known_values(table: str, field: str) -> Mapping[str, str]:
    """Return the values of a field by every word for them, as the word is compared."""
    return dict(_words_for(table, field))


def _words_for(table: str, field: str) -> Iterator[tuple[str, str]]:
    also: dict[str, list[str]] = workbook_words()["values"]
    for value in choices(table, field):
        yield from ((folded(word), value) for word in also.get(value, ()))
    fields, values, _ = _known_values()
    for value in choices(table, field):
        long: dict[str, str] = fields.get(f"{table}.{field}", {}).get(value) or values.get(value) or {}
        yield from ((folded(word), value) for word in long.values())
        short = value_word(table, field, value)
        yield from ((folded(word), value) for word in (*_both(short), value))


def _both(said: Message) -> tuple[str, str]:
    return said.ja, said.en


def none_words() -> frozenset[str]:
    """Return the words that say in a cell of free text that there was nothing."""
    return frozenset(folded(word) for word in _known_values()[2]["every.none"]["none"].values())


@lru_cache(maxsize=1)
def known_sheets() -> Mapping[str, str]:
    """Return the table, or the name of another sheet of the template, by the name as it is compared."""
    lists = {folded(word): one.table for one in list_sheets().values() for word in _both(one.title)}
    named = {folded(name): name for name in (*list_sheets(), *SOURCES)}
    others: dict[str, dict[str, str]] = workbook_words()["other_sheets"]
    beside = {folded(word): name for name, title in others.items() for word in title.values()}
    return {**named, **beside, **lists}

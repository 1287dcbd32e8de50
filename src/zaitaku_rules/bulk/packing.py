"""One grouped pass per table: the rows of each user become words of days."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeAlias

import numpy as np

from zaitaku_rules.bulk.engines import Rows, ibis
from zaitaku_rules.bulk.rows import bit_of, cell_of
from zaitaku_rules.bulk.user_numbers import NUMBERS, UserNumbers
from zaitaku_rules.days import Calendar

Words: TypeAlias = dict[str, Any]
"""The words that a pass makes, each under its name."""

Conditions: TypeAlias = Mapping[str, Any]
"""By word the condition under which a row puts its day into it; None where each row does."""

_SPACES = (
    r"[\s\x{000b}\x{001c}-\x{001f}\x{0085}\x{00a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}"
    r"\x{202f}\x{205f}\x{3000}]"
)
"""What Python sees as spaces, in a form that the regular expressions of all engines read."""

ANYTHING = _SPACES.replace("[", "[^", 1)
"""A sign that is no space."""

AT_HOME = ("home", "satellite")


@dataclass(frozen=True)
class Asked:
    """What the rules in use ask of the tables beyond the days themselves.

    `facts` are the names of all facts that they read; `thresholds` the numbers by which they ask measures;
    `contacts` how many contacts a day the strictest of them counts.
    """

    facts: frozenset[str]
    thresholds: Mapping[str, frozenset[Any]]
    contacts: int = 2


@dataclass(frozen=True)
class Page:
    """The month that is packed, as of a day; `has_later` tells whether a list may hold later rows."""

    calendar: Calendar
    as_of: date
    asked: Asked
    has_later: bool = True

    @property
    def as_of_cell(self) -> int:
        """The cell of the day of the question, which may lie off the page."""
        return self.calendar.cell(self.as_of)

    @property
    def is_running(self) -> bool:
        """Whether rows on the page may lie after `as_of`."""
        return self.has_later and self.as_of_cell < self.calendar.cells - 1

    def dated(self, rows: Any, day: str, *, planned: bool = False) -> Any:
        """Return rows of the page with the word `bit` of their day; 0 for events after `as_of`.

        In a month that still runs, `later` is the word of such events: they count for nothing.
        """
        rows = rows.mutate(bit=bit_of(cell_of(rows[day], self.calendar.start)))
        if planned or not self.is_running:
            return rows
        known, none = rows[day] <= ibis.literal(self.as_of), ibis.literal(0, "int64")
        return rows.mutate(bit=ibis.ifelse(known, rows.bit, none), later=ibis.ifelse(known, none, rows.bit))


@dataclass(frozen=True, slots=True)
class Packed:
    """A list as it is packed: one row for each user, or a number for each row and how to fold them.

    `grouped` gives the rows of users with their words, or (to be folded) all numbers as a list; `flat` the
    rows as they are, `user_id` and `numbers`, where an engine needs not group them.
    """

    grouped: Callable[[], Any]
    flat: Callable[[], Any] | None = None
    fold: Callable[[UserNumbers], Words] | None = None


Packer: TypeAlias = Callable[[Page, Any], Packed]


def numbered(rows: Any, number: Any, fold: Callable[[UserNumbers], Words]) -> Packed:
    """Return the packing of a list of which each row is a `number`, and of which only `fold` makes words."""

    def flat() -> Any:
        return rows.select("user_id", **{NUMBERS: number})

    def by_user() -> Any:
        return flat().group_by("user_id").aggregate(**{NUMBERS: ibis._[NUMBERS].collect()})

    return Packed(by_user, flat, fold)


@ibis.udf.agg.builtin  # type: ignore[untyped-decorator]
def bit_or(bit: int) -> int:  # type: ignore[empty-body]
    """Return the words of all rows in one; Ibis has an aggregate of its own, but not for Spark."""


def any_of(rows: Any, where: Any = None) -> Any:
    """Return the aggregate of the days of the rows that fit, 0 where none does."""
    return bit_or(rows.bit if where is None else ibis.ifelse(where, rows.bit, ibis.literal(0, "int64")))


def after_as_of(rows: Any, name: str) -> Words:
    """Return the word of the rows after `as_of`: they contradict the question's day."""
    return {f"{name}.future": bit_or(rows.later)} if "later" in rows.columns else {}


def grouped(rows: Any, words: Words) -> Any:
    """Return one row for each user with the words of the rows."""
    return rows.group_by("user_id").aggregate(**words)


def day_words(
    page: Page, name: str, rows: Any, day: str, words: Conditions, *, planned: bool = False
) -> Packed:
    """Return the packing of a list each row of which puts its day into words: into all that it fulfils.

    `day` is the column of the day; a plan is not cut at `as_of`. The number of a row is the cell of its day,
    and above it a bit for each word that takes the day.
    """

    def by_user() -> Any:
        dated = page.dated(rows, day, planned=planned)
        made = {word: any_of(dated, condition) for word, condition in words.items()}
        return grouped(dated, made if planned else made | after_as_of(dated, name))

    def flat() -> Any:
        number = cell_of(rows[day], page.calendar.start).cast("int32")
        for place, condition in enumerate(words.values()):
            bit, none = (ibis.literal(value, "int32") for value in (_CELLS << place, 0))
            number += bit if condition is None else ibis.ifelse(condition, bit, none)
        return rows.select("user_id", **{NUMBERS: number})

    later = f"{name}.future" if page.is_running and not planned else None
    return Packed(by_user, flat, lambda numbers: _folded(numbers, [*words], page.as_of_cell, later))


def _folded(numbers: UserNumbers, words: Sequence[str], as_of: int, later: str | None) -> Words:
    """Return the words of all users from the numbers of their rows; days `later` are a word of their own."""
    names = [*words, *([later] if later else [])]
    found = np.zeros((len(names), len(numbers.users)), np.int64)
    for users, part, lengths in numbers.parts(_AT_ONCE):
        cells = part & (_CELLS - 1)
        bits = np.left_shift(1, cells, dtype=np.int64)
        known = np.where(cells > as_of, 0, bits) if later else bits
        columns = [known * (part >> (_WIDTH + place) & 1) for place in range(len(words))]
        columns += [bits ^ known] if later else []
        starts = np.cumsum(lengths) - lengths
        for word, column in zip(found[:, users], columns, strict=True):
            word[:] = np.bitwise_or.reduceat(column, starts)
    return dict(zip(names, found, strict=True))


_WIDTH = 6
_CELLS = 1 << _WIDTH
"""So many bits, and so many cells, hold the place of a day on the page."""

_AT_ONCE = 1 << 12


def days(page: Page, rows: Any) -> Packed:
    """Pack the use of the service by place, and which home rows say what was done."""
    at_home = rows.place.isin(AT_HOME)
    words: Words = {
        f"days.{place}": rows.place == place for place in ("home", "satellite", "office", "offsite")
    }
    for name in ("activity", "support"):
        if name in page.asked.facts:
            words[f"days.{name}"] = at_home & _says_anything(rows[name])
            words[f"days.{name}?"] = at_home & rows[name].isnull()
    return day_words(page, "days", rows, "date", words)


def _says_anything(text: Any) -> Any:
    """Return whether a text holds a sign that is no space; its first sign mostly tells at once."""
    is_ascii_sign = (text >= "!") & (text < "\x7f")
    is_behind_every_space = text >= "\u3001"
    return ibis.ifelse(is_ascii_sign | is_behind_every_space, True, text.re_search(ANYTHING))


def places_overlapping(page: Page, rows: Any) -> Any:
    """Pack the days on which a row at home and one at the office overlap or do not say their times."""
    rows = page.dated(rows, "date")
    rows = rows.filter(rows.bit != 0)
    here = rows.filter(rows.place.isin(AT_HOME)).select("user_id", "bit", "start", "end")
    there = rows.filter(rows.place == "office").select("user_id", "bit", start_there="start", end_there="end")
    both = here.join(there, ["user_id", "bit"])
    said = both.start.notnull() & both.end.notnull() & both.start_there.notnull() & both.end_there.notnull()
    overlap = ~said | ((both.start < both.end_there) & (both.start_there < both.end))
    return grouped(both, {"days.two_places": any_of(both, overlap)})


def off_menu(page: Page, rows: Any, menus: Any) -> Any:
    """Pack the home rows whose activity is not on the provider's menu; `menus` holds one for each user."""
    rows = page.dated(rows, "date")
    rows = rows.filter(rows.place.isin(AT_HOME)).join(menus, "user_id")
    trimmed = rows.activity.re_replace(f"^{_SPACES}+", "").re_replace(f"{_SPACES}+$", "")
    listed = rows.menu.contains(trimmed) | (trimmed == "")
    return grouped(rows, {"days.off_menu": any_of(rows, ~listed & rows.activity.notnull())})


def simple(name: str, words: Mapping[str, Mapping[str, Sequence[object]]]) -> Packer:
    """Return the packer of a table whose words are the days of the rows with certain values in columns."""

    def pack(page: Page, rows: Rows) -> Packed:
        made: Words = {f"{name}.row": None}
        for word, wanted in words.items():
            fits = [rows[column].isin(list(values)) for column, values in wanted.items()]
            made[f"{name}.{word}"] = ibis.and_(*fits)
        return day_words(page, name, rows, "date", made, planned=name == "planned_days")

    return pack


def daily_reports(page: Page, rows: Any) -> Packed:
    """Pack the daily reports: which say when they were recorded, and which so many days late."""
    words: Words = {
        "daily_reports.row": None,
        "daily_reports.timed": rows.recorded_at.notnull(),
        "daily_reports.early": rows.recorded_at < rows.date,
    }
    for number in page.asked.thresholds.get("reported_later_than", ()):
        late = rows.recorded_at.epoch_days() - rows.date.epoch_days() > number
        words[f"daily_reports.later.{number}"] = late
    return day_words(page, "daily_reports", rows, "date", words)

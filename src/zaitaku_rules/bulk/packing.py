"""One grouped pass per table: the rows of each user become words of days."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeAlias

from zaitaku_rules.bulk.engines import Rows, ibis
from zaitaku_rules.bulk.rows import bit_of, cell_of
from zaitaku_rules.days import Calendar

Words: TypeAlias = dict[str, Any]
"""The words that a pass makes, each under its name as an expression that aggregates the rows of a user."""

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
    def is_running(self) -> bool:
        """Whether rows on the page may lie after `as_of`."""
        return self.has_later and self.calendar.cell(self.as_of) < self.calendar.cells - 1

    def dated(self, rows: Any, day: str, *, planned: bool = False) -> Any:
        """Return rows of the page with the word `bit` of their day; 0 for events after `as_of`.

        In a month that still runs, `later` is the word of such events: they count for nothing.
        """
        rows = rows.mutate(bit=bit_of(cell_of(rows[day], self.calendar.start)))
        if planned or not self.is_running:
            return rows
        known, none = rows[day] <= ibis.literal(self.as_of), ibis.literal(0, "int64")
        return rows.mutate(bit=ibis.ifelse(known, rows.bit, none), later=ibis.ifelse(known, none, rows.bit))


Packer: TypeAlias = Callable[[Page, Any], Any]


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


def days(page: Page, rows: Any) -> Any:
    """Pack the use of the service by place, and which home rows say what was done."""
    rows = page.dated(rows, "date")
    at_home = rows.place.isin(AT_HOME)
    words = {
        f"days.{place}": any_of(rows, rows.place == place)
        for place in ("home", "satellite", "office", "offsite")
    }
    for name in ("activity", "support"):
        if name in page.asked.facts:
            words[f"days.{name}"] = any_of(rows, at_home & _says_anything(rows[name]))
            words[f"days.{name}?"] = any_of(rows, at_home & rows[name].isnull())
    return grouped(rows, words | after_as_of(rows, "days"))


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

    def pack(page: Page, rows: Rows) -> Rows:
        rows = page.dated(rows, "date", planned=name == "planned_days")
        made: Words = {f"{name}.row": any_of(rows), **after_as_of(rows, name)}
        for word, wanted in words.items():
            fits = [rows[column].isin(list(values)) for column, values in wanted.items()]
            made[f"{name}.{word}"] = any_of(rows, ibis.and_(*fits))
        return grouped(rows, made)

    return pack


def daily_reports(page: Page, rows: Any) -> Any:
    """Pack the daily reports: which say when they were recorded, and which so many days late."""
    rows = page.dated(rows, "date")
    words = {
        "daily_reports.row": any_of(rows),
        "daily_reports.timed": any_of(rows, rows.recorded_at.notnull()),
        "daily_reports.early": any_of(rows, rows.recorded_at < rows.date),
    }
    for number in page.asked.thresholds.get("reported_later_than", ()):
        late = rows.recorded_at.epoch_days() - rows.date.epoch_days() > number
        words[f"daily_reports.later.{number}"] = any_of(rows, late)
    return grouped(rows, words | after_as_of(rows, "daily_reports"))

"""Ways in which a file can turn out: documents in which nothing is left unknown and all is over.

A completion keeps every record that the file has, adds records only where the file leaves room for them
(days that a list does not cover, days to come as the plan has them), fills in what was not said, and covers
everything. How it fills the room is a `Style`: for each list a way of filling, or one drawn for each day.
"""

from __future__ import annotations

import copy
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from brute.book import EVENTS, HOME, Book, covered, open_book, page_of, places
from timeline.acts import ACTS, contacts_near
from timeline.papers import BAD_ACTIVITY, answer, fill_papers, fill_rows

Doc = dict[str, Any]
USE = (("home",), ("office",), ("home", "office"), ("offsite",), ())
SOURCES = tuple(name for name in EVENTS if name not in ("days", "submissions"))


@dataclass
class Style:
    """How the room of a file is filled: the places of use in order of choice, and a way for each list.

    On the days `here` (all, where it is None) the first way of each kind is taken, elsewhere the second.
    """

    use: tuple[tuple[str, ...], ...] = ((),)
    acts: dict[str, str] = field(default_factory=dict[str, str])
    is_good: bool = True
    submits: bool = True
    here: frozenset[date] | None = None
    elsewhere: tuple[tuple[str, ...], ...] = ((),)
    acts_elsewhere: dict[str, str] | None = None


def drawn_style(rng: random.Random) -> Style:
    """Draw a style at random."""
    acts = {name: rng.choice([*ACTS[name], "none", "any"]) for name in SOURCES}
    use = tuple(rng.sample(USE, 3)) if rng.random() < 0.6 else ()
    return Style(use, acts, rng.random() < 0.5, rng.random() < 0.5)


def complete(rng: random.Random, document: Doc, as_of: date, style: Style) -> Doc:
    """Complete what a file left open on the day `as_of`."""
    book = open_book(document, as_of)
    first, last = page_of(book.month)
    made = copy.deepcopy(document)
    over = last + timedelta(days=70)
    for name in EVENTS:
        made[name] = list(made.get(name) or [])
    for step in range((last - first).days + 1):
        fill_day(rng, book, made, first + timedelta(days=step), style)
    if style.submits:
        soonest = book.month[-1] + timedelta(days=1)
        is_absent = book.lists["submissions"] is None
        day = soonest if is_absent else max(soonest, as_of)
        made["submissions"].append({"kind": "monthly_record", "month": made["month"], "on": day.isoformat()})
    if style.is_good:
        answer(made, as_of)
    fill_rows(rng, made, style.is_good)
    fill_papers(made, book.month, style.is_good)
    span = {"from": (first - timedelta(days=40)).isoformat(), "through": over.isoformat()}
    made["coverage"] = dict.fromkeys(EVENTS, span)
    made["as_of"] = (over + timedelta(days=1)).isoformat()
    return made


def fill_day(rng: random.Random, book: Book, made: Doc, day: date, style: Style) -> None:
    """Fill the room that a file leaves on one day."""
    is_here = style.here is None or day in style.here
    use = style.use if is_here else style.elsewhere
    acts = style.acts if is_here or style.acts_elsewhere is None else style.acts_elsewhere
    recorded, perhaps = places(book, day)
    at = recorded
    if not recorded and perhaps and not covered(book, "days", day):
        choices = use or (rng.choice(USE), ())
        at = frozenset(next((one for one in choices if set(one) <= perhaps), ()))
        made["days"] += [use_row(day, place, style.is_good) for place in sorted(at)]
    for name in SOURCES:
        if covered(book, name, day):
            continue
        way = acts.get(name, "none")
        if way == "any":
            way = rng.choice([*ACTS[name], "none"])
        made[name] += added(book, name, day, way, at)


def added(book: Book, name: str, day: date, way: str, at: frozenset[str]) -> Iterator[Doc]:
    """Give the rows that a way adds on a day; a row that would be one with a recorded one stays out."""
    if way == "none" or (way == "match" and not at):
        return
    there = book.by_day[name].get(day, [])
    if way == "close":
        yield from contacts_near(day, there)
        return
    for row in ACTS[name][way]:
        made = {key: moved(value, day) for key, value in row.items()}
        if name == "evaluations" and any(other["means"] == made["means"] for other in there):
            continue
        if name == "absences" and HOME[0] in at:
            continue
        yield made


def moved(value: Any, day: date) -> Any:
    """Write the day into a value of a row: `{}` the day itself, `{n}` so many days later."""
    if not isinstance(value, str) or "{" not in value:
        return value
    number = value[value.index("{") + 1 : value.index("}")]
    return (day + timedelta(days=int(number or 0))).isoformat() + value[value.index("}") + 1 :]


def use_row(day: date, place: str, is_good: bool) -> Doc:
    """Make a row of use, complete or without the texts that should stand there."""
    text = ("データ入力", "助言した") if is_good else (BAD_ACTIVITY, "")
    row = {"date": day.isoformat(), "place": place, "activity": text[0], "support": text[1]}
    clock = ("09:00", "12:00") if place in HOME else ("13:00", "16:00")
    return row | ({"start": clock[0], "end": clock[1]} if is_good else {})

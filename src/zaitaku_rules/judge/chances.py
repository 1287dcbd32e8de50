"""What can still be done: acts to come in a window that has not ended, answers to what happened."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any, NamedTuple

from zaitaku_rules.facts import Facts
from zaitaku_rules.judge.evidence import name_of, numbers_on
from zaitaku_rules.judge.judgement import Judgement
from zaitaku_rules.judge.outstanding import due_of
from zaitaku_rules.records import Source, day_of

_SUBMISSION, _STATES = "Z601", ("Z1", "Z2")


class Chance(NamedTuple):
    """What may still be done: for which days, by when, and for which records of an event."""

    days: tuple[date, ...]
    by: date | None = None
    records: tuple[str, ...] = ()


class _Event(NamedTuple):
    """A list of events that need an answer in time, and whether a row still waits for one on a day."""

    source: Source
    waits: Callable[[Any, date], bool]


def _is_to_come(moment: date | None, as_of: date) -> bool:
    return moment is None or day_of(moment) > as_of


def _is_unanswered(row: Any, as_of: date) -> bool:
    return _is_to_come(row.answered_at, as_of)


def _is_unattended(row: Any, as_of: date) -> bool:
    return row.attended_by == "other" or _is_to_come(row.attended_at, as_of)


_EVENTS: dict[str, _Event] = {
    "Z306": _Event("inquiries", _is_unanswered),
    "Z307": _Event("emergencies", _is_unattended),
}


def chances(judgement: Judgement, facts: Facts, *, is_late: bool = False) -> tuple[Chance, ...]:
    """Return what an act to come can still serve: for events each that waits, else the next window.

    `is_late` asks for the events that still wait though their time is up; their chance has no last day.
    """
    rule = judgement.law.rule
    if rule.code in _EVENTS:
        if is_late:
            return tuple(one._replace(by=None) for one in _waiting(judgement, facts, judgement.broken))
        return tuple(_waiting(judgement, facts, judgement.open))
    chance = (_in_window if rule.window or rule.code == _SUBMISSION else _to_come)(judgement, facts)
    return (chance,) if chance else ()


def _waiting(judgement: Judgement, facts: Facts, days: int) -> Iterator[Chance]:
    """Return the days of events that wait for an answer, each with the end of its time and its rows."""
    event, found = _EVENTS[judgement.code], dict[date, list[str]]()
    for number, row in enumerate(getattr(facts.case, event.source) or ()):
        is_meant = facts.calendar.bit(row.day) & days and row.day <= facts.as_of
        if is_meant and facts.knows(row.day, row) and event.waits(row, facts.as_of):
            found.setdefault(row.day, []).append(name_of(row, event.source, number))
    (parameter,) = judgement.law.rule.parameters
    for day, records in sorted(found.items()):
        number = numbers_on(judgement, facts.calendar.bit(day))[parameter]
        yield Chance((day,), day + timedelta(days=number), tuple(records))


def _to_come(judgement: Judgement, facts: Facts) -> Chance | None:
    """Return the days to come that a rule finds, and the first of them."""
    calendar = facts.calendar
    found = judgement.broken | judgement.open
    if coming := calendar.dates(found & calendar.span(facts.as_of, None)):
        return Chance(tuple(coming), coming[0])
    is_state = judgement.code.startswith(_STATES)
    return Chance(()) if facts.to_come or (not is_state and facts.as_of <= calendar.last) else None


def _in_window(judgement: Judgement, facts: Facts) -> Chance | None:
    """Return the open days of the first window that has not ended, and the last day that serves them."""
    calendar = facts.calendar
    entries = sorted(due_of(judgement, facts), key=lambda due: (due.by, due.window.from_))
    if entries:
        window = calendar.span(entries[0].window.from_, entries[0].window.to)
        served = judgement.open if judgement.code == _SUBMISSION else judgement.open & window
        return Chance(tuple(calendar.dates(served)), entries[0].last_day)
    if judgement.code == _SUBMISSION:
        return None
    coming = calendar.dates(judgement.open & calendar.span(facts.as_of, None))
    return Chance((coming[0],), coming[0]) if coming else None

"""How a finding is mended by lawful means: nothing is back-dated, and nothing told that did not happen.

What can be done is read off the judgement itself: an act to come in a window that has not ended, a record
of a past day, a date that slipped, a claim to withdraw, a question to ask.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import NamedTuple

from zaitaku_rules.explain import dates, general, named, source_named, ways
from zaitaku_rules.facts import Facts
from zaitaku_rules.judge.evidence import name_of, numbers_on, window_of
from zaitaku_rules.judge.judgement import ALL_MONTHS, Judgement
from zaitaku_rules.judge.last_day import last_day, planned_within
from zaitaku_rules.judge.slips import slips
from zaitaku_rules.report import Kind, Mend, Settle, Text

_TIME_TO_ACT = frozenset(("inquiry_days", "arrival_days"))
"""The numbers that give an event some days after its own."""

_SUBMISSION, _STATES = "Z601", ("Z1", "Z2")
_ORDER = ("do", "attach", "correct", "withdraw", "ask")


class Chance(NamedTuple):
    """What may still be done: for which days, and by when."""

    days: tuple[date, ...]
    by: date | None = None


def mending(judgement: Judgement, facts: Facts, settle: Iterable[Settle]) -> tuple[Mend, ...]:
    """Return the lawful ways to mend a broken or open rule, each with the days that it is for."""
    if judgement.status not in ("broken", "open"):
        return ()
    found = [*_by_words(judgement, facts), *_moves(judgement, facts)]
    if judgement.is_payment and not any(mend.kind == "withdraw" for mend in found):
        found += _withdrawing(general("withdraw"), judgement, facts)
    open_days = tuple(facts.calendar.dates(judgement.open))
    found += [_mend("ask", one.what, open_days) for one in settle if one.kind == "question"]
    return tuple(sorted(found, key=lambda mend: _ORDER.index(mend.kind)))


def _by_words(judgement: Judgement, facts: Facts) -> Iterator[Mend]:
    """Return the ways that the words name, where there is something to use them for."""
    past, chance = past_days(judgement, facts), _chance(judgement, facts)
    source = source_named(judgement.code)
    for way in ways(judgement.code):
        is_meant = way.when in (judgement.status, "both")
        if way.kind == "do" and chance and (is_meant or way.when == "open"):
            yield _mend("do", way.what, chance.days, chance.by)
        elif way.kind == "withdraw" and is_meant:
            yield from _withdrawing(way.what, judgement, facts)
        elif way.kind == "ask" and is_meant:
            yield _mend("ask", way.what, tuple(facts.calendar.dates(judgement.broken | judgement.open)))
        elif way.kind in ("attach", "correct") and is_meant and past and not way.if_found:
            yield _mend(way.kind, way.what, past, source=source)


def _mend(
    kind: Kind,
    what: Text,
    days: tuple[date, ...],
    by: date | None = None,
    source: str | None = None,
    records: tuple[str, ...] = (),
) -> Mend:
    return Mend.model_construct(kind=kind, what=what, by=by, days=days, source=source, records=records)


def past_days(judgement: Judgement, facts: Facts) -> tuple[date, ...]:
    """Return the broken days, and the open ones before the day of the question."""
    if judgement.code == ALL_MONTHS:
        return tuple(facts.untimely_dates)
    before = facts.calendar.span(None, facts.as_of - timedelta(days=1))
    return tuple(facts.calendar.dates((judgement.broken | judgement.open) & before))


def _moves(judgement: Judgement, facts: Facts) -> Iterator[Mend]:
    for slip in slips(judgement, facts):
        rows = getattr(facts.case, slip.source)
        what = general(
            "shift",
            source=named("sources", [slip.source]),
            number=len(slip.numbers),
            offset=named("offsets", [slip.offset]),
            days=dates(slip.days),
        )
        records = tuple(name_of(rows[number], slip.source, number) for number in slip.numbers)
        yield _mend("correct", what, slip.days, source=slip.source, records=records)


def _withdrawing(what: Text, judgement: Judgement, facts: Facts) -> Iterator[Mend]:
    """Withdraw what payment depends on: the broken days, of use only those that are claimed."""
    days = claimed(judgement, facts)
    if days and (judgement.is_payment or not judgement.law.rule.judges_use):
        yield _mend("withdraw", what, tuple(facts.calendar.dates(days)))


def claimed(judgement: Judgement, facts: Facts) -> int:
    """Return the broken days for which something is claimed, all where no claim is given."""
    if not judgement.law.rule.judges_use or "claimed_days" not in facts.present:
        return judgement.broken
    sure: int = facts.claimed_use.sure
    return judgement.broken & sure


def _chance(judgement: Judgement, facts: Facts) -> Chance | None:
    """Return the next days that an act to come can still serve, None where nothing is to come."""
    rule, calendar = judgement.law.rule, facts.calendar
    if rule.window or rule.code == _SUBMISSION or _TIME_TO_ACT.intersection(rule.parameters):
        return _in_window(judgement, facts)
    found = judgement.broken | judgement.open
    if coming := calendar.dates(found & calendar.span(facts.as_of, None)):
        return Chance(tuple(coming), coming[0])
    is_state = rule.code.startswith(_STATES)
    return Chance(()) if facts.to_come or (not is_state and facts.as_of <= calendar.last) else None


def _in_window(judgement: Judgement, facts: Facts) -> Chance | None:
    """Return the open days of the first window that has not ended, and the last day that serves them."""
    calendar = facts.calendar
    for day in calendar.dates(judgement.open):
        bit = calendar.bit(day)
        window = window_of(judgement, facts, bit)
        begin, end = _stretch(judgement, facts, day, window)
        if end >= facts.as_of:
            by = max((row.day for row in planned_within(facts, begin, end)), default=end)
            served = judgement.open if judgement.code == _SUBMISSION else judgement.open & window
            return Chance(tuple(calendar.dates(served)), last_day(judgement, facts, begin, end, by))
    return None


def _stretch(judgement: Judgement, facts: Facts, day: date, window: int) -> tuple[date, date]:
    """Return the first and the last day on which an act for an open day can be done."""
    numbers = numbers_on(judgement, facts.calendar.bit(day))
    if judgement.code == _SUBMISSION:
        deadline = facts.calendar.deadline(numbers["submission_day"], numbers["submission_shift"])
        return facts.calendar.last + timedelta(days=1), deadline
    if running := _TIME_TO_ACT.intersection(numbers):
        return day, day + timedelta(days=sum(numbers[name] for name in running))
    inside = facts.calendar.dates(window)
    return inside[0], inside[-1]

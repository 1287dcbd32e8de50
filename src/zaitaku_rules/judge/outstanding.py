"""What is still due: the open windows of the same judgement, with the last day that serves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import NamedTuple

from zaitaku_rules.days import Windows
from zaitaku_rules.facts import Facts
from zaitaku_rules.judge.evidence import counting_records, numbers_on, tally
from zaitaku_rules.judge.judgement import Judgement
from zaitaku_rules.judge.last_day import last_day, planned_within
from zaitaku_rules.report import Due, Stretch
from zaitaku_rules.rules.mark import by_day

_BY_WINDOW = ("Z301", "Z302", "Z303", "Z304", "Z401", "Z402", "Z403")
_SUBMISSION = "Z601"

DUE_CODES = (*_BY_WINDOW, _SUBMISSION)
"""The rules of which something can be due: no other need be judged to list it."""


class _Lack(NamedTuple):
    """What a window lacks: acts missing, needed and counted already, and its open days that say so."""

    missing: int
    needed: int
    counted: int
    days: int


def outstanding(judgements: Mapping[str, Judgement], facts: Facts) -> tuple[Due, ...] | None:
    """Return what is still due, soonest first; None once nothing of the month can fall due any more."""
    submission = judgements[_SUBMISSION]
    last = facts.calendar.dates(facts.calendar.weeks("monday").masks[-1])[-1]
    if submission.law.in_force and not submission.is_deselected:
        last = max(last, _deadline(submission, facts))
    if facts.as_of > last:
        return None
    duties = [judgements[code] for code in DUE_CODES if judgements[code].is_duty]
    found = [due for judgement in duties for due in due_of(judgement, facts)]
    return tuple(sorted(found, key=lambda due: (due.by, due.code, due.window.from_)))


def due_of(judgement: Judgement, facts: Facts) -> Iterator[Due]:
    """Return what is still due for one rule with a window or a deadline, however it is graded."""
    if judgement.open:
        find = _submission if judgement.code == _SUBMISSION else _windows
        yield from find(judgement, facts)


def _windows(judgement: Judgement, facts: Facts) -> Iterator[Due]:
    rule, calendar = judgement.law.rule, facts.calendar
    assert rule.window is not None
    lacking: dict[int, _Lack] = {}
    for segment, numbers in judgement.law.readings[0].segments:
        for mask in _coming(rule.window(calendar, numbers), facts, is_daily=rule.window is by_day):
            if open_days := mask & segment & judgement.open:
                count, needed = tally(judgement, facts, open_days)
                lack = _Lack(max(1, needed - count), needed, count, open_days)
                lacking[mask] = max(lacking.get(mask, lack), lack)
    for mask, lack in lacking.items():
        days = calendar.dates(mask)
        yield _due(judgement, days[0], days[-1], lack, facts)


def _coming(windows: Windows, facts: Facts, *, is_daily: bool) -> Iterator[int]:
    """Return the windows that are not over; of those of one day only today's."""
    today, unended = facts.calendar.bit(facts.as_of), windows.unended(facts.as_of_cell)
    for mask in windows.masks:
        if mask & unended and (mask == today or not (is_daily or mask & (mask - 1) == 0)):
            yield mask


def _submission(judgement: Judgement, facts: Facts) -> Iterator[Due]:
    if (deadline := _deadline(judgement, facts)) >= facts.as_of:
        begin = facts.calendar.last + timedelta(days=1)
        yield _due(judgement, begin, deadline, _Lack(1, 1, 0, judgement.open), facts)


def _deadline(judgement: Judgement, facts: Facts) -> date:
    numbers = numbers_on(judgement, judgement.law.in_force)
    return facts.calendar.deadline(numbers["submission_day"], numbers["submission_shift"])


def _last_use(facts: Facts, begin: date, end: date) -> date:
    return max((row.day for row in planned_within(facts, begin, end)), default=end)


def _soonest_end(judgement: Judgement, facts: Facts, end: date, open_days: int) -> date:
    """Return when the first window ends that holds an open day, whichever reading holds."""
    rule, calendar = judgement.law.rule, facts.calendar
    if rule.window is None or len(judgement.law.readings) == 1:
        return end
    ends = [end]
    for reading in judgement.law.readings:
        for segment, numbers in reading.segments:
            masks = rule.window(calendar, numbers).masks
            ends += [calendar.dates(mask)[-1] for mask in masks if mask & segment & open_days]
    return min(day for day in ends if day >= facts.as_of)


def _due(judgement: Judgement, begin: date, end: date, lack: _Lack, facts: Facts) -> Due:
    by = _last_use(facts, begin, end)
    soonest = _soonest_end(judgement, facts, end, lack.days)
    last = last_day(judgement, facts, begin, soonest, _last_use(facts, begin, soonest))
    return Due.model_construct(
        code=judgement.code,
        window=Stretch.model_construct(from_=begin, to=end),
        missing=lack.missing,
        by=by,
        last_day=last,
        slack=(last - facts.as_of).days,
        needed=lack.needed,
        count=lack.counted,
        records=tuple(counting_records(judgement, facts, lack.days)) if lack.counted else (),
    )

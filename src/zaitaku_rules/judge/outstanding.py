"""What is still due: the open windows of the same judgement, with the last day that serves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from zaitaku_rules.facts import Facts
from zaitaku_rules.judge.evidence import numbers_on, tally
from zaitaku_rules.judge.judgement import Judgement
from zaitaku_rules.report import Due, Stretch
from zaitaku_rules.rules.mark import by_day

_BY_WINDOW = ("Z301", "Z302", "Z303", "Z304", "Z401", "Z402", "Z403")
_SUBMISSION = "Z601"


def outstanding(judgements: Mapping[str, Judgement], facts: Facts) -> tuple[Due, ...] | None:
    """Return what is still due, soonest first; None once nothing of the month can fall due any more."""
    submission = judgements[_SUBMISSION]
    last = facts.calendar.dates(facts.calendar.weeks("monday").masks[-1])[-1]
    if submission.law.in_force and not submission.is_deselected:
        last = max(last, _deadline(submission, facts))
    if facts.as_of > last:
        return None
    found = [due for code in _BY_WINDOW for due in _windows(judgements[code], facts)]
    found += _submission(submission, facts)
    return tuple(sorted(found, key=lambda due: (due.by, due.code, due.window.from_)))


def _windows(judgement: Judgement, facts: Facts) -> Iterator[Due]:
    rule, calendar = judgement.law.rule, facts.calendar
    if not (judgement.is_duty and judgement.open and rule.window):
        return
    missing: dict[int, int] = {}
    for segment, numbers in judgement.law.readings[0].segments:
        for mask in rule.window(calendar, numbers).masks:
            if open_days := mask & segment & judgement.open:
                count, needed = tally(judgement, facts, open_days)
                missing[mask] = max(missing.get(mask, 1), needed - count)
    for mask, number in missing.items():
        days = calendar.dates(mask)
        is_daily = len(days) == 1 or rule.window is by_day
        if days[-1] >= facts.as_of and not (is_daily and days[0] != facts.as_of):
            yield _due(judgement.code, days[0], days[-1], number, facts)


def _submission(judgement: Judgement, facts: Facts) -> Iterator[Due]:
    if judgement.is_duty and judgement.open and (deadline := _deadline(judgement, facts)) >= facts.as_of:
        yield _due(_SUBMISSION, facts.calendar.last + timedelta(days=1), deadline, 1, facts)


def _deadline(judgement: Judgement, facts: Facts) -> date:
    numbers = numbers_on(judgement, judgement.law.in_force)
    return facts.calendar.deadline(numbers["submission_day"], numbers["submission_shift"])


def _due(code: str, begin: date, end: date, missing: int, facts: Facts) -> Due:
    begin_at, end_at = max(begin, facts.as_of), min(end, facts.calendar.last)
    planned = [row.day for row in facts.case.planned_days or () if begin_at <= row.day <= end_at]
    window = Stretch.model_construct(from_=begin, to=end)
    by = max(planned, default=end)
    slack = (by - facts.as_of).days
    return Due.model_construct(
        code=code,
        window=window,
        missing=missing,
        by=by,
        last_day=by,
        slack=slack,
        needed=1,
        count=0,
        records=(),
    )

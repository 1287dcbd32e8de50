"""What would settle an open finding: the smallest set of records, a date to wait for, and questions.

A finding depends on what is in doubt: cells of which a list is silent, fields that rows leave unsaid,
time to come, and readings of the law. Each thing on which its open days depend must be given, and
nothing else matters, so the set named here settles in whatever way it turns out, and no smaller one does.
A question is named only where the finding stays open with every source complete.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from zaitaku_rules.days import FULL
from zaitaku_rules.facts import Facts
from zaitaku_rules.judge.asking import questions
from zaitaku_rules.judge.dependence import Dependence, dependences, reach, widened
from zaitaku_rules.judge.doubts import (
    CERTAIN,
    TOLD_BY,
    doubtful,
    is_event,
    silence,
    silent_for,
    sources_of,
    unrecorded,
    unsaid,
)
from zaitaku_rules.judge.judgement import Judgement
from zaitaku_rules.judge.settle_words import completing, stating, waiting
from zaitaku_rules.records import Source, day_of
from zaitaku_rules.report import Settle

_ANSWERS: dict[str, tuple[Source, str]] = {
    "Z306": ("inquiries", "answered_at"),
    "Z307": ("emergencies", "attended_at"),
}
"""The rules whose days need time to be answered, with their list and the moment of the answer."""

_SUBMISSION = "monthly_record_by"
_RECORDED = "recorded_at"


def settling(judgement: Judgement, facts: Facts) -> tuple[Settle, ...]:
    """Return what would settle a rule with open days."""
    if not judgement.open:
        return ()
    if _is_only_time(judgement, facts):
        found: tuple[Settle, ...] = tuple(_wait(_last_day(judgement, facts, judgement.open, judgement.open)))
    else:
        depending = list(dependences(judgement.law, facts, judgement.open))
        found = (*_time(judgement, facts, depending), *_records(judgement, facts, depending))
    return (*found, *questions(judgement, facts))


def _is_only_time(judgement: Judgement, facts: Facts) -> bool:
    """Tell at a glance that the past is beyond doubt: the usual case of a month under way."""
    rule = judgement.law.rule
    near = reach(judgement.law, facts.calendar, judgement.open)
    past = facts.calendar.span(None, facts.as_of) & (FULL ^ facts.calendar.bit(facts.as_of))
    for name in rule.facts:
        if name in CERTAIN:
            continue
        for source in sources_of(name, facts):
            if silence(source, facts) & near & (past if is_event(source) else FULL):
                return False
        if (unsaid(name, getattr(facts, name), facts) | unrecorded(name, facts)) & near:
            return False
    judged = getattr(facts, rule.judges)
    return rule.window is not None or not judgement.open & (past | (FULL ^ doubtful(judged)))


def _wait(by: date | None) -> Iterator[Settle]:
    if by is not None:
        yield waiting(by)


def _time(judgement: Judgement, facts: Facts, depending: list[Dependence]) -> Iterator[Settle]:
    to_come = facts.calendar.span(facts.as_of, None)
    cells = answered = 0
    for name, word, numbers in depending:
        for source in sources_of(name, facts):
            silent = word & silent_for(name, source, facts, numbers)
            answered |= silent
            cells |= silent & to_come if is_event(source) else 0
        if name == _SUBMISSION:
            cells |= word & to_come
    is_due = any(one.name == _SUBMISSION for one in depending) or judgement.code != "Z601"
    yield from _wait(_last_day(judgement, facts, cells, answered, is_due=is_due))


def _last_day(
    judgement: Judgement, facts: Facts, cells: int, answered: int, *, is_due: bool = True
) -> date | None:
    """Return the last day that must be over, if any: of `cells`, and of the time in which a duty falls due.

    `answered` are days on which something may have happened that still needs an answer in time.
    """
    calendar = facts.calendar
    if judgement.law.rule.window is not None:
        cells = _unended(judgement, facts)
    days = calendar.dates(cells & calendar.page)[-1:]
    if judgement.code in _ANSWERS:
        days += _answers(judgement, facts, answered)
    if judgement.code == "Z601" and is_due:
        numbers = [numbers for _, numbers in _segments(judgement)]
        days += [calendar.deadline(one["submission_day"], one["submission_shift"]) for one in numbers]
    return max((day for day in days if day >= facts.as_of), default=None)


def _segments(judgement: Judgement) -> Iterator[tuple[int, Any]]:
    for reading in judgement.law.readings:
        yield from reading.segments


def _unended(judgement: Judgement, facts: Facts) -> int:
    """Return the windows that have not ended, of the days that may break under the reading of the window."""
    rule, calendar, found = judgement.law.rule, facts.calendar, 0
    assert rule.window is not None
    for mask, numbers in _segments(judgement):
        running = mask & judgement.open & rule.window(calendar, numbers).unended(facts.as_of_cell)
        if running and len(judgement.law.readings) > 1:
            running &= rule.breaking(*rule.read(facts), **numbers).maybe
        found |= widened(rule, calendar, numbers, running)
    return found


def _answers(judgement: Judgement, facts: Facts, silent: int) -> list[date]:
    """Return the days on which the time to answer is up, of what happened and of what may have."""
    source, moment = _ANSWERS[judgement.code]
    (parameter,) = judgement.law.rule.parameters
    days = max(numbers[parameter] for _, numbers in _segments(judgement))
    for bit, row in facts.dated(source):
        answer: date | datetime | None = getattr(row, moment)
        silent |= bit if answer is None or day_of(answer) > facts.as_of else 0
    return [day + timedelta(days=days) for day in facts.calendar.dates(silent & judgement.open)]


def _records(judgement: Judgement, facts: Facts, depending: list[Dependence]) -> Iterator[Settle]:
    """Name the days of which a list must speak, then the rows that must say more."""
    calendar = facts.calendar
    past = calendar.span(None, facts.as_of) & (FULL ^ calendar.bit(facts.as_of))
    silent, lacking = dict[str, int](), dict[tuple[str, str], int]()
    for name, word, numbers in depending:
        told = TOLD_BY[name]
        for source in sources_of(name, facts):
            cells = word & silent_for(name, source, facts, numbers) & (past if is_event(source) else FULL)
            silent[source] = silent.get(source, 0) | cells
        key = (told.sources[0], told.field)
        lacking[key] = lacking.get(key, 0) | (word & unsaid(name, getattr(facts, name), facts, numbers))
        key = (told.sources[0], _RECORDED)
        lacking[key] = lacking.get(key, 0) | (word & unrecorded(name, facts))
    for source, cells in silent.items():
        if cells & calendar.page:
            yield completing(source, tuple(calendar.dates(cells & calendar.page)))
    fields: dict[tuple[str, int], list[str]] = {}
    for (source, field), cells in lacking.items():
        if cells:
            fields.setdefault((source, cells), []).append(field)
    for (source, cells), names in fields.items():
        yield stating(judgement.code, source, tuple(names), tuple(calendar.dates(cells & calendar.page)))

"""What would settle an open finding: records for named days, a date to wait for, or a question."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from zaitaku_rules.explain import dates, general, named, question, record_of
from zaitaku_rules.facts import Facts
from zaitaku_rules.judge.evidence import window_of
from zaitaku_rules.judge.judgement import OVER, Judgement, breaking, breaking_under
from zaitaku_rules.law import RuleLaw
from zaitaku_rules.records import SOURCES
from zaitaku_rules.report import Settle


def settling(judgement: Judgement, facts: Facts) -> tuple[Settle, ...]:
    """Return what would settle a rule with open days; a question only where no record could."""
    law = judgement.law
    if not judgement.open:
        return ()
    complete = facts.completed
    remaining = breaking(law, complete, facts.calendar, OVER)
    doubtful = remaining.maybe & ~remaining.sure & judgement.open if isinstance(remaining.maybe, int) else 0
    questions = list(_questions(law, complete, doubtful)) if doubtful else []
    return (*_time_and_records(judgement, facts, unclear=bool(doubtful) and not questions), *questions)


def _questions(law: RuleLaw, complete: Facts, doubtful: int) -> Iterator[Settle]:
    """Name each question of which the answer turns a doubtful day."""
    answers = {
        reading.chosen: breaking_under(reading, law, complete, complete.calendar, OVER).maybe & doubtful
        for reading in law.readings
    }
    for name, readings in law.questions.items():
        if any(
            found != other
            for chosen, found in answers.items()
            for other_chosen, other in answers.items()
            if {key for key, value in chosen if dict(other_chosen)[key] != value} == {name}
        ):
            yield Settle(kind="question", what=question(name, readings), by=None)


def _time_and_records(judgement: Judgement, facts: Facts, *, unclear: bool) -> Iterator[Settle]:
    calendar = facts.calendar
    coming, past, last = list[date](), list[date](), facts.as_of
    for day in calendar.dates(judgement.open):
        end = _last_day(judgement, facts, day)
        (coming if end >= facts.as_of else past).append(day)
        last = max(last, end)
    if coming:
        yield Settle(kind="wait", what=general("wait", date=last.isoformat()), by=last)
    open_sources = [source for source in _sources(judgement) if _is_open(source, judgement, facts)]
    if past and open_sources:
        said = named("sources", open_sources)
        yield Settle(kind="record", what=general("complete", source=said, dates=dates(past)), by=None)
    elif unclear or (past and not judgement.law.questions):
        record = record_of(judgement.code)
        yield Settle(
            kind="record", what=general("record", record=record, dates=dates(past or coming)), by=None
        )


def _sources(judgement: Judgement) -> list[str]:
    return [name for need in judgement.law.rule.needs for name in need.split("|") if name in SOURCES]


def _is_open(source: str, judgement: Judgement, facts: Facts) -> bool:
    """Tell whether a list leaves a past cell of an open window unsaid."""
    past = facts.calendar.span(None, facts.as_of) & ~facts.calendar.bit(facts.as_of)
    window = 0
    for day in facts.calendar.dates(judgement.open):
        window |= window_of(judgement, facts, facts.calendar.bit(day))
    return bool(window & past & ~facts.covered(source))  # type: ignore[arg-type]  # _sources keeps list names only


def _last_day(judgement: Judgement, facts: Facts, day: date) -> date:
    calendar = facts.calendar
    if judgement.code == "Z601":
        numbers = judgement.law.readings[0].segments[-1][1]
        return calendar.deadline(numbers["submission_day"], numbers["submission_shift"])
    return calendar.dates(window_of(judgement, facts, calendar.bit(day)))[-1]

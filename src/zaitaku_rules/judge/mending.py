"""How a finding is mended by lawful means: nothing is back-dated, and nothing told that did not happen.

What can be done is read off the judgement itself: an act to come in a window that has not ended, a record
of a past day, a date that slipped, a claim to withdraw, a question to ask.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from zaitaku_rules.explain import Way, general, source_named, ways
from zaitaku_rules.facts import Facts
from zaitaku_rules.judge.chances import chances
from zaitaku_rules.judge.evidence import name_of
from zaitaku_rules.judge.judgement import ALL_MONTHS, Judgement
from zaitaku_rules.judge.slip_words import slip_words
from zaitaku_rules.judge.slips import slips
from zaitaku_rules.law import RuleLaw
from zaitaku_rules.report import Kind, Mend, Settle, Text

_ORDER = ("do", "attach", "correct", "withdraw", "ask")


def mending(
    judgement: Judgement, laws: Iterable[RuleLaw], facts: Facts, settle: Iterable[Settle]
) -> tuple[Mend, ...]:
    """Return the lawful ways to mend a broken or open rule, each with the days that it is for.

    `laws` are those of all rules of the case: a correction must not leave any of them worse off.
    """
    if judgement.status not in ("broken", "open"):
        return ()
    questions = {one.parameter for one in settle if one.kind == "question"}
    found = [*_by_words(judgement, facts, questions), *_moves(judgement, laws, facts)]
    if judgement.is_payment and not any(mend.kind == "withdraw" for mend in found):
        found += _withdrawing(general("withdraw"), judgement, facts)
    if questions:
        found.append(_mend("ask", general("ask"), tuple(facts.calendar.dates(judgement.open))))
    return tuple(sorted(found, key=lambda mend: _ORDER.index(mend.kind)))


def _by_words(judgement: Judgement, facts: Facts, asked: set[str | None]) -> Iterator[Mend]:
    """Return the ways that the words name, where there is something to use them for."""
    past, source = past_days(judgement, facts), source_named(judgement.code)
    for way in ways(judgement.code):
        is_meant = way.when in (judgement.status, "both") and _is_in_time(way, facts)
        if way.kind == "do":
            yield from _doing(way, judgement, facts)
        elif way.kind == "withdraw" and is_meant:
            yield from _withdrawing(way.what, judgement, facts)
        elif way.kind == "ask" and is_meant and way.question not in asked:
            yield _mend("ask", way.what, tuple(facts.calendar.dates(judgement.broken | judgement.open)))
        elif way.kind in ("attach", "correct") and is_meant and past and not way.if_found:
            yield _mend(way.kind, way.what, past, source=source)


def _is_in_time(way: Way, facts: Facts) -> bool:
    """Tell whether words that make sense only before, or only after, the end of the month are in time."""
    is_over = facts.as_of > facts.calendar.last
    return way.until != "end" if is_over else way.since != "end"


def _doing(way: Way, judgement: Judgement, facts: Facts) -> Iterator[Mend]:
    """Return an act for what can still be done, and for an event that still waits though its time is up."""
    if way.when in (judgement.status, "both", "open"):
        for days, by, records in chances(judgement, facts, is_late=way.when == "broken"):
            yield _mend("do", way.what, days, by, records=records)


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


def _moves(judgement: Judgement, laws: Iterable[RuleLaw], facts: Facts) -> Iterator[Mend]:
    for slip in slips(judgement, facts, laws):
        rows = getattr(facts.case, slip.source)
        records = tuple(name_of(rows[number], slip.source, number) for number in slip.numbers)
        yield _mend("correct", slip_words(slip), slip.days, source=slip.source, records=records)


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

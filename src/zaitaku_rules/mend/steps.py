"""The steps of a plan in words: corrections, acts, then what may be attached, withdrawn or asked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from zaitaku_rules.explain import joined, named, planned, short_record_of, source_named, title
from zaitaku_rules.judge.evidence import name_of
from zaitaku_rules.judge.slip_words import slip_words
from zaitaku_rules.mend.acts import Act
from zaitaku_rules.mend.cover import rank
from zaitaku_rules.mend.draft import Draft, Drawn
from zaitaku_rules.mend.elsewhere import Move
from zaitaku_rules.mend.routine import Routine
from zaitaku_rules.report import Kind, Report, RuleReport, Step, Text
from zaitaku_rules.rules import CATALOGUE

_DUTIES = ("payment", "duty")


def steps(found: Drawn, report: Report) -> Iterator[Step]:
    """Return the steps of a draft, whose month has the report `report`, in order of their doing."""
    drawn = found.draft
    yield from _corrections(drawn)
    acts = [_act(act, found) for act in sorted(drawn.found.acts, key=rank)]
    yield from _moves(drawn.moves)
    yield from sorted([*acts, *_routine(drawn)], key=lambda step: (step.days, step.by))
    doubtful = [rule for rule in report.rules if rule.severity in _DUTIES and (rule.days or rule.open_days)]
    yield from _records(drawn, doubtful)
    yield from _withdrawal(drawn, doubtful)
    yield from _questions(doubtful)


def _step(
    kind: Kind,
    what: Text,
    days: Iterable[date],
    serves: tuple[str, ...],
    by: date | None = None,
    *,
    records: tuple[str, ...] = (),
    lists: tuple[str, ...] = (),
    **more: Any,
) -> Step:
    return Step.model_construct(
        kind=kind,
        what=what,
        days=tuple(days),
        by=by,
        serves=serves,
        records=records,
        lists=lists,
        **more,
    )


def _corrections(drawn: Draft) -> Iterator[Step]:
    for slip, codes in drawn.slips:
        rows = getattr(drawn.case, slip.source)
        records = tuple(name_of(rows[number], slip.source, number) for number in slip.numbers)
        yield _step("correct", slip_words(slip), slip.days, codes, records=records, lists=(slip.source,))


def _moves(moves: Iterable[Move]) -> Iterator[Step]:
    """Return one step for the days that the same rules move to the same place."""
    alike: dict[tuple[str | None, tuple[str, ...]], list[date]] = {}
    for move in moves:
        alike.setdefault((move.place, move.codes), []).append(move.day)
    for (place, codes), days in alike.items():
        what = planned("at_office" if place else "not_used", titles=joined(map(title, codes)))
        means = "commute" if place else None
        yield _step(
            "do", what, days, codes, days[-1], lists=("days" if place else "planned_days",), means=means
        )


def _act(act: Act, drawn: Drawn) -> Step:
    if act.means == "submit":
        what = planned("submit")
    elif not act.covers:
        what = planned("only_" + act.setting)
    else:
        is_moved = any(act.day == move.day for move in drawn.draft.moves)
        setting = "moved" if is_moved and act.setting == "planned" else act.setting
        means = planned(f"commute_{setting}" if act.means == "commute" else act.means)
        what = planned("evaluate", means=means, covers=named("covers", ["_".join(act.covers)]))
    return _step(
        "do",
        what,
        [act.day],
        drawn.serving[act],
        drawn.latest[act],
        lists=tuple(act.rows),
        means=None if act.means == "submit" else act.means,
        covers=act.covers,
    )


def _routine(drawn: Draft) -> Iterator[Step]:
    routine = drawn.routine
    asked = {
        "contacts": any(routine.number_on(day) for day in routine.days),
        "daily_reports": routine.report,
        "days": routine.noted,
    }
    lists = tuple(name for name, is_asked in asked.items() if is_asked)
    if routine.days and lists:
        days = routine.days if routine.report or routine.noted else routine.called
        what = planned("routine", parts=joined(_parts(routine)))
        yield _step(
            "do",
            what,
            days,
            drawn.serves_instead_of(routine._replace(days=())),
            days[-1],
            lists=lists,
            contacts=routine.contacts,
            contacts_today=routine.contacts_today,
        )
    if days := routine.recorded:
        codes = drawn.serves_instead_of(routine._replace(recorded=()))
        yield _step("do", planned("recording"), days, codes, days[-1], lists=("recordings",))


def _parts(routine: Routine) -> Iterator[Text]:
    number, today = routine.contacts, routine.contacts_today
    if routine.today not in routine.days or number == today:
        if number:
            yield planned("contacts", number=number)
    elif len(routine.days) == 1:
        if today:
            yield planned("contacts", number=today)
    else:
        yield planned("contacts_today", number=number, today=today)
    for is_asked, name in ((routine.report, "report"), (routine.noted, "noted")):
        if is_asked:
            yield planned(name)


def _records(drawn: Draft, doubtful: Iterable[RuleReport]) -> Iterator[Step]:
    for rule in doubtful:
        days = [day for day in sorted((*rule.days, *rule.open_days)) if day < drawn.facts.as_of]
        if days and any(way.kind == "attach" for way in rule.mend):
            what = planned("attach", record=short_record_of(rule.code))
            yield _step("attach", what, days, (rule.code,), lists=(source_named(rule.code),))


def _withdrawal(drawn: Draft, doubtful: Iterable[RuleReport]) -> Iterator[Step]:
    found = {
        rule.code: {day for way in rule.mend if way.kind == "withdraw" for day in way.days}
        for rule in doubtful
        if rule.severity == "payment"
    }
    days = {day for each in found.values() for day in each if day < drawn.facts.as_of}
    if days:
        codes = tuple(code for code, each in found.items() if each & days)
        yield _step("withdraw", planned("withdraw"), sorted(days), codes)


def _questions(doubtful: Iterable[RuleReport]) -> Iterator[Step]:
    asked: dict[str, tuple[Text, dict[str, tuple[date, ...]]]] = {}
    for rule in doubtful:
        for one in rule.settle:
            if one.kind == "question":
                asked.setdefault(one.what.en, (one.what, {}))[1][rule.code] = rule.open_days
    for what, rules in asked.values():
        days = sorted({day for each in rules.values() for day in each})
        yield _step("ask", what, days, tuple(rules))


def notes(drawn: Draft, report: Report, *, is_selected: bool) -> Iterator[Text]:
    """Return what a reader must know: what no step can mend, and what the plan does not look at."""
    for code in dict.fromkeys(code for move in drawn.moves for code in move.codes):
        days = [move.day for move in drawn.moves if code in move.codes]
        yield planned("moved", code=code, title=title(code), days=_listed(days))
    duties = [rule for rule in report.rules if rule.severity in _DUTIES]
    named_so_far: set[date] = set()
    for rule in sorted(duties, key=lambda rule: CATALOGUE[rule.code].window is not None):
        if days := _beyond(rule, drawn.facts.as_of, named_so_far):
            named_so_far.update(days)
            yield planned("beyond", code=rule.code, title=title(rule.code), days=_listed(days))
    if is_selected:
        yield planned("selected")
    if drawn.facts.to_come:
        yield planned("no_days")
    if missing := dict.fromkeys(
        name for rule in duties if CATALOGUE[rule.code].judges_use for name in rule.missing
    ):
        yield planned("missing", sources=named("sources", missing))


def _beyond(rule: RuleReport, as_of: date, named_so_far: set[date]) -> list[date]:
    """Return the days that no step answers for; of a coming day the first thing that stands in its way."""
    coming = [day for day in (*rule.days, *rule.open_days) if day >= as_of and day not in named_so_far]
    is_attached = any(way.kind == "attach" for way in rule.mend)
    past = [] if is_attached else [day for day in rule.days if day < as_of]
    return sorted((*past, *coming))


def _listed(days: Iterable[date]) -> str:
    return ", ".join(day.isoformat() for day in days)

"""Searches both ends of what is open: a completion that keeps it, and one that breaks it."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import product
from typing import Any

from brute.book import week_of
from timeline.completions import Doc, Style, complete, drawn_style
from zaitaku_rules import Case, Report, check, load_overlay, rules_for
from zaitaku_rules.law.readings import listed_readings

FREE_TEXT = "a ground in free words is never surely wrong"
NOT_OVER = "a week that has not ended is never broken, even where the plan leaves no day for a commute"
READINGS = "each reading breaks other days, so no day breaks under all of them"
UNANSWERABLE = "the overlays widen the readings, and none of the widened ones can be chosen in a call"
LITERAL = (FREE_TEXT, NOT_OVER, READINGS)
"""What the contract's own words bring about."""

HOME = (("home",), ("office",), ("offsite",), ())
AWAY = (("office",), ())
NONE: tuple[tuple[str, ...], ...] = ((),)
GOOD = {
    "contacts": "spread", "daily_reports": "timely", "evaluations": "full", "recordings": "secured",
    "inquiries": "answered", "emergencies": "attended", "claimed_days": "match",
}  # fmt: skip
BAD = {
    "contacts": "close", "daily_reports": "late", "evaluations": "commute", "recordings": "unsecured",
    "inquiries": "unanswered", "emergencies": "unattended", "life_support_days": "claimed",
    "claimed_days": "use", "absences": "claimed",
}  # fmt: skip
DIRECTED = [
    Style(NONE, {}, True, True),
    Style(HOME, GOOD, True, True),
    Style(HOME, {}, False, False),
    Style(NONE, BAD, False, False),
    Style((("home", "office"), *HOME), BAD, False, False),
    Style((("home", "office"), *AWAY), GOOD | {"contacts": "visits"}, True, True),
    Style(AWAY, GOOD | {"evaluations": "phone"}, True, True),
    Style(HOME, GOOD | {"evaluations": "visit"}, True, True),
    Style(HOME, BAD | {"claimed_days": "absence_addition"}, False, False),
    Style(NONE, GOOD, True, False),
]
"""As good and as bad as possible, in the ways that matter to different rules."""


@dataclass
class Finding:
    """An open rule, and the ends of it that were found."""

    code: str
    open_days: frozenset[date]
    readings: tuple[dict[str, str], ...]
    is_unanswerable: bool = False
    keeps: bool = False
    spared: set[date] = field(default_factory=set[date])
    broken: set[date] = field(default_factory=set[date])

    @property
    def is_settled(self) -> bool:
        """Tell whether all ends were found."""
        return self.keeps and self.broken >= self.open_days

    def look(self, report: Report) -> None:
        """Take note of what a completion makes of the rule."""
        rule = report.rule(self.code)
        if rule.status == "not_run":
            return
        broken = {*rule.days, *(rule.waived_days if rule.status != "open" else ())}
        self.broken |= self.open_days & set(rule.days)
        self.spared |= self.open_days - broken - set(rule.open_days)
        self.keeps |= not self.open_days & {*rule.days, *rule.open_days}


def findings(document: Doc, arguments: dict[str, Any], report: Report) -> list[Finding]:
    """List the open rules of a report, each with the combinations of its readings."""
    case = Case.model_validate(document)
    overlays = [load_overlay(path) for path in arguments.get("overlays", [])]
    law = rules_for(
        case.user.municipality,
        case.month,
        case.provider.service,
        overlays=overlays,
        readings=arguments.get("readings"),
    )
    found: list[Finding] = []
    for rule in report.rules:
        if rule.status == "open":
            asked = law.rules[rule.code].questions
            questions = answerable(asked)
            chosen = tuple(dict(zip(questions, one, strict=True)) for one in product(*questions.values()))
            is_unanswerable = questions.keys() != asked.keys()
            found.append(Finding(rule.code, frozenset(rule.open_days), chosen, is_unanswerable))
    return found


def reason(one: Finding, as_of: date) -> str:
    """Say why an end of an open finding cannot be reached; empty where there is no known reason."""
    if one.code == "Z106" and one.keeps:
        return FREE_TEXT
    if one.is_unanswerable:
        return UNANSWERABLE
    if one.keeps or not one.broken >= one.open_days:
        return ""
    if one.spared >= one.open_days and len(one.readings) > 1:
        return READINGS
    stuck = one.open_days - one.spared
    return NOT_OVER if one.code == "Z403" and all(_end_of_week(day) >= as_of for day in stuck) else ""


def _end_of_week(day: date) -> date:
    """Give the last day of the week of a day, of the beginning under which it ends later."""
    return max(week_of(day, start)[-1] for start in ("monday", "sunday"))


def answerable(questions: dict[str, list[str]]) -> dict[str, list[str]]:
    """Leave out the questions to which no answer can be given in a call."""
    listed = listed_readings()
    return {name: known for name, known in questions.items() if set(known) <= set(listed.get(name, known))}


def styles(rng: random.Random, wanted: list[Finding], drawn: int) -> Iterator[Style]:
    """Give the directed styles, then those aimed at a day that lacks an end, then drawn ones."""
    yield from DIRECTED
    for one in list(wanted):
        for day in sorted(one.open_days - one.broken):
            here = frozenset({day})
            for acts, good in (({}, False), (BAD, False), (GOOD, True), (BAD, True)):
                yield Style(HOME, acts, good, False, here, NONE, {})
                yield Style(HOME, acts, good, False, here, (("office",), ()), GOOD)
    for _ in range(drawn):
        yield drawn_style(rng)


def search(
    rng: random.Random, document: Doc, as_of: date, arguments: dict[str, Any], report: Report, drawn: int
) -> list[Finding]:
    """Search both ends of every open rule of a report; return the findings that lack one."""
    every = findings(document, arguments, report)
    lacking = list(every)
    for style in styles(rng, lacking, drawn):
        lacking[:] = [one for one in lacking if not one.is_settled]
        if not lacking:
            break
        made = Case.model_validate(complete(rng, document, as_of, style))
        for readings in _combinations(lacking):
            codes = [one.code for one in lacking if readings in one.readings]
            judged = check(made, **settled(arguments, readings), select=codes)
            for one in lacking:
                if one.code in codes:
                    one.look(judged)
    return [one for one in every if not one.is_settled]


def settled(arguments: dict[str, Any], readings: dict[str, str]) -> dict[str, Any]:
    """Choose readings beside those that the arguments choose."""
    chosen: dict[str, str] = arguments.get("readings") or {}
    return arguments | {"readings": chosen | readings}


def _combinations(lacking: list[Finding]) -> list[dict[str, str]]:
    found: list[dict[str, str]] = []
    for one in lacking:
        found += [readings for readings in one.readings if readings not in found]
    return found

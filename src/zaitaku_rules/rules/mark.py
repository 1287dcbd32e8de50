"""The mark of a rule: what its signature says becomes its contract."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, Literal, TypeAlias

from zaitaku_rules.days import Calendar, Days, Windows

Severity: TypeAlias = Literal["payment", "duty", "advice", "record"]
"""How a rule weighs: condition of payment, duty, advice, or a contradiction of the records."""

Window: TypeAlias = Callable[[Calendar, Mapping[str, Any]], Windows]
"""From the calendar and the numbers of the law to the stretches of days in which a duty falls due."""


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """One duty: a pure function from facts and numbers of the law to the days that break it.

    `facts` are its positional parameters by name, and `read` takes them off the facts of a case;
    `parameters` are its keyword-only ones. `judges` is the first fact: the days that it judges. `needs`
    names the sources without which it cannot judge (alternatives in one entry are joined by "|").
    `since_scheme` tells that it holds only from the day on which the service could be used at home.
    """

    code: str
    name: str
    severity: Severity
    breaking: Callable[..., Days]
    facts: tuple[str, ...]
    read: Callable[[Any], Any]
    parameters: tuple[str, ...]
    needs: tuple[str, ...]
    since_scheme: bool
    window: Window | None
    duty: str
    judges: str
    judges_use: bool


def by_day(calendar: Calendar, numbers: Mapping[str, Any]) -> Windows:
    """Return each day as a window."""
    return calendar.days


def by_week(calendar: Calendar, numbers: Mapping[str, Any]) -> Windows:
    """Return the weeks as the law begins them."""
    return calendar.weeks(numbers["week_start"])


def by_month(calendar: Calendar, numbers: Mapping[str, Any]) -> Windows:
    """Return the month as the only window."""
    return calendar.month


def by_recording(calendar: Calendar, numbers: Mapping[str, Any]) -> Windows:
    """Return the stretches in which recordings are due."""
    return calendar.every(numbers["recording_every"])


def rule(
    code: str,
    *,
    severity: Severity,
    needs: tuple[str, ...] = (),
    always: bool = False,
    window: Window | None = None,
) -> Callable[[Callable[..., Days]], Rule]:
    """Mark a function as the rule `code`; facts and parameters are read off its signature.

    `always` rules hold whatever the service; the others from the day on which the service could be used
    at home. A day whose `window` has not ended is never surely broken.
    """

    def mark(breaking: Callable[..., Days]) -> Rule:
        signature = inspect.signature(breaking).parameters.values()
        facts = tuple(p.name for p in signature if p.kind is p.POSITIONAL_OR_KEYWORD)
        assert len(facts) > 1, "a rule reads what it judges and what it holds it against"
        judges_use = facts[0] in ("home", "use")
        wanted = ("days", *needs) if judges_use else needs
        return Rule(
            code=code,
            name=breaking.__name__,
            severity=severity,
            breaking=breaking,
            facts=facts,
            read=attrgetter(*facts),
            parameters=tuple(p.name for p in signature if p.kind is p.KEYWORD_ONLY),
            needs=wanted,
            since_scheme=not always,
            window=window,
            duty=(breaking.__doc__ or "").strip(),
            judges=facts[0],
            judges_use=judges_use,
        )

    return mark

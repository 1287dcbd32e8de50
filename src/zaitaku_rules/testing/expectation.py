"""What a case in the notation expects of its report.

    expect.Z301 = "broken 5; open 18-20"   # status, its days; then further days
    expect.Z402 = "waived home"            # home, use: all days at home, all days of use in the month
    expect.Z601 = "not_run submissions"    # the lists that lack; bare: the rule is not in force
    expect.verdict = "broken"
    expect.claim = { at_risk = "5", open = "none" }   # these lists of the claim
    expect.asks = ["joint_visit"]          # the questions named under `settle`, exactly
    expect.due = ["Z401 2026-02-16~2026-02-22 missing 1 by 2026-02-20"]   # the whole list
    only = true                            # every other payment or duty rule is kept, idle or not_run

A rule that is named is expected exactly: days that are not named are none.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, get_args

from zaitaku_rules.days import Calendar, calendar_of
from zaitaku_rules.errors import InvalidInput, nearest
from zaitaku_rules.report import Due, Report, RuleReport, Status
from zaitaku_rules.rules import CATALOGUE
from zaitaku_rules.testing.day_lists import day_list, days
from zaitaku_rules.testing.notation import MONTH, document

QUIET = ("kept", "idle", "not_run")
_OTHERS = ("verdict", "claim", "asks", "due")


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule is expected to say: its status and all its days."""

    status: str
    days: tuple[dt.date, ...] = ()
    open_days: tuple[dt.date, ...] = ()
    waived_days: tuple[dt.date, ...] = ()
    missing: tuple[str, ...] = ()

    @classmethod
    def of(cls, found: RuleReport) -> Finding:
        """Return what the report says of a rule."""
        return cls(found.status, found.days, found.open_days, found.waived_days, found.missing)

    def __str__(self) -> str:
        """Write it as a case would, with full dates."""
        parts = zip(("broken", "open", "waived"), (self.days, self.open_days, self.waived_days), strict=True)
        named = [f"{word} {day_list(list(dates))}" for word, dates in parts if dates]
        first = [] if named and named[0].startswith(self.status) else [" ".join((self.status, *self.missing))]
        return "; ".join(first + named)


@dataclass(frozen=True, slots=True)
class Expectation:
    """What is expected of one report; None and absent rules are not looked at."""

    rules: Mapping[str, Finding]
    claim: Mapping[str, tuple[dt.date, ...]]
    verdict: str | None = None
    asks: tuple[str, ...] | None = None
    due: tuple[str, ...] | None = None
    only: bool = False

    def differences(self, report: Report) -> list[str]:
        """Return in words where the report is not as expected."""
        found = [
            f"{code}: expected {wanted}, found {said}"
            for code, wanted in self.rules.items()
            if (said := Finding.of(report.rule(code))) != wanted
        ]
        whole: list[tuple[str, object, object]] = [
            *((f"claim.{name}", wanted, getattr(report.claim, name)) for name, wanted in self.claim.items()),
            ("verdict", self.verdict, report.verdict),
            ("asks", self.asks, asked(report)),
            ("due", self.due, tuple(map(spoken_due, report.due or ()))),
        ]
        found += [
            f"{name}: expected {wanted}, found {said}"
            for name, wanted, said in whole
            if wanted not in (None, said)
        ]
        return found + self._stray(report)

    def _stray(self, report: Report) -> list[str]:
        duties = [rule for rule in report.rules if rule.severity in ("payment", "duty")] if self.only else []
        return [
            f"{rule.code}: not expected to be {rule.status}"
            for rule in duties
            if rule.code not in self.rules and rule.status not in QUIET
        ]


def expected(spec: Mapping[str, Any]) -> Expectation:
    """Return what a case in the notation expects."""
    said: Mapping[str, Any] = spec.get("expect", {})
    return Expectation(
        {code: _finding(code, text, spec) for code, text in said.items() if code not in _OTHERS},
        {name: _dates(text, spec) for name, text in said.get("claim", {}).items()},
        said.get("verdict"),
        tuple(sorted(said["asks"])) if "asks" in said else None,
        tuple(said["due"]) if "due" in said else None,
        spec.get("only", False),
    )


def asked(report: Report) -> tuple[str, ...]:
    """Return the parameters that the report's questions name, in order."""
    return tuple(sorted({one.parameter for rule in report.rules for one in rule.settle if one.parameter}))


def spoken_due(due: Due) -> str:
    """Return one entry of the due list in one line."""
    return f"{due.code} {due.window.from_}~{due.window.to} missing {due.missing} by {due.by}"


def _finding(code: str, text: str, spec: Mapping[str, Any]) -> Finding:
    _check(code, CATALOGUE)
    first, *others = (part.split(maxsplit=1) for part in text.split(";"))
    status = first[0]
    _check(status, get_args(Status))
    if status == "not_run":
        return Finding(status, missing=tuple(first[1].split()) if len(first) > 1 else ())
    named = {part[0]: _dates(part[1], spec) for part in [first, *others] if len(part) > 1}
    return Finding(status, named.get("broken", ()), named.get("open", ()), named.get("waived", ()))


def _check(word: str, known: Any) -> None:
    if word not in known:
        near = nearest(word, known)
        raise InvalidInput(f"知らない語です。{near} のことですか。", f"unknown word; did you mean {near}?")


def _dates(text: str, spec: Mapping[str, Any]) -> tuple[dt.date, ...]:
    calendar = calendar_of(spec.get("month", MONTH))
    words = " ".join(_named(word, spec, calendar) for word in text.split())
    return tuple(days(words, calendar))


def _named(word: str, spec: Mapping[str, Any], calendar: Calendar) -> str:
    """Return the days that `home` and `use` stand for, or the word itself."""
    places = {"home": ("home", "satellite"), "use": ("home", "satellite", "office", "offsite")}.get(word)
    if places is None:
        return word
    rows = [row["date"] for row in document(spec).get("days", []) if row["place"] in places]
    return " ".join(day for day in rows if day.startswith(calendar.name))

"""A judged case as the formats for other programs see it: day by day, beside what a baseline knows."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Literal, NamedTuple, TypeAlias

from zaitaku_rules.errors import ZaitakuError
from zaitaku_rules.report import Dates, Found, Report, RuleReport, Verdict
from zaitaku_rules.rules import CATALOGUE
from zaitaku_rules.write.fingerprints import fingerprint

DayStatus: TypeAlias = Literal["broken", "open", "waived"]
"""What became of one day under one rule."""

Known: TypeAlias = Mapping[str, frozenset[str]]
"""The fingerprints of a case that a baseline holds, by "broken", "open" and "not_run"."""

DUTIES = ("payment", "duty")
"""The severities that count for verdict and exit code."""

_PLACE = re.compile(r"(.*):([1-9][0-9]*)", re.DOTALL)


class DayFinding(NamedTuple):
    """One day under one rule that is broken, open or waived; `is_known` where a baseline holds it."""

    rule: RuleReport
    date: date
    status: DayStatus
    found: Found | None
    fingerprint: str
    is_known: bool


@dataclass(frozen=True)
class JudgedCase:
    """A report, the place of its case in the input, and what a baseline knows of it.

    `known` is None where no baseline was given.
    """

    report: Report
    place: str = ""
    known: Known | None = None

    @cached_property
    def findings(self) -> tuple[DayFinding, ...]:
        """Every day that is broken, open or waived, by rule and date."""
        found = (self._day(rule, day, status) for rule in self.report.rules for day, status in _days(rule))
        return tuple(found)

    @cached_property
    def lacking(self) -> tuple[RuleReport, ...]:
        """The duties that could not judge the days for lack of a list: the verdict stays open for them."""
        return tuple(
            rule
            for rule in self.report.rules
            if rule.missing and rule.severity in DUTIES and CATALOGUE[rule.code].judges_use
        )

    @cached_property
    def known_days(self) -> Mapping[str, tuple[date, ...]]:
        """The days of each rule that the baseline holds."""
        held: dict[str, list[date]] = {}
        for one in self.findings if self.known else ():
            if one.is_known:
                held.setdefault(one.rule.code, []).append(one.date)
        return {code: tuple(days) for code, days in held.items()}

    def knows(self, code: str, day: date | None, status: str) -> bool:
        """Say whether the baseline holds a finding; one that was surely broken may have become open."""
        if self.known is None:
            return False
        held = self.known.get(status, frozenset())
        if status == "open":
            held |= self.known.get("broken", frozenset())
        return fingerprint(self.report, code, day) in held

    @property
    def verdict(self) -> Verdict:
        """The verdict over what is new: that of the report where no baseline was given."""
        if self.known is None or self.report.verdict in ("kept", "idle"):
            return self.report.verdict
        new = {one.status for one in self.findings if not one.is_known and one.rule.severity in DUTIES}
        if "broken" in new:
            return "broken"
        unjudged = [rule for rule in self.lacking if not self.knows(rule.code, None, "not_run")]
        return "open" if "open" in new or unjudged else "kept"

    def _day(self, rule: RuleReport, day: date, status: DayStatus) -> DayFinding:
        evidence = next((one for one in rule.found if one.date == day), None)
        is_known = self.knows(rule.code, day, status)
        return DayFinding(rule, day, status, evidence, fingerprint(self.report, rule.code, day), is_known)


Outcome: TypeAlias = JudgedCase | ZaitakuError
"""What became of a case of the input, or why it could not be judged."""


def _days(rule: RuleReport) -> list[tuple[date, DayStatus]]:
    listed: tuple[tuple[DayStatus, Dates], ...] = (
        ("broken", rule.days),
        ("open", rule.open_days),
        ("waived", rule.waived_days),
    )
    return sorted((day, status) for status, days in listed for day in days)


def located(place: str) -> tuple[str, int | None]:
    """Return file and line of a place; a document has no line."""
    if found := _PLACE.fullmatch(place):
        return found[1], int(found[2])
    return place, None

"""A month that is lawful but for one rule, and how a judgement of it is told right or wrong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from zaitaku_rules.errors import InvalidCall, nearest
from zaitaku_rules.law import Overlay
from zaitaku_rules.report import Report
from zaitaku_rules.rules import CATALOGUE
from zaitaku_rules.testing.day_lists import day_list
from zaitaku_rules.testing.expectation import QUIET


@dataclass(frozen=True, slots=True)
class NearMiss:
    """A case document in which exactly one rule breaks, surely, on these days; all others are quiet.

    Judge `document` with `overlays` and `readings`.
    """

    document: dict[str, Any]
    code: str
    days: tuple[date, ...]
    overlays: tuple[Overlay, ...]
    readings: Mapping[str, str]

    def differences(self, report: Report) -> list[str]:
        """Return in words where a report says something else."""
        found = [
            f"{rule.code}: not expected to be {rule.status}"
            for rule in report.rules
            if rule.code != self.code and rule.status not in QUIET
        ]
        rule = report.rule(self.code)
        if rule.status != "broken" or rule.days != self.days or rule.open_days:
            said = f"{rule.status} {day_list(list(rule.days))} open {day_list(list(rule.open_days))}"
            found.append(f"{self.code}: expected broken {day_list(list(self.days))}, found {said}")
        return found


def check_code(code: str) -> None:
    """Raise InvalidCall for what is no rule."""
    if code not in CATALOGUE:
        near = nearest(code, CATALOGUE)
        raise InvalidCall(
            f"その番号の規則はありません。{f'{near} のことですか。' if near else ''}",
            f"no rule has that code{f'; did you mean {near}?' if near else ''}",
            place="code",
        )

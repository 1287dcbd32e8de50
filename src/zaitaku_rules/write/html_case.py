"""One case as the page shows it: what is found, what merely waits, what is quiet, what is due."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import groupby

from zaitaku_rules.report import Due, Found, Report, RuleReport
from zaitaku_rules.write.html_calendar import Cell, weeks_of
from zaitaku_rules.write.labels import SIGNS, plain
from zaitaku_rules.write.month_page import is_about_events_to_come, is_pending
from zaitaku_rules.write.text_findings import worst_first

_QUIET = ("kept", "idle", "not_run")


@dataclass(frozen=True, slots=True)
class Evidence:
    """The same evidence on some days: how many count of how many needed, and the records."""

    days: tuple[date, ...]
    count: int
    needed: int
    records: tuple[str, ...]


@dataclass(frozen=True)
class CasePage:
    """A report and its place in the page."""

    report: Report
    number: int

    @property
    def anchor(self) -> str:
        """The name of the place in the page; never the user's id, which may be anything."""
        return f"case-{self.number}"

    @property
    def user(self) -> str:
        """The user's id without control signs."""
        return plain(self.report.user)

    @property
    def year(self) -> int:
        """The year of the month, which dates leave out."""
        return int(self.report.month[:4])

    @property
    def sign(self) -> str:
        """The sign of the verdict."""
        return SIGNS[self.report.verdict]

    @cached_property
    def weeks(self) -> list[list[Cell]]:
        """The page of the month."""
        return weeks_of(self.report)

    @property
    def first_day(self) -> date | None:
        """The first day of which there is something to say: there the keyboard enters the table."""
        days = (cell.day for week in self.weeks for cell in week if cell.inside and not cell.is_blank)
        return next(days, None)

    @cached_property
    def findings(self) -> list[RuleReport]:
        """What is broken, waived, or open for want of something, worst first."""
        return [rule for rule in worst_first(self.report) if not is_pending(rule)]

    @cached_property
    def pending(self) -> list[RuleReport]:
        """What is open only until its day or period is over."""
        waiting = [rule for rule in worst_first(self.report) if is_pending(rule)]
        return [rule for rule in waiting if not is_about_events_to_come(rule)]

    @property
    def to_come(self) -> list[str]:
        """The rules that are open only because an event may still happen."""
        return [rule.code for rule in self.report.rules if is_about_events_to_come(rule)]

    @property
    def quiet(self) -> list[tuple[str, list[RuleReport]]]:
        """The other rules by status."""
        return [
            (status, found)
            for status in _QUIET
            if (found := [rule for rule in self.report.rules if rule.status == status])
        ]

    @cached_property
    def due(self) -> list[Due]:
        """What is still due, by the last day that serves."""
        return sorted(self.report.due or (), key=lambda one: (one.last_day, one.code))

    @property
    def due_by_day(self) -> list[list[Due]]:
        """What is still due, together where the last day is the same."""
        return [list(found) for _, found in groupby(self.due, key=lambda one: one.last_day)]

    @property
    def marks_used(self) -> set[str]:
        """The marks that the month holds, for its key."""
        told = [cell.told for week in self.weeks for cell in week]
        return {str(name) for day in told for name in (*day.places, *day.planned, *day.marks)}

    @property
    def has_plan(self) -> bool:
        """Whether some day is only planned so far."""
        return any(cell.told.planned and not cell.told.places for week in self.weeks for cell in week)

    @cached_property
    def codes(self) -> list[str]:
        """The rules that a filter finds the user by: the findings, and what merely waits."""
        return [rule.code for rule in (*self.findings, *self.pending)]

    @property
    def notes(self) -> list[tuple[bool, str, str]]:
        """The notes of the receipt in both languages, and whether people are to see to them."""
        receipt = self.report.receipt
        pairs = zip(receipt.notes_ja, receipt.notes, strict=False)
        found = [self._note(ja, en) for ja, en in pairs]
        return sorted(found, key=lambda note: note[0])

    def _note(self, ja: str, en: str) -> tuple[bool, str, str]:
        for overlay in self.report.receipt.ruleset:
            if ja.startswith(prefix := f"{overlay}: "):
                return True, ja.removeprefix(prefix), en.removeprefix(prefix)
        return False, ja, en

    def evidence(self, rule: RuleReport) -> list[Evidence]:
        """Return what was counted for the days that are over, once for all days with the same evidence."""
        past = [one for one in rule.found if one.date in rule.days or one.date < self.report.as_of]
        return list(_grouped(past))


def _grouped(found: list[Found]) -> Iterator[Evidence]:
    for (count, needed, records), days in groupby(
        found, key=lambda one: (one.count, one.needed, one.records)
    ):
        if needed > 1 or records:
            yield Evidence(tuple(one.date for one in days), count, needed, records)


def urgency(page: CasePage) -> tuple[int, int, int, str, int]:
    """Return the key by which an office's users are listed: worst verdict, most at risk, soonest due."""
    report = page.report
    worst = ("broken", "open", "kept", "idle").index(report.verdict)
    soonest = page.due[0].last_day.isoformat() if page.due else "9999"
    return worst, -len(report.claim.at_risk), -len(report.claim.not_claimable), soonest, page.number

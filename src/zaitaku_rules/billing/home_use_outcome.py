"""What becomes of one check of billing against the log: its status, its days, and what it lacked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias

from zaitaku_rules.billing.home_use_log import HomeUseLog
from zaitaku_rules.billing.home_use_sheets import Sheet, Statement
from zaitaku_rules.billing.home_use_words import HomeUseWords
from zaitaku_rules.days import Days

Outcome: TypeAlias = Literal["broken", "open", "agrees", "idle", "not_run"]
"""What became of one check: `agrees` says that nothing contradicts, not that a rule is kept."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What became of one check for one person: the days, and how many things there were to judge.

    `found` and `expected` say what was met and what the log would bear, where that can be said in signs.
    """

    code: str
    status: Outcome
    days: tuple[date, ...] = ()
    open_days: tuple[date, ...] = ()
    judged: int = 0
    missing: tuple[str, ...] = ()
    found: str = ""
    expected: str = ""


@dataclass(frozen=True, slots=True)
class Held:
    """One person's billing beside the log of the same month."""

    log: HomeUseLog
    sheet: Sheet
    statement: Statement | None
    words: HomeUseWords
    is_commute_due: bool = False

    @property
    def used(self) -> Days:
        """The days claimed as used."""
        return self.billed(self.sheet.used)

    def billed(self, word: int) -> Days:
        """Return the days of a word of the sheet; billing is known throughout."""
        return Days.known(self.log.days_of(word))


def by_day(code: str, held: Held, judged: Days, breaking: Days) -> Checked:
    """Return what became of a check that reads the log day by day."""
    if missing := missing_for(held):
        return not_run(code, judged, *missing)
    return told(code, held, judged, breaking)


def not_run(code: str, judged: Days, *missing: str) -> Checked:
    """Return that a check did not run for lack of something, or had nothing to judge."""
    status: Outcome = "not_run" if judged.maybe else "idle"
    return Checked(code, status, judged=number(judged.maybe), missing=missing)


def told(code: str, held: Held, judged: Days, breaking: Days) -> Checked:
    """Return what became of a check by the days that it judged and those that break."""
    sure, maybe = breaking.sure, breaking.maybe & ~breaking.sure
    status: Outcome = "broken" if sure else "open" if maybe else "agrees" if judged.maybe else "idle"
    return Checked(code, status, held.log.dates(sure), held.log.dates(maybe), number(judged.maybe))


def missing_for(held: Held, *also: str) -> tuple[str, ...]:
    """Return what a check needs and is not given: the days of the log, a statement."""
    days = () if "days" in held.log.given or "planned_days" in held.log.given else ("days",)
    return (*days, *(name for name in also if held.statement is None))


def number(word: int) -> int:
    """Return the number of days of a word."""
    return word.bit_count()

"""The parts of a billing report that tell of persons: day by day, beside what `check` says of the case."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from zaitaku_rules.report import Dates, Report
from zaitaku_rules.report.part import Part


class BilledDay(Part):
    """One day of one person: what is billed, where the log has it, and the rules that break or may break.

    `logged` holds the places of the log's rows; it is empty where the service surely was not used, and None
    where the log does not say.
    """

    date: dt.date
    billed: tuple[Literal["use", "absence_addition"], ...]
    logged: tuple[str, ...] | None
    broken: tuple[str, ...]
    open: tuple[str, ...]


class PersonCheck(Part):
    """What became of one check of billing against the log: `agrees` says that nothing contradicts."""

    code: str
    name: str
    status: Literal["broken", "open", "agrees", "idle", "not_run"]
    days: Dates
    open_days: Dates
    missing: tuple[str, ...]
    found: str
    expected: str


class ReconciledPerson(Part):
    """One case beside its billing.

    `person` is the masked certificate number; where the files bill nothing for the case it is "", `billed` is
    false, and `report` judges the case as it was given.
    """

    person: str
    user: str
    provider: str
    month: str
    billed: bool
    days: tuple[BilledDay, ...]
    checks: tuple[PersonCheck, ...]
    report: Report


class UnmatchedPerson(Part):
    """A person who is billed and met no case, so no home-use rule ran for the days.

    `no_user`: the mapping does not name the certificate number. `no_case`: the user has no case of this
    office and month.
    """

    person: str
    provider: str
    month: str
    used_days: int
    reason: Literal["no_user", "no_case"]

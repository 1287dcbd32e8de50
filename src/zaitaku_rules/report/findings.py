"""What became of one rule: its status, the days, the evidence, and what settles and mends it."""

from __future__ import annotations

import datetime as dt
from typing import Literal, TypeAlias

from zaitaku_rules.report.part import Dates, Part, Text
from zaitaku_rules.rules.mark import Severity

Status: TypeAlias = Literal["kept", "broken", "open", "idle", "waived", "not_run"]
"""The answer for one rule."""


Kind: TypeAlias = Literal["do", "attach", "correct", "withdraw", "ask"]
"""What a way to mend consists in."""


class Basis(Part):
    """A clause on which a rule rests."""

    clause: str
    source: str
    title: Text
    url: str | None
    says: Text


class Found(Part):
    """What was found for one day: the records that speak of it, how many count and how many are needed."""

    date: dt.date
    records: tuple[str, ...]
    count: int
    needed: int


class Settle(Part):
    """What would settle an open finding: a record, a date to wait for, or a question to ask.

    A record is named by its list (`source`) and the `days` of which it must speak; a question by its
    `parameter`, the `readings` it may have, and the line of an overlay that gives the `answer`.
    """

    kind: Literal["record", "wait", "question"]
    what: Text
    by: dt.date | None
    source: str | None = None
    days: Dates = ()
    parameter: str | None = None
    readings: tuple[str, ...] = ()
    answer: str | None = None


class Mend(Part):
    """A lawful way to mend a finding: for which `days`, in which list, and by which `records`."""

    kind: Kind
    what: Text
    by: dt.date | None
    days: Dates = ()
    source: str | None = None
    records: tuple[str, ...] = ()


class RuleReport(Part):
    """What became of one rule. `days` surely break it, `open_days` perhaps; lists of dates ascend."""

    code: str
    name: str
    severity: Severity
    default_severity: Severity
    status: Status
    days: Dates
    open_days: Dates
    waived_days: Dates
    judged_days: int
    missing: tuple[str, ...]
    message: Text
    basis: tuple[Basis, ...]
    found: tuple[Found, ...]
    settle: tuple[Settle, ...]
    mend: tuple[Mend, ...]

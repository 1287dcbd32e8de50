"""The plan: the cheapest lawful steps over all rules of a case, and what the month is once they are done."""

from __future__ import annotations

import datetime as dt

from zaitaku_rules.report.findings import Kind
from zaitaku_rules.report.part import Dates, Part, Text
from zaitaku_rules.report.verdict import Verdict


class Step(Part):
    """One step of a plan.

    Of an act to do, `days` are the days on which it is planned, and `by` is the last day that serves as
    well, never later than what is due says. Planned days that cannot be lawful are spent at the office
    (`lists` names `days`, `means` is commute) or not used (`planned_days`). Of a record, `days` are
    those of which it must speak; of a withdrawal those taken out of the claim.
    `serves` names the rules that it helps, `records` the rows that it corrects.

    `lists` names the lists of the case file that tell of it; an evaluation has its `means` and what it
    `covers`, and the routine of a day at home says how many contacts are still to make, today and later.
    """

    kind: Kind
    what: Text
    days: Dates
    by: dt.date | None
    serves: tuple[str, ...]
    records: tuple[str, ...]
    lists: tuple[str, ...] = ()
    means: str | None = None
    covers: tuple[str, ...] = ()
    contacts: int = 0
    contacts_today: int = 0


class Plan(Part):
    """Steps to do, and the judgement of the month in which they are done and the planned days follow.

    `clear` are the home days of that month on which no payment or duty rule is broken or open, `at_risk`
    and `open` the others. Only corrections and acts to come are counted on: what may be attached, withdrawn
    or asked is not. `cost` adds up the acts; it is the least where `is_least` says that all were compared.
    """

    steps: tuple[Step, ...]
    verdict: Verdict
    clear: Dates
    at_risk: Dates
    open: Dates
    cost: int
    is_least: bool
    notes: tuple[Text, ...]

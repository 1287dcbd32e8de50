"""The report: what `check` returns and every output format is written from (`zaitaku-report/1`)."""

from __future__ import annotations

import datetime as dt
from importlib import import_module
from typing import Annotated, Any, Literal

from pydantic import Field, SerializerFunctionWrapHandler, model_serializer

from zaitaku_rules.report.findings import RuleReport
from zaitaku_rules.report.month_calendar import CalendarDay
from zaitaku_rules.report.part import Dates, Part
from zaitaku_rules.report.plan import Plan
from zaitaku_rules.report.receipt import Receipt
from zaitaku_rules.report.verdict import Verdict


class Claim(Part):
    """The recorded home days, and which of them can be claimed."""

    home_days: Dates
    clear: Dates
    at_risk: Dates
    open: Dates
    not_claimable: Dates


class Stretch(Part):
    """A stretch of days in which a duty falls due, both ends included."""

    from_: Annotated[dt.date, Field(alias="from")]
    to: dt.date


class Due(Part):
    """A duty that is still due: how many acts are missing in its window, and the last day that serves.

    `by` is the last planned day of use in the window, else its end. `last_day` is the last day on which
    the act can be done: as `by`, but a day on which the office is open where the duty needs it. `slack` is
    the number of days from the day of the question to `last_day` (0: today). Of the `needed` acts `count`
    are on record already, in the rows `records`.
    """

    code: str
    window: Stretch
    missing: int
    by: dt.date
    last_day: dt.date
    slack: int
    needed: int
    count: int
    records: tuple[str, ...]


class Report(Part):
    """The judgement of one case.

    `due` is None (and not written) once the month is over, `plan` and `calendar` unless asked for.
    """

    schema_: Annotated[Literal["zaitaku-report/1"], Field(alias="schema")] = "zaitaku-report/1"
    user: str
    provider: str
    month: str
    as_of: dt.date
    verdict: Verdict
    rules: tuple[RuleReport, ...]
    claim: Claim
    due: Annotated[tuple[Due, ...] | None, Field(default=None)]
    plan: Annotated[Plan | None, Field(default=None)] = None
    calendar: Annotated[tuple[CalendarDay, ...] | None, Field(default=None)] = None
    receipt: Receipt

    def rule(self, code: str) -> RuleReport:
        """Return what became of the rule `code`; raises KeyError for an unknown code."""
        for found in self.rules:
            if found.code == code:
                return found
        raise KeyError(code)

    def to_json(self, *, indent: int | None = None) -> str:
        """Return the report as the JSON text of `zaitaku-report/1`."""
        return self.model_dump_json(by_alias=True, indent=indent)

    def _repr_html_(self) -> str:
        """Show verdict and month in a notebook; what draws them stands on a floor above."""
        drawing = import_module("zaitaku_rules.write.html_notebook")
        drawn: str = drawing.notebook_page(self)
        return drawn

    @model_serializer(mode="wrap")
    def _without_absent_parts(self, handler: SerializerFunctionWrapHandler) -> dict[str, Any]:
        written: dict[str, Any] = handler(self)
        for name in ("due", "plan", "calendar"):
            if getattr(self, name) is None:
                written.pop(name, None)
        return written

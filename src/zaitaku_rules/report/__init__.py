"""The shape of a report, as contract and JSON Schema."""

from zaitaku_rules.report.case_report import Claim, Due, Report, Stretch
from zaitaku_rules.report.conformance import (
    Conformance,
    Counted,
    Deviation,
    Expected,
    ExpectedDue,
    ExpectedRule,
    Manifest,
    PackCase,
    Plain,
    Result,
    RuleCount,
)
from zaitaku_rules.report.findings import Basis, Found, Kind, Mend, RuleReport, Settle, Status
from zaitaku_rules.report.month_calendar import CalendarContact, CalendarDay, DayMark, Place
from zaitaku_rules.report.part import Dates, Text
from zaitaku_rules.report.plan import Plan, Step
from zaitaku_rules.report.receipt import Hashed, Receipt
from zaitaku_rules.report.verdict import Verdict
from zaitaku_rules.report.verification import Cause, Difference, Verification

__all__ = [
    "Basis",
    "CalendarContact",
    "CalendarDay",
    "Cause",
    "Claim",
    "Conformance",
    "Counted",
    "Dates",
    "DayMark",
    "Deviation",
    "Difference",
    "Due",
    "Expected",
    "ExpectedDue",
    "ExpectedRule",
    "Found",
    "Hashed",
    "Kind",
    "Manifest",
    "Mend",
    "PackCase",
    "Place",
    "Plain",
    "Plan",
    "Receipt",
    "Report",
    "Result",
    "RuleCount",
    "RuleReport",
    "Settle",
    "Status",
    "Step",
    "Stretch",
    "Text",
    "Verdict",
    "Verification",
]

"""The shape of a report, as contract and JSON Schema."""

from zaitaku_rules.report.case_report import Claim, Due, Report, Stretch, Verdict
from zaitaku_rules.report.findings import Basis, Found, Mend, RuleReport, Settle, Status
from zaitaku_rules.report.part import Dates, Text
from zaitaku_rules.report.receipt import Hashed, Receipt

__all__ = [
    "Basis",
    "Claim",
    "Dates",
    "Due",
    "Found",
    "Hashed",
    "Mend",
    "Receipt",
    "Report",
    "RuleReport",
    "Settle",
    "Status",
    "Stretch",
    "Text",
    "Verdict",
]

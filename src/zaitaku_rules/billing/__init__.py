"""Billing files of 国保連 judged by the rules K: what stands in them alone, and what stands between them."""

from zaitaku_rules.billing.claimed_days import claimed_days, claimed_days_table, write_claimed_days
from zaitaku_rules.billing.findings import Findings, Spot
from zaitaku_rules.billing.home_use_words import HomeUseWords, load_words, shipped_words
from zaitaku_rules.billing.masks import Masks
from zaitaku_rules.billing.reconciling import Question, Reconciler
from zaitaku_rules.billing.reconciling_files import reconcile
from zaitaku_rules.billing.reconciling_parts import ReconciledPerson, UnmatchedPerson
from zaitaku_rules.billing.reconciling_persons import Persons, read_persons
from zaitaku_rules.billing.reconciling_report import ReconciledCases
from zaitaku_rules.billing.reconciling_tables import TableCases, table_files
from zaitaku_rules.billing.report import (
    BillingFileError,
    BillingFileRead,
    BillingReport,
    BillingRuleReport,
    HomeUse,
    HomeUseRule,
    Place,
)
from zaitaku_rules.billing.reporting import basis_of, no_log
from zaitaku_rules.billing.rule import BillingRule, billing_rule_called, billing_words, catalogue
from zaitaku_rules.billing.service_codes import ServiceCodes, service_codes, shipped_codes
from zaitaku_rules.billing.validating import Validation, validate

__all__ = [
    "BillingFileError",
    "BillingFileRead",
    "BillingReport",
    "BillingRule",
    "BillingRuleReport",
    "Findings",
    "HomeUse",
    "HomeUseRule",
    "HomeUseWords",
    "Masks",
    "Persons",
    "Place",
    "Question",
    "ReconciledCases",
    "ReconciledPerson",
    "Reconciler",
    "ServiceCodes",
    "Spot",
    "TableCases",
    "UnmatchedPerson",
    "Validation",
    "basis_of",
    "billing_rule_called",
    "billing_words",
    "catalogue",
    "claimed_days",
    "claimed_days_table",
    "load_words",
    "no_log",
    "read_persons",
    "reconcile",
    "service_codes",
    "shipped_codes",
    "shipped_words",
    "table_files",
    "validate",
    "write_claimed_days",
]

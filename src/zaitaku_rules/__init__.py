"""Judges Japan's rules for using employment-support services at home (在宅利用) from a month's records.

`check` takes a `Case` (the records of one user in one month) and returns a `Report`: for every rule a
verdict with days, evidence, legal basis and how to mend it.
"""

from __future__ import annotations

from zaitaku_rules.due import due
from zaitaku_rules.errors import InvalidCall, InvalidInput, InvalidLaw, UnreadableFile, WrongUse, ZaitakuError
from zaitaku_rules.judge import check
from zaitaku_rules.law import Overlay, RuleSet, load_overlay, rules_for
from zaitaku_rules.records import Case
from zaitaku_rules.report import Report
from zaitaku_rules.rules import CATALOGUE, Rule

__all__ = [
    "CATALOGUE",
    "Case",
    "InvalidCall",
    "InvalidInput",
    "InvalidLaw",
    "Overlay",
    "Report",
    "Rule",
    "RuleSet",
    "UnreadableFile",
    "WrongUse",
    "ZaitakuError",
    "check",
    "due",
    "load_overlay",
    "rules_for",
]

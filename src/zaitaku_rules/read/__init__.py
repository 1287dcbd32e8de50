"""Files at the door: from what offices have to cases, each with its place."""

from zaitaku_rules.read.case_files import read_cases
from zaitaku_rules.read.found import Cases, Found
from zaitaku_rules.read.json_reports import FoundReport, read_reports
from zaitaku_rules.read.mapping import cases_of_exports
from zaitaku_rules.read.paths import shown_path

__all__ = ["Cases", "Found", "FoundReport", "cases_of_exports", "read_cases", "read_reports", "shown_path"]

"""Files at the door: from what offices have to cases, each with its place."""

from zaitaku_rules.read.case_files import read_cases
from zaitaku_rules.read.found import Cases, Found
from zaitaku_rules.read.json_reports import FoundReport, read_objects, read_reports
from zaitaku_rules.read.paths import shown_path

__all__ = [
    "Cases",
    "Found",
    "FoundReport",
    "read_cases",
    "read_objects",
    "read_reports",
    "shown_path",
]

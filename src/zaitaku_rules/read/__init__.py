"""Files at the door: from what offices have to cases, each with its place."""

from zaitaku_rules.read.json_cases import Cases, Found, read_cases
from zaitaku_rules.read.paths import shown_path

__all__ = ["Cases", "Found", "read_cases", "shown_path"]

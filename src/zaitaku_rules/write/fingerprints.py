"""Names of findings that stay the same from run to run and say nothing of the user in clear."""

from __future__ import annotations

import hashlib
import json
from datetime import date

from zaitaku_rules.report import Report

_LENGTH = 32


def fingerprint(report: Report, code: str, day: date | None) -> str:
    """Return the name of a finding: of a rule and a day, or of a rule that could not judge."""
    return _hashed("finding", report, code, day.isoformat() if day else "")


def case_fingerprint(report: Report) -> str:
    """Return the name of a case: of one user at one provider in one month."""
    return _hashed("case", report)


def _hashed(kind: str, report: Report, *parts: str) -> str:
    named = [f"zaitaku-{kind}/1", report.provider, report.user, report.month, *parts]
    return hashlib.sha256(json.dumps(named).encode("ascii")).hexdigest()[:_LENGTH]

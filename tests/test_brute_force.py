"""The engine against a brute-force reading of the contract, on thousands of random months.

`brute` loops over dates and records and knows no sets of days; it was written from the contract alone.
"""

from __future__ import annotations

import random
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from brute import judge, random_call, random_document
from brute.law import RULES
from conftest import EXAMPLES
from zaitaku_rules import Case, Report, check
from zaitaku_rules.report import Due

MONTHS = EXAMPLES or 900
BATCHES = 12
HOUSE_RULES = Path(__file__).parents[1] / "examples" / "overlays"


def iso(days: Iterable[date]) -> list[str]:
    return [day.isoformat() for day in days]


def arguments(call: dict[str, Any]) -> dict[str, Any]:
    """Spell the brute-force reading's arguments as `check` takes them."""
    overlays = call.get("extra_overlays", [])
    rest = {name: value for name, value in call.items() if name != "extra_overlays"}
    files = [HOUSE_RULES / f"{name}.toml" if name in ("aoba", "icross") else name for name in overlays]
    return {**rest, "overlays": files}


def told_of(entry: Due) -> dict[str, Any]:
    """Tell an entry of the due list by the fields that the contract settles."""
    return entry.model_dump(mode="json", by_alias=True, include={"code", "window", "missing", "by"})


def told_by_engine(report: Report) -> dict[str, Any]:
    """Tell a report as the brute-force reading does, which knows the rules of the contract."""
    rules = {
        rule.code: {
            "status": rule.status,
            "severity": rule.severity,
            "days": iso(rule.days),
            "open_days": iso(rule.open_days),
            "waived_days": iso(rule.waived_days),
            "judged_days": rule.judged_days,
        }
        for rule in report.rules
        if rule.code in RULES
    }
    claim = {name: iso(days) for name, days in report.claim}
    due = None if report.due is None else [told_of(entry) for entry in report.due]
    return {"as_of": str(report.as_of), "verdict": report.verdict, "rules": rules, "claim": claim, "due": due}


def told_by_brute_force(found: dict[str, Any]) -> dict[str, Any]:
    fields = ("status", "severity", "days", "open_days", "waived_days", "judged_days")
    rules = {code: {field: rule[field] for field in fields} for code, rule in found["rules"].items()}
    return {**{name: found[name] for name in ("as_of", "verdict", "claim", "due")}, "rules": rules}


@pytest.mark.parametrize("batch", range(BATCHES))
def test_engine_and_brute_force_agree(batch: int) -> None:
    for seed in range(batch, MONTHS, BATCHES):
        rng = random.Random(seed)
        document = random_document(rng)
        call = random_call(rng, document)
        expected = told_by_brute_force(judge(document, **call))
        found = told_by_engine(check(Case.model_validate(document), **arguments(call)))
        assert found == expected, f"seed {seed}"

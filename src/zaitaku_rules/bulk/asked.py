"""What a set of laws asks of the tables, so that no more is packed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from zaitaku_rules.bulk.packing import Asked
from zaitaku_rules.law import RuleSet

_THRESHOLDS = {
    "contact_gap_minutes": "contacts_within",
    "report_days": "reported_later_than",
    "inquiry_days": "unanswered_within",
    "arrival_days": "unattended_within",
}
"""The numbers of the law by which rules ask measures that are packed."""


def asked_by(laws: Iterable[RuleSet]) -> Asked:
    """Return the facts and thresholds of all rules in force under one of the laws."""
    facts, thresholds, contacts = set[str](), dict[str, set[Any]](), 2
    for law in laws:
        for rule in law.rules.values():
            if not rule.in_force:
                continue
            facts |= {*rule.rule.facts}
            for reading in rule.readings:
                for _, numbers in reading.segments:
                    contacts = max(contacts, numbers.get("contacts_per_day", 0))
                    for parameter, fact in _THRESHOLDS.items():
                        if parameter in numbers:
                            thresholds.setdefault(fact, set()).add(numbers[parameter])
    held = {name: frozenset(values) for name, values in thresholds.items()}
    return Asked(frozenset(facts), held, contacts)

"""The municipalities of a population, and what each asks for beyond the nation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from zaitaku_rules.errors import InvalidCall
from zaitaku_rules.law import RuleSet, rules_for, shipped_overlays
from zaitaku_rules.records.written import municipality_written
from zaitaku_rules.testing.nation.dice import Array

_SEATS = {
    1: 100, 4: 100, 11: 100, 12: 100, 13: 104, 14: 100, 15: 100, 22: 100, 23: 100, 26: 100,
    27: 100, 28: 100, 33: 100, 34: 100, 35: 203, 40: 130, 43: 100,
}  # fmt: skip
"""The seats of the prefectures whose code does not end in 201 (of Tokyo: Shinjuku)."""


@dataclass(frozen=True)
class Places:
    """Municipalities: code, how often each is drawn, and what it asks for in the month."""

    codes: tuple[str, ...]
    weights: tuple[float, ...]
    records_daily: Array
    submits: Array
    commutes: Array
    renews_yearly: Array


def places(month: str, codes: Sequence[str] | None, local_share: float) -> Places:
    """Return the municipalities asked for, else those with an overlay and the seats of the prefectures."""
    if codes is None:
        local, seats = _with_overlay(), _seats()
        others = [code for code in seats if code not in local]
        known = [*local, *others]
        weights = [local_share / len(local)] * len(local) + [(1 - local_share) / len(others)] * len(others)
    else:
        known = [_checked(code) for code in codes]
        weights = [1.0] * len(known)
    if not known or not any(weights):
        raise InvalidCall("市町村がありません。", "no municipality is named", place="municipalities")
    laws = [rules_for(code, month, "continuation_b") for code in known]
    return Places(
        tuple(known),
        tuple(weights),
        np.array([_severe(law, "Z304") for law in laws]),
        np.array([bool(law.rules["Z601"].in_force) for law in laws]),
        np.array([bool(law.rules["Z403"].in_force) for law in laws]),
        np.array([_has(law, "Z104", "notification_renewal", "fiscal_year") for law in laws]),
    )


def _with_overlay() -> list[str]:
    return sorted({name[:6] for name in shipped_overlays() if name[:6].isdigit()})


def _seats() -> list[str]:
    return [_checked(f"{number:02d}{_SEATS.get(number, 201)}") for number in range(1, 48)]


def _checked(code: str) -> str:
    found = municipality_written(code)
    if found is None:
        raise InvalidCall(
            "市町村コードではありません。", "not a municipality code: six digits", place="municipalities"
        )
    return found


def _severe(law: RuleSet, code: str) -> bool:
    rule = law.rules[code]
    return bool(rule.in_force) and rule.severity in ("payment", "duty")


def _has(law: RuleSet, code: str, parameter: str, value: Any) -> bool:
    rule = law.rules[code]
    numbers = [numbers for reading in rule.readings for _, numbers in reading.segments]
    return bool(rule.in_force) and any(number.get(parameter) == value for number in numbers)

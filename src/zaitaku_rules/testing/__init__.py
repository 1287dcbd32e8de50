"""For those who test software: cases as data, the conformance pack, strategies, and invented populations."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from zaitaku_rules.errors import missing_extra
from zaitaku_rules.testing.expectation import Expectation, Finding, expected
from zaitaku_rules.testing.inline_law import overlays
from zaitaku_rules.testing.notation import cases, document

if TYPE_CHECKING:
    from zaitaku_rules.testing.conformance import Pack, conformance_of, conformance_pack
    from zaitaku_rules.testing.nation.documents import documents
    from zaitaku_rules.testing.nation.rates import Rates
    from zaitaku_rules.testing.nation.stream import population, write_population
    from zaitaku_rules.testing.strategies import (
        NearMiss,
        Written,
        adversarial_months,
        lawful_months,
        near_miss_months,
    )

__all__ = [
    "Expectation",
    "Finding",
    "NearMiss",
    "Pack",
    "Rates",
    "Written",
    "adversarial_months",
    "cases",
    "conformance_of",
    "conformance_pack",
    "document",
    "documents",
    "expected",
    "lawful_months",
    "near_miss_months",
    "overlays",
    "population",
    "write_population",
]

# Loaded when first used: the pack is large, populations need the extra `bulk`, strategies `testing`.
_HOMES = {
    "Pack": "conformance",
    "conformance_of": "conformance",
    "conformance_pack": "conformance",
    "Rates": "nation.rates",
    "documents": "nation.documents",
    "population": "nation.stream",
    "write_population": "nation.stream",
    "NearMiss": "strategies",
    "Written": "strategies",
    "adversarial_months": "strategies",
    "lawful_months": "strategies",
    "near_miss_months": "strategies",
}


def __getattr__(name: str) -> object:
    """Load a name when it is first asked for; raises InvalidCall where the extra `testing` is missing."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    try:
        home = import_module(f"{__name__}.{_HOMES[name]}")
    except ModuleNotFoundError as missing:
        if missing.name != "hypothesis":
            raise
        raise missing_extra(missing.name, "testing") from None
    return getattr(home, name)

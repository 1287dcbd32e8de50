"""Cases as data: months in the notation of the field, and synthetic populations as tables."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from zaitaku_rules.testing.expectation import Expectation, Finding, expected
from zaitaku_rules.testing.inline_law import overlays
from zaitaku_rules.testing.notation import cases, document

if TYPE_CHECKING:
    from zaitaku_rules.testing.nation.documents import documents
    from zaitaku_rules.testing.nation.rates import Rates
    from zaitaku_rules.testing.nation.stream import population, write_population

__all__ = [
    "Expectation",
    "Finding",
    "Rates",
    "cases",
    "document",
    "documents",
    "expected",
    "overlays",
    "population",
    "write_population",
]

# These need NumPy and PyArrow (the extra `bulk`), so they are loaded when first used.
_HOMES = {
    "Rates": "rates",
    "documents": "documents",
    "population": "stream",
    "write_population": "stream",
}


def __getattr__(name: str) -> object:
    """Load a name of the synthetic nation when it is first asked for."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.nation.{_HOMES[name]}"), name)

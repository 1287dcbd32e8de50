"""Judges Japan's rules for using employment-support services at home (在宅利用) from a month's records.

`check` takes a `Case` (the records of one user in one month) and returns a `Report`: for every rule a
verdict with days, evidence, legal basis and how to mend it. Names are loaded when first used, so the
import itself costs next to nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zaitaku_rules.billing import reconcile
    from zaitaku_rules.errors import (
        InvalidCall,
        InvalidInput,
        InvalidLaw,
        UnreadableFile,
        WrongUse,
        ZaitakuError,
    )
    from zaitaku_rules.judge import check, due, verify
    from zaitaku_rules.law import Overlay, RuleSet, load_overlay, rules_for
    from zaitaku_rules.mend import plan
    from zaitaku_rules.read.kokuhoren import read_kokuhoren
    from zaitaku_rules.records import Case
    from zaitaku_rules.report import Report, Verification
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
    "Verification",
    "WrongUse",
    "ZaitakuError",
    "check",
    "due",
    "load_overlay",
    "plan",
    "read_kokuhoren",
    "reconcile",
    "rules_for",
    "verify",
]

_HOMES = {
    "due": "judge",
    "check": "judge",
    "verify": "judge",
    "Overlay": "law",
    "RuleSet": "law",
    "load_overlay": "law",
    "rules_for": "law",
    "plan": "mend",
    "reconcile": "billing",
    "read_kokuhoren": "read.kokuhoren",
    "Case": "records",
    "Report": "report",
    "Verification": "report",
    "CATALOGUE": "rules",
    "Rule": "rules",
}


def __getattr__(name: str) -> object:
    """Load a public name from its module when it is first asked for."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found: object = getattr(import_module(f"{__name__}.{_HOMES.get(name, 'errors')}"), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    """Return the public names."""
    return __all__

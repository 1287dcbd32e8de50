"""The law as data: sources, clauses, numbers by date and place, and how they resolve."""

from zaitaku_rules.law.edited import edited
from zaitaku_rules.law.load import (
    load_overlay,
    nation,
    overlay_of,
    shipped_overlay,
    shipped_overlays,
)
from zaitaku_rules.law.model import Nation, Overlay
from zaitaku_rules.law.readings import listed_readings
from zaitaku_rules.law.resolve import rules_for
from zaitaku_rules.law.ruleset import Chosen, Reading, RuleLaw, RuleSet

__all__ = [
    "Chosen",
    "Nation",
    "Overlay",
    "Reading",
    "RuleLaw",
    "RuleSet",
    "edited",
    "listed_readings",
    "load_overlay",
    "nation",
    "overlay_of",
    "rules_for",
    "shipped_overlay",
    "shipped_overlays",
]

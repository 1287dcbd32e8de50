"""The duties, one function each: facts and numbers of the law in, days that break out."""

from __future__ import annotations

from zaitaku_rules.rules import consistency, daily, eligibility, evaluation, procedure, quantity, readiness
from zaitaku_rules.rules.mark import Rule, Severity

_CHAPTERS = (eligibility, readiness, daily, evaluation, quantity, procedure, consistency)

CATALOGUE: dict[str, Rule] = {
    found.code: found
    for found in sorted(
        (found for chapter in _CHAPTERS for found in vars(chapter).values() if isinstance(found, Rule)),
        key=lambda found: found.code,
    )
}
"""Every rule by its code, in order of code."""

__all__ = ["CATALOGUE", "Rule", "Severity"]

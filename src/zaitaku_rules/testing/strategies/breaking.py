"""For each rule, how a lawful month is changed so that this rule alone breaks, and on which days."""

from __future__ import annotations

from zaitaku_rules.testing.strategies.breaking_papers import PAPERS
from zaitaku_rules.testing.strategies.breaking_records import RECORDS
from zaitaku_rules.testing.strategies.marked import Break

BREAKS: dict[str, Break] = dict(sorted({**PAPERS, **RECORDS}.items()))
"""How to break each rule, by code."""

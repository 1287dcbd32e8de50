"""The facts of a block of pages, under the names by which the rules read them.

They say over words what `zaitaku_rules.facts` says over the rows of one case; the parity tests hold the
two against each other. What stands on paper is read by the facts of one case themselves.
"""

from __future__ import annotations

from zaitaku_rules.bulk.facts.claims import PackedClaims
from zaitaku_rules.bulk.facts.daily import PackedDaily
from zaitaku_rules.bulk.facts.evaluations import PackedEvaluations
from zaitaku_rules.bulk.facts.papers import PackedPapers


class PackedFacts(PackedDaily, PackedEvaluations, PackedClaims, PackedPapers):
    """The facts of a block; each is computed when a rule first reads it."""


__all__ = ["PackedFacts"]

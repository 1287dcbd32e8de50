"""All near misses: each breaks one rule of the billing files, and no other."""

from __future__ import annotations

from functools import lru_cache

from zaitaku_rules.testing.kokuhoren.contradictions import CONTRADICTIONS
from zaitaku_rules.testing.kokuhoren.deviations import IN_FILES, IN_ITEMS
from zaitaku_rules.testing.kokuhoren.pair import NearMiss


@lru_cache(maxsize=1)
def all_near_misses() -> tuple[NearMiss, ...]:
    """Return the near misses: those that the reader tells, then those that only a validator can."""
    told = (NearMiss(slug, slug, change) for slug, change in {**IN_FILES, **IN_ITEMS}.items())
    untold = (NearMiss(slug, "", change) for slug, change in CONTRADICTIONS.items())
    return *told, *untold

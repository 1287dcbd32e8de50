"""Many users at once: tables in, findings out, by the same rules (extra `bulk`)."""

from zaitaku_rules.bulk.sweep import sweep

__all__ = ["sweep"]

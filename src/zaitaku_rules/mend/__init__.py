"""The plan of a case: the cheapest lawful steps, found by trying them on the rules themselves."""

from zaitaku_rules.mend.planning import plan

__all__ = ["plan"]

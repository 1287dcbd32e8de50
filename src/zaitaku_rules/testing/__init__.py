"""Cases as data: months in the notation of the field, for tests, examples and conformance packs."""

from zaitaku_rules.testing.expectation import Expectation, Finding, expected
from zaitaku_rules.testing.inline_law import overlays
from zaitaku_rules.testing.notation import cases, document

__all__ = ["Expectation", "Finding", "cases", "document", "expected", "overlays"]

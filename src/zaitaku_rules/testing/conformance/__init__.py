"""The conformance pack: cases with what must come out, for software in any language."""

from __future__ import annotations

from zaitaku_rules.testing.conformance.building import built_pack
from zaitaku_rules.testing.conformance.comparing import compared
from zaitaku_rules.testing.conformance.pack_files import Pack, read_pack, shipped_pack

__all__ = ["Pack", "built_pack", "compared", "read_pack", "shipped_pack"]

"""The conformance pack: cases with what must come out, for software in any language."""

from __future__ import annotations

from zaitaku_rules.testing.conformance.building import built_pack
from zaitaku_rules.testing.conformance.comparing import conformance_of
from zaitaku_rules.testing.conformance.pack_files import Pack, conformance_pack, read_pack

__all__ = ["Pack", "built_pack", "conformance_of", "conformance_pack", "read_pack"]

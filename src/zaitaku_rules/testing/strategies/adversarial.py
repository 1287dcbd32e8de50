"""Draws legal documents that stress a reader, each with the same records in plain writing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from zaitaku_rules.testing.strategies.asked import LawAsked
from zaitaku_rules.testing.strategies.lawful import lawful_sketches
from zaitaku_rules.testing.strategies.spellings import SPELLINGS
from zaitaku_rules.testing.strategies.stresses import STRESSES

EDGES = (
    "2026-02", "2024-02", "2020-02", "2020-06", "2018-03", "2019-04", "2019-05", "2015-04", "2021-04",
    "2025-12", "2026-01", "2026-03", "2026-05", "2026-08", "2012-04",
)  # fmt: skip
"""Leap days, new eras, amendments, turns of the year, and months that touch six weeks."""

SERVICES = ("continuation_b", "continuation_a", "transition", "selection")


@dataclass(frozen=True, slots=True)
class Written:
    """A legal case document, and the same records written plainly: both must be judged alike.

    `touches` names what was done to a lawful month, such as "era" or "hole".
    """

    document: dict[str, Any]
    plain: dict[str, Any]
    touches: tuple[str, ...]


@st.composite
def written_otherwise(draw: DrawFn, law: LawAsked) -> Written:
    """Draw a document under a law."""
    # Its base is a month of a service that is surely open, whatever service it then names.
    base = replace(law, service="continuation_b")
    document = law.put_into(draw(lawful_sketches(base.demands)).document())
    stresses = draw(st.lists(st.sampled_from(list(STRESSES)), max_size=4))
    for name in stresses:
        document = STRESSES[name](draw, document)
    picked = draw(st.sets(st.sampled_from(list(SPELLINGS)), max_size=4))
    spelled, spellings = document, [name for name in SPELLINGS if name in picked]
    for name in spellings:
        spelled = SPELLINGS[name](draw, spelled)
    return Written(spelled, document, (*stresses, *spellings))

"""A slip in words: how many rows of which list would fit which days."""

from __future__ import annotations

from zaitaku_rules.explain import general, named, text
from zaitaku_rules.judge.settle_words import stretches
from zaitaku_rules.judge.slips import Slip
from zaitaku_rules.report import Text


def slip_words(slip: Slip) -> Text:
    """Return what to compare with the original: the rows, their offset and the days on which they fit."""
    number = len(slip.numbers)
    return general(
        "shift_whole" if slip.is_whole else "shift",
        source=named("sources", [slip.source]),
        whole=named("whole", [slip.source]),
        rows=text(f"{number}件", f"{number} row" if number == 1 else f"{number} rows"),
        offset=named("offsets", [slip.offset]),
        days=stretches(slip.days),
    )

"""What the rules of a block come to for each user: the verdict, and the home days at risk."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, get_args

import numpy as np

from zaitaku_rules.bulk.facts import PackedFacts
from zaitaku_rules.bulk.judging import BROKEN, OPEN, RuleColumn
from zaitaku_rules.bulk.pages import Block
from zaitaku_rules.report import Verdict

VERDICTS: tuple[Verdict, ...] = get_args(Verdict)


@dataclass(frozen=True, slots=True)
class Standing:
    """The verdicts of a block's users, and the words of their recorded home days of the month.

    `verdict` holds numbers of `VERDICTS`. `at_risk` are the home days broken under a payment rule, `open`
    those that are open under one or that one could not judge, and not at risk.
    """

    verdict: Any
    home: Any
    at_risk: Any
    open: Any


def standing(block: Block, columns: list[RuleColumn]) -> Standing:
    """Return verdict and claim of each user of a block, as the report of one case gives them."""
    nothing = np.zeros(block.count, np.uint64)
    home, month = PackedFacts(block).home, block.pages.calendar.month_mask
    recorded = (home.sure & month) | nothing
    at_risk, doubtful = nothing, nothing
    for column in columns:
        if column.law.severity == "payment":
            at_risk = at_risk | column.broken
            unjudged = np.where(_lacks_use_data(column), np.uint64(column.law.in_force), np.uint64(0))
            doubtful = doubtful | column.open | unjudged
    never_home = (home.maybe & month | nothing) == 0
    return Standing(
        _verdicts(columns, never_home, block.count),
        recorded,
        recorded & at_risk,
        recorded & doubtful & ~at_risk,
    )


def _lacks_use_data(column: RuleColumn) -> Any:
    return column.lacking if column.law.rule.judges_use else False


def _verdicts(columns: list[RuleColumn], never_home: Any, count: int) -> Any:
    """Return the first verdict that fits: broken, idle, open, kept."""
    broken, is_open = np.zeros(count, bool), np.zeros(count, bool)
    for column in columns:
        if column.law.severity in ("payment", "duty"):
            broken |= column.status == BROKEN
            is_open |= (column.status == OPEN) | _lacks_use_data(column)
    number = {name: index for index, name in enumerate(VERDICTS)}
    found = np.where(is_open, number["open"], number["kept"])
    return np.where(broken, number["broken"], np.where(never_home, number["idle"], found))

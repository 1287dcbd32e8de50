"""Every case of `cases/`, judged as one page and as a column of pages."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from zaitaku_rules import Case, check, rules_for
from zaitaku_rules.days import Days
from zaitaku_rules.days.carrier import counted
from zaitaku_rules.facts import Facts
from zaitaku_rules.judge import breaking
from zaitaku_rules.testing import cases, document, expected, overlays

FOLDER = Path(__file__).parent / "cases"
COPIES = 3
SPECS = [
    pytest.param(spec, id=f"{path.stem}: {spec['name']}")
    for path in sorted(FOLDER.glob("*.toml"))
    for spec in cases(tomllib.loads(path.read_text("utf-8")))
]


class ColumnFacts:
    """The facts of one case, each lifted to a column of equal pages."""

    def __init__(self, facts: Facts, copies: int) -> None:
        self.facts, self.copies = facts, copies

    def __getattr__(self, name: str) -> Any:
        """Return the fact `name` as a column; the calendar is the same for every row."""
        fact = getattr(self.facts, name)
        if name == "calendar":
            return fact
        return counted(fact, self.copies) if isinstance(fact, int) else fact.column(self.copies)


def is_equal_in_every_row(column: Days, page: Days) -> bool:
    """Tell whether each row of a column holds the words of the page."""
    halves = ((column.sure, page.sure), (column.maybe, page.maybe))
    return all(np.array_equal(np.broadcast_to(rows, COPIES), np.full(COPIES, word)) for rows, word in halves)


@pytest.mark.parametrize("spec", SPECS)
def test_a_case_is_judged_as_it_says_at_both_scales(spec: Mapping[str, Any]) -> None:
    case = Case.model_validate(document(spec))
    laid, readings = overlays(spec, FOLDER / "overlays"), spec.get("readings", {})
    found = expected(spec).differences(check(case, overlays=laid, readings=readings))
    assert not found, "\n".join(found)

    user, service = case.user.municipality, case.provider.service
    law, facts = rules_for(user, case.month, service, overlays=laid, readings=readings), Facts(case)
    today = facts.calendar.cell(facts.as_of)
    column = ColumnFacts(facts, COPIES)
    for code, rule in law.rules.items():
        if rule.in_force:
            page = breaking(rule, facts, facts.calendar, today)
            rows = breaking(rule, column, facts.calendar, today)
            assert is_equal_in_every_row(rows, page), code


def test_no_two_cases_of_a_file_have_one_name() -> None:
    names = [param.id for param in SPECS]
    assert sorted(set(names), key=names.index) == names

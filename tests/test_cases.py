"""Every case of `cases/`, judged as one page and as a column of pages."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from zaitaku_rules import Case, InvalidInput, check, rules_for
from zaitaku_rules.days import Days
from zaitaku_rules.days.carrier import counted
from zaitaku_rules.facts import Facts
from zaitaku_rules.judge import breaking
from zaitaku_rules.testing import Expectation, cases, document, expected, overlays

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


def test_a_case_that_expects_something_else_fails() -> None:
    spec = {"without": {"report": "5"}, "expect": {"Z302": "broken 6", "verdict": "kept"}, "only": True}
    report = check(Case.model_validate(document(spec)))
    assert expected(spec).differences(report) == [
        "Z302: expected broken 2026-02-06, found broken 2026-02-05",
        "verdict: expected kept, found broken",
    ]
    other = {"without": {"report": "5"}, "expect": {"Z301": "kept"}, "only": True}
    assert expected(other).differences(report) == ["Z302: not expected to be broken"]


def read(spec: Mapping[str, Any]) -> tuple[dict[str, Any], Expectation]:
    return document(spec), expected(spec)


@pytest.mark.parametrize(
    ("spec", "said"),
    [
        ({"hom": "2-6"}, "did you mean home"),
        ({"also": {"contacts": "5"}}, "did you mean contact"),
        ({"home": "2~6"}, "not a day or period: 2~6"),
        ({"home": "31"}, "not a day or period: 31"),
        ({"hospital": "5~12~"}, "not a day or period"),
        ({"contact": {"phone_by_friend": "5"}}, "not a word of this track"),
        ({"expect": {"Z103": "brocken 5"}}, "did you mean broken"),
        ({"expect": {"Z199": "kept"}}, "did you mean Z109"),
    ],
)
def test_a_slip_in_the_notation_is_refused(spec: Mapping[str, Any], said: str) -> None:
    with pytest.raises(InvalidInput, match=said):
        read(spec)

"""The examples say what `examples/expected.toml` says of them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from zaitaku_rules import Case, Report, check
from zaitaku_rules.testing.expectation import asked

FOLDER = Path(__file__).parents[1] / "examples"
EXAMPLES: list[dict[str, Any]] = tomllib.loads((FOLDER / "expected.toml").read_text("utf-8"))["example"]
every_example = pytest.mark.parametrize(
    "example",
    [pytest.param(one, id=f"{one['file']} {' '.join(one['overlays'])}".strip()) for one in EXAMPLES],
)


def judged(example: Mapping[str, Any]) -> Report:
    case = Case.model_validate_json((FOLDER / example["file"]).read_text("utf-8"))
    return check(case, overlays=[FOLDER / name for name in example["overlays"]])


def codes(report: Report, status: str) -> list[str]:
    return [rule.code for rule in report.rules if rule.status == status]


@every_example
def test_an_example_is_judged_as_expected(example: Mapping[str, Any]) -> None:
    report = judged(example)
    assert report.verdict == example["verdict"]
    assert codes(report, "broken") == example["broken"]
    assert codes(report, "open") == example["open"]
    assert report.as_of == example["as_of"]


@every_example
def test_an_example_names_its_questions_and_what_is_due(example: Mapping[str, Any]) -> None:
    report = judged(example)
    if "asks" in example:
        assert list(asked(report)) == example["asks"]
    assert sorted(due.code for due in report.due or ()) == example.get("due", [])


@every_example
def test_an_example_is_told_in_both_languages(example: Mapping[str, Any]) -> None:
    assert example["shows"]["ja"].strip()
    assert example["shows"]["en"].strip()


@every_example
def test_an_example_stands_in_the_table_with_its_verdict(example: Mapping[str, Any]) -> None:
    rows = [
        line
        for line in (FOLDER / "README.md").read_text("utf-8").split("\n")
        if f"`{example['file']}`" in line
    ]
    broken = f": {', '.join(example['broken'])}" if example["broken"] else ""
    assert [row for row in rows if f"| {example['verdict']}{broken}" in row]


def test_every_month_file_is_expected() -> None:
    assert {path.name for path in FOLDER.glob("*.json")} == {example["file"] for example in EXAMPLES}

"""The public surface, and what importing and judging must not load."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

import zaitaku_rules

EXTRAS = [
    "altair",
    "duckdb",
    "hypothesis",
    "ibis",
    "jinja2",
    "numpy",
    "openpyxl",
    "pandas",
    "pyarrow",
    "pyspark",
    "rich",
    "typer",
]
BILLING = Path(__file__).parent / "kokuhoren"
EXAMPLE = Path(__file__).parents[1] / "examples" / "hitachi-broken.json"


def test_the_public_surface_is_pinned() -> None:
    assert sorted(zaitaku_rules.__all__) == dir(zaitaku_rules)
    assert zaitaku_rules.__all__ == [
        "CATALOGUE",
        "Case",
        "InvalidCall",
        "InvalidInput",
        "InvalidLaw",
        "Overlay",
        "Report",
        "Rule",
        "RuleSet",
        "UnreadableFile",
        "Verification",
        "WrongUse",
        "ZaitakuError",
        "check",
        "due",
        "load_overlay",
        "plan",
        "read_kokuhoren",
        "reconcile",
        "rules_for",
        "verify",
    ]
    for name in zaitaku_rules.__all__:
        found = getattr(zaitaku_rules, name)
        assert isinstance(found, dict) or found.__doc__, name
    with pytest.raises(AttributeError, match="no attribute 'chek'"):
        _ = zaitaku_rules.chek  # type: ignore[attr-defined]


def loaded_after(code: str) -> set[str]:
    """Return the modules that a fresh interpreter has loaded after `code`, and the top-level ones."""
    tell = "print(json.dumps([*sys.modules, *{name.partition('.')[0] for name in sys.modules}]))"
    ask = f"{code}\nimport sys, json\n{tell}"
    done = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, check=True)
    return set(json.loads(done.stdout))


@pytest.mark.parametrize(
    "code",
    [
        "import zaitaku_rules",
        "from zaitaku_rules import Case, check, due, rules_for, load_overlay",
        "from zaitaku_rules import Case, check\n"
        f"text = open({str(EXAMPLE)!r}, encoding='utf-8').read()\n"
        "report = check(Case.model_validate_json(text))\n"
        "assert report.verdict == 'broken' and report.to_json()",
        "from zaitaku_rules import Case, read_kokuhoren, reconcile\n"
        f"case = Case.model_validate_json(open({str(EXAMPLE)!r}, encoding='utf-8').read())\n"
        f"assert reconcile([{str(BILLING / 'J61.CSV')!r}], case).unmatched\n"
        f"assert len(list(read_kokuhoren({str(BILLING / 'J11.CSV')!r}))) == 9",
        "from zaitaku_rules.testing import conformance_pack\nassert conformance_pack().manifest.cases > 700",
    ],
    ids=["import", "names", "check", "reconcile", "conformance"],
)
def test_one_case_loads_no_extra(code: str) -> None:
    assert not loaded_after(code) & set(EXTRAS)


def test_the_import_itself_does_not_even_load_pydantic() -> None:
    assert "pydantic" not in loaded_after("import zaitaku_rules")


def test_the_command_line_starts_without_the_readers_that_it_is_not_asked_for() -> None:
    loaded = loaded_after("from zaitaku_rules.cli import app")
    assert "zaitaku_rules.read" in loaded
    late = ("read.workbook", "read.mapping", "read.tables", "write.excel", "testing.conformance")
    assert {name for name in late if f"zaitaku_rules.{name}" in loaded} == set()

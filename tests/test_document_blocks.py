"""Every fenced block of the documents is run or checked by somebody; one of a kind that nobody checks fails.

`test_documents.py` runs `python` and `console`; here are the others. Pages made by `zaitaku docs write` are
compared byte by byte (`zaitaku docs check`), so their blocks are what rules and cases give.
"""

from __future__ import annotations

import ast
import csv
import json
import re
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from documents import ROOT, Block, blocks, documents, fenced, shown
from shell_lines import complaints, options_of

_TITLE = re.compile(r'title="([\w.-]+)"')
_CODE = re.compile(r"`(zaitaku [a-z]+ [^`]*--[^`]*)`")
_CRON = re.compile(r"(?:[\d*/,-]+ +){5}(.*)")


def elsewhere(_: Path, __: Block) -> Iterator[str]:
    """`python` and `console`: run by test_documents.py."""
    return iter(())


def shell(_: Path, block: Block) -> Iterator[str]:
    """`sh`: each command is checked without running it (shell_lines.py)."""
    yield from complaints(block.text)


def table_of_cron(_: Path, block: Block) -> Iterator[str]:
    """`cron`: what is called is checked as in a shell."""
    for line in block.text.splitlines():
        found = _CRON.fullmatch(line)
        if found:
            yield from complaints(found[1])
        elif not re.match(r"[A-Z_]+=", line):
            yield f"neither a time nor a variable: {line}"


def workflow(_: Path, block: Block) -> Iterator[str]:
    """`yaml`: a workflow of GitHub; its `run` lines are checked as in a shell."""
    told: Any = yaml.safe_load(block.text)
    steps = [step for job in told["jobs"].values() for step in job["steps"]]
    assert all(("run" in step) != ("uses" in step) for step in steps)
    for step in steps:
        yield from complaints(step.get("run", ""))


def sample(read: Callable[[str], Any]) -> Callable[[Path, Block], Iterator[str]]:
    """`csv`, `json`, `toml`: read as such, and a command of the same page runs on it (test_documents.py)."""

    def check(path: Path, block: Block) -> Iterator[str]:
        read(block.text)
        named = _TITLE.search(block.options)
        if not named:
            yield 'has no title="NAME", so no command can show what it does'
        elif not any(named[1] in one.text for one in blocks(path, "console")):
            yield f"no command of this page reads {named[1]}"

    return check


def picture(_: Path, block: Block) -> Iterator[str]:
    """`text`: a picture claims nothing; one with a title is that file of examples/."""
    if named := _TITLE.search(block.options):
        held = [path.read_text("utf-8") for path in (ROOT / "examples").rglob(named[1])]
        if block.text not in held:
            yield f"{named[1]} of examples/ says something else"


def script(_: Path, block: Block) -> Iterator[str]:
    """`py`: a script for Spark; test_spark.py runs it where there is one."""
    ast.parse(block.text)
    if "zaitaku_rules.bulk.spark" not in block.text:
        yield "what needs no Spark is `python`, and run"


CHECKS: dict[str, Callable[[Path, Block], Iterator[str]]] = {
    "python": elsewhere,
    "console": elsewhere,
    "sh": shell,
    "cron": table_of_cron,
    "csv": sample(lambda text: [*csv.reader(text.splitlines(), strict=True)]),
    "yaml": workflow,
    "json": sample(json.loads),
    "toml": sample(tomllib.loads),
    "text": picture,
    "py": script,
}
"""Who checks a block of a language; what each does, and what it leaves unchecked, is said there."""

DOCUMENTS = [pytest.param(path, id=shown(path)) for path in documents() if [*fenced(path)]]


def wrong(path: Path) -> Iterator[str]:
    for block in fenced(path):
        place = f"{shown(path)}, line {block.line}"
        if check := CHECKS.get(block.language):
            yield from (f"{place}: {told}" for told in check(path, block))
        else:
            yield f"{place}: nobody checks a block of the kind {block.language!r}"


@pytest.mark.parametrize("path", DOCUMENTS)
def test_every_block_is_checked_by_somebody(path: Path) -> None:
    assert [*wrong(path)] == []


def test_a_fence_is_closed() -> None:
    for path in documents():
        text = path.read_text("utf-8")
        assert len(re.findall(r"^ *```", text, re.MULTILINE)) == 2 * len([*fenced(path)]), shown(path)


def test_options_that_are_mentioned_exist() -> None:
    mentioned = [(path, call) for path in documents() for call in _CODE.findall(path.read_text("utf-8"))]
    assert len(mentioned) > 10
    assert [
        f"{shown(path)}: {call}"
        for path, call in mentioned
        if not {*re.findall(r"--[a-z-]+", call)} <= options_of(call.split()[1:])
    ] == []


def test_the_floors_are_those_of_the_contract() -> None:
    contract = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"][
        "contracts"
    ][0]
    floors = [set(re.findall(r"\w+", layer)) for layer in contract["layers"]]
    (told,) = (one for one in blocks(ROOT / "CONTRIBUTING.md", "text") if one.text.startswith("cli\n"))
    lines = [set(re.findall(r"\w+", line)) for line in told.text.splitlines()]
    assert set().union(*lines) == set().union(*floors)


@pytest.mark.parametrize(
    ("language", "options", "text", "told"),
    [
        ("ruby", "", "puts 1\n", "nobody checks a block of the kind 'ruby'"),
        ("", "", "zaitaku check\n", "nobody checks a block of the kind ''"),
        ("sh", "", "zaitaku check case.json --frmat json\n", "No such option"),
        ("sh", "", "zaitaku check case.json --format yaml\n", "yaml is none of text, json"),
        ("sh", "", "zaitaku chek case.json\n", "chek"),
        ("sh", "", "pip install '.[cli,excell]'\n", "no extra excell"),
        ("sh", "", "pip install flask\n", "no extra declares flask"),
        ("sh", "", "make tset\n", "no target tset"),
        ("sh", "", ".venv/bin/pytest tests/test_nothing.py\n", "tests/test_nothing.py is not there"),
        ("sh", "", "python examples/nightly/nightly.py runs --mont 2026-03\n", "knows no --mont"),
        ("sh", "", "curl --json @examples/nothing.json http://x\n", "examples/nothing.json is not there"),
        ("sh", "", "rm -rf runs\n", "nobody checks rm"),
        ("cron", "", "30 4 * * * python examples/nightly/night.py\n", "is not there"),
        ("yaml", "", "jobs: {a: {steps: [{run: make tset}]}}\n", "no target tset"),
        ("json", "", "{}\n", 'has no title="NAME"'),
        ("toml", ' title="x.toml"', "a = 1\n", "no command of this page reads x.toml"),
        ("text", ' title="map.csv"', "a,b\n", "map.csv of examples/ says something else"),
        ("py", "", "print(1)\n", "what needs no Spark is `python`"),
    ],
)
def test_a_wrong_block_is_told(tmp_path: Path, language: str, options: str, text: str, told: str) -> None:
    page = tmp_path / "page.md"
    page.write_text(f"```{language}{options}\n{text}```\n", "utf-8")
    assert told in " ".join(wrong(page))

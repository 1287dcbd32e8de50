"""What README and docs/ show is true: their Python runs, their commands print what stands below them.

- A `python` block is executed in the root of the repository, all blocks of a file in one namespace. What
  follows `# ` behind a `print(...)` must be printed.
- A `console` block holds calls `$ zaitaku ...` and what they print. They run in a folder with a copy of
  `examples`; a line `...` stands for lines left out. Exit 2 fails, unless the block says `console exit=2`.
- A `csv`, `json` or `toml` block with `title="NAME"` is a file of that folder.
"""

from __future__ import annotations

import re
import shlex
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple, get_args

import pytest

from zaitaku_rules import CATALOGUE
from zaitaku_rules.cli import main
from zaitaku_rules.law import listed_readings, shipped_overlays
from zaitaku_rules.records.case import SOURCES
from zaitaku_rules.records.papers import Readiness
from zaitaku_rules.report import Status

ROOT = Path(__file__).parents[1]
DOCUMENTS = [*sorted(ROOT.glob("README*.md")), *sorted((ROOT / "docs").glob("*.md"))]
LINKED = [*DOCUMENTS, ROOT / "CHANGELOG.md", ROOT / "CONTRIBUTING.md", ROOT / "SECURITY.md"]

# Written by the benchmarks themselves; linked before their first run.
AWAITED = {ROOT / "docs" / "benchmarks.md"}

_FENCE = re.compile(r"^```(\w+)([^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_TITLE = re.compile(r'title="([\w.-]+)"')
_EXIT = re.compile(r"exit=(\d)")
_PRINTED = re.compile(r"print\(.*\)  # (.+)$", re.MULTILINE)
_LINK = re.compile(r"\]\((?!\w+:|#)([^)#\s]+)")


class Block(NamedTuple):
    """A fenced block: its language, what stands behind it, its text and its line in the file."""

    language: str
    options: str
    text: str
    line: int


class Call(NamedTuple):
    """A command, and the lines shown below it."""

    arguments: list[str]
    shown: list[str]


def blocks(path: Path, *languages: str) -> list[Block]:
    text = path.read_text("utf-8")
    found = [Block(m[1], m[2], m[3], text.count("\n", 0, m.start(3)) + 1) for m in _FENCE.finditer(text)]
    return [block for block in found if block.language in languages]


def calls(block: Block) -> Iterator[Call]:
    head, *parts = re.split(r"^\$ ", block.text, flags=re.MULTILINE)
    assert not head.strip(), f"line {block.line}: output without a command"
    for part in parts:
        command, _, shown = part.partition("\n")
        program, *arguments = shlex.split(command, comments=True)
        assert program == "zaitaku", f"line {block.line}: only zaitaku is run here"
        yield Call(arguments, [line.rstrip() for line in shown.rstrip().splitlines()])


def pieces(shown: Sequence[str]) -> Iterator[str]:
    """Return the runs of lines between the lines `...`."""
    for piece in re.split(r"^[ ]*\.\.\.$", "\n".join(shown), flags=re.MULTILINE):
        if piece.strip():
            yield piece.strip("\n")


def missing(expected: Iterator[str], said: str) -> list[str]:
    """Return the first piece that does not stand in what was said, after the pieces before it."""
    said = "\n" + said + "\n"
    for piece in expected:
        _, found, said = said.partition(f"\n{piece}\n")
        if not found:
            return [piece]
        said = "\n" + said
    return []


def with_blocks(*languages: str) -> pytest.MarkDecorator:
    found = [path for path in DOCUMENTS if blocks(path, *languages)]
    return pytest.mark.parametrize(
        "path", [pytest.param(path, id=str(path.relative_to(ROOT))) for path in found]
    )


@with_blocks("python")
def test_python_runs_and_prints_what_it_says(
    path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    namespace: dict[str, Any] = {"__name__": path.stem}
    for block in blocks(path, "python"):
        code = compile("\n" * (block.line - 1) + block.text, str(path), "exec")
        exec(code, namespace)
        printed = capsys.readouterr().out.splitlines()
        for expected in _PRINTED.findall(block.text):
            assert expected in printed, f"{path.name}, block of line {block.line}"
            del printed[: printed.index(expected) + 1]


@with_blocks("console")
def test_commands_print_what_is_shown(
    path: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    for name in ("FORCE_COLOR", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    shutil.copytree(ROOT / "examples", "examples")
    for block in blocks(path, "csv", "json", "toml"):
        if named := _TITLE.search(block.options):
            Path(named[1]).write_text(block.text, "utf-8")
    for block in blocks(path, "console"):
        wanted = _EXIT.search(block.options)
        for call in calls(block):
            code = main(call.arguments)
            out, err = capfd.readouterr()
            place = f"{path.name}, block of line {block.line}: zaitaku {shlex.join(call.arguments)}"
            assert code == int(wanted[1]) if wanted else code != 2, f"{place}: exit {code}\n{err}"
            said = "\n".join(line.rstrip() for line in (out + err).splitlines())
            assert not missing(pieces(call.shown), said), place


def test_links_lead_to_files() -> None:
    for path in LINKED:
        for link in _LINK.findall(path.read_text("utf-8")):
            target = (path.parent / link).resolve()
            assert target.exists() or target in AWAITED, f"{path.name}: {link}"


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("limits.md", [*listed_readings()]),
        ("law/municipalities.md", shipped_overlays()),
        ("case-format.md", [*SOURCES, *get_args(Readiness.model_fields["kind"].annotation)]),
        ("reading-a-report.md", [*get_args(Status), "as_of", "coverage", "readings"]),
    ],
)
def test_a_document_names_all_that_there_is(name: str, words: list[str]) -> None:
    text = (ROOT / "docs" / name).read_text("utf-8")
    assert [word for word in words if f"`{word}`" not in text] == []


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("README.ja.md", "{}の規則"),
        ("docs/reading-a-report.md", "{}の規則"),
        ("CHANGELOG.md", "{} rules"),
    ],
)
def test_the_number_of_rules_is_right(name: str, words: str) -> None:
    assert words.format(len(CATALOGUE)) in (ROOT / name).read_text("utf-8")

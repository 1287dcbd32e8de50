"""Lines of a shell as the documents show them: what of them can be checked without running them.

Calls of `zaitaku` are parsed as the command line parses them. The extras and packages of `pip install` must
be declared in `pyproject.toml`, the targets of `make` in the Makefile. A script must be there and know its
options. Of other programs only the files of this repository that they are given are looked for.
"""

from __future__ import annotations

import re
import shlex
import tomllib
from collections.abc import Iterator, Sequence
from typing import Any

import typer
from packaging.requirements import Requirement

from documents import ROOT
from zaitaku_rules.cli.app import app

OTHERS = {"curl", "jupyter", "node", "psql", "python", "spark-submit", "test", "uvicorn", "venv-pack"}
"""Programs of others. Whether their own options are right nobody checks here; those of our scripts are."""

ELSEWHERE = {
    "jupyterlab": "shows the notebook, which the tests run without it",
    "uvicorn": "serves the example, which the tests call without it",
    "venv-pack": "not tried, as docs/spark.md says",
}
"""Packages that documents install and no extra declares, and why."""

_ASSIGNED = re.compile(r"[A-Z_]+=")
_OURS = re.compile(r"@?((?:examples|tests|bench|docs)/[\w./-]+)")
_EXTRAS = re.compile(r"(?:\.|zaitaku-rules)(?:\[([\w,]+)\])?")
_SPLIT = re.compile(r"&&|\|\||;|\|")

PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
EXTRAS: dict[str, list[str]] = PROJECT["optional-dependencies"]
TARGETS = set(re.findall(r"^([\w-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))


def commands(text: str) -> Iterator[list[str]]:
    """Return the words of each command; a line that ends in a backslash goes on."""
    for line in text.replace("\\\n", " ").splitlines():
        words: list[str] = []
        lexer = shlex.shlex(line, posix=True, punctuation_chars=";&|")
        lexer.whitespace_split = True
        for word in lexer:
            if _SPLIT.fullmatch(word):
                yield words
                words = []
            else:
                words.append(word)
        if words:
            yield words


def complaints(text: str) -> list[str]:
    """Return what is wrong with the commands of a text."""
    return [f"{shlex.join(words)}: {told}" for words in commands(text) for told in _of_command(words)]


def _of_command(words: Sequence[str]) -> Iterator[str]:
    while words and _ASSIGNED.match(words[0]):
        words = words[1:]
    if not words:
        return
    program, arguments = words[0].rpartition("/")[2], list(words[1:])
    yield from (f"{path} is not there" for path in _files(arguments) if not (ROOT / path).exists())
    if program == "zaitaku":
        yield from _of_zaitaku(arguments)
    elif program in ("pip", "python") and "install" in arguments:
        yield from _of_pip(arguments[arguments.index("install") + 1 :])
    elif program == "make":
        yield from (f"no target {one}" for one in arguments if "=" not in one and one not in TARGETS)
    elif program == "pytest" or (program == "python" and "pytest" in arguments):
        yield from (
            f"{one} is not there"
            for one in arguments
            if one.startswith("tests") and not (ROOT / one).exists()
        )
    elif program not in OTHERS:
        yield f"nobody checks {program}"
    elif program == "python" and (scripts := [one for one in _files(arguments) if one.endswith(".py")]):
        yield from _of_script(scripts[0], arguments)


def _files(arguments: Sequence[str]) -> Iterator[str]:
    yield from (found[1] for one in arguments if (found := _OURS.fullmatch(one)))


def _of_zaitaku(arguments: list[str]) -> Iterator[str]:
    """Return what the command line would refuse of a call, and words that an option does not list."""
    try:
        command, context = parsed(arguments)
    except Exception as error:  # of the parser, whose own classes are private, or of ours
        yield str(error)
        return
    for parameter in command.params:
        listed, value = (parameter.metavar or "").split("|"), context.params.get(parameter.name)
        # Words in capitals stand for what is to be written, such as FOLDER|FILE.
        if len(listed) > 1 and listed[0].islower() and value is not None and str(value) not in listed:
            yield f"{value} is none of {', '.join(listed)}"


def parsed(arguments: list[str]) -> tuple[Any, Any]:
    """Return the command of a call, and its options and arguments as the command line takes them."""
    command: Any = typer.main.get_command(app)
    context = command.make_context("zaitaku", arguments)
    while hasattr(command, "resolve_command"):
        rest = [*context._protected_args, *context.args]
        named, command, rest = command.resolve_command(context, rest)
        context = command.make_context(named, rest, parent=context)
    return command, context


def options_of(words: Sequence[str]) -> set[str]:
    """Return the options of the command that words name."""
    command: Any = typer.main.get_command(app)
    for word in words:
        command = command.commands.get(word, command) if hasattr(command, "commands") else command
    return {option for parameter in command.params for option in parameter.opts}


def _of_pip(arguments: Sequence[str]) -> Iterator[str]:
    declared = {Requirement(one).name for extra in EXTRAS.values() for one in extra}
    for one in arguments:
        if ours := _EXTRAS.fullmatch(one):
            yield from (
                f"no extra {extra}" for extra in (ours[1] or "").split(",") if extra and extra not in EXTRAS
            )
        elif not one.startswith("-") and Requirement(one).name not in declared | {*ELSEWHERE}:
            yield f"no extra declares {one}"


def _of_script(script: str, arguments: Sequence[str]) -> Iterator[str]:
    folder = (ROOT / script).parent
    known = "\n".join(path.read_text("utf-8") for path in folder.rglob("*.py"))
    options = (one.partition("=")[0] for one in arguments if one.startswith("--"))
    yield from (f"{script} knows no {one}" for one in options if f'"{one}"' not in known)

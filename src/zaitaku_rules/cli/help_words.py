"""The words of `--help`, in the language asked for."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from zaitaku_rules.errors import Message


@cache
def _words() -> dict[str, dict[str, Message]]:
    """Return the words of commands and of parameters by name."""
    told = tomllib.loads((files("zaitaku_rules.words") / "help.toml").read_text("utf-8"))
    return {head: {name: Message(**said) for name, said in words.items()} for head, words in told.items()}


def put_words(group: Any, lang: str) -> None:
    """Give the commands of a Typer application and their parameters help in `lang`."""
    _put(group, "zaitaku", "", lang)


def _put(command: Any, name: str, path: str, lang: str) -> None:
    command.help = _words()["commands"][name].said_in(lang)
    _put_on_parameters(command, lang)
    for below, inner in getattr(command, "commands", {}).items():
        _put(inner, path + below, f"{path}{below} ", lang)


def _put_on_parameters(command: Any, lang: str) -> None:
    for parameter in command.params:
        if parameter.name in _words()["parameters"]:
            parameter.help = _words()["parameters"][parameter.name].said_in(lang)

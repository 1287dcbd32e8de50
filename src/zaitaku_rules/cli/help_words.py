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
    _put(group, None, "zaitaku", "", lang)


def _put(command: Any, above: Any, name: str, path: str, lang: str) -> None:
    command.help = _words()["commands"][name].said_in(lang)
    # The names of the help option are a setting of the outermost context, which the inner ones inherit.
    context = command.context_class(command, parent=above, **command.context_settings)
    for parameter in (*command.params, command.get_help_option(context)):
        if said := _words()["parameters"].get(parameter.name):
            parameter.help = said.said_in(lang)
    for below, inner in getattr(command, "commands", {}).items():
        _put(inner, context, path + below, f"{path}{below} ", lang)

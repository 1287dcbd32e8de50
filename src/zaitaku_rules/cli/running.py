"""From arguments to an exit code: no traceback ever, one clear line for whatever goes wrong."""

from __future__ import annotations

import contextlib
import gc
import io
import os
import sys
from typing import Any

from typer import Exit
from typer.main import get_command

from zaitaku_rules.cli.app import app
from zaitaku_rules.cli.calls import LANGS, internal, told
from zaitaku_rules.cli.help_words import put_words
from zaitaku_rules.errors import ZaitakuError

INTERRUPTED = 130

_COLLECTED_AFTER = (100_000, 50, 100)


def run(arguments: list[str]) -> int:
    """Run one call and return its exit code: 0, 1 or 2 as the contract says."""
    lang = _asked_lang(arguments)
    _speak_utf8()
    # Reports are many small objects in no cycle: looking for cycles so often costs a fifth of a long run.
    gc.set_threshold(*_COLLECTED_AFTER)
    try:
        code = _called(arguments, lang)
        sys.stdout.flush()
    except BrokenPipeError:
        _silence_stdout()
        return 2
    except KeyboardInterrupt:
        return INTERRUPTED
    except Exception as error:
        return _failed(error, lang)
    return code


def _called(arguments: list[str], lang: str) -> int:
    command: Any = get_command(app)
    put_words(command, lang)
    try:
        with command.make_context("zaitaku", arguments) as context:
            return int(command.invoke(context) or 0)
    except Exit as end:
        return end.exit_code


def _failed(error: Exception, lang: str) -> int:
    try:
        known = error if isinstance(error, ZaitakuError) else told(error)
    except Exception:
        known = internal(error)
    print(known.said_in(lang), file=sys.stderr)
    return 2


def _asked_lang(arguments: list[str]) -> str:
    """Return the language asked for, before the arguments are read, for errors in reading them."""
    for before, argument in zip(["", *arguments], arguments, strict=False):
        value = argument.removeprefix("--lang=") if argument.startswith("--lang=") else argument
        if (before == "--lang" or value != argument) and value in LANGS:
            return value
    return LANGS[0]


def _speak_utf8() -> None:
    """Write UTF-8 whatever the machine's locale is, and line ends as they are given."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")


def _silence_stdout() -> None:
    """Point standard output away from a closed pipe, so that closing it at exit says nothing."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())

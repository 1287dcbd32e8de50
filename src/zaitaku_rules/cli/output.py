"""Where data goes: standard output, or a file that is written whole or not at all."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Generator, Iterable
from pathlib import Path
from typing import TextIO

from zaitaku_rules.errors import InvalidCall
from zaitaku_rules.read import shown_path


@contextlib.contextmanager
def output(path: str | None, inputs: Iterable[str] = ()) -> Generator[TextIO]:
    """Open the place of the data; raises InvalidCall where it cannot be written.

    A file appears only when everything is written; an input is never overwritten.
    """
    try:
        if path is None:
            yield sys.stdout
            sys.stdout.flush()
        else:
            _refuse_input(path, inputs)
            with _whole_file(Path(path)) as stream:
                yield stream
    except BrokenPipeError:
        raise
    except OSError as error:
        raise unwritable(path, error.errno) from None


@contextlib.contextmanager
def _whole_file(path: Path) -> Generator[TextIO]:
    target = path.resolve()
    if target.exists() and not target.is_file():
        with target.open("w", encoding="utf-8", newline="\n") as stream:
            yield stream
        return
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        with part.open("x", encoding="utf-8", errors="backslashreplace", newline="\n") as stream:
            yield stream
        if target.exists():
            part.chmod(target.stat().st_mode & 0o7777)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


def _refuse_input(path: str, inputs: Iterable[str]) -> None:
    if "\0" in path:
        raise unwritable(path, None)
    if any(_is_same(path, name) for name in inputs):
        raise InvalidCall(
            "入力と同じファイルには書きません。別の名前にしてください。",
            "the output is one of the inputs: choose another name",
            place=shown_path(path),
        )


def _is_same(path: str, name: str) -> bool:
    try:
        return name != "-" and Path(path).is_file() and Path(path).samefile(name)
    except (OSError, ValueError):
        return False


def unwritable(path: str | None, number: int | None) -> InvalidCall:
    """Return the error for a file or folder that cannot be written, with the system's error number."""
    return InvalidCall(
        f"書き込めません(エラー番号 {number})。フォルダーの有無、権限と空き容量を確かめてください。",
        f"cannot be written (error number {number}): check folder, permissions and free space",
        place=shown_path(path) if path else "-",
    )

"""Opening files, and saying in plain words why one cannot be opened."""

from __future__ import annotations

import sys
import unicodedata
from pathlib import Path
from typing import BinaryIO

from zaitaku_rules.errors import UnreadableFile

_REASONS: dict[type[OSError], tuple[str, str]] = {
    BrokenPipeError: (
        "標準入力が閉じています。ファイルを指定してください。",
        "standard input is closed: name a file",
    ),
    FileNotFoundError: (
        "ファイルがありません。パスを確かめてください。",
        "no such file: check the path",
    ),
    IsADirectoryError: (
        "フォルダーです。この版は JSON ファイルを読みます。フォルダーの中のファイルを指定してください。",
        "a folder: this version reads JSON files, so name the files in it",
    ),
    PermissionError: (
        "読む権限がありません。ファイルの権限を確かめてください。",
        "no permission to read it: check the file's permissions",
    ),
}


def shown_path(path: str) -> str:
    """Return a path on one line that any output can hold: no control signs, no broken bytes."""
    text = path.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return "".join("?" if unicodedata.category(sign)[0] == "C" else sign for sign in text)


def opened(path: str) -> BinaryIO:
    """Return the bytes of a file, or of standard input for "-"; raises OSError."""
    if path != "-":
        return Path(path).open("rb")
    if sys.stdin is None:
        raise BrokenPipeError
    return sys.stdin.buffer


def close(stream: BinaryIO) -> None:
    """Close a stream that `opened` returned; standard input stays open."""
    if stream is not getattr(sys.stdin, "buffer", None):
        stream.close()


def unreadable(error: OSError | ValueError, place: str) -> UnreadableFile:
    """Return why a file could not be opened or read, in both languages."""
    known = next((said for kind, said in _REASONS.items() if isinstance(error, kind)), None)
    number = getattr(error, "errno", None)
    ja, en = known or (
        f"読めません(エラー番号 {number})。パスと媒体を確かめてください。",
        f"cannot be read (error number {number}): check the path and the medium",
    )
    return UnreadableFile(ja, en, place=place)

"""Opening a workbook safely: what is no workbook, is locked or unpacks without end is told and not read."""

from __future__ import annotations

import io
import warnings
import zipfile
from collections.abc import Generator
from contextlib import contextmanager
from typing import Any, NamedTuple

from zaitaku_rules.errors import InvalidCall, InvalidInput, UnreadableFile
from zaitaku_rules.read.paths import close, opened, unreadable
from zaitaku_rules.read.workbook.engine import openpyxl

LARGEST = 64 << 20
"""The largest workbook in bytes as it is stored."""

LARGEST_UNPACKED = 512 << 20
"""The largest workbook in bytes as it is unpacked; `LARGEST_PART` is that of what is no sheet."""

LARGEST_PART = 64 << 20

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_ZIP = b"PK\x03\x04"
_SHEETS = "xl/worksheets/"
_SAVE = (
    "Excel か LibreOffice で開き、Excel ブック(.xlsx)として保存し直してください。",
    "open it in Excel or LibreOffice and save it as an Excel workbook (.xlsx)",
)


class Opened(NamedTuple):
    """A workbook twice: with the values of its cells, and with the formulas behind them."""

    values: Any
    formulas: Any


@contextmanager
def opened_workbook(path: str, place: str) -> Generator[Opened]:
    """Open a workbook for reading row by row; raises UnreadableFile, and InvalidCall without openpyxl."""
    load = openpyxl().load_workbook
    raw = bytes_of(path, place)
    with told_if_damaged(place):
        found = Opened(
            *(
                load(io.BytesIO(raw), read_only=True, data_only=only, keep_links=False)
                for only in (True, False)
            )
        )
        try:
            yield found
        finally:
            found.values.close()
            found.formulas.close()


@contextmanager
def told_if_damaged(place: str) -> Generator[None]:
    """Tell in our words what goes wrong while a workbook is unpacked and parsed: many things raise there."""
    try:
        with warnings.catch_warnings():
            # It warns of parts that it does not read, such as extensions of drop-downs.
            warnings.simplefilter("ignore")
            yield
    except (InvalidInput, InvalidCall):
        raise
    except Exception:
        raise _damaged(place) from None


def bytes_of(path: str, place: str) -> bytes:
    """Return the bytes of a workbook that can be unpacked; raises UnreadableFile for anything else."""
    try:
        stream = opened(path)
        try:
            raw = stream.read(LARGEST + 1)
        finally:
            close(stream)
    except (OSError, ValueError) as error:
        raise unreadable(error, place) from None
    if len(raw) > LARGEST:
        raise _too_large(place)
    if raw.startswith(_OLE):
        raise _old_or_locked(raw, place)
    if not raw.startswith(_ZIP):
        raise UnreadableFile(
            f"Excel のブックではありません。{_SAVE[0]}", f"not an Excel workbook: {_SAVE[1]}", place=place
        )
    _refuse_bombs(raw, place)
    return raw


def _old_or_locked(raw: bytes, place: str) -> UnreadableFile:
    if _ENCRYPTED in raw:
        return UnreadableFile(
            "パスワードで開くブックです。パスワードを外した写しを作り、それを指定してください。",
            "the workbook is encrypted with a password: name a copy without one",
            place=place,
        )
    return UnreadableFile(
        f"古い形式(.xls)のブックです。{_SAVE[0]}",
        f"a workbook of the old form (.xls): {_SAVE[1]}",
        place=place,
    )


def _refuse_bombs(raw: bytes, place: str) -> None:
    """Look at the parts before any is parsed: sizes, and declarations that let text grow."""
    with told_if_damaged(place), zipfile.ZipFile(io.BytesIO(raw)) as packed:
        parts = packed.infolist()
        names = {part.filename for part in parts}
        if "xl/workbook.xml" not in names:
            raise _other_form(names, place)
        beside = [part.file_size for part in parts if not part.filename.startswith(_SHEETS)]
        if sum(part.file_size for part in parts) > LARGEST_UNPACKED or max(beside) > LARGEST_PART:
            raise _too_large(place)
        for part in parts:
            if part.filename.endswith((".xml", ".rels")) and b"<!DOCTYPE" in packed.open(part).read(1024):
                raise _damaged(place)


def _other_form(names: set[str], place: str) -> UnreadableFile:
    if "xl/workbook.bin" in names or "mimetype" in names:
        return UnreadableFile(
            f"xlsx 以外の形式(.xlsb か .ods)です。{_SAVE[0]}",
            f"another form (.xlsb or .ods): {_SAVE[1]}",
            place=place,
        )
    return UnreadableFile(
        f"Excel のブックではありません。{_SAVE[0]}", f"not an Excel workbook: {_SAVE[1]}", place=place
    )


def _too_large(place: str) -> UnreadableFile:
    return UnreadableFile(
        "大きすぎるブックです。使っていない行とシートを消し、1か月分だけにしてください。",
        "the workbook is too large: remove rows and sheets that are not used, and keep one month in it",
        place=place,
    )


def _damaged(place: str) -> UnreadableFile:
    return UnreadableFile(
        f"壊れているか、Excel のブックとして読めません。{_SAVE[0]}",
        f"damaged, or not readable as an Excel workbook: {_SAVE[1]}",
        place=place,
    )

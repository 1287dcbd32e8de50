"""CSV text to lines of cells: in the encodings of Japanese offices, with the number of each line."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from zaitaku_rules.errors import InvalidInput, UnreadableFile
from zaitaku_rules.read.paths import unreadable

LARGEST = 64 << 20
"""The largest CSV file in bytes that is read for single cases."""

_BY_ITSELF = ("utf-8-sig", "cp932")
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


class Line(NamedTuple):
    """The cells of one row, and the line of the file on which it begins."""

    number: int
    cells: list[str]


def csv_text(path: Path, place: str, encoding: str | None = None) -> str:
    """Return the text of a file: in `encoding`, else in UTF-8, else in CP932, which Excel writes in Japan.

    Raises UnreadableFile for what is no such text.
    """
    try:
        if path.stat().st_size > LARGEST:
            raise _too_large(place)
        raw = path.read_bytes()
    except (OSError, ValueError) as error:
        if isinstance(error, InvalidInput):
            raise
        raise unreadable(error, place) from None
    if encoding is None and raw.startswith(_UTF16):
        encoding = "utf-16"
    if b"\0" in raw and encoding != "utf-16":
        raise _no_text(place)
    for tried in [encoding] if encoding else _BY_ITSELF:
        try:
            return raw.decode(tried)
        except UnicodeError:
            continue
    raise _wrong_encoding(raw, encoding or _BY_ITSELF[0], place)


def csv_lines(text: str, place: str, delimiter: str = ",") -> Iterator[Line]:
    """Yield the rows of CSV text that hold anything; raises InvalidInput where quotes do not close."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    while True:
        begin = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            raise InvalidInput(
                '引用符(")が閉じていないか、余分です。この行から後を読めません。',
                'a quotation mark (") is missing or too many: nothing from this line on can be read',
                place=f"{place}:{begin}",
            ) from None
        if any(cell.strip() for cell in cells):
            yield Line(begin, cells)


def _too_large(place: str) -> UnreadableFile:
    limit = LARGEST >> 20
    return UnreadableFile(
        f"{limit} MB より大きいため読みません。多くの利用者の表は zaitaku sweep で判定できます。",
        f"larger than {limit} MB: for tables of many users use zaitaku sweep",
        place=place,
    )


def _no_text(place: str) -> UnreadableFile:
    return UnreadableFile(
        "文字のファイルではありません(NUL バイトを含みます)。CSV で保存し直してください。",
        "not a text file (it holds NUL bytes): save it as CSV",
        place=place,
    )


def _wrong_encoding(raw: bytes, encoding: str, place: str) -> UnreadableFile:
    start = 0
    try:
        raw.decode(encoding)
    except UnicodeDecodeError as error:
        start = error.start
    except UnicodeError:
        pass
    line, named = raw.count(b"\n", 0, start) + 1, "UTF-8、CP932" if encoding in _BY_ITSELF else encoding
    return UnreadableFile(
        f"文字コードが {named} ではありません。CSV(UTF-8)で保存し直してください。",
        f"the encoding is not {named.replace('、', ', ')}: save it as CSV (UTF-8)",
        place=f"{place}:{line}",
    )

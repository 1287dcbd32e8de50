"""JSON text to a value, strictly; what is wrong is told by line and column and never by content."""

from __future__ import annotations

import codecs
import json
import re

from pydantic_core import from_json

from zaitaku_rules.errors import InvalidInput, UnreadableFile, shown_name

_WHERE = re.compile(r"(.*) at line (\d+) column (\d+)", re.DOTALL)
_JAPANESE = re.compile("[぀-ヿ一-鿿]")
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)

_REASONS = (
    ("EOF", "途中で終わっています", "it ends too early"),
    ("trailing comma", "最後のコンマが余分です", "a comma too many"),
    ("trailing characters", "値の後に余分な文字があります", "something follows the value"),
    ("recursion limit", "入れ子が深すぎます", "nested too deeply"),
    ("control character", "文字列の中に制御文字があります", "a control character in a text"),
    ("escape", "使えないエスケープがあります", "an escape that JSON does not have, or half a character"),
    ("surrogate", "使えないエスケープがあります", "half a character"),
    ("number", "数の書き方が違います", "a number that cannot be read"),
    ("key must", '項目名を " で囲んでください', "a field name must stand in double quotes"),
    (
        "expected value",
        "値がありません(NaN や引用符のない文字は使えません)",
        "no JSON value here (NaN and bare words are none)",
    ),
    ("expected", "コンマ、コロンか括弧が足りません", "a comma, colon or bracket is missing"),
)


def without_mark(raw: bytes) -> bytes:
    """Return text without the UTF-8 byte order mark that some programs put first."""
    return raw.removeprefix(codecs.BOM_UTF8)


def refuse_other_files(raw: bytes, place: str) -> None:
    """Raise UnreadableFile where a file begins as UTF-16 or as a zip archive does."""
    if raw.startswith(_UTF16):
        raise UnreadableFile(
            "文字コードが UTF-16 です。UTF-8 で保存し直してください。",
            "encoded as UTF-16: save it as UTF-8",
            place=place,
        )
    if raw.startswith(b"PK\x03\x04"):
        raise UnreadableFile(
            "圧縮ファイルです。Excel のブックなら、名前の終わりが .xlsx のファイルとして指定してください。",
            "a zip file: if it is an Excel workbook, name it as a file that ends in .xlsx",
            place=place,
        )


def refuse_binary(raw: bytes, place: str) -> None:
    """Raise UnreadableFile where the bytes are no text: a binary file, or UTF-16."""
    refuse_other_files(raw, place)
    if b"\0" in raw:
        raise UnreadableFile(
            "文字のファイルではありません(NUL バイトを含みます)。JSON ファイルを指定してください。",
            "not a text file (it holds NUL bytes): name a JSON file",
            place=place,
        )


def parsed(raw: bytes, place: str, *, is_line: bool = False) -> object:
    """Return the value that JSON text writes; raises InvalidInput with line and column.

    `is_line`: the text is one line of several, whose number `place` says.
    """
    try:
        value = from_json(raw, allow_inf_nan=False)
    except ValueError as error:
        raise _syntax_error(raw, str(error), place, is_line) from None
    except RecursionError:
        raise InvalidInput("入れ子が深すぎます。", "nested too deeply", place=place) from None
    _refuse_doubled_fields(raw, place)
    return value


def _syntax_error(raw: bytes, said: str, place: str, is_line: bool) -> InvalidInput:
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError as error:
        return _wrong_encoding(raw, error.start, place)
    found = _WHERE.fullmatch(said)
    line, column = (int(found[2]), int(found[3])) if found else (1, 1)
    before = raw.split(b"\n", line)[line - 1][: max(0, column - 1)] if line <= raw.count(b"\n") + 1 else b""
    column = len(before.decode("utf-8", "ignore")) + 1
    ja, en = next(((ja, en) for sign, ja, en in _REASONS if sign in said), ("書き方が違います", "not valid"))
    where_ja, where_en = ("", "") if is_line else (f"{line}行目の", f"line {line}, ")
    return InvalidInput(
        f"JSON として読めません({where_ja}{column}文字目): {ja}。",
        f"not valid JSON ({where_en}column {column}): {en}",
        place=place,
    )


def _wrong_encoding(raw: bytes, start: int, place: str) -> UnreadableFile:
    try:
        is_japanese = _JAPANESE.search(raw.decode("cp932"))
    except UnicodeDecodeError:
        is_japanese = None
    ja, en = (
        ("CP932(Shift_JIS)のようです。", "it looks like CP932 (Shift_JIS); ") if is_japanese else ("", "")
    )
    return UnreadableFile(
        f"UTF-8 の文字ではありません({start + 1}バイト目)。{ja}UTF-8 で保存し直してください。",
        f"not UTF-8 text (byte {start + 1}): {en}save it as UTF-8",
        place=place,
    )


def _refuse_doubled_fields(raw: bytes, place: str) -> None:
    """Refuse an object that writes a field twice: JSON leaves open which of the two holds."""

    def once(pairs: list[tuple[str, object]]) -> None:
        if len(names := [name for name, _ in pairs]) != len(set(names)):
            doubled = next(name for name in names if names.count(name) > 1)
            shown = shown_name(doubled)
            raise InvalidInput(
                f"同じ項目が二度書かれています({shown})。どちらかを消してください。",
                f"a field is written twice ({shown}): remove one",
                place=place,
            )

    json.loads(raw, object_pairs_hook=once)

"""One regular expression for a whole line: it matches only lines on which nothing deviates.

A file has a hundred items on a line and millions of lines. What matches needs no look at single items;
what does not match is taken apart (`faults.py`), which says what deviates, if anything does.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal, TypeAlias

from zaitaku_rules.read.kokuhoren.layout import Item

Style: TypeAlias = Literal["needed", "values", "all", "mixed"]
"""Quotes where they must stand, around each value, around empty items too, or now so and now so."""

_PREFECTURE = rb"(?:0[1-9]|[1-3]\d|4[0-7])"
_YEAR = rb"(?:19|20)\d\d"
_LETTER = rb"[0-9A-HJ-NPR-Z]"
_KANA = rb"0-9A-Z\xa1-\xdf"
_DOUBLE = rb"[\x81-\x9f\xe0-\xef\xfa-\xfc][\x40-\x7e\x80-\xfc]"
_FORMATS = {
    "month": _YEAR + rb"(?:0[1-9]|1[0-2])",
    # 29 February is left to the calendar.
    "date": _YEAR + rb"(?:(?:0[13578]|1[02])(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)(?:0[1-9]|[12]\d|30)"
    rb"|02(?:0[1-9]|1\d|2[0-8]))",
    "time": rb"(?:[01]?\d|2[0-3])[0-5]\d|[0-5]?\d",
    "service": rb"\d\d",
    "service_code": rb"\d\d" + _LETTER + rb"{4}",
    "municipality": _PREFECTURE + rb"\d{4}",
    "office": _PREFECTURE + _LETTER + rb"\d{7}",
    "person": rb"\d{10}",
}
_DAYS = {
    28: rb"0[1-9]|1\d|2[0-8]",
    29: rb"0[1-9]|[12]\d",
    30: rb"0[1-9]|[12]\d|30",
    31: rb"0[1-9]|[12]\d|3[01]",
}


def line_pattern(
    identity: tuple[str, str], items: Sequence[Item], key: Sequence[str], caught: Sequence[str], *,
    form: str, days: int, style: Style,
) -> re.Pattern[bytes]:  # fmt: skip
    """Return the pattern of a data line; its groups: the serial, the key, and the caught items in order."""
    head = [_set(b"2", style), b"(" + _set(rb"\d{1,9}", style) + b")"]
    head += (_set(part.encode("ascii"), style) for part in identity)
    keyed = (_set(_key(item, days, form), style) for item in items if item.slug in key)
    rest = (_item(item, item.slug in caught, days, style) for item in items[2 + len(key) :])
    return re.compile(b",".join([*head, b"(" + b",".join(keyed) + b")", *rest]))


def _set(value: bytes, style: Style) -> bytes:
    """Return the pattern of an item that is set, in quotes or without them."""
    match style:
        case "needed":
            return b"(?:" + value + b")"
        case "values" | "all":
            return b'"(?:' + value + b')"'
        case _:
            return b'(?:"(?:' + value + b')"|' + value + b")"


def _key(item: Item, days: int, form: str) -> bytes:
    return (form.encode("ascii") or rb"\d{4}") if item.slug == "form" else value_pattern(item, days)


def _item(item: Item, is_caught: bool, days: int, style: Style) -> bytes:
    empty = {"needed": b"", "values": b"", "all": b'""', "mixed": b'(?:"")?'}[style]
    if item.need == "unused":
        return b"(" + empty + b")" if is_caught else empty
    value = _spelled(item, days, style)
    if item.need != "required":
        value += b"|" + empty
    return (b"(" if is_caught else b"(?:") + value + b")"


def _spelled(item: Item, days: int, style: Style) -> bytes:
    """Return the pattern of a value; text and kana with a space stand in quotes in any case."""
    value = value_pattern(item, days)
    if item.format == "text":
        return _set(value, "values")
    if item.format != "kana":
        return _set(value, style)
    spaced = _set(value.replace(_KANA, _KANA + b" "), "values")
    return spaced if style in ("values", "all") else value + b"|" + spaced


def value_pattern(item: Item, days: int = 31) -> bytes:
    """Return the pattern of a value that an item may hold, without quotes; never of an empty one."""
    if item.values:
        zeros = rb"0{0,%d}" if item.type == "N" else b""
        spelled = (
            (zeros % (item.size - len(value)) if zeros else b"") + re.escape(value.encode("ascii"))
            for value in item.values
        )
        return b"|".join(spelled)
    match item.format:
        case "number":
            return rb"\d{1,%d}" % item.size
        case "signed":
            return rb"\d{1,%d}|-\d{1,%d}" % (item.size, item.size - 1)
        case "day":
            return _DAYS[days]
        case "kana":
            return b"[" + _KANA + rb"]{1,%d}" % item.size
        case "text":
            return b"(?:" + _DOUBLE + rb"){1,%d}" % (item.size // 2)
        case "code":
            return (
                rb"(?!0+(?![0-9]))\d{%d}" % item.size if item.type == "C" else rb"[0-9A-Z]{1,%d}" % item.size
            )
        case _:
            return _FORMATS[item.format]

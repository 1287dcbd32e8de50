"""The value of an item beside its text, and the checks of a value that a pattern alone cannot make."""

from __future__ import annotations

import re
from datetime import date, time
from functools import lru_cache
from typing import TypeAlias

from zaitaku_rules.read.kokuhoren.layout import Item
from zaitaku_rules.records.written import municipality_written, provider_written

Value: TypeAlias = int | str | date | time | None
"""What an item holds: None where nothing is set, or where the text cannot be read as its format."""

_NUMBER = re.compile(r"-?\d{1,18}", re.ASCII)
_CLOCK = re.compile(r"\d{1,4}(?:(?<=\d{4})\d\d)?", re.ASCII)
_DAY = re.compile(r"0?[1-9]|[12]\d|3[01]", re.ASCII)
_MONTH = re.compile(r"((?:19|20)\d\d)(0[1-9]|1[0-2])", re.ASCII)
_DATE = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)", re.ASCII)


def value_of(item: Item, text: str) -> Value:
    """Return what a text says as the value of an item.

    Numbers and days of the month are ints, dates are dates, times are times, months are YYYY-MM, the rest
    is text as it stands. A code of zeros is one that is not set.
    """
    if not text or (item.type == "C" and not text.strip("0") and "0" not in item.values):
        return None
    match item.format:
        case "number" | "signed":
            return int(text) if _NUMBER.fullmatch(text) else None
        case "day":
            return int(text) if _DAY.fullmatch(text) else None
        case "time":
            return clock(text)
        case "date":
            return calendar_day(text)
        case "month":
            found = _MONTH.fullmatch(text)
            return f"{found[1]}-{found[2]}" if found else None
        case _:
            return text


def clock(text: str) -> time | None:
    """Return the time that HHMM writes, with or without leading zeros; or HHMMSS."""
    if not _CLOCK.fullmatch(text):
        return None
    hours, minutes = divmod(int(text[:4]), 100)
    seconds = int(text[4:] or "0")
    return time(hours, minutes) if hours < 24 and minutes < 60 and seconds < 60 else None


def calendar_day(text: str) -> date | None:
    """Return the day that YYYYMMDD writes, or None."""
    found = _DATE.fullmatch(text)
    try:
        return date(int(found[1]), int(found[2]), int(found[3])) if found else None
    except ValueError:
        return None


def is_month(text: str) -> bool:
    """Return whether YYYYMM writes a month."""
    return _MONTH.fullmatch(text) is not None


@lru_cache(maxsize=4096)
def is_municipality(code: str) -> bool:
    """Return whether a municipality code has the right check digit (the specification prints none)."""
    return len(code) == 6 and municipality_written(code) == code


@lru_cache(maxsize=4096)
def is_office(number: str) -> bool:
    """Return whether a provider number has the right check digit."""
    return provider_written(number) == number


@lru_cache(maxsize=4096)
def is_full_width(raw: bytes) -> bool:
    """Return whether bytes are full-width CP932 text that is not UTF-8 by mistake."""
    try:
        raw.decode("cp932")
    except UnicodeDecodeError:
        return False
    return not looks_utf8(raw)


def looks_utf8(raw: bytes) -> bool:
    """Return whether bytes are UTF-8 rather than CP932: all that is not ASCII reads as Japanese."""
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        return False
    signs = [sign for sign in text if sign > "\x7f"]
    return bool(signs) and all(
        "　" <= sign <= "鿿" or "！" <= sign <= "￮" or sign in _OTHER for sign in signs
    )


_OTHER = frozenset("①②③④⑤⑥⑦⑧⑨⑩ⅠⅡⅢ→←↑↓〜―‐–—…‥・※○●◎△▲▽▼□■◇◆☆★×÷±℃㎡")

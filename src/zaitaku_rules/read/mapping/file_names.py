"""The names of exported files: which a mapping means, and what a name itself says.

In a name `*` stands for anything and `{user_id}`, `{month}` or another field for a part that is its value.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache

from zaitaku_rules.records.written import month_written, normal

_MONTH_IN_NAME = re.compile(
    r"(?<!\d)\d{4}年\d{1,2}月|(?<!\d)20\d{2}-?(?:0[1-9]|1[0-2])(?!\d)|(?:R|令和)\s*\d{1,2}[.年]\d{1,2}月?"
)
_PLACE = re.compile(r"\{(\w+)\}|\*|\?")
_WESTERN_MONTH = re.compile(r"(\d{4})年?(\d{1,2})月?")


def told_by(pattern: str, name: str) -> Mapping[str, str] | None:
    """Return what a file name says by a pattern, None for a name that is not meant."""
    found = _expression(pattern).fullmatch(_composed(name))
    return found.groupdict() if found else None


def fields_of(pattern: str) -> list[str]:
    """Return the fields that a pattern reads from names."""
    return [found[1] for found in _PLACE.finditer(pattern) if found[1]]


def for_any_month(name: str) -> str:
    """Return the pattern of a name that holds a month: it fits the files of other months too."""
    return _MONTH_IN_NAME.sub("{month}", name, count=1)


def month_in(text: str | None) -> str | None:
    """Return the month that a part of a name writes, such as 202603, 2026年3月, 2026-03 or R8.3."""
    if text is None:
        return None
    western = _WESTERN_MONTH.fullmatch(normal(text))
    return month_written(f"{western[1]}-{int(western[2]):02d}" if western else text)


@lru_cache(maxsize=256)
def _expression(pattern: str) -> re.Pattern[str]:
    """Return a pattern as a regular expression; letters of any case fit, as in names on Windows."""
    text, end = "", 0
    for found in _PLACE.finditer(_composed(pattern)):
        text += re.escape(_composed(pattern)[end : found.start()])
        text += f"(?P<{found[1]}>.+?)" if found[1] else ".*" if found[0] == "*" else "."
        end = found.end()
    return re.compile(text + re.escape(_composed(pattern)[end:]), re.IGNORECASE | re.DOTALL)


def _composed(name: str) -> str:
    """Return a name with its signs composed: macOS writes が in two parts."""
    return unicodedata.normalize("NFC", name)

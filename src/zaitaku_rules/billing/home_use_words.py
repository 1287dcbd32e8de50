"""What a remark says of the place: words by which a home day or a day elsewhere is told (備考)."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal, TypeAlias, cast

from zaitaku_rules.errors import InvalidInput, UnreadableFile, nearest, shown_name
from zaitaku_rules.read import shown_path

Said: TypeAlias = Literal["home", "away", ""]
"""What a remark says of the place; "" where it says nothing, or both."""

_SPACE = re.compile(r"\s+")
_LISTS = ("home", "away", "aside")


@dataclass(frozen=True, slots=True)
class HomeUseWords:
    """The words of remarks, and what else no specification fixes; `edition` dates the list."""

    edition: date
    home: tuple[str, ...]
    away: tuple[str, ...]
    aside: tuple[str, ...] = ()
    remark_expected: bool = False
    contact_margin_minutes: int = 30

    def said(self, remark: str) -> Said:
        """Return what a remark says of the place."""
        text = _plain(remark)
        for word in sorted(map(_plain, self.aside), key=len, reverse=True):
            text = text.replace(word, " ")
        is_home = any(_plain(word) in text for word in self.home)
        is_away = any(_plain(word) in text for word in self.away)
        if is_home == is_away:
            return ""
        return "home" if is_home else "away"


def _plain(text: str) -> str:
    return _SPACE.sub("", unicodedata.normalize("NFKC", text)).casefold()


@lru_cache(maxsize=1)
def shipped_words() -> HomeUseWords:
    """Return the words of the package."""
    text = (files("zaitaku_rules.billing") / "home_use_words.toml").read_text("utf-8")
    return _words(tomllib.loads(text), "home_use_words.toml")


def load_words(path: str | Path) -> HomeUseWords:
    """Return the words of a TOML file laid out as the package's; raises InvalidInput for what is wrong."""
    place = shown_path(str(path))
    try:
        text = Path(path).read_text("utf-8-sig")
    except (OSError, ValueError):
        raise UnreadableFile(
            "備考の語の一覧を読めません。UTF-8 の TOML ファイルを指定してください。",
            "the list of words cannot be read: give a TOML file in UTF-8",
            place=place,
        ) from None
    try:
        return _words(tomllib.loads(text), place)
    except tomllib.TOMLDecodeError as error:
        raise no_toml(error, place) from None


def no_toml(error: tomllib.TOMLDecodeError, place: str) -> UnreadableFile:
    """Return the error of a file that is no TOML: where it ends to be some, and nothing that stands there."""
    found = re.search(r"line (\d+)", str(error))
    return UnreadableFile(
        "TOML として読めません。この行の書き方を確かめてください。",
        "cannot be read as TOML: check how this line is written",
        place=f"{place}:{found[1]}" if found else place,
    )


def _words(given: dict[str, Any], place: str) -> HomeUseWords:
    _refuse_strangers(given, place)
    lists = {name: _texts(given.get(name, []), name, place) for name in _LISTS}
    edition, margin = given.get("edition"), given.get("contact_margin_minutes", 30)
    expected = given.get("remark_expected", False)
    if type(edition) is not date:
        raise _wrong("edition", "日付(2026-11-23 など)", "a date such as 2026-11-23", place)
    if type(margin) is not int or not 0 <= margin <= 1440:
        raise _wrong("contact_margin_minutes", "0 から 1440 の整数", "a number from 0 to 1440", place)
    if type(expected) is not bool:
        raise _wrong("remark_expected", "true か false", "true or false", place)
    return HomeUseWords(edition, lists["home"], lists["away"], lists["aside"], expected, margin)


def _refuse_strangers(given: dict[str, Any], place: str) -> None:
    known = ("edition", *_LISTS, "remark_expected", "contact_margin_minutes")
    for name in given:
        if name not in known:
            near = nearest(name, known)
            raise InvalidInput(
                f"{shown_name(name)} という項目はありません。{f'{near} のことですか。' if near else ''}",
                f"no field {shown_name(name)}{f'; did you mean {near}?' if near else ''}",
                place=place,
            )


def _texts(given: object, name: str, place: str) -> tuple[str, ...]:
    items = cast("list[object]", given) if isinstance(given, list) else [None]
    if not all(isinstance(item, str) and _plain(item) for item in items):
        raise _wrong(name, "空でない語の一覧", "a list of words, none of them empty", place)
    return tuple(str(item) for item in items)


def _wrong(name: str, ja: str, en: str, place: str) -> InvalidInput:
    return InvalidInput(f"{name} は{ja}です。", f"{name} must be {en}", place=place)

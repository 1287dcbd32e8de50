"""Every error this library raises, in one tree.

A message says what was found, what was expected, where, and what to do. It never repeats a name, free
text or a certificate number: of wrong values only digits, separators and era signs are shown.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass

_ECHOED = re.compile(r"[0-9０-９.,:/~〜～+\-−－年月日元MTSHRmtshr明治大正昭和平成令和 　()]{1,40}")
_LONG = re.compile(r"(?:[0-9０-９][ 　\-－]?){9}")
_DATE_LIKE = re.compile(r"\d{4}[-/]\d{1,2}[-/]\d{1,2}(?!\d)")
_LETTERS = re.compile(r"[^A-Za-z_]")


@dataclass(frozen=True, slots=True)
class Message:
    """One sentence in Japanese and in English."""

    ja: str
    en: str

    def said_in(self, lang: str) -> str:
        """Return the sentence in `lang`, "ja" or "en"."""
        return self.ja if lang == "ja" else self.en


class ZaitakuError(Exception):
    """The root of all errors of this library; `message` holds both languages."""

    def __init__(self, ja: str, en: str, *, place: str = "") -> None:
        """Keep the message in both languages and the place (file, line, field) it speaks of."""
        super().__init__(f"{place}: {en}" if place else en)
        self.message = Message(ja, en)
        self.place = place

    def said_in(self, lang: str) -> str:
        """Return place and message in `lang`, "ja" or "en", as one line."""
        said = self.message.said_in(lang)
        return f"{self.place}: {said}" if self.place else said


class WrongUse(ZaitakuError, TypeError):
    """A set of days was used in a way that would silently give a wrong answer."""


class InvalidInput(ZaitakuError, ValueError):
    """A case document, or a line of one, does not follow the case format."""


class UnreadableFile(InvalidInput):
    """A file could not be read as text or as JSON."""


class InvalidCall(ZaitakuError, ValueError):
    """An option or argument names something that does not exist."""


class InvalidLaw(ZaitakuError, ValueError):
    """A law file or an overlay contradicts itself, the nation or the catalogue."""


def missing_extra(module: str | None, extras: str) -> InvalidCall:
    """Return the error for a library that only an extra brings; `extras` are those to install."""
    return InvalidCall(
        f"{module} がありません。pip install 'zaitaku-rules[{extras}]' で入れてください。",
        f"{module} is not installed: pip install 'zaitaku-rules[{extras}]'",
    )


def nearest(found: str, known: Iterable[str]) -> str | None:
    """Return the known word nearest to `found`, or None where none is near; of equals one of its letters."""
    near = difflib.get_close_matches(found, list(known), cutoff=0.5)
    return next((word for word in near if sorted(word) == sorted(found)), next(iter(near), None))


def shown_value(value: object, *, is_public_number: bool = False) -> str | None:
    """Return a wrong value if it holds only digits, separators and era signs, else None.

    A run of nine digits or more may be a certificate number, and is shown only where the field holds a
    public number (of a provider).
    """
    if isinstance(value, bool):
        return None
    text = str(value) if isinstance(value, int | float | str) else ""
    is_long = _LONG.search(text) and not _DATE_LIKE.match(text) and not is_public_number
    return text if _ECHOED.fullmatch(text) and not is_long else None


def shown_name(name: str) -> str:
    """Return the ASCII letters and underscores of an unknown field name, at most 40 of them."""
    return _LETTERS.sub("", name)[:40] or "?"

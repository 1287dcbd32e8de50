"""The words of the case file's fields and of the values they take."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from functools import lru_cache
from importlib.resources import files
from typing import Any

from zaitaku_rules.errors import InvalidLaw, Message
from zaitaku_rules.explain import words

VALUES = "words"
"""The part of the words that says what values mean."""


@lru_cache(maxsize=1)
def field_words() -> dict[str, Any]:
    """Return the words of fields by list and field, and of values by list and field."""
    return tomllib.loads((files("zaitaku_rules.words") / "fields.toml").read_text("utf-8"))


def field_said(part: str, name: str) -> Message:
    """Return what a field of a list holds."""
    held = field_words()
    return _message(held.get(part, {}).get(name) or held["every"].get(name), f"{part}.{name}")


def value_said(part: str, name: str, value: str) -> Message:
    """Return what a value of a field means."""
    held = field_words()[VALUES].get(f"{part}.{name}", {})
    return _message(held.get(value) or words()["values"].get(value), f"{part}.{name} = {value}")


def unused(fields: Iterable[tuple[str, str]]) -> list[str]:
    """Return the fields that have words of their own but are no longer there."""
    known = set(fields)
    held = {part: said for part, said in field_words().items() if part not in ("every", VALUES)}
    return [f"{part}.{name}" for part, said in held.items() for name in said if (part, name) not in known]


def _message(said: dict[str, str] | None, place: str) -> Message:
    if said is None:
        raise InvalidLaw(
            f"{place} の説明が words/fields.toml にありません。",
            f"{place} is not described in words/fields.toml",
        )
    return Message(said["ja"], said["en"])

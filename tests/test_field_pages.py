"""The data dictionary names every field, and a field without words, or words without a field, are told."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from zaitaku_rules.errors import InvalidLaw
from zaitaku_rules.records.shapes import shapes
from zaitaku_rules.write import field_words as words
from zaitaku_rules.write.field_pages import field_pages
from zaitaku_rules.write.schema import schema_of

PAGE = "data-dictionary.md"


@pytest.fixture
def said() -> Iterator[dict[str, Any]]:
    """The words of fields, to be changed and read anew afterwards."""
    yield words.field_words()
    words.field_words.cache_clear()


def test_every_field_stands_in_both_halves() -> None:
    schema = schema_of("case")
    for half in field_pages()[PAGE].split("\n---\n"):
        for name, model in {"case": schema, **schema["$defs"]}.items():
            lists = {one for one in model["properties"] if one in shapes()}
            for field in set(model["properties"]) - lists:
                assert f"| `{field}` |" in half, (name, field)
            for one in lists - {"coverage"}:
                assert f"\n## `{one}` " in half


def test_every_word_and_column_stands_in_it() -> None:
    page = field_pages()[PAGE]
    for shape in shapes().values():
        assert f"| `{shape.name}` | `{shape.key}` |" in page
        for column in shape.columns:
            assert f"`{column.name}{'' if column.required else '?'}`" in page
            for value in () if column.name in ("source", "covers") else column.allowed:
                assert f"`{value}` " in page, (shape.name, column.name, value)


@pytest.mark.parametrize(
    ("path", "place"),
    [
        (("days", "activity"), "days.activity"),
        (("case", "as_of"), "case.as_of"),
        (("every", "id"), "contacts.id"),
        (("tables", "wish_on"), "tables.wish_on"),
        (("coverage", "user_id"), "coverage.user_id"),
        (("words", "days.place", "offsite"), ""),
        (("words", "contacts.by", "staff"), "contacts.by = staff"),
        (("words", "evaluations.covers", "weekly"), "evaluations.covers = weekly"),
    ],
)
def test_a_field_or_word_without_words_is_told(
    said: dict[str, Any], path: tuple[str, ...], place: str
) -> None:
    *outer, last = path
    held = said
    for name in outer:
        held = held[name]
    del held[last]
    if not place:  # Found among the values of the rules' own words.
        assert "`offsite` 施設外" in field_pages()[PAGE]
        return
    with pytest.raises(InvalidLaw, match=f"^{place} is not described"):
        field_pages()


@pytest.mark.parametrize(("part", "name"), [("days", "colour"), ("colours", "red"), ("tables", "colour")])
def test_words_without_a_field_are_told(said: dict[str, Any], part: str, name: str) -> None:
    said.setdefault(part, {})[name] = {"ja": "色", "en": "colour"}
    with pytest.raises(InvalidLaw, match=f"there is no {part}.{name}"):
        field_pages()

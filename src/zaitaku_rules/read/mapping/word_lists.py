"""The words and constants of a mapping that hold for a column, however far from it they are written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeAlias, cast

from zaitaku_rules.read.mapping.model import Fixed, MappingFile, Words
from zaitaku_rules.records.shapes import Column, Shape
from zaitaku_rules.records.written import normal

WordTable: TypeAlias = tuple[tuple[str, ...], tuple[str, ...], Words]
"""The path of a table of words, the fields that it may be for, and its words."""


def word_tables(file: MappingFile) -> Iterator[WordTable]:
    """Yield the tables of words: `[words.place]` for a field of all tables, `[words.days.place]` for one."""
    for name, held in file.words.items():
        inner = {key: said for key, said in held.items() if isinstance(said, Mapping)}
        if len(inner) < len(held) or not held:
            own = {key: said for key, said in held.items() if key not in inner}
            yield ("words", name), (name,), cast("Words", own)
        for field, words in inner.items():
            yield ("words", name, field), (f"{name}.{field}",), words


def words_for(file: MappingFile, table: str, column: Column) -> dict[str, object]:
    """Return the words of a column by what stands in the file, the nearest written last."""
    found: dict[str, object] = {}
    tables = sorted(word_tables(file), key=lambda one: "." in one[1][0])
    for _, names, words in tables:
        if names[0] in (column.name, f"{table}.{column.name}"):
            found |= by_sight(words)
    return found


def by_sight(words: Words) -> dict[str, object]:
    """Return words by what is seen: full-width and half-width signs, and capitals, are the same."""
    return {seen(word): value for word, value in words.items()}


def seen(text: str) -> str:
    """Return what is seen of a text, for comparing: without differences of width, case and blanks."""
    return "".join(normal(text).lower().split())


def constants_of(file: MappingFile, shape: Shape) -> dict[str, Fixed]:
    """Return the constants of a table; one without a table is meant for columns that must be given."""
    needed = {column.name for column in shape.columns if column.required}
    found = {
        name: value
        for name, value in file.constants.items()
        if name in needed and not isinstance(value, Mapping)
    }
    own = file.constants.get(shape.name)
    return {**found, **own} if isinstance(own, Mapping) else found

"""What a mapping must not say: tables, fields and words that the contract does not have, and gaps."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from zaitaku_rules.errors import Message, nearest
from zaitaku_rules.read.mapping.file_names import fields_of
from zaitaku_rules.read.mapping.model import Cell, MappedFile, MappedRows, MappingFile
from zaitaku_rules.read.mapping.word_lists import constants_of, word_tables
from zaitaku_rules.records.shapes import Column, Shape, shapes

Fault: TypeAlias = tuple[tuple[int | str, ...], Message]
"""The path of an entry, and what is wrong with it."""

PERIOD = "period"
"""A field that stands for `from` and `to`, as a certificate writes them in one cell."""

_JOINED = ("date", "moment", "either", "text")


_NO_FILE = Message(
    "[[file]] がありません。どのファイルを読むのかを書いてください。", "no [[file]]: say which files to read"
)
_NO_ROWS = Message(
    "[[file.rows]] がありません。ファイルの行をどの表に入れるのかを書いてください。",
    "no [[file.rows]]: say into which tables the lines of the file go",
)


def faults_of(file: MappingFile, given: Mapping[str, Sequence[Mapping[str, Any]]]) -> Iterator[Fault]:
    """Yield all that is wrong with a mapping whose form is right."""
    yield from _of_constants(file)
    yield from _of_words(file)
    for number, mapped in enumerate(file.file):
        yield from _of_name(mapped, number)
        if not mapped.rows:
            yield ("file", number), _NO_ROWS
        for inner, rows in enumerate(mapped.rows):
            here = ("file", number, "rows", inner)
            yield from (((*here, *path), said) for path, said in _of_rows(file, mapped, rows))
    for table, listed in given.items():
        for number, row in enumerate(listed):
            yield from _of_given(file, shapes()[table], row, (table, number))
    if not file.file:
        yield (), _NO_FILE


def _of_constants(file: MappingFile) -> Iterator[Fault]:
    names = {column.name for shape in shapes().values() for column in shape.columns if column.required}
    for name, value in file.constants.items():
        if not isinstance(value, Mapping):
            if name not in names:
                yield ("constants", name), unknown("項目", "field", name, names)
        elif name not in shapes():
            yield ("constants", name), unknown("表", "table", name, shapes())
        else:
            known = _columns(shapes()[name])
            yield from (
                (("constants", name, inner), unknown("列", "column", inner, known))
                for inner in value
                if inner not in known
            )


def _of_words(file: MappingFile) -> Iterator[Fault]:
    for path, names, words in word_tables(file):
        columns = [column for name in names for column in _found(name)]
        if not columns:
            yield (
                path,
                unknown(
                    "項目",
                    "field",
                    names[-1],
                    {name for shape in shapes().values() for name in _columns(shape)},
                ),
            )
        for word, value in words.items() if columns else ():
            if not any(fits(value, column) for column in columns):
                yield (*path, word), _not_allowed(value, columns[0])


def _found(name: str) -> list[Column]:
    """Return the columns that "place" or "days.place" names."""
    table, _, column = name.rpartition(".")
    held = [shapes()[table]] if table in shapes() else [] if table else shapes().values()
    return [one for shape in held for one in shape.columns if one.name == column]


def _of_name(mapped: MappedFile, number: int) -> Iterator[Fault]:
    said = fields_of(mapped.name)
    known = [
        "month",
        *dict.fromkeys(name for rows in mapped.rows for name in _columns(shapes().get(rows.table))),
    ]
    for name in said:
        if name not in known or said.count(name) > 1:
            yield ("file", number, "name"), unknown("{ } の中の項目", "field in { }", name, known)


def _of_rows(file: MappingFile, mapped: MappedFile, rows: MappedRows) -> Iterator[Fault]:
    shape = shapes().get(rows.table)
    if shape is None:
        yield ("table",), unknown("表", "table", rows.table, shapes())
        return
    known = _columns(shape)
    for name, cell in rows.cells.items():
        column = known.get(name)
        if column is None and not (name == PERIOD and {"from", "to"} <= {*known}):
            yield (name,), unknown("列", "column", name, [*known, "table", "when", "unless", "split"])
        elif column is not None:
            yield from (((name, *path), said) for path, said in _of_cell(cell, column))
    told = {*rows.cells, *constants_of(file, shape), *fields_of(mapped.name)}
    told |= {"from"} if PERIOD in told else set()
    for column in shape.columns:
        if column.required and column.name not in told:
            yield (), _missing(rows.table, column)


def _of_cell(cell: Cell, column: Column) -> Iterator[Fault]:
    if len(cell.read_from) > 1 and (column.kind not in _JOINED or column.allowed):
        yield ("columns",), Message("この項目は一つの列から読みます。", "this field is read from one column")
    if cell.value is not None and not fits(cell.value, column):
        yield ("value",), _not_allowed(cell.value, column)
    for word, value in cell.words.items():
        if not fits(value, column):
            yield ("words", word), _not_allowed(value, column)


def _of_given(
    file: MappingFile, shape: Shape, row: Mapping[str, Any], here: tuple[int | str, ...]
) -> Iterator[Fault]:
    known = _columns(shape)
    for name in row:
        if name not in known:
            yield (*here, name), unknown("列", "column", name, known)
    told = {*row, *constants_of(file, shape)}
    if lacking := [column.name for column in shape.columns if column.required and column.name not in told]:
        ja, en = "、".join(lacking), ", ".join(lacking)
        yield (
            here,
            Message(
                f"{ja} がありません。{lacking[0]} = 値 の形で書き加えてください。",
                f"{en} missing: add such as {lacking[0]} = value",
            ),
        )


def fits(value: object, column: Column) -> bool:
    """Tell whether a column may hold a value; of those with listed values only these, and "" for nothing."""
    if value == "":
        return True
    if column.kind == "flag":
        return isinstance(value, bool)
    return not column.allowed or value in column.allowed


def unknown(ja: str, en: str, name: str, known: Iterable[str]) -> Message:
    """Return the sentence on a word that is none of those known."""
    listed = [*known]
    near, shown = nearest(name.lower(), listed), ", ".join(listed if len(listed) < 30 else [])
    meant = (f"{near} のことですか。", f"; did you mean {near}?") if near else ("", "")
    usable = (f"使えるもの: {shown}", f" (known: {shown})") if shown else ("", "")
    return Message(f"その{ja}はありません。{meant[0]}{usable[0]}", f"no such {en}{meant[1]}{usable[1]}")


def _not_allowed(value: object, column: Column) -> Message:
    listed = ", ".join(column.allowed) or "true, false"
    near = nearest(str(value).lower(), listed.split(", "))
    return Message(
        f"{column.name} の値として使えません。{f'{near} のことですか。' if near else ''}使える値: {listed}",
        f"not a value of {column.name}{f'; did you mean {near}?' if near else ''} (allowed: {listed})",
    )


def _missing(table: str, column: Column) -> Message:
    return Message(
        f'表 {table} の {column.name} がありません。{column.name} = "列の名前" を加えるか、'
        "いつも同じ値なら [constants] に書いてください。",
        f'table {table} needs {column.name}: add {column.name} = "name of the column", or, where it is '
        "always the same, an entry under [constants]",
    )


def _columns(shape: Shape | None) -> dict[str, Column]:
    return {column.name: column for column in shape.columns} if shape else {}

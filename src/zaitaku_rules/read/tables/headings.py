"""What is wrong with the tables themselves, before any row is read: their names and their columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from zaitaku_rules.errors import InvalidInput, nearest, shown_name
from zaitaku_rules.read.tables.table import Table
from zaitaku_rules.records.shapes import PROVIDERS, USERS, Shape, shapes

_NEEDED = {
    USERS: (
        "利用者の表 users がありません。列 user_id、municipality、provider_number を書いてください。",
        "no table users: it needs the columns user_id, municipality and provider_number",
    ),
    PROVIDERS: (
        "事業所の表 providers がありません。列 provider_number、service を書いてください。",
        "no table providers: it needs the columns provider_number and service",
    ),
}


def unfit(tables: Sequence[Table], place: str) -> Iterator[InvalidInput]:
    """Yield what keeps tables from being read at all: unknown names, columns unknown, missing or twice."""
    names = [table.name for table in tables]
    for number, table in enumerate(tables):
        shape = shapes().get(table.name)
        if shape is None:
            yield unknown_table(table.name, table.place)
        elif table.name in names[:number]:
            yield InvalidInput(
                f"表 {table.name} が二つあります。どちらかを除いてください。",
                f"table {table.name} is given twice: take one of them away",
                place=table.place,
            )
        else:
            yield from _wrong_columns(table, shape)
    for name, (ja, en) in _NEEDED.items():
        if name not in names:
            yield InvalidInput(ja, en, place=place)


def unknown_table(name: str, place: str) -> InvalidInput:
    """Return the error for a table that the contract does not have, with the nearest one that it has."""
    near, known = nearest(name.lower(), shapes()), ", ".join(shapes())
    return InvalidInput(
        f"その名前の表はありません。{f'{near} のことですか。' if near else ''}使える表: {known}",
        f"no table has that name{f'; did you mean {near}?' if near else ''} (known: {known})",
        place=place,
    )


def _wrong_columns(table: Table, shape: Shape) -> Iterator[InvalidInput]:
    known = [column.name for column in shape.columns]
    for number, name in enumerate(table.columns):
        if name not in known:
            yield _unknown_column(table, name, known)
        elif name in table.columns[:number]:
            yield InvalidInput(
                f"列 {name} が二つあります。どちらかを消してください。",
                f"the column {name} stands twice: remove one of them",
                place=table.heading(name).place,
            )
    for column in shape.columns:
        if column.required and column.name not in table.columns:
            yield InvalidInput(
                f"表 {table.name} に列 {column.name} がありません。書き加えてください。",
                f"table {table.name} lacks the column {column.name}: add it",
                place=table.heading(column.name).place,
            )


def _unknown_column(table: Table, name: str, known: list[str]) -> InvalidInput:
    near, listed = nearest(name.strip().lower(), known), ", ".join(known)
    return InvalidInput(
        f"知らない列です({shown_name(name)})。{f'{near} のことですか。' if near else ''}使える列: {listed}",
        f"unknown column ({shown_name(name)}){f'; did you mean {near}?' if near else ''} (known: {listed})",
        place=table.heading(name).place,
    )

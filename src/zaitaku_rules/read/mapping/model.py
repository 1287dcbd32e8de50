"""What a mapping file says: which files feed which tables, and how their columns and words are read."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time
from typing import Annotated, Any, Literal, TypeAlias, cast

from pydantic import Field, StrictBool, StrictInt, StrictStr, model_validator

from zaitaku_rules.records.fields import Month, fault
from zaitaku_rules.records.row import Row

Text: TypeAlias = Annotated[StrictStr, Field(min_length=1)]
Fixed: TypeAlias = StrictBool | StrictInt | StrictStr | date | time
Words: TypeAlias = Mapping[str, StrictBool | StrictInt | StrictStr]
"""By what stands in a file the word of the contract; "" means that nothing is said."""

_OF_ROWS = ("table", "when", "unless", "split")


class Condition(Row):
    """Which rows are meant: those in which each column holds one of its words, or (None) anything at all."""

    columns: Mapping[str, tuple[StrictStr, ...] | None]

    @model_validator(mode="before")
    @classmethod
    def _spelled_out(cls, data: Any) -> Any:
        if isinstance(data, str):
            return {"columns": {data: None}}
        if not isinstance(data, dict) or not data:
            raise fault(
                '列の名前か { "列の名前" = ["値"] } の形で書いてください。',
                'write the name of a column, or { "column" = ["value"] }',
            )
        given = cast("dict[str, Any]", data)
        return {"columns": {name: _several(held) for name, held in given.items()}}


def _as_columns(data: Any, *, is_list: bool) -> Any:
    return {"columns": data} if is_list else data


def _several(held: Any) -> Any:
    return [held] if isinstance(held, str) else held


class Cell(Row):
    """What a field is read from: a column, several that belong together, or one value for all rows."""

    column: Text | None = None
    columns: Annotated[tuple[Text, ...], Field(min_length=1)] | None = None
    value: Fixed | None = None
    words: Words = Field(default_factory=dict)

    @model_validator(mode="before")
    @classmethod
    def _spelled_out(cls, data: Any) -> Any:
        if isinstance(data, str):
            return {"column": data}
        return _as_columns(data, is_list=isinstance(data, list))

    @model_validator(mode="after")
    def _one_source(self) -> Cell:
        if sum(said is not None for said in (self.column, self.columns, self.value)) != 1:
            raise fault(
                "column(列の名前)、columns(列の一覧)、value(いつも同じ値)のどれか一つを書いてください。",
                "write one of column, columns (several that belong together) and value (always the same)",
            )
        return self

    @property
    def read_from(self) -> tuple[str, ...]:
        """The columns that the cell is read from."""
        return self.columns or ((self.column,) if self.column else ())


class MappedRows(Row):
    """Rows of one table that each line of a file gives (`[[file.rows]]`)."""

    table: Text
    when: Condition | None = None
    unless: Condition | None = None
    split: tuple[Text, ...] = ()
    cells: Mapping[str, Cell]

    @model_validator(mode="before")
    @classmethod
    def _fields_apart(cls, data: Any) -> Any:
        if not isinstance(data, dict):
            return data  # pyright: ignore[reportUnknownVariableType]  # whatever came, as it came
        given = cast("dict[str, Any]", data)
        own = {name: said for name, said in given.items() if name in _OF_ROWS}
        return {**own, "cells": {name: said for name, said in given.items() if name not in _OF_ROWS}}


class MappedFile(Row):
    """One kind of file (`[[file]]`): its names, how its text is written, and the rows that it gives."""

    name: Text
    encoding: Literal["utf-8", "cp932", "utf-16", "euc-jp"] | None = None
    delimiter: Literal[",", ";", "\t"] = ","
    heading_row: StrictInt | tuple[StrictInt, ...] | None = None
    when: Condition | None = None
    unless: Condition | None = None
    rows: tuple[MappedRows, ...]

    @model_validator(mode="after")
    def _lines_exist(self) -> MappedFile:
        lines = self.heading_lines
        if any(line < 1 for line in lines) or [*lines] != sorted(set(lines)):
            raise fault(
                "heading_row には見出しのある行の番号(1以上、上から順)を書いてください。",
                "heading_row: write the numbers of the lines with the headings, from 1, in order",
            )
        return self

    @property
    def heading_lines(self) -> tuple[int, ...]:
        """The lines on which the headings stand; none where they are to be found."""
        row = self.heading_row
        return (row,) if isinstance(row, int) else row or ()

    @property
    def named_columns(self) -> list[str]:
        """All columns of the file that the mapping names, each once."""
        conditions = [self.when, self.unless, *(of for rows in self.rows for of in (rows.when, rows.unless))]
        names = [name for condition in conditions if condition for name in condition.columns]
        for rows in self.rows:
            names += [*rows.split, *(name for cell in rows.cells.values() for name in cell.read_from)]
        return [*dict.fromkeys(names)]


class MappingFile(Row):
    """A mapping file as a whole, without the rows that it gives itself."""

    schema_: Annotated[Literal["zaitaku-mapping/1"], Field(alias="schema")]
    month: Month | None = None
    ignore: tuple[Text, ...] = ()
    constants: Mapping[str, Fixed | Mapping[str, Fixed]] = Field(default_factory=dict)
    words: Mapping[str, Words | Mapping[str, Words]] = Field(default_factory=dict)
    file: tuple[MappedFile, ...] = ()

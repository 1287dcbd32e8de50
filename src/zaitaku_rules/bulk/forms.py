"""How values are written as text: the plain form that engines read, and the readers of all other forms."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache, partial
from typing import Any, TypeAlias

from zaitaku_rules.bulk.engines import ibis, pa
from zaitaku_rules.records.shapes import Column
from zaitaku_rules.records.written import (
    clock_written,
    date_written,
    moment_written,
    month_written,
    municipality_written,
    normal,
    provider_written,
)

Reader: TypeAlias = Callable[[Any], Any]
"""Gives the value of a column as an expression."""

Strange: TypeAlias = Mapping[tuple[str, str], Sequence[str]]
"""By column and name of a form the texts that need a reader."""

MOST = 1_000_000
"""So many different texts of a column are read one by one; if there are more, the rest is unreadable."""


@dataclass(frozen=True, slots=True)
class Form:
    """What a text is that is no plain value: its name, its reader, and the type of what is read.

    `plain` is the form, as a regular expression, that needs no reader; None where only a reader can tell.
    """

    name: str
    read: Callable[[str], Any]
    type: Any
    plain: str | None = None


def _clock(text: str) -> str | None:
    clock = clock_written(text)
    return f"{clock:%H:%M}" if clock else None


def _granted(text: str) -> str | None:
    days = normal(text)
    return days if days == "standard" or (days.isdecimal() and 1 <= int(days) <= 31) else None


def _day(text: str) -> date | None:
    moment = moment_written(text)
    return date_written(text) or (moment.date() if moment else None)


_provider = lru_cache(maxsize=1 << 16)(provider_written)

DATE = Form("date", date_written, pa.date32())
MOMENT = Form("moment", moment_written, pa.timestamp("us"))
DAY_OF_EITHER = Form("date or moment", _day, pa.date32())

_CLOCK = r"^([01]\d|2[0-3]):[0-5]\d$"

_TEXTS: dict[str, Form] = {
    "start": Form("time of day", _clock, pa.string(), _CLOCK),
    "end": Form("time of day", _clock, pa.string(), _CLOCK),
    "month": Form("month", month_written, pa.string(), r"^(19|20|21)\d{2}-(0[1-9]|1[0-2])$"),
    "days_per_month": Form("number of days", _granted, pa.string(), r"^(standard|[1-9]|[12]\d|3[01])$"),
    "provider_number": Form("provider number", _provider, pa.string()),
    "provider": Form("provider number", _provider, pa.string()),
    "municipality": Form("code", municipality_written, pa.string()),
}


def text_form(column: Column) -> Form | None:
    """Return the form of a column of text; None where any text will do."""
    return _TEXTS.get(column.name) if column.kind == "text" else None


@dataclass(frozen=True, slots=True)
class _Asked:
    column: str
    form: Form
    strange: Any


class Written:
    """A table with, beside its columns, what texts say that the engine cannot read: each text read once.

    First all columns are asked for; `read` then looks for strange texts in one pass and reads them.
    """

    def __init__(
        self, connection: Any, given: Any, few: Mapping[str, frozenset[str]], strange: Strange | None = None
    ) -> None:
        """Prepare to read columns of `given`; `few` holds all texts of columns that have few.

        `strange` holds the texts to be read, where they were looked up for all tables at once.
        """
        self.connection = connection
        self.strange = strange
        self.given = given
        self.few = few
        self._asked: list[_Asked] = []
        self._beside: dict[tuple[str, str], str] = {}
        self._plain: set[str] = set()

    def value(self, name: str, form: Form, plain: Reader) -> Reader:
        """Ask for a column; `plain` gives the value of text that the engine can read, else null.

        Returns the function that gives the values from the rows that `read` returns.
        """
        raw = self.given[name]
        self._asked.append(_Asked(name, form, raw.notnull() & plain(raw).isnull()))

        def values(rows: Any) -> Any:
            beside = self._beside.get((name, form.name))
            return plain(rows[name]).coalesce(rows[beside]) if beside else plain(rows[name])

        return values

    def in_doubt(self) -> list[Any]:
        """Return for each column asked for the rows (column, form, text) of texts that need reading."""
        return [
            self.given.filter(asked.strange).select(
                column=ibis.literal(asked.column),
                form=ibis.literal(asked.form.name),
                text=self.given[asked.column],
            )
            for asked in self._asked
        ]

    def text(self, name: str, form: Form) -> Reader:
        """Ask for a column of text, which keeps what is right as it stands."""
        if form.plain is not None:
            read = self.value(name, form, partial(_fitting, form.plain))
            return lambda rows: rows[name] if name in self._plain else read(rows)
        self._asked.append(_Asked(name, form, self.given[name].notnull()))

        def values(rows: Any) -> Any:
            beside = self._beside.get((name, form.name))
            return rows[beside] if beside else rows[name]

        return values

    def read(self) -> Any:
        """Return the table with what was read beside it."""
        rows = self.given
        for asked in self._strange():
            said = self._said(asked)
            if asked.form.plain is not None or asked.form.type != pa.string():
                wanted = any(value is not None for value in said.values())
            else:
                wanted = any(text != value for text, value in said.items())
            if wanted:
                rows = self._join(rows, asked, said)
        return rows

    def _strange(self) -> list[_Asked]:
        if not self._asked:
            return []
        if self.strange is not None:
            return [asked for asked in self._asked if (asked.column, asked.form.name) in self.strange]
        self._plain = {asked.column for asked in self._asked if self._is_plain(asked)}
        left = [asked for asked in self._asked if asked.column not in self._plain]
        if not left:
            return []
        looked = {f"c{number}": asked.strange.any() for number, asked in enumerate(left)}
        (found,) = self.connection.to_pyarrow(self.given.aggregate(**looked)).to_pylist()
        return [asked for number, asked in enumerate(left) if found[f"c{number}"]]

    def _is_plain(self, asked: _Asked) -> bool:
        """Tell whether all texts of a column have the plain form, where they are few."""
        plain, few = asked.form.plain, self.few.get(asked.column)
        if plain is None or few is None:
            return False
        return all(re.fullmatch(plain, text, re.ASCII) for text in few)

    def _said(self, asked: _Asked) -> dict[str, Any]:
        if self.strange is not None:
            return {text: asked.form.read(text) for text in self.strange[asked.column, asked.form.name]}
        rows = self.given.filter(asked.strange).select(text=self.given[asked.column]).distinct()
        listed: list[str] = self.connection.to_pyarrow(rows.order_by("text").limit(MOST))["text"].to_pylist()
        return {text: asked.form.read(text) for text in listed}

    def _join(self, rows: Any, asked: _Asked, said: dict[str, Any]) -> Any:
        text = f"{asked.column}: {asked.form.name} text"
        beside = self._beside[asked.column, asked.form.name] = f"{asked.column}: {asked.form.name}"
        found = {written: value for written, value in said.items() if value is not None}
        columns = {text: pa.array(found, pa.string()), beside: pa.array(found.values(), asked.form.type)}
        known = ibis.memtable(pa.table(columns))
        return rows.left_join(known, rows[asked.column] == known[text])


def _fitting(pattern: str, raw: Any) -> Any:
    return ibis.ifelse(raw.re_search(pattern), raw, ibis.null("string"))

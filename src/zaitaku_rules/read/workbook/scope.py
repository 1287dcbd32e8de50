"""What the sheet on the scope of the records says: month, day of the question, where each list is kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from zaitaku_rules.errors import InvalidInput, Message
from zaitaku_rules.read.tables import Spot, TableRow
from zaitaku_rules.read.workbook.cells import Cell, Line, Sheet, at
from zaitaku_rules.read.workbook.values import value_in
from zaitaku_rules.read.workbook.words import folded, list_sheets, said, workbook_words
from zaitaku_rules.records import SOURCES
from zaitaku_rules.records.shapes import COVERAGE
from zaitaku_rules.records.written import date_written, month_written

COMPLETE, FILLED, ELSEWHERE = "complete", "filled", "elsewhere"
"""All records stand in the list; they do where there is one; they are kept elsewhere."""


@dataclass(frozen=True, slots=True)
class State:
    """Where the records of a list are, and the cell that says so."""

    name: str = FILLED
    row: int = 0
    column: int = 0


@dataclass(frozen=True, slots=True)
class Scope:
    """What holds for all lists of a workbook; without such a sheet, nothing is said."""

    month: str | None = None
    as_of: date | None = None
    states: Mapping[str, State] = field(default_factory=dict[str, State])
    coverage: tuple[TableRow, ...] = ()

    def state(self, table: str) -> State:
        """Return where the records of a list are."""
        return self.states.get(table, State())


def scope_of(lines: Iterable[Line], sheet: Sheet) -> Scope:
    """Return what the sheet says; raises InvalidInput with the cell for what cannot be read."""
    every = [*lines]
    labelled = {
        folded(at(cells, 1).value): (row, at(cells, 2)) for row, cells in every if not at(cells, 1).is_blank
    }
    states, coverage = _lists(every, sheet)
    return Scope(_month(labelled, sheet), _as_of(labelled, sheet), states, coverage)


def _labelled(labelled: Mapping[str, tuple[int, Cell]], name: str) -> tuple[int, Cell] | None:
    label = said("scope", name)
    found = labelled.get(folded(label.ja)) or labelled.get(folded(label.en)) or labelled.get(name)
    return None if found is None or found[1].is_blank else found


def _month(labelled: Mapping[str, tuple[int, Cell]], sheet: Sheet) -> str | None:
    if (found := _labelled(labelled, "month")) is None:
        return None
    row, cell = found
    if isinstance(cell.value, datetime):
        return f"{cell.value:%Y-%m}"
    if isinstance(cell.value, str):
        day = date_written(cell.value)
        if month := f"{day:%Y-%m}" if day else month_written(cell.value):
            return month
    raise sheet.wrong(
        "月ではありません。2026/12/1 か 令和8年12月 のように書いてください。",
        "not a month: write such as 2026-12-01 or 2026-12",
        row,
        2,
    )


def _as_of(labelled: Mapping[str, tuple[int, Cell]], sheet: Sheet) -> date | None:
    if (found := _labelled(labelled, "as_of")) is None:
        return None
    row, cell = found
    value = value_in(cell, COVERAGE, "through")
    day = (
        value.date()
        if isinstance(value, datetime)
        else date_written(value)
        if isinstance(value, str)
        else None
    )
    if day is None:
        raise sheet.wrong(
            "日付ではありません。2026/12/20 か R8.12.20 のように、実在する日を書いてください。",
            "not a date: write an existing day such as 2026-12-20 or R8.12.20",
            row,
            2,
        )
    return day


def _lists(every: Iterable[Line], sheet: Sheet) -> tuple[dict[str, State], tuple[TableRow, ...]]:
    """Return what the rows below the headings say of each list."""
    columns: dict[str, int] = {}
    states: dict[str, State] = {}
    coverage: list[TableRow] = []
    for row, cells in every:
        if not columns:
            columns = _columns(cells)
        elif not (name := at(cells, columns["list"])).is_blank:
            table = _table(name, sheet, row, columns["list"])
            states[table] = _state(at(cells, columns["state"]), sheet, row, columns["state"])
            coverage += _covered(table, cells, sheet, row, columns)
    return states, tuple(coverage)


def _columns(cells: Iterable[Cell]) -> dict[str, int]:
    found: dict[str, int] = {}
    for number, cell in enumerate(cells, 1):
        for name in ("list", "state", "from", "through"):
            word = said("scope", name)
            if isinstance(cell.value, str) and folded(cell.value) in (folded(word.ja), folded(word.en)):
                found.setdefault(name, number)
    return found if {"list", "state"} <= set(found) else {}


def _table(cell: Cell, sheet: Sheet, row: int, column: int) -> str:
    known = {folded(word): table for table in SOURCES for word in _named(table)}
    if found := known.get(folded(cell.value)):
        return found
    titles = [list_sheets()[table].title for table in SOURCES]
    raise sheet.wrong(
        f"知らない表です。使える名前: {'、'.join(title.ja for title in titles)}",
        f"unknown list (known: {', '.join(title.en for title in titles)})",
        row,
        column,
    )


def _named(table: str) -> tuple[str, str, str]:
    title = list_sheets()[table].title
    return table, title.ja, title.en


def _state(cell: Cell, sheet: Sheet, row: int, column: int) -> State:
    if cell.is_blank:
        return State(FILLED, row, column)
    names: dict[str, dict[str, str]] = workbook_words()["states"]
    known = {folded(word): name for name, words in names.items() for word in (name, *words.values())}
    if found := known.get(folded(cell.value)):
        return State(found, row, column)
    ja, en = ([words[lang] for words in names.values()] for lang in ("ja", "en"))
    raise sheet.wrong(
        f"一覧にない言葉です。使える言葉: {'、'.join(ja)}",
        f"word not known (allowed: {', '.join(en)})",
        row,
        column,
    )


def _covered(
    table: str, cells: Sequence[Cell], sheet: Sheet, row: int, columns: Mapping[str, int]
) -> Iterator[TableRow]:
    """Yield the row of the table `coverage` that stands beside a list, if a day is given."""
    given = {name: at(cells, columns[name]) for name in ("from", "through") if name in columns}
    if all(cell.is_blank for cell in given.values()):
        return
    values = {name: value_in(cell, COVERAGE, name) for name, cell in given.items()}

    def spot(name: str) -> Spot:
        return Spot(sheet.cell(row, columns.get(name, columns["list"])))

    if wrong := next((name for name, value in values.items() if isinstance(value, Message)), None):
        raise sheet.wrong(values[wrong].ja, values[wrong].en, row, columns[wrong])
    yield TableRow({"source": table, **values}, sheet.cell(row, 0), spot)


def wrong_state(state: State, sheet: Sheet, title: str) -> InvalidInput:
    """Return the error for a list that is kept elsewhere and yet holds rows."""
    elsewhere = said("states", ELSEWHERE)
    return sheet.wrong(
        f"「{elsewhere.ja}」ですが、シート {title} に行があります。言葉を選び直すか、行を消してください。",
        f'"{elsewhere.en}", but the sheet {title} holds rows: choose another word, or remove the rows',
        state.row,
        state.column,
    )

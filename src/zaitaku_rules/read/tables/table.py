"""A table as a reader hands it over: rows of raw cells, each of which knows where it stands."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from zaitaku_rules.errors import Message


class Spot(NamedTuple):
    """Where a cell stands: a place to look at, and the column where the place does not say it already.

    In a CSV file ("month/contacts.csv:17", "at"), in a workbook ("month.xlsx 連絡!C7", "").
    """

    place: str
    column: str = ""

    @property
    def shown(self) -> str:
        """The spot in one piece."""
        return f"{self.place} {self.column}".rstrip()


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row: its cells by the contract's column names, as they came, and where they stand.

    A cell is text, or what a typed file holds: a date, a datetime, a time, a bool, a number, a list of
    texts, None. `faults` says what the reader found wrong, by column, and under "" why the row as a whole
    cannot be read; `cells` then holds at most the key. What cells say wrong is found later.
    """

    cells: Mapping[str, object]
    place: str
    spot: Callable[[str], Spot]
    """Returns where the cell of a column stands, also of a column that is blank or not there."""
    faults: Mapping[str, Message] = field(default_factory=dict[str, Message])

    def fault_spots(self) -> list[tuple[Spot, Message]]:
        """Return where something is wrong and what, as far as the reader found it."""
        return [
            (self.spot(column) if column else Spot(self.place), said) for column, said in self.faults.items()
        ]


@dataclass(frozen=True, slots=True)
class Table:
    """One table: its name in the contract, its columns (unknown ones too), its rows, and where it stands."""

    name: str
    columns: Sequence[str]
    rows: Sequence[TableRow]
    place: str
    heading: Callable[[str], Spot]
    """Returns where the heading of a column stands; of a column that is missing, where it should."""
    tells_null: bool = False
    """Whether null and empty text differ, as in Parquet. Else a blank cell says nothing, however it comes;
    of a list that must be given (`assessments.cautions`) it is the empty list."""

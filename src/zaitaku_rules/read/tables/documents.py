"""One case document from tables, and for each of its parts the row that it came from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from pydantic import ValidationError

from zaitaku_rules.days import Calendar
from zaitaku_rules.errors import InvalidInput, Message
from zaitaku_rules.read.tables.rows import ReadRow, ReadTable
from zaitaku_rules.read.tables.table import Spot
from zaitaku_rules.records import SOURCES, Case
from zaitaku_rules.records.faults import located
from zaitaku_rules.records.shapes import COVERAGE, user_of

Fault: TypeAlias = tuple[Spot, Message]
Location: TypeAlias = tuple[int | str, ...]

_NUMBERS = re.compile(r"([0-9]+)")
_NAMED = 5
"""So many of the further places at which a case is wrong are named."""


@dataclass(frozen=True, slots=True)
class CaseRows:
    """The rows that make one case: of the user, of the provider, of the lists and of their coverage."""

    month: str
    user: ReadRow
    provider: ReadRow
    lists: Mapping[str, Sequence[ReadRow]]
    coverage: Mapping[str, ReadRow]
    unread: Sequence[ReadRow] = ()
    """The rows of the case in which the reader found something wrong: they stand in none of the lists."""

    def document(self) -> dict[str, Any]:
        """Return the case document."""
        spans = {name: _span(row) for name, row in self.coverage.items()}
        return {
            "schema": "zaitaku-case/1",
            "month": self.month,
            "user": user_of(self.user.key, self.user.said),
            "provider": {"number": self.provider.key, **self.provider.said},
            **{name: [dict(row.said) for row in rows] for name, rows in self.lists.items()},
            **({COVERAGE: spans} if spans else {}),
        }

    def case(self) -> Case | InvalidInput:
        """Return the case, or what is wrong with its rows."""
        faults = [fault for row in self.unread for fault in row.row.fault_spots()]
        try:
            case = Case.model_validate(self.document())
        except ValidationError as error:
            return told([*faults, *((self.spot(loc), said) for loc, said in located(error))])
        return told(faults) if faults else case

    def spot(self, loc: Location) -> Spot:
        """Return where the cell stands that a fault of the document speaks of."""
        # Of a coverage of a list whose name is no word, the models tell no place at all.
        part, inner = (str(loc[0]) if loc else COVERAGE), loc[1:]
        if part == "user":
            return self.user.row.spot({"id": "user_id"}.get(str(inner[0]), "_".join(map(str, inner))))
        if part == "provider":
            number = {"number": "provider_number"}
            return self.provider.row.spot(number.get(str(inner[0]), str(inner[0])))
        if part == COVERAGE:
            return self._spot_of_coverage(inner)
        row = self.lists[part][int(inner[0])].row
        return row.spot(str(inner[1])) if len(inner) > 1 else Spot(row.place)

    def _spot_of_coverage(self, loc: Location) -> Spot:
        """Return where a coverage stands; of one of a list that is none the models do not say which it is."""
        if loc and str(loc[0]) in self.coverage:
            row = self.coverage[str(loc[0])].row
            return row.spot(str(loc[1])) if len(loc) > 1 else Spot(row.place)
        strange = next(row for name, row in self.coverage.items() if name not in SOURCES)
        return strange.row.spot("source")


def case_rows(
    tables: Mapping[str, ReadTable], user: ReadRow, provider: ReadRow, calendar: Calendar
) -> CaseRows:
    """Return the rows that can speak of a month: events of its page or of no day, papers and plans whole."""
    owners = {"user_id": user.key, "provider_number": provider.key}
    near = {
        name: [row for row in table.of(owners[table.shape.key]) if _is_near(row, table, calendar)]
        for name, table in tables.items()
        if name in SOURCES
    }
    stated = (
        [row for key in (None, user.key) for row in tables[COVERAGE].of(key)] if COVERAGE in tables else []
    )
    return CaseRows(
        calendar.name,
        user,
        provider,
        {name: [row for row in rows if not row.row.faults] for name, rows in near.items()},
        _coverage([row for row in stated if not row.row.faults], calendar),
        [row for rows in (*near.values(), stated) for row in rows if row.row.faults],
    )


def _is_near(row: ReadRow, table: ReadTable, calendar: Calendar) -> bool:
    if not table.shape.day or table.shape.name == "submissions" or row.day is None:
        return True
    return 0 <= calendar.cell(row.day) < calendar.cells


def _coverage(rows: Iterable[ReadRow], calendar: Calendar) -> dict[str, ReadRow]:
    """Return for each list the row that says when it is complete: the user's own, of the month, the last."""
    month = (calendar.first.isoformat(), calendar.last.isoformat())

    def order(row: ReadRow) -> tuple[bool, bool, list[str]]:
        begin, end = (str(row.said.get(name, "")) for name in ("from", "through"))
        return row.key is not None, begin <= month[1] and month[0] <= end, [begin, end]

    return {str(row.said.get("source")): row for row in sorted(rows, key=order)}


def told(faults: Sequence[Fault]) -> InvalidInput:
    """Return what is wrong in the first of several places, and which the others are."""
    faults = sorted(faults, key=_in_order)
    spot, said = faults[0]
    others = [shown for shown in dict.fromkeys(spot.shown for spot, _ in faults) if shown != spot.shown]
    where = f"{spot.column}: " if spot.column else ""
    named = ", ".join(others[:_NAMED]) + (", ..." if len(others) > _NAMED else "")
    more = len(others)
    return InvalidInput(
        f"{where}{said.ja}{f' (ほかに{more}件: {named})' if more else ''}",
        f"{where}{said.en}{f' (+{more} more: {named})' if more else ''}",
        place=spot.place,
    )


def _in_order(fault: Fault) -> list[int | str]:
    """Return the place of a fault such that line 9 comes before line 17."""
    return [
        int(part) if part.isascii() and part.isdigit() else part for part in _NUMBERS.split(fault[0].shown)
    ]


def _span(row: ReadRow) -> dict[str, Any]:
    return {name: value for name, value in row.said.items() if name != "source"}

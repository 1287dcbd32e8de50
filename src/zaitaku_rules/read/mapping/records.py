"""The records of one exported file to rows of tables: which records count, and what each gives."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import product

from zaitaku_rules.errors import Message
from zaitaku_rules.read.mapping.cell_words import FieldReader, Unread
from zaitaku_rules.read.mapping.checks import PERIOD
from zaitaku_rules.read.mapping.model import Cell, Condition, MappedFile, MappedRows, MappingFile
from zaitaku_rules.read.mapping.sheets import Cells, Record, Sheet
from zaitaku_rules.read.mapping.word_lists import by_sight, constants_of, seen, words_for
from zaitaku_rules.read.tables import Spot, TableRow
from zaitaku_rules.records.shapes import Column, shapes

_PIECES = re.compile(r"[、,;/・\r\n]|\s{2,}")
_UNTIL = re.compile(r"\s*[~〜～]\s*")

_TOO_WIDE = Message(
    '見出しより列が多い行です。コンマを含む値は " で囲んでください。',
    'more columns than headings: put values with a comma in double quotes (")',
)


@dataclass(frozen=True, slots=True)
class FileReader:
    """Reads the records of one file; `told` is what its name says, `month` the month in question."""

    mapping: MappingFile
    mapped: MappedFile
    told: Mapping[str, str]
    month: str | None
    place: str

    def rows(self, sheet: Sheet) -> Iterator[tuple[str, TableRow]]:
        """Yield the rows that the records give, each with its table."""
        readers = [(rows, self._readers(rows)) for rows in self.mapped.rows]
        for record in sheet.records():
            if _counts(self.mapped.when, self.mapped.unless, record.cells):
                for rows, fields in readers:
                    yield from ((rows.table, row) for row in self._of_record(record, rows, fields))

    def _of_record(
        self, record: Record, rows: MappedRows, readers: Mapping[str, FieldReader]
    ) -> Iterator[TableRow]:
        for cells in _split(rows.split, record.cells):
            if _counts(rows.when, rows.unless, cells):
                yield self._row(record, cells, rows, readers)

    def _row(
        self, record: Record, cells: Cells, rows: MappedRows, readers: Mapping[str, FieldReader]
    ) -> TableRow:
        found: dict[str, object] = dict(constants_of(self.mapping, shapes()[rows.table]))
        faults = {"": _TOO_WIDE} if record.is_too_wide else dict[str, Message]()
        texts = {name: [told] for name, told in self.told.items() if name in readers}
        texts |= {name: [cells[seen(one)] for one in cell.read_from] for name, cell in rows.cells.items()}
        for name, parts in texts.items():
            cell = rows.cells.get(name)
            try:
                if cell is not None and cell.value is not None:
                    found[name] = cell.value
                elif name == PERIOD:
                    found |= _period(parts, readers)
                else:
                    found[name] = readers[name].read(parts)
            except Unread as error:
                faults[name] = error.said
        here = f"{self.place}:{record.line}"
        return TableRow(found, here, partial(_spot, here, rows.cells), faults)

    def _readers(self, rows: MappedRows) -> dict[str, FieldReader]:
        return {column.name: self._reader(rows, column) for column in shapes()[rows.table].columns}

    def _reader(self, rows: MappedRows, column: Column) -> FieldReader:
        cell = rows.cells.get(column.name)
        own = by_sight(cell.words) if cell else {}
        return FieldReader(column, {**words_for(self.mapping, rows.table, column), **own}, self.month)


def _spot(place: str, cells: Mapping[str, Cell], field: str) -> Spot:
    """Return where the cells of a field stand: under the headings that the mapping names."""
    cell = cells.get(field) or (cells.get(PERIOD) if field in ("from", "to") else None)
    return Spot(place, "+".join(cell.read_from) if cell and cell.read_from else field)


def _period(parts: Sequence[str], readers: Mapping[str, FieldReader]) -> dict[str, object]:
    """Return both ends of a period in one cell; without a second one it is open."""
    ends = _UNTIL.split(" ".join(parts).strip().removesuffix("まで"), maxsplit=1)
    return {name: readers[name].read([end]) for name, end in zip(("from", "to"), ends, strict=False)}


def _counts(when: Condition | None, unless: Condition | None, cells: Cells) -> bool:
    """Tell whether a record counts: it meets all that `when` asks, and nothing of `unless`."""
    wanted = all(_holds(cells, name, words) for name, words in when.columns.items()) if when else True
    return wanted and not (
        unless and any(_holds(cells, name, words) for name, words in unless.columns.items())
    )


def _holds(cells: Cells, name: str, words: Sequence[str] | None) -> bool:
    found = seen(cells[seen(name)])
    if words is None:
        return bool(found)
    return any(
        found.startswith(seen(word)[:-1]) if word.endswith("*") else found == seen(word) for word in words
    )


def _split(names: Sequence[str], cells: Cells) -> Iterator[Cells]:
    """Yield a record once for each piece of the cells that hold several."""
    pieces = [[one for one in _PIECES.split(cells[seen(name)]) if one.strip()] or [""] for name in names]
    for chosen in product(*pieces):
        yield {**cells, **{seen(name): one for name, one in zip(names, chosen, strict=True)}}

"""One table of the contract from a CSV file."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from zaitaku_rules.errors import Message, UnreadableFile
from zaitaku_rules.read.csv_lines import Line, csv_lines, csv_text
from zaitaku_rules.read.tables.table import Spot, Table, TableRow
from zaitaku_rules.records.shapes import shapes


def csv_table(path: Path, place: str) -> Table:
    """Return the table of a CSV file with a heading; raises InvalidInput for a file that is none."""
    lines = csv_lines(csv_text(path, place), place)
    heading = next(lines, None)
    if heading is None:
        raise UnreadableFile(
            "空のファイルです。1行目に列の名前を書いてください(行がなければ「1件もない」です)。",
            "empty: write the names of the columns in the first line (no rows below it mean none)",
            place=place,
        )
    names = [name.strip() for name in heading.cells]
    rows = [_row(path.stem, names, line, place) for line in lines]
    # Excel pads all lines alike, the heading too.
    named = [name for name in names if name]
    return Table(path.stem, named, rows, place, partial(Spot, f"{place}:{heading.number}"))


def _row(table: str, names: Sequence[str], line: Line, place: str) -> TableRow:
    here, cells = f"{place}:{line.number}", line.cells
    spot = partial(Spot, here)
    nameless = [cell for name, cell in zip(names, cells, strict=False) if not name and cell.strip()]
    if len(cells) == len(names) and not nameless:
        return TableRow(dict(zip(names, cells, strict=True)), here, spot)
    # Behind the first column a cell may be another's, even a name.
    shape = shapes().get(table)
    keyed = {names[0]: cells[0]} if shape and names[:1] == [shape.key] and cells else {}
    return TableRow(keyed, here, spot, {"": _uneven(len(cells), len(names))})


def _uneven(found: int, expected: int) -> Message:
    return Message(
        f'列の数が見出しと違います({found}、見出しは{expected})。コンマを含む値は " で囲んでください。',
        f'{found} columns where the heading has {expected}: put values with a comma in double quotes (")',
    )

"""An exported CSV file as records: where its headings stand, and the cells below them by heading."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from zaitaku_rules.errors import InvalidInput
from zaitaku_rules.read.csv_lines import Line
from zaitaku_rules.read.mapping.model import MappedFile
from zaitaku_rules.read.mapping.word_lists import seen

Cells: TypeAlias = dict[str, str]
"""The cells of a record by what is seen of their headings."""

_SOUGHT = 50
"""Among so many lines the headings are sought."""


@dataclass(frozen=True, slots=True)
class Record:
    """One record: the line on which it begins, its cells, and whether it has more cells than headings."""

    line: int
    cells: Cells
    is_too_wide: bool


@dataclass(frozen=True, slots=True)
class Sheet:
    """The headings of a file as they are seen, the line of the last of them, and what follows."""

    names: Sequence[str]
    heading: int
    below: Sequence[Line]

    def records(self) -> Iterator[Record]:
        """Yield the records below the headings."""
        width = len(self.names)
        usual = Counter(len(line.cells) for line in self.below).most_common(1)
        for line in self.below:
            padded = [*line.cells, *[""] * (width - len(line.cells))]
            cells = {name: cell for name, cell in zip(self.names, padded, strict=False) if name}
            # Some programs end every line with a comma; a single longer line has been shifted by one.
            is_longer = len(line.cells) > width and len(line.cells) != usual[0][0]
            yield Record(line.number, cells, is_longer or any(cell.strip() for cell in padded[width:]))


def sheet_of(mapped: MappedFile, lines: Sequence[Line]) -> Sheet:
    """Return a file as a sheet; without `heading_row` the headings are where most named columns stand."""
    at = mapped.heading_lines or _found(mapped, lines)
    levels = [line.cells for line in lines if line.number in at]
    return Sheet([*map(seen, headings(levels))], at[-1], [line for line in lines if line.number > at[-1]])


def _found(mapped: MappedFile, lines: Sequence[Line]) -> tuple[int, ...]:
    wanted = {*map(seen, mapped.named_columns)}
    best = max(
        lines[:_SOUGHT], key=lambda line: len(wanted & {*map(seen, headings([line.cells]))}), default=None
    )
    return (best.number if best else 1,)


def headings(levels: Sequence[Sequence[str]]) -> list[str]:
    """Return the headings of columns; one that stands twice is told apart by #2.

    Where headings stand on several lines, an upper one holds for the blank cells to its right.
    """
    width = max(map(len, levels), default=0)
    parts: list[list[str]] = [[] for _ in range(width)]
    for number, cells in enumerate(levels):
        upper = ""
        for place, cell in enumerate([*cells, *[""] * (width - len(cells))]):
            upper = " ".join(cell.split()) or (upper if number < len(levels) - 1 else "")
            parts[place] += [upper] if upper else []
    counts = Counter[str]()
    names = [" ".join(part) for part in parts]
    for place, name in enumerate(names):
        counts[seen(name)] += 1
        names[place] = f"{name}#{counts[seen(name)]}" if name and counts[seen(name)] > 1 else name
    return names


def missing_columns(mapped: MappedFile, sheet: Sheet, place: str) -> Iterator[InvalidInput]:
    """Yield an error for each column that the mapping names and the file does not have.

    What stands in the file instead is not told: where a line is broken, it may be anything, even a name.
    """
    for name in mapped.named_columns:
        if seen(name) not in sheet.names:
            yield InvalidInput(
                f"列「{name}」が見出しにありません。対応表の列の名前か、"
                "heading_row(見出しの行)を直してください。",
                f"no column {name} in this line of headings: correct the mapping, or its "
                "heading_row (the line of the headings)",
                place=f"{place}:{sheet.heading}",
            )

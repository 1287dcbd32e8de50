"""What an exported file seems to be: where its headings stand, and which columns feed which tables."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from zaitaku_rules.errors import UnreadableFile
from zaitaku_rules.read.csv_lines import Line, csv_lines, csv_text
from zaitaku_rules.read.mapping.export_columns import ExportColumns, Words
from zaitaku_rules.read.mapping.file_names import for_any_month
from zaitaku_rules.read.mapping.known_words import ABSENT, HEADINGS, column_meant
from zaitaku_rules.read.mapping.sheets import headings
from zaitaku_rules.read.mapping.word_lists import seen
from zaitaku_rules.records.shapes import shapes

_SOUGHT = 30
"""Among so many lines the headings are sought."""

_WORDS = 20
"""A column that holds more different values holds no words for anything."""


_WORDED = ("place", "channel", "means")


@dataclass(frozen=True, slots=True)
class Block:
    """Rows of one table: its fields with their columns, and the column without which there is no row."""

    table: str
    cells: Mapping[str, str | tuple[str, ...]]
    when: str | Words | None = None
    unless: Words | None = None
    achievement: Words | None = None
    """The column that says that an evaluation is one of achievement too, and what it holds then."""

    @property
    def missing(self) -> list[str]:
        """The fields that must be given and are not."""
        needed = [column.name for column in shapes()[self.table].columns if column.required]
        given = {*self.cells, *(["covers"] if self.achievement else [])}
        return [name for name in needed if name not in given]

    @property
    def columns(self) -> set[str]:
        """The columns of the file that the block reads."""
        conditions = [self.when] if isinstance(self.when, str) else []
        conditions += [words[0] for words in (self.when, self.achievement) if isinstance(words, tuple)]
        return {*conditions, *(name for cell in self.cells.values() for name in _each(cell))}


@dataclass(frozen=True, slots=True)
class Guess:
    """What is known of a file without asking anybody."""

    name: str
    encoding: str | None
    heading_row: Sequence[int]
    totals: Words | None
    blocks: Sequence[Block]
    values: Mapping[str, Sequence[str]]
    unplaced: Mapping[str, Sequence[str]] = field(default_factory=dict[str, list[str]])


def guessed(path: Path, place: str) -> Guess:
    """Return what a CSV file seems to be; raises InvalidInput for one that cannot be read."""
    lines = [*csv_lines(csv_text(path, place), place)]
    if not lines:
        raise UnreadableFile("空のファイルです。", "empty: there is nothing to draft from", place=place)
    at = _heading(lines)
    levels = lines[at - 1 : at + 1] if _is_second_level(lines, at) else lines[at : at + 1]
    columns = ExportColumns(headings([line.cells for line in levels]), lines[at + 1 :])
    blocks = [*_blocks(columns)]
    used = {name for block in blocks for name in block.columns}
    return Guess(
        for_any_month(path.name),
        "cp932" if _is_cp932(path) else None,
        [line.number for line in levels] if at else (),
        columns.totals(),
        blocks,
        _values(columns, blocks),
        {name: _near(name) for name in columns.names if name not in used},
    )


def _each(cell: str | tuple[str, ...]) -> tuple[str, ...]:
    return (cell,) if isinstance(cell, str) else cell


def _is_cp932(path: Path) -> bool:
    try:
        path.read_bytes().decode("utf-8")
    except UnicodeDecodeError:
        return True
    return False


def _heading(lines: Sequence[Line]) -> int:
    """Return which line holds the headings: most known words, else most cells."""

    def likelihood(at: int) -> tuple[int, int, int]:
        cells = [seen(cell) for cell in lines[at].cells if cell.strip()]
        return sum(column_meant(cell) is not None and len(cell) < 20 for cell in cells), len(cells), -at

    return max(range(min(len(lines), _SOUGHT)), key=likelihood)


def _is_second_level(lines: Sequence[Line], at: int) -> bool:
    """Tell whether the line above has headings for columns that have none on the line itself, and others."""
    if not at or lines[at - 1].number + 1 != lines[at].number:
        return False
    lower = lines[at].cells
    named = [place for place, cell in enumerate(lines[at - 1].cells) if cell.strip()]
    beside = [place for place in named if place >= len(lower) or not lower[place].strip()]
    return bool(beside) and len(named) >= 3


def _blocks(columns: ExportColumns) -> Iterator[Block]:
    owner, dated = columns.some("user_id"), columns.some("user_id", "date")
    place, activity = columns.first("place"), columns.first("activity")
    if place or activity:
        fields = columns.some("place", "start", "end", "activity", "support")
        yield Block("days", {**dated, **fields}, unless=_absent(columns, place))
    yield from _contacts(columns, owner, dated.get("date"))
    if report := columns.first("report") or columns.of_kind("daily_reports"):
        yield Block("daily_reports", dated, when=report)
    if weekly := columns.first("weekly") or columns.of_kind("evaluations"):
        means = columns.first("means") or columns.first("channel")
        cells = {**dated, "means": means} if means else dated
        yield Block("evaluations", cells, weekly, None, _achievement(columns))
    if absence := columns.first("absence"):
        yield Block("absences", {**dated, "addition_claimed": absence}, when=absence)


def _achievement(columns: ExportColumns) -> Words | None:
    name = columns.first("achievement")
    held = {text for text in columns.held.get(name or "", ()) if text}
    return (name, tuple(sorted(held))) if name and 0 < len(held) <= _WORDS else None


def _absent(columns: ExportColumns, place: str | None) -> Words | None:
    held = {text for text in columns.held.get(place or "", ()) if text in ABSENT}
    return (place, tuple(sorted(held))) if place and held else None


def _contacts(columns: ExportColumns, owner: Mapping[str, str], day: str | None) -> Iterator[Block]:
    """Yield a block for each time of a contact, with the next column that says by which channel."""
    channels = columns.of("channel")
    for name in [*columns.of("at"), *columns.of("time")]:
        later = [one for one in channels if columns.names.index(one) > columns.names.index(name)]
        at = name if columns.meant[name] == "at" or not day else (day, name)
        cells = {**owner, "at": at}
        if channels:
            cells["channel"] = (later or channels)[0]
        yield Block("contacts", cells, when=columns.of_kind("contacts") or name)


def _values(columns: ExportColumns, blocks: Sequence[Block]) -> dict[str, list[str]]:
    """Return by field with words of its own what its columns hold, each once."""
    found: dict[str, dict[str, None]] = {}
    for block in blocks:
        for name in _WORDED:
            for column in _each(block.cells.get(name, ())):
                left_out = block.unless[1] if block.unless and block.unless[0] == column else ()
                held = [text for text in columns.held[column] if text and text not in left_out]
                found.setdefault(name, {}).update(dict.fromkeys(held))
    return {name: [*held] for name, held in found.items() if len(held) <= _WORDS}


def _near(name: str) -> list[str]:
    """Return the fields whose usual headings are nearest to one that has no place."""
    words = {word: field for field, listed in HEADINGS.items() for word in listed}
    near = difflib.get_close_matches(seen(name), words, n=3, cutoff=0.4)
    return [*dict.fromkeys(words[word] for word in near)]

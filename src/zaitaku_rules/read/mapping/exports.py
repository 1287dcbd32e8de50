"""Exported files and a mapping to tables of the contract, and those to cases."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from zaitaku_rules.errors import InvalidInput
from zaitaku_rules.read.csv_lines import csv_lines, csv_text
from zaitaku_rules.read.found import Cases, Found
from zaitaku_rules.read.mapping.file_names import month_in, told_by
from zaitaku_rules.read.mapping.load import MappingRead, load_mapping
from zaitaku_rules.read.mapping.model import MappedFile
from zaitaku_rules.read.mapping.records import FileReader
from zaitaku_rules.read.mapping.sheets import missing_columns, sheet_of
from zaitaku_rules.read.mapping.word_lists import constants_of
from zaitaku_rules.read.paths import shown_path, unreadable
from zaitaku_rules.read.tables import Spot, Table, TableRow, cases_of_tables
from zaitaku_rules.read.tables.csv_table import csv_table
from zaitaku_rules.records.shapes import shapes

_SUFFIXES = (".csv", ".tsv", ".txt")


def cases_of_exports(paths: Sequence[str], mapping: str, month: str | None = None) -> Cases:
    """Return the cases of exported files, read by a mapping. What is wrong is among the results."""
    return Cases(False, _cases(paths, mapping, month))


def _cases(paths: Sequence[str], mapping: str, month: str | None) -> Iterator[Found]:
    tables = tables_of_exports(paths, mapping, month)
    wrong = [one for one in tables if isinstance(one, InvalidInput)]
    if wrong:
        yield from ((error.place, error) for error in wrong)
    else:
        read = [one for one in tables if isinstance(one, Table)]
        yield from cases_of_tables(read, shown_path(mapping), month)


def tables_of_exports(
    paths: Sequence[str], mapping: str, month: str | None = None
) -> Sequence[Table] | Sequence[InvalidInput]:
    """Return the tables that exported files give, or all that is wrong with mapping and files."""
    read = load_mapping(mapping)
    if not isinstance(read, MappingRead):
        return read
    gathered = _Gathered(read, month or read.file.month)
    for path, place in files_of(paths, mapping, gathered.errors):
        gathered.take(path, place)
    return [*gathered.wrong()] or gathered.tables()


def files_of(
    paths: Iterable[str], mapping: str | None, errors: list[InvalidInput]
) -> Iterator[tuple[Path, str]]:
    """Yield the files of a call, and of its folders the CSV files, each with its place."""
    for path in paths:
        place = shown_path(path)
        try:
            Path(path).stat()
            inside = sorted(Path(path).iterdir()) if Path(path).is_dir() else None
        except (OSError, ValueError) as error:
            errors.append(unreadable(error, place))
            continue
        if inside is None:
            yield Path(path), place
        for one in inside or ():
            is_own = mapping is not None and one == Path(mapping)
            if one.suffix.lower() in _SUFFIXES and not one.name.startswith((".", "_", "~")) and not is_own:
                yield one, f"{place.rstrip('/')}/{shown_path(one.name)}"


@dataclass
class _Gathered:
    """What has been read so far: rows by table, and what is wrong."""

    mapping: MappingRead
    month: str | None
    errors: list[InvalidInput] = field(default_factory=list[InvalidInput])
    rows: dict[str, list[TableRow]] = field(default_factory=dict[str, list[TableRow]])
    ready: list[Table] = field(default_factory=list[Table])
    used: set[int] = field(default_factory=set[int])

    def take(self, path: Path, place: str) -> None:
        """Read a file by the first entry that means it, else as a table of the contract if so called."""
        try:
            for number, mapped in enumerate(self.mapping.file.file):
                told = told_by(mapped.name, path.name)
                if told is not None:
                    self.used.add(number)
                    return self._read(path, place, mapped, told)
            if path.stem in shapes() and path.suffix.lower() == ".csv":
                self.ready.append(csv_table(path, place))
            elif all(told_by(pattern, path.name) is None for pattern in self.mapping.file.ignore):
                self.errors.append(self._stranger(place))
        except InvalidInput as error:
            self.errors.append(error)
        return None

    def _read(self, path: Path, place: str, mapped: MappedFile, told: Mapping[str, str]) -> None:
        text = csv_text(path, place, mapped.encoding)
        lines = [*csv_lines(text.removeprefix("\ufeff"), place, mapped.delimiter)]
        sheet = sheet_of(mapped, lines)
        wrong = [*missing_columns(mapped, sheet, place)]
        self.errors += wrong
        month = month_in(told.get("month")) or self.month
        reader = FileReader(self.mapping.file, mapped, told, month, place)
        for rows in mapped.rows:
            self.rows.setdefault(rows.table, [])
        for table, row in reader.rows(sheet) if not wrong else ():
            self.rows[table].append(row)

    def tables(self) -> list[Table]:
        """Return the tables: of exports, of the mapping's own rows, and those that were ready."""
        for table, listed in self.mapping.given.items():
            own = [self._own(table, number, row) for number, row in enumerate(listed)]
            self.rows[table] = [*self.rows.get(table, []), *own]
        return [*_with_ready(self.rows, self.ready, self.mapping.place)]

    def _own(self, table: str, number: int, row: Mapping[str, object]) -> TableRow:
        def spot(column: str) -> Spot:
            return Spot(self.mapping.place_of(table, number, column), column)

        constants = constants_of(self.mapping.file, shapes()[table])
        return TableRow({**constants, **row}, self.mapping.place_of(table, number), spot)

    def wrong(self) -> Iterator[InvalidInput]:
        """Yield what is wrong; a table that comes from several files is not read from some of them alone."""
        yield from self.errors
        if not self.errors and not self.used:
            names = ", ".join(mapped.name for mapped in self.mapping.file.file)
            yield InvalidInput(
                f"対応表の [[file]] に当たるファイルがありません。対応表の name: {names}",
                f"none of the files is one that the mapping names ({names})",
                place=self.mapping.place,
            )
            return
        fed = {rows.table for number in self.used for rows in self.mapping.file.file[number].rows}
        for number, mapped in enumerate(self.mapping.file.file):
            shared = [rows.table for rows in mapped.rows if rows.table in fed]
            if number not in self.used and shared:
                yield InvalidInput(
                    f"{mapped.name} がありません。{shared[0]} はそこからも読むので、一緒に指定してください。",
                    f"no file {mapped.name} is given, and {shared[0]} comes from it too: name it as well",
                    place=self.mapping.place_of("file", number, "name"),
                )

    def _stranger(self, place: str) -> InvalidInput:
        names = ", ".join(mapped.name for mapped in self.mapping.file.file)
        return InvalidInput(
            f"対応表のどの [[file]] でもありません({names})。name を直すか、ignore に書いてください。",
            f"no [[file]] of the mapping means it (names: {names}): correct a name, or list it under ignore",
            place=place,
        )


def _with_ready(rows: Mapping[str, list[TableRow]], ready: Sequence[Table], place: str) -> Iterator[Table]:
    """Yield each table once: what a mapping gives, together with a table that was ready.

    A mapping is refused where it gives no column that is needed, so what it gives has all columns.
    """
    beside = {table.name: table for table in ready}
    for name, held in rows.items():
        columns = [column.name for column in shapes()[name].columns]
        if other := beside.pop(name, None):
            columns += [column for column in other.columns if column not in columns]
            yield Table(name, columns, [*held, *other.rows], other.place, other.heading)
        else:
            yield Table(name, columns, held, place, partial(Spot, place))
    yield from beside.values()

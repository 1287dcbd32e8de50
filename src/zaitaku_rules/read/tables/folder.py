"""A folder of tables: one CSV or Parquet file for each table of the contract."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from zaitaku_rules.errors import InvalidInput, UnreadableFile
from zaitaku_rules.read.found import Cases, Found
from zaitaku_rules.read.paths import shown_path, unreadable
from zaitaku_rules.read.tables.cases import cases_of_tables
from zaitaku_rules.read.tables.csv_table import csv_table
from zaitaku_rules.read.tables.parquet_table import parquet_table
from zaitaku_rules.read.tables.table import Table

_SUFFIXES = (".csv", ".parquet")


def table_files(folder: Path) -> list[Path]:
    """Return the files of a folder that hold tables: NAME.csv, NAME.parquet, or folders of Parquet files."""
    inside = sorted(path for path in folder.iterdir() if not path.name.startswith((".", "_", "~")))
    return [path for path in inside if path.suffix.lower() in _SUFFIXES or any(path.glob("*.parquet"))]


def cases_of_folder(folder: str, month: str | None = None) -> Cases:
    """Return the cases of a folder of tables. What is wrong is among the results."""
    return Cases(False, _cases(Path(folder), shown_path(folder), month))


def _cases(folder: Path, place: str, month: str | None) -> Iterator[Found]:
    try:
        files = table_files(folder)
    except (OSError, ValueError) as error:
        yield place, unreadable(error, place)
        return
    if not files:
        yield place, _no_tables(place)
        return
    read = [_read(path, place) for path in files]
    wrong = [(one.place, one) for one in read if isinstance(one, InvalidInput)]
    if wrong:
        yield from wrong
    else:
        yield from cases_of_tables([one for one in read if isinstance(one, Table)], place, month)


def _read(path: Path, folder: str) -> Table | InvalidInput:
    place = f"{folder.rstrip('/')}/{shown_path(path.name)}"
    try:
        return csv_table(path, place) if path.suffix.lower() == ".csv" else parquet_table(path, place)
    except InvalidInput as error:
        return error


def _no_tables(place: str) -> UnreadableFile:
    return UnreadableFile(
        "表がありません。users.csv、providers.csv、days.csv のように、表ごとにファイルを置いてください。",
        "a folder without tables: put one file for each table, such as users.csv, providers.csv and days.csv",
        place=place,
    )

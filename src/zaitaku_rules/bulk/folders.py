"""A folder of Parquet or CSV files as tables: one file for each table."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from zaitaku_rules.bulk.csv_files import csv_table, unreadable
from zaitaku_rules.bulk.engines import ArrowTable
from zaitaku_rules.errors import InvalidInput, UnreadableFile, nearest, shown_name
from zaitaku_rules.read import shown_path

_SUFFIXES = (".parquet", ".csv")


def tables_of_folder(folder: Path, connection: Any) -> tuple[dict[str, Any], dict[str, ArrowTable]]:
    """Return a table for each NAME.parquet, NAME.csv, or folder NAME of Parquet files, and lost lines."""
    found, lost = dict[str, Any](), dict[str, ArrowTable]()
    for path in _files(folder):
        name = path.stem if path.suffix in _SUFFIXES else path.name
        if name in found:
            raise InvalidInput(
                "同じ名前の表が二つあります。どちらかを移してください。",
                "two files hold the same table: move one of them away",
                place=path.name,
            )
        found[name], lines = _of_file(path, connection)
        if lines is not None:
            lost[name] = lines
    return found, lost


def _files(folder: Path) -> list[Path]:
    try:
        files = [path for path in sorted(folder.iterdir()) if not path.name.startswith((".", "_"))]
        files = [path for path in files if path.suffix in _SUFFIXES or any(path.glob("*.parquet"))]
    except (OSError, ValueError):
        raise UnreadableFile(
            "表を置いたフォルダーがありません。Parquet か CSV のフォルダーを指定してください。"
            "データベースのファイルなら、duckdb:///nation.db か sqlite:///nation.db と書いてください。",
            "no such folder: give a folder of Parquet or CSV files, one for each table; for the file of a "
            "database write duckdb:///nation.db or sqlite:///nation.db",
            place=shown_path(str(folder)),
        ) from None
    if not files:
        raise UnreadableFile(
            "表がありません。users.parquet か users.csv のように、表ごとに一つのファイルを置いてください。",
            "no tables here: put one file for each table, such as users.parquet or users.csv",
            place=shown_path(str(folder)),
        )
    return files


def _of_file(path: Path, connection: Any) -> tuple[Any, ArrowTable | None]:
    try:
        if path.suffix == ".csv":
            return csv_table(path, connection)
        return connection.read_parquet(str(path / "*.parquet") if path.is_dir() else str(path)), None
    except InvalidInput:
        raise
    except Exception as error:  # each engine has errors of its own
        raise unreadable(path.name, type(error).__name__) from None


def check_names(given: dict[str, Any], known: dict[str, Any], needed: tuple[str, ...]) -> None:
    """Raise InvalidInput where a table has an unknown name, or one that is needed is not there."""
    for name in given:
        if name not in known:
            near = nearest(name, known)
            raise InvalidInput(
                f"その名前の表はありません。{f'{near} のことですか。' if near else ''}",
                f"no table has that name{f'; did you mean {near}?' if near else ''}",
                place=shown_name(name),
            )
    for name in needed:
        if name not in given:
            raise InvalidInput(
                f"{name} の表がありません。利用者と事業所の表が必要です。",
                f"no table {name}: users and providers are needed",
            )

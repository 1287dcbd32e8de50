"""A folder of Parquet or CSV files as tables: one file for each table."""

from __future__ import annotations

import codecs
import csv
from pathlib import Path
from typing import Any

from zaitaku_rules.bulk.engines import arrow_csv, ibis, pa
from zaitaku_rules.errors import InvalidInput, UnreadableFile, nearest, shown_name
from zaitaku_rules.read import shown_path

_SUFFIXES = (".parquet", ".csv")
_ENCODINGS = ("utf-8-sig", "cp932")
_PIECE = 1 << 20


def tables_of_folder(folder: Path, connection: Any) -> dict[str, Any]:
    """Return a table for each NAME.parquet, NAME.csv, or folder NAME of Parquet files."""
    found: dict[str, Any] = {}
    for path in _files(folder):
        name = path.stem if path.suffix in _SUFFIXES else path.name
        if name in found:
            raise InvalidInput(
                "同じ名前の表が二つあります。どちらかを移してください。",
                "two files hold the same table: move one of them away",
                place=path.name,
            )
        found[name] = _of_file(path, connection)
    return found


def _files(folder: Path) -> list[Path]:
    try:
        files = [path for path in sorted(folder.iterdir()) if not path.name.startswith((".", "_"))]
        files = [path for path in files if path.suffix in _SUFFIXES or any(path.glob("*.parquet"))]
    except (OSError, ValueError):
        raise UnreadableFile(
            "表を置いたフォルダーがありません。Parquet か CSV のフォルダーを指定してください。",
            "no such folder: give a folder of Parquet or CSV files, one for each table",
            place=shown_path(str(folder)),
        ) from None
    if not files:
        raise UnreadableFile(
            "表がありません。users.parquet か users.csv のように、表ごとに一つのファイルを置いてください。",
            "no tables here: put one file for each table, such as users.parquet or users.csv",
            place=shown_path(str(folder)),
        )
    return files


def _of_file(path: Path, connection: Any) -> Any:
    try:
        if path.suffix == ".csv":
            return _of_csv(path, connection)
        return connection.read_parquet(str(path / "*.parquet") if path.is_dir() else str(path))
    except InvalidInput:
        raise
    except Exception as error:  # each engine has errors of its own
        raise unreadable(path.name, type(error).__name__) from None


def unreadable(place: str, kind: str) -> UnreadableFile:
    """Return the error of a file that is no table; `kind` is the type of the engine's error."""
    return UnreadableFile(
        f"表として読めません({kind})。Parquet か、1行目が見出しの CSV にしてください。",
        f"cannot be read as a table ({kind}): save it as Parquet, or as CSV with a heading",
        place=place,
    )


def _of_csv(path: Path, connection: Any) -> Any:
    encoding = _encoding(path)
    names = _heading(path, encoding)
    if encoding == _ENCODINGS[0]:
        columns = dict.fromkeys(names, "VARCHAR")
        told = {"delim": ",", "quote": '"', "escape": '"', "nullstr": "", "auto_detect": False}
        return connection.read_csv(str(path), columns=columns, header=True, **told)
    return ibis.memtable(
        arrow_csv.read_csv(
            str(path),
            arrow_csv.ReadOptions(encoding=encoding),
            arrow_csv.ParseOptions(newlines_in_values=True),
            arrow_csv.ConvertOptions(
                column_types=dict.fromkeys(names, pa.string()), null_values=[""], strings_can_be_null=True
            ),
        )
    )


def _encoding(path: Path) -> str:
    """Return UTF-8 if the whole file is that, else what Excel writes in Japan (CP932)."""
    for encoding in _ENCODINGS:
        decoder = codecs.getincrementaldecoder(encoding)()
        try:
            with path.open("rb") as stream:
                while piece := stream.read(_PIECE):
                    decoder.decode(piece)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            continue
        return encoding
    raise unreadable(path.name, "UTF-8, CP932")


def _heading(path: Path, encoding: str) -> list[str]:
    with path.open(encoding=encoding, newline="") as stream:
        names: list[str] = next(csv.reader(stream), list[str]())
    twice = [name for name in names if names.count(name) > 1]
    if twice or not names:
        said = f" {shown_name(twice[0])}" if twice else ""
        raise UnreadableFile(
            f"見出しの行がないか、同じ見出し{said} が二つあります。1行目に列の名前を一度ずつ書いてください。",
            f"no heading, or the column{said} twice: name each column once in the first line",
            place=path.name,
        )
    return names


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

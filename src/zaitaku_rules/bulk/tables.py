"""The tables at the door: a folder of Parquet or CSV, a database, or frames, seen through Ibis."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, TypeAlias, cast

from zaitaku_rules.bulk.engines import ibis
from zaitaku_rules.bulk.shapes import PROVIDERS, USERS, shapes
from zaitaku_rules.errors import InvalidInput, UnreadableFile, nearest, shown_name

Source: TypeAlias = str | Path | Mapping[str, Any] | Any
"""A folder, a mapping of table names to frames or Ibis tables, or an Ibis connection."""

JAPAN = "Asia/Tokyo"
_SUFFIXES = (".parquet", ".csv")


class Tables:
    """Tables by name, as they were given, and the connection that computes on them."""

    def __init__(self, source: Source) -> None:
        """Open `source`; raises InvalidInput where it holds no table `users` and `providers`."""
        self.connection: Any
        self.given: dict[str, Any]
        if isinstance(source, str | Path):
            self.connection = _duckdb()
            self.given = _of_folder(Path(source), self.connection)
        elif isinstance(source, Mapping):
            frames = cast("Mapping[str, Any]", source)
            self.given = {name: _seen(frame) for name, frame in frames.items()}
            self.connection = _connection_of(self.given.values())
        else:
            self.connection = source
            self.given = {name: source.table(name) for name in source.list_tables() if name in shapes()}
        _speak_japan_time(self.connection)
        self._check_names()

    def _check_names(self) -> None:
        for name in self.given:
            if name not in shapes():
                near = nearest(name, shapes())
                raise InvalidInput(
                    f"その名前の表はありません。{f'{near} のことですか。' if near else ''}",
                    f"no table has that name{f'; did you mean {near}?' if near else ''}",
                    place=shown_name(name),
                )
        for name in (USERS, PROVIDERS):
            if name not in self.given:
                raise InvalidInput(
                    f"{name} の表がありません。利用者と事業所の表が必要です。",
                    f"no table {name}: users and providers are needed",
                )


def _duckdb() -> Any:
    return ibis.duckdb.connect()


def _speak_japan_time(connection: Any) -> None:
    """Let the engine read a moment with an offset as the time in Japan."""
    if connection.name == "duckdb":
        connection.raw_sql(f"SET TimeZone = '{JAPAN}'")
    elif connection.name == "pyspark":
        connection._session.conf.set("spark.sql.session.timeZone", JAPAN)
    elif connection.name == "postgres":
        connection.raw_sql(f"SET TIME ZONE '{JAPAN}'")


def _of_folder(folder: Path, connection: Any) -> dict[str, Any]:
    """Return a table for each NAME.parquet, NAME.csv, or folder NAME of Parquet files."""
    if not folder.is_dir():
        raise UnreadableFile(
            "表を置いたフォルダーがありません。Parquet か CSV のフォルダーを指定してください。",
            "no such folder: give a folder of Parquet or CSV files, one for each table",
            place=folder.name,
        )
    found: dict[str, Any] = {}
    for path in sorted(folder.iterdir()):
        if path.is_dir() and any(path.glob("*.parquet")):
            found[path.name] = connection.read_parquet(str(path / "*.parquet"))
        elif path.suffix in _SUFFIXES:
            found[path.stem] = _of_file(path, connection)
    return found


def _of_file(path: Path, connection: Any) -> Any:
    try:
        if path.suffix == ".parquet":
            return connection.read_parquet(str(path))
        return connection.read_csv(str(path), all_varchar=True, header=True, nullstr="")
    except Exception as error:  # each engine has errors of its own
        raise UnreadableFile(
            f"表として読めません({type(error).__name__})。"
            "Parquet か、1行目が見出しの UTF-8 の CSV にしてください。",
            f"cannot be read as a table ({type(error).__name__}): save it as Parquet, or as CSV in UTF-8 "
            "with a heading",
            place=path.name,
        ) from None


def _seen(frame: Any) -> Any:
    """Return a frame (pandas, Polars, Arrow) as an Ibis table without copying it; Ibis tables as they are."""
    return frame if isinstance(frame, ibis.Table) else ibis.memtable(frame)


def _connection_of(tables: Iterable[Any]) -> Any:
    """Return the connection of the tables that live in a database, else a new embedded one."""
    for table in tables:
        backends, _ = table._find_backends()
        if backends:
            return backends[0]
    return _duckdb()

"""The tables at the door: a folder of Parquet or CSV, a database, or frames, seen through Ibis."""

from __future__ import annotations

import contextlib
import shutil
import tempfile
import weakref
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, TypeAlias, cast

from zaitaku_rules.bulk.copied import COMPUTING, copied
from zaitaku_rules.bulk.engines import ArrowTable, ibis
from zaitaku_rules.bulk.folders import check_names, tables_of_folder
from zaitaku_rules.days import Calendar
from zaitaku_rules.errors import UnreadableFile
from zaitaku_rules.records.shapes import PROVIDERS, USERS, shapes

Source: TypeAlias = str | Path | Mapping[str, Any] | Any
"""A folder, a database (`duckdb:///FILE`, `postgres://...`), frames by name, or an Ibis connection.

DuckDB and Spark compute on their own tables; those of other databases are read once and copied.
"""

JAPAN = "Asia/Tokyo"
_EPOCH_US = (
    "CREATE OR REPLACE TEMPORARY FUNCTION epoch_us(at TIMESTAMP_NTZ) RETURNS BIGINT "
    "RETURN unix_micros(CAST(at AS TIMESTAMP)) + 32400000000"
)
"""What the embedded engine calls `epoch_us`: the microseconds since 1970 by the clock of Japan."""
_FILE, _SQLITE = "duckdb:///", "sqlite:///"


class Tables:
    """Tables by name, as they were given, and the connection that computes on them.

    `lost` holds by table the lines of CSV files that are no rows, as rows left out.
    Closed (or left, in a `with` statement) they let go of what was opened or copied for them.
    """

    def __init__(self, source: Source, near: Calendar | None = None) -> None:
        """Open `source`; raises InvalidInput where it holds no table `users` and `providers`.

        Where tables must be copied, `near` says of which month what happened on a day is asked for.
        """
        self.connection: Any
        self.given: dict[str, Any]
        self.lost: dict[str, ArrowTable] = {}
        self._held = contextlib.ExitStack()
        with contextlib.ExitStack() as held:
            self._open(source, near, held)
            self._held = held.pop_all()
        # For whoever does not close them.
        weakref.finalize(self, self._held.close)

    def _open(self, source: Source, near: Calendar | None, held: contextlib.ExitStack) -> None:
        if isinstance(source, Mapping):
            frames = cast("Mapping[str, Any]", source)
            self.given = {name: _seen(frame) for name, frame in frames.items()}
            self.connection = _connection_of(self.given.values())
        elif isinstance(source, Path) or (isinstance(source, str) and "://" not in source):
            self.connection = _duckdb()
            self.given, self.lost = tables_of_folder(Path(source), self.connection)
        else:
            self.connection = _database(source) if isinstance(source, str) else source
            if isinstance(source, str) and self.connection.name not in COMPUTING:
                held.callback(self.connection.disconnect)
            names = _names_in(self.connection)
            self.given = {name: self.connection.table(name) for name in names if name in shapes()}
        check_names(self.given, shapes(), (USERS, PROVIDERS))
        if self.connection.name not in COMPUTING:
            folder = tempfile.mkdtemp(prefix="zaitaku-")
            held.callback(shutil.rmtree, folder, ignore_errors=True)
            self.connection, given = _duckdb(), self.connection
            self.given = copied(self.given, given, self.connection, folder, near)
        _speak_japan_time(self.connection)

    def __enter__(self) -> Tables:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of what was opened or copied for the tables; they cannot be read any more."""
        self._held.close()


def _duckdb(*file: str, **options: bool) -> Any:
    """Return a connection that draws no progress of its own on standard output."""
    connection = ibis.duckdb.connect(*file, **options)
    # In a notebook without ipywidgets DuckDB draws none, and refuses to be told so.
    with contextlib.suppress(Exception):
        connection.raw_sql("SET enable_progress_bar = false")
    return connection


def _database(address: str) -> Any:
    """Connect to a database, a file only to read; the address may hold a password and is never shown."""
    try:
        if address.startswith(_FILE):
            return _duckdb(address.removeprefix(_FILE), read_only=True)
        if address.startswith(_SQLITE):
            # SQLite would make a file that is not there.
            return ibis.sqlite.connect(Path(address.removeprefix(_SQLITE)).resolve(strict=True))
        return ibis.connect(address)
    except Exception as error:  # each engine has errors of its own
        raise UnreadableFile(
            f"データベースにつながりません({type(error).__name__})。住所(duckdb:///ファイル、"
            "postgres://...)と、Ibis の接続部品(pip install 'ibis-framework[postgres]' など)を"
            "確かめてください。",
            f"no connection to the database ({type(error).__name__}): check the address (duckdb:///FILE, "
            "postgres://...) and that Ibis has its driver (such as pip install 'ibis-framework[postgres]')",
            place=address.partition("://")[0][:20],
        ) from None


def _names_in(connection: Any) -> list[str]:
    """Return the names of a database's tables; of DuckDB 2 Ibis 12 cannot list them."""
    if connection.name != "duckdb":
        return list(connection.list_tables())
    listed = connection.con.execute("SELECT table_name FROM information_schema.tables ORDER BY 1").fetchall()
    return [str(name) for (name,) in listed]


def _speak_japan_time(connection: Any) -> None:
    """Let the engine read a moment with an offset as the time in Japan."""
    if connection.name == "duckdb":
        connection.raw_sql(f"SET TimeZone = '{JAPAN}'")
    else:
        connection._session.conf.set("spark.sql.session.timeZone", JAPAN)
        # Only now: a function remembers the time zone of the session that makes it.
        connection._session.sql(_EPOCH_US)


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

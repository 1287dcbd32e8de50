"""The same nation in a folder and in databases: the same bytes come out of a sweep."""

from __future__ import annotations

import contextlib
import json
import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from as_tables import tables_of
from brute.months import provider_number
from private_postgres import private_postgres
from zaitaku_rules import UnreadableFile
from zaitaku_rules.bulk import compare, sweep_to_files
from zaitaku_rules.bulk.engines import ArrowTable, ibis, pa, pq
from zaitaku_rules.testing import document, population

psycopg = pytest.importorskip("psycopg", reason="needs the driver: pip install 'psycopg[binary]'")

MONTH = "2026-02"
POSTGRES = {"date32[day]": "date", "timestamp[us]": "timestamp", "bool": "boolean"}
SQLITE = {"date32[day]": "DATE", "timestamp[us]": "TIMESTAMP", "bool": "BOOLEAN"}

Nation = dict[str, ArrowTable]


@pytest.fixture(scope="module")
def nation() -> Nation:
    return next(iter(population(7, 2_000, MONTH)))


@pytest.fixture(scope="module")
def expected(nation: Nation, tmp_path_factory: pytest.TempPathFactory) -> list[bytes]:
    folder = tmp_path_factory.mktemp("parquet")
    (folder / "tables").mkdir()
    for name, table in nation.items():
        pq.write_table(table, str(folder / "tables" / f"{name}.parquet"))
    return swept(folder / "tables", folder)


def swept(source: Any, folder: Path) -> list[bytes]:
    """Return the files that a sweep writes."""
    files = sweep_to_files(source, MONTH, folder / "found.parquet").files
    assert not files.left_out.exists()
    return [files.findings.read_bytes(), files.summary.read_bytes()]


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with private_postgres() as folder:
        yield folder


def rows_of(table: ArrowTable) -> Iterator[tuple[Any, ...]]:
    yield from zip(*(table[name].to_pylist() for name in table.column_names), strict=True)


def fill(server: str, database: str, nation: Nation, types: dict[str, str] | None = None) -> str:
    """Write a nation into a database of its own and return the address; `types` are of some columns."""
    with psycopg.connect(host=server, user="postgres", autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {database}")
    with psycopg.connect(host=server, user="postgres", dbname=database) as connection:
        channels = "'phone', 'video', 'visit', 'office', 'chat', 'mail', 'one_way'"
        connection.execute(f"CREATE TYPE channel AS ENUM ({channels})")
        connection.execute("SET TIME ZONE 'UTC'")
        for name, table in nation.items():
            kinds = {field.name: POSTGRES.get(str(field.type), "text") for field in table.schema}
            kinds |= {field.name: "text[]" for field in table.schema if pa.types.is_list(field.type)}
            kinds |= {key: (types or {}).get(f"{name}.{key}", kind) for key, kind in kinds.items()}
            columns = ", ".join(f'"{key}" {kind}' for key, kind in kinds.items())
            connection.execute(f'CREATE TABLE "{name}" ({columns})')
            with connection.cursor() as cursor, cursor.copy(f'COPY "{name}" FROM STDIN') as copy:
                for row in rows_of(table):
                    copy.write_row(row)
    return f"postgres://postgres@/{database}?host={server}"


def test_a_nation_in_postgresql(
    nation: Nation, expected: list[bytes], server: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = fill(server, "plain", nation)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    assert swept(address, tmp_path) == expected
    assert not [*tmp_path.glob("zaitaku-*")]
    assert repr(compare(address, MONTH, law_b="contacts_per_day=3")) == repr(
        compare(nation, MONTH, law_b="contacts_per_day=3")
    )


def test_types_that_only_postgresql_has_and_other_months(
    nation: Nation, expected: list[bytes], server: str, tmp_path: Path
) -> None:
    contacts = nation["contacts"]
    at = pa.array([moment.replace(year=2024) for moment in contacts["at"].to_pylist()], pa.timestamp("us"))
    earlier = contacts.set_column(contacts.column_names.index("at"), "at", at)
    types = {
        "contacts.at": "timestamp with time zone",
        "contacts.recorded_at": "timestamp with time zone",
        "contacts.channel": "channel",
        "users.provider_number": "bigint",
        "days.user_id": "varchar(40)",
        "days.start": "time",
    }
    in_utc = {"contacts": pa.concat_tables([in_japan(contacts), in_japan(earlier)])}
    address = fill(server, "typed", nation | in_utc, types)
    assert swept(address, tmp_path) == expected


def in_japan(contacts: ArrowTable) -> ArrowTable:
    """Return contacts whose moments say that they are of Japan, nine hours before those of UTC."""
    for name in ("at", "recorded_at"):
        moments = pa.compute.assume_timezone(contacts[name], "Asia/Tokyo")
        contacts = contacts.set_column(contacts.column_names.index(name), name, moments)
    return contacts


def test_a_connection_and_its_tables(
    nation: Nation, expected: list[bytes], server: str, tmp_path: Path
) -> None:
    fill(server, "given", nation)
    connection = ibis.postgres.connect(host=server, user="postgres", database="given")
    assert swept(connection, tmp_path) == expected
    assert swept({name: connection.table(name) for name in nation}, tmp_path) == expected
    frames = {name: nation[name] for name in ("contacts", "days")}
    assert swept({name: connection.table(name) for name in nation} | frames, tmp_path) == expected
    assert {*connection.list_tables()} == {*nation}, "a connection that was given stays open"
    connection.disconnect()


def test_a_table_that_may_not_be_read(server: str, tmp_path: Path) -> None:
    address = fill(server, "closed", tables_of([document({})]))
    with psycopg.connect(host=server, user="postgres", dbname="closed") as connection:
        connection.execute("CREATE ROLE reader LOGIN")
        connection.execute("GRANT SELECT ON ALL TABLES IN SCHEMA public TO reader")
        connection.execute("REVOKE SELECT ON contacts FROM reader")
        connection.execute("GRANT INSERT ON contacts TO reader")
    with pytest.raises(UnreadableFile, match=r"database cannot be read \(InsufficientPrivilege\)") as caught:
        swept(address.replace("postgres@", "reader@"), tmp_path)
    assert "\n" not in caught.value.said_in("en")
    assert not [*tmp_path.iterdir()], "nothing half written"


def test_a_postgresql_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="no connection to the database"):
        swept(f"postgres://somebody:secret@/nation?host={tmp_path}", tmp_path)


# Ibis itself asks pandas for an option that is on its way out.
@pytest.mark.filterwarnings("ignore:.*infer_string")
def test_a_nation_in_sqlite(nation: Nation, expected: list[bytes], tmp_path: Path) -> None:
    connection = sqlite3.connect(tmp_path / "nation.db")
    for name, table in nation.items():
        columns = ", ".join(f'"{one.name}" {SQLITE.get(str(one.type), "TEXT")}' for one in table.schema)
        connection.execute(f'CREATE TABLE "{name}" ({columns})')
        rows = [[in_sqlite(value) for value in row] for row in rows_of(table)]
        marks = ",".join("?" * table.num_columns)
        connection.executemany(f'INSERT INTO "{name}" VALUES ({marks})', rows)
    connection.commit()
    connection.close()
    assert swept(f"sqlite:///{tmp_path / 'nation.db'}", tmp_path) == expected


def test_a_file_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="no connection to the database"):
        swept(f"sqlite:///{tmp_path / 'nation.db'}", tmp_path)
    assert not (tmp_path / "nation.db").exists()


@pytest.mark.filterwarnings("ignore:.*infer_string")
def test_sqlite_keeps_any_text_in_a_column_of_dates(tmp_path: Path) -> None:
    with contextlib.closing(sqlite3.connect(tmp_path / "nation.db")) as connection:
        connection.execute("CREATE TABLE users (user_id TEXT, municipality TEXT, provider_number TEXT)")
        connection.execute("CREATE TABLE providers (provider_number TEXT, service TEXT)")
        connection.execute("CREATE TABLE days (user_id TEXT, date DATE, place TEXT)")
        number = provider_number("131234567")
        connection.execute("INSERT INTO users VALUES ('U-1', '131016', ?)", [number])
        connection.execute("INSERT INTO providers VALUES (?, 'continuation_b')", [number])
        rows = [("U-1", day, "home") for day in ("R8.2.5", "2026-02-06", "someday", None)]
        connection.executemany("INSERT INTO days VALUES (?, ?, ?)", rows)
        connection.commit()
    summary = sweep_to_files(f"sqlite:///{tmp_path / 'nation.db'}", MONTH, tmp_path / "found").summary
    assert summary["home_days"] == 2
    assert [(one["reason"], one["rows"]) for one in summary["left_out"]] == [
        ("date: missing", 1),
        ("date: not a date", 1),
    ]


def test_until_further_notice_is_infinity_in_postgresql(server: str, tmp_path: Path) -> None:
    documents: list[dict[str, Any]] = [document({"plan": "2025-08-01~"})]
    given = tables_of(documents)
    dates = {f"plans.{name}": "date" for name in ("from", "to")}
    address = fill(server, "endless", given, dates)
    whole = swept(address, tmp_path)
    with psycopg.connect(host=server, user="postgres", dbname="endless") as connection:
        assert connection.execute("UPDATE plans SET \"to\" = 'infinity'").rowcount == 1
    assert swept(address, tmp_path) == whole


def in_sqlite(value: Any) -> Any:
    """Return a value as SQLite keeps it: days and moments as text, the items of a list as one text."""
    if isinstance(value, list):
        return ";".join(map(str, value))  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType]
    if hasattr(value, "hour"):
        return value.isoformat(" ")
    return value.isoformat() if hasattr(value, "isoformat") else value


def test_a_nation_in_a_duckdb_file(nation: Nation, expected: list[bytes], tmp_path: Path) -> None:
    connection = ibis.duckdb.connect(str(tmp_path / "nation.duckdb"))
    for name, table in nation.items():
        connection.con.register("given", table)
        connection.con.execute(f'CREATE TABLE "{name}" AS SELECT * FROM given')
        connection.con.unregister("given")
    connection.disconnect()
    assert swept(f"duckdb:///{tmp_path / 'nation.duckdb'}", tmp_path) == expected


def test_the_expected_files_hold_findings(expected: list[bytes]) -> None:
    summary = json.loads(expected[1])
    assert summary["users"] == 2_000
    assert min(summary["verdicts"]["broken"], summary["findings"]) > 100

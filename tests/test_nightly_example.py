"""The nightly job of `examples/nightly`: over an office system's own PostgreSQL, night after night."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from loading import EXAMPLES, loaded
from private_postgres import private_postgres

psycopg = pytest.importorskip("psycopg", reason="needs the driver: pip install 'psycopg[binary]'")

FOLDER = EXAMPLES / "nightly"
JOB: Any = loaded("nightly/nightly.py")
NAME = "架空太郎"


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with private_postgres() as folder:
        yield folder


@pytest.fixture
def office(server: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """An office system in a database of its own; the job may read the views alone."""
    with psycopg.connect(host=server, user="postgres", autocommit=True) as connection:
        connection.execute("DROP DATABASE IF EXISTS office")
        connection.execute("DROP ROLE IF EXISTS zaitaku_nightly")
        connection.execute("CREATE DATABASE office")
    monkeypatch.setenv("ZAITAKU_TABLES", f"postgres://zaitaku_nightly@/office/zaitaku?host={server}")
    monkeypatch.chdir(tmp_path)
    with psycopg.connect(host=server, user="postgres", dbname="office", autocommit=True) as connection:
        for name in ("office.sql", "views.sql"):
            connection.execute((FOLDER / name).read_text("utf-8"))
        yield connection


def night(day: str, *more: str) -> int:
    code: int = JOB.main(["runs", "--as-of", day, "--lang", "en", *more])
    return code


def changes(day: str) -> list[tuple[str, ...]]:
    with (Path("runs") / day[:7] / f"{day}.changes.csv").open(encoding="utf-8", newline="") as stream:
        head, *rows = csv.reader(stream)
    assert tuple(head) == JOB.COLUMNS
    return [tuple(row) for row in rows]


def test_night_after_night(office: Any, capsys: pytest.CaptureFixture[str]) -> None:
    assert night("2026-03-11") == 0
    assert "2 users, 0 broken, 2 open. New: 0 days broken; gone: 0 days." in capsys.readouterr().out
    summary = json.loads(Path("runs/2026-03/2026-03-11.summary.json").read_text("utf-8"))
    assert summary["home_days"] == 14
    assert summary["left_out"] == []

    office.execute("DELETE FROM office.diary WHERE client_id = 2 AND day = '2026-03-10'")
    assert night("2026-03-12") == 1
    assert "  Z302  N-002  2212300012  2026-03-10\n" in capsys.readouterr().out
    assert ("new", "broken", "payment", "Z302", "N-002", "2212300012", "2026-03-10") in changes("2026-03-12")

    assert night("2026-03-13") == 0, "it was told the night before"
    assert "1 broken, 1 open. New: 0 days broken" in capsys.readouterr().out

    office.execute("INSERT INTO office.diary (client_id, day) VALUES (2, '2026-03-10')")
    assert night("2026-03-14") == 0
    assert ("gone", "broken", "payment", "Z302", "N-002", "2212300012", "2026-03-10") in changes("2026-03-14")


def test_a_night_that_is_run_again_says_the_same(office: Any, capsys: pytest.CaptureFixture[str]) -> None:
    assert night("2026-03-11") == 0
    office.execute("DELETE FROM office.call_log WHERE client_id = 1 AND at::date = '2026-03-03'")
    assert [night("2026-03-12"), night("2026-03-12")] == [1, 1]
    first, second = capsys.readouterr().out.split("2026-03 (2026-03-12)")[1:]
    assert first == second


def test_a_week_that_ends_turns_open_into_broken(office: Any) -> None:
    office.execute("DELETE FROM office.review WHERE client_id = 1")
    assert night("2026-03-07") == 0
    assert ("new", "open", "payment", "Z401", "N-001", "2212300012", "2026-03-06") in changes("2026-03-07")
    assert night("2026-03-10") == 1
    assert ("new", "broken", "payment", "Z401", "N-001", "2212300012", "2026-03-06") in changes("2026-03-10")


def test_the_first_night_tells_all(office: Any) -> None:
    office.execute("DELETE FROM office.diary WHERE client_id = 2 AND day = '2026-03-10'")
    assert night("2026-03-12") == 1


def test_a_call_in_the_morning_is_of_its_day_in_japan(office: Any) -> None:
    early = office.execute(
        "SELECT count(*) FROM zaitaku.contacts WHERE (at AT TIME ZONE 'UTC')::time > '23:00'"
    )
    assert early.fetchone() == (14,), "08:30 in Japan is the day before in UTC"
    assert night("2026-03-11") == 0
    assert not [row for row in changes("2026-03-11") if row[3] == "Z301"]


@pytest.mark.usefixtures("office")
def test_an_overlay_of_the_office() -> None:
    assert night("2026-03-11", "--overlay", str(EXAMPLES / "overlays" / "icross.toml")) == 1
    assert {row[3] for row in changes("2026-03-11") if row[1] == "broken"} == {"Z301"}


def test_words_that_nobody_translated_are_counted(office: Any, capsys: pytest.CaptureFixture[str]) -> None:
    office.execute(
        "UPDATE office.call_log SET way = '伝書鳩' WHERE client_id = 1 AND at::date = '2026-03-03'"
    )
    night("2026-03-11")
    told = capsys.readouterr()
    assert "rows could not be read and are left out: see runs/2026-03/2026-03-11.left_out.csv" in told.err
    assert "伝書鳩" not in told.err
    assert ("new", "open", "payment", "Z301", "N-001", "2212300012", "2026-03-03") in changes("2026-03-11")


def test_names_stay_where_they_are(office: Any) -> None:
    night("2026-03-11")
    for path in Path("runs").rglob("*.*"):
        assert NAME.encode() not in path.read_bytes()
    with (
        psycopg.connect(office.info.dsn, user="zaitaku_nightly") as connection,
        pytest.raises(Exception, match="denied"),
    ):
        connection.execute("SELECT name FROM office.client")


def test_a_night_that_fails_says_why(office: Any, capsys: pytest.CaptureFixture[str]) -> None:
    office.execute("DROP VIEW zaitaku.users")
    assert night("2026-03-11") == 2
    assert "users" in capsys.readouterr().err
    assert not [*Path("runs/2026-03").iterdir()]


def test_a_call_that_is_wrong(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("ZAITAKU_TABLES", raising=False)
    for call in (("runs", "--month", "../x"), ("runs", "--month", "2026-3"), ("runs",)):
        with pytest.raises(SystemExit, match="2"):
            JOB.main(call)
    assert "address of the tables" in capsys.readouterr().err
    assert not [*tmp_path.iterdir()]


def test_a_server_that_is_not_there(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ZAITAKU_TABLES", f"postgres://somebody:secret@/office/zaitaku?host={tmp_path}")
    monkeypatch.chdir(tmp_path)
    assert night("2026-03-11") == 2
    told = capsys.readouterr().err
    assert "no connection to the database" in told
    assert "secret" not in told

"""One machine and a cluster: the same findings, byte for byte."""

import os
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from as_tables import tables_of
from brute.months import provider_number
from documents import ROOT, blocks
from test_brute_force import EXAMPLES
from test_parity import a_month_of_users
from zaitaku_rules.bulk import sweep
from zaitaku_rules.bulk.engines import ArrowTable, pa, pq
from zaitaku_rules.bulk.findings import SCHEMA
from zaitaku_rules.records.shapes import shapes

USERS = 60

sql: Any = pytest.importorskip("pyspark.sql", reason="needs the extra spark")

pytestmark = [
    pytest.mark.spark,
    # PySpark 4.0 and Ibis 12 still use what newer pandas and Python have given up.
    pytest.mark.filterwarnings("ignore"),
]


@pytest.fixture(scope="module")
def spark() -> Iterator[Any]:
    """A cluster on this machine, with two workers and plans made for few rows."""
    os.environ["PYSPARK_PYTHON"] = sys.executable
    os.environ["PYTHONPATH"] = os.pathsep.join(path for path in sys.path if path)
    settings = {
        "spark.driver.host": "127.0.0.1",
        "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
        "spark.sql.adaptive.enabled": "false",
        # Compiling each plan takes many times as long as these few rows.
        "spark.sql.codegen.factoryMode": "NO_CODEGEN",
        "spark.sql.codegen.wholeStage": "false",
        "spark.sql.shuffle.partitions": "2",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
    }
    session = sql.SparkSession.builder.master("local[2]").config(map=settings).getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    yield session
    session.stop()


def typed(name: str, table: ArrowTable) -> ArrowTable:
    """Return a table with dates as dates, and without the columns that nobody has filled in."""
    held: dict[str, Any] = {}
    for column in shapes()[name].columns:
        values = table[column.name]
        if column.required or values.null_count < len(values):
            held[column.name] = values.cast(pa.date32()) if column.kind == "date" else values
    return pa.table(held)


def on_spark(session: Any, tables: dict[str, ArrowTable], month: str, **asked: Any) -> Any:
    from zaitaku_rules.bulk.spark import sweep_on_spark

    frames = {name: session.createDataFrame(table).repartition(2) for name, table in tables.items()}
    return sweep_on_spark(session, frames, month, **asked)


def sorted_bytes(found: ArrowTable) -> bytes:
    """Return findings in order of users and rules, as the bytes of an Arrow stream."""
    ordered = found.cast(SCHEMA).sort_by([("user_id", "ascending"), ("code", "ascending")]).combine_chunks()
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, SCHEMA) as stream:
        stream.write_table(ordered)
    return bytes(sink.getvalue())


@pytest.mark.parametrize("seed", range(EXAMPLES) if EXAMPLES else [0, 1, 4])
def test_spark_finds_the_same_bytes_as_one_machine(
    spark: Any, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    documents, call = a_month_of_users(seed, monkeypatch, USERS)
    month, tables = documents[0]["month"], tables_of(documents)
    tables = {name: typed(name, table) for name, table in tables.items()}
    here = sweep(tables, month, every=True, **call)
    there = on_spark(spark, tables, month, every=True, **call).findings.toArrow()
    assert here.num_rows == there.num_rows >= USERS
    assert sorted_bytes(here) == sorted_bytes(there)


def test_unreadable_rows_are_doubted_and_told_of_alike(spark: Any, tmp_path: Path) -> None:
    month, tables = "2026-05", a_small_nation()
    here = sweep(tables, month, every=True, as_of=date(2026, 6, 20))
    swept = on_spark(spark, tables, month, every=True, as_of=date(2026, 6, 20))
    swept.write(str(tmp_path))
    there, told = (spark.read.parquet(str(tmp_path / name)).toArrow() for name in ("findings", "left_out"))
    assert sorted_bytes(here) == sorted_bytes(there)
    assert {(row["table"], row["key"], row["reason"], row["rows"]) for row in told.to_pylist()} == {
        ("days", "U-0", "place: unknown value", 1),
        ("days", "U-9", "user_id: not in users", 2),
        ("users", "U-4", "provider_number: not in providers", 1),
    }


@pytest.mark.parametrize("kind", [pa.string(), pa.timestamp("us")], ids=str)
def test_a_contact_stays_on_its_day(spark: Any, tmp_path: Path, kind: Any) -> None:
    from zaitaku_rules.bulk.spark import sweep_on_spark

    tables = a_small_nation()
    hours = {"09": "00:10:00", "15": "23:50:00"}
    ends = [f"{at[:11]}{hours[at[11:13]]}" for at in tables["contacts"]["at"].to_pylist()]
    tables["contacts"] = tables["contacts"].set_column(1, "at", pa.array(ends).cast(kind))
    for name, rows in tables.items():
        pq.write_table(rows, str(tmp_path / f"{name}.parquet"))
    there = sweep_on_spark(spark, str(tmp_path), "2026-05", every=True).findings.toArrow()
    here = sweep(tables, "2026-05", every=True)
    assert sorted_bytes(here) == sorted_bytes(there)
    kept = {row["user_id"] for row in here.to_pylist() if (row["code"], row["status"]) == ("Z301", "kept")}
    assert kept == {"U-1", "U-2", "U-3"}


def test_the_script_of_the_documents_runs(
    spark: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "tables").mkdir()
    for name, rows in a_small_nation().items():
        pq.write_table(rows, str(tmp_path / "tables" / f"{name}.parquet"))
    (script,) = blocks(ROOT / "docs" / "spark.md", "py")
    monkeypatch.setattr(sys, "argv", ["judge.py", str(tmp_path / "tables"), "2026-05", str(tmp_path / "out")])
    exec(compile(script.text, "judge.py", "exec"), {"__name__": "__main__"})
    there = spark.read.parquet(str(tmp_path / "out" / "findings")).toArrow()
    assert sorted_bytes(there) == sorted_bytes(sweep(a_small_nation(), "2026-05"))


def a_small_nation() -> dict[str, ArrowTable]:
    """Return five users at home for a week: one with an unreadable row, one without a known provider."""
    users = [f"U-{number}" for number in range(5)]
    week = [date(2026, 5, 11) + timedelta(days=number) for number in range(5)]
    days = [(user, day, "home") for user in users for day in week]
    days += [("U-0", week[0], "moon"), ("U-9", week[0], "home"), ("U-9", week[1], "home")]
    contacts = [(user, f"{day}T{hour}:00:00", "phone") for user, day, _ in days[:20] for hour in ("09", "15")]
    numbers = [provider_number("131234567")] * 4 + [provider_number("131234568")]
    return {
        "users": pa.table({"user_id": users, "municipality": ["131016"] * 5, "provider_number": numbers}),
        "providers": pa.table({"provider_number": numbers[:1], "service": ["continuation_b"]}),
        "days": table(["user_id", "date", "place"], days),
        "contacts": table(["user_id", "at", "channel"], contacts),
    }


def table(names: list[str], rows: list[tuple[Any, ...]]) -> ArrowTable:
    return pa.table(dict(zip(names, map(list, zip(*rows, strict=True)), strict=True)))

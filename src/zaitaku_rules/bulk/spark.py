"""`sweep_on_spark`: a month of more users than one machine holds, packed and judged on a Spark cluster."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce
from pathlib import Path
from typing import Any, TypeAlias
from uuid import uuid4

from zaitaku_rules.bulk.engines import Rows, ibis
from zaitaku_rules.bulk.spark_judging import Errand
from zaitaku_rules.bulk.spark_parts import LongPacking
from zaitaku_rules.bulk.spark_tables import SparkTables
from zaitaku_rules.bulk.sweep import law_asked
from zaitaku_rules.bulk.tables import Tables
from zaitaku_rules.law import Overlay
from zaitaku_rules.records.shapes import shapes

Frame: TypeAlias = Any
"""A `pyspark.sql.DataFrame`."""

USERS_AT_ONCE = 1 << 15
"""Users that a worker's Python holds at a time, about: enough that few of its blocks are small."""

FINDINGS = (
    "user_id string, provider_number string, municipality string, month string, code string, "
    "severity string, status string, days array<date>, open_days array<date>"
)
LEFT_OUT = "`table` string, `key` string, reason string, `rows` bigint"
"""The columns of the two frames, as Spark writes a schema."""


@dataclass(frozen=True)
class Swept:
    """The findings of a sweep and the rows that could not be read: frames that Spark has yet to compute."""

    findings: Frame
    left_out: Frame

    def write(self, output: str) -> None:
        """Write both as Parquet below the folder `output`, which must not hold them yet."""
        self.findings.write.parquet(f"{output}/findings")
        self.left_out.write.parquet(f"{output}/left_out")


def sweep_on_spark(
    session: Any,
    tables: str | Mapping[str, Frame],
    month: str,
    *,
    as_of: date | None = None,
    overlays: Sequence[Overlay | str | Path] = (),
    readings: Mapping[str, str] | None = None,
    every: bool = False,
) -> Swept:
    """Judge one month of many users on Spark: what `sweep` finds, in no order.

    `tables` is the address of a folder of Parquet tables, or frames by name. No rows of lists come to the
    driver, and the library must be installed where the workers run.
    """
    law = law_asked(overlays, readings)
    connection = _connected(session)
    held = SparkTables(Tables(_seen(session, connection, tables)), month, as_of)
    packing = LongPacking(held, [law])
    said = [*packing.parts()]
    errand = Errand(
        packing.page,
        frozenset(held.rows),
        frozenset(held.later),
        tuple(part for part, _ in said),
        held.stated_for_everyone,
        held.is_all_in_doubt,
        law,
        every,
    )
    frames = [_numbered(connection, number, rows) for number, (_, rows) in enumerate(said)]
    together = _gathered(connection, frames, held.users)
    strangers = frames[0].mapInArrow(errand.of_people.strangers, LEFT_OUT)
    left_out = _and(frame_of(connection, held.unreadable()), strangers)
    return Swept(together.mapInArrow(errand.findings, FINDINGS), left_out)


def _connected(session: Any) -> Any:
    """Return a connection with settings of its own."""
    connection = ibis.pyspark.connect(session.newSession())
    # Spark would ask for the size of a batch after each row, which takes longer than writing the row.
    connection._session.conf.set("spark.sql.execution.arrow.maxBytesPerBatch", str((1 << 31) - 1))
    return connection


def _gathered(connection: Any, frames: list[Frame], users: int) -> Frame:
    """Return the rows of all parts, those of a user in one partition."""
    usual = int(connection._session.conf.get("spark.sql.shuffle.partitions"))
    return reduce(_and, frames).repartition(max(usual, -(-users // USERS_AT_ONCE)), "user_id")


def _numbered(connection: Any, number: int, rows: Rows) -> Frame:
    return frame_of(connection, rows.mutate(part=ibis.literal(number, "int16")))


def _and(one: Frame, other: Frame) -> Frame:
    return one.unionAll(other)


def frame_of(connection: Any, expression: Any) -> Frame:
    """Return an expression as a frame."""
    connection._run_pre_execute_hooks(expression)
    return connection._session.sql(connection.compile(expression))


def _seen(session: Any, connection: Any, tables: str | Mapping[str, Frame]) -> dict[str, Any]:
    """Return frames as Ibis tables, in a session of their own so that the caller's keeps its settings."""
    frames = _of_folder(session, tables) if isinstance(tables, str) else tables
    mark = f"zaitaku_rules_{uuid4().hex}"
    for name, frame in frames.items():
        frame.createGlobalTempView(mark)
        connection._session.table(f"global_temp.{mark}").createTempView(name)
        session.catalog.dropGlobalTempView(mark)
    return {name: connection.table(name) for name in frames}


def _of_folder(session: Any, folder: str) -> dict[str, Frame]:
    """Return the tables that a folder holds, each as NAME.parquet or a folder NAME."""
    found: dict[str, Frame] = {}
    for name in shapes():
        for place in (f"{folder}/{name}.parquet", f"{folder}/{name}"):
            try:
                found[name] = session.read.parquet(place)
            except Exception as error:  # Spark has one for whatever it cannot resolve
                if "PATH_NOT_FOUND" not in str(error):
                    raise
            else:
                break
    return found

"""Judges a month's tables on Spark and on one machine, and tells how long each takes and whether they agree.

    python bench/spark.py FOLDER MONTH [--master local[2]] [--set spark.KEY=VALUE ...] [--alone]

FOLDER holds Parquet tables, such as `zaitaku simulate` or bench/sweep.py leave. Spark writes its findings to
a folder beside the system's temporary files, as it would on a cluster. `--alone` leaves one machine out.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
import time
import warnings
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

from zaitaku_rules.bulk import sweep
from zaitaku_rules.bulk.engines import pq
from zaitaku_rules.bulk.findings import SCHEMA

_SETTINGS = {
    "spark.driver.host": "127.0.0.1",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.driver.memory": "6g",
    "spark.sql.shuffle.partitions": "4",
}


def main() -> None:
    """Measure once and say so."""
    asked = _arguments()
    here = None if asked.alone else _timed("one machine", lambda: sweep(asked.folder, asked.month))
    output = tempfile.mkdtemp(prefix="zaitaku-spark-")
    settings = dict(one.split("=", 1) for one in asked.set)
    session = _timed("Spark starts", lambda: _session(asked.master, settings))
    try:
        swept = _timed("prepared", lambda: _swept(session, asked.folder, asked.month))
        _timed("packed, judged and written", lambda: swept.write(f"{output}/found"))
        there = pq.read_table(f"{output}/found/findings")
        print(f"{there.num_rows:,} findings, load of the machine {os.getloadavg()[0]:.1f}")
        if here is not None:
            print("equal" if _ordered(here).equals(_ordered(there)) else "NOT EQUAL")
    finally:
        shutil.rmtree(output)
        session.stop()


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("month")
    parser.add_argument("--master", default="local[2]")
    parser.add_argument("--set", action="append", default=[], metavar="KEY=VALUE")
    parser.add_argument("--alone", action="store_true")
    return parser.parse_args()


def _session(master: str, settings: dict[str, str]) -> Any:
    sql: Any = import_module("pyspark.sql")  # not installed with the other tools
    os.environ["PYSPARK_PYTHON"] = sys.executable
    warnings.filterwarnings("ignore")
    session = sql.SparkSession.builder.master(master).config(map=_SETTINGS | settings).getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    return session


def _swept(session: Any, folder: Path, month: str) -> Any:
    from zaitaku_rules.bulk.spark import sweep_on_spark  # as above

    return sweep_on_spark(session, str(folder), month)


def _timed(name: str, work: Callable[[], Any]) -> Any:
    begin, cpu = time.perf_counter(), _cpu_seconds()
    found = work()
    seconds, busy = time.perf_counter() - begin, _cpu_seconds() - cpu
    print(f"{name}: {seconds:.1f} s, {busy:.1f} s of CPU", flush=True)
    return found


def _cpu_seconds() -> float:
    """Return the CPU time of this process and all below it: the JVM, its Python workers (Linux only)."""
    told: dict[int, tuple[int, int]] = {}
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = entry.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        told[int(entry.parent.name)] = int(fields[1]), sum(map(int, fields[11:15]))
    below, total = [os.getpid()], told[os.getpid()][1]
    for process in below:
        children = [number for number, (parent, _) in told.items() if parent == process]
        below += children
        total += sum(told[number][1] for number in children)
    return total / os.sysconf("SC_CLK_TCK")


def _ordered(found: Any) -> Any:
    by = [("user_id", "ascending"), ("code", "ascending")]
    return found.cast(SCHEMA).sort_by(by).combine_chunks()


if __name__ == "__main__":
    main()

"""Timing that can be compared: alternating batches, medians, whole nanoseconds."""

from __future__ import annotations

import os
import platform
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from importlib.metadata import version
from pathlib import Path

ROUNDS = 41
CALLS = 12

Task = Callable[[], object]


def alternating(tasks: Mapping[str, Task], *, rounds: int = ROUNDS, calls: int = CALLS) -> dict[str, int]:
    """Return the median nanoseconds of one call of each task.

    The tasks take turns in short batches, each round in the other direction, so that a machine that slows
    down slows them all. Garbage is collected when Python does so, as in use.
    """
    for task in tasks.values():
        for _ in range(calls):
            task()
    taken: dict[str, list[int]] = {name: [] for name in tasks}
    for turn in range(rounds):
        for name in tasks if turn % 2 else reversed(list(tasks)):
            taken[name].append(_batch(tasks[name], calls))
    return {name: int(statistics.median(times)) for name, times in taken.items()}


def _batch(task: Task, calls: int) -> int:
    begin = time.perf_counter_ns()
    for _ in range(calls):
        task()
    return (time.perf_counter_ns() - begin) // calls


def alternating_imports(statements: Mapping[str, str], *, rounds: int = 15) -> dict[str, int]:
    """Return the median nanoseconds of each import statement in interpreters of its own.

    The clock starts in the new interpreter, so its own start is not counted.
    """
    taken: dict[str, list[int]] = {name: [] for name in statements}
    for turn in range(rounds + 1):
        for name in statements if turn % 2 else reversed(list(statements)):
            nanoseconds = _import(statements[name])
            if turn:  # the first turn writes the compiled files
                taken[name].append(nanoseconds)
    return {name: int(statistics.median(times)) for name, times in taken.items()}


def _import(statement: str) -> int:
    timed = f"import time; begin = time.perf_counter_ns(); {statement}; print(time.perf_counter_ns() - begin)"
    done = subprocess.run([sys.executable, "-c", timed], capture_output=True, text=True, check=True)
    return int(done.stdout)


def machine(*packages: str) -> str:
    """Return in one line what was measured on: Python, machine and the releases of packages."""
    releases = ", ".join(f"{name} {version(name)}" for name in packages)
    where = f"{platform.system()} {platform.machine()}, {os.cpu_count()} CPUs ({_cpu()})"
    return f"{platform.python_implementation()} {platform.python_version()}, {where}; {releases}"


def _cpu() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or "unknown"
    models = [found.partition(":")[2].strip() for found in lines if found.startswith("model name")]
    return models[0] if models else "unknown"


def line(label: str, taken: int, against: int | None = None) -> str:
    """Return one line of a table: the ratio first, the microseconds beside."""
    ratio = f"{taken / against:7.2f}x" if against else " " * 8
    return f"  {ratio}  {taken / 1000:9.1f} µs  {label}"

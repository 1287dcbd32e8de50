"""A nation in one run: `sweep` with every rule against four rules in SQL, pandas, Polars and OpenFisca.

    python bench/sweep.py [USERS [ROUNDS]]     default: 500000 users, 3 rounds

Each measurement runs in an interpreter of its own, in turns. What is compared is CPU time of all threads,
which other work on the machine disturbs least; the wall clock stands beside it.
"""

from __future__ import annotations

import json
import math
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from timing import machine

MONTH = "2026-07"
SIZES = (10_000, 100_000, 500_000, 1_000_000)
Result = dict[str, Any]

OURS, TRUE, ROUGH = "sweep, all rules", "DuckDB, moments counted once", "DuckDB, rows counted"
NEEDED = {"pandas": "pandas", "Polars": "polars", "words": "openfisca_core"}


def one(name: str, folder: Path) -> Result:
    """Measure one thing in this interpreter."""
    from four_rules import OTHERS, by_us

    tasks: dict[str, Callable[[], Any]] = {
        OURS: lambda: _swept(folder),
        "answers": lambda: by_us(folder, MONTH),
        "again": lambda: _again(folder),
        "words": lambda: _dense(folder),
    }
    tasks |= {other: (lambda task=task: task(folder, MONTH)) for other, task in OTHERS.items()}
    begin, cpu = time.perf_counter(), time.process_time()
    said = tasks[name]()
    return {
        "wall": time.perf_counter() - begin,
        "cpu": time.process_time() - cpu,
        "peak": _peak(),
        "said": said,
    }


def _swept(folder: Path) -> int:
    from zaitaku_rules.bulk.file_sweep import sweep_to_files

    with tempfile.TemporaryDirectory() as place:
        return int(sweep_to_files(folder, MONTH, Path(place) / "findings").summary["findings"])


def _again(folder: Path) -> Result:
    """Pack once; then judge the same pages under another law, and twelve times under today's."""
    from zaitaku_rules.bulk.laws import LawAsked
    from zaitaku_rules.bulk.sweep import judged, packed

    other = LawAsked(readings={"week_start": "monday"})
    pages = packed(folder, MONTH, laws=[LawAsked(), other])
    found: Result = {}
    for name, laws in (("other", [other]), ("twelve", [LawAsked()] * 12)):
        begin, cpu = time.perf_counter(), time.process_time()
        for law in laws:
            for _ in judged(pages, law):
                pass
        found[name] = {"wall": time.perf_counter() - begin, "cpu": time.process_time() - cpu}
    return found


def _dense(folder: Path) -> Result:
    from dense_rules import by_openfisca, by_words, dense

    from zaitaku_rules.bulk.sweep import packed

    pages = packed(folder, MONTH)
    by_words(pages)
    (ours, said), (theirs, also) = by_words(pages), by_openfisca(dense(pages), MONTH)
    return {"ours": ours, "theirs": theirs, "agree": said == also}


def _peak() -> int:
    """Return the largest resident memory of this process in MiB; what it was forked from does not count."""
    status = Path("/proc/self/status")
    if not status.exists():
        import resource

        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
    line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) >> 10


def measured(name: str, folder: Path) -> Result:
    """Measure one thing in an interpreter of its own."""
    call = [sys.executable, "-W", "ignore", __file__, "--one", name, str(folder)]
    done = subprocess.run(call, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{name}: {done.stderr[-2000:]}")
    return json.loads(next(line for line in done.stdout.splitlines() if line.startswith("{")))


def tables(users: int) -> Path:
    """Return the folder of a generated month; it is kept in the folder for temporary files."""
    folder = Path(tempfile.gettempdir()) / f"zaitaku-bench-{MONTH}-{users}"
    if not folder.exists():
        made = (
            "import sys; from zaitaku_rules.testing import write_population as write; "
            f"print(write(sys.argv[1], 1, {users}, {MONTH!r}, local_share=0.0))"
        )
        subprocess.run([sys.executable, "-c", made, str(folder)], check=True, capture_output=True)
    return folder


def others() -> list[str]:
    """Return what is measured beside us; what is not installed is named and left out."""
    from four_rules import OTHERS

    found: list[str] = []
    for name in OTHERS:
        if name in NEEDED and not find_spec(NEEDED[name]):
            print(f"  {NEEDED[name]} is not installed: skipped")
        else:
            found.append(name)
    return found


def show(name: str, results: list[Result], against: float) -> float:
    """Print a line of medians: the ratio of CPU time first; return the CPU time."""
    cpu, wall = (statistics.median(one[key] for one in results) for key in ("cpu", "wall"))
    spread = f"{min(one['cpu'] for one in results):.1f}-{max(one['cpu'] for one in results):.1f}"
    peak = max(one["peak"] for one in results)
    print(
        f"  {cpu / against:6.2f}x  {cpu:7.1f} s CPU ({spread})  {wall:7.1f} s  {peak:6d} MiB  {name}",
        flush=True,
    )
    return cpu


def compare(folder: Path, rounds: int) -> float:
    """Compare the sweep with the four rules of others; return the CPU time of the sweep."""
    names = others()
    results: dict[str, list[Result]] = {name: [measured(name, folder)] for name in (OURS, *names)}
    answers = {name: results[name][0]["said"] for name in names if name != ROUGH}
    answers["zaitaku-rules"] = measured("answers", folder)["said"]
    print(f"  four rules: {answers['zaitaku-rules']}")
    if any(said != answers["zaitaku-rules"] for said in answers.values()):
        sys.exit(f"the answers differ: {answers}")
    print(f"  {', '.join(answers)}: the same answers", flush=True)
    for turn in range(rounds - 1):
        for name in results if turn % 2 else reversed(list(results)):
            results[name].append(measured(name, folder))
    yard = statistics.median(one["cpu"] for one in results[TRUE])
    print(f"  ratio to: {TRUE} (the yardstick)")
    cpu = {name: show(name, found, yard) for name, found in results.items()}
    print(f"  sweep / {ROUGH}: {cpu[OURS] / cpu[ROUGH]:.2f}", flush=True)
    return cpu[OURS]


def judge_again(folder: Path, swept: float) -> None:
    """Print the cost of judging packed pages again."""
    said = measured("again", folder)["said"]
    other, twelve = said["other"], said["twelve"]
    print(f"  judged under another law: {other['cpu'] / swept:.3f} of the sweep ({other['cpu']:.2f} s CPU)")
    print(f"  twelve months judged: {twelve['wall']:.1f} s ({twelve['cpu']:.1f} s CPU)", flush=True)
    if not find_spec(NEEDED["words"]):
        print("  openfisca_core is not installed: skipped")
        return
    said = measured("words", folder)["said"]
    if not said["agree"]:
        sys.exit("OpenFisca and we differ")
    print(f"  judging four rules, ours / OpenFisca: {said['ours'] / said['theirs']:.3f}", end="")
    print(f" ({said['ours']:.2f} s, {said['theirs']:.2f} s CPU)", flush=True)


def scale(sizes: tuple[int, ...]) -> None:
    """Print how CPU time grows with the number of users, with the exponent of the line of best fit."""
    points: list[tuple[float, float]] = []
    for users in sizes:
        found = measured(OURS, tables(users))
        points.append((math.log(users), math.log(found["cpu"])))
        print(
            f"  {users:9,} users: {found['cpu']:6.1f} s CPU  {found['wall']:6.1f} s  {found['peak']} MiB",
            flush=True,
        )
    for name, fitted in (("all", points), ("from 100,000 on", points[1:])):
        if len(fitted) > 1:
            print(
                f"  exponent ({name}): {statistics.linear_regression(*zip(*fitted, strict=True)).slope:.2f}"
            )


def main() -> int:
    """Measure everything on one generated month."""
    users, rounds = (int(text) for text in (*sys.argv[1:], *("500000", "3")[len(sys.argv) - 1 :])[:2])
    print(f"  {machine('duckdb', 'ibis-framework', 'numpy', 'pyarrow')}; load {os.getloadavg()[0]:.1f}")
    folder = tables(users)
    swept = compare(folder, rounds)
    judge_again(folder, swept)
    scale(tuple(size for size in SIZES if size <= 2 * users))
    print(f"  load {os.getloadavg()[0]:.1f}")
    return 0


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        print(json.dumps(one(sys.argv[2], Path(sys.argv[3]))))
        sys.exit(0)
    sys.exit(main())

"""Billing files: how long it takes to read and to validate them, against the plain csv module.

The files are synthetic, of 100,000 people (argument: another number). Processor time, best of the rounds;
memory is the peak of the process, one for each way of reading.
"""

from __future__ import annotations

import csv
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from timing import machine

from zaitaku_rules.billing import sheets, validate
from zaitaku_rules.read.kokuhoren import Deviation, read_kokuhoren
from zaitaku_rules.testing.kokuhoren import big_claims, big_records

ROUNDS = 3


def plain_csv(path: str) -> int:
    """Return the number of lines that the csv module reads from the decoded text."""
    with Path(path).open(encoding="cp932", newline="") as text:
        return sum(1 for _ in csv.reader(text))


def read(path: str) -> int:
    """Return the number of lines that the reader reads; ends where anything deviates."""
    lines = 0
    for part in read_kokuhoren(path).parts():
        if type(part) is Deviation:
            raise SystemExit(f"the file deviates: {part.message.en}")
        lines += 1
    return lines


def validated(path: str) -> int:
    """Return the number of lines that are validated; ends where anything is broken."""
    report = validate(path)
    if report.verdict != "kept":
        raise SystemExit(f"the file is {report.verdict}")
    return sum(one.data_records + 2 for one in report.receipt.files)


def validated_anew(path: str) -> int:
    """Return the same where no two rows are alike: nothing is remembered from row to row."""
    sheets._MOST = 0  # pyright: ignore[reportPrivateUsage]
    return validated(path)


WAYS: dict[str, Callable[[str], int]] = {
    "csv module, after decoding": plain_csv,
    "read_kokuhoren, every item checked": read,
    "validate, every rule": validated,
    "validate, no two rows alike": validated_anew,
}


def measured(way: str, path: str) -> tuple[int, float, int]:
    """Return lines, seconds of processor time and peak megabytes of one way, in a process of its own."""
    done = subprocess.run([sys.executable, __file__, way, path], capture_output=True, text=True, check=True)
    lines, seconds, peak = done.stdout.split()
    return int(lines), float(seconds), int(peak)


def measure(way: str, path: str) -> None:
    """Print lines, seconds and peak megabytes of one way in this process."""
    begin = time.process_time()
    lines = WAYS[way](path)
    seconds = time.process_time() - begin
    print(lines, seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10)


def show(name: str, lines: Iterable[bytes], folder: str) -> None:
    """Print what each way takes for one file."""
    path = Path(folder) / f"{name}.CSV"
    with path.open("wb") as file:
        file.writelines(lines)
    best = {
        way: min((measured(way, str(path)) for _ in range(ROUNDS)), key=lambda one: one[1]) for way in WAYS
    }
    base = next(iter(best.values()))[1]
    print(f"{name}: {path.stat().st_size / 1e6:.0f} MB")
    for way, (count, seconds, peak) in best.items():
        each = seconds / count * 1e6
        took = f"{seconds:>7.2f} s {each:>6.2f} us a line {seconds / base:>5.2f} x {peak:>4} MB"
        print(f"  {way:<36} {count:>9,} lines {took}")


def main() -> int:
    """Run the benchmark."""
    people = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    print(machine("zaitaku-rules"))
    with tempfile.TemporaryDirectory() as folder:
        show("J61", big_records(people), folder)
        show("J11", big_claims(people), folder)
    return 0


if __name__ == "__main__":
    if sys.argv[1:2] and sys.argv[1] in WAYS:
        measure(*sys.argv[1:3])
    else:
        sys.exit(main())

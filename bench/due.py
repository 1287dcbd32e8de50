"""An office in the morning: 10,000 running cases through `due`, against `check` on the same cases."""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable, Sequence

from months import HITACHI, NATIONAL, month
from timing import machine

from zaitaku_rules import Case, check, due

CASES = 10_000
BATCH = 250
MOST = 3.0
"""The time of `due` may be this many times that of `check`."""

_PLACES = (NATIONAL, HITACHI, "132128", "272205")
"""National rules only; recordings and a notification; a weekly commute; a record over the counter."""

_EVENTS = ("days", "contacts", "daily_reports", "evaluations", "recordings", "claimed_days")


def running(number: int) -> Case:
    """Return a month as it stood on one of its days: recorded until the day before, planned from then on.

    Place, day and a few lost records depend on the number alone, so every run judges the same cases.
    """
    chance = random.Random(number)
    document = month(_PLACES[number % len(_PLACES)])
    today = f"2026-02-{chance.randint(9, 24):02d}"
    plan = [{"date": row["date"], "place": row["place"]} for row in document["days"] if row["date"] >= today]
    for name in _EVENTS:
        rows = document[name]
        document[name] = [
            row for row in rows if _day(row) < today or (_day(row) == today and chance.random() < 0.5)
        ]
    if document["daily_reports"] and number % 10 == 0:
        document["daily_reports"].pop(chance.randrange(len(document["daily_reports"])))
    document |= {"as_of": today, "planned_days": plan, "user": {**document["user"], "id": f"U-{number}"}}
    return Case.model_validate(document)


def _day(row: dict[str, str]) -> str:
    return (row.get("date") or row["at"])[:10]


def _taken(task: Callable[[Case], object], cases: Sequence[Case]) -> int:
    begin = time.perf_counter_ns()
    for case in cases:
        task(case)
    return time.perf_counter_ns() - begin


def measured() -> tuple[dict[str, int], int, int]:
    """Return the nanoseconds of both on all cases, the cases with something due and the entries.

    They take turns batch by batch, in the other order each time. Reading the cases is not timed. Before a
    batch is timed, each of its answers is compared with that of the report.
    """
    taken, with_due, entries = {"check": 0, "due": 0}, 0, 0
    tasks: list[tuple[str, Callable[[Case], object]]] = [("check", check), ("due", due)]
    for begin in range(0, CASES, BATCH):
        cases = [running(number) for number in range(begin, begin + BATCH)]
        for case in cases:
            found = due(case)
            if found != check(case).due:
                raise AssertionError(f"due differs from check: case {case.user.id}")
            with_due, entries = with_due + bool(found), entries + len(found)
        for name, task in tasks:
            taken[name] += _taken(task, cases)
        tasks.reverse()
    return taken, with_due, entries


def main() -> int:
    """Run the benchmark; 1 where `due` takes more than three times as long as `check`."""
    print(machine("zaitaku-rules", "pydantic"))
    taken, with_due, entries = measured()
    ratio = taken["due"] / taken["check"]
    print(f"{CASES} running cases of February 2026 ({with_due} with something due, {entries} entries),")
    print(f"read beforehand; batches of {BATCH} in turn, the order changing, after one untimed call of each")
    for name, nanoseconds in taken.items():
        print(f"  {nanoseconds / taken['check']:7.2f}x  {nanoseconds / CASES / 1000:9.1f} µs  {name}(case)")
    verdict = "at most" if ratio <= MOST else "MORE THAN"
    print(f"due takes {ratio:.2f} of the time of check: {verdict} {MOST:g}")
    return int(ratio > MOST)


if __name__ == "__main__":
    sys.exit(main())

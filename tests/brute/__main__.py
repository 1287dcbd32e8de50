"""Judges many random documents and prints how often each status of each rule occurs."""

import multiprocessing
import random
import sys
from collections import Counter

from .judge import judge
from .months import random_call, random_document

STATUSES = ("kept", "broken", "open", "waived", "idle", "not_run", "no data")


def judge_seed(seed: int) -> Counter[tuple[str, str]]:
    """Judge the document of a seed and name its verdict and the status of each rule."""
    rng = random.Random(seed)
    document = random_document(rng)
    report = judge(document, **random_call(rng, document))
    seen = Counter({("verdict", report["verdict"]): 1, ("due", "open"): int(bool(report["due"]))})
    for code, found in report["rules"].items():
        seen[code, "no data" if found["missing"] else found["status"]] += 1
    return seen


def main(count: int, first: int) -> None:
    """Print the frequencies of the verdicts and of the statuses of each rule."""
    seen: Counter[tuple[str, str]] = Counter()
    with multiprocessing.Pool() as pool:
        for one in pool.imap_unordered(judge_seed, range(first, first + count), chunksize=50):
            seen.update(one)
    print(f"{count} documents   " + " ".join(f"{status:>8}" for status in STATUSES))
    for code in dict.fromkeys(["verdict", "due", *sorted(code for code, _ in seen)]):
        print(f"{code:17}" + " ".join(f"{seen[code, status]:8d}" for status in STATUSES))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000, int(sys.argv[2]) if len(sys.argv) > 2 else 0)

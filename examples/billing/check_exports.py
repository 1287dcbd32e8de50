"""What a vendor runs in its own CI: check the exports that its tests have made, and fail on what is new.

Files that are given together belong together. What is known stands in a baseline, by kind and number.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path, PurePath
from typing import Any
from urllib.parse import unquote

from zaitaku_rules import ZaitakuError
from zaitaku_rules.billing import BillingReport, validate
from zaitaku_rules.cli import main as zaitaku

SAID = {
    "ja": "新しい指摘 {new}件、既知 {known}件、なくなった既知 {gone}件",
    "en": "{new} new, {known} known, {gone} of the known no longer found",
}
UNREADABLE = {
    "ja": "ベースラインとして読めません。--write-baseline で作り直してください。",
    "en": "not a baseline: make it anew with --write-baseline",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Check exports. Exit 0: nothing new. 1: new errors of sums, days or form. 2: something is unreadable."""
    asked = parsed(arguments)
    try:
        report = validate(asked.files)
    except ZaitakuError as error:
        print(error.said_in(asked.lang), file=sys.stderr)
        return 2
    try:
        known = baseline(asked.baseline)
    except (OSError, ValueError, TypeError, AttributeError):
        print(f"{asked.baseline}: {UNREADABLE[asked.lang]}", file=sys.stderr)
        return 2
    new = tell(wrong(report), known, asked.lang)
    if asked.sarif:
        write_sarif(asked, known)
    if asked.write_baseline:
        found = Counter(kind for kind, _ in wrong(report))
        text = json.dumps(found, ensure_ascii=False, indent=1, sort_keys=True)
        asked.write_baseline.write_text(text + "\n", "utf-8")
        return 0
    return int(new > 0)


def parsed(arguments: Sequence[str] | None) -> argparse.Namespace:
    """Return what is asked."""
    parser = argparse.ArgumentParser(description="請求データをCIで確かめる / Checks billing exports in CI")
    parser.add_argument("files", nargs="+", type=Path, help="一緒に送るファイル / files that belong together")
    parser.add_argument("--baseline", type=Path, help="既知の指摘 / what is known (JSON)")
    parser.add_argument("--write-baseline", type=Path, help="いまの指摘を既知とする / take all as known")
    parser.add_argument("--sarif", type=Path, help="SARIF を書く / write SARIF")
    parser.add_argument("--lang", choices=["ja", "en"], default="ja")
    return parser.parse_args(arguments)


def baseline(path: Path | None) -> Counter[str]:
    """Return how many findings of each kind are known."""
    told: dict[str, int] = json.loads(path.read_text("utf-8")) if path else {}
    return Counter({kind: int(number) for kind, number in told.items()})


def wrong(report: BillingReport) -> list[tuple[str, str]]:
    """Return the kind and the place of each finding that moves the exit code of `zaitaku billing`."""
    return [
        (
            kind_of(rule.code, place.file, place.record, place.item),
            f"{place.file}:{place.line}: {rule.code} {place.item_name}".rstrip(),
        )
        for rule in report.rules
        if rule.severity in ("payment", "duty")
        for place in rule.found
    ]


def kind_of(code: str, file: str, record: str, item: str) -> str:
    """Return what is wrong without line, value or person, which change from export to export."""
    return f"{code} {PurePath(file).name} {record} {item}".rstrip()


def which_are_known(kinds: Iterable[str], known: Counter[str]) -> list[bool]:
    """Return for each finding whether it is known: of a kind as many as the baseline counts."""
    seen = Counter[str]()
    marks: list[bool] = []
    for kind in kinds:
        seen[kind] += 1
        marks.append(seen[kind] <= known[kind])
    return marks


def tell(found: list[tuple[str, str]], known: Counter[str], lang: str) -> int:
    """Print what is new, and the sums; return how many are new."""
    kinds = [kind for kind, _ in found]
    new = [
        place
        for (_, place), is_known in zip(found, which_are_known(kinds, known), strict=True)
        if not is_known
    ]
    gone = (known - Counter(kinds)).total()
    print("\n".join([*new, SAID[lang].format(new=len(new), known=len(found) - len(new), gone=gone)]))
    return len(new)


def write_sarif(asked: argparse.Namespace, known: Counter[str]) -> None:
    """Write what the command line writes, with what is known marked and suppressed."""
    files = [str(file) for file in asked.files]
    zaitaku(["billing", *files, "--format", "sarif", "--lang", asked.lang, "--output", str(asked.sarif)])
    log = json.loads(asked.sarif.read_text("utf-8"))
    results = [result for result in log["runs"][0]["results"] if result["level"] == "error"]
    for result, is_known in zip(results, which_are_known(map(kind_of_result, results), known), strict=True):
        result["baselineState"] = "unchanged" if is_known else "new"
        result["suppressions"] = [{"kind": "external", "status": "accepted"}] if is_known else []
    asked.sarif.write_text(json.dumps(log, ensure_ascii=False, indent=1) + "\n", "utf-8")


def kind_of_result(result: dict[str, Any]) -> str:
    """Return the kind of a result of SARIF."""
    uri: str = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    told = result["properties"]
    return kind_of(result["ruleId"], unquote(uri), told["record"], told["item"])


if __name__ == "__main__":
    sys.exit(main())

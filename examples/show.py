"""Judges the examples beside this file and shows each report; exits with 2 where one is not as expected.

Run: python examples/show.py [--lang ja|en]
"""

from __future__ import annotations

import argparse
import io
import sys
import tomllib
from pathlib import Path
from typing import Any

from rich.console import Console

from zaitaku_rules import Case, Report, ZaitakuError, check
from zaitaku_rules.write.text import print_case

HERE = Path(__file__).parent


def judged(example: dict[str, Any]) -> tuple[Case, Report]:
    """Return the case of an example and its report."""
    case = Case.model_validate_json((HERE / example["file"]).read_bytes())
    overlays = [HERE / name for name in example.get("overlays", [])]
    return case, check(case, as_of=example.get("as_of"), overlays=overlays)


def show(example: dict[str, Any], console: Console, lang: str) -> bool:
    """Show one example; return whether its verdict is as expected."""
    console.rule(example["file"], characters="-", style="dim")
    console.print(example["shows"][lang], style="italic")
    console.print()
    try:
        case, report = judged(example)
    except (ZaitakuError, ValueError, OSError) as error:
        said = error.said_in(lang) if isinstance(error, ZaitakuError) else type(error).__name__
        console.print(said, style="red")
        return False
    print_case(case, report, console, lang)
    console.print()
    if report.verdict != example["verdict"]:
        console.print(f"{report.verdict} != {example['verdict']} ({example['file']})", style="bold red")
    return bool(report.verdict == example["verdict"])


def main() -> int:
    """Show all examples and return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lang", choices=("ja", "en"), default="ja")
    lang = parser.parse_args().lang
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    console = Console(highlight=False, markup=False, emoji=False)
    examples = tomllib.loads((HERE / "expected.toml").read_text("utf-8"))["example"]
    as_expected = [show(example, console, lang) for example in examples]
    said = f"{as_expected.count(True)} / {len(as_expected)}"
    console.print(f"期待どおり: {said}" if lang == "ja" else f"as expected: {said}", style="bold")
    return 0 if all(as_expected) else 2


if __name__ == "__main__":
    sys.exit(main())

"""What each command does, once its options are read."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as version_of
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from zaitaku_rules.cli.judging import Judged, Question, Tally, outcomes, unless_alone_bad
from zaitaku_rules.cli.output import output
from zaitaku_rules.cli.sample import SAMPLE_NAME, sample
from zaitaku_rules.errors import InvalidCall, ZaitakuError
from zaitaku_rules.read import read_cases, shown_path
from zaitaku_rules.write.json_report import json_array, json_document, json_lines
from zaitaku_rules.write.rule_entry import rule_entries, rule_entry
from zaitaku_rules.write.schema import schema_of
from zaitaku_rules.write.text import print_case, print_summary
from zaitaku_rules.write.text_due import due_entries, print_due
from zaitaku_rules.write.text_rule import print_rule, print_rules

if TYPE_CHECKING:
    from rich.console import Console


def version() -> int:
    """Print the version."""
    try:
        print(f"zaitaku-rules {version_of('zaitaku-rules')}")
    except PackageNotFoundError:
        print("zaitaku-rules")
    return 0


def check_files(
    paths: Sequence[str], question: Question, lang: str, form: str, target: str | None, *, strict: bool
) -> int:
    """Judge the cases of files and write what was found."""
    tally = Tally(lang)
    found = unless_alone_bad(outcomes(paths, question, tally))
    if found is None:
        return 2
    with output(target, paths) as stream:
        for piece in _pieces(found, paths, form, tally, stream):
            stream.write(piece)
    tally.tell_days()
    return tally.exit_code(strict=strict)

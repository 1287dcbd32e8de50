"""The formats of `zaitaku billing`: one line each, from the report to the pieces of the output."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, TextIO, TypeAlias

from zaitaku_rules.cli.drawing import console_on, drawn

if TYPE_CHECKING:
    from zaitaku_rules.billing import BillingReport


@dataclass(frozen=True, slots=True)
class BillingWriting:
    """What a writer may ask for beside the report: language, where the output goes, how the call ends."""

    lang: str
    stream: TextIO
    is_file: bool
    exit_code: int
    strict: bool


BillingWriter: TypeAlias = "Callable[[BillingReport, BillingWriting], Iterator[str]]"
"""Returns the output in pieces."""


def _text(report: BillingReport, writing: BillingWriting) -> Iterator[str]:
    from zaitaku_rules.write.text_billing import print_billing

    console = console_on(writing.stream, is_file=writing.is_file)
    yield drawn(console, lambda: print_billing(report, console, writing.lang))


def _json(report: BillingReport, _: BillingWriting) -> Iterator[str]:
    yield report.to_json(indent=2) + "\n"


def _jsonl(report: BillingReport, _: BillingWriting) -> Iterator[str]:
    yield report.to_json() + "\n"


def _csv(report: BillingReport, writing: BillingWriting) -> Iterator[str]:
    from zaitaku_rules.write.billing_csv import billing_csv

    return billing_csv(report, writing.lang)


def _sarif(report: BillingReport, writing: BillingWriting) -> Iterator[str]:
    from zaitaku_rules.write.billing_sarif import billing_sarif

    return billing_sarif(report, writing.lang, writing.exit_code)


def _junit(report: BillingReport, writing: BillingWriting) -> Iterator[str]:
    from zaitaku_rules.write.billing_junit import billing_junit

    return billing_junit(report, writing.lang, strict=writing.strict)


def _github(report: BillingReport, writing: BillingWriting) -> Iterator[str]:
    from zaitaku_rules.write.billing_github import billing_github

    return billing_github(report, writing.lang, strict=writing.strict)


BILLING_FORMATS: Mapping[str, BillingWriter] = {
    "text": _text,
    "json": _json,
    "jsonl": _jsonl,
    "csv": _csv,
    "sarif": _sarif,
    "junit": _junit,
    "github": _github,
}
"""The writer of each format by its word in `--format`."""

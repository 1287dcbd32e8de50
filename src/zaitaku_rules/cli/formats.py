"""The formats of `zaitaku check`: one line each, from the outcomes to the pieces of the output."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TextIO, TypeAlias

from zaitaku_rules.cli.drawing import console_on, drawn
from zaitaku_rules.cli.judging import Judged, Tally
from zaitaku_rules.cli.workbook_output import WorkbookAsked
from zaitaku_rules.errors import ZaitakuError
from zaitaku_rules.judge.receipt import library
from zaitaku_rules.write.json_report import Outcome, json_array, json_document, json_lines
from zaitaku_rules.write.judged_case import JudgedCase
from zaitaku_rules.write.text import print_case, print_summary


@dataclass(frozen=True, slots=True)
class Writing:
    """What a writer may ask for beside the outcomes: language and counts, and where the output goes."""

    tally: Tally
    stream: TextIO
    is_file: bool = False
    strict: bool = False
    workbook: WorkbookAsked | None = None

    @property
    def lang(self) -> str:
        """The language, "ja" or "en"."""
        return self.tally.lang


Found: TypeAlias = Iterator[Judged | ZaitakuError]
"""The outcomes of the cases in order of the input; they can be read once."""

Writer: TypeAlias = Callable[[Found, Writing], Iterator[str]]
"""Returns the output in pieces, so that a case is written as soon as it is judged."""


def _text(found: Found, writing: Writing) -> Iterator[str]:
    tally, lang = writing.tally, writing.lang
    console = console_on(writing.stream, is_file=writing.is_file)
    for number, one in enumerate(one for one in found if isinstance(one, Judged)):
        if number:
            yield "\n\n"
        known = one.seen.known_days
        yield drawn(console, partial(print_case, one.case, one.report, console, lang, known))
    if tally.verdicts.total() + tally.bad > 1:
        yield "\n\n" + drawn(console, partial(print_summary, tally.verdicts, tally.bad, console, lang))


def _json(found: Found, writing: Writing) -> Iterator[str]:
    if writing.tally.is_document:
        yield from (json_document(one) for one in _reports(found) if not isinstance(one, ZaitakuError))
    else:
        yield from json_array(_reports(found))


def _jsonl(found: Found, _: Writing) -> Iterator[str]:
    return json_lines(_reports(found))


def _csv(found: Found, writing: Writing) -> Iterator[str]:
    from zaitaku_rules.write.csv_report import csv_report

    return csv_report(_seen(found), writing.lang)


def _sarif(found: Found, writing: Writing) -> Iterator[str]:
    from zaitaku_rules.write.sarif_report import sarif_report

    exit_code = partial(writing.tally.exit_code, strict=writing.strict)
    return sarif_report(_seen(found), writing.lang, library(), exit_code)


def _junit(found: Found, writing: Writing) -> Iterator[str]:
    from zaitaku_rules.write.junit_report import junit_report

    return junit_report(_seen(found), writing.lang, strict=writing.strict)


def _github(found: Found, writing: Writing) -> Iterator[str]:
    from zaitaku_rules.write.github_lines import github_lines

    return github_lines(_seen(found), writing.lang, strict=writing.strict)


def _html(found: Found, writing: Writing) -> Iterator[str]:
    from zaitaku_rules.write.html_report import html_report

    yield html_report(_reports(found), lang=writing.lang)


def _xlsx(found: Found, writing: Writing) -> Iterator[str]:
    if writing.workbook is not None:
        writing.stream.buffer.write(writing.workbook.content([*_seen(found)], writing.lang))
    yield from ()


def _seen(found: Found) -> Iterator[JudgedCase | ZaitakuError]:
    return (one if isinstance(one, ZaitakuError) else one.seen for one in found)


def _reports(found: Found) -> Iterator[Outcome]:
    return (one if isinstance(one, ZaitakuError) else one.report for one in found)


FORMATS: Mapping[str, Writer] = {
    "text": _text,
    "json": _json,
    "jsonl": _jsonl,
    "csv": _csv,
    "sarif": _sarif,
    "junit": _junit,
    "github": _github,
    "html": _html,
    "xlsx": _xlsx,
}
"""The writer of each format by its word in `--format`."""

"""Reports as JSON: one object for one document, an array or lines for several cases."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import TypeAlias

from zaitaku_rules.errors import ZaitakuError
from zaitaku_rules.report import Report

Outcome: TypeAlias = Report | ZaitakuError
"""What became of a case of the input: its report, or why there is none."""


def json_document(report: Report) -> str:
    """Return one report as an indented object."""
    return report.to_json(indent=2) + "\n"


def json_array(outcomes: Iterable[Outcome]) -> Iterator[str]:
    """Return the outcomes as the pieces of one indented array, in order."""
    opening = "[\n"
    for outcome in outcomes:
        # Not textwrap.indent: it also breaks lines at signs that JSON leaves inside its strings.
        yield opening + "  " + _indented(outcome).replace("\n", "\n  ")
        opening = ",\n"
    yield "[]\n" if opening == "[\n" else "\n]\n"


def json_lines(outcomes: Iterable[Outcome]) -> Iterator[str]:
    """Return the outcomes as one compact line each, in order."""
    for outcome in outcomes:
        yield (outcome.to_json() if isinstance(outcome, Report) else _compact(outcome)) + "\n"


def error_object(error: ZaitakuError) -> dict[str, object]:
    """Return what stands in place of the report of a bad case (`zaitaku-error/1`)."""
    said = {"ja": error.message.ja, "en": error.message.en}
    return {"schema": "zaitaku-error/1", "place": error.place, "error": said}


def _indented(outcome: Outcome) -> str:
    if isinstance(outcome, Report):
        return outcome.to_json(indent=2)
    return json.dumps(error_object(outcome), ensure_ascii=False, indent=2)


def _compact(error: ZaitakuError) -> str:
    return json.dumps(error_object(error), ensure_ascii=False, separators=(",", ":"))

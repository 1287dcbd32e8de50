"""Reports as JUnit XML: a test suite for each case, a test case for each rule.

A failure is what the exit code counts: a payment or duty rule that is newly broken, with `strict` also an
open one. Advice and contradictions of the records pass and stand in `system-out`; what was not judged, is
open, waived or known to a baseline is skipped with its reason. The library has no clock, so the timestamp
is the day of the question and the time 0.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple
from xml.sax.saxutils import escape, quoteattr

from zaitaku_rules.errors import ZaitakuError
from zaitaku_rules.explain import words
from zaitaku_rules.write.answers import Answer, answers
from zaitaku_rules.write.finding_words import day_list, details, heading, why_not_judged
from zaitaku_rules.write.judged_case import JudgedCase, Outcome
from zaitaku_rules.write.labels import label, plain

_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
NO_DAY = "1970-01-01"
"""The day of a suite that has none."""


class Tested(NamedTuple):
    """A test case: its lines, and which count of the suite it belongs to ("" for a pass)."""

    kind: str
    lines: str


def junit_report(outcomes: Iterable[Outcome], lang: str, *, strict: bool = False) -> Iterator[str]:
    """Return the reports as pieces of one XML file, in order."""
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n'
    for number, one in enumerate(outcomes):
        yield (
            unread_suite(one, number, lang)
            if isinstance(one, ZaitakuError)
            else case_suite(one, number, lang, strict)
        )
    yield "</testsuites>\n"


def case_suite(case: JudgedCase, number: int, lang: str, strict: bool) -> str:
    """Return the test suite of one case."""
    report = case.report
    found = answers(case, strict=strict)
    tested = [_tested(answer, case, lang) for answer in found]
    advice = [
        f"{heading(answer.rule, lang)}: {day_list(answer.rule.days, report, lang)}"
        for answer in found
        if answer.kind == "advice"
    ]
    receipt = report.receipt
    properties = {
        "place": case.place,
        "as_of": report.as_of.isoformat(),
        "verdict": report.verdict,
        "library": receipt.library,
        "ruleset": " + ".join(receipt.ruleset),
        "ruleset_sha256": receipt.ruleset_sha256,
        "case_sha256": receipt.case_sha256,
    }
    name = f"{report.user} {report.month}"
    return suite(number, name, report.provider, report.as_of.isoformat(), properties, tested, advice)


def unread_suite(error: ZaitakuError, number: int, lang: str) -> str:
    """Return the test suite of what could not be read."""
    message = error.message.said_in(lang)
    lines = f'<error type="zaitaku-error/1" message={quoted(message)}>{xml_text(error.said_in(lang))}</error>'
    tested = [Tested("error", case_lines("zaitaku", "read", lines))]
    return suite(number, error.place or "-", "zaitaku", NO_DAY, {}, tested, [])


def suite(
    number: int,
    name: str,
    package: str,
    day: str,
    properties: dict[str, str],
    tested: Sequence[Tested],
    advice: Sequence[str],
) -> str:
    """Return a test suite with its counts; `advice` stands in `system-out`."""
    counts = {
        key: str(sum(one.kind == kind for one in tested))
        for key, kind in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped"))
    }
    attributes = {
        "id": str(number),
        "name": name,
        "package": package,
        "hostname": "localhost",
        "timestamp": f"{day}T00:00:00",
        "time": "0",
        "tests": str(len(tested)),
        **counts,
    }
    listed = "".join(
        f"<property name={quoted(key)} value={quoted(value)}/>\n" for key, value in properties.items()
    )
    return (
        f"<testsuite{''.join(f' {key}={quoted(value)}' for key, value in attributes.items())}>\n"
        f"<properties>\n{listed}</properties>\n"
        f"{''.join(one.lines for one in tested)}"
        f"<system-out>{xml_text(chr(10).join(advice))}</system-out>\n<system-err></system-err>\n</testsuite>\n"
    )


def _tested(answer: Answer, case: JudgedCase, lang: str) -> Tested:
    rule, report = answer.rule, case.report
    # Viewers fold names at their dots, and a user's name is not a path.
    group = f"{report.provider}.{report.user.replace('.', '_')}"
    if answer.kind == "failed":
        message = f"{_status(answer, lang)}: {_days(answer, case, lang)}"
        text = xml_text("\n".join(details(rule, answer.days, report, lang)))
        inner = f"<failure type={quoted(rule.severity)} message={quoted(message)}>{text}</failure>"
        return Tested("failure", case_lines(group, heading(rule, lang), inner))
    if answer.kind in ("passed", "advice"):
        return Tested("", case_lines(group, heading(rule, lang), ""))
    reason = _reason(answer, case, lang)
    return Tested("skipped", case_lines(group, heading(rule, lang), f"<skipped message={quoted(reason)}/>"))


def _status(answer: Answer, lang: str) -> str:
    return str(words()["statuses"][answer.status][lang])


def _days(answer: Answer, case: JudgedCase, lang: str) -> str:
    """Return the days that fail, and behind them those that the baseline knows."""
    if not answer.days:
        return why_not_judged(answer.rule, lang)
    known = answer.known
    more = f" ({label('baseline', lang)}: {day_list(known, case.report, lang)})" if known else ""
    return day_list(answer.days, case.report, lang) + more


def _reason(answer: Answer, case: JudgedCase, lang: str) -> str:
    if answer.kind == "known":
        return f"{label('baseline', lang)}: {_listed(answer.known, case, lang)}"
    if answer.kind == "not_judged":
        return why_not_judged(answer.rule, lang)
    return f"{_status(answer, lang)}: {_listed(answer.days, case, lang)}"


def _listed(days: Sequence[date], case: JudgedCase, lang: str) -> str:
    return day_list(days, case.report, lang)


def case_lines(group: str, name: str, inner: str) -> str:
    """Return one test case around what became of it."""
    return f'<testcase classname={quoted(group)} name={quoted(name)} time="0">{inner}</testcase>\n'


def quoted(value: str) -> str:
    """Return the value of an attribute with its quotes."""
    return quoteattr(_allowed(plain(value)))


def xml_text(value: str) -> str:
    """Return text that XML allows, escaped."""
    return escape("\n".join(_allowed(plain(line)) for line in value.split("\n")))


def _allowed(value: str) -> str:
    return _NO_XML.sub("?", value)

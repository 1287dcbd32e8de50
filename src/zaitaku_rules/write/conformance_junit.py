"""The outcome of a conformance check as JUnit XML: a suite for each case file, a test case for each case."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from zaitaku_rules.report import Conformance
from zaitaku_rules.write.junit_report import NO_DAY, Tested, case_lines, quoted, suite, xml_text
from zaitaku_rules.write.text_conformance import differing, word


def conformance_junit(outcome: Conformance, lang: str, *, strict: bool = False) -> Iterator[str]:
    """Return the outcome as pieces of one XML file; a missing case is skipped, or with `strict` fails."""
    told = {
        name: [f"{one.place}: {differing(one, lang)}" for one in found]
        for name, found in groupby(outcome.deviations, lambda one: one.id)
    }
    states = {
        **dict.fromkeys(outcome.passed, "passed"),
        **dict.fromkeys(outcome.failed, "failed"),
        **dict.fromkeys(outcome.missing, "missing"),
    }
    properties = {"library": outcome.library, "pack_sha256": outcome.pack_sha256}
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n'
    for number, (group, names) in enumerate(groupby(sorted(states), lambda name: name.partition("/")[0])):
        tested = [_tested(name, states[name], told.get(name, []), lang, strict) for name in names]
        yield suite(number, group, "zaitaku-conformance", NO_DAY, properties, tested, [])
    yield "</testsuites>\n"


def _tested(name: str, state: str, told: list[str], lang: str, strict: bool) -> Tested:
    group, _, case = name.partition("/")
    if state == "missing":
        said = f"message={quoted(word('missing', lang))}"
        kind = "failure" if strict else "skipped"
        return Tested(kind, case_lines(group, case, f"<{kind} {said}/>"))
    if state == "failed":
        inner = f"<failure message={quoted(told[0])}>{xml_text(chr(10).join(told))}</failure>"
        return Tested("failure", case_lines(group, case, inner))
    return Tested("", case_lines(group, case, ""))

"""A billing report as JUnit XML: one test suite for the files, a test case for each rule K.

A suite for each case held against the billing follows, as `zaitaku check` writes it, and one with an error
for each file or case that could not be read. A failure is what the exit code counts.
"""

from __future__ import annotations

from collections.abc import Iterator

from zaitaku_rules.billing import BillingReport, BillingRuleReport
from zaitaku_rules.explain import words
from zaitaku_rules.write.billing_findings import (
    cases_of,
    does_fail,
    findings_of_rule,
    heading_of,
    unread_of,
)
from zaitaku_rules.write.finding_words import said
from zaitaku_rules.write.junit_report import (
    NO_DAY,
    Tested,
    case_lines,
    case_suite,
    quoted,
    suite,
    unread_suite,
    xml_text,
)
from zaitaku_rules.write.text_billing import basis_and_mends, place_words

_GROUP = "zaitaku.billing"


def billing_junit(report: BillingReport, lang: str, *, strict: bool = False) -> Iterator[str]:
    """Return the report as pieces of one XML file: files, cases, then what could not be read."""
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n'
    yield _of_files(report, lang, strict)
    cases = cases_of(report)
    for number, case in enumerate(cases, 1):
        yield case_suite(case, number, lang, strict)
    for number, error in enumerate(unread_of(report), 1 + len(cases)):
        yield unread_suite(error, number, lang)
    yield "</testsuites>\n"


def _of_files(report: BillingReport, lang: str, strict: bool) -> str:
    receipt = report.receipt
    properties = {
        "verdict": report.verdict,
        "library": receipt.library,
        "edition": receipt.edition,
        "reading": receipt.reading,
        "layouts_sha256": receipt.layouts_sha256,
        "rules_sha256": receipt.rules_sha256,
        "codes_sha256": receipt.codes_sha256,
        **{f"sha256 {one.file}": one.sha256 for one in receipt.files},
    }
    tested = [_tested(rule, report, lang, strict) for rule in report.rules]
    lesser = (
        rule
        for rule in report.rules
        if rule.status == "broken" and not does_fail(rule, "broken", report, strict=strict)
    )
    told = [said(report.home_use.reason, lang), *(_lines(rule, lang) for rule in lesser)]
    return suite(0, "zaitaku billing", "zaitaku", NO_DAY, properties, tested, told)


def _tested(rule: BillingRuleReport, report: BillingReport, lang: str, strict: bool) -> Tested:
    name = heading_of(rule, lang)
    if does_fail(rule, rule.status, report, strict=strict):
        inner = (
            f"<failure type={quoted(rule.severity)} message={quoted(_reason(rule, lang))}>"
            f"{xml_text(_lines(rule, lang))}</failure>"
        )
        return Tested("failure", case_lines(_GROUP, name, inner))
    if rule.status in ("kept", "broken"):
        return Tested("", case_lines(_GROUP, name, ""))
    return Tested("skipped", case_lines(_GROUP, name, f"<skipped message={quoted(_reason(rule, lang))}/>"))


def _reason(rule: BillingRuleReport, lang: str) -> str:
    return f"{words()['statuses'][rule.status][lang]}: {said(rule.message, lang)}"


def _lines(rule: BillingRuleReport, lang: str) -> str:
    """Return a rule with its places, what it rests on and the ways to mend, a line each."""
    places = [place_words(one.place, lang) for one in findings_of_rule(rule)]
    more = rule.count + rule.open_count - len(places)
    if more > 0:
        places.append(f"ほか{more}か所" if lang == "ja" else f"and {more} more")
    head = f"{heading_of(rule, lang)}: {said(rule.message, lang)}"
    return "\n".join([head, *places, *basis_and_mends(rule, lang)])

"""Findings of billing files as annotations of GitHub Actions: one for each place, on its line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from zaitaku_rules.billing import BillingReport, BillingRuleReport
from zaitaku_rules.explain import words
from zaitaku_rules.write.billing_findings import (
    cases_of,
    does_fail,
    findings_of,
    heading_of,
    unread_of,
)
from zaitaku_rules.write.finding_words import said
from zaitaku_rules.write.github_lines import annotations_of, command, shown_lines
from zaitaku_rules.write.judged_case import DUTIES, Outcome
from zaitaku_rules.write.labels import label, plain
from zaitaku_rules.write.text_billing import place_words


def billing_github(report: BillingReport, lang: str, *, strict: bool = False) -> Iterator[str]:
    """Return the annotations, a line each, errors first; of each level no more than GitHub shows."""
    return shown_lines(_annotations(report, lang, strict), lang, _unlisted(report, strict))


def _annotations(report: BillingReport, lang: str, strict: bool) -> Iterator[tuple[str, str]]:
    outcomes: list[Outcome] = [*unread_of(report), *cases_of(report)]
    for one in outcomes:
        yield from annotations_of(one, lang, strict)
    for rule, place, status in findings_of(report):
        level = _level(rule, status, report, strict)
        title = f"{heading_of(rule, lang)}: {words()['statuses'][status][lang]}"
        mends = [f"{label('mend', lang)}: {said(way.what, lang)}" for way in rule.mend]
        message = "\n".join([plain(place_words(place, lang)), *mends])
        yield level, command(level, f"{place.file}:{max(place.line, 1)}", title, message)


def _unlisted(report: BillingReport, strict: bool) -> Counter[str]:
    """Count the places by level that the report counts and does not list."""
    found = Counter[str]()
    for rule in report.rules:
        found[_level(rule, "broken", report, strict)] += rule.count - len(rule.found)
        found[_level(rule, "open", report, strict)] += rule.open_count - len(rule.open_found)
    return found


def _level(rule: BillingRuleReport, status: str, report: BillingReport, strict: bool) -> str:
    """Return error for what makes the exit 1; what is to look at, or an open duty, is a warning."""
    if does_fail(rule, status, report, strict=strict):
        return "error"
    is_record = status == "broken" and rule.severity == "record"
    return "warning" if is_record or rule.severity in DUTIES else "notice"

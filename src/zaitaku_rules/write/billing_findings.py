"""A billing report as the formats for other programs see it: place by place, and the cases beside it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

from zaitaku_rules.billing import BillingFileError, BillingReport, BillingRuleReport, Place
from zaitaku_rules.errors import UnreadableFile, ZaitakuError
from zaitaku_rules.write.finding_words import said
from zaitaku_rules.write.judged_case import DUTIES, JudgedCase


class PlaceFinding(NamedTuple):
    """One place under one rule that is broken or open."""

    rule: BillingRuleReport
    place: Place
    status: Literal["broken", "open"]


def findings_of(report: BillingReport) -> Iterator[PlaceFinding]:
    """Return every place that the report lists, by rule."""
    return (one for rule in report.rules for one in findings_of_rule(rule))


def findings_of_rule(rule: BillingRuleReport) -> Iterator[PlaceFinding]:
    """Return the places of a rule that the report lists, broken ones first."""
    yield from (PlaceFinding(rule, place, "broken") for place in rule.found)
    yield from (PlaceFinding(rule, place, "open") for place in rule.open_found)


def unread_of(report: BillingReport) -> list[ZaitakuError]:
    """Return what could not be read: billing files and cases."""
    return [
        UnreadableFile(one.error.ja, one.error.en, place=one.place)
        for one in report.files
        if isinstance(one, BillingFileError)
    ]


def cases_of(report: BillingReport) -> list[JudgedCase]:
    """Return the cases that were held against the billing; none where no case was given."""
    return [JudgedCase(person.report) for person in report.persons or ()]


def does_fail(rule: BillingRuleReport, status: str, report: BillingReport, *, strict: bool) -> bool:
    """Return whether a rule makes the exit code 1: broken, or with `strict` open."""
    counts_open = strict and report.verdict in ("broken", "open")
    return rule.severity in DUTIES and (status == "broken" or (status == "open" and counts_open))


def heading_of(rule: BillingRuleReport, lang: str) -> str:
    """Return code and title of a rule."""
    return f"{rule.code} {said(rule.title, lang)}"

"""The strategies for vendors: lawful months are kept, near misses break as told, a faulty judge is caught."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, find, given, settings

from brute import judge
from conftest import EXAMPLES
from test_brute_force import told_by_brute_force, told_by_engine
from test_cases import COPIES, ColumnFacts, is_equal_in_every_row
from zaitaku_rules import CATALOGUE, Case, InvalidCall, Report, check, rules_for
from zaitaku_rules.days import Days
from zaitaku_rules.facts import Facts
from zaitaku_rules.judge import breaking
from zaitaku_rules.law import shipped_overlays
from zaitaku_rules.testing import (
    NearMiss,
    Written,
    adversarial_months,
    document,
    lawful_months,
    near_miss_months,
)
from zaitaku_rules.testing.expectation import QUIET
from zaitaku_rules.testing.strategies.breaking import BREAKS

Doc = dict[str, Any]
FEW = settings(
    max_examples=EXAMPLES or 10, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much]
)
AT_ONCE = settings(FEW, max_examples=200, phases=[Phase.generate], database=None)
KNOWN_TO_BRUTE_FORCE = ("222143", "082023", "272205", "132128", "352021", "232025", "131164")


def judged(document: Doc, **law: Any) -> Report:
    return check(Case.model_validate(document), **law)


def assert_lawful(document: Doc, **law: Any) -> None:
    report = judged(document, **law)
    assert [(rule.code, rule.status) for rule in report.rules if rule.status not in QUIET] == []
    assert (report.verdict, report.claim.clear) == ("kept", report.claim.home_days)


@settings(FEW, max_examples=EXAMPLES or 60)
@given(lawful_months())
def test_lawful_months_are_kept_under_the_national_law(document: Doc) -> None:
    assert_lawful(document)
    assert json.loads(json.dumps(document)) == document


@pytest.mark.parametrize("name", shipped_overlays())
def test_lawful_months_are_kept_under_each_overlay(name: str) -> None:
    of_city = name[:6].isdigit()
    law: Doc = {"municipality": name[:6]} if of_city else {"overlays": [name]}

    @FEW
    @given(lawful_months(**law))
    def every_month(document: Doc) -> None:
        assert_lawful(document, overlays=law.get("overlays", ()))

    every_month()


@pytest.mark.parametrize(
    "law",
    [
        {"overlays": ["examples/overlays/icross.toml"]},
        {"overlays": ["examples/overlays/aoba.toml"], "month": "2026-03"},
        {"municipality": "082023", "month": "2026-02", "service": "transition"},
        {"municipality": "231029", "month": "令和8年2月"},
        {"service": "selection", "month": "2026-02", "readings": {"selection_at_home": "true"}},
        {"readings": {"week_start": "sunday", "joint_visit": "false"}},
    ],
    ids=str,
)
def test_lawful_months_are_kept_under_the_law_asked_for(law: Doc) -> None:
    @FEW
    @given(lawful_months(**law))
    def every_month(document: Doc) -> None:
        assert_lawful(document, overlays=law.get("overlays", ()), readings=law.get("readings", {}))

    every_month()


@pytest.mark.parametrize("code", CATALOGUE)
def test_a_near_miss_breaks_its_rule_alone(code: str) -> None:
    @FEW
    @given(near_miss_months(code))
    def every_miss(miss: NearMiss) -> None:
        assert (miss.code, bool(miss.days)) == (code, True)
        report = judged(miss.document, overlays=miss.overlays, readings=miss.readings)
        assert miss.differences(report) == []
        is_grave = report.rule(code).severity in ("payment", "duty")
        assert report.verdict == ("broken" if is_grave else "kept")

    every_miss()


def test_every_rule_has_near_misses() -> None:
    assert set(BREAKS) == set(CATALOGUE)


@settings(FEW, max_examples=EXAMPLES or 60)
@given(near_miss_months())
def test_a_near_miss_of_any_rule_breaks_one_rule(miss: NearMiss) -> None:
    report = judged(miss.document, overlays=miss.overlays, readings=miss.readings)
    assert miss.differences(report) == []


@pytest.mark.parametrize("municipality", KNOWN_TO_BRUTE_FORCE)
def test_adversarial_months_are_judged_alike_by_all(municipality: str) -> None:
    seen: set[str] = set()

    @settings(FEW, max_examples=EXAMPLES or 40)
    @given(adversarial_months(municipality=municipality))
    def every_month(month: Written) -> None:
        found = told_by_engine(judged(month.document))
        assert found == told_by_engine(judged(month.plain))
        assert found == told_by_brute_force(judge(month.plain))
        assert_column_agrees(month.document)
        seen.update(month.touches)

    every_month()
    assert len(seen) > 8


def assert_column_agrees(document: Doc) -> None:
    case = Case.model_validate(document)
    facts = Facts(case)
    law = rules_for(case.user.municipality, case.month, case.provider.service)
    today = facts.calendar.cell(facts.as_of)
    column = ColumnFacts(facts, COPIES)
    for code, rule in law.rules.items():
        if rule.in_force:
            page = breaking(rule, facts, facts.calendar, today)
            assert is_equal_in_every_row(breaking(rule, column, facts.calendar, today), page), code


def test_the_first_example_is_the_plain_month() -> None:
    found, plain = find(lawful_months(), lambda _: True, settings=AT_ONCE), document({})
    for name in ("month", "days", "provider", "daily_reports", "claimed_days"):
        assert found[name] == plain[name]
    assert [row["at"][11:] for row in found["contacts"][:2]] == ["10:00", "15:00"]


def test_a_failing_month_shrinks_to_what_makes_it_fail() -> None:
    def has_chat(document: Doc) -> bool:
        return any(row["channel"] == "chat" for row in document["contacts"])

    strategy = lawful_months(month="2026-02", service="continuation_b")
    found = find(strategy, has_chat, settings=settings(FEW, max_examples=500, database=None))
    assert len({row["at"][:10] for row in found["contacts"] if row["channel"] != "phone"}) == 1
    assert found["days"] == document({})["days"]


@contextmanager
def faulty(code: str, breaking: Callable[..., Days]) -> Generator[None]:
    """Put another function in the place of a rule, for all laws that hold it."""
    rule = CATALOGUE[code]
    right = rule.breaking
    object.__setattr__(rule, "breaking", breaking)
    try:
        yield
    finally:
        object.__setattr__(rule, "breaking", right)


def one_contact_is_enough(home: Days, contacts: Any, **numbers: Any) -> Days:
    return home - contacts.by(numbers["contact_channels"]).at_least(1)


def three_contacts_are_asked(home: Days, contacts: Any, **numbers: Any) -> Days:
    return home - contacts.by(numbers["contact_channels"]).at_least(3)


def visits_only(home: Days, weekly: Any, _joint: Any, calendar: Any, **numbers: Any) -> Days:
    return home - calendar.weeks(numbers["week_start"]).holding(weekly.parts.get(("visit",), home - home))


def nothing(home: Days, *_: Any, **__: Any) -> Days:
    return home - home


def test_a_judge_that_is_too_mild_is_caught_by_near_misses() -> None:
    for code, fault in (("Z301", one_contact_is_enough), ("Z502", nothing), ("Z401", nothing)):

        @AT_ONCE
        @given(near_miss_months(code))
        def every_miss(miss: NearMiss) -> None:
            report = judged(miss.document, overlays=miss.overlays, readings=miss.readings)
            assert miss.differences(report) == []

        with faulty(code, fault), pytest.raises(BaseException, match=code):
            every_miss()


def test_a_judge_that_is_too_strict_is_caught_by_lawful_months() -> None:
    @AT_ONCE
    @given(lawful_months())
    def every_month(document: Doc) -> None:
        assert_lawful(document)

    for code, fault in (("Z301", three_contacts_are_asked), ("Z401", visits_only)):
        with faulty(code, fault), pytest.raises(BaseException, match=code):
            every_month()


@pytest.mark.parametrize(
    ("strategy", "said"),
    [
        (lambda: lawful_months(service="transit"), "did you mean transition"),
        (lambda: lawful_months(month="2026-13"), "not a month"),
        (lambda: lawful_months(municipality="222140"), "not a municipality code"),
        (lambda: lawful_months(service="selection", month="2026-02"), "not surely lawful"),
        (lambda: lawful_months(service="transition", month="2014-02"), "not surely lawful"),
        (lambda: near_miss_months("Z199"), "did you mean Z109"),
        (lambda: near_miss_months("Z108", month="2026-02"), "from 2015-04 to 2018-03"),
    ],
)
def test_a_law_without_such_months_is_told(strategy: Callable[[], Any], said: str) -> None:
    with pytest.raises(InvalidCall, match=said):
        find(strategy(), lambda _: True, settings=settings(FEW, database=None))


def test_the_missing_extra_is_named() -> None:
    code = (
        "import sys\nsys.modules['hypothesis'] = None\n"
        "from zaitaku_rules import InvalidCall\nimport zaitaku_rules.testing as testing\n"
        "try:\n    testing.lawful_months\nexcept InvalidCall as error:\n    print(error)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "pip install 'zaitaku-rules[testing]'" in done.stdout

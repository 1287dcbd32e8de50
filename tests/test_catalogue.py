"""The catalogue: its codes, and for every rule words, clause, cases; for every number its clause."""

from __future__ import annotations

import ast
import inspect
import string
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from zaitaku_rules.days import Calendar
from zaitaku_rules.explain import words
from zaitaku_rules.facts import Facts
from zaitaku_rules.law import load_overlay, nation, shipped_overlays
from zaitaku_rules.law.model import Clause, Setting
from zaitaku_rules.rules import CATALOGUE, Rule
from zaitaku_rules.rules import __file__ as rules_file
from zaitaku_rules.testing import cases, expected

CONTRACT = """
Z101 wish_recorded payment on
Z102 home_use_approved payment on
Z103 service_decided payment on
Z104 notification_accepted payment opt
Z105 plan_states_home_use advice on
Z106 ground_recorded payment opt
Z107 service_open_to_home_use payment on
Z108 under_age_limit duty opt
Z109 appropriateness_assessed advice opt
Z110 approval_within_maximum duty opt
Z201 operating_rules_state_home_support payment on
Z202 work_menu_kept payment on
Z203 emergency_response_ready payment on
Z204 support_on_request_ready payment on
Z205 records_submittable payment on
Z206 staff_can_reach_user payment opt
Z207 out_of_area_agreed payment opt
Z208 home_environment_checked advice opt
Z209 complaint_desk_named advice opt
Z210 equipment_lent advice opt
Z211 confidential_work_protected advice opt
Z212 change_notice_received payment opt
Z301 contact_twice_a_day payment on
Z302 report_each_day payment on
Z303 activity_recorded payment on
Z304 situation_recorded advice on
Z305 consent_before_recording duty on
Z306 inquiry_answered advice on
Z307 emergency_attended duty opt
Z308 activity_from_menu advice opt
Z401 evaluate_each_week payment on
Z402 assess_each_month payment on
Z403 commute_each_week duty opt
Z404 meet_face_to_face_each_week advice opt
Z501 within_days_per_month payment on
Z502 not_in_hospital payment on
Z503 absence_additions_within_limit payment on
Z504 life_support_on_approved_home_day payment on
Z601 monthly_record_submitted duty opt
Z701 claimed_day_was_used payment on
Z702 used_day_is_claimed record on
Z901 contact_on_day_of_use record on
Z902 one_place_at_a_time record on
Z903 contacts_apart advice on
Z904 report_in_time advice on
Z905 commute_evaluation_on_office_day record on
Z906 nothing_from_the_future record on
"""
"""Code, name, default severity, and whether the nation has it on, from the table of the contract."""

ADDED = """
Z111 notified_ahead payment opt
Z112 approval_after_application payment opt
Z113 approval_not_backdated payment opt
"""
"""What municipalities ask beyond the table of the contract."""

CASES = Path(__file__).parent / "cases"
CHAPTERS = sorted(Path(rules_file).parent.glob("*.py"))
SAID = ("title", "duty", "broken", "open", "record")
CROOKED = (
    ast.If, ast.IfExp, ast.For, ast.While, ast.Match, ast.Try, ast.With, ast.Lambda, ast.BoolOp, ast.Compare,
    ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp, ast.Not, ast.FunctionDef,
)  # fmt: skip

every_rule = pytest.mark.parametrize("rule", CATALOGUE.values(), ids=CATALOGUE)


def is_on(rule: Rule) -> bool:
    """Tell whether the nation has a rule on until further notice."""
    return any(entry.to is None for entry in nation().enablings_of(rule.code))


def files() -> dict[str, dict[str, Any]]:
    return {path.stem: tomllib.loads(path.read_text("utf-8")) for path in sorted(CASES.glob("*.toml"))}


FILES = files()
ENDINGS = {
    (code, finding.status)
    for file in FILES.values()
    for spec in cases(file)
    for code, finding in expected(spec).rules.items()
}


def clauses_and_settings() -> Iterator[tuple[str, dict[str, Clause], list[Setting]]]:
    """Yield the nation and each shipped overlay: the clauses that it may cite, and its settings."""
    national = nation().clauses
    yield "national", national, list(nation().file.set)
    for name in shipped_overlays():
        file = load_overlay(name).file
        yield name, {**national, **{clause.id: clause for clause in file.clause}}, list(file.set)


LAWS = {name: (clauses, settings) for name, clauses, settings in clauses_and_settings()}
every_law = pytest.mark.parametrize("law", LAWS)


def test_the_codes_are_those_of_the_contract_and_the_additions() -> None:
    found = [
        f"{code} {rule.name} {rule.severity} {'on' if is_on(rule) else 'opt'}"
        for code, rule in CATALOGUE.items()
    ]
    contract, added = CONTRACT.split("\n")[1:-1], ADDED.split("\n")[1:-1]
    assert len(contract) == 47
    assert found == sorted([*contract, *added])
    assert list(CATALOGUE) == [rule.code for rule in CATALOGUE.values()]


@every_rule
def test_a_rule_is_documented_and_has_a_clause(rule: Rule) -> None:
    first = rule.duty.partition("\n")[0]
    assert first.endswith(".")
    assert nation().clauses_of_rules[rule.code]


@every_rule
def test_a_rule_has_words_in_both_languages(rule: Rule) -> None:
    said = words()[rule.code]
    for kind in SAID:
        assert said[kind]["ja"].strip(), kind
        assert said[kind]["en"].strip(), kind
    assert said["mend"]
    for way in said["mend"]:
        assert way["ja"].strip()
        assert way["en"].strip()


@every_rule
def test_a_placeholder_is_the_number_of_days_or_a_parameter(rule: Rule) -> None:
    said = words()[rule.code]
    texts = [one[lang] for one in (*map(said.get, SAID), *said["mend"]) for lang in ("ja", "en")]
    named = {name for text in texts for _, name, _, _ in string.Formatter().parse(text) if name is not None}
    assert named <= {"n", *rule.parameters}


@every_rule
def test_a_rule_has_a_breaking_a_keeping_and_an_open_case(rule: Rule) -> None:
    wanted = {"broken", "kept"} if "no_open" in FILES.get(rule.code, {}) else {"broken", "kept", "open"}
    assert wanted <= {status for code, status in ENDINGS if code == rule.code}


@every_rule
def test_a_rule_reads_documented_facts_and_declared_numbers(rule: Rule) -> None:
    for name in rule.facts:
        found = Calendar if name == "calendar" else inspect.getattr_static(Facts, name)
        assert (found.__doc__ or "").strip(), name
    assert set(rule.parameters) <= set(nation().parameters)


def test_only_a_rule_that_can_never_be_open_says_why() -> None:
    excused = {name for name, file in FILES.items() if "no_open" in file}
    assert excused <= set(CATALOGUE)
    assert not {(code, "open") for code in excused} & ENDINGS


@every_law
def test_a_value_cites_a_clause_of_the_register(law: str) -> None:
    clauses, settings = LAWS[law]
    assert not [setting.parameter for setting in settings if setting.clause not in clauses]


@every_law
def test_every_clause_has_a_fate(law: str) -> None:
    for clause in LAWS[law][0].values():
        if clause.fate == "encoded":
            assert clause.rules or clause.parameters, clause.id
            assert set(clause.rules) <= set(CATALOGUE), clause.id
            assert set(clause.parameters) <= set(nation().parameters), clause.id
        else:
            assert clause.because, clause.id
            assert clause.because.ja.strip(), clause.id
            assert clause.because.en.strip(), clause.id


def test_every_parameter_has_a_rule_or_is_a_question_of_another() -> None:
    read = {name for rule in CATALOGUE.values() for name in rule.parameters}
    asked = {setting.depends_on for setting in nation().file.set}
    assert set(nation().parameters) == read | (asked - {None})


def is_marked(function: ast.FunctionDef) -> bool:
    """Tell whether a function is marked @rule(...)."""
    marks = [mark.func for mark in function.decorator_list if isinstance(mark, ast.Call)]
    return any(isinstance(mark, ast.Name) and mark.id == "rule" for mark in marks)


def bodies() -> Iterator[Any]:
    for path in CHAPTERS:
        for node in ast.parse(path.read_text("utf-8")).body:
            if isinstance(node, ast.FunctionDef) and is_marked(node):
                yield pytest.param(node, id=node.name)


BODIES = list(bodies())


@pytest.mark.parametrize("function", BODIES)
def test_a_rule_body_is_a_straight_line(function: ast.FunctionDef) -> None:
    inside = [node for statement in function.body for node in ast.walk(statement)]
    assert not [ast.unparse(node) for node in inside if isinstance(node, CROOKED)]
    assert isinstance(function.body[-1], ast.Return)


def test_every_rule_body_was_looked_at() -> None:
    assert sorted(param.id or "" for param in BODIES) == sorted(rule.name for rule in CATALOGUE.values())

"""A report is what its case and the law give, or it is said why not."""

import json
import random
from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from brute import random_call, random_document
from calling import Call
from test_brute_force import EXAMPLES, HOUSE_RULES, arguments
from zaitaku_rules import Case, InvalidInput, Verification, check, verify

EXAMPLE = Path(__file__).parents[1] / "examples" / "running-month.json"
REPORTS = EXAMPLES or 120


def example() -> Case:
    return Case.model_validate_json(EXAMPLE.read_text("utf-8"))


def written(case: Case, **call: Any) -> dict[str, Any]:
    """Return the JSON document of a report, as another program reads it."""
    found: dict[str, Any] = json.loads(check(case, **call).to_json())
    return found


def kinds(found: Verification) -> list[str]:
    return [cause.kind for cause in found.causes]


def test_reports_of_all_kinds_of_questions_agree() -> None:
    for seed in range(REPORTS):
        rng = random.Random(seed)
        document = random_document(rng)
        call = arguments(random_call(rng, document))
        case = Case.model_validate(document)
        if rng.random() < 0.3:
            call["select"] = ("Z3", "Z401")
        if rng.random() < 0.3:
            call["known_at"] = date.fromisoformat(f"{case.month}-15")
        house = [file for file in call["overlays"] if isinstance(file, Path)]
        found = verify(written(case, **call), case, overlays=house)
        assert found.agrees, f"seed {seed}: {found}"
        assert not found.causes


def test_a_report_of_what_was_known_is_judged_by_what_was_known() -> None:
    case = Case.model_validate_json((EXAMPLE.parent / "late-entries.json").read_text("utf-8"))
    report = written(case, known_at=date(2026, 3, 10))
    assert report["verdict"] == "broken"
    assert verify(report, case).agrees


def test_any_change_of_a_judgement_is_found() -> None:
    case = example()
    report = written(case)
    changed = 0
    for number, rule in enumerate(report["rules"]):
        for field, value in (("status", "idle"), ("days", ["2026-03-30"]), ("judged_days", 99)):
            if rule[field] == value:
                continue
            other = deepcopy(report)
            other["rules"][number][field] = value
            found = verify(other, case)
            assert kinds(found) == ["report"], rule["code"]
            assert [one.place for one in found.differences] == [f"rules.{rule['code']}.{field}"]
            changed += 1
    assert changed > 100
    for field in ("verdict", "claim", "due"):
        assert kinds(verify({**report, field: None}, case)) == ["report"], field


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("notes", []),
        ("readings", "x"),
        ("remark", "x"),
        ("overlays", ["132128-hino"]),
        ("known_at", "2026-04-01"),
    ],
)
def test_any_change_of_a_receipt_is_found(name: str, value: object) -> None:
    report = written(example())
    report["receipt"][name] = value
    found = verify(report, example())
    assert not found.agrees
    assert found.differences or found.causes


def test_a_report_of_another_case_is_told_so_at_once() -> None:
    for field in ("user", "provider", "month"):
        found = verify({**written(example()), field: "another"}, example())
        assert (found.agrees, kinds(found), found.differences) == (False, ["records"], ())
        assert "another case" in found.causes[0].what.en


def test_it_says_what_was_not_compared() -> None:
    report = written(example(), select=("Z3",))
    found = verify({**report, "plan": {"steps": []}, "calendar": []}, example())
    assert found.agrees
    assert [note.en for note in found.notes] == [
        "this report is of a selection of rules",
        "the plan was not compared",
        "the calendar was not compared",
    ]


def test_many_differences_are_counted() -> None:
    report = written(example())
    for rule in report["rules"]:
        rule["judged_days"] += 1
    found = verify(report, example())
    assert len(found.differences) + found.more == len(report["rules"])
    assert found.more


def test_it_says_that_the_records_are_others() -> None:
    case = example()
    document = json.loads(EXAMPLE.read_text("utf-8"))
    document["contacts"] = document["contacts"][:3]
    found = verify(written(case), Case.model_validate(document))
    assert kinds(found) == ["records"]
    assert not found.agrees
    assert "rules.Z301.days" in [one.place for one in found.differences]


def test_other_records_with_the_same_outcome_are_no_agreement() -> None:
    document = json.loads(EXAMPLE.read_text("utf-8"))
    document["provider"]["name"] = "別の名前"
    found = verify(written(example()), Case.model_validate(document))
    assert (found.agrees, kinds(found), found.differences) == (False, ["records"], ())


def test_it_says_that_the_law_is_another() -> None:
    report = written(example())
    report["receipt"]["ruleset_sha256"] = "0" * 64
    assert kinds(verify(report, example())) == ["law"]
    report = written(example())
    report["receipt"]["ruleset"] = ["national", "082023-hitachi"]
    assert kinds(verify(report, example())) == ["law"]
    report = written(example())
    report["receipt"]["readings"] = {"week_start": "friday"}
    assert kinds(verify(report, example())) == ["law"]


def test_another_version_alone_is_told_and_no_disagreement() -> None:
    report = written(example())
    report["receipt"]["library"] = "0.0.9"
    found = verify(report, example())
    assert found.agrees
    assert kinds(found) == ["version"]


def test_an_overlay_of_ones_own_has_to_be_given() -> None:
    house = HOUSE_RULES / "icross.toml"
    report = written(example(), overlays=[house])
    assert verify(report, example(), overlays=[house]).agrees
    found = verify(report, example())
    assert not found.agrees
    assert kinds(found)[0] == "law"
    assert "icross" in found.causes[0].what.en


def test_a_shipped_overlay_is_found_by_its_name() -> None:
    report = written(example(), overlays=["132128-hino"], readings={"week_start": "sunday"})
    assert report["receipt"]["overlays"] == ["132128-hino"]
    assert verify(report, example()).agrees


def test_the_model_itself_can_be_verified() -> None:
    assert verify(check(example()), example()).agrees


@pytest.mark.parametrize(
    "receipt",
    [
        {},
        {"readings": [], "selected": 3, "overlays": {"a": 1}, "library": ["x"]},
        {"readings": {"week_start": []}, "selected": ["Z999"], "ruleset": 5, "as_of": None},
    ],
)
def test_a_receipt_of_anything_gives_an_answer(receipt: dict[str, Any]) -> None:
    report = {**written(example()), "receipt": receipt}
    assert not verify(report, example()).agrees


@pytest.mark.parametrize("report", [{}, {"schema": "zaitaku-report/1"}, {"receipt": {}}])
def test_what_is_no_report_is_refused(report: dict[str, Any]) -> None:
    with pytest.raises(InvalidInput, match="not a report"):
        verify(report, example())


def test_a_receipt_with_an_unreadable_day_is_refused() -> None:
    report = written(example())
    report["receipt"]["as_of"] = "yesterday"
    with pytest.raises(InvalidInput, match="date that cannot be read"):
        verify(report, example())


def test_what_stands_in_a_report_is_not_echoed() -> None:
    report = written(example())
    report["verdict"] = "Yamada Taro"
    report["山田"] = "花子"
    report["receipt"]["library"] = "山田 花子"
    said = verify(report, example()).model_dump_json()
    assert not any(name in said for name in ("Yamada", "山田", "花子"))


def test_on_the_command_line(call: Call, tmp_path: Path) -> None:
    report = tmp_path / "report.json"
    report.write_text(json.dumps(written(example())), "utf-8")
    done = call("verify", str(report), str(EXAMPLE))
    assert (done.code, done.err) == (0, "")
    assert "報告どおり" in done.out
    changed = tmp_path / "changed.json"
    changed.write_text(json.dumps({**written(example()), "verdict": "kept"}), "utf-8")
    done = call("verify", str(changed), str(EXAMPLE), "--lang", "en")
    assert done.code == 1
    assert "verdict: report: kept, judged again: open" in done.out
    done = call("verify", str(EXAMPLE), str(report), "--lang", "en")
    assert (done.code, done.out) == (2, "")
    assert "this is a case: write zaitaku verify REPORT CASE" in done.err
    report.write_text('{"schema": "zaitaku-report/1", "receipt": {}}', "utf-8")
    done = call("verify", str(report), str(EXAMPLE), "--lang", "en")
    assert (done.code, done.out) == (2, "")
    assert "not a report" in done.err
    assert call("verify", str(tmp_path / "none.json"), str(EXAMPLE)).code == 2


@pytest.mark.parametrize("form", ["json", "jsonl"])
def test_many_reports_against_many_cases(call: Call, form: str, tmp_path: Path) -> None:
    cases = tmp_path / "cases.jsonl"
    document = json.loads(EXAMPLE.read_text("utf-8"))
    bad = {**document, "month": "2026-13"}
    cases.write_text("\n".join(json.dumps(one) for one in (document, bad, document)) + "\n", "utf-8")
    judged = call("check", str(cases), "--format", form)
    reports = tmp_path / "reports"
    reports.write_text(judged.out, "utf-8")
    done = call("verify", str(reports), str(cases), "--format", "json")
    assert done.code == 0
    assert [one["agrees"] for one in json.loads(done.out)] == [True, True]
    cases.write_text(json.dumps(document) + "\n" + json.dumps(document) + "\n", "utf-8")
    done = call("verify", str(reports), str(cases), "--lang", "en")
    assert done.code == 2
    assert "no counterpart" in done.err

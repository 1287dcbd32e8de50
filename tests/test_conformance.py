"""The conformance pack: it is up to date, judged as it says, and results are compared as they state."""

from __future__ import annotations

import json
import shutil
import subprocess
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from calling import Call
from zaitaku_rules import CATALOGUE, Case, InvalidInput, check
from zaitaku_rules.report import PackCase
from zaitaku_rules.testing.conformance import built_pack, conformance_of, conformance_pack, read_pack
from zaitaku_rules.testing.conformance.building import decisive
from zaitaku_rules.testing.inline_law import laid
from zaitaku_rules.write.schema import schema_of

ROOT = Path(__file__).parents[1]
FOLDERS = [ROOT / "tests" / "cases", ROOT / "examples"]
PACK = conformance_pack()


def document(one: PackCase) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(one.model_dump_json(by_alias=True))
    return found


def result(one: PackCase, **changed: Any) -> dict[str, Any]:
    """Return a result that says of a case what the pack expects, but for what is changed."""
    expected = document(one)["expected"]
    return {"id": one.id, "verdict": expected["verdict"], "rules": expected["rules"], **changed}


def written(path: Path, results: list[dict[str, Any]]) -> str:
    path.write_text("".join(json.dumps(one) + "\n" for one in results), "utf-8")
    return str(path)


def test_the_pack_that_ships_is_what_the_cases_give() -> None:
    # Stale? zaitaku conformance write src/zaitaku_rules/testing/conformance/pack.jsonl.xz
    #        --cases tests/cases --cases examples --force
    assert built_pack(FOLDERS).manifest == PACK.manifest


def test_a_case_can_be_judged_from_the_pack_alone() -> None:
    asking = [one for one in PACK.cases if one.overlays or one.readings]
    assert len(asking) > 100
    for one in asking:
        overlays = [laid(overlay) for overlay in one.overlays]
        report = check(Case.model_validate(one.case), overlays=overlays, readings=one.readings)
        assert decisive(report) == one.expected, one.id
        assert (report.as_of, report.receipt.ruleset) == (one.as_of, one.ruleset)


def test_every_rule_is_broken_and_kept_in_the_pack() -> None:
    for code, count in PACK.manifest.rules.items():
        assert count.broken, code
        assert count.kept, code


def test_pack_manifest_and_results_are_as_the_schemas_say() -> None:
    schema: Any = Draft202012Validator(schema_of("conformance"))
    cases: Any = Draft202012Validator(schema_of("case"))
    schema.validate(json.loads(PACK.manifest.model_dump_json(by_alias=True)))
    for one in PACK.cases[::12]:
        schema.validate(document(one))
        schema.validate(result(one))
        cases.validate(one.case)
    with pytest.raises(Exception, match="is not valid under any"):
        schema.validate(result(PACK.cases[0], verdict="fine"))


def test_what_a_result_states_is_compared_and_the_rest_is_missing() -> None:
    first, second, third = PACK.cases[:3]
    days = document(second)["expected"]["rules"]["Z101"]["days"]
    stated: list[dict[str, Any]] = [
        {"id": first.id, "rules": {"Z302": {"status": "broken", "days": ["2026-02-05"]}}},
        {"id": second.id, "rules": {"Z101": {"days": days[::-1] + days[:1]}}},
    ]
    found = conformance_of(stated)
    assert (found.failed, found.passed) == ((first.id,), (second.id,))
    assert third.id in found.missing
    assert [one.place for one in found.deviations] == ["rules.Z302.status", "rules.Z302.days"]
    assert found.deviations[1].expected == ()
    counts = {one.name: (one.passed, one.failed, one.missing) for one in found.rules}
    rest = len(PACK.cases) - 1
    assert counts == {"Z101": (1, 0, rest), "Z302": (0, 1, rest)}


def test_claim_and_due_list_are_compared_too() -> None:
    one = next(one for one in PACK.cases if one.expected.due)
    expected = document(one)["expected"]
    said = {"id": one.id, "claim": expected["claim"], "due": expected["due"]}
    assert conformance_of([said]).passed == (one.id,)
    said["due"], said["claim"] = [], {"clear": ["2026-01-01"]}
    found = conformance_of([said])
    assert [one.place for one in found.deviations] == ["claim.clear", "due"]


def test_results_that_agree_pass_in_every_format(call: Call, tmp_path: Path) -> None:
    results = written(tmp_path / "mine.jsonl", [result(one) for one in PACK.cases])
    told = call("conformance", "check", results, "--strict", "--lang", "en")
    assert (told.code, told.err) == (0, "")
    assert (
        told.out.splitlines()[0]
        == f" ✓ passed   cases {len(PACK.cases)}: passed {len(PACK.cases)}  failed 0  missing 0"
    )
    assert len([line for line in told.out.splitlines() if line.startswith("✓ Z")]) == len(PACK.manifest.rules)


def test_one_that_differs_is_named_with_what_was_expected(call: Call, tmp_path: Path) -> None:
    one = PACK.cases[0]
    wrong = result(one, verdict="idle")
    results = written(tmp_path / "mine.jsonl", [wrong, result(PACK.cases[1])])
    told = call("conformance", "check", results, "--lang", "en")
    assert told.code == 1
    assert f"✗ {one.id}\n  verdict: expected {one.expected.verdict}, found idle\n" in told.out
    told = call("conformance", "check", results)
    assert "不合格 1" in told.out
    found = json.loads(call("conformance", "check", results, "--format", "json").out)
    assert found["failed"] == [one.id]
    suites = ET.fromstring(call("conformance", "check", results, "--format", "junit").out)
    assert sum(int(suite.get("failures", 0)) for suite in suites) == 1
    assert sum(int(suite.get("skipped", 0)) for suite in suites) == len(PACK.cases) - 2
    assert sum(int(suite.get("tests", 0)) for suite in suites) == len(PACK.cases)


def test_missing_cases_fail_only_where_all_are_asked_for(call: Call, tmp_path: Path) -> None:
    results = written(tmp_path / "mine.jsonl", [result(PACK.cases[0])])
    assert call("conformance", "check", results).code == 0
    assert call("conformance", "check", results, "--strict").code == 1


def test_a_bad_line_is_told_and_does_not_lose_the_others(call: Call, tmp_path: Path) -> None:
    first = PACK.cases[0].id
    bad: list[Any] = [
        {"id": first[:-1], "verdict": "kept"},
        {"id": first, "verdict": "kep"},
        {"id": first, "rules": {"Z3O1": {}}},
        {"id": first, "rules": {"Z301": {"stat": "kept"}}},
        {"id": first},
        result(PACK.cases[0]),
        result(PACK.cases[0]),
        7,
    ]
    told = call("conformance", "check", written(tmp_path / "mine.jsonl", bad), "--lang", "en")
    assert told.code == 2
    assert "passed 1  failed 0" in told.out
    said = [line.split(": ", 1)[1] for line in told.err.splitlines()]
    assert said == [
        f"id: not in this pack; did you mean {first}?",
        "verdict: value not known; did you mean kept? (allowed: kept, broken, open, idle)",
        "rules: not in this pack; did you mean Z301?",
        "rules.Z301.stat: unknown field; did you mean status? (known: status, severity, days, open_days, "
        "waived_days, judged_days, missing)",
        "it states nothing: give verdict or rules",
        "id: a second result of the same case: give one",
        'not a result: write one line for each case, {"id": ..., "verdict": ..., "rules": {...}}',
    ]
    assert call("conformance", "check", "none.jsonl").code == 2


def test_the_pack_is_written_as_a_folder_and_as_lines_and_read_again(call: Call, tmp_path: Path) -> None:
    assert (
        call("conformance", "write", "pack", "--lang", "en").err
        == f"pack: {len(PACK.cases)} cases, {len(CATALOGUE)} rules\n"
    )
    assert read_pack("pack") == PACK
    held = {path.name for path in Path("pack").iterdir()}
    assert held == {"manifest.json", *PACK.manifest.files}
    assert call("conformance", "write", "pack.jsonl").code == 0
    assert read_pack("pack.jsonl") == PACK
    results = written(tmp_path / "mine.jsonl", [result(PACK.cases[0])])
    assert call("conformance", "check", results, "--pack", "pack").code == 0


def test_nothing_is_overwritten_unless_told(call: Call) -> None:
    assert call("conformance", "write", "pack.jsonl").code == 0
    assert call("conformance", "write", "pack.jsonl").code == 2
    assert call("conformance", "write", "pack.jsonl", "--force").code == 0
    Path("mine").mkdir()
    Path("mine/letter.txt").write_text("a", "utf-8")
    told = call("conformance", "write", "mine", "--force", "--lang", "en")
    assert (told.code, Path("mine/letter.txt").read_text("utf-8")) == (2, "a")
    assert "the folder is not empty" in told.err
    assert call("conformance", "write", "pack").code == 0
    assert call("conformance", "write", "pack", "--force").code == 0


def test_a_pack_that_is_none_or_lacks_cases_is_told(call: Call, tmp_path: Path) -> None:
    results = written(tmp_path / "mine.jsonl", [result(PACK.cases[0])])
    told = call("conformance", "check", results, "--pack", results, "--lang", "en")
    assert (told.code, told.out) == (2, "")
    assert "not a conformance pack" in told.err
    assert call("conformance", "check", results, "--pack", "none").code == 2
    lines = list(PACK.lines())
    (tmp_path / "short.jsonl").write_text("".join(lines[:-1]), "utf-8")
    assert (
        f"holds {len(PACK.cases) - 1}"
        in call("conformance", "check", results, "--pack", "short.jsonl", "--lang", "en").err
    )


def test_a_vendor_can_make_a_pack_of_own_cases(call: Call, tmp_path: Path) -> None:
    cases = tmp_path / "cases"
    cases.mkdir()
    (cases / "mine.toml").write_text(
        '[[case]]\nname = "no report"\nwithout.report = "5"\nexpect.Z302 = "broken 5"\n', "utf-8"
    )
    assert call("conformance", "write", "mine.jsonl", "--cases", "cases").code == 0
    (one,) = read_pack("mine.jsonl").cases
    assert (one.id, one.about, one.expected.verdict) == ("mine/no-report", ("Z302",), "broken")
    (cases / "mine.toml").write_text('[[case]]\nname = "a"\nexpect.Z302 = "broken 5"\n', "utf-8")
    told = call("conformance", "write", "other.jsonl", "--cases", "cases", "--lang", "en")
    assert (told.code, Path("other.jsonl").exists()) == (2, False)
    assert "mine/a: the judgement is not what the case expects: Z302" in told.err
    shutil.rmtree(cases)
    with pytest.raises(InvalidInput, match="no folder of cases"):
        built_pack([cases])


@pytest.mark.skipif(shutil.which("node") is None, reason="needs node")
def test_software_in_another_language_can_be_held_against_the_pack(call: Call) -> None:
    assert call("conformance", "write", "pack.jsonl").code == 0
    script = ROOT / "examples" / "conformance" / "two-rules.mjs"
    done = subprocess.run(["node", script, "pack.jsonl"], capture_output=True, text=True, check=True)
    Path("results.jsonl").write_text(done.stdout, "utf-8")
    told = call("conformance", "check", "results.jsonl", "--format", "json")
    outcome = json.loads(told.out)
    assert (told.code, outcome["deviations"]) == (0, [])
    assert len(outcome["passed"]) > 300
    assert {one["name"] for one in outcome["rules"]} == {"Z301", "Z302"}

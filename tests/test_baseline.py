"""Baselines: what was known is left out, what is new is told, and nothing is lost or called kept."""

from __future__ import annotations

import copy
import json
import random
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from calling import Call
from test_ci_formats import commands, many, valid_junit, valid_sarif
from zaitaku_rules import Case, check
from zaitaku_rules.cli.formats import FORMATS
from zaitaku_rules.cli.sample import sample
from zaitaku_rules.write.fingerprints import case_fingerprint, fingerprint
from zaitaku_rules.write.judged_case import DUTIES, JudgedCase

MONTH_OVER = "2026-03-05"


def over(**changes: Any) -> dict[str, Any]:
    """Return the sample month asked when it is over."""
    return copy.deepcopy(sample()) | {"as_of": MONTH_OVER} | changes


def put(name: str, *documents: dict[str, Any]) -> str:
    Path(name).write_text("\n".join(json.dumps(one, ensure_ascii=False) for one in documents), "utf-8")
    return name


def without_contacts(found: dict[str, Any], day: str) -> dict[str, Any]:
    return found | {"contacts": [one for one in found["contacts"] if not one["at"].startswith(day)]}


def held(name: str) -> dict[str, Any]:
    document = json.loads(Path(name).read_text("utf-8"))
    assert document["schema"] == "zaitaku-baseline/1"
    months: dict[str, Any] = document["months"]
    return months


def broken_days(name: str, call: Call, code: str) -> list[str]:
    report = json.loads(call("check", name, "--format", "json").out)
    return next(rule["days"] for rule in report["rules"] if rule["code"] == code)


def test_what_is_recorded_is_left_out_everywhere_but_in_json(call: Call) -> None:
    put("case.json", over())
    for strict in ([], ["--strict"]):
        assert call("check", "case.json", *strict).code == 1
    plain = call("check", "case.json", "--format", "json")
    code, out, err = call(
        "check", "case.json", "--write-baseline", "base.json", "--format", "json", "--lang", "en"
    )
    assert (code, out) == (0, plain.out)
    assert "wrote base.json" in err
    known = ("check", "case.json", "--baseline", "base.json", "--lang", "en")
    for strict in ([], ["--strict"]):
        for form in FORMATS:
            target = ["--output", "known.xlsx"] if form == "xlsx" else []
            code, _, err = call(*known, *strict, "--format", form, *target)
            assert code == 0, (form, err)
            assert "known (left out), 0 new" in err
            assert "no longer" not in err
    assert call(*known, "--format", "json").out == plain.out
    run = valid_sarif(call(*known, "--format", "sarif").out)
    assert run["results"]
    assert run["invocations"][0]["exitCode"] == 0
    for result in run["results"]:
        assert result["baselineState"] == "unchanged"
        assert [one["status"] for one in result["suppressions"]] == ["accepted"]
    (suite,) = valid_junit(call(*known, "--strict", "--format", "junit").out)
    assert suite.attrib["failures"] == "0"
    assert any("known (baseline)" in one.attrib["message"].lower() for one in suite.iter("skipped"))
    assert call(*known, "--format", "github").out == ""
    assert call(*known, "--format", "csv").out.count(",known\r\n") == len(run["results"])
    text = call(*known).out
    assert "Known (baseline)" in text
    assert "broken" in text.splitlines()[0]
    assert "counted" not in text


def test_only_what_is_new_is_reported(call: Call) -> None:
    put("case.json", over())
    call("check", "case.json", "--write-baseline", "base.json")
    old = broken_days("case.json", call, "Z301")
    day = next(one["date"] for one in over()["days"] if one["place"] == "home" and one["date"] not in old)
    put("case.json", without_contacts(over(), day))
    known = ("check", "case.json", "--baseline", "base.json", "--lang", "en")
    assert call(*known).code == 1
    run = valid_sarif(call(*known, "--format", "sarif").out)
    new = [one for one in run["results"] if one["baselineState"] == "new"]
    assert [(one["ruleId"], one["properties"]["date"], one["suppressions"]) for one in new] == [
        ("Z301", day, [])
    ]
    ((level, properties, message),) = commands(call(*known, "--format", "github").out)
    assert (level, properties["title"][:4]) == ("error", "Z301")
    assert len(message.splitlines()[0]) < 40
    (suite,) = valid_junit(call(*known, "--format", "junit").out)
    (failure,) = suite.iter("failure")
    assert "Known (baseline)" in failure.attrib["message"]
    text = call(*known).out
    assert "Z301 two contacts a day" in text
    assert "\n  known " in text


def test_an_open_day_that_breaks_is_new_and_the_other_way_round_is_not(call: Call) -> None:
    during = over() | {"as_of": "2026-02-05"}
    put("during.json", during)
    put("after.json", over())
    call("check", "during.json", "--write-baseline", "during.base")
    call("check", "after.json", "--write-baseline", "after.base")
    assert call("check", "after.json", "--baseline", "during.base").code == 1
    run = valid_sarif(call("check", "after.json", "--baseline", "during.base", "--format", "sarif").out)
    assert {"Z301"} <= {one["ruleId"] for one in run["results"] if one["baselineState"] == "new"}
    put("doubtful.json", over(coverage={"contacts": {"from": "2026-02-01", "through": "2026-02-04"}}))
    known = call("check", "doubtful.json", "--baseline", "after.base", "--format", "sarif").out
    err = call("check", "doubtful.json", "--baseline", "after.base", "--lang", "en").err
    assert "Z301 no longer found" not in err
    (day,) = [
        one
        for one in valid_sarif(known)["results"]
        if (one["ruleId"], one["properties"]["date"]) == ("Z301", "2026-02-05")
    ]
    assert (day["kind"], day["baselineState"]) == ("open", "unchanged")


def test_a_list_that_is_missing_can_be_known(call: Call) -> None:
    found = over()
    for name in ("contacts", "daily_reports"):
        del found[name]
    put("case.json", found)
    (suite,) = valid_junit(call("check", "case.json", "--strict", "--format", "junit").out)
    failed = {test.attrib["name"][:4] for test in suite.iter("testcase") if test.find("failure") is not None}
    assert {"Z301", "Z302"} <= failed
    call("check", "case.json", "--write-baseline", "base.json")
    assert call("check", "case.json", "--strict").code == 1
    assert call("check", "case.json", "--strict", "--baseline", "base.json").code == 0
    del found["evaluations"]
    put("case.json", found)
    assert call("check", "case.json", "--strict", "--baseline", "base.json").code == 1


def test_the_file_says_nothing_of_the_user_and_does_not_depend_on_the_order(call: Call) -> None:
    first = over(user=over()["user"] | {"id": "山田太郎"})
    second = over(user=over()["user"] | {"id": "U-2"})
    put("a.json", first)
    put("b.json", second)
    call("check", "a.json", "b.json", "--write-baseline", "ab.base")
    call("check", "b.json", "a.json", "--write-baseline", "ba.base")
    text = Path("ab.base").read_text("utf-8")
    assert text == Path("ba.base").read_text("utf-8")
    assert text.isascii()
    assert "U-2" not in text
    assert first["provider"]["number"] not in text
    assert "2026-02-" not in text
    cases = held("ab.base")["2026-02"]
    assert len(cases) == 2
    names = [name for rules in cases.values() for by in rules.values() for one in by.values() for name in one]
    assert len(set(names)) == len(names)


def test_unused_entries_are_told_only_of_what_was_judged(call: Call) -> None:
    put("case.json", over())
    other = over(user=over()["user"] | {"id": "U-2"})
    put("other.json", other)
    call("check", "case.json", "other.json", "--write-baseline", "base.json")
    mended = over()
    mended["contacts"].append({"at": "2026-02-05T15:30", "channel": "phone"})
    put("case.json", mended)
    known = ("check", "case.json", "--baseline", "base.json", "--lang", "en")
    err = call(*known).err
    assert "baseline: 1 of 2026-02 Z301 no longer found" in err
    assert err.count("no longer found") == 1
    assert "no longer" not in call(*known, "--select", "Z302").err
    assert "no longer" not in call("check", "other.json", "--baseline", "base.json", "--lang", "en").err
    later = json.loads(json.dumps(mended).replace("2026-02", "2026-01"))
    put("later.json", later | {"as_of": "2026-02-20"})
    err = call("check", "later.json", "--baseline", "base.json", "--lang", "en").err
    assert "no longer" not in err
    assert "baseline: 0 known" in err


def test_a_new_baseline_keeps_what_was_not_judged(call: Call) -> None:
    other = over(user=over()["user"] | {"id": "U-2"})
    january = json.loads(json.dumps(over()).replace("2026-02", "2026-01")) | {"as_of": "2026-02-20"}
    put("all.jsonl", over(), other, january)
    call("check", "all.jsonl", "--write-baseline", "base.json")
    before = held("base.json")
    assert sorted(before) == ["2026-01", "2026-02"]
    mended = over()
    mended["contacts"].append({"at": "2026-02-05T15:30", "channel": "phone"})
    put("case.json", mended)
    call("check", "case.json", "--select", "Z302", "--write-baseline", "base.json")
    assert held("base.json") == before
    call("check", "case.json", "--baseline", "base.json", "--write-baseline", "base.json")
    after = held("base.json")
    assert after["2026-01"] == before["2026-01"]
    gone = {
        (case, code)
        for case, rules in before["2026-02"].items()
        for code in rules
        if after["2026-02"][case].get(code) != rules[code]
    }
    assert [code for _, code in gone] == ["Z301"]
    assert call("check", "case.json", "--baseline", "base.json", "--lang", "en").err.count("no longer") == 0


def test_a_bad_case_leaves_the_baseline_as_it_was(call: Call) -> None:
    put("case.json", over())
    put("bad.json", {"schema": 1})
    Path("base.json").write_text('{"schema": "zaitaku-baseline/1", "months": {}}', "utf-8")
    code, _, err = call("check", "case.json", "bad.json", "--write-baseline", "base.json", "--lang", "en")
    assert code == 2
    assert "no baseline was written" in err
    assert held("base.json") == {}
    assert call("check", "bad.json", "--write-baseline", "new.json").code == 2
    assert not Path("new.json").exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--baseline", "nowhere.json"], "--baseline nowhere.json: no such file: write one first"),
        (["--baseline", "case.json"], "--baseline case.json: not a baseline"),
        (["--baseline", "."], "--baseline .: cannot be read"),
        (["--write-baseline", "case.json"], "--write-baseline case.json: not a baseline"),
        (["--write-baseline", "out", "--output", "out"], "--write-baseline: the same file as --output"),
        (["--baseline", "base.json", "--output", "base.json"], "the output is one of the inputs"),
        (["--write-baseline", "nowhere/base.json"], "nowhere/base.json: cannot be written"),
        (["--baseline", "code.json"], "--baseline code.json: not a baseline"),
        (["--baseline", "none.json"], "--baseline none.json: not a baseline"),
    ],
)
def test_a_wrong_baseline_is_told_and_nothing_is_lost(call: Call, arguments: list[str], said: str) -> None:
    put("case.json", over())
    Path("base.json").write_text('{"schema": "zaitaku-baseline/1", "months": {}}', "utf-8")
    wrong: dict[str, Any] = {"schema": "zaitaku-baseline/1", "months": {"2026-02": {"山田": {}}}}
    put("code.json", wrong)
    Path("none.json").write_bytes(b"\xff{")
    before = {path.name: path.read_bytes() for path in Path().iterdir()}
    code, _, err = call("check", "case.json", "--lang", "en", *arguments)
    assert code == 2
    assert said in err
    assert "山田" not in err
    assert {path.name: path.read_bytes() for path in Path().iterdir() if path.name != "out"} == before


def test_waivers_that_no_day_needs_are_told(call: Call) -> None:
    waiver = {"rule": "Z402", "authority": "山田", "document": "山田", "reason": "山田"}
    spans = [
        ("2026-02-01", "2026-02-28"),
        ("2026-03-01", "2026-03-31"),
        ("2025-10-01", "2026-02-03"),
        ("2025-10-01", "2026-01-31"),
    ]
    rows = [waiver | {"from": begin, "to": end} for begin, end in spans]
    put("case.json", over(waivers=rows))
    plain = call("check", "case.json", "--lang", "en")
    assert "waiver" not in plain.err
    report = check(Case.model_validate(over(waivers=rows)))
    waived = {day.isoformat() for day in report.rule("Z402").waived_days}
    err = call("check", "case.json", "--lang", "en", "--write-baseline", "base.json").err
    for number, (begin, end) in enumerate(spans, 1):
        is_unused = begin[:7] <= "2026-02" <= end[:7] and not any(begin <= day <= end for day in waived)
        assert (f"case.json: waiver {number} (Z402) is not used in this month" in err) == is_unused
    assert "is not used" in err
    assert "山田" not in err
    assert (
        "is not used"
        not in call("check", "case.json", "--lang", "en", "--baseline", "base.json", "--select", "Z301").err
    )


def test_fingerprints_never_change() -> None:
    report = check(Case.model_validate(sample()))
    assert fingerprint(report, "Z301", date(2026, 2, 5)) == "f9040101f0897b943459eceecbcc3d4c"
    assert fingerprint(report, "Z301", None) == "8e41c75fd84da23c6c9a08ab5c779bdf"
    assert case_fingerprint(report) == "8ef000bf52a0e9d387f788b99202544d"


def test_the_verdict_over_what_is_new() -> None:
    dice = random.Random(7)
    seen = set[tuple[str, str]]()
    for report in (check(Case.model_validate(one)) for one in many()):
        bare = JudgedCase(report)
        assert bare.verdict == report.verdict
        assert JudgedCase(report, "", {}).verdict == report.verdict
        lacking = frozenset(fingerprint(report, rule.code, None) for rule in bare.lacking)
        all_days = {
            status: frozenset(one.fingerprint for one in bare.findings if one.status == status)
            for status in ("broken", "open")
        }
        assert JudgedCase(report, "", all_days | {"not_run": lacking}).verdict in ("kept", "idle")
        share = dice.choice((0.5, 0.9, 1))
        some = {
            status: frozenset(name for name in sorted(names) if dice.random() < share)
            for status, names in all_days.items()
        }
        case = JudgedCase(report, "", some | {"not_run": lacking})
        new = {
            one.status
            for one in bare.findings
            if one.rule.severity in DUTIES and one.status in some and one.fingerprint not in some[one.status]
        }
        if report.verdict in ("broken", "open"):
            assert case.verdict == ("broken" if "broken" in new else "open" if "open" in new else "kept")
        seen.add((report.verdict, case.verdict))
    assert seen >= {
        ("broken", "broken"),
        ("broken", "kept"),
        ("open", "open"),
        ("open", "kept"),
        ("kept", "kept"),
    }

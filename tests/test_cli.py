"""The command line: exit codes, places, languages, formats; one clear line for whatever is wrong."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import unicodedata
from pathlib import Path
from typing import Any

import pytest

from calling import Call
from zaitaku_rules import CATALOGUE, Case, Report
from zaitaku_rules.cli import formats
from zaitaku_rules.cli.sample import sample

NAME, CERTIFICATE = "山田太郎", "受給者証9876543210"


def broken() -> dict[str, Any]:
    return sample()


def opened() -> dict[str, Any]:
    """Return the sample without its broken day."""
    found: dict[str, Any] = sample()
    found["contacts"].append({"at": "2026-02-05T15:30", "channel": "phone"})
    return found


def kept() -> dict[str, Any]:
    """Return a month that is over, with nothing broken and nothing open."""
    found = opened()
    del found["as_of"]
    found["evaluations"].append({"date": "2026-02-27", "covers": ["weekly"], "means": "video"})
    claimed = [{"date": row["date"], "status": "use"} for row in found["days"]]
    return found | {"planned_days": [], "claimed_days": claimed}


def bad() -> dict[str, Any]:
    found = broken()
    found["user"] |= {"name": NAME, "wish": {"on": f"{NAME} {CERTIFICATE}", NAME: CERTIFICATE}}
    return found


def put(name: str, *documents: dict[str, Any]) -> str:
    text = "\n".join(json.dumps(document, ensure_ascii=False) for document in documents)
    Path(name).write_text(text, "utf-8")
    return name


# Exit codes


def test_the_exit_says_what_was_found(call: Call) -> None:
    put("broken.json", broken())
    put("open.json", opened())
    put("kept.json", kept())
    assert call("check", "kept.json").code == 0
    assert call("check", "kept.json", "--strict").code == 0
    assert call("check", "open.json").code == 0
    assert call("check", "open.json", "--strict").code == 1
    assert call("check", "broken.json").code == 1
    assert call("check", "kept.json", "broken.json").code == 1
    assert call("check", "kept.json", "nowhere.json", "broken.json").code == 2


def test_a_single_bad_case_leaves_standard_output_empty(call: Call) -> None:
    put("bad.json", bad())
    put("bad.jsonl", bad())
    for name in ("bad.json", "bad.jsonl", "nowhere.json", "."):
        for form in ("text", "json", "jsonl"):
            code, out, err = call("check", name, "--format", form, "--output", "out")
            assert (code, out) == (2, "")
            assert err.count("\n") == 1
            assert err.startswith(name)
            assert NAME not in err
            assert "9876543210" not in err
            assert not Path("out").exists()
        assert call("due", name).code == 2


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["chekc", "x"], "did you mean check?"),
        ([NAME], "no such command (known:"),
        (["--foo"], "no such option"),
        (["check"], "FILE... is missing"),
        (["check", "--lagn", "x"], "did you mean --lang?"),
        (["check", "--as-of"], "--as-of: a value is missing"),
        (["check", "x", "--as-of", "2026-02-30"], "found 2026-02-30: not a date"),
        (["check", "x", "--as-of", NAME], "--as-of: not a date"),
        (["check", "x", "--format", "jsn"], "did you mean json?"),
        (
            ["check", "x", "--format", "sarf"],
            "did you mean sarif? (available: text, json, jsonl, csv, sarif, junit,",
        ),
        (["check", "x", "--select", "Z9999"], "--select: no rule has that code"),
        (["check", "x", "--ignore", ","], "--ignore: no rule is named"),
        (["check", "x", "--reading", "week_start"], "--reading: write NAME=VALUE"),
        (["check", "x", "--reading", "a=1", "--reading", "a=2"], "--reading: write NAME=VALUE"),
        (["check", "x", "--overlay", "082023-hitach"], "did you mean 082023-hitachi?"),
        (["rule", "Z30"], "did you mean Z30"),
        (["rule", "contact_twice_day"], "did you mean contact_twice_a_day?"),
        (["rule", "Z301", "Z302"], "the arguments do not fit"),
        (["rule"], "CODE is missing"),
        (["schema", "cases"], "did you mean case?"),
    ],
)
def test_a_wrong_call_is_told_in_one_line(call: Call, arguments: list[str], said: str) -> None:
    command, *rest = arguments
    code, out, err = call(command, "--lang", "en", *rest)
    assert (code, out) == (2, "")
    assert said in err
    assert err.count("\n") == 1
    assert NAME not in err


def test_japanese_is_the_default_whatever_the_locale(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    monkeypatch.setenv("LANGUAGE", "en")
    code, _, err = call("check", "x", "--lang", "fr")
    assert code == 2
    assert "使える値: ja, en" in err
    assert "ファイルがありません" in call("check", "x").err
    assert "no such file" in call("check", "x", "--lang=en").err


def test_readings_are_checked_by_the_law(call: Call) -> None:
    put("case.json", broken())
    code, out, err = call("check", "case.json", "--reading", "week_star=monday", "--lang", "en")
    assert (code, out) == (2, "")
    assert "did you mean week_start?" in err
    code, _, err = call("check", "case.json", "--reading", "week_start=friday", "--lang", "en")
    assert code == 2
    assert "listed: monday / sunday" in err
    _, out, _ = call("check", "case.json", "--reading", "week_start=monday", "--format", "json")
    assert json.loads(out)["receipt"]["readings"] == {"week_start": "monday"}


def test_a_faulty_overlay_is_told_with_its_place(call: Call) -> None:
    put("case.json", broken())
    Path("house.toml").write_text("[overlay\n", "utf-8")
    code, out, err = call("check", "case.json", "--overlay", "house.toml")
    assert (code, out) == (2, "")
    assert err.startswith("house.toml")


def test_no_command_shows_the_help(call: Call) -> None:
    code, out, err = call()
    assert (code, out) == (2, "")
    assert "check" in err
    code, out, err = call("check", "--help", "--lang", "en")
    assert (code, err) == (0, "")
    assert "Judge case files" in out
    assert "ケースファイルを判定します" in call("check", "--help").out
    assert call("--version").out.startswith("zaitaku-rules ")


@pytest.mark.parametrize("command", [(), ("law",), ("map", "init")])
def test_the_help_of_every_command_tells_of_help_in_the_language_asked_for(
    call: Call, command: tuple[str, ...]
) -> None:
    assert "この説明を示します" in call(*command, "-h").out
    assert "Show this help." in call(*command, "--help", "--lang", "en").out


def test_the_language_may_stand_before_the_command(call: Call) -> None:
    put("case.json", broken())
    assert call("--lang", "en", "check", "case.json").out == call("check", "case.json", "--lang", "en").out
    assert call("--lang", "en", "check", "case.json", "--lang", "ja").out == call("check", "case.json").out
    assert call("--lang", "en", "overlay", "template").out == call("overlay", "template", "--lang", "en").out
    assert call("--lang", "de", "check", "case.json").code == 2


def test_a_selection_that_leaves_no_rule_is_refused(call: Call) -> None:
    put("case.json", broken())
    code, out, err = call("check", "case.json", "--select", "Z3", "--ignore", "Z3", "--lang", "en")
    assert (code, out) == (2, "")
    assert "no rule is left to judge" in err


# Formats


def test_json_is_one_object_for_one_document(call: Call) -> None:
    put("case.json", broken())
    code, out, err = call("check", "case.json", "--format", "json")
    assert code == 1
    assert err == "判定の基準日: 2026-02-27\n"
    assert Report.model_validate_json(out).verdict == "broken"
    assert out.startswith('{\n  "schema": "zaitaku-report/1"')
    assert "日" in out


def test_json_is_an_array_for_several_cases(call: Call) -> None:
    put("case.json", broken())
    put("lines.jsonl", broken(), bad(), kept())
    _, out, _ = call("check", "case.json", "case.json", "--format", "json")
    assert [one["verdict"] for one in json.loads(out)] == ["broken", "broken"]
    code, out, err = call("check", "lines.jsonl", "--format", "json", "--lang", "en")
    assert code == 2
    first, second, third = json.loads(out)
    assert (first["verdict"], third["verdict"]) == ("broken", "kept")
    assert (second["schema"], second["place"]) == ("zaitaku-error/1", "lines.jsonl:2")
    assert second["error"]["en"] in err
    assert "judged as of: 2026-02-27, 2026-03-01" in err
    assert NAME not in out + err


def test_json_lines_keep_the_order_of_the_input(call: Call) -> None:
    put("lines.jsonl", kept(), bad(), broken())
    code, out, _ = call("check", "lines.jsonl", "nowhere.json", "lines.jsonl", "--format", "jsonl")
    assert code == 2
    found = [json.loads(line) for line in out.splitlines()]
    assert [one.get("verdict", one.get("place")) for one in found] == [
        *("kept", "lines.jsonl:2", "broken"),
        "nowhere.json",
        *("kept", "lines.jsonl:2", "broken"),
    ]


def test_only_bad_cases_still_make_an_array(call: Call) -> None:
    put("lines.jsonl", bad(), bad())
    code, out, _ = call("check", "lines.jsonl", "--format", "json")
    assert code == 2
    assert [one["place"] for one in json.loads(out)] == ["lines.jsonl:1", "lines.jsonl:2"]


def test_strings_with_odd_line_ends_survive_the_indent(call: Call) -> None:
    document = broken()
    document["user"]["id"] = "a\u2028b\x85c"
    put("lines.jsonl", document, document)
    _, out, _ = call("check", "lines.jsonl", "--format", "json")
    assert [one["user"] for one in json.loads(out)] == ["a\u2028b\x85c"] * 2


def test_selection_as_of_and_overlays_reach_the_judgement(call: Call) -> None:
    put("case.json", broken())
    _, out, _ = call("check", "case.json", "--select", "z3,Z401", "--ignore", "Z302", "--format", "json")
    ran = {rule["code"] for rule in json.loads(out)["rules"] if rule["status"] != "not_run"}
    assert ran == {"Z301", "Z303", "Z304", "Z305", "Z306", "Z307", "Z401"}
    _, out, _ = call("check", "case.json", "--as-of", "令和8年2月20日", "--format", "json")
    assert json.loads(out)["as_of"] == "2026-02-20"
    _, out, _ = call("check", "case.json", "--overlay", "handbook-2015", "--format", "json")
    assert "handbook-2015" in json.loads(out)["receipt"]["ruleset"]


# Text


def test_the_text_shows_month_findings_and_what_is_due(call: Call) -> None:
    put("case.json", broken())
    code, out, _ = call("check", "case.json")
    assert code == 1
    for said in ("✗ 不適合", "U-001", "2026年2月", "5 ✗", "▸27 ?", "Z301 1日2回の連絡", "これからの期限"):
        assert said in out
    assert "\x1b" not in out
    assert "\n\n\n" not in out
    _, out, _ = call("check", "case.json", "--lang", "en")
    for said in ("✗ broken", "Feb 2026", "Z301 two contacts a day", "Still due"):
        assert said in out


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("width", [60, 80, 132])
def test_no_line_is_wider_than_the_terminal(
    call: Call, monkeypatch: pytest.MonkeyPatch, lang: str, width: int
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    put("case.json", broken())
    _, out, _ = call("check", "case.json", "--lang", lang)
    assert max(map(cells, out.splitlines())) <= width


def cells(line: str) -> int:
    return sum(1 + (unicodedata.east_asian_width(sign) in "WF") for sign in line)


def test_what_lacks_data_is_named(call: Call) -> None:
    document = kept()
    del document["contacts"]
    put("case.json", document)
    code, out, _ = call("check", "case.json")
    assert code == 0
    assert "? 未確定" in out
    assert "資料なし: 連絡の記録 (contacts)" in out


def test_foreign_text_cannot_steer_the_terminal(call: Call) -> None:
    document = broken()
    document["user"]["id"] = "\x1b[31m[bold]x[/bold] :smile:"
    put("case.json", document)
    _, out, _ = call("check", "case.json")
    assert "?[31m[bold]x[/bold] :smile:" in out


def test_several_cases_end_with_a_summary(call: Call) -> None:
    put("lines.jsonl", broken(), bad(), kept())
    code, out, err = call("check", "lines.jsonl")
    assert code == 2
    assert out.splitlines()[-1].split() == ["✗", "不適合", "1", "✓", "適合", "1", "読めないもの", "1"]
    assert err.startswith("lines.jsonl:2: ")


def test_colour_only_where_asked_for(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    put("case.json", broken())
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\x1b[" in call("check", "case.json").out
    monkeypatch.setenv("NO_COLOR", "1")
    out = call("check", "case.json").out
    assert "48;" not in out
    assert "5 ✗" in out
    call("check", "case.json", "--output", "out.txt")
    assert "\x1b" not in Path("out.txt").read_text("utf-8")


# Output


def test_output_is_whole_or_not_at_all(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    put("case.json", broken())
    code, out, _ = call("check", "case.json", "--format", "json", "--output", "out.json")
    assert (code, out) == (1, "")
    assert Report.model_validate_json(Path("out.json").read_bytes()).verdict == "broken"
    Path("out.json").write_text("old", "utf-8")
    Path("out.json").chmod(0o640)

    def stop(*_: object) -> None:
        raise RuntimeError(NAME)

    with monkeypatch.context() as patch:
        patch.setattr(formats, "json_document", stop)
        code, out, err = call(
            "check", "case.json", "--format", "json", "--output", "out.json", "--lang", "en"
        )
    assert code == 2
    assert "internal error in zaitaku_rules.cli" in err
    assert NAME not in err
    assert Path("out.json").read_text("utf-8") == "old"
    assert sorted(path.name for path in Path().iterdir()) == ["case.json", "out.json"]
    call("check", "case.json", "--format", "json", "--output", "out.json")
    assert Path("out.json").stat().st_mode & 0o777 == 0o640


def test_output_that_cannot_be_written(call: Call) -> None:
    put("case.json", broken())
    for target in ("nowhere/out", ".", "a\0b"):
        code, out, err = call("check", "case.json", "--output", target, "--lang", "en")
        assert (code, out) == (2, "")
        assert "cannot be written" in err
    code, _, err = call("check", "case.json", "--output", "./case.json", "--lang", "en")
    assert code == 2
    assert "one of the inputs" in err
    assert Case.model_validate_json(Path("case.json").read_bytes())


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no full device here")
def test_devices_are_written_to_and_never_replaced(call: Call) -> None:
    put("case.json", broken())
    assert call("check", "case.json", "--output", "/dev/null").code == 1
    assert not Path("/dev/null").is_file()
    code, _, err = call("check", "case.json", "--output", "/dev/full", "--lang", "en")
    assert code == 2
    assert "cannot be written" in err


# The other commands


def test_due_lists_what_is_missing_soonest_first(call: Call) -> None:
    put("lines.jsonl", broken(), kept(), bad())
    code, out, _ = call("due", "lines.jsonl", "--format", "json")
    assert code == 2
    *found, error = json.loads(out)
    assert (error["schema"], error["place"]) == ("zaitaku-error/1", "lines.jsonl:3")
    assert [(one["by"], one["code"]) for one in found] == sorted((one["by"], one["code"]) for one in found)
    assert (
        found[0] | {"user": "U-001", "provider": "0812300010", "month": "2026-02", "missing": 2} == found[0]
    )
    put("case.json", broken())
    code, out, err = call("due", "case.json")
    assert code == 0
    assert out.startswith("今日まで  2/27(金)\n  U-001  Z301")
    assert "2026-02-27" in err
    put("kept.json", kept())
    assert call("due", "kept.json", "--lang", "en").out == "Nothing is due any more.\n"
    later = call("due", "case.json", "--as-of", "2026-02-26", "--lang", "en").out
    assert later.startswith("This week  to Sun 1 Mar\n  U-001  Fri 27 Feb  tomorrow ")


def test_every_rule_is_listed_and_explained(call: Call) -> None:
    found = json.loads(call("rules", "--format", "json").out)
    assert [one["code"] for one in found] == list(CATALOGUE)
    assert {one["code"] for one in found if not one["on"]} >= {"Z104", "Z106", "Z108", "Z403", "Z601"}
    assert {one["code"] for one in found if one["on"]} >= {"Z101", "Z105", "Z301", "Z906"}
    for code in CATALOGUE:
        entry = json.loads(call("rule", code, "--format", "json").out)
        assert entry["code"] == code
        assert entry["clauses"]
        for lang in ("ja", "en"):
            said = call("rule", code.lower(), "--lang", lang)
            assert said.code == 0
            assert entry["title"][lang] in said.out
            assert "{" not in said.out
    assert "Z906" in call("rules").out


def test_a_rule_says_who_differs_and_what_is_unsettled(call: Call) -> None:
    entry = json.loads(call("rule", "evaluate_each_week", "--format", "json").out)
    assert {one["name"] for one in entry["questions"]} >= {"week_start", "joint_visit", "covid_relief"}
    means = next(one for one in entry["numbers"] if one["parameter"] == "weekly_means")
    assert [one["from"] for one in means["values"]] == [None, "2020-02-20", "2020-06-19"]
    differs = json.loads(call("rule", "Z403", "--format", "json").out)["differs"]
    assert "132128-hino" in {one["overlay"] for one in differs}


def test_the_schemas_are_written(call: Call) -> None:
    case = json.loads(call("schema", "case").out)
    assert case["title"] == "zaitaku-case/1"
    assert {"schema", "month", "user", "provider"} == set(case["required"])
    approval = case["$defs"]["Approval"]
    assert {"from", "to", "period"} <= approval["properties"].keys()
    assert "from" not in approval["required"]
    assert call("schema", "report", "--output", "report.json").out == ""
    report = json.loads(Path("report.json").read_text("utf-8"))
    assert report["title"] == "zaitaku-report/1"
    assert "due" not in report["required"]
    put("case.json", broken())
    written = json.loads(call("check", "case.json", "--format", "json").out)
    assert set(report["required"]) | {"due"} == written.keys()
    assert written.keys() | {"plan", "calendar"} == report["properties"].keys()
    parts = {"Receipt": written["receipt"], "Claim": written["claim"], "RuleReport": written["rules"][0]}
    for name, part in parts.items():
        schema = report["$defs"][name]
        assert part.keys() == schema["properties"].keys() == set(schema["required"])


def test_the_demo_is_written_once_and_judged(call: Call) -> None:
    code, out, err = call("demo")
    assert code == 1
    assert "Z301" in out
    assert "zaitaku-demo.json" in err
    report = json.loads(call("check", "zaitaku-demo.json", "--format", "json").out)
    duties = {rule["code"]: rule for rule in report["rules"] if rule["status"] == "broken"}
    assert {code: rule["days"] for code, rule in duties.items()} == {"Z301": ["2026-02-05"]}
    assert report["claim"]["open"] == ["2026-02-24", "2026-02-25", "2026-02-26"]
    Path("zaitaku-demo.json").write_text("mine", "utf-8")
    code, out, err = call("demo", "--lang", "en")
    assert (code, out) == (2, "")
    assert "--force" in err
    assert Path("zaitaku-demo.json").read_text("utf-8") == "mine"
    assert call("demo", "--force").code == 1
    assert call("demo", "--output", "other.json").code == 1
    assert Path("other.json").exists()


# The process


RUN = "import sys; from zaitaku_rules.cli import main; sys.exit(main())"


def process(*arguments: str, given: bytes, environment: dict[str, str]) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-c", RUN, *arguments]
    return subprocess.run(command, input=given, env=environment, capture_output=True, check=False)


def test_a_fault_of_the_program_is_one_line_without_data(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    put("lines.jsonl", broken(), kept())

    def stop(*_: object, **__: object) -> None:
        raise KeyError(NAME)

    monkeypatch.setattr("zaitaku_rules.cli.judging.check", stop)
    code, out, err = call("check", "lines.jsonl", "--format", "jsonl", "--lang", "en")
    assert code == 2
    assert err.count("internal error in zaitaku_rules.cli.judging") == 2
    assert NAME not in out + err
    assert [json.loads(line)["place"] for line in out.splitlines()] == ["lines.jsonl:1", "lines.jsonl:2"]


def test_a_closed_pipe_makes_no_noise(tmp_path: Path) -> None:
    path = tmp_path / "lines.jsonl"
    path.write_text("\n".join([json.dumps(broken())] * 40), "utf-8")
    command = [sys.executable, "-c", RUN, "check", str(path), "--format", "jsonl"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        assert running.stdout.read(10) == b'{"schema":'
        running.stdout.close()
        assert running.stderr.read() == b""


def test_standard_input_and_the_locale() -> None:
    document = json.dumps(broken(), ensure_ascii=False).encode()
    plain = {**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii"}
    done = process("check", "-", "--format", "json", given=document, environment=plain)
    assert done.returncode == 1
    assert json.loads(done.stdout.decode())["verdict"] == "broken"
    assert done.stderr.decode() == "判定の基準日: 2026-02-27\n"
    done = process("check", "-", given=b"", environment=plain)
    assert done.returncode == 2
    assert done.stderr.decode().startswith("-: 空のファイルです")


def test_without_the_extra_one_line_says_what_to_install() -> None:
    hidden = f"import sys; sys.modules['typer'] = None; {RUN}"
    done = subprocess.run([sys.executable, "-c", hidden, "rules"], capture_output=True, check=False)
    assert done.returncode == 2
    assert done.stderr.decode() == "the command line needs: pip install 'zaitaku-rules[cli]'\n"


# What an audit found


def test_a_field_named_as_a_branch_of_a_type_stops_no_other_case(call: Call) -> None:
    put("lines.jsonl", kept(), kept() | {"plain": 1}, kept())
    found = call("check", "lines.jsonl", "--format", "jsonl", "--lang", "en")
    assert found.code == 2
    assert len(found.out.splitlines()) == 3
    assert "lines.jsonl:2: plain: unknown field" in found.err


def test_a_user_id_is_never_markup(call: Call) -> None:
    document = opened()
    for name in ("[/]", "[red]U[/red]", ":smile:"):
        document["user"]["id"] = name
        found = call("due", put("id.json", document))
        assert found.code == 0
        assert name in found.out


def test_a_selection_may_be_given_in_parts(call: Call) -> None:
    name = put("broken.json", broken())
    parts = call("check", name, "--select", "Z2", "--select", "Z3", "--format", "json")
    assert parts == call("check", name, "--select", "Z2,Z3", "--format", "json")


def test_the_output_is_never_the_overlay(call: Call) -> None:
    name = put("kept.json", kept())
    Path("house.toml").write_text(
        '[overlay]\nid = "o"\noffice = true\nname.ja = "例"\nname.en = "o"\n'
        '[[set]]\nparameter = "contacts_per_day"\nvalue = 3\nclause = "mhlw.i.1"\n',
        "utf-8-sig",
    )
    found = call("check", name, "--overlay", "house.toml", "--output", "house.toml", "--lang", "en")
    assert found.code == 2
    assert "contacts_per_day" in Path("house.toml").read_text("utf-8-sig")

"""The command line on the law: `law`, `overlay check`, `overlay template`, `schema overlay`."""

from __future__ import annotations

import json
import re
import unicodedata
from pathlib import Path
from typing import Any

import pytest

from calling import Call
from zaitaku_rules import CATALOGUE, load_overlay, rules_for
from zaitaku_rules.cli.law_commands import SERVICES
from zaitaku_rules.law import nation, shipped_overlay, shipped_overlays
from zaitaku_rules.write.law_entry import newest_day

HITACHI = ("--municipality", "082023", "--on", "2026-02-10")

SLIP = """\
[overlay]
id = "office-slip"
office = true
name.ja = "書き損じの例"
name.en = "an example of a slip"

"""


def law(call: Call, *arguments: str) -> dict[str, Any]:
    code, out, _ = call("law", "--format", "json", *arguments)
    assert code == 0
    found: dict[str, Any] = json.loads(out)
    return found


def rule(found: dict[str, Any], code: str) -> dict[str, Any]:
    return next(one for one in found["rules"] if one["code"] == code)


# The law of a place on a day


def test_every_rule_and_number_is_there_with_its_clause(call: Call) -> None:
    found = law(call, *HITACHI)
    assert (found["municipality"], found["on"]) == ("082023", "2026-02-10")
    assert found["ruleset"] == ["national", "082023-hitachi"]
    assert [one["code"] for one in found["rules"]] == list(CATALOGUE)
    for one in found["rules"]:
        assert list(one["parameters"]) == list(CATALOGUE[one["code"]].parameters)
        for name, number in one["parameters"].items():
            assert {"origin", "clause", "source", "url"} <= number.keys()
            assert number["clause"], name
            assert ("value" in number) != ("readings" in number), name


def test_what_the_law_says_is_what_judges(call: Call) -> None:
    found = law(call, *HITACHI)
    judging = rules_for("082023", "2026-02", "continuation_b")
    for one in found["rules"]:
        held = judging.rules[one["code"]]
        assert (one["severity"], one["on"]) == (held.severity, bool(held.in_force)), one["code"]
        assert one["default_severity"] == held.rule.severity


def test_an_overlay_is_told_apart_from_the_nation(call: Call) -> None:
    found = law(call, *HITACHI)
    z304 = rule(found, "Z304")
    assert (z304["severity"], z304["default_severity"], z304["differs"]) == ("payment", "advice", True)
    every = z304["parameters"]["recording_every"]
    assert every["readings"] == ["day", "month"]
    assert (every["origin"], every["clause"]) == ("082023-hitachi", "hitachi.2.1.recording")
    assert every["url"].startswith("https://www.city.hitachi.lg.jp/")
    z301 = rule(found, "Z301")
    assert (z301["differs"], z301["origin"]) == (False, "national")
    assert z301["parameters"]["contacts_per_day"]["value"] == 2
    assert rule(found, "Z104")["origin"] == "082023-hitachi"
    assert rule(found, "Z403")["on"] is False
    assert any("082023-hitachi" in note["en"] for note in found["notes"])


def test_the_day_decides_within_a_month(call: Call) -> None:
    before = law(call, "--on", "2020-06-18")
    after = law(call, "--on", "R2.6.19")
    early = rule(before, "Z402")["parameters"]["monthly_means"]
    assert early["depends_on"] == "covid_relief"
    assert sorted(map(sorted, early["readings"])) == [["commute"], ["commute", "visit"]]
    assert sorted(rule(after, "Z402")["parameters"]["monthly_means"]["value"]) == ["commute", "visit"]
    assert any("2020-06-19" in note["en"] for note in before["notes"])
    assert rule(law(call, "--municipality", "082023", "--on", "2026-02-01"), "Z104")["on"] is False
    assert rule(before, "Z106")["on"] is True
    assert rule(after, "Z106")["on"] is False


def test_the_service_decides_too(call: Call) -> None:
    day = ("--on", "2017-05-01")
    assert rule(law(call, *day, "--service", "transition"), "Z108")["on"] is True
    assert rule(law(call, *day), "Z108")["on"] is False


def test_without_a_day_the_newest_law_is_used_and_said(call: Call) -> None:
    code, out, err = call("law", "--municipality", "08202", "--format", "json", "--lang", "en")
    assert code == 0
    assert "the newest law: of 2026-02-02" in err
    found = json.loads(out)
    assert (found["on"], found["municipality"]) == ("2026-02-02", "082023")
    assert law(call)["on"] == str(newest_day(None)) == max(str(one.from_ or "") for one in nation().file.set)
    assert call("law", *HITACHI).err == ""


def test_an_office_lies_on_top(call: Call) -> None:
    Path("icross.toml").write_text(
        SLIP + '[[set]]\nparameter = "contacts_per_day"\nvalue = 3\nclause = "mhlw.i.1"\n', "utf-8"
    )
    found = law(call, *HITACHI, "--overlay", "icross.toml")
    assert found["ruleset"] == ["national", "082023-hitachi", "office-slip"]
    number = rule(found, "Z301")["parameters"]["contacts_per_day"]
    assert (number["value"], number["origin"]) == (3, "office-slip")


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_the_text_begins_with_what_differs(call: Call, lang: str) -> None:
    code, out, _ = call("law", *HITACHI, "--lang", lang)
    assert code == 0
    differs, _, rest = out.partition("全国のとおり" if lang == "ja" else "As nationally")
    assert "Z304" in differs
    assert "[hitachi.2.1.recording]" in differs
    assert "Z301" in rest.partition("Z104")[0]
    assert "https://www.city.hitachi.lg.jp/" in rest
    wide = [line for line in out.splitlines() if "http" not in line and width(line) > 80]
    assert not wide


def width(line: str) -> int:
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in line)


@pytest.mark.parametrize("name", shipped_overlays())
def test_the_law_of_every_overlay_is_shown(call: Call, name: str) -> None:
    overlay = shipped_overlay(name)
    header = overlay.file.overlay
    place = ("--overlay", name) if header.office else ("--municipality", str(header.municipality))
    day = ("--on", str(header.from_ or newest_day(None)))
    found = [law(call, *place, *day, "--service", service) for service in SERVICES]
    assert all(name in one["ruleset"] for one in found)
    changes = overlay.file.set or overlay.file.enable
    assert any(rule["differs"] for one in found for rule in one["rules"]) or not changes
    assert call("law", *place, *day).code == 0


def test_what_holds_for_another_service_is_noted(call: Call) -> None:
    found = law(call, "--municipality", "062022", "--on", "2025-11-01")
    assert any("employment selection support" in note["en"] for note in found["notes"])
    there = law(call, "--municipality", "062022", "--on", "2025-11-01", "--service", "selection")
    assert rule(there, "Z107")["differs"] is True
    assert not any("for other services" in note["en"] for note in there["notes"])


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["law", "--municipality", "123456"], "--municipality: not a municipality code"),
        (["law", "--on", "2026-02-30"], "--on: found 2026-02-30: not a date"),
        (["law", "--on", "1066-10-14"], "a month is written YYYY-MM"),
        (["law", "--service", "transitio"], "did you mean transition?"),
        (["law", "--overlay", "082023-hitach"], "did you mean 082023-hitachi?"),
        (["law", "--format", "csv"], "csv is not in this version"),
        (["overlay"], "the arguments do not fit"),
        (["overlay", "chek"], "did you mean check?"),
        (["overlay", "check"], "FILE... is missing"),
        (["overlay", "check", "nowhere.toml"], "neither a file nor"),
        (["overlay", "template", "--municipality", "1"], "not a municipality code"),
        (["docs", "check", "--cases", "nowhere"], "nowhere: no folder of cases"),
        (["docs", "wirte"], "did you mean write?"),
    ],
)
def test_a_wrong_call_is_told_in_one_line(call: Call, arguments: list[str], said: str) -> None:
    known = arguments if arguments in (["overlay"],) else [*arguments, "--lang", "en"]
    code, out, err = call(*known)
    assert (code, out) == (2, "")
    assert said in err or known == ["overlay"]
    assert err.count("\n") == 1


# The certificate


def test_the_certificate_holds_every_clause(call: Call) -> None:
    code, out, err = call("law", "--coverage", "--format", "json")
    assert (code, err) == (0, "")
    found = json.loads(out)
    local = [clause for name in shipped_overlays() for clause in shipped_overlay(name).file.clause]
    assert len(found) == len(nation().clauses) + len(local)
    for one in found:
        assert {"clause", "source", "fate", "rules", "parameters", "locator", "says", "because"} <= one.keys()
        assert one["rules"] or one["parameters"] or one["because"], one["clause"]


def test_the_certificate_says_that_it_holds_the_clauses_of_all_dates(call: Call) -> None:
    code, _, err = call("law", "--coverage", "--on", "2026-01-01", "--lang", "en")
    assert (code, err) == (0, "--coverage shows the clauses of all dates\n")
    assert call("law", "--coverage", "--on", "2026-13-01").code == 2


def test_the_certificate_of_one_place(call: Call) -> None:
    def count(*arguments: str) -> int:
        return len(json.loads(call("law", "--coverage", "--format", "json", *arguments).out))

    assert count("--municipality", "222143") == len(nation().clauses)
    hino = len(shipped_overlay("132128-hino").file.clause)
    assert count("--municipality", "132128") == len(nation().clauses) + hino


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_the_certificate_in_the_terminal(call: Call, lang: str) -> None:
    code, out, _ = call("law", "--coverage", "--lang", lang)
    assert code == 0
    assert ("人が判断する" if lang == "ja" else "human judgement") in out
    assert "mhlw.i.1" in out
    assert "hino.wish" in out


# Overlays


def test_good_overlays_are_summed_up_in_one_line_each(call: Call) -> None:
    code, out, err = call("overlay", "check", *shipped_overlays(), "--lang", "en")
    assert (code, err) == (0, "")
    assert len(out.splitlines()) == len(shipped_overlays())
    (hino,) = [line for line in out.splitlines() if line.startswith("132128-hino")]
    assert "ok" in hino
    assert "Z403 on" in hino
    assert "human judgement 1" in hino


@pytest.mark.parametrize(
    ("text", "place", "said"),
    [
        ('[[set]]\nparameter = "contacts_per_dya"\nclause = "mhlw.o"\nvalue = 3\n', 8, "contacts_per_day?"),
        ('[[enable]]\nrule = "Z610"\nclause = "mhlw.i.1"\n', 8, "did you mean Z601?"),
        ('[[enable]]\nrules = ["Z403", "Z610"]\nclause = "mhlw.i.1"\n', 8, "did you mean Z601?"),
        ('[[set]]\nparameter = "week_start"\nvalue = "mon"\nclause = "mhlw.o"\n', 8, "did you mean monday?"),
        ('[[set]]\nparameter = "week_start"\nvaleu = "monday"\n', 9, "did you mean value?"),
        ('[[set]]\nparameter = "week_start"\nfrom = "soon"\nclause = "mhlw.o"\n', 9, "another form"),
        (
            '[[note]]\nclause = "mhlw.o"\nja = "a"\nen = "a"\n\n[[note]]\nclause = "mhlw.oo"\n',
            12,
            "required field is missing",
        ),
        ('[[set]\nparameter = "week_start"\n', 7, "not valid TOML"),
        ('[[set]]\nparameter = "<<week_start>>"\n', 8, "placeholders"),
    ],
)
def test_a_fault_is_told_with_its_line(call: Call, text: str, place: int, said: str) -> None:
    Path("good.toml").write_text(SLIP, "utf-8")
    Path("slip.toml").write_text(SLIP + text, "utf-8")
    code, out, err = call("overlay", "check", "slip.toml", "good.toml", "--lang", "en")
    assert code == 2
    assert out.startswith("good.toml: ok")
    assert err.count("\n") == 1
    assert err.startswith(f"slip.toml:{place}:"), err
    assert said in err


def test_a_note_is_found_by_its_number(call: Call) -> None:
    note = '[[note]]\nclause = "{}"\nja = "注記"\nen = "note"\n\n'
    Path("slip.toml").write_text(SLIP + note.format("mhlw.o") + note.format("mhlw.oo"), "utf-8")
    assert call("overlay", "check", "slip.toml", "--lang", "en").err.startswith("slip.toml:12: note 2:")


def test_where_two_entries_fit_both_lines_are_named(call: Call) -> None:
    entry = '[[set]]\nparameter = "contacts_per_day"\nvalue = {}\nclause = "mhlw.i.1"\n'
    Path("slip.toml").write_text(SLIP + entry.format(3) + entry.format(4), "utf-8")
    assert call("overlay", "check", "slip.toml").err.startswith("slip.toml:8,12: set contacts_per_day:")


def test_the_template_loads_once_it_is_filled(call: Call) -> None:
    code, out, err = call("overlay", "template")
    assert (code, err) == (0, "")
    Path("new.toml").write_text(out, "utf-8")
    code, _, err = call("overlay", "check", "new.toml", "--lang", "en")
    assert code == 2
    assert "placeholders << >> are left" in err
    filled = re.sub(r"<<(.*?)>>", r"\1", out)
    Path("new.toml").write_text(filled, "utf-8")
    code, out, err = call("overlay", "check", "new.toml", "--lang", "en")
    assert (code, err) == (0, "")
    assert "Z601 on" in out
    found = load_overlay("new.toml")
    assert found.file.overlay.municipality == "222143"


def test_the_template_takes_code_and_name(call: Call) -> None:
    code, out, _ = call("overlay", "template", "--municipality", "22214", "--name", '引用符"の市\\')
    assert code == 0
    Path("new.toml").write_text(re.sub(r"<<(.*?)>>", r"\1", out), "utf-8")
    header = load_overlay("new.toml").file.overlay
    assert (header.municipality, header.name.ja) == ("222143", '引用符"の市\\')


def test_the_template_names_every_rule_and_number_that_can_be_set(call: Call) -> None:
    out = call("overlay", "template").out
    assert not [name for name in nation().parameters if f"#   {name}  " not in out]
    off = [code for code in CATALOGUE if all(entry.to for entry in nation().enablings_of(code))]
    assert not [code for code in off if f"#   {code}  " not in out]


def test_the_schema_lists_rules_and_parameters(call: Call) -> None:
    code, out, _ = call("schema", "overlay")
    assert code == 0
    parts = json.loads(out)["$defs"]
    assert parts["Setting"]["properties"]["parameter"]["enum"] == list(nation().parameters)
    assert parts["Enabling"]["properties"]["rules"]["items"]["enum"] == list(CATALOGUE)
    assert parts["Clause"]["properties"]["rules"]["items"]["enum"] == list(CATALOGUE)
    assert len(parts["Setting"]["allOf"]) == len(nation().parameters)
    assert parts["Header"]["additionalProperties"] is False

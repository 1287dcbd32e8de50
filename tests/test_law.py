"""The law as data: how it resolves by date and place, and what an overlay must not do."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from zaitaku_rules import InvalidCall, InvalidLaw, RuleSet, load_overlay, rules_for
from zaitaku_rules.days import Accepted
from zaitaku_rules.law import RuleLaw, listed_readings, nation, overlay_of, shipped_overlays

NOWHERE = "222143"
"""A municipality without an overlay."""


def law(month: str, municipality: str = NOWHERE, service: str = "continuation_b", **options: Any) -> RuleSet:
    return rules_for(municipality, month, service, **options)


def on_days(rule: RuleLaw, rules: RuleSet) -> list[int]:
    return [day.day for day in rules.calendar.dates(rule.in_force)]


def accepted(rules: RuleSet, code: str, name: str, day: date, reading: int = 0) -> set[str]:
    numbers = rules.rules[code].readings[reading].segments[-1][1]
    value = numbers[name]
    assert isinstance(value, Accepted)
    return {word for word, mask in value.days_by_value.items() if mask & rules.calendar.bit(day)}


EVERY = {"visit", "commute", "phone", "video", "chat", "mail"}


@pytest.mark.parametrize(
    ("month", "day", "weekly", "monthly", "places"),
    [
        ("2016-05", date(2016, 5, 10), {"visit", "commute"}, {"commute"}, {"office"}),
        ("2020-06", date(2020, 6, 19), EVERY, {"visit", "commute"}, {"home", "satellite", "office"}),
        ("2021-04", date(2021, 4, 1), EVERY, {"visit", "commute"}, {"home", "satellite", "office"}),
    ],
)
def test_means_and_places_by_date(
    month: str, day: date, weekly: set[str], monthly: set[str], places: set[str]
) -> None:
    rules = law(month)
    assert accepted(rules, "Z401", "weekly_means", day) == weekly
    assert accepted(rules, "Z402", "monthly_means", day) == monthly
    assert accepted(rules, "Z402", "monthly_places", day) == places


def test_the_covid_notices_are_readings_from_2020_02_20_to_2020_06_18() -> None:
    rules = law("2020-04")
    assert rules.rules["Z401"].questions["covid_relief"] == ["true", "false"]
    day = date(2020, 4, 15)
    relief = [dict(reading.chosen)["covid_relief"] for reading in rules.rules["Z402"].readings]
    found = {
        answer: accepted(rules, "Z402", "monthly_means", day, place) for place, answer in enumerate(relief)
    }
    assert found == {"true": {"visit", "commute"}, "false": {"commute"}}
    for month in ("2020-01", "2020-07"):
        assert "covid_relief" not in law(month).rules["Z401"].questions


def test_a_month_that_straddles_an_amendment_has_acts_by_their_own_date() -> None:
    rules = law("2020-06", readings={"covid_relief": "false"})
    assert accepted(rules, "Z402", "monthly_means", date(2020, 6, 18)) == {"commute"}
    assert accepted(rules, "Z402", "monthly_means", date(2020, 6, 19)) == {"visit", "commute"}
    assert on_days(rules.rules["Z106"], rules) == list(range(1, 19))


@pytest.mark.parametrize(
    ("service", "begin"),
    [
        ("continuation_a", "2012-04"),
        ("continuation_b", "2012-04"),
        ("transition", "2015-04"),
        ("selection", "2025-10"),
    ],
)
def test_rules_on_home_use_hold_from_the_day_the_service_could_be_used_at_home(
    service: str, begin: str
) -> None:
    year, month = int(begin[:4]), int(begin[5:])
    before = law(f"{year}-{month - 1:02d}", service=service)
    after = law(begin, service=service)
    assert not before.rules["Z301"].in_force
    assert after.rules["Z301"].in_force == after.calendar.month_mask
    assert before.rules["Z103"].in_force == before.calendar.month_mask
    at_home = {reading.segments[0][1]["service_at_home"] for reading in after.rules["Z107"].readings}
    assert at_home == ({True, False} if service == "selection" else {True})
    assert not before.rules["Z107"].readings[0].segments[0][1]["service_at_home"]


def test_the_age_limit_holds_for_transition_before_2018() -> None:
    assert law("2018-03", service="transition").rules["Z108"].in_force
    assert not law("2018-04", service="transition").rules["Z108"].in_force
    assert not law("2018-03").rules["Z108"].in_force


def test_the_plan_rule_holds_from_2021_04() -> None:
    assert not law("2021-03").rules["Z105"].in_force
    assert law("2021-04").rules["Z105"].in_force


def test_hitachi_holds_from_its_date_and_grades_by_the_last_day() -> None:
    rules = law("2026-02", "082023")
    assert rules.ids == ["national", "082023-hitachi"]
    assert on_days(rules.rules["Z104"], rules) == list(range(2, 29))
    assert rules.rules["Z304"].severity == "payment"
    assert rules.rules["Z304"].questions == {"recording_every": ["day", "month"]}
    assert {
        code
        for code in ("Z104", "Z106", "Z206", "Z207", "Z208", "Z211", "Z307")
        if rules.rules[code].in_force
    } == {
        "Z104",
        "Z106",
        "Z206",
        "Z207",
        "Z208",
        "Z211",
        "Z307",
    }
    before = law("2026-01", "082023")
    assert before.ids == ["national"]
    assert before.rules["Z304"].severity == "advice"
    assert "holds from 2026-02-02" in before.notes[0].en


def test_a_ward_takes_the_overlay_of_its_city() -> None:
    assert overlay_of("082023") is not None
    assert overlay_of("261017") is overlay_of("261009")


def test_okazaki_reads_the_place_in_two_ways() -> None:
    rules = law("2026-02", "232025").rules
    assert rules["Z402"].questions["monthly_places"] == ["home,office,satellite", "office"]
    assert rules["Z105"].severity == "duty"


def test_handbook_and_office_rules_only_by_name() -> None:
    assert not law("2016-05").rules["Z109"].in_force
    rules = law("2016-05", overlays=[load_overlay("handbook-2015")])
    assert [code for code in ("Z109", "Z209", "Z210", "Z404") if rules.rules[code].in_force] == [
        "Z109",
        "Z209",
        "Z210",
        "Z404",
    ]
    assert rules.ids == ["national", "handbook-2015"]
    assert not law("2021-04", overlays=[load_overlay("handbook-2015")]).rules["Z109"].in_force


def test_what_an_overlay_adds_joins_what_holds_below() -> None:
    aoba = load_overlay(Path(__file__).parents[1] / "examples" / "overlays" / "aoba.toml")
    day = date(2026, 2, 10)
    assert accepted(law("2026-02", overlays=[aoba]), "Z402", "monthly_places", day) == {
        "home",
        "satellite",
        "office",
        "relay",
    }
    okazaki = law("2026-02", "232025", overlays=[aoba])
    # The readings keep the names under which the city's overlay lists them, and `--reading` takes them.
    names = ["home,office,satellite", "office"]
    assert okazaki.rules["Z402"].questions["monthly_places"] == names
    for name in names:
        chosen = law("2026-02", "232025", overlays=[aoba], readings={"monthly_places": name})
        assert accepted(chosen, "Z402", "monthly_places", day) == {*name.split(","), "relay"}


def house_rule(folder: Path, body: str) -> Path:
    path = folder / "house.toml"
    path.write_text(HEAD + body, encoding="utf-8")
    return path


def test_what_is_added_from_a_date_on_holds_from_then_on(tmp_path: Path) -> None:
    because = 'because.ja = "市の同意"\nbecause.en = "the city agreed"'
    path = house_rule(
        tmp_path,
        '[[set]]\nparameter = "monthly_places"\nadd = ["relay"]\nclause = "page.1"\n'
        f"from = 2020-06-25\n{because}",
    )
    rules = law("2020-06", overlays=[load_overlay(path)], readings={"covid_relief": "false"})
    assert accepted(rules, "Z402", "monthly_places", date(2020, 6, 18)) == {"office"}
    assert "relay" not in accepted(rules, "Z402", "monthly_places", date(2020, 6, 24))
    assert "relay" in accepted(rules, "Z402", "monthly_places", date(2020, 6, 25))


def test_an_office_may_settle_a_question_and_list_its_own_readings(tmp_path: Path) -> None:
    settled = house_rule(tmp_path, '[[set]]\nparameter = "week_start"\nvalue = "sunday"\nclause = "page.1"')
    rules = law("2026-02", overlays=[load_overlay(settled)])
    assert "week_start" not in rules.rules["Z401"].questions
    listing = house_rule(
        tmp_path, '[[set]]\nparameter = "week_start"\nreadings = ["sunday", "friday"]\nclause = "page.1"'
    )
    overlay = load_overlay(listing)
    assert listed_readings([overlay])["week_start"] == ["monday", "sunday", "friday"]
    rules = law("2026-02", overlays=[overlay], readings={"week_start": "friday"})
    assert rules.rules["Z401"].questions["week_start"] == ["friday"]


def test_the_hash_changes_with_the_law() -> None:
    aoba = load_overlay(Path(__file__).parents[1] / "examples" / "overlays" / "aoba.toml")
    hashes = {law("2026-02").sha256, law("2026-02", "082023").sha256, law("2026-02", overlays=[aoba]).sha256}
    assert len(hashes) == 3
    assert law("2026-02").sha256 == law("2025-02").sha256


def test_notes_say_whose_overlay_was_applied() -> None:
    hitachi, hino = load_overlay("082023-hitachi"), load_overlay("132128-hino")
    twice = law("2026-03", "082023", overlays=[hitachi])
    assert twice.ids == ["national", "082023-hitachi"]
    assert twice.sha256 == law("2026-03", "082023").sha256
    abroad = law("2026-03", "082023", overlays=[hino])
    assert any("132128-hino is of another municipality than 082023" in note.en for note in abroad.notes)
    assert any(note.en.startswith("132128-hino: ") for note in abroad.notes)
    assert "national rules and the overlays asked for" in law("2026-03", overlays=[hino]).notes[0].en
    assert repr(twice) == "RuleSet(national + 082023-hitachi, 2026-03, continuation_b)"


def test_readings_are_those_that_some_law_lists() -> None:
    listed = listed_readings()
    assert listed["week_start"] == ["monday", "sunday"]
    assert listed["monthly_places"] == ["home,office,satellite", "office"]
    assert set(law("2026-02", readings={"week_start": "sunday"}).rules["Z401"].questions["week_start"]) == {
        "sunday"
    }
    with pytest.raises(InvalidCall, match="did you mean week_start"):
        law("2026-02", readings={"week_strt": "monday"})
    with pytest.raises(InvalidCall, match="listed: monday / sunday"):
        law("2026-02", readings={"week_start": "tuesday"})


def test_every_shipped_overlay_loads_and_every_basis_is_cited() -> None:
    for name in shipped_overlays():
        assert load_overlay(name).id == name
    for municipality in (NOWHERE, "082023", "272205", "352021"):
        rules = law("2026-03", municipality)
        for code, rule in rules.rules.items():
            assert not rule.in_force or rules.basis(code), code


def test_every_value_of_the_nation_cites_a_clause() -> None:
    assert {setting.clause for setting in nation().file.set} <= set(nation().clauses)


HEAD = """
[overlay]
id = "test"
office = true
name.ja = "試験"
name.en = "test"

[[source]]
id = "page"
kind = "practice"
title.ja = "頁"
title.en = "page"
certainty = "official"

[[clause]]
id = "page.1"
source = "page"
locator.ja = "1"
locator.en = "1"
says.ja = "言う"
says.en = "says"
fate = "encoded"
rules = ["Z301"]
"""

CLAUSE = """
[[clause]]
id = "x"
source = "page"
locator.ja = "1"
locator.en = "1"
says.ja = "x"
says.en = "x"
fate = "encoded"
"""

FAULTS = {
    "unknown parameter": (
        '[[set]]\nparameter = "contact_per_day"\nvalue = 3\nclause = "page.1"',
        "unknown parameter contact_per_day; did you mean contacts_per_day?",
    ),
    "unknown rule": ('[[enable]]\nrule = "Z999"\nclause = "page.1"', "unknown rule Z999"),
    "no rule": ('[[enable]]\nclause = "page.1"', "names no rule"),
    "looser without because": (
        '[[set]]\nparameter = "contacts_per_day"\nvalue = 1\nclause = "page.1"',
        "looser than the nation: say because",
    ),
    "looser set": (
        '[[set]]\nparameter = "monthly_places"\nvalue = ["home", "relay"]\nclause = "page.1"',
        "looser than the nation",
    ),
    "looser by adding": (
        '[[set]]\nparameter = "monthly_places"\nadd = ["relay"]\nclause = "page.1"',
        "looser",
    ),
    "looser superset": (
        '[[set]]\nparameter = "emergency_kinds"\nvalue = ["emergency_procedure"]\nclause = "page.1"',
        "looser",
    ),
    "looser number": ('[[set]]\nparameter = "inquiry_days"\nvalue = 9\nclause = "page.1"', "looser"),
    "equal rank": (
        '[[set]]\nparameter = "contacts_per_day"\nvalue = 3\nclause = "page.1"\n'
        '[[set]]\nparameter = "contacts_per_day"\nvalue = 4\nclause = "page.1"',
        "two values from the same date",
    ),
    "says nothing": (
        '[[set]]\nparameter = "contacts_per_day"\nvalue = 2\nclause = "page.1"',
        "changes nothing",
    ),
    "enables what is on": ('[[enable]]\nrule = "Z301"\nclause = "page.1"', "on nationally already"),
    "missing clause": ('[[enable]]\nrule = "Z403"', "clause is missing: cite the basis"),
    "unknown clause": (
        '[[enable]]\nrule = "Z403"\nclause = "page.2"',
        "unknown clause page.2; did you mean page.1?",
    ),
    "dates out of order": (
        '[[set]]\nparameter = "contacts_per_day"\nvalue = 3\nclause = "page.1"\n'
        "from = 2026-02-02\nto = 2026-02-01",
        "to is before from",
    ),
    "wrong type": (
        '[[set]]\nparameter = "contacts_per_day"\nvalue = "three"\nclause = "page.1"',
        "expected: 1-8",
    ),
    "wrong word": (
        '[[set]]\nparameter = "week_start"\nvalue = "mondey"\nclause = "page.1"',
        "did you mean monday?",
    ),
    "wrong flag": (
        '[[set]]\nparameter = "plan_signed"\nvalue = 1\nclause = "page.1"',
        "expected: true, false",
    ),
    "value and readings": (
        '[[set]]\nparameter = "contacts_per_day"\nvalue = 3\nreadings = [3, 4]\nclause = "page.1"',
        "needs one of value, add and readings",
    ),
    "unknown field": (
        '[[set]]\nparametre = "contacts_per_day"\nvalue = 3\nclause = "page.1"',
        "did you mean parameter?",
    ),
    "broken TOML": ("[[set]\n", "not valid TOML"),
    "unknown source": (
        CLAUSE.replace('"page"', '"pag"') + 'rules = ["Z301"]',
        "unknown source pag; did you mean page?",
    ),
    "clause of an unknown rule": (
        CLAUSE + 'rules = ["Z31"]',
        "unknown rule Z31",
    ),
    "encoded without rules": (
        CLAUSE,
        "names its rules",
    ),
    "no reason": (
        CLAUSE.replace("encoded", "out_of_scope"),
        "says because",
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_faulty_overlay_says_what_and_where(name: str, tmp_path: Path) -> None:
    body, expected = FAULTS[name]
    path = tmp_path / "house.toml"
    path.write_text(HEAD + body, encoding="utf-8")
    with pytest.raises(InvalidLaw) as refused:
        load_overlay(path)
    told = refused.value.said_in("en")
    assert expected in told, told
    assert told.startswith("house.toml")
    assert refused.value.said_in("ja") != told


def test_overlays_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(InvalidCall, match="cannot read the overlay"):
        load_overlay(tmp_path / "none.toml")
    path = tmp_path / "latin.toml"
    path.write_bytes(b"\xff\xfe")
    with pytest.raises(InvalidLaw, match="not UTF-8"):
        load_overlay(path)
    path.write_text("a = " + "[" * 5000, encoding="utf-8")
    with pytest.raises(InvalidLaw, match="nested too deeply"):
        load_overlay(path)
    path.write_text(HEAD.replace("office = true", ""), encoding="utf-8")
    with pytest.raises(InvalidLaw, match="municipality or office"):
        load_overlay(path)


def test_an_overlay_may_be_looser_with_because(tmp_path: Path) -> None:
    path = tmp_path / "house.toml"
    because = 'because.ja = "市の同意"\nbecause.en = "the city agreed"'
    path.write_text(
        f'{HEAD}\n[[set]]\nparameter = "contacts_per_day"\nvalue = 1\nclause = "page.1"\n{because}',
        encoding="utf-8",
    )
    overlay = load_overlay(path)
    assert (
        law("2026-02", overlays=[overlay]).rules["Z301"].readings[0].segments[0][1]["contacts_per_day"] == 1
    )

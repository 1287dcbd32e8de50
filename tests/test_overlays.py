"""The shipped overlays looked over as a whole, and how overlays lie over each other."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any, get_args

import pytest

from test_law import HEAD
from zaitaku_rules import Case, InvalidLaw, Overlay, RuleSet, check, load_overlay, rules_for
from zaitaku_rules.days import calendar_of
from zaitaku_rules.law import listed_readings, nation, shipped_overlay, shipped_overlays
from zaitaku_rules.law.model import Setting
from zaitaku_rules.records.fields import Service
from zaitaku_rules.records.written import municipality_written
from zaitaku_rules.rules import CATALOGUE
from zaitaku_rules.testing import cases, document, expected

CASES = Path(__file__).parent / "cases"
PROVIDER = "2212300012"
SERVICES: tuple[str, ...] = get_args(Service)
OPENED = date(2012, 4, 1)
QUESTIONS = {setting.depends_on for setting in nation().file.set} - {None}

OVERLAYS = {name: shipped_overlay(name) for name in shipped_overlays()}
MUNICIPAL = {name: one for name, one in OVERLAYS.items() if one.file.overlay.municipality}
every_overlay = pytest.mark.parametrize("overlay", OVERLAYS.values(), ids=OVERLAYS)
every_municipality = pytest.mark.parametrize("overlay", MUNICIPAL.values(), ids=MUNICIPAL)
REPEATED = ("hitachi.", "hino.days")
"""Clauses of pages that say over again what the nation says."""

WEAKEST = ("second_hand", "official_in_part", "official")


def test_at_least_twenty_municipalities_ship_and_each_once() -> None:
    codes = [overlay.file.overlay.municipality for overlay in MUNICIPAL.values()]
    assert len(codes) >= 20
    assert len(set(codes)) == len(codes)


@every_overlay
def test_an_overlay_is_named_after_its_file_and_municipality(overlay: Overlay) -> None:
    header = overlay.file.overlay
    assert overlay.place == f"law/overlays/{overlay.id}.toml"
    if header.municipality:
        code, _, name = overlay.id.partition("-")
        assert code == header.municipality == municipality_written(code)
        assert name == header.name.en.lower()


@every_municipality
def test_an_overlay_says_since_when_and_how_surely_it_is_known(overlay: Overlay) -> None:
    header, sources = overlay.file.overlay, overlay.file.source
    assert header.from_ is not None
    assert header.certainty == min((source.certainty for source in sources), key=WEAKEST.index)
    for source in sources:
        assert source.checked is not None, source.id
        assert source.url or source.certainty != "official", source.id


@every_municipality
def test_a_clause_changes_something_or_is_noted(overlay: Overlay) -> None:
    file = overlay.file
    cited = {entry.clause for entry in (*file.set, *file.enable, *file.note)}
    for clause in file.clause:
        assert clause.id in cited or clause.id.startswith(REPEATED), clause.id
    encoded = {clause.id for clause in file.clause if clause.fate == "encoded"}
    assert {entry.clause for entry in (*file.set, *file.enable)} <= encoded


# ------------------------------------------------------------------ values by date


def spans(name: str) -> Iterator[tuple[Setting, date, date]]:
    """Yield the settings of the nation or of an overlay, each with its first and last day."""
    header = OVERLAYS[name].file.overlay if name in OVERLAYS else None
    first = header.from_ if header and header.from_ else date.min
    last = header.to if header and header.to else date.max
    for setting in OVERLAYS[name].file.set if name in OVERLAYS else nation().file.set:
        yield setting, max(setting.from_ or first, first), min(setting.to or last, last)


LAWS = ("national", *OVERLAYS)


def winner(name: str, parameter: str, service: str, day: date) -> Setting | None:
    """Return the setting that holds on a day: the latest begun, one for the service before one for all."""
    holding = [
        (begin, bool(setting.services), place)
        for place, (setting, begin, end) in enumerate(spans(name))
        if setting.parameter == parameter
        and begin <= day <= end
        and (not setting.services or service in setting.services)
    ]
    return list(spans(name))[max(holding)[2]][0] if holding else None


def turns(name: str, parameter: str) -> list[date]:
    """Return the days on which a value of a parameter begins, or on which one has just ended."""
    found = {begin for setting, begin, _ in spans(name) if setting.parameter == parameter}
    ended = {end for setting, _, end in spans(name) if setting.parameter == parameter and end < date.max}
    return sorted(found | {end + timedelta(days=1) for end in ended})


@pytest.mark.parametrize("name", LAWS)
def test_every_value_is_reached_on_some_day(name: str) -> None:
    for setting, _, _ in spans(name):
        reached = [
            winner(name, setting.parameter, service, day)
            for service in SERVICES
            for day in turns(name, setting.parameter)
        ]
        assert setting in reached, (setting.parameter, setting.from_)


@pytest.mark.parametrize("name", LAWS)
def test_no_two_values_of_one_date_have_equal_rank(name: str) -> None:
    for service in SERVICES:
        ranks = [
            (setting.parameter, begin, bool(setting.services))
            for setting, begin, _ in spans(name)
            if not setting.services or service in setting.services
        ]
        assert len(set(ranks)) == len(ranks)


@pytest.mark.parametrize("parameter", sorted(set(nation().parameters) - QUESTIONS))
def test_the_nation_has_a_value_on_every_day_since_home_use_began(parameter: str) -> None:
    for service in SERVICES:
        for day in [OPENED, *turns("national", parameter)]:
            if day >= OPENED:
                assert winner("national", parameter, service, day), (service, day)


# ------------------------------------------------------------------ duties that can be met


def months(first: int, last: int) -> Iterator[str]:
    yield from (f"{year}-{month:02d}" for year in range(first, last + 1) for month in range(1, 13))


@every_municipality
def test_a_submission_falls_due_after_its_month_and_within_the_next(overlay: Overlay) -> None:
    code = overlay.file.overlay.municipality or ""
    for month in months(2021, 2030):
        calendar = calendar_of(month)
        for reading in rules_for(code, month, "continuation_b").rules["Z601"].readings:
            for _, numbers in reading.segments:
                due = calendar.deadline(numbers["submission_day"], numbers["submission_shift"])
                assert calendar.last < due <= calendar.last + timedelta(days=31)


@every_municipality
def test_numbers_lie_within_what_a_week_and_a_set_can_hold(overlay: Overlay) -> None:
    law = rules_for(overlay.file.overlay.municipality or "", "2030-12", "continuation_b")
    for rule in law.rules.values():
        for reading in rule.readings:
            for _, numbers in reading.segments:
                assert numbers.get("evaluations_per_week", 1) <= 7
                assert numbers.get("commutes_per_week", 1) <= 7
                assert all(value != frozenset() for value in numbers.values())


def whole_month(code: str, month: str) -> Case:
    """Return a month in which everything that any municipality asks is done, as of two months later."""
    after = calendar_of(month).last + timedelta(days=1)
    begin = f"{int(month[:4]) - 1}-{month[5:]}-01"
    days = [day for day in calendar_of(month).dates(calendar_of(month).month_mask) if day.weekday() < 5]
    weekly: dict[int, date] = {day.toordinal() // 7: day for day in days}
    office = sorted(weekly.values())
    home = [day for day in days if day not in office][:13]
    filed = {"submitted": begin, "accepted": begin, "provider": PROVIDER}
    return Case.model_validate(
        document(
            {
                "municipality": code,
                "month": month,
                "as_of": (after + timedelta(days=40)).isoformat(),
                "home": " ".join(str(day.day) for day in home),
                "office": " ".join(str(day.day) for day in office),
                "notification": [
                    {"kind": "initial", **filed, "from": begin},
                    {"kind": "renewal", **filed, "from": f"{month[:4]}-{month[5:]}-01"},
                ],
                "submission": (after + timedelta(days=3)).isoformat(),
            }
        )
    )


@every_municipality
@pytest.mark.parametrize("month", ["2025-12", "2026-02", "2026-04", "2026-12", "2030-06"])
def test_a_month_in_which_all_is_done_is_kept(overlay: Overlay, month: str) -> None:
    report = check(whole_month(overlay.file.overlay.municipality or "", month))
    assert [rule.code for rule in report.rules if rule.status in ("broken", "open")] == []
    assert report.verdict == "kept"


# ------------------------------------------------------------------ cases


def reached() -> Iterator[tuple[str, str, str]]:
    """Yield for every case the municipality, a rule and the status it expects; the verdict as a rule."""
    for path in sorted(CASES.glob("*.toml")):
        for spec in cases(tomllib.loads(path.read_text("utf-8"))):
            said = expected(spec)
            overlay = rules_for(
                spec.get("municipality", "222143"), spec.get("month", "2026-02"), "transition"
            )
            for name in overlay.ids[1:]:
                yield name, "verdict", said.verdict or ""
                yield from ((name, code, finding.status) for code, finding in said.rules.items())


REACHED = set(reached())


@every_municipality
def test_every_difference_is_reached_by_a_case_and_a_month_is_kept(overlay: Overlay) -> None:
    file = overlay.file
    enabled = {code for entry in file.enable for code in entry.codes}
    on = enabled | {code for code in CATALOGUE if any(one.to is None for one in nation().enablings_of(code))}
    changed = {setting.parameter for setting in file.set}
    touched = enabled | {code for code in on if changed & set(CATALOGUE[code].parameters)}
    for code in sorted(touched):
        assert {(overlay.id, code, "broken"), (overlay.id, code, "open")} & REACHED, code
    assert (overlay.id, "verdict", "kept") in REACHED


# ------------------------------------------------------------------ what is known only second-hand


def page(body: str, certainty: str = "official", name: str = "house", extra: str = "") -> str:
    return f"""
[overlay]
id = "{name}"
office = true
name.ja = "試験"
name.en = "test"
{extra}
[[source]]
id = "page"
kind = "practice"
title.ja = "頁"
title.en = "page"
certainty = "{certainty}"
[[clause]]
id = "page.1"
source = "page"
locator.ja = "1"
locator.en = "1"
says.ja = "言う"
says.en = "says"
fate = "encoded"
rules = ["Z301"]
{body}
"""


def loaded(folder: Path, body: str, **more: str) -> Overlay:
    path = folder / "house.toml"
    path.write_text(page(body, **more), encoding="utf-8")
    return load_overlay(path)


def setting(parameter: str, value: str, *, because: bool = False) -> str:
    reason = '\nbecause.ja = "市の同意"\nbecause.en = "the city agreed"' if because else ""
    return f'[[set]]\nparameter = "{parameter}"\nvalue = {value}\nclause = "page.1"{reason}\n'


NATIONAL_MONTH: dict[str, Any] = {
    "home": "2-6 9-13",
    "office": "16",
    "contact": {"chat": "2-6x2 9-13x2"},
    "home_use": [{"from": "2025-07-01", "on_certificate": False}],
    "notification": "none",
    "plan": {"unsigned": "2025-07-01~"},
}
"""Lawful nationally, and with nothing beyond what the nation asks."""


@pytest.mark.parametrize(
    "overlay", [one for one in OVERLAYS.values() if one.second_hand], ids=lambda one: one.id
)
def test_hearsay_never_breaks_a_national_month_surely(overlay: Overlay) -> None:
    assert check(Case.model_validate(document(NATIONAL_MONTH))).verdict == "kept"
    there = {**NATIONAL_MONTH, "municipality": overlay.file.overlay.municipality}
    report = check(Case.model_validate(document(there)))
    assert report.verdict == "open"
    assert "broken" not in {rule.status for rule in report.rules if rule.severity in ("payment", "duty")}


def test_a_rule_enabled_by_hearsay_is_open_until_the_reading_is_chosen(tmp_path: Path) -> None:
    body = '[[enable]]\nrule = "Z104"\nclause = "page.1"\nfrom = 2026-02-10\n'
    overlay = loaded(tmp_path, body, certainty="second_hand")
    assert listed_readings([overlay])["house"] == ["true", "false"]
    case = Case.model_validate(document(NATIONAL_MONTH))
    found = {}
    for chosen in ({}, {"house": "true"}, {"house": "false"}):
        report = check(case, overlays=[overlay], readings=chosen)
        rule = report.rule("Z104")
        found[chosen.get("house", "")] = (rule.status, len(rule.days), len(rule.open_days))
        asked = [one.what.en for one in rule.settle if one.kind == "question"]
        assert bool(asked) is (not chosen)
    assert found == {"": ("open", 0, 4), "true": ("broken", 4, 0), "false": ("kept", 0, 0)}


def test_hearsay_does_not_regrade_a_rule_that_is_on_surely(tmp_path: Path) -> None:
    body = '[[enable]]\nrule = "Z304"\nseverity = "payment"\nclause = "page.1"\n'
    heard = loaded(tmp_path, body, certainty="second_hand")
    law = rules_for("222143", "2026-02", "continuation_b", overlays=[heard]).rules["Z304"]
    assert law.severity == "advice"
    assert "house" not in law.questions
    law = rules_for("222143", "2026-02", "continuation_b", overlays=[loaded(tmp_path, body)]).rules["Z304"]
    assert law.severity == "payment"


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (setting("contacts_per_day", "3"), "known only second-hand"),
        (
            '[[set]]\nparameter = "week_start"\nreadings = ["national", "friday"]\nclause = "page.1"',
            "list the readings one by one",
        ),
    ],
)
def test_what_stands_beside_the_nation_is_written_as_readings(tmp_path: Path, body: str, said: str) -> None:
    with pytest.raises(InvalidLaw) as refused:
        loaded(tmp_path, body, certainty="second_hand")
    assert said in refused.value.said_in("en")


# ------------------------------------------------------------------ the stricter one stays


def number(law: RuleSet, code: str, parameter: str) -> list[Any]:
    return [numbers[parameter] for _, numbers in law.rules[code].readings[0].segments]


@pytest.mark.parametrize(
    ("value", "because", "held", "origin"),
    [
        ("20", False, 15, ("352021-ube",)),
        ("20", True, 20, ("house",)),
        ("12", False, 12, ("house",)),
    ],
)
def test_the_stricter_of_two_overlays_stays_unless_the_upper_says_because(
    tmp_path: Path, value: str, because: bool, held: int, origin: tuple[str, ...]
) -> None:
    house = loaded(tmp_path, setting("submission_day", value, because=because))
    law = rules_for("352021", "2026-02", "continuation_b", overlays=[house])
    assert number(law, "Z601", "submission_day") == [held]
    assert law.rules["Z601"].origins["submission_day"] == origin
    assert law.rules["Z601"].origins["submission_shift"] == ("national",)


def test_a_national_default_of_a_rule_that_is_off_is_no_law(tmp_path: Path) -> None:
    body = setting("submission_day", "20") + '[[enable]]\nrule = "Z601"\nclause = "page.1"\n'
    law = rules_for("222143", "2026-02", "continuation_b", overlays=[loaded(tmp_path, body)])
    assert number(law, "Z601", "submission_day") == [20]


def test_a_set_that_asks_for_something_else_leaves_the_municipality_its_own(tmp_path: Path) -> None:
    house = loaded(tmp_path, setting("emergency_kinds", '["emergency_response", "emergency_arrival"]'))
    law = rules_for("082023", "2026-02", "continuation_b", overlays=[house])
    theirs, mine = {"emergency_response", "emergency_procedure"}, {"emergency_response", "emergency_arrival"}
    assert sorted(number(law, "Z203", "emergency_kinds"), key=sorted) == [mine, theirs]
    assert law.rules["Z203"].origins["emergency_kinds"] == ("082023-hitachi", "house")
    later = rules_for("082023", "2026-03", "continuation_b", overlays=[house])
    assert later.rules["Z203"].origins["emergency_kinds"] == ("082023-hitachi",)


def test_the_stricter_one_stays_on_its_days_only(tmp_path: Path) -> None:
    strict = loaded(tmp_path, setting("contacts_per_day", "4"), extra="to = 2026-02-15", name="strict")
    loose = loaded(tmp_path, setting("contacts_per_day", "3"))
    law = rules_for("222143", "2026-02", "continuation_b", overlays=[strict, loose])
    assert sorted(number(law, "Z301", "contacts_per_day")) == [3, 4]
    assert law.rules["Z301"].origins["contacts_per_day"] == ("strict", "house")


@pytest.mark.parametrize(
    ("municipality", "parameter", "value"),
    [
        ("232025", "monthly_places", '["home", "office", "satellite"]'),
        ("082023", "recording_every", '"month"'),
    ],
)
def test_an_answer_that_says_what_the_nation_says_holds_over_a_city(
    municipality: str, parameter: str, value: str, tmp_path: Path
) -> None:
    path = tmp_path / "answer.toml"
    because = 'because = { ja = "市町村の回答による", en = "as the municipality answered" }'
    entry = f'[[set]]\nparameter = "{parameter}"\nvalue = {value}\nclause = "page.1"'
    path.write_text(HEAD + entry, encoding="utf-8")
    with pytest.raises(InvalidLaw, match="say because"):
        load_overlay(path)
    path.write_text(HEAD + entry + "\n" + because, encoding="utf-8")
    law = rules_for(municipality, "2026-06", "continuation_b", overlays=[load_overlay(path)])
    assert not any(parameter in rule.questions for rule in law.rules.values())

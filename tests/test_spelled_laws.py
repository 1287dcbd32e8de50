"""Laws as they are spelled for a comparison: of a day, edited, with overlays and readings."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from zaitaku_rules import InvalidCall, InvalidLaw, RuleSet, rules_for
from zaitaku_rules.bulk.laws import LawAsked
from zaitaku_rules.bulk.spelled_laws import law_spelled
from zaitaku_rules.days import Accepted, calendar_of
from zaitaku_rules.law import edited, nation, shipped_overlay, shipped_overlays

MONTH = "2026-03"
FUJIEDA = "222143"


def numbers(law: RuleSet) -> dict[str, Any]:
    """Return what a law says of every rule, on all days alike."""
    return {
        code: (
            rule.severity,
            bool(rule.in_force),
            [(one.chosen, _told(one.segments)) for one in rule.readings],
        )
        for code, rule in law.rules.items()
    }


def _told(segments: Any) -> list[dict[str, Any]]:
    return [
        {
            name: set(value.days_by_value) if isinstance(value, Accepted) else value
            for name, value in held.items()
        }
        for _, held in segments
    ]


def _borders() -> Iterator[date]:
    """Return the days before and after which some law differs."""
    overlays = [shipped_overlay(name).file for name in shipped_overlays()]
    for file in (nation().file, *overlays):
        for entry in (*file.set, *file.enable):
            yield from filter(None, (entry.from_, entry.to))
    for one in overlays:
        yield from filter(None, (one.overlay.from_, one.overlay.to))
    yield from nation().file.scheme.values()


QUIET = [
    month
    for year in range(2012, 2027)
    for number in range(1, 13)
    if (month := f"{year}-{number:02d}") > "2012-04"
    and not any(calendar_of(month).bit(border) for border in _borders())
]


def test_the_law_of_a_day_is_that_of_its_month_laid_on_another() -> None:
    rng, seen = random.Random(5), set[str]()
    assert len(QUIET) > 60
    for _ in range(120):
        month, other = rng.choice(QUIET), rng.choice(QUIET)
        service = rng.choice(["transition", "continuation_a", "continuation_b", "selection"])
        place = rng.choice([FUJIEDA, *(name[:6] for name in shipped_overlays() if name[0].isdigit())])
        calendar = calendar_of(month)
        day = date.fromordinal(rng.randint(calendar.first.toordinal(), calendar.last.toordinal()))
        on_day = rules_for(place, other, service, on=day)
        assert numbers(on_day) == numbers(rules_for(place, month, service)), (place, month, other, service)
        assert on_day.calendar.name == other
        assert on_day.on == day
        seen.add(month)
    assert len(seen) > 40


def test_a_day_within_a_month_of_change_parts_the_law() -> None:
    before, after = (
        rules_for(FUJIEDA, "2020-06", "continuation_b", on=date(2020, 6, day)) for day in (18, 19)
    )
    assert before.rules["Z106"].in_force == before.calendar.month_mask
    assert not after.rules["Z106"].in_force
    assert "covid_relief" in before.rules["Z401"].questions
    assert "covid_relief" not in after.rules["Z401"].questions
    first, last = (rules_for("082023", MONTH, "transition", on=date(2026, 2, day)) for day in (1, 2))
    assert first.ids == ["national"]
    assert last.ids == ["national", "082023-hitachi"]
    assert "2026-02-01 の時点の定め" in first.notes[0].ja
    assert any("holds from 2026-02-02" in note.en for note in first.notes)


SAME = """
[overlay]
id = "same"
office = true
name = {ja = "同じ", en = "same"}
[[source]]
id = "same"
kind = "practice"
title = {ja = "同じ", en = "same"}
certainty = "official"
[[clause]]
id = "same.1"
source = "same"
locator = {ja = "1", en = "1"}
says = {ja = "1", en = "1"}
fate = "encoded"
rules = ["Z301", "Z401", "Z403", "Z304"]
[[set]]
parameter = "contacts_per_day"
value = 3
clause = "same.1"
[[set]]
parameter = "weekly_means"
value = ["visit", "commute"]
clause = "same.1"
[[enable]]
rule = "Z403"
clause = "same.1"
[[enable]]
rule = "Z304"
severity = "payment"
clause = "same.1"
"""


def test_an_edited_law_is_an_overlay_that_says_the_same(tmp_path: Path) -> None:
    path = tmp_path / "same.toml"
    path.write_text(SAME, "utf-8")
    spelled = "contacts_per_day=3+weekly_means=commute, visit+z403=on+Z304=payment"
    for place in (FUJIEDA, "082023", "011002"):
        written, spoken = (
            numbers(rules_for(place, MONTH, "continuation_b", overlays=law_spelled(law).overlays))
            for law in (str(path), spelled)
        )
        assert written == spoken
        assert spoken != numbers(rules_for(place, MONTH, "continuation_b"))


def test_an_edited_number_wins_over_a_stricter_overlay_and_may_say_what_the_nation_says() -> None:
    stricter = edited({"contacts_per_day": "4"})
    looser = LawAsked((stricter, edited({"contacts_per_day": "2"})))
    law = looser.of(FUJIEDA, MONTH, "continuation_b").rules["Z301"]
    # Both are called `edited`; as laws are spelled there is but one, here the last one wins.
    assert law.readings[0].segments[0][1]["contacts_per_day"] == 2


def test_a_question_is_settled_as_a_reading_is() -> None:
    law = law_spelled("2020-03-01+covid_relief=true+week_start=sunday", ["approval_on_certificate=true"])
    assert law.readings == {"covid_relief": "true"}
    assert law.on == date(2020, 3, 1)
    found = law.of(FUJIEDA, MONTH, "continuation_b")
    assert found.rules["Z401"].questions == {
        "covid_relief": ["true"], "joint_visit": ["true", "false"],
    }  # fmt: skip
    assert {one.segments[0][1]["week_start"] for one in found.rules["Z401"].readings} == {"sunday"}
    assert found.rules["Z102"].readings[0].segments[0][1]["approval_on_certificate"] is True


def test_a_law_is_named_as_it_was_asked_for_without_paths(tmp_path: Path) -> None:
    path = tmp_path / "a+b.toml"
    path.write_text(SAME, "utf-8")
    assert law_spelled("today").name == "own"
    assert law_spelled("own + H27.4.1", ["z304=on"]).name == "2015-04-01+Z304=on"
    assert law_spelled(str(path)).name == "same"
    assert repr(law_spelled("082023-hitachi").overlays[0].id) == "'082023-hitachi'"


@pytest.mark.parametrize(
    ("law", "said"),
    [
        ("082023-hitach", "did you mean 082023-hitachi?"),
        ("2015-13-01", "found 2015-13-01: neither a day nor an overlay"),
        ("own+", "neither a day nor an overlay"),
        ("2015-04-01+2016-04-01", "only one day can be asked for"),
        ("contact_per_day=3", "neither a parameter nor a rule; did you mean contacts_per_day?"),
        ("contacts_per_day=9", "edited: set contacts_per_day: the value does not fit (expected: 1-8)"),
        ("contacts_per_day=three", "the value does not fit (expected: 1-8)"),
        ("contacts_per_day=3+contacts_per_day=4", "write NAME=VALUE, once for each name"),
        ("weekly_means=visit,comute", "did you mean commute?"),
        ("joint_visit=yes", "the value does not fit (expected: true, false)"),
        ("notification_renewal=never", "the value does not fit"),
        ("covid_relief=maybe", "not a listed reading of covid_relief"),
        ("Z301=off", "Z301: a rule does not take this value"),
        ("Z304=paymnet", "did you mean payment?"),
    ],
)
def test_a_law_that_is_none_is_told_in_one_plain_line(law: str, said: str) -> None:
    with pytest.raises((InvalidCall, InvalidLaw)) as caught:
        law_spelled(law)
    line = caught.value.said_in("en")
    assert said in line
    assert "\n" not in line
    assert caught.value.message.ja

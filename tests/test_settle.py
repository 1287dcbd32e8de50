"""What settles an open finding: the named facts do, in whatever way they turn out, and no fewer."""

from __future__ import annotations

import random
import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from brute import random_call, random_document
from conftest import EXAMPLES
from settling_ways import ONE_DAY, Way
from test_brute_force import arguments
from zaitaku_rules import Case, check, load_overlay, rules_for
from zaitaku_rules.days import Days, Measure
from zaitaku_rules.facts import Facts
from zaitaku_rules.judge.checking import judged
from zaitaku_rules.judge.doubts import CERTAIN, TOLD_BY, doubtful, high, low, sources_of
from zaitaku_rules.judge.judgement import Judgement, judge_rule
from zaitaku_rules.judge.settle import settling
from zaitaku_rules.judge.settle_words import stretches
from zaitaku_rules.records import EVENTS, SOURCES
from zaitaku_rules.report import RuleReport, Settle
from zaitaku_rules.rules import CATALOGUE

MONTHS = EXAMPLES or 900
BATCHES = 6
MOODS = ("low", "high", "mixed", "random")

OFFICE = """
[overlay]
id = "house"
office = true
name.ja = "例"
name.en = "example"

[[source]]
id = "page"
kind = "guidance"
title.ja = "例"
title.en = "example"
certainty = "official"

[[clause]]
id = "city.answer"
source = "page"
locator.ja = "1"
locator.en = "1"
says.ja = "例"
says.en = "example"
fate = "encoded"
rules = ["Z401"]
"""


# ------------------------------------------------------------------ the property, on random months


class Finding:
    """An open finding of a random month, and what becomes of it."""

    def __init__(self, judgement: Judgement, facts: Facts, case: Case, call: dict[str, Any]) -> None:
        self.judgement, self.facts, self.case, self.call = judgement, facts, case, call
        self.entries = settling(judgement, facts)
        names = [name for name in judgement.law.rule.facts if name not in CERTAIN]
        self.sources = sorted({source for name in names for source in sources_of(name, facts)})

    def left(
        self, entries: Sequence[Settle], mood: str, rng: random.Random
    ) -> tuple[int, tuple[Settle, ...]]:
        """Return the days that stay open once `entries` are given, and what would settle them."""
        way = Way(self.facts, self.sources, rng, mood)
        for entry in entries:
            way.give(entry)
        facts, law = way.facts_then(), self.judgement.law
        if answers := {
            str(entry.parameter): rng.choice(entry.readings) for entry in entries if entry.kind == "question"
        }:
            overlays = [load_overlay(one) for one in self.call.get("overlays", ())]
            user, provider = self.case.user, self.case.provider
            readings: dict[str, str] = {**(self.call.get("readings") or {}), **answers}
            law = rules_for(
                user.municipality, self.case.month, provider.service, overlays=overlays, readings=readings
            ).rules[law.rule.code]
        then = judge_rule(law, facts)
        still = then.open & self.judgement.open
        return still, settling(then._replace(open=still), facts)


def findings(seed: int) -> Iterator[Finding]:
    rng = random.Random(seed)
    written = random_document(rng)
    call = arguments(random_call(rng, written))
    call.pop("select", None)
    case = Case.model_validate(written)
    law, facts, rules = judged(case, **call)[:3]
    assert law.rules.keys() == rules.keys()
    return (Finding(judgement, facts, case, call) for judgement in rules.values() if judgement.open)


@pytest.mark.parametrize("batch", range(BATCHES))
def test_the_named_facts_settle_in_whatever_way_they_turn_out(batch: int) -> None:
    """Nothing stays open but, now and then, a question that only this way of turning out raises."""
    counted: Counter[str] = Counter()
    for seed in range(batch, MONTHS, BATCHES):
        rng = random.Random(seed)
        for finding in findings(seed):
            assert finding.entries, f"seed {seed} {finding.judgement.code}: nothing named"
            for mood in MOODS:
                still, more = finding.left(finding.entries, mood, rng)
                counted["ways"] += 1
                if still:
                    assert {one.kind for one in more} == {"question"}, f"seed {seed} {finding.judgement.code}"
                    counted["questions"] += 1
    assert counted["ways"] > 2 * MONTHS / BATCHES
    assert counted["questions"] <= 0.04 * counted["ways"], counted


def fewer(entries: Sequence[Settle]) -> Iterator[list[Settle]]:
    """Return the entries without one, with one day less of a record, and with a day less to wait."""
    for number, entry in enumerate(entries):
        others = [*entries[:number], *entries[number + 1 :]]
        yield others
        if entry.by is not None:
            yield [entry.model_copy(update={"by": entry.by - ONE_DAY}), *others]
        if entry.kind == "record" and entry.source in EVENTS and len(entry.days) > 1:
            for day in entry.days:
                rest = tuple(other for other in entry.days if other != day)
                yield [entry.model_copy(update={"days": rest}), *others]


def test_no_fewer_facts_settle() -> None:
    """For each entry, each day of a record and the last day of a wait some way without it stays open.

    Ways are searched for, so a few are not found (additions that must come to exactly four).
    """
    tried, unfound = 0, list[str]()
    for seed in range(0, MONTHS, 5):
        rng = random.Random(seed)
        for finding in findings(seed):
            for entries in fewer(finding.entries):
                tried += 1
                if not any(stays_open(finding, entries, MOODS[n % 4], rng) for n in range(60)):
                    unfound.append(f"{seed} {finding.judgement.code}")
    assert tried > MONTHS / 2
    assert len(unfound) <= 0.003 * tried, unfound


def stays_open(finding: Finding, entries: list[Settle], mood: str, rng: random.Random) -> bool:
    still, more = finding.left(entries, mood, rng)
    is_asked = any(entry.kind == "question" for entry in finding.entries)
    return bool(still) and (is_asked or any(one.kind != "question" for one in more))


# ------------------------------------------------------------------ by hand


def month(**more: Any) -> dict[str, Any]:
    """Return a lawful February 2026 with homework on four days a week, changed by `more`."""
    lawful: dict[str, Any] = {
        "schema": "zaitaku-case/1",
        "month": "2026-02",
        "user": {"id": "U", "municipality": "222143", "wish": {"on": "2025-06-10"}},
        "provider": {"number": "0812300010", "service": "continuation_b"},
        "approvals": [
            {"kind": "decision", "from": "2025-07-01"},
            {"kind": "home_use", "from": "2025-07-01", "on_certificate": True, "ground": "support_effective"},
        ],
        "plans": [{"from": "2025-07-01", "states_home_use": True}],
        "days": [use(day) for day in HOME],
        "contacts": [
            {"at": f"2026-02-{day:02d}T{hour}:00", "channel": "phone"}
            for day in HOME
            for hour in ("09", "15")
        ],
        "daily_reports": [{"date": f"2026-02-{day:02d}"} for day in HOME],
        "evaluations": [
            {"date": f"2026-02-{day:02d}", "covers": covers, "means": "commute"}
            for day, covers in (
                (3, ["weekly", "achievement"]),
                (10, ["weekly"]),
                (17, ["weekly"]),
                (24, ["weekly"]),
            )
        ],
        "absences": [],
    }
    return lawful | more


HOME = (2, 3, 4, 5, 9, 10, 11, 12, 16, 17, 18, 19, 23, 24, 25, 26)


def use(day: int, place: str = "home", **more: Any) -> dict[str, Any]:
    row = {"date": f"2026-02-{day:02d}", "place": place, "activity": "入力", "support": "助言"}
    return {name: value for name, value in (row | more).items() if value is not None}


def settled(code: str, written: dict[str, Any], **call: Any) -> list[tuple[Any, ...]]:
    """Return what settles a rule, in short: wait and day, list and days of February, or parameter."""
    return [short(one) for one in rule_of(code, written, **call).settle]


def rule_of(code: str, written: dict[str, Any], **call: Any) -> RuleReport:
    return check(Case.model_validate(written), **call).rule(code)


def short(entry: Settle) -> tuple[Any, ...]:
    match entry.kind:
        case "wait":
            assert entry.by is not None
            return "wait", entry.by.month, entry.by.day
        case "record":
            return entry.source, *(day.day for day in entry.days)
        case _:
            return "question", entry.parameter, entry.readings


def through(day: int, source: str) -> dict[str, Any]:
    return {"coverage": {source: {"from": "2026-02-01", "through": f"2026-02-{day:02d}"}}}


def without(source: str, *days: int) -> dict[str, Any]:
    """Return the month without the rows of a list on some days."""
    texts = {f"2026-02-{day:02d}" for day in days}
    rows = month()[source]
    return {source: [row for row in rows if str(row.get("date", row.get("at")))[:10] not in texts]}


def test_a_list_that_stops_early_is_to_be_completed_for_the_days_that_need_it() -> None:
    written = month(**without("contacts", 23, 25), **through(20, "contacts"))
    assert settled("Z301", written) == [("contacts", 23, 25)]
    (entry,) = rule_of("Z301", written).settle
    assert entry.what.ja == (
        "2/23、2/25の連絡の記録(contacts)をそろえる(なければ空のままで、coverage をその日まで広げる)"
    )
    assert entry.what.en.startswith("complete contacts (contact record) for 23 Feb, 25 Feb")


def test_a_row_that_leaves_something_unsaid_is_to_say_it() -> None:
    call = {"at": "2026-02-04T15:00", "channel": "phone", "by": "user"}
    contacts = [row for row in month()["contacts"] if row["at"] != call["at"]]
    written = month(contacts=[*contacts, call])
    assert settled("Z301", written) == [("contacts", 4)]
    assert "fill in answered" in rule_of("Z301", written).settle[0].what.en
    for answered, status in ((True, "kept"), (False, "broken")):
        told = month(contacts=[*contacts, call | {"answered": answered}])
        assert rule_of("Z301", told).status == status


def test_two_fields_left_unsaid_on_one_day_are_one_entry() -> None:
    written = month(days=[use(2, activity=None, support=None), *[use(day) for day in HOME[1:]]])
    (entry,) = rule_of("Z303", written).settle
    assert short(entry) == ("days", 2)
    assert entry.what.en.endswith("fill in activity / support")


@pytest.mark.parametrize(
    ("code", "more", "call", "expected"),
    [
        ("Z101", {"user": {"id": "U", "municipality": "222143", "wish": {"reason": "希望"}}}, {}, "wish"),
        (
            "Z102",
            {"approvals": [{"kind": "home_use", "from": "2025-07-01"}]},
            {"overlays": ["272205-minoh"]},
            "approvals",
        ),
        (
            "Z106",
            {"approvals": [{"kind": "home_use", "from": "2025-07-01", "ground": "家族"}]},
            {"overlays": ["082023-hitachi"]},
            "approvals",
        ),
        (
            "Z307",
            {"emergencies": [{"at": "2026-02-03", "attended_at": "2026-02-03"}]},
            {"overlays": ["082023-hitachi"]},
            "emergencies",
        ),
    ],
)
def test_papers_and_events_that_leave_something_unsaid(
    code: str, more: dict[str, Any], call: dict[str, Any], expected: str
) -> None:
    (entry,) = rule_of(code, month(**more), **call).settle
    assert (entry.kind, entry.source) == ("record", expected)
    assert "fill in" in entry.what.en


def test_a_notification_that_names_no_provider_and_one_whose_decision_is_unknown() -> None:
    filed = {"kind": "initial", "accepted": "2025-06-20", "from": "2025-07-01"}
    written = month(notifications=[filed])
    del written["approvals"]
    (entry,) = rule_of("Z104", written, overlays=["082023-hitachi"]).settle
    assert (entry.source, [day.day for day in entry.days]) == ("approvals", list(HOME))
    assert entry.what.en.startswith("supply approvals")


def test_a_notification_may_have_to_name_the_provider(tmp_path: Path) -> None:
    named = '[[set]]\nparameter = "notification_per_provider"\nvalue = true\nclause = "city.answer"\n'
    written = month(notifications=[{"kind": "initial", "accepted": "2025-06-20"}])
    del written["approvals"]
    (entry,) = rule_of("Z104", written, overlays=["132128-hino", overlay(tmp_path, named)]).settle
    assert short(entry) == ("notifications", *HOME)
    assert entry.what.en.endswith("fill in provider")


def test_the_month_under_way_waits_for_its_windows() -> None:
    written = month(**{source: without(source, *range(11, 29))[source] for source in RUNNING})
    written |= {"as_of": "2026-02-11", "planned_days": [use_plan(day) for day in HOME if day > 10]}
    assert settled("Z301", written) == [("wait", 2, 26)]
    assert settled("Z401", written) == [("wait", 3, 1)]
    assert rule_of("Z402", written).status == "kept"
    assert settled("Z902", written) == [("wait", 2, 26)]


RUNNING = ("days", "contacts", "daily_reports", "evaluations")


def use_plan(day: int) -> dict[str, Any]:
    return {"date": f"2026-02-{day:02d}", "place": "home"}


def test_a_week_that_runs_on_waits_and_a_week_that_began_before_asks_for_its_days() -> None:
    january = {
        "month": "2026-01",
        "days": [{**use(1), "date": "2026-01-02"}],
        "contacts": [],
        "evaluations": [],
    }
    written = month(**january, daily_reports=[])
    assert settled("Z401", written, readings={"week_start": "monday"}) == [("evaluations", 29, 30, 31)]
    assert settled("Z403", written, overlays=["132128-hino"]) == [("days", 28, 29, 30, 31)]
    late = {"month": "2026-04", "days": [{**use(1), "date": "2026-04-30"}], "contacts": [], "evaluations": []}
    assert settled("Z401", month(**late), readings={"week_start": "monday"}) == [("wait", 5, 3)]


def test_both_an_uncovered_day_and_time_to_come() -> None:
    written = month(**without("evaluations", 24), **through(22, "evaluations"), as_of="2026-02-25")
    written["planned_days"] = []
    found = settled("Z401", written, readings={"week_start": "monday"})
    assert found == [("wait", 3, 1), ("evaluations", 23, 24)]


def test_an_answer_still_due_and_a_list_that_may_hide_a_question_of_the_user() -> None:
    asked = {"inquiries": [{"at": "2026-02-17"}], "as_of": "2026-02-18", "planned_days": []}
    assert settled("Z306", month(**asked))[-1] == ("wait", 3, 3)
    over = {"inquiries": [{"at": "2026-02-27"}], "as_of": "2026-03-01"}
    assert settled("Z306", month(**over)) == [("wait", 3, 2)]
    hidden: dict[str, Any] = {"inquiries": [], **through(20, "inquiries"), "as_of": "2026-03-10"}
    assert settled("Z306", month(**hidden)) == [("inquiries", 21, 22, 23, 24, 25, 26, 27, 28)]


def test_a_submission_waits_for_its_day_and_for_the_days_of_use() -> None:
    written = month(submissions=[], as_of="2026-03-03")
    assert settled("Z601", written, overlays=["352021-ube"]) == [("wait", 3, 15)]
    unknown = month(submissions=[], as_of="2026-03-03", **without("days", 26), **through(25, "days"))
    assert settled("Z601", unknown, overlays=["352021-ube"]) == [("wait", 3, 15), ("days", 26, 27, 28)]
    late = unknown | {"as_of": "2026-03-20"}
    assert settled("Z601", late, overlays=["352021-ube"]) == [("days", 26, 27, 28)]


def test_counts_depend_on_the_days_before() -> None:
    grants = [{"kind": "decision", "from": "2025-07-01", "days_per_month": 15}]
    written = month(approvals=grants, **without("days", 2, 26), **through(25, "days"))
    written["coverage"]["days"]["from"] = "2026-02-03"
    assert settled("Z501", written) == [("days", 1, 2, 26, 27, 28)]
    claimed = [{"date": f"2026-02-{day:02d}", "status": "absence_addition"} for day in (6, 13, 20, 27)]
    additions = month(
        claimed_days=claimed, coverage={"claimed_days": {"from": "2026-02-05", "through": "2026-02-28"}}
    )
    assert settled("Z503", additions) == [("claimed_days", 1, 2, 3, 4)]


def test_the_use_of_an_assessed_day_counts_for_the_whole_month() -> None:
    assessed = [{"date": "2026-02-06", "covers": ["weekly", "achievement"], "means": "commute"}]
    weekly = [row | {"covers": ["weekly"]} for row in month()["evaluations"]]
    days = {"coverage": {"days": {"from": "2026-02-07", "through": "2026-02-28"}}}
    written = month(evaluations=[*weekly, *assessed], **days)
    found = settled("Z402", written, readings={"assessment_on_use_day": "true"})
    assert found == [("days", 1, 6)]


def test_a_broken_rule_with_open_days_is_settled_too() -> None:
    written = month(**without("daily_reports", 3, 26), **through(25, "daily_reports"))
    rule = rule_of("Z302", written)
    assert (rule.status, [short(one) for one in rule.settle]) == ("broken", [("daily_reports", 26)])


# ------------------------------------------------------------------ questions


def asking() -> dict[str, Any]:
    """Return a month in which an evaluation on a Sunday serves the week before or the one after."""
    on_sunday = {"date": "2026-02-08", "covers": ["weekly"], "means": "mail"}
    return month(
        evaluations=[row for row in month()["evaluations"] if "10" not in row["date"][8:]] + [on_sunday]
    )


def test_a_question_names_its_readings_and_the_overlay_that_answers_it(tmp_path: Path) -> None:
    (entry,) = rule_of("Z401", asking()).settle
    assert (entry.kind, entry.parameter, entry.readings) == ("question", "week_start", ("monday", "sunday"))
    assert "--reading week_start=monday / sunday" in entry.what.ja
    assert "--reading week_start=monday / sunday" in entry.what.en
    assert entry.answer is not None
    for reading, status in (("monday", "broken"), ("sunday", "kept")):
        answered = overlay(tmp_path, entry.answer.replace('value = "monday"', f'value = "{reading}"'))
        assert rule_of("Z401", asking(), overlays=[answered]).status == status


def overlay(folder: Path, body: str) -> Path:
    path = folder / "house.toml"
    path.write_text(OFFICE + body.replace("<<city.answer>>", "city.answer"), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("code", "more", "call", "parameter", "sets"),
    [
        (
            "Z107",
            {"provider": {"number": "0812300010", "service": "selection"}},
            {},
            "selection_at_home",
            [("service_at_home", True)],
        ),
        (
            "Z402",
            {
                "month": "2020-04",
                "days": [{**use(1), "date": "2020-04-01"}],
                "contacts": [],
                "evaluations": [{"date": "2020-04-01", "covers": ["achievement"], "means": "visit"}],
            },
            {},
            "covid_relief",
            [("monthly_means", ["visit", "commute"]), ("monthly_places", ["home", "satellite", "office"])],
        ),
        (
            "Z402",
            {"evaluations": [{"date": "2026-02-03", "covers": ["achievement"], "means": "visit"}]},
            {"overlays": ["232025-okazaki"]},
            "monthly_places",
            [("monthly_places", ["home", "office", "satellite"])],
        ),
    ],
)
def test_every_kind_of_answer_is_toml_that_settles(
    tmp_path: Path, code: str, more: dict[str, Any], call: dict[str, Any], parameter: str, sets: list[Any]
) -> None:
    written = month(**more)
    entry = next(one for one in rule_of(code, written, **call).settle if one.parameter == parameter)
    assert entry.answer is not None
    read = tomllib.loads(entry.answer)["set"]
    assert [(one["parameter"], one["value"]) for one in read] == sets
    answered = overlay(tmp_path, entry.answer) if code == "Z107" or parameter == "covid_relief" else None
    if answered:
        assert rule_of(code, written, overlays=[answered]).status == "kept"


def test_hearsay_is_answered_by_an_entry_that_enables(tmp_path: Path) -> None:
    told = (
        OFFICE.replace('"official"', '"second_hand"')
        + '[[enable]]\nrule = "Z304"\nclause = "city.answer"\nseverity = "payment"\n'
    )
    path = tmp_path / "heard.toml"
    path.write_text(told.replace("Z304", "Z208"), encoding="utf-8")
    written = month(readiness=[])
    entry = rule_of("Z208", written, overlays=[path]).settle[-1]
    assert (entry.parameter, entry.readings) == ("house", ("true", "false"))
    assert tomllib.loads(str(entry.answer)) == {"enable": [{"rule": "Z208", "clause": "<<city.answer>>"}]}


def test_a_window_is_not_waited_for_under_a_reading_that_keeps_its_days() -> None:
    """Whether recordings are due by month is kept already, by day it breaks: only the answer settles."""
    recorded = [day for day in HOME if day < 25 and day != 23]
    media = {"subject": "both", "media": "still", "secured": True}
    written = month(**without("days", 25, 26), as_of="2026-02-25", planned_days=[])
    written["recordings"] = [{"date": f"2026-02-{day:02d}", **media} for day in recorded]
    found = settled("Z304", written, overlays=["082023-hitachi"])
    assert found == [("question", "recording_every", ("day", "month"))]


def test_no_question_is_asked_where_a_record_would_do() -> None:
    written = month(**through(20, "evaluations"), **without("evaluations", 24))
    assert not [one for one in settled("Z401", written) if one[0] == "question"]


# ------------------------------------------------------------------ the table and the small parts


def test_every_fact_of_every_rule_is_told_by_known_lists() -> None:
    read = {name for rule in CATALOGUE.values() for name in rule.facts}
    assert read == TOLD_BY.keys() | set(CERTAIN)
    known = {*SOURCES, "wish", "birth_date", "provider.municipality"}
    assert {name for told in TOLD_BY.values() for one in told.sources for name in one.split("|")} <= known


def test_a_fact_is_in_doubt_between_low_and_high() -> None:
    days = Days(0b0011, 0b0111)
    assert (low(days).maybe, high(days).sure, doubtful(days)) == (0b0011, 0b0111, 0b0100)
    measure = Measure[int](lambda bits: Days(0, bits))
    assert (low(measure)(5).maybe, high(measure)(5).sure) == (0, 5)
    assert (low(7), high(7), doubtful(7)) == (7, 7, 0)


def test_dates_are_told_in_stretches() -> None:
    days = [date(2026, 1, 31), date(2026, 2, 1), *[date(2026, 2, day) for day in (3, 5, 7, 8, 10, 12)]]
    assert stretches(days).ja == "1/31〜2/1、2/3、2/5、2/7〜8、ほか2日"
    assert stretches(days).en == "31 Jan-1 Feb, 3 Feb, 5 Feb, 7-8 Feb (+2)"


def test_an_overlay_that_adds_to_a_set_leaves_the_names_of_its_readings() -> None:
    visits = [{"date": "2026-06-10", "covers": ["achievement"], "means": "visit"}]
    document = {
        "schema": "zaitaku-case/1",
        "month": "2026-06",
        "user": {"id": "U", "municipality": "232025"},
        "provider": {"number": "0812300010", "service": "continuation_b"},
        "days": [{"date": "2026-06-10", "place": "home"}],
        "evaluations": visits,
    }
    aoba = Path(__file__).parents[1] / "examples" / "overlays" / "aoba.toml"
    case = Case.model_validate(document)
    asked = check(case, overlays=[aoba]).rule("Z402")
    (question,) = [way for way in asked.settle if way.kind == "question"]
    assert question.parameter == "monthly_places"
    answers = {
        answer: check(case, overlays=[aoba], readings={"monthly_places": answer}).rule("Z402").status
        for answer in question.readings
    }
    assert sorted(answers.values()) == ["broken", "kept"]

"""Plans: every step is lawful, the outcome is what the rules say of the month that follows, none is cheaper.

The month that follows is built here once more, from the steps as a reader has them, and judged by `check`.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

from brute.book import EVENTS
from brute.faults import one_fault, stop_today
from brute.months import lawful_month, random_document
from calling import Call
from zaitaku_rules import Case, check, plan
from zaitaku_rules.judge.checking import judged
from zaitaku_rules.mend.acts import Act, acts
from zaitaku_rules.mend.candidates import Candidates
from zaitaku_rules.mend.cover import Judge, cost_of, greedy, is_enough, slim
from zaitaku_rules.mend.draft import effects_of, judging, under_every_reading
from zaitaku_rules.mend.followed import after_everything, followed
from zaitaku_rules.mend.routine import routine_of
from zaitaku_rules.mend.trial import Trial
from zaitaku_rules.report import Plan, Report, Step
from zaitaku_rules.write.schema import schema_of

Doc = dict[str, Any]
RUNNING = range(320)
AT_HOME = ("home", "satellite")
DAY = {"contacts": "at", "inquiries": "at", "emergencies": "at", "submissions": "on"}


@lru_cache(maxsize=512)
def running(seed: int) -> tuple[Doc, Case]:
    """Return a random month that is asked about while it runs: any kind, or a lawful one with few faults."""
    rng = random.Random(seed)
    if seed % 2:
        document = random_document(rng)
    else:
        month = rng.choice(["2026-02", "2026-03", "2025-11", "2024-06", "2023-07", "2021-04"])
        document = lawful_month(rng, month, rng.choice(["08202", "13212", "27220", "22214", "23202"]))
        for _ in range(rng.randrange(3)):
            one_fault(rng, document)
    stop_today(rng, document)
    if rng.random() < 0.7:
        document.pop("coverage", None)
    return document, Case.model_validate(document)


@lru_cache(maxsize=512)
def planned(seed: int) -> Plan:
    return plan(running(seed)[1])


def day_of(source: str, row: Doc) -> str:
    return str(row[DAY.get(source, "date")])[:10]


def month_that_follows(case: Case, found: Plan) -> Case:
    """Return the month in which the plan of days is used and the steps are done, as a new document."""
    assert case.as_of
    document = case.model_dump(mode="json", by_alias=True, exclude_none=True)
    today, until = case.as_of.isoformat(), after_everything(case, case.as_of)
    stated = document.get("coverage", {})
    for source in EVENTS:
        if source in document or source in stated:
            rows = document.setdefault(source, [])
            document[source] = [row for row in rows if day_of(source, row) <= today]
    for name, answered in (("inquiries", "answered_at"), ("emergencies", "attended_at")):
        for row in document.get(name, []):
            if row.get(answered, "")[:10] > today:
                del row[answered]
    follow_plan(document, today)
    for step in found.steps:
        if step.kind == "correct":
            correct(document, step)
        elif step.kind == "do":
            do(document, step, today)
    cover_rest(document, stated, case, until)
    document["as_of"] = until.isoformat()
    return Case.model_validate(document)


def follow_plan(document: Doc, today: str) -> None:
    recorded = {row["date"] for row in document.get("days", [])}
    homes = {row["date"] for row in document.get("planned_days", []) if row["place"] in AT_HOME}
    for row in document.get("planned_days", []):
        is_second = row["date"] in homes and row["place"] not in AT_HOME
        in_month = row["date"][:7] == document["month"] and row["date"] >= today
        if "days" in document and in_month and row["date"] not in recorded and not is_second:
            document["days"].append({**row, "activity": "", "support": ""})


def cover_rest(document: Doc, stated: Doc, case: Case, until: date) -> None:
    """Carry the coverage on to the end, for lists that are complete up to yesterday."""
    assert case.as_of
    first = date.fromisoformat(case.month + "-01")
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    yesterday = case.as_of - timedelta(days=1)
    for source in EVENTS:
        begin = stated.get(source, {}).get("from", first.isoformat())
        end = stated.get(source, {}).get("through", last.isoformat())
        if source in document and end >= yesterday.isoformat():
            begin = min(begin, case.as_of.isoformat())
            through = (until - timedelta(days=1)).isoformat()
            document.setdefault("coverage", {})[source] = {"from": begin, "through": through}


def correct(document: Doc, step: Step) -> None:
    """Move the rows that a step names; its words say how far."""
    (source,) = step.lists
    hours = {"nine hours later": 9, "nine hours earlier": -9}
    days = {"one day later": 1, "one day earlier": -1, "one year later": 365, "one year earlier": -365}
    words = step.what.en
    for number, row in enumerate(document[source]):
        if row.get("id", f"{source}[{number}]") not in step.records:
            continue
        name = DAY.get(source, "date")
        moment = date.fromisoformat(row[name][:10])
        for said, offset in days.items():
            if said in words:
                row[name] = (moment + timedelta(days=offset)).isoformat() + row[name][10:]
        for said, offset in hours.items():
            if said in words:
                hour = int(row[name][11:13]) + offset
                moved = moment + timedelta(days=hour // 24)
                row[name] = f"{moved.isoformat()}T{hour % 24:02d}{row[name][13:]}"


def do(document: Doc, step: Step, today: str) -> None:
    for day in (one.isoformat() for one in step.days):
        if step.covers:
            row = {"date": day, "covers": list(step.covers), "means": step.means}
            document["evaluations"].append(row)
        if "days" in step.lists and step.means == "commute":
            document["days"] = [row for row in document["days"] if row["date"] != day]
            document["days"].append({"date": day, "place": "office"})
        elif "days" in step.lists:
            note(document, day)
        if "submissions" in step.lists:
            document["submissions"].append({"kind": "monthly_record", "month": document["month"], "on": day})
        if "recordings" in step.lists:
            row = {"date": day, "subject": "both", "media": "video", "secured": True}
            document["recordings"].append(row)
        if "daily_reports" in step.lists:
            document["daily_reports"].append({"date": day})
        number = step.contacts_today if day == today else step.contacts
        for place in range(number if "contacts" in step.lists else 0):
            at = f"{day}T{8 + 3 * place:02d}:33:33"
            document["contacts"].append({"at": at, "channel": "video"})


def note(document: Doc, day: str) -> None:
    for row in document["days"]:
        if row["date"] == day and row["place"] in AT_HOME:
            row["activity"] = row.get("activity") or "データ入力"
            row["support"] = row.get("support") or "助言"


def dates_of(case: Case, source: str) -> set[date]:
    return {row.day for row in getattr(case, source) or ()}


@pytest.mark.parametrize("seed", RUNNING)
def test_every_step_is_lawful(seed: int) -> None:
    _, case = running(seed)
    assert case.as_of
    stays = [(stay.from_, stay.to or date.max) for stay in case.hospital_stays or ()]
    for step in planned(seed).steps:
        if step.kind == "do":
            assert min(step.days) >= case.as_of
            assert step.by
            assert step.by >= max(step.days)
            inside = [day for day in step.days if any(begin < day < end for begin, end in stays)]
            assert not inside or step.lists == ("submissions",)
            assert "contacts" not in step.lists or set(step.days) <= approved(case)
        elif step.kind in ("attach", "correct", "withdraw"):
            assert step.days
            assert max(step.days) < case.as_of


def approved(case: Case) -> set[date]:
    if case.approvals is None:
        return {date.fromisoformat(case.month + "-01") + timedelta(days=n) for n in range(31)}
    spans = [(row.from_, row.to or date.max) for row in case.approvals if row.kind == "home_use"]
    days = {row.day for row in case.planned_days or ()} | dates_of(case, "days")
    return {day for day in days if any(begin <= day <= end for begin, end in spans)}


@pytest.mark.parametrize("seed", RUNNING)
def test_the_month_that_follows_is_as_the_plan_says(seed: int) -> None:
    _, case = running(seed)
    found = planned(seed)
    report = check(month_that_follows(case, found))
    assert report.verdict == found.verdict
    for rule in report.rules:
        if rule.severity in ("payment", "duty"):
            assert not set(found.clear).intersection((*rule.days, *rule.open_days)), rule.code
    assert set(report.claim.at_risk) == set(found.at_risk)
    assert set(report.claim.open) == set(found.open)


class Small:
    """The acts of a case, its judge, and what the plan chose beside the routine."""

    def __init__(self, seed: int) -> None:
        _, case = running(seed)
        _, facts, rules = judged(case)
        laws = tuple(one.law for one in rules.values() if one.is_duty and one.law.in_force)
        trial = Trial(laws, after_everything(case, facts.as_of))
        base = followed(case, facts.as_of, trial.until)
        month = routine_of(case, base, facts, trial).done(base)
        self.first = first = Candidates.of(acts(case, facts), laws, facts.calendar).first
        self.judge: Judge = judging(month, trial)
        self.effects = effects_of(first, self.judge, trial, facts)
        self.found = under_every_reading(month, trial, first, facts)


def sets_cheaper(candidates: list[Act], budget: int) -> Iterator[frozenset[Act]]:
    """Return every set of acts that costs less than a budget."""
    if budget > 0:
        yield frozenset()
        for place, act in enumerate(candidates):
            for rest in sets_cheaper(candidates[place + 1 :], budget - act.cost):
                yield rest | {act}


def test_no_plan_costs_more_than_the_greedy_one() -> None:
    better = 0
    for seed in range(0, 120, 2):
        small = Small(seed)
        chosen = slim(greedy(small.judge, small.effects), small.found.wanted, small.judge)
        assert is_enough(small.found.acts, small.found.wanted, small.judge)
        if is_enough(chosen, small.found.wanted, small.judge):
            assert cost_of(small.found.acts) <= cost_of(chosen)
            better += cost_of(small.found.acts) < cost_of(chosen)
    assert better, "the exact search never helped: it is not needed, or does not work"


def test_no_set_of_acts_is_cheaper() -> None:
    """Of days that no rule tells apart one stands for all, so that every set can be tried."""
    tried = 0
    for seed in range(0, 320, 2):
        if not 0 < planned(seed).cost <= 5:
            continue
        small = Small(seed)
        cost = cost_of(small.found.acts)
        if small.found.is_least and 0 < cost <= 5:
            firsts = [act for act, first in small.first.items() if act == first and act.cost < cost]
            if len(firsts) > 24:
                continue
            tried += 1
            for done in sets_cheaper(firsts, cost):
                assert not is_enough(done, small.found.wanted, small.judge), (seed, done)
    assert tried >= 10


def lawful(as_of: str, *, office: tuple[str, ...] = (), home: tuple[str, ...] = (), **lists: Any) -> Doc:
    """Return a month of Hitachi's neighbour, February 2026, as it stands on a day: all is kept so far."""
    document = lawful_month(random.Random(4), "2026-02", "22214")
    document["provider"]["service"] = "continuation_b"
    document["approvals"][0]["service"] = "continuation_b"
    document["as_of"] = as_of
    for source in EVENTS:
        document[source] = [row for row in document[source] if day_of(source, row) < as_of]
    for row in document["evaluations"]:
        row["covers"] = ["weekly"]
    days = [{"date": day, "place": "office"} for day in office]
    document["planned_days"] = [*days, *({"date": day, "place": "home"} for day in home)]
    return document | lists


def acts_of(found: Plan) -> list[tuple[str, tuple[str, ...], list[str], tuple[str, ...]]]:
    return [
        (step.means or "", step.covers, [day.isoformat() for day in step.days], step.serves)
        for step in found.steps
        if step.kind == "do" and step.covers
    ]


def test_one_commute_serves_the_week_and_the_month() -> None:
    document = lawful("2026-02-23", office=("2026-02-24",), home=("2026-02-25", "2026-02-26"))
    found = plan(Case.model_validate(document))
    both = ("weekly", "achievement")
    assert acts_of(found) == [("commute", both, ["2026-02-24"], ("Z401", "Z402"))]
    assert found.verdict == "kept"
    assert found.is_least


def test_a_joint_visit_is_not_relied_on() -> None:
    document = lawful("2026-02-23", home=("2026-02-25", "2026-02-26"))
    found = plan(Case.model_validate(document))
    assert [one[:2] for one in acts_of(found)] == [("phone", ("weekly",)), ("visit", ("achievement",))]
    settled = plan(Case.model_validate(document), readings={"joint_visit": "true"})
    assert [one[:2] for one in acts_of(settled)] == [("visit", ("weekly", "achievement"))]


def test_a_week_may_be_served_after_the_month() -> None:
    found = plan(Case.model_validate(lawful_april()))
    (weekly,) = [one for one in acts_of(found) if "weekly" in one[1]]
    assert weekly[2] == ["2026-05-01"]


def lawful_april() -> Doc:
    """Return April 2026 on its last day, a home day just over; the week runs on to 3 May."""
    document = lawful_month(random.Random(4), "2026-04", "22214")
    document["provider"]["service"] = "continuation_b"
    document["approvals"][0]["service"] = "continuation_b"
    document["as_of"] = "2026-05-01"
    document["submissions"] = []
    document["evaluations"] = [row for row in document["evaluations"] if row["date"] < "2026-04-27"]
    return document


def test_what_cannot_be_cleared_under_every_reading_becomes_a_question() -> None:
    document = lawful("2026-02-28")
    found = plan(Case.model_validate(document))
    assert [one[:2] for one in acts_of(found)] == [("visit", ("achievement",))]
    (asked,) = [step for step in found.steps if step.kind == "ask"]
    assert "day on which the service is used" in asked.what.en
    assert found.verdict == "open"


def test_nothing_is_left_to_do_for_a_kept_month() -> None:
    document = lawful_month(random.Random(4), "2026-02", "22214")
    document["provider"]["service"] = "continuation_b"
    document["approvals"][0]["service"] = "continuation_b"
    found = plan(Case.model_validate(document))
    assert (found.steps, found.verdict, found.cost, found.notes) == ((), "kept", 0, ())


def test_days_without_approval_are_attached_or_withdrawn_and_named_ahead() -> None:
    document = lawful("2026-02-23", office=("2026-02-24",), home=("2026-02-25",))
    document["approvals"] = [row for row in document["approvals"] if row["kind"] == "decision"]
    found = plan(Case.model_validate(document))
    kinds = {step.kind: step for step in found.steps if "Z102" in step.serves}
    assert kinds.keys() == {"attach", "withdraw"}
    assert max(kinds["attach"].days) < date(2026, 2, 23)
    assert found.verdict == "broken"
    assert not found.clear
    assert any("Z102" in note.en and "2026-02-25" in note.en for note in found.notes)
    assert not [step for step in found.steps if "daily_reports" in step.lists]


def test_today_asks_only_for_what_is_missing() -> None:
    document = lawful("2026-02-23", home=("2026-02-24",), office=())
    document["days"].append({"date": "2026-02-23", "place": "home", "activity": "入力", "support": "助言"})
    document["contacts"].append({"at": "2026-02-23T09:00", "channel": "phone"})
    found = plan(Case.model_validate(document))
    (routine,) = [step for step in found.steps if "contacts" in step.lists]
    assert (routine.contacts_today, routine.contacts) == (1, 2)


def test_a_slip_is_corrected_and_not_attached() -> None:
    document = lawful("2026-02-23", office=("2026-02-24",))
    monday = [row for row in document["contacts"] if row["at"] < "2026-02-16T12" and row["at"] > "2026-02-16"]
    for number, row in enumerate(monday):
        row |= {"at": f"2026-02-15T23:{number}5", "id": f"c-{number}"}
    assert monday
    found = plan(Case.model_validate(document))
    (corrected,) = [step for step in found.steps if step.kind == "correct"]
    assert corrected.records == tuple(row["id"] for row in monday)
    assert corrected.days == (date(2026, 2, 16),)
    assert "Z301" in corrected.serves
    assert not [step for step in found.steps if step.kind in ("attach", "withdraw")]
    assert check(month_that_follows(Case.model_validate(document), found)).verdict == "kept"


def test_days_to_come_need_a_plan_of_days() -> None:
    document = lawful("2026-02-23")
    del document["planned_days"]
    found = plan(Case.model_validate(document))
    assert any("planned_days" in note.en for note in found.notes)


def test_lists_that_are_not_given_are_named_and_left_alone() -> None:
    document = lawful("2026-02-23", home=("2026-02-24",))
    del document["contacts"]
    found = plan(Case.model_validate(document))
    assert any("contact record" in note.en for note in found.notes)
    assert all("contacts" not in step.lists for step in found.steps)


def test_months_that_run_lawfully_are_brought_to_an_end() -> None:
    """Else the tests above hold for plans that do nothing."""
    verdicts = [planned(seed).verdict for seed in range(0, 320, 2)]
    assert verdicts.count("kept") >= 40
    assert sum(bool(planned(seed).steps) for seed in RUNNING) >= 200


def test_a_stated_coverage_is_carried_on() -> None:
    document = lawful("2026-02-23", office=("2026-02-24",), home=("2026-02-25",))
    document["coverage"] = {"claimed_days": {"from": "2026-02-01", "through": "2026-02-22"}}
    assert plan(Case.model_validate(document)).verdict == "kept"
    document["coverage"]["claimed_days"]["through"] = "2026-02-19"
    assert plan(Case.model_validate(document)).verdict == "open", "two days of the past stay unsaid"


def test_two_evaluations_a_week_are_found_together(tmp_path: Path) -> None:
    path = tmp_path / "house.toml"
    path.write_text(
        '[overlay]\nid = "test"\noffice = true\nname.ja = "試験"\nname.en = "test"\n'
        '[[set]]\nparameter = "evaluations_per_week"\nvalue = 2\nfrom = 2026-02-23\nclause = "mhlw.o"\n',
        encoding="utf-8",
    )
    document = lawful("2026-02-23", office=("2026-02-24",), home=("2026-02-25", "2026-02-26"))
    found = plan(Case.model_validate(document), overlays=[path])
    weekly = [one for one in acts_of(found) if "weekly" in one[1]]
    assert len(weekly) == 2
    assert len({day for one in weekly for day in one[2]}) == 2
    assert found.verdict == "kept"
    assert not found.is_least


def test_the_command_gives_the_plan_where_it_is_asked_for(tmp_path: Path, call: Call) -> None:
    path = tmp_path / "case.json"
    document = lawful("2026-02-23", office=("2026-02-24",), home=("2026-02-25", "2026-02-26"))
    path.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
    assert "plan" not in json.loads(call("check", "case.json", "--format", "json").out)
    written = json.loads(call("check", "case.json", "--plan", "--format", "json").out)
    found = plan(Case.model_validate(document))
    assert written["plan"] == json.loads(found.model_dump_json())
    assert Report.model_validate(written).plan == found
    assert "plan" not in schema_of("report")["required"]
    english = call("check", "case.json", "--plan", "--lang", "en").out
    assert "The cheapest lawful steps" in english
    assert "Tue 24 Feb  weekly evaluation and achievement assessment" in english
    assert "verdict once this is done: ✓ kept" in english
    japanese = call("check", "case.json", "--plan").out
    assert "最も手間の少ない手順" in japanese
    assert "手順どおりに進めたときの判定: ✓ 適合" in japanese
    assert "最も手間の少ない手順" not in call("check", "case.json").out


def test_a_plan_is_not_made_for_what_was_known_once(tmp_path: Path, call: Call) -> None:
    path = tmp_path / "case.json"
    path.write_text(json.dumps(lawful("2026-02-23")), encoding="utf-8")
    refused = call("check", "case.json", "--plan", "--known-at", "2026-02-20", "--lang", "en")
    assert refused.code == 2
    assert "--plan" in refused.err
    assert not refused.out


def test_an_empty_plan_says_so(tmp_path: Path, call: Call) -> None:
    document = lawful_month(random.Random(4), "2026-02", "22214")
    document["provider"]["service"] = "continuation_b"
    document["approvals"][0]["service"] = "continuation_b"
    path = tmp_path / "case.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    assert "Nothing to do." in call("check", "case.json", "--plan", "--lang", "en").out
    assert "することはありません。" in call("check", "case.json", "--plan").out

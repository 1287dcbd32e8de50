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
from zaitaku_rules import Case, check, due, plan
from zaitaku_rules.days import is_office_day
from zaitaku_rules.judge.checking import judged
from zaitaku_rules.mend.acts import Act, acts
from zaitaku_rules.mend.candidates import Candidates
from zaitaku_rules.mend.cover import Judge, cost_of, greedy, is_enough, slim
from zaitaku_rules.mend.draft import draft, effects_of, judging, under_every_reading
from zaitaku_rules.mend.elsewhere import moves, spent_at
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
        if "planned_days" in step.lists:
            leave_out(document, day)
        if "submissions" in step.lists:
            document["submissions"].append({"kind": "monthly_record", "month": document["month"], "on": day})
        if "recordings" in step.lists:
            kept = {"date": day, "subject": "both", "media": "video", "secured": True}
            document["recordings"].append(kept)
        if "daily_reports" in step.lists:
            document["daily_reports"].append({"date": day})
        number = step.contacts_today if day == today else step.contacts
        for place in range(number if "contacts" in step.lists else 0):
            at = f"{day}T{8 + 3 * place:02d}:33:33"
            document["contacts"].append({"at": at, "channel": "video"})


def leave_out(document: Doc, day: str) -> None:
    if "days" in document:
        document["days"] = [row for row in document["days"] if row["date"] != day]


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
            assert not inside or step.lists in (("submissions",), ("planned_days",))
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
        case = spent_at(case, {move.day: move.place for move in moves(case, facts, trial)})
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
    assert kinds.keys() == {"do", "attach", "withdraw"}
    assert (kinds["do"].days, kinds["do"].lists) == ((date(2026, 2, 25),), ("days",))
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


CITIES = ("13212", "27220", "35202", "08202", "23202")
BY_CITY = range(120)


@lru_cache(maxsize=256)
def in_a_city(seed: int) -> tuple[Doc, Plan]:
    """Return a month of a city that runs or waits for its report, with its plan; days to come at home."""
    rng = random.Random(f"in a city {seed}")
    month = rng.choice(["2026-02", "2026-03", "2026-04", "2025-11", "2026-09", "2019-11"])
    document = lawful_month(rng, month, CITIES[seed % len(CITIES)])
    last = max(date.fromisoformat(row["date"]) for row in document["days"])
    as_of = last + timedelta(days=rng.choice([*range(-20, 1), *range(12)]))
    document["as_of"] = today = as_of.isoformat()
    places = {row["date"]: row["place"] for row in document["days"] if row["date"] >= today}
    for number in range((last - as_of).days + 1):
        if rng.random() < 0.15:
            places.setdefault((as_of + timedelta(days=number)).isoformat(), "home")
    document["planned_days"] = [
        {"date": day, "place": "home" if rng.random() < 0.7 else place}
        for day, place in sorted(places.items())
    ]
    for source in EVENTS:
        document[source] = [row for row in document[source] if day_of(source, row) < today]
    if rng.random() < 0.3:
        end = as_of + timedelta(days=rng.randrange(-2, 12))
        rng.choice(document["approvals"])["to"] = end.isoformat()
    return document, plan(Case.model_validate(document))


def acts_planned(found: Plan) -> list[Step]:
    """Return the steps that are one act on one day."""
    single = [step for step in found.steps if step.kind == "do" and len(step.days) == 1]
    return [step for step in single if step.means or "submissions" in step.lists]


def on_its_last_day(found: Plan, late: list[Step], document: Doc) -> Plan:
    """Return a plan with some acts on their last days; a day that stays at home after all has its routine."""
    homes = {date.fromisoformat(row["date"]) for row in document["planned_days"] if row["place"] in AT_HOME}
    moved = [step for step in late if "days" in step.lists and step.means == "commute"]
    again = {step.days[0] for step in moved} & homes
    gone = {step.by for step in moved}
    steps: list[Step] = []
    for step in found.steps:
        if step in late:
            steps.append(step.model_copy(update={"days": (step.by,)}))
        elif step.kind == "do" and not step.means and step.lists[0] in ("contacts", "daily_reports"):
            days = tuple(sorted((again | set(step.days)) - gone))
            steps.append(step.model_copy(update={"days": days}))
        else:
            steps.append(step)
    return found.model_copy(update={"steps": tuple(steps)})


@pytest.mark.parametrize("seed", BY_CITY)
def test_the_month_of_the_last_days_is_as_the_plan_says(seed: int) -> None:
    document, found = in_a_city(seed)
    case = Case.model_validate(document)
    single = acts_planned(found)
    assert check(month_that_follows(case, found)).verdict == found.verdict
    for late in (single, *([step] for step in single)):
        month = month_that_follows(case, on_its_last_day(found, late, document))
        assert check(month).verdict == found.verdict


@pytest.mark.parametrize("seed", BY_CITY)
def test_no_act_falls_after_what_is_due(seed: int) -> None:
    document, found = in_a_city(seed)
    unused = {day for step in found.steps if step.lists == ("planned_days",) for day in step.days}
    listed = [one for one in due(Case.model_validate(document)) if one.last_day not in unused]
    for step in acts_planned(found):
        (day,) = step.days
        assert step.by
        ends = {
            one.last_day
            for one in listed
            if one.code in step.serves and one.window.from_ <= day <= one.window.to
        }
        assert step.by <= min(ends, default=step.by)
        if "submissions" in step.lists or ("days" in step.lists and step.means == "commute"):
            assert ends or is_office_day(step.by)
            assert all(is_office_day(one) or one in ends for one in (day, step.by)), step


def test_the_cities_bring_forth_what_they_are_asked_for() -> None:
    """Else the two tests above hold for plans that do nothing."""
    found = [step for seed in BY_CITY for step in in_a_city(seed)[1].steps]
    assert sum(bool(step.by and step.by > step.days[-1]) for step in found) >= 60
    assert sum("submissions" in step.lists for step in found) >= 20
    assert sum("days" in step.lists and step.means == "commute" for step in found) >= 15
    assert sum("planned_days" in step.lists for step in found) >= 3


def of_city(city: str, month: str, as_of: str, **planned: str) -> Doc:
    """Return a month of a city, kept before `as_of`, with the days of use `planned` from then on."""
    document = lawful_month(random.Random(7), month, city)
    document["provider"]["service"] = "continuation_b"
    document["approvals"] = [
        {"kind": "decision", "from": "2025-01-01"},
        {"kind": "home_use", "from": "2025-01-01", "on_certificate": True, "ground": "commuting_difficult"},
    ]
    for source in EVENTS:
        document[source] = [row for row in document[source] if day_of(source, row) < as_of]
    document["submissions"] = []
    document["as_of"] = as_of
    days = sorted(planned.items())
    document["planned_days"] = [{"date": f"{month}-{day[1:]}", "place": place} for day, place in days]
    return document


def stay_at_home(document: Doc, since: str) -> None:
    """Leave out the days at the office from a day on."""
    document["days"] = [row for row in document["days"] if row["place"] != "office" or row["date"] < since]
    used = {row["date"] for row in document["days"]}
    document["claimed_days"] = [row for row in document["claimed_days"] if row["date"] in used]


def span_of(found: Plan, code: str) -> list[tuple[str, str]]:
    """Return the first and the last day of each act that serves a rule."""
    serving = [step for step in acts_planned(found) if code in step.serves]
    return [(step.days[0].isoformat(), str(step.by)) for step in serving]


@pytest.mark.parametrize(
    ("city", "month", "as_of", "expected"),
    [
        ("35202", "2026-03", "2026-04-11", ("2026-04-13", "2026-04-15")),
        ("35202", "2026-10", "2026-11-09", ("2026-11-09", "2026-11-13")),
        ("35202", "2026-10", "2026-11-14", ("2026-11-14", "2026-11-15")),
        ("27220", "2026-09", "2026-10-05", ("2026-10-05", "2026-10-09")),
    ],
)
def test_the_report_is_sent_in_on_office_days_before_its_deadline(
    city: str, month: str, as_of: str, expected: tuple[str, str]
) -> None:
    """On a closed day only where no other is left before the deadline."""
    assert span_of(plan(Case.model_validate(of_city(city, month, as_of))), "Z601") == [expected]


def test_today_may_become_a_day_at_the_office_until_it_is_recorded() -> None:
    document = of_city("13212", "2026-03", "2026-03-27", d27="home")
    stay_at_home(document, "2026-03-23")
    found = plan(Case.model_validate(document))
    assert span_of(found, "Z403") == [("2026-03-27", "2026-03-27")]
    assert found.verdict == "kept"
    document["days"].append({"date": "2026-03-27", "place": "home", "activity": "入力", "support": "助言"})
    assert span_of(plan(Case.model_validate(document)), "Z403") == []


def test_a_day_at_home_becomes_one_at_the_office_on_office_days() -> None:
    document = of_city("13212", "2026-03", "2026-03-18", d18="home", d19="home", d20="home")
    stay_at_home(document, "2026-03-16")
    assert span_of(plan(Case.model_validate(document)), "Z403") == [("2026-03-18", "2026-03-19")]
    document["planned_days"] = [{"date": "2026-03-20", "place": "office"}]
    assert span_of(plan(Case.model_validate(document)), "Z403") == []
    document["planned_days"] = [{"date": "2026-03-20", "place": "home"}]
    assert span_of(plan(Case.model_validate(document)), "Z403") == [("2026-03-20", "2026-03-20")], (
        "the last left"
    )


def test_no_extra_day_is_put_off_beyond_what_is_due() -> None:
    """The week runs on into April, and a day there would serve; the due list stays within the month."""
    document = of_city("13212", "2026-03", "2026-03-30")
    document["days"].append({"date": "2026-03-30", "place": "home", "activity": "入力", "support": "助言"})
    case = Case.model_validate(document)
    assert [one.last_day.isoformat() for one in due(case) if one.code == "Z403"] == ["2026-03-31"]
    assert span_of(plan(case), "Z403") == [("2026-03-31", "2026-03-31")]


def test_the_last_day_of_an_act_is_found_by_judging_where_nothing_is_due() -> None:
    planned = dict.fromkeys(("d18", "d19", "d23", "d24", "d31"), "home")
    case = Case.model_validate(of_city("22214", "2026-03", "2026-03-18", **planned))
    _, facts, rules = judged(case)
    trial = Trial(
        tuple(one.law for one in rules.values() if one.is_duty and one.law.in_force), date(2026, 6, 1)
    )
    drawn = draft(case, facts, trial, [], due=())
    spans = {(act.day.day, last.day) for act, last in drawn.latest.items() if act.covers == ("weekly",)}
    assert {(23, 24), (31, 31)} <= spans


def test_what_serves_the_month_may_wait_until_its_last_day() -> None:
    planned = dict.fromkeys(("d18", "d19", "d20", "d23", "d27", "d31"), "home")
    document = of_city("22214", "2026-03", "2026-03-18", **planned)
    document["evaluations"] = [row | {"covers": ["weekly"]} for row in document["evaluations"]]
    assert span_of(plan(Case.model_validate(document)), "Z402") == [("2026-03-18", "2026-03-31")]


@pytest.mark.parametrize(
    ("kind", "code", "lists"), [("home_use", "Z102", ("days",)), ("decision", "Z103", ("planned_days",))]
)
def test_days_that_cannot_be_lawful_are_spent_elsewhere(kind: str, code: str, lists: tuple[str, ...]) -> None:
    planned = dict.fromkeys(("d18", "d20", "d24", "d26", "d30"), "home")
    document = of_city("22214", "2026-03", "2026-03-18", **planned)
    for row in document["approvals"]:
        if row["kind"] == kind:
            row["to"] = "2026-03-25"
    found = plan(Case.model_validate(document))
    (moved,) = [step for step in found.steps if step.serves == (code,)]
    assert (moved.kind, moved.lists) == ("do", lists)
    assert [day.day for day in moved.days] == [26, 30]
    assert [one for one in acts_of(found) if one[2][0] > "2026-03-29"] == [], (
        "no act for a week without home days"
    )
    assert found.verdict == "kept"
    assert any(code in note.en and "2026-03-26, 2026-03-30" in note.en for note in found.notes)


def test_on_closed_days_and_in_hospital_nobody_is_asked_to_the_office() -> None:
    document = of_city("22214", "2026-03", "2026-03-18", d26="home", d28="home")
    document["approvals"][1]["to"] = "2026-03-25"
    moved = {
        step.lists: step.days for step in plan(Case.model_validate(document)).steps if "Z102" in step.serves
    }
    assert moved == {("days",): (date(2026, 3, 26),), ("planned_days",): (date(2026, 3, 28),)}
    document["hospital_stays"] = [{"from": "2026-03-25", "to": "2026-03-31"}]
    moved = {
        step.lists: step.days for step in plan(Case.model_validate(document)).steps if "Z102" in step.serves
    }
    assert moved == {("planned_days",): (date(2026, 3, 26), date(2026, 3, 28))}


def test_a_plan_serves_the_selected_rules_only(tmp_path: Path, call: Call) -> None:
    document = lawful("2026-02-23", home=("2026-02-25", "2026-02-26"))
    found = plan(Case.model_validate(document), select=["Z401"])
    assert {code for step in found.steps for code in step.serves} == {"Z401"}
    assert found.verdict == "kept"
    assert any("selected" in note.en for note in found.notes)
    rest = plan(Case.model_validate(document), ignore=["Z401"])
    served = {code for step in rest.steps for code in step.serves}
    assert "Z402" in served
    assert "Z401" not in served
    (tmp_path / "case.json").write_text(json.dumps(document), encoding="utf-8")
    written = json.loads(call("check", "case.json", "--plan", "--select", "Z401", "--format", "json").out)
    assert written["plan"] == json.loads(found.model_dump_json())


def test_days_are_said_in_short_words(tmp_path: Path, call: Call) -> None:
    document = of_city("22214", "2026-03", "2026-03-18", d26="home", d27="home")
    document["approvals"][1]["to"] = "2026-03-25"
    (tmp_path / "case.json").write_text(json.dumps(document), encoding="utf-8")
    english = call("check", "case.json", "--plan", "--lang", "en").out.partition("cheapest lawful steps")[2]
    assert "cannot hold on 26-27 Mar as" in english
    japanese = call("check", "case.json", "--plan").out.partition("最も手間の少ない手順")[2]
    assert "3/26〜27 は" in japanese
    assert "2026-03-2" not in (english + japanese).partition("receipt")[0]

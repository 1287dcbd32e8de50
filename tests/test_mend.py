"""How findings are mended: acts while there is time, slips that prove themselves, never a moved date."""

from __future__ import annotations

import copy
import random
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from brute.book import EVENTS
from brute.months import lawful_month, random_document
from zaitaku_rules import Case, check
from zaitaku_rules.judge.checking import judged
from zaitaku_rules.judge.moves import moved
from zaitaku_rules.judge.slips import Slip, places, slips
from zaitaku_rules.report import Mend, RuleReport

Doc = dict[str, Any]
MONDAY, TUESDAY, SUNDAY = "2026-02-16", "2026-02-17", "2026-02-15"
CASES = range(300)
PLANTED_SEEDS = range(16)


def month() -> Doc:
    """Return February 2026, lawful: home on 16, 17, 19 and 20 and other days, at the office on the 18th."""
    document = lawful_month(random.Random(4), "2026-02", "22214")
    document["provider"]["service"] = "continuation_b"
    document["approvals"][0]["service"] = "continuation_b"
    return document


def day_of(row: Doc) -> str:
    return str(row.get("date", row.get("at", row.get("on"))))[:10]


def rule(document: Doc, code: str, **asked: Any) -> RuleReport:
    return check(Case.model_validate(document), **asked).rule(code)


def ways(document: Doc, code: str, kind: str, **asked: Any) -> list[Mend]:
    return [mend for mend in rule(document, code, **asked).mend if mend.kind == kind]


def found(document: Doc, code: str) -> list[Mend]:
    """Return the corrections that name records."""
    return [mend for mend in ways(document, code, "correct") if mend.records]


def shifted(day: str = MONDAY) -> Doc:
    """Return the month with the contacts of a day before nine o'clock stored in world time."""
    document = month()
    for number, row in enumerate(row for row in document["contacts"] if day_of(row) == day):
        at = (date.fromisoformat(day) - timedelta(days=1)).isoformat()
        row |= {"at": f"{at}T{22 + number}:10", "id": f"c-{number}"}
    return document


def test_the_month_is_as_the_tests_say() -> None:
    document = month()
    assert check(Case.model_validate(document)).verdict == "kept"
    home = [day_of(row) for row in document["days"] if row["place"] == "home" or row["place"] == "satellite"]
    assert {MONDAY, TUESDAY} <= set(home)
    assert SUNDAY not in home


def test_contacts_in_world_time_are_named_with_their_offset() -> None:
    (mend,) = found(shifted(), "Z301")
    assert mend.records == ("c-0", "c-1")
    assert mend.days == (date.fromisoformat(MONDAY),)
    assert mend.source == "contacts"
    assert "nine hours later" in mend.what.en
    assert "9時間後ろへ" in mend.what.ja
    assert "only what it proves" in mend.what.en
    assert found(shifted(), "Z901")[0].records == mend.records


def test_a_contact_that_serves_where_it_stands_is_not_moved() -> None:
    assert rule(shifted(TUESDAY), "Z301").days == (date.fromisoformat(TUESDAY),)
    assert not found(shifted(TUESDAY), "Z301"), "the contacts now stand on Monday, a day of use"
    document = shifted()
    document["absences"] = [{"date": SUNDAY}]
    assert not found(document, "Z301"), "a contact on a day of absence is what it says"


def test_a_contact_is_not_moved_where_use_is_not_known() -> None:
    document = shifted()
    document["coverage"] = {"days": {"from": MONDAY, "through": "2026-02-28"}}
    assert not found(document, "Z301")


def test_one_of_two_contacts_moved_is_not_enough() -> None:
    document = shifted()
    document["contacts"] = [row for row in document["contacts"] if row.get("id") != "c-1"]
    assert rule(document, "Z301").days
    assert not found(document, "Z301")


@pytest.mark.parametrize(
    ("stored", "said"), [("2026-02-15", "one day later"), ("2026-02-21", "one day earlier")]
)
def test_a_report_under_a_neighbouring_date_is_named(stored: str, said: str) -> None:
    document = month()
    day = MONDAY if stored < MONDAY else "2026-02-20"
    rows = [row for row in document["daily_reports"] if row["date"] == day]
    for row in rows:
        row["date"] = stored
        row.pop("recorded_at", None)
    (mend,) = found(document, "Z302")
    place = document["daily_reports"].index(rows[0])
    assert mend.records == (f"daily_reports[{place}]",)
    assert said in mend.what.en


def test_a_mistyped_year_is_named_where_the_list_holds_no_other_year() -> None:
    document = month()
    (row,) = [row for row in document["daily_reports"] if row["date"] == MONDAY]
    row["date"] = "2025-02-16"
    row.pop("recorded_at", None)
    assert "one year later" in found(document, "Z302")[0].what.en
    document["daily_reports"].append({"date": "2025-02-17"})
    assert not found(document, "Z302"), "the file also tells of last year"


def test_a_record_of_next_year_is_a_slip_of_the_year() -> None:
    document = month()
    (row,) = [row for row in document["daily_reports"] if row["date"] == MONDAY]
    row["date"] = "2027-02-16"
    row.pop("recorded_at", None)
    assert rule(document, "Z906").days == (date(2027, 2, 16),)
    (mend,) = found(document, "Z906")
    assert mend.days == (date(2026, 2, 16),), "where it fits"
    assert "one year earlier" in mend.what.en


def test_an_evaluation_at_the_office_belongs_on_a_day_there() -> None:
    document = month()
    (row,) = [row for row in document["evaluations"] if row["date"] == "2026-02-18"]
    row["date"] = "2026-02-19"
    (mend,) = found(document, "Z905")
    assert (mend.source, mend.days) == ("evaluations", (date(2026, 2, 18),))
    assert "one day earlier" in mend.what.en
    (office,) = [one for one in document["days"] if one["date"] == "2026-02-18"]
    office["place"] = "offsite"
    assert not found(document, "Z905")


def test_a_day_of_use_without_trace_is_moved_to_the_day_that_is_claimed() -> None:
    document = month()
    free = date(2026, 2, 28)
    document["days"] = [one for one in document["days"] if day_of(one) != "2026-02-27"]
    for source in ("contacts", "daily_reports", "recordings", "evaluations", "claimed_days"):
        document[source] = [one for one in document[source] if day_of(one) != "2026-02-27"]
    document["days"].append({"date": "2026-02-27", "place": "offsite"})
    document["claimed_days"].append({"date": free.isoformat(), "status": "use"})
    (mend,) = found(document, "Z701")
    assert mend.days == (free,)


Found = tuple[set[date], set[date]]


def all_slips(case: Case) -> list[tuple[str, Slip]]:
    """Return every slip that is offered for a case, with the code of its rule."""
    _, facts, rules = judged(case)
    laws = [one.law for one in rules.values()]
    return [(code, slip) for code, one in rules.items() for slip in slips(one, facts, laws)]


def corrected(case: Case, *found: Slip) -> Case:
    return moved(case, places(found))


def found_by_rule(case: Case, as_of: date) -> dict[str, Found]:
    """Return for each rule its broken days, and its broken and open days."""
    rules = check(case, as_of=as_of).rules
    return {one.code: ({*one.days}, {*one.days, *one.open_days}) for one in rules}


def worse_off(case: Case, slip: Slip) -> dict[str, set[date]]:
    """Return the days that rules find only once a slip is corrected."""
    as_of = check(case).as_of
    before, after = found_by_rule(case, as_of), found_by_rule(corrected(case, slip), as_of)
    new = {code: (after[code][0] - was[0]) | (after[code][1] - was[1]) for code, was in before.items()}
    return {code: days for code, days in new.items() if days}


@pytest.mark.parametrize("seed", CASES)
def test_a_slip_mends_what_it_says(seed: int) -> None:
    """Judged again with the rows moved, its days are no longer found, and no rule finds others."""
    case = Case.model_validate(random_document(random.Random(seed)))
    as_of = check(case).as_of
    for code, slip in all_slips(case):
        assert slip.mended
        assert not found_by_rule(corrected(case, slip), as_of)[code][1].intersection(slip.mended)
        assert not worse_off(case, slip)
        rows = getattr(corrected(case, slip), slip.source)
        assert slip.days == tuple(sorted({rows[number].day for number in slip.numbers}))


def test_random_cases_hold_slips() -> None:
    """Else the test above proves nothing."""
    number = sum(len(all_slips(Case.model_validate(random_document(random.Random(seed))))) for seed in CASES)
    assert number >= 10


def until(document: Doc, day: str) -> Doc:
    """Return a month as it stands on a day, the rest planned."""
    rest = [row for row in document["days"] if row["date"] >= day]
    document["planned_days"] = [{"date": row["date"], "place": row["place"]} for row in rest]
    for source in EVENTS:
        document[source] = [row for row in document[source] if day_of(row) < day]
    document["as_of"] = day
    return document


def test_an_act_is_offered_for_the_next_window_with_its_last_day() -> None:
    document = until(month(), MONDAY)
    (today,) = ways(document, "Z301", "do")
    assert (today.by, today.days) == (date(2026, 2, 16), (date(2026, 2, 16),))
    (week,) = ways(document, "Z401", "do")
    assert week.by == date(2026, 2, 20)
    assert week.days[0] == date(2026, 2, 16)
    assert week.days[-1] <= date(2026, 2, 20)
    assert not ways(document, "Z301", "attach"), "nothing is missing of a day that is over"


def test_no_act_is_offered_once_its_time_is_over() -> None:
    document = month()
    document["evaluations"] = []
    document["contacts"] = []
    report = check(Case.model_validate(document))
    assert report.verdict == "broken"
    assert not [
        mend for code in ("Z301", "Z401", "Z402") for mend in report.rule(code).mend if mend.kind == "do"
    ]
    (attached,) = ways(document, "Z401", "attach")
    assert set(attached.days) == {*report.rule("Z401").days, *report.rule("Z401").open_days}
    assert attached.source == "evaluations"


def test_a_broken_rule_still_offers_the_act_of_the_week_that_runs() -> None:
    document = until(month(), MONDAY)
    document["evaluations"] = []
    assert rule(document, "Z401").status == "broken"
    (act,) = ways(document, "Z401", "do")
    assert act.by == date(2026, 2, 20)


def test_a_paper_is_due_before_the_first_day_that_needs_it() -> None:
    document = until(month(), MONDAY)
    document["approvals"] = [row for row in document["approvals"] if row["kind"] == "decision"]
    assert rule(document, "Z101").status == "kept"
    document["user"]["wish"] = {}
    (act,) = ways(document, "Z101", "do")
    assert act.by == date(2026, 2, 16)
    del document["planned_days"]
    (act,) = ways(document, "Z101", "do")
    assert (act.by, act.days) == (None, ())
    document["planned_days"] = []
    assert not ways(document, "Z101", "do"), "no day at home is to come"


def test_a_question_may_be_answered_while_its_time_runs() -> None:
    document = until(month(), MONDAY)
    document["inquiries"] = [{"at": "2026-02-13T10:00"}]
    (act,) = ways(document, "Z306", "do")
    assert (act.by, act.days) == (date(2026, 2, 16), (date(2026, 2, 13),))
    assert act.records == ("inquiries[0]",)


def test_time_to_answer_runs_past_the_last_planned_day() -> None:
    document = until(month(), "2026-02-27")
    document["inquiries"] = [{"at": "2026-02-26"}, {"at": "2026-02-27T09:00"}]
    acts = ways(document, "Z306", "do")
    assert [(act.by, act.records) for act in acts] == [
        (date(2026, 3, 1), ("inquiries[0]",)),
        (date(2026, 3, 2), ("inquiries[1]",)),
    ]
    document["inquiries"] = [{"at": "2026-02-26", "answered_at": "2026-02-27"}]
    assert not ways(document, "Z306", "do")


def test_a_question_overdue_is_answered_without_delay() -> None:
    document = until(month(), "2026-02-23")
    document["inquiries"] = [{"at": "2026-02-16"}, {"at": "2026-02-23"}]
    late, running = sorted(ways(document, "Z306", "do"), key=lambda act: act.days)
    assert (late.by, late.records) == (None, ("inquiries[0]",))
    assert "without delay" in late.what.en
    assert (running.by, running.records) == (date(2026, 2, 26), ("inquiries[1]",))


HITACHI = "08202"


def in_hitachi(document: Doc) -> Doc:
    document["user"]["municipality"] = HITACHI
    return document


def test_no_answer_is_asked_for_what_never_happened() -> None:
    document = in_hitachi(until(month(), MONDAY))
    document["inquiries"] = document["emergencies"] = []
    report = check(Case.model_validate(document))
    for code in ("Z306", "Z307", "Z904"):
        assert report.rule(code).status == "open"
        assert not [mend for mend in report.rule(code).mend if mend.kind == "do"]


@pytest.mark.parametrize("attended", [{}, {"attended_at": f"{MONDAY}T11:00", "attended_by": "other"}])
def test_staff_go_to_an_emergency_that_nobody_of_them_attended(attended: Doc) -> None:
    document = in_hitachi(until(month(), MONDAY))
    document["emergencies"] = [{"at": f"{MONDAY}T10:00", **attended}]
    (act,) = ways(document, "Z307", "do")
    assert (act.by, act.days, act.records) == (
        date(2026, 2, 16),
        (date(2026, 2, 16),),
        ("emergencies[0]",),
    )
    document["emergencies"][0] |= {"attended_at": f"{MONDAY}T11:00", "attended_by": "staff"}
    assert not ways(document, "Z307", "do")


def test_a_late_report_has_words_while_reports_are_to_come() -> None:
    document = until(month(), MONDAY)
    document["daily_reports"][0]["recorded_at"] = "2026-02-15"
    assert rule(document, "Z904").status == "broken"
    assert ways(document, "Z904", "do")


@pytest.mark.parametrize("seed", CASES)
def test_an_act_has_the_last_day_of_what_is_due(seed: int) -> None:
    rng = random.Random(seed)
    document = random_document(rng)
    case = Case.model_validate(document)
    as_of = date.fromisoformat(case.month + "-01") + timedelta(days=rng.randrange(36))
    report = check(case, as_of=as_of)
    first: dict[str, date] = {}
    for one in report.due or ():
        first.setdefault(one.code, one.last_day)
    for code, last in first.items():
        acts = [mend for mend in report.rule(code).mend if mend.kind == "do"]
        assert {act.by for act in acts} <= {last}
        assert acts


def test_the_week_of_either_reading_bounds_the_act() -> None:
    document = until(month(), "2026-02-21")
    document["planned_days"] = []
    document["evaluations"] = [row for row in document["evaluations"] if row["date"] < MONDAY]
    (act,) = ways(document, "Z401", "do")
    assert act.by == date(2026, 2, 21), "a Saturday: the week may begin on Sunday"


def test_advice_for_a_running_month_is_not_given_of_one_that_is_over() -> None:
    document = month()
    document["evaluations"] = [{**row, "covers": ["weekly"]} for row in document["evaluations"]]
    running = until(copy.deepcopy(document), MONDAY)
    (before,) = ways(running, "Z402", "ask")
    assert "before the month ends" in before.what.en
    assert "月が終わる前に" in before.what.ja
    (after,) = ways(document, "Z402", "ask")
    assert "before the month ends" not in after.what.en
    assert "できなかった" in after.what.ja


def test_a_question_is_asked_once_and_stands_in_full_where_it_settles() -> None:
    document = in_hitachi(month())
    document["recordings"] = document["recordings"][:1]
    asked = ways(document, "Z304", "ask")
    (settled,) = rule(document, "Z304").settle
    assert [mend.what.en for mend in asked] == [
        'ask the deciding municipality the question named under "settled by"'
    ]
    assert settled.parameter == "recording_every"
    document["recordings"] = []
    (asked_of_practice,) = ways(document, "Z304", "ask")
    assert "how often" in asked_of_practice.what.en


def test_use_planned_within_an_open_stay_is_moved() -> None:
    document = until(month(), MONDAY)
    document["hospital_stays"] = [{"from": "2026-02-15"}]
    assert rule(document, "Z502").status == "open"
    (act,) = ways(document, "Z502", "do")
    assert act.by == act.days[0] == date(2026, 2, 16)


def assessed_on(document: Doc, day: str) -> Doc:
    """Return a month of which the only achievement assessment is a visit on a day."""
    for row in document["evaluations"]:
        row["covers"] = ["weekly"]
    document["evaluations"].append({"date": day, "covers": ["achievement"], "means": "visit", "id": "e-1"})
    return document


def test_an_assessment_that_counts_under_one_reading_is_not_moved() -> None:
    document = assessed_on(month(), SUNDAY)
    assert rule(document, "Z402").status == "open"
    assert not found(document, "Z402")
    decided = check(Case.model_validate(document), readings={"assessment_on_use_day": "true"}).rule("Z402")
    (mend,) = [mend for mend in decided.mend if mend.records]
    assert mend.records == ("e-1",)
    assert mend.days == (date(2026, 2, 16),)


def test_a_row_that_serves_another_rule_is_not_moved() -> None:
    document = assessed_on(month(), SUNDAY)
    document["evaluations"] = [
        row for row in document["evaluations"] if not "2026-02-08" <= row["date"] < MONDAY or "id" in row
    ]
    document["evaluations"][-1]["covers"] = ["weekly", "achievement"]
    decided = {"assessment_on_use_day": "true", "week_start": "monday", "joint_visit": "true"}
    report = check(Case.model_validate(document), readings=decided)
    assert report.rule("Z401").status == "kept", "thanks to the Sunday"
    assert report.rule("Z402").status == "broken"
    assert not [mend for mend in report.rule("Z402").mend if mend.records]


def test_short_dates_and_the_number_of_rows() -> None:
    (two,) = found(shifted(), "Z301")
    assert two.what.en.startswith("2 rows of contact record would fit 16 Feb if moved nine hours later")
    assert two.what.ja.startswith("連絡の記録2件は、9時間後ろへずらすと2/16の記録として合います")
    (place,) = found(shifted(), "Z901")
    assert place.days == (date(2026, 2, 16),), "where it fits, not where it stands"


def test_a_submission_is_due_on_its_day() -> None:
    document = lawful_month(random.Random(4), "2026-02", "27220")
    document["provider"]["service"] = "continuation_b"
    document["approvals"][0]["service"] = "continuation_b"
    document["submissions"], document["as_of"] = [], "2026-03-02"
    (act,) = ways(document, "Z601", "do")
    assert act.by == date(2026, 3, 10)
    assert act.days == rule(document, "Z601").open_days


def test_only_claimed_days_are_withdrawn() -> None:
    document = month()
    document["daily_reports"] = [
        row for row in document["daily_reports"] if row["date"] not in (MONDAY, TUESDAY)
    ]
    claimed = [row for row in document["claimed_days"] if row["date"] != TUESDAY]
    assert ways(document | {"claimed_days": claimed}, "Z302", "withdraw")[0].days == (date(2026, 2, 16),)
    neither = [row for row in claimed if row["date"] != MONDAY]
    assert not ways(document | {"claimed_days": neither}, "Z302", "withdraw")
    del document["claimed_days"]
    (mend,) = ways(document, "Z302", "withdraw")
    assert mend.days == (date(2026, 2, 16), date(2026, 2, 17))


def test_a_duty_without_payment_has_no_claim_to_withdraw() -> None:
    document = month()
    document["recordings"] = []
    assert rule(document, "Z304").status == "broken"
    assert not ways(document, "Z304", "withdraw")
    assert ways(document, "Z304", "attach")


def test_an_unsettled_reading_is_asked() -> None:
    document = month()
    document["evaluations"] = [
        {**row, "means": "visit", "covers": ["weekly", "achievement"]} for row in document["evaluations"]
    ]
    assert any("one staff visit" in one.what.en for one in rule(document, "Z401").settle)
    (asked,) = ways(document, "Z401", "ask")
    assert asked.days == rule(document, "Z401").open_days
    assert asked.what.en == 'ask the deciding municipality the question named under "settled by"'
    assert "確定には" in asked.what.ja


def test_no_way_is_offered_to_a_waived_rule() -> None:
    document = month()
    document["evaluations"] = [{**row, "covers": ["weekly"]} for row in document["evaluations"]]
    papers = {"authority": "市", "document": "A-1", "reason": "入院"}
    document["waivers"] = [{"rule": "Z402", "from": "2026-02-01", "to": "2026-02-28", **papers}]
    assert rule(document, "Z402").status == "waived"
    assert not rule(document, "Z402").mend


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01", "2028-02-29"])
def test_a_date_at_the_end_of_the_calendar_is_left_alone(day: str) -> None:
    document = month()
    (row,) = [row for row in document["daily_reports"] if row["date"] == MONDAY]
    row |= {"date": day}
    row.pop("recorded_at", None)
    assert not found(document, "Z302")
    assert rule(document, "Z302").days == (date(2026, 2, 16),)


def planted_month(seed: int) -> Doc:
    """Return a lawful month of these years with named contacts and reports, the early ones at 8:30."""
    rng = random.Random(seed)
    document = lawful_month(rng, f"{rng.randrange(2022, 2027)}-{rng.randrange(1, 13):02d}", "22214")
    document["provider"]["service"] = document["approvals"][0]["service"] = "continuation_b"
    for number, row in enumerate(document["contacts"]):
        row |= {"id": f"c-{number}", "at": f"{day_of(row)}T{'08:30' if 'T09' in row['at'] else '15:30'}"}
    for number, row in enumerate(document["daily_reports"]):
        row["id"] = f"r-{number}"
        row.pop("recorded_at", None)
    return document


def in_world_time(row: Doc) -> None:
    row["at"] = (datetime.fromisoformat(row["at"]) - timedelta(hours=9)).isoformat(timespec="minutes")


def by_days(row: Doc, days: int) -> None:
    row["date"] = (date.fromisoformat(row["date"]) + timedelta(days=days)).isoformat()


def early_rows_after_a_free_day(document: Doc) -> list[Doc]:
    used = {row["date"] for row in document["days"]}
    free = {day for day in used if (date.fromisoformat(day) - timedelta(days=1)).isoformat() not in used}
    return [row for row in document["contacts"] if day_of(row) in free and "T08" in row["at"]]


def plant_one_contact(document: Doc) -> tuple[str, list[Doc]]:
    rows = early_rows_after_a_free_day(document)[1:2]
    for row in rows:
        in_world_time(row)
    return "Z301", rows


def plant_all_contacts(document: Doc) -> tuple[str, list[Doc]]:
    days = [day_of(row) for row in document["contacts"]]
    for row in document["contacts"]:
        in_world_time(row)
    return "Z301", [row for row, day in zip(document["contacts"], days, strict=True) if day_of(row) != day]


def plant_a_week(document: Doc) -> tuple[str, list[Doc]]:
    """Store the contacts from one day after a free one to the last before the next in world time."""
    begins = sorted(day_of(row) for row in early_rows_after_a_free_day(document))
    rows = [row for row in document["contacts"] if len(begins) > 2 and begins[1] <= day_of(row) < begins[2]]
    days = [day_of(row) for row in rows]
    for row in rows:
        in_world_time(row)
    return "Z301", [row for row, day in zip(rows, days, strict=True) if day_of(row) != day]


def plant_reports(document: Doc, days: int) -> tuple[str, list[Doc]]:
    for row in document["daily_reports"]:
        by_days(row, days)
    return "Z302", document["daily_reports"]


def plant_a_year(document: Doc) -> tuple[str, list[Doc]]:
    row = document["daily_reports"][3]
    row["date"] = f"{int(row['date'][:4]) - 1}{row['date'][4:]}"
    return "Z302", [row]


PLANTED: dict[str, tuple[Callable[[Doc], tuple[str, list[Doc]]], str, bool]] = {
    "one contact": (plant_one_contact, "nine hours later", False),
    "all contacts": (plant_all_contacts, "nine hours later", True),
    "reports early": (lambda document: plant_reports(document, -1), "one day later", True),
    "reports late": (lambda document: plant_reports(document, 1), "one day earlier", True),
    "a year": (plant_a_year, "one year later", False),
}


@pytest.mark.parametrize("seed", PLANTED_SEEDS)
@pytest.mark.parametrize("name", PLANTED)
def test_a_planted_slip_is_found_and_its_correction_harms_no_rule(name: str, seed: int) -> None:
    plant, said, is_whole = PLANTED[name]
    document = planted_month(seed)
    code, rows = plant(document)
    case = Case.model_validate(document)
    if not rows or not check(case).rule(code).days:
        pytest.skip("this month has no row that would leave a day without it")
    (mend,) = found(document, code)
    assert set(mend.records) == {row["id"] for row in rows}
    assert said in mend.what.en
    assert ("(all " in mend.what.en) is is_whole
    assert mend.what.en.startswith(f"{len(rows)} row{'' if len(rows) == 1 else 's'} of ")
    for _, slip in all_slips(case):
        assert not worse_off(case, slip)


@pytest.mark.parametrize("seed", PLANTED_SEEDS)
def test_a_week_in_world_time_is_found_as_a_run(seed: int) -> None:
    document = planted_month(seed)
    code, rows = plant_a_week(document)
    if not rows or not rule(document, code).days:
        pytest.skip("this month has no such week")
    assert set(found(document, code)[0].records) == {row["id"] for row in rows}


def test_planted_months_hold_slips() -> None:
    """Else the tests above prove nothing."""
    for plant, _, _ in (*PLANTED.values(), (plant_a_week, "", False)):
        number = 0
        for seed in PLANTED_SEEDS:
            document = planted_month(seed)
            code, rows = plant(document)
            number += bool(rows and rule(document, code).days)
        assert number >= 12


def test_a_whole_list_is_not_moved_for_one_day_that_lacks_its_row() -> None:
    document = month()
    document["days"] = [
        {"date": day, "place": place}
        for day, place in (("2026-02-18", "office"), ("2026-02-19", "home"), ("2026-02-24", "office"))
    ]
    document["daily_reports"] = [{"date": "2026-02-18"}, {"date": "2026-02-24"}]
    assert rule(document, "Z302").days == (date(2026, 2, 19),)
    assert not found(document, "Z302"), "the reports lie on days of use, and one day is no pattern"
    document["days"].append({"date": "2026-02-25", "place": "home"})
    (mend,) = found(document, "Z302")
    assert mend.days == (date(2026, 2, 19), date(2026, 2, 25))


def two_slips() -> tuple[Doc, list[Doc], list[Doc]]:
    """Return a month with the early contacts of two days after a free one stored in world time."""
    document = planted_month(0)
    one, other = early_rows_after_a_free_day(document)[1:3]
    for row in (one, other):
        in_world_time(row)
    return document, [one], [other]


def test_of_two_slips_both_are_named() -> None:
    document, one, other = two_slips()
    assert set(found(document, "Z301")[0].records) == {row["id"] for row in (*one, *other)}


def test_a_slip_that_harms_does_not_hide_one_that_does_not() -> None:
    document, (one,), (other,) = two_slips()
    other["recorded_at"] = day_of(other)
    (mend,) = found(document, "Z301")
    assert mend.records == (one["id"],), "the other would be recorded before it happened"


def test_nothing_is_due_where_only_the_record_of_use_is_in_doubt() -> None:
    document = in_minoh(month())
    document["coverage"] = {"days": {"from": "2026-02-01", "through": "2026-02-20"}}
    document["days"], document["submissions"], document["as_of"] = [], [], "2026-04-20"
    assert rule(document, "Z601").status == "open"
    assert not ways(document, "Z601", "do")


def in_minoh(document: Doc) -> Doc:
    document["user"]["municipality"] = "27220"
    return document

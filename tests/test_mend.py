"""How findings are mended: acts while there is time, slips that prove themselves, never a moved date."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

import pytest

from brute.book import EVENTS
from brute.months import lawful_month, random_document
from zaitaku_rules import Case, check
from zaitaku_rules.facts import Facts
from zaitaku_rules.judge.checking import judged
from zaitaku_rules.judge.judgement import judge_rule
from zaitaku_rules.judge.slips import moved, places, slips
from zaitaku_rules.report import Mend, RuleReport

Doc = dict[str, Any]
MONDAY, TUESDAY, SUNDAY = "2026-02-16", "2026-02-17", "2026-02-15"
CASES = range(300)


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
    assert mend.days == (date(2027, 2, 16),)
    assert "one year earlier" in mend.what.en


def test_an_evaluation_at_the_office_belongs_on_a_day_there() -> None:
    document = month()
    (row,) = [row for row in document["evaluations"] if row["date"] == "2026-02-18"]
    row["date"] = "2026-02-19"
    (mend,) = found(document, "Z905")
    assert (mend.source, mend.days) == ("evaluations", (date(2026, 2, 19),))
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


@pytest.mark.parametrize("seed", CASES)
def test_a_slip_mends_what_it_says(seed: int) -> None:
    """Judged again with the rows moved, its days are no longer found, and none is found anew."""
    case = Case.model_validate(random_document(random.Random(seed)))
    _, facts, rules = judged(case)
    for one in rules.values():
        for slip in slips(one, facts):
            after = Facts(moved(case, places([slip])), facts.as_of)
            again = judge_rule(one.law, after)
            still = set(after.untimely_dates if one.code == "Z906" else facts.calendar.dates(again.broken))
            assert slip.days
            assert not still.intersection(slip.days)
            assert not again.broken & ~(one.broken | one.open)


def test_random_cases_hold_slips() -> None:
    """Else the test above proves nothing."""
    number = 0
    for seed in CASES:
        _, facts, rules = judged(Case.model_validate(random_document(random.Random(seed))))
        number += sum(1 for one in rules.values() for _ in slips(one, facts))
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
    asked = ways(document, "Z401", "ask")
    assert any("one staff visit" in mend.what.en for mend in asked)
    assert asked[-1].days == rule(document, "Z401").open_days


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

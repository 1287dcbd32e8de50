"""What is still due: the last day that serves, the slack, what counts already, and how an office sees it."""

from __future__ import annotations

import json
import random
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from brute import random_call, random_document
from calling import Call
from conftest import EXAMPLES
from test_brute_force import arguments
from zaitaku_rules import Case, check, due
from zaitaku_rules.days.office_days import is_office_day
from zaitaku_rules.report import Due
from zaitaku_rules.testing import document, overlays
from zaitaku_rules.write.line_breaks import cells

FOLDER = Path(__file__).parent / "cases"
HINO, MINOH, UBE, OKAZAKI = "132128", "272205", "352021", "232025"
AT_THE_OFFICE = ("Z402", "Z403")
BY_WEEK = ("Z401", "Z403")


def listed(spec: Mapping[str, Any], **how: Any) -> tuple[Due, ...]:
    laid = overlays(spec, FOLDER / "overlays")
    return due(Case.model_validate(document(spec)), overlays=laid, **how)


def entry(code: str, spec: Mapping[str, Any], **how: Any) -> Due:
    (found,) = (one for one in listed(spec, **how) if one.code == code)
    return found


def last(code: str, spec: Mapping[str, Any], **how: Any) -> tuple[str, str, int]:
    """Return the last day, the contract's `by` and the slack of the only entry of a rule."""
    found = entry(code, spec, **how)
    return found.last_day.isoformat(), found.by.isoformat(), found.slack


# A commute in the week: Hino, the week of Monday 8 June 2026. Fujieda with a test rule in Golden Week.

WEEK = {"municipality": HINO, "month": "2026-06", "as_of": "2026-06-10", "home": "8-9", "office": "none"}


@pytest.mark.parametrize(
    ("planned", "expected"),
    [
        (None, ("2026-06-12", "2026-06-14", 2)),
        ({"home": "10", "office": "11"}, ("2026-06-11", "2026-06-11", 1)),
        ({"office": "10", "home": "11"}, ("2026-06-10", "2026-06-11", 0)),
        ({"home": "10-11"}, ("2026-06-11", "2026-06-11", 1)),
        ({"home": "11 13"}, ("2026-06-11", "2026-06-13", 1)),
        ({"home": "13"}, ("2026-06-13", "2026-06-13", 3)),
        ({"home": "11", "office": "13"}, ("2026-06-13", "2026-06-13", 3)),
        ({"home": "15-16"}, ("2026-06-12", "2026-06-14", 2)),
    ],
    ids=[
        "no plan: Friday, not Sunday",
        "planned at the office",
        "planned at the office before a day at home",
        "planned at home on a weekday",
        "planned at home on a weekday and a Saturday",
        "planned at home on a Saturday only",
        "planned at the office on a Saturday",
        "no day of use left in the week",
    ],
)
def test_a_commute_is_due_by_the_last_day_that_reaches_the_office(
    planned: Mapping[str, str] | None, expected: tuple[str, str, int]
) -> None:
    spec = {**WEEK, "planned": planned} if planned else WEEK
    found = [one for one in listed(spec) if one.code == "Z403" and one.window.from_ == date(2026, 6, 8)]
    assert [(one.last_day.isoformat(), one.by.isoformat(), one.slack) for one in found] == [expected]


@pytest.mark.parametrize(
    ("month", "as_of", "home", "expected"),
    [
        # Friday 3 May 2024 is a holiday; the 1st and 2nd are not.
        ("2024-05", "2024-05-01", "1", ("2024-05-02", "2024-05-05", 1)),
        # With no office day left, Saturday: the week ends then where weeks begin on Sunday.
        ("2024-05", "2024-05-03", "1-2", ("2024-05-04", "2024-05-05", 1)),
        # Sunday 3 to Wednesday 6 May 2026 are holidays, the last for the Sunday's sake.
        ("2026-05", "2026-05-05", "4", ("2026-05-08", "2026-05-10", 3)),
        # Offices close from 29 December to 3 January; the 4th of 2026 is a Sunday.
        ("2025-12", "2025-12-26", "22", ("2025-12-26", "2025-12-28", 0)),
        ("2025-12", "2025-12-29", "29", ("2026-01-03", "2026-01-04", 5)),
        ("2026-12", "2026-12-28", "28", ("2026-12-28", "2027-01-03", 0)),
        # The week of 30 March: within the month while a day of it is left, then until Friday.
        ("2026-03", "2026-03-31", "30", ("2026-03-31", "2026-04-05", 0)),
        ("2026-03", "2026-04-01", "30-31", ("2026-04-03", "2026-04-05", 2)),
    ],
)
def test_holidays_and_the_turn_of_the_year_are_no_office_days(
    month: str, as_of: str, home: str, expected: tuple[str, str, int]
) -> None:
    spec = {
        "overlays": ["commute.toml"],
        "month": month,
        "as_of": as_of,
        "home": home,
        "office": "none",
    }
    assert last("Z403", spec) == expected


# The monthly assessment: by commute at the office before 19 June 2020, at home too since.


@pytest.mark.parametrize(
    ("month", "as_of", "home", "planned", "expected"),
    [
        ("2019-11", "2019-11-18", "1", None, ("2019-11-29", "2019-11-30", 11)),
        ("2019-11", "2019-11-30", "1", None, ("2019-11-30", "2019-11-30", 0)),
        (
            "2019-11",
            "2019-11-18",
            "1",
            {"home": "20-21", "office": "19"},
            ("2019-11-19", "2019-11-21", 1),
        ),
        ("2019-12", "2019-12-16", "2", None, ("2019-12-27", "2019-12-31", 11)),
        ("2020-10", "2020-10-20", "1", None, ("2020-10-31", "2020-10-31", 11)),
        ("2020-10", "2020-10-19", "1", {"home": "21", "office": "20"}, ("2020-10-21", "2020-10-21", 2)),
    ],
)
def test_an_assessment_at_the_office_only_is_due_on_an_office_day(
    month: str, as_of: str, home: str, planned: Mapping[str, str] | None, expected: tuple[str, str, int]
) -> None:
    spec: dict[str, Any] = {"month": month, "as_of": as_of, "home": home, "office": "none"}
    assert last("Z402", {**spec, "planned": planned} if planned else spec) == expected


def test_the_office_is_needed_only_where_every_reading_needs_it() -> None:
    relief = {"month": "2020-05", "as_of": "2020-05-20", "home": "1", "office": "none"}
    assert last("Z402", relief)[0] == "2020-05-31"
    assert last("Z402", relief, readings={"covid_relief": "true"})[0] == "2020-05-31"
    assert last("Z402", relief, readings={"covid_relief": "false"})[0] == "2020-05-29"
    okazaki = {**relief, "municipality": OKAZAKI, "month": "2026-05", "as_of": "2026-05-20"}
    assert last("Z402", okazaki)[0] == "2026-05-31"
    assert last("Z402", okazaki, readings={"monthly_places": "office"})[0] == "2026-05-29"
    by_commute = {**okazaki, "municipality": "222143", "overlays": [{"set": {"monthly_means": ["commute"]}}]}
    assert last("Z402", by_commute)[0] == "2026-05-29"


def test_an_act_is_judged_by_the_law_of_its_own_day() -> None:
    spec = {"month": "2020-06", "as_of": "2020-06-15", "home": "1", "office": "none"}
    national = {"readings": {"covid_relief": "false"}}
    assert last("Z402", spec, **national) == ("2020-06-30", "2020-06-30", 15)
    planned = {**spec, "planned": {"office": "16", "home": "17"}}
    assert last("Z402", planned, **national) == ("2020-06-16", "2020-06-17", 1)
    assert last("Z402", planned) == ("2020-06-17", "2020-06-17", 2)


# The monthly record, over the municipality's counter.


@pytest.mark.parametrize(
    ("municipality", "month", "as_of", "expected"),
    [
        # Minoh takes the office day before the 10th: a Sunday, a Saturday, a holiday Monday.
        (MINOH, "2026-04", "2026-05-07", ("2026-05-08", "2026-05-08", 1)),
        (MINOH, "2025-12", "2026-01-06", ("2026-01-09", "2026-01-09", 3)),
        (MINOH, "2027-12", "2028-01-05", ("2028-01-07", "2028-01-07", 2)),
        # Ube takes the 15th as it is: Sunday 15 March 2026.
        (UBE, "2026-02", "2026-03-10", ("2026-03-13", "2026-03-15", 3)),
        (UBE, "2026-02", "2026-03-13", ("2026-03-13", "2026-03-15", 0)),
        (UBE, "2026-02", "2026-03-14", ("2026-03-15", "2026-03-15", 1)),
        (UBE, "2026-03", "2026-04-10", ("2026-04-15", "2026-04-15", 5)),
    ],
)
def test_the_monthly_record_is_due_while_the_counter_is_open(
    municipality: str, month: str, as_of: str, expected: tuple[str, str, int]
) -> None:
    spec = {"municipality": municipality, "month": month, "as_of": as_of}
    assert last("Z601", spec) == expected


# What counts already.


def test_contacts_of_today_count_and_are_named() -> None:
    spec = {
        "month": "2026-06",
        "as_of": "2026-06-10",
        "home": "8-9",
        "office": "none",
        "planned": "10",
        "also": {"contact": {"phone": "10", "phone_by_user_unanswered": "10", "one_way": "10"}},
    }
    found = entry("Z301", spec)
    assert (found.missing, found.needed, found.count, found.records) == (1, 2, 1, ("c-06-10-1",))
    nothing = entry("Z302", spec)
    assert (nothing.missing, nothing.needed, nothing.count, nothing.records) == (1, 1, 0, ())


def test_evaluations_count_only_by_what_they_cover_and_how() -> None:
    rows = [
        {"date": 8, "covers": ["weekly"], "means": "video", "id": "weekly"},
        {"date": 8, "covers": ["achievement"], "means": "phone", "id": "by-phone"},
    ]
    spec = {
        "overlays": [{"set": {"evaluations_per_week": 2}}],
        "month": "2026-06",
        "as_of": "2026-06-10",
        "home": "8-9",
        "office": "none",
        "weekly": "none",
        "rows": {"evaluations": rows},
    }
    weekly, monthly = entry("Z401", spec), entry("Z402", spec)
    assert (weekly.missing, weekly.needed, weekly.count, weekly.records) == (1, 2, 1, ("weekly",))
    assert (monthly.missing, monthly.needed, monthly.count, monthly.records) == (1, 1, 0, ())


def test_what_counts_under_one_reading_only_stands_there_and_is_still_due() -> None:
    spec = {
        "month": "2026-06",
        "as_of": "2026-06-10",
        "home": "8-9",
        "office": "none",
        "weekly": "none",
        "rows": {"evaluations": [{"date": 9, "covers": ["weekly", "achievement"], "means": "visit"}]},
    }
    found = entry("Z401", spec)
    assert (found.missing, found.needed, found.count, found.records) == (1, 1, 1, ("evaluations[0]",))
    assert [one.code for one in listed(spec)] == ["Z401"]


def test_a_commute_that_counts_is_named_by_its_place() -> None:
    spec = {
        "overlays": ["commute.toml", {"set": {"commutes_per_week": 2}}],
        "month": "2026-06",
        "as_of": "2026-06-11",
        "home": "9-10",
        "office": "8",
    }
    found = entry("Z403", spec)
    rows = document(spec)["days"]
    place = next(number for number, row in enumerate(rows) if row["place"] == "office")
    assert (found.missing, found.needed, found.count) == (1, 2, 1)
    assert found.records == (f"days[{place}]",)


def test_a_recording_counts_only_where_it_is_secured() -> None:
    unsettled = {"enable": ["Z304"], "severity": "payment", "readings": {"recording_every": ["month", "day"]}}
    spec = {
        "overlays": [unsettled],
        "month": "2026-06",
        "as_of": "2026-06-10",
        "home": "8-10",
        "office": "none",
        "recording": {"both_unsecured": "8", "both": "8"},
    }
    found = entry("Z304", spec)
    assert (found.missing, found.needed, found.count) == (1, 1, 1)
    rows = document(spec)["recordings"]
    assert [rows[int(name[11:-1])]["secured"] for name in found.records] == [True]


# `due` and `check` are one judgement.


def test_due_is_what_the_report_says() -> None:
    seen = 0
    for seed in range(EXAMPLES or 300):
        rng = random.Random(seed)
        drawn = random_document(rng)
        call = arguments(random_call(rng, drawn))
        how = {name: call[name] for name in ("as_of", "overlays", "readings") if name in call}
        case = Case.model_validate(drawn)
        report, found = check(case, **how), due(case, **how)
        assert found == (report.due or ()), f"seed {seed}"
        assert not (found and report.verdict == "kept"), f"seed {seed}"
        for one in found:
            consistent(one, report.as_of, case)
        seen += len(found)
    assert seen > (EXAMPLES or 300) / 4


def consistent(one: Due, as_of: date, case: Case) -> None:
    assert as_of <= one.last_day <= one.window.to
    assert one.slack == (one.last_day - as_of).days
    assert one.missing == max(1, one.needed - one.count)
    assert bool(one.records) == bool(one.count)
    if one.last_day != one.by:
        if one.code in BY_WEEK and one.window.to - one.last_day >= timedelta(days=1):
            return
        assert one.code in (*AT_THE_OFFICE, "Z601")
        at_office = {row.day for row in case.planned_days or () if row.place == "office"}
        assert is_office_day(one.last_day) or one.last_day in at_office


# An office that does everything on the last day keeps the month.


def last_minute(spec: dict[str, Any]) -> dict[str, Any]:
    """Return the month as it goes on: what is planned takes place, what is due is done on its last day."""
    case = document(spec)
    plan = {row["date"]: row["place"] for row in case["planned_days"]}
    day = date.fromisoformat(case["as_of"])
    for _ in range(50):
        today = day.isoformat()
        case["as_of"] = today
        if today in plan:
            case["days"].append({"date": today, "place": plan[today], "start": "10:00", "end": "12:00"})
        for one in due(Case.model_validate(case)):
            if one.last_day == day:
                done(one, today, case)
        day += timedelta(1)
    case["as_of"] = day.isoformat()
    return case


def done(one: Due, today: str, case: dict[str, Any]) -> None:
    said = {"activity": "入力", "support": "助言"}
    match one.code:
        case "Z301":
            case["contacts"] += [
                {"at": f"{today}T{9 + 3 * number:02d}:00", "channel": "phone"}
                for number in range(one.missing)
            ]
        case "Z302":
            case["daily_reports"].append({"date": today})
        case "Z303":
            rows = [row for row in case["days"] if row["date"] == today and row["place"] == "home"]
            rows[0].update(said)
        case "Z304":
            case["recordings"].append({"date": today, "subject": "both", "media": "still", "secured": True})
        case "Z401":
            case["evaluations"].append({"date": today, "covers": ["weekly"], "means": "visit"})
        case "Z402":
            case["evaluations"].append({"date": today, "covers": ["achievement"], "means": "commute"})
            case["days"].append({"date": today, "place": "office", "start": "13:00", "end": "14:00"})
        case "Z403":
            case["days"].append({"date": today, "place": "office", "start": "14:00", "end": "15:00"})
        case _:
            month = case["month"]
            case["submissions"].append({"kind": "monthly_record", "month": month, "on": today})


@pytest.mark.parametrize("municipality", ["222143", HINO, MINOH, UBE, "082023"])
@pytest.mark.parametrize("month", ["2019-11", "2025-12", "2026-05", "2026-06", "2026-08"])
def test_who_does_everything_on_its_last_day_keeps_the_month(municipality: str, month: str) -> None:
    rng = random.Random(f"{municipality} {month}")
    for _ in range(3):
        today = rng.randint(2, 25)
        length = 30 if month[-2:] in ("06", "11") else 31
        weekdays = [
            day for day in range(1, length + 1) if date.fromisoformat(f"{month}-{day:02d}").weekday() < 5
        ]
        coming = sorted(day for day in weekdays if day >= today and rng.random() < 0.6)
        at_office = sorted(rng.sample(coming, len(coming) // 5))
        home = [day for day in coming if day not in at_office]
        past = [day for day in weekdays if day < today]
        commutes = {date.fromisoformat(f"{month}-{day:02d}").isocalendar()[1]: day for day in past}.values()
        spec = {
            "municipality": municipality,
            "month": month,
            "as_of": f"{month}-{today:02d}",
            "home": " ".join(map(str, (day for day in past if day not in commutes))) or "none",
            "office": " ".join(map(str, commutes)) or "none",
            "planned": {
                "home": " ".join(map(str, home)) or "none",
                "office": " ".join(map(str, at_office)) or "none",
            },
            "absent": ["claimed_days"],
        }
        case = last_minute(spec)
        report = check(Case.model_validate(case))
        broken = [(rule.code, rule.status) for rule in report.rules if rule.status in ("broken", "open")]
        assert report.verdict == "kept", (spec, broken)


# The command line: an office in the morning.


RUNNING: dict[str, Any] = {
    "month": "2026-06",
    "as_of": "2026-06-10",
    "home": "1-5 8-9",
    "office": "none",
    "without": {"weekly": "9"},
    "planned": {"home": "10-12 15-18", "office": "19"},
    "also": {"contact": {"phone": "10"}},
}


def put(name: str, *specs: Mapping[str, Any]) -> str:
    lines = [json.dumps(document(spec), ensure_ascii=False) for spec in specs]
    Path(name).write_text("\n".join(lines), "utf-8")
    return name


def of_user(name: str, spec: Mapping[str, Any] = RUNNING, **more: Any) -> dict[str, Any]:
    return {**spec, "user": {"id": name}, **more}


def test_an_office_sees_today_this_week_this_month_and_later(call: Call) -> None:
    at_minoh: dict[str, Any] = {"municipality": MINOH, "also": {"contact": {"phone": "10x2"}, "report": "10"}}
    cases = put("office.jsonl", of_user("A"), of_user("B", **at_minoh), of_user("C", planned="none"))
    found = call("due", cases)
    assert found.code == 0
    assert found.err == "判定の基準日: 2026-06-10\n"
    assert found.out == (
        "今日まで  6/10(水)\n"
        "  A  Z301 1日2回の連絡  2回中あと1回  (済み c-06-10-1)   Z302 日報\n"
        "     Z303 訓練・支援内容の記録\n"
        "  B  Z303 訓練・支援内容の記録\n"
        "\n"
        "今週  6/14(日)まで\n"
        "  A  6/12(金)   あと2日   Z401 週1回の評価等  6/8〜14\n"
        "  B  6/12(金)   あと2日   Z401 週1回の評価等  6/8〜14\n"
        "  C  6/13(土)   あと3日   Z401 週1回の評価等  6/8〜14\n"
        "                          Z401 は週の始まりの曜日が決まっていないため6/14(日)で\n"
        "                          はなく6/13(土)まで\n"
        "\n"
        "今月  6/30(火)まで\n"
        "  A  6/19(金)   あと9日   Z401 週1回の評価等  6/15〜21\n"
        "                          Z402 月1回の達成度の評価  6/1〜30\n"
        "  B  6/19(金)   あと9日   Z401 週1回の評価等  6/15〜21\n"
        "                          Z402 月1回の達成度の評価  6/1〜30\n"
        "  C  6/30(火)   あと20日  Z402 月1回の達成度の評価  6/1〜30\n"
        "\n"
        "来月以降\n"
        "  B  7/10(金)   あと30日  Z601 毎月の実績報告  7/1〜10\n"
        "\n"
        "今日のうちに行うことがある利用者: 3人のうち2人\n"
    )
    assert call("due", cases, "--lang", "en").out == (
        "Today  Wed 10 Jun\n"
        "  A  Z301 two contacts a day  1 more of 2  (done: c-06-10-1)   Z302 daily report\n"
        "     Z303 activity and support recorded\n"
        "  B  Z303 activity and support recorded\n"
        "\n"
        "This week  to Sun 14 Jun\n"
        "  A  Fri 12 Jun  2 days left   Z401 weekly evaluation  8-14 Jun\n"
        "  B  Fri 12 Jun  2 days left   Z401 weekly evaluation  8-14 Jun\n"
        "  C  Sat 13 Jun  3 days left   Z401 weekly evaluation  8-14 Jun\n"
        "                               Z401: where weeks begin is not settled, so by Sat\n"
        "                               13 Jun, not Sun 14 Jun\n"
        "\n"
        "This month  to Tue 30 Jun\n"
        "  A  Fri 19 Jun  9 days left   Z401 weekly evaluation  15-21 Jun\n"
        "                               Z402 monthly achievement assessment  1-30 Jun\n"
        "  B  Fri 19 Jun  9 days left   Z401 weekly evaluation  15-21 Jun\n"
        "                               Z402 monthly achievement assessment  1-30 Jun\n"
        "  C  Tue 30 Jun  20 days left  Z402 monthly achievement assessment  1-30 Jun\n"
        "\n"
        "Later\n"
        "  B  Fri 10 Jul  30 days left  Z601 monthly record submitted  1-10 Jul\n"
        "\n"
        "users with something due today: 2 of 3\n"
    )


def test_a_day_before_the_end_of_the_window_says_why(call: Call) -> None:
    spec = {"municipality": UBE, "month": "2026-02", "as_of": "2026-03-12"}
    found = call("due", put("office.jsonl", {**WEEK, "municipality": HINO}, spec))
    assert "6/12(金)   あと2日   Z403 週1回の通所  6/8〜14" in found.out
    assert "Z403 は通所が要るため6/14(日)ではなく6/12(金)まで" in found.out
    assert "3/13(金)   明日まで  Z601 毎月の実績報告  3/1〜15" in found.out
    assert "期限は3/15(日)、役所が開いているのは3/13(金)まで" in found.out
    said = " ".join(call("due", "office.jsonl", "--lang", "en").out.split())
    assert "Z403 needs the office: by Fri 12 Jun, not Sun 14 Jun" in said
    assert "Fri 13 Mar tomorrow Z601 monthly record submitted 1-15 Mar" in said
    assert "deadline Sun 15 Mar, the municipality is open until Fri 13 Mar" in said


def test_cases_of_different_days_are_listed_day_by_day(call: Call) -> None:
    later = of_user("B", as_of="2026-06-11", also={})
    found = call("due", put("office.jsonl", later, of_user("A")))
    head, *parts = found.out.split("基準日 ")
    assert head == ""
    assert [part[:10] for part in parts] == ["2026-06-10", "2026-06-11"]
    assert "今日まで  6/10(水)\n  A" in parts[0]
    assert "今日まで  6/11(木)\n  B" in parts[1]
    assert found.out.endswith("今日のうちに行うことがある利用者: 2人のうち2人\n")
    assert call("due", "office.jsonl", "--as-of", "2026-06-11").out.startswith("今日まで  6/11(木)\n")


def test_what_is_on_record_but_unsettled_is_said(call: Call) -> None:
    rows = [{"date": 9, "covers": ["weekly", "achievement"], "means": "visit"}]
    spec: dict[str, Any] = {"weekly": "none", "without": {}, "rows": {"evaluations": rows}, "planned": "none"}
    name = put("case.json", of_user("A", **spec))
    shown = call("due", name).out
    assert "Z401 週1回の評価等  記録はあるが扱いが未確定\n" in shown
    assert "(済み evaluations[0])  6/8〜14\n" in shown
    said = " ".join(call("due", name, "--lang", "en").out.split())
    assert "Z401 weekly evaluation on record, unsettled whether it counts (done: evaluations[0])" in said


def test_more_records_than_fit_are_counted(call: Call) -> None:
    overlay = """
[overlay]
id = "six-contacts"
office = true
name.ja = "1日6回"
name.en = "six a day"
[[source]]
id = "page"
kind = "practice"
title.ja = "試験"
title.en = "test"
certainty = "official"
[[clause]]
id = "six.1"
source = "page"
locator.ja = "1"
locator.en = "1"
says.ja = "1日6回。"
says.en = "Six a day."
fate = "encoded"
rules = ["Z301"]
parameters = ["contacts_per_day"]
[[set]]
parameter = "contacts_per_day"
value = 6
clause = "six.1"
"""
    Path("six.toml").write_text(overlay, "utf-8")
    name = put("case.json", of_user("A", also={"contact": {"phone": "10x5"}}))
    found = call("due", name, "--overlay", "six.toml")
    assert "6回中あと1回  (済み c-06-10-1, c-06-10-2, c-06-10-3 +2)" in found.out


def test_a_long_name_has_a_line_of_its_own_and_no_line_is_too_wide(call: Call) -> None:
    names = ["A", "利用者の長い名前のついた番号 7", *(f"U-{number:03d}" for number in range(28))]
    name = put("office.jsonl", *(of_user(name) for name in names))
    for lang in ("ja", "en"):
        out = call("due", name, "--lang", lang).out
        assert "\n  利用者の長い名前のついた番号 7\n         Z301 " in out
        assert all(cells(line) <= 80 for line in out.splitlines())


def test_users_of_two_providers_are_two_users(call: Call) -> None:
    other = {"provider": {"number": "0812300010"}}
    found = call("due", put("office.jsonl", of_user("A"), of_user("A", **other)))
    assert found.out.count("\n  A  Z301") == 2
    assert found.out.endswith("2人のうち2人\n")


def test_json_keeps_the_fields_and_puts_what_could_not_be_read_last(call: Call) -> None:
    lines = [json.dumps(document(of_user(name))) for name in ("A", "B")]
    Path("office.jsonl").write_text("\n".join([lines[0], '{"schema": "zaitaku-case/1"}', lines[1]]), "utf-8")
    code, out, err = call("due", "office.jsonl", "--format", "json", "--lang", "en")
    assert code == 2
    assert err.startswith("office.jsonl:2: ")
    *entries, error = json.loads(out)
    assert error == {"schema": "zaitaku-error/1", "place": "office.jsonl:2", "error": error["error"]}
    assert [one["user"] for one in entries] == ["A", "B"] * 6
    assert entries[0] == {
        "user": "A",
        "provider": "2212300012",
        "month": "2026-06",
        "as_of": "2026-06-10",
        "code": "Z301",
        "window": {"from": "2026-06-10", "to": "2026-06-10"},
        "missing": 1,
        "by": "2026-06-10",
        "last_day": "2026-06-10",
        "slack": 0,
        "needed": 2,
        "count": 1,
        "records": ["c-06-10-1"],
    }


def test_the_page_of_the_month_marks_the_last_days(call: Call) -> None:
    name = put("case.json", of_user("A"))
    out = call("check", name).out
    assert "▸10 ?" in out
    assert "▹12 ?" in out
    assert "▹19" in out
    assert out.count("▹") == 3, "two days and the legend"
    assert "▹ 期限" in out
    assert "▹ due" in call("check", name, "--lang", "en").out
    assert "6/12(金)   あと2日   Z401 週1回の評価等  6/8〜14" in out
    over = call("check", name, "--as-of", "2026-07-10").out
    assert "▹" not in over

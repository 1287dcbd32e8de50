"""A perfect month, and what one missing record does to it."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from datetime import date
from importlib.metadata import PackageNotFoundError
from pathlib import Path
from typing import Any

import pytest

from zaitaku_rules import CATALOGUE, Case, Report, check, due
from zaitaku_rules.judge import receipt

Doc = dict[str, Any]
DAYS = [2, 3, 4, 5, 6, 9, 10, 12, 13, 16, 17, 18, 19, 20, 24, 25, 26, 27]
WEEKS = {6: [2, 3, 4, 5, 6], 13: [9, 10, 12, 13], 20: [16, 17, 18, 19, 20], 27: [24, 25, 26, 27]}
READY = [
    "operating_rules",
    "work_menu",
    "emergency_response",
    "emergency_procedure",
    "emergency_arrival",
    "on_request_support",
    "record_submission",
    "home_environment_check",
    "confidential_workplace",
]


def on(day: int) -> str:
    return f"2026-02-{day:02d}"


def perfect() -> Doc:
    """Write a month in which every rule of Hitachi is kept; the 21st is a commute that assesses the month."""
    return {
        "schema": "zaitaku-case/1",
        "month": "2026-02",
        "user": {"id": "U-001", "municipality": "082023", "wish": {"on": "2025-12-01"}},
        "provider": {"number": "0812300010", "service": "continuation_b", "municipality": "082023"},
        "approvals": [
            {"kind": "decision", "from": "2025-07-01", "to": "2026-06-30"},
            {"kind": "home_use", "from": "2025-07-01", "to": "2026-06-30", "ground": "support_effective"},
        ],
        "notifications": [{"kind": "initial", "accepted": "2025-06-20", "from": "2025-07-01"}],
        "plans": [{"from": "2025-07-01", "states_home_use": True}],
        "readiness": [{"kind": kind, "from": "2025-01-01"} for kind in READY],
        "days": [
            *(
                {"date": on(day), "place": "home", "activity": "データ入力", "support": "助言"}
                for day in DAYS
            ),
            {"date": on(21), "place": "office"},
        ],
        "absences": [],
        "hospital_stays": [],
        "contacts": [
            {"at": f"{on(day)}T{clock}", "channel": "phone", "id": f"c-{day}-{clock[:2]}"}
            for day in DAYS
            for clock in ("10:00", "15:00")
        ],
        "daily_reports": [{"date": on(day)} for day in DAYS],
        "evaluations": [
            *({"date": on(day), "covers": ["weekly"], "means": "video"} for day in WEEKS),
            {"date": on(21), "covers": ["achievement"], "means": "commute"},
        ],
        "recordings": [
            {"date": on(day), "subject": "both", "media": "still", "secured": True} for day in DAYS
        ],
        "consents": [{"kind": "recording", "on": "2025-07-01"}],
        "inquiries": [],
        "emergencies": [],
        "life_support_days": [],
        "claimed_days": [{"date": on(day), "status": "use"} for day in [*DAYS, 21]],
        "coverage": {"evaluations": {"from": "2026-01-26", "through": "2026-03-08"}},
    }


def judged(document: Doc, **options: Any) -> Report:
    return check(Case.model_validate_json(json.dumps(document)), **options)


def broken(report: Report) -> dict[str, list[int]]:
    return {rule.code: [day.day for day in rule.days] for rule in report.rules if rule.status == "broken"}


def opened(report: Report) -> dict[str, list[int]]:
    return {rule.code: [day.day for day in rule.open_days] for rule in report.rules if rule.status == "open"}


def without(source: str, place: int) -> Doc:
    document = perfect()
    del document[source][place]
    return document


def removals() -> Iterator[tuple[str, int, dict[str, list[int]]]]:
    """Name each record or approval of the perfect month, and what its absence breaks: rule and days."""
    for place, day in enumerate(day for day in DAYS for _ in (1, 2)):
        yield "contacts", place, {"Z301": [day]}
    for place, day in enumerate(DAYS):
        yield "daily_reports", place, {"Z302": [day]}
        yield "claimed_days", place, {"Z702": [day]}
        yield "days", place, {"Z701": [day], "Z901": [day]}
    yield "claimed_days", len(DAYS), {"Z702": [21]}
    for place, week in enumerate(WEEKS.values()):
        yield "evaluations", place, {"Z401": week}
    yield "evaluations", len(WEEKS), {"Z402": DAYS}
    yield "approvals", 0, {"Z103": [*DAYS[:14], 21, *DAYS[14:]]}
    yield "approvals", 1, {"Z102": DAYS}
    yield "notifications", 0, {"Z104": DAYS}
    yield "plans", 0, {"Z105": DAYS}
    yield "consents", 0, {"Z305": DAYS}
    rules = ["Z201", "Z202", "Z203", "Z203", "Z206", "Z204", "Z205", "Z208", "Z211"]
    for place, code in enumerate(rules):
        yield "readiness", place, {code: DAYS}


def test_a_perfect_month_is_kept() -> None:
    report = judged(perfect())
    assert report.verdict == "kept"
    assert [day.day for day in report.claim.clear] == DAYS
    assert not broken(report)
    assert not opened(report)
    assert {rule.status for rule in report.rules} == {"kept", "idle", "not_run"}
    assert [rule.code for rule in report.rules] == list(CATALOGUE)


@pytest.mark.parametrize(("source", "place", "expected"), list(removals()))
def test_taking_one_record_away_breaks_exactly_that_rule_and_those_days(
    source: str, place: int, expected: dict[str, list[int]]
) -> None:
    report = judged(without(source, place))
    assert broken(report) == expected
    duties = {"payment", "duty"}
    is_broken = any(rule.severity in duties for rule in report.rules if rule.status == "broken")
    assert report.verdict == ("broken" if is_broken else "kept")


def test_taking_a_recording_away_leaves_the_day_open_between_the_readings_of_hitachi() -> None:
    report = judged(without("recordings", 3))
    assert opened(report) == {"Z304": [5]}
    assert report.rule("Z304").severity == "payment"
    assert report.rule("Z304").default_severity == "advice"
    assert report.verdict == "open"


def joint(means: str) -> Doc:
    """Let one evaluation on the 18th serve its week and the month, and no other do."""
    document = perfect()
    document["evaluations"] = [row for row in document["evaluations"] if row["date"] not in (on(20), on(21))]
    document["evaluations"].append({"date": on(18), "covers": ["weekly", "achievement"], "means": means})
    if means == "commute":
        document["days"].append({"date": on(18), "place": "office", "start": "15:30", "end": "16:30"})
        document["days"][DAYS.index(18)] |= {"start": "10:00", "end": "15:00"}
    return document


def test_one_visit_for_week_and_month_leaves_the_week_open_with_the_question_named() -> None:
    report = judged(joint("visit"))
    assert opened(report) == {"Z401": WEEKS[20]}
    assert not broken(report)
    assert report.verdict == "open"
    assert report.rule("Z402").status == "kept"
    (settle,) = report.rule("Z401").settle
    assert settle.kind == "question"
    assert "joint_visit" in settle.what.en
    assert "joint_visit" in settle.what.ja


def test_a_reading_settles_the_question() -> None:
    assert judged(joint("visit"), readings={"joint_visit": "true"}).verdict == "kept"
    assert broken(judged(joint("visit"), readings={"joint_visit": "false"})) == {"Z401": WEEKS[20]}


def test_one_commute_for_week_and_month_is_kept() -> None:
    report = judged(joint("commute"))
    assert report.verdict == "kept"
    assert not broken(report)


def test_a_month_whose_contacts_are_not_in_the_export_is_open_and_nothing_is_clear() -> None:
    document = perfect()
    del document["contacts"]
    report = judged(document)
    assert report.verdict == "open"
    assert report.claim.clear == ()
    assert [day.day for day in report.claim.open] == DAYS
    assert report.rule("Z301").status == "not_run"
    assert report.rule("Z301").missing == ("contacts",)
    assert report.rule("Z301").settle[0].kind == "record"


def test_the_running_month_says_what_is_due_and_when() -> None:
    document = perfect()
    document["planned_days"] = [{"date": on(day), "place": "home"} for day in DAYS if day >= 18]
    for source in ("days", "contacts", "daily_reports", "evaluations", "recordings", "claimed_days"):
        document[source] = [
            row for row in document[source] if row.get("date", row.get("at", ""))[:10] < on(18)
        ]
    del document["coverage"]
    document["days"].append({"date": on(18), "place": "home", "activity": "データ入力", "support": "助言"})
    report = judged(document, as_of=date(2026, 2, 18))
    assert report.verdict == "open"
    assert report.due is not None
    assert due(Case.model_validate(document), date(2026, 2, 18)) == report.due
    found = [(entry.code, entry.missing, entry.by.day) for entry in report.due]
    assert found == [
        ("Z301", 2, 18),
        ("Z302", 1, 18),
        ("Z304", 1, 18),
        ("Z401", 1, 20),
        ("Z401", 1, 27),
        ("Z402", 1, 27),
    ]
    assert {settle.kind for settle in report.rule("Z402").settle} == {"wait"}
    assert judged(perfect(), as_of=date(2026, 3, 2)).due is None


def test_a_waiver_takes_the_month_out_of_the_finding() -> None:
    document = without("evaluations", 4)
    document["waivers"] = [
        {
            "rule": "Z402",
            "from": "2026-02-01",
            "to": "2026-02-28",
            "authority": "日立市",
            "document": "D-1",
            "reason": "感染症",
        }
    ]
    report = judged(document)
    assert report.verdict == "kept"
    assert report.rule("Z402").status == "waived"
    assert [day.day for day in report.rule("Z402").waived_days] == DAYS
    document["waivers"][0]["to"] = "2026-02-10"
    assert broken(judged(document)) == {"Z402": [day for day in DAYS if day > 10]}


def test_evidence_names_the_records_and_counts_them() -> None:
    (found,) = judged(without("contacts", 7)).rule("Z301").found
    assert found.model_dump(mode="json") == {"date": on(5), "records": ["c-5-10"], "count": 1, "needed": 2}


def test_the_report_survives_being_written_and_read() -> None:
    report = judged(without("contacts", 7))
    again = Report.model_validate_json(report.to_json())
    assert again.to_json() == report.to_json()
    assert again.receipt.case_sha256 == report.receipt.case_sha256
    assert "due" not in json.loads(judged(perfect(), as_of=date(2026, 4, 1)).to_json())


def test_the_receipt_hashes_the_document_as_parsed() -> None:
    document = perfect()
    text = json.dumps(document, ensure_ascii=True, indent=3)
    by_text, by_objects = Case.model_validate_json(text), Case.model_validate(document)
    assert by_text.sha256 == by_objects.sha256 == judged(document).receipt.case_sha256
    other = copy.deepcopy(document)
    other["user"]["municipality"] = "08202"
    assert Case.model_validate(other).sha256 != by_text.sha256
    assert by_text.model_copy(update={"month": "2026-03"}).sha256 != by_text.sha256
    assert by_text.model_copy().sha256 == by_text.sha256


def test_a_selection_judges_what_was_asked_for_and_says_so() -> None:
    report = judged(without("contacts", 0), select=["Z3", "Z401"], ignore=["Z301"])
    assert report.verdict == "kept"
    assert report.rule("Z301").status == "not_run"
    assert report.rule("Z102").status == "not_run"
    assert "a selection of rules was asked for" in report.receipt.notes


def test_notes_name_what_was_not_looked_at() -> None:
    document = perfect()
    document["provider"]["municipality"] = "132128"
    document["readiness"].append({"kind": "area_agreement", "from": "2025-01-01"})
    del document["life_support_days"]
    document["contacts"].append({"at": "2026-05-01T10:00", "channel": "phone"})
    report = judged(document, as_of=date(2026, 2, 27))
    notes = " / ".join(report.receipt.notes)
    for expected in (
        "days to come not judged",
        "provider's municipality 132128",
        "Z504 (life_support_days)",
        "not read: 1",
        "082023-hitachi holds from 2026-02-02",
    ):
        assert expected in notes
    assert len(report.receipt.notes) == len(report.receipt.notes_ja)
    elsewhere = perfect()
    elsewhere["user"]["municipality"] = "222143"
    assert "no overlay known for 222143, national rules only" in judged(elsewhere).receipt.notes


def test_evidence_counts_by_the_numbers_of_each_day(tmp_path: Path) -> None:
    path = tmp_path / "house.toml"
    path.write_text(
        '[overlay]\nid = "test"\noffice = true\nname.ja = "試験"\nname.en = "test"\n'
        '[[set]]\nparameter = "evaluations_per_week"\nvalue = 2\nfrom = 2026-02-12\nclause = "mhlw.o"\n',
        encoding="utf-8",
    )
    report = judged(without("evaluations", 1), overlays=[path])
    needed = {found.date.day: found.needed for found in report.rule("Z401").found}
    assert needed[10] == 1
    assert needed[12] == 2


def test_an_act_still_to_do_names_its_last_day() -> None:
    document = perfect()
    for source in ("contacts", "daily_reports"):
        document[source] = [
            row for row in document[source] if row.get("date", row.get("at", ""))[:10] < on(27)
        ]
    document["as_of"] = on(27)
    (mend,) = [mend for mend in judged(document).rule("Z302").mend if mend.kind == "do"]
    assert mend.by == date(2026, 2, 27)


def test_half_a_record_of_the_day_counts_for_nothing() -> None:
    document = perfect()
    document["days"][3]["support"] = " "
    (found,) = judged(document).rule("Z303").found
    assert (found.count, found.needed) == (0, 1)


def test_a_satellite_office_is_a_place_too() -> None:
    document = perfect()
    document["days"][3]["place"] = "satellite"
    document["days"].append({"date": on(5), "place": "office"})
    assert broken(judged(document)) == {"Z902": [5]}


def test_a_window_in_which_the_law_changes_is_due_once(tmp_path: Path) -> None:
    path = tmp_path / "house.toml"
    path.write_text(
        '[overlay]\nid = "test"\noffice = true\nname.ja = "試験"\nname.en = "test"\n'
        '[[set]]\nparameter = "evaluations_per_week"\nvalue = 2\nfrom = 2026-02-18\nclause = "mhlw.o"\n',
        encoding="utf-8",
    )
    document = perfect()
    document["as_of"] = on(18)
    document["planned_days"] = [{"date": on(20), "place": "home"}]
    document["evaluations"] = document["evaluations"][:2]
    found = [entry for entry in judged(document, overlays=[path]).due or () if entry.window.to.day == 22]
    assert [(entry.code, entry.missing) for entry in found] == [("Z401", 2)]


def test_the_receipt_admits_where_the_library_is_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> str:
        raise PackageNotFoundError(name)

    monkeypatch.setattr("importlib.metadata.version", missing)
    receipt.library.cache_clear()
    try:
        assert judged(perfect()).receipt.library == "unknown"
    finally:
        receipt.library.cache_clear()

"""What the file said on a day: records that came later are left aside, silent ones perhaps were there."""

import random
from datetime import date, timedelta
from typing import Any

import pytest

from brute import random_call, random_document
from test_brute_force import EXAMPLES, arguments
from zaitaku_rules import Case, Report, check

TIMED = ("contacts", "daily_reports", "evaluations")
EVENTS = (
    *TIMED,
    "days",
    "absences",
    "recordings",
    "inquiries",
    "emergencies",
    "submissions",
    "life_support_days",
    "claimed_days",
)
MONTHS = EXAMPLES or 300


def day_of(row: dict[str, Any]) -> date:
    """Return the day of an event row (of the generator: ISO, Japan time)."""
    return date.fromisoformat(str(row.get("date") or row.get("at") or row.get("on"))[:10])


def recorded(row: dict[str, Any]) -> date | None:
    return date.fromisoformat(row["recorded_at"][:10]) if row.get("recorded_at") else None


def timed(document: dict[str, Any], rng: random.Random, *, silent: float = 0.0) -> dict[str, Any]:
    """Return a document whose contacts, reports and evaluations mostly say when they were recorded."""
    told = dict(document)
    for source in TIMED:
        if document.get(source) is not None:
            told[source] = [_timed(row, rng, silent) for row in document[source]]
    return told


def _timed(row: dict[str, Any], rng: random.Random, silent: float) -> dict[str, Any]:
    if rng.random() < silent:
        return {name: value for name, value in row.items() if name != "recorded_at"}
    day = day_of(row) + timedelta(days=rng.choice([0, 0, 0, 1, 2, 9, 30]))
    return {**row, "recorded_at": day.isoformat()}


def as_it_was(document: dict[str, Any], known_at: date, *, silent: bool = True) -> dict[str, Any]:
    """Return the document as it stood at the end of a day, with silent rows or without."""
    found = dict(document)
    for source in EVENTS:
        if document.get(source) is not None:
            found[source] = [
                row
                for row in document[source]
                if day_of(row) <= known_at
                and (recorded(row) or known_at) <= known_at
                and (silent or source not in TIMED or recorded(row))
            ]
    return found


def judged(report: Report) -> dict[str, Any]:
    fields = ("status", "days", "open_days", "waived_days", "judged_days")
    rules = {rule.code: {field: getattr(rule, field) for field in fields} for rule in report.rules}
    return {"as_of": report.as_of, "verdict": report.verdict, "rules": rules, "claim": report.claim}


def asked(seed: int, *, silent: float = 0.0) -> tuple[dict[str, Any], dict[str, Any], date]:
    """Return a random month, a call and a day of knowledge in or after the month."""
    rng = random.Random(seed)
    document = random_document(rng)
    call = arguments(random_call(rng, document))
    first = date.fromisoformat(f"{document['month']}-01")
    return timed(document, rng, silent=silent), call, first + timedelta(days=rng.randint(0, 45))


@pytest.mark.parametrize("batch", range(6))
def test_it_is_the_file_as_it_stood_then(batch: int) -> None:
    for seed in range(batch, MONTHS, 6):
        document, call, known_at = asked(seed)
        found = check(Case.model_validate(document), known_at=known_at, **call)
        then = as_it_was(document, known_at)
        asked_on: dict[str, Any] = {**call, "as_of": found.as_of}
        if found.as_of > known_at:
            continue
        again = check(Case.model_validate(then), **asked_on)
        assert judged(found) == judged(again), f"seed {seed}"


@pytest.mark.parametrize("batch", range(6))
def test_what_is_definite_holds_with_and_without_silent_records(batch: int) -> None:
    for seed in range(batch, MONTHS, 6):
        document, call, known_at = asked(seed, silent=0.5)
        found = check(Case.model_validate(document), known_at=known_at, **call)
        if found.as_of > known_at:
            continue
        for silent in (True, False):
            then = as_it_was(document, known_at, silent=silent)
            asked_then: dict[str, Any] = {**call, "as_of": found.as_of}
            again = check(Case.model_validate(then), **asked_then)
            for rule, other in zip(found.rules, again.rules, strict=True):
                if rule.code == "Z906":
                    continue
                where = f"seed {seed} {rule.code} silent {silent}"
                assert set(rule.days) <= {*other.days, *other.waived_days}, where
                assert set(other.days) <= {*rule.days, *rule.open_days, *rule.waived_days}, where
                if rule.status in ("kept", "broken"):
                    assert other.status in (rule.status, "waived", "idle"), where


def report_of(
    reports: list[dict[str, Any]], known_at: date | None = None, as_of: date | None = None
) -> Report:
    document = {
        "schema": "zaitaku-case/1",
        "month": "2026-02",
        "user": {"id": "U", "municipality": "131016"},
        "provider": {"number": "0812300010", "service": "continuation_b"},
        "days": [{"date": "2026-02-05", "place": "home"}, {"date": "2026-02-06", "place": "home"}],
        "daily_reports": reports,
    }
    return check(Case.model_validate(document), known_at=known_at, as_of=as_of)


LATE = [
    {"date": "2026-02-05", "recorded_at": "2026-02-05"},
    {"date": "2026-02-06", "recorded_at": "2026-02-20T09:00"},
]


def test_a_report_written_later_was_missing_then() -> None:
    assert report_of(LATE).rule("Z302").status == "kept"
    then = report_of(LATE, date(2026, 2, 19))
    assert then.as_of == then.receipt.known_at == date(2026, 2, 19)
    assert then.rule("Z302").days == (date(2026, 2, 6),)
    assert report_of(LATE, date(2026, 2, 20)).rule("Z302").status == "kept"
    assert "1 later rows left aside" in " ".join(then.receipt.notes)


def test_late_entries_are_named() -> None:
    late = report_of(LATE).rule("Z904")
    assert late.days == (date(2026, 2, 6),)
    assert late.found[0].records == ("daily_reports[1]",)


def test_a_report_that_does_not_say_when_leaves_it_open() -> None:
    then = report_of([{"date": "2026-02-05"}, {"date": "2026-02-06"}], date(2026, 3, 10))
    assert then.rule("Z302").status == "open"
    assert then.as_of == date(2026, 3, 1)
    assert "2 contacts, reports and evaluations without recorded_at" in " ".join(then.receipt.notes)


def test_asked_on_a_later_day_than_is_known_it_does_not_guess() -> None:
    then = report_of(LATE, date(2026, 2, 5), date(2026, 3, 1))
    assert then.as_of == date(2026, 3, 1)
    assert then.rule("Z302").status == "open"


def test_records_from_the_future_are_named() -> None:
    rows = [{"date": "2026-02-06", "recorded_at": "2026-02-05"}, {"date": "2027-02-05", "id": "r-9"}]
    found = report_of(rows, as_of=date(2026, 3, 1)).rule("Z906")
    assert [one.date for one in found.found] == [date(2026, 2, 6), date(2027, 2, 5)]
    assert [one.records for one in found.found] == [("daily_reports[0]",), ("r-9",)]


def test_what_settles_it_is_when_the_rows_were_recorded() -> None:
    then = report_of([{"date": "2026-02-05"}, {"date": "2026-02-06"}], date(2026, 3, 10))
    (way,) = then.rule("Z302").settle
    assert (way.kind, way.source) == ("record", "daily_reports")
    assert way.days == (date(2026, 2, 5), date(2026, 2, 6))
    assert "recorded_at" in way.what.en


def test_of_contacts_too() -> None:
    contacts = [{"at": f"2026-02-05T{hour}:00", "channel": "phone"} for hour in (10, 15)]
    document = {
        "schema": "zaitaku-case/1",
        "month": "2026-02",
        "user": {"id": "U", "municipality": "131016"},
        "provider": {"number": "0812300010", "service": "continuation_b"},
        "days": [{"date": "2026-02-05", "place": "home"}],
        "contacts": contacts,
    }
    (way,) = check(Case.model_validate(document), known_at=date(2026, 3, 10)).rule("Z301").settle
    assert "fill in recorded_at" in way.what.en
    assert "answered" not in way.what.en


def test_a_record_handed_in_later_was_not_handed_in_then() -> None:
    document = {
        "schema": "zaitaku-case/1",
        "month": "2025-10",
        "user": {"id": "U", "municipality": "272205"},
        "provider": {"number": "0812300010", "service": "continuation_b"},
        "days": [{"date": "2025-10-06", "place": "home"}],
        "submissions": [{"kind": "monthly_record", "month": "2025-10", "on": "2025-11-10"}],
    }
    case = Case.model_validate(document)
    late = date(2025, 11, 20)
    assert check(case, as_of=late).rule("Z601").status == "kept"
    assert check(case, as_of=late, known_at=date(2025, 11, 9)).rule("Z601").status == "open"


def test_a_silent_row_perhaps_makes_a_visit_a_joint_one() -> None:
    told = {"date": "2026-02-05", "means": "visit", "covers": ["weekly"], "recorded_at": "2026-02-05"}
    silent = {"date": "2026-02-05", "means": "visit", "covers": ["achievement"]}
    document = {
        "schema": "zaitaku-case/1",
        "month": "2026-02",
        "user": {"id": "U", "municipality": "131016"},
        "provider": {"number": "0812300010", "service": "continuation_b"},
        "days": [{"date": "2026-02-05", "place": "home"}],
        "evaluations": [told, silent],
    }
    case = Case.model_validate(document)
    apart = {"joint_visit": "false"}
    assert check(case, readings=apart).rule("Z401").status == "broken"
    assert check(case, known_at=date(2026, 3, 10), readings=apart).rule("Z401").status == "open"

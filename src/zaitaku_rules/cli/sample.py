"""The sample month of `zaitaku demo`: one broken day, one open week, the rest kept."""

from __future__ import annotations

from typing import Any

SAMPLE_NAME = "zaitaku-demo.json"

_AS_OF = 27
_HOME = (2, 3, 4, 5, 6, 9, 10, 12, 16, 17, 18, 19, 20, 24, 25, 26)
_OFFICE = 13
_READY = (
    "operating_rules",
    "work_menu",
    "emergency_response",
    "emergency_procedure",
    "emergency_arrival",
    "on_request_support",
    "record_submission",
    "home_environment_check",
    "confidential_workplace",
)


def _day(day: int) -> str:
    return f"2026-02-{day:02d}"


def sample() -> dict[str, Any]:
    """Return the sample month as a case document: February 2026 as of the 27th.

    On the 5th there is only one contact, and the week of the 23rd has no evaluation so far.
    """
    return {
        "schema": "zaitaku-case/1",
        "month": "2026-02",
        "as_of": _day(_AS_OF),
        "user": {
            "id": "U-001",
            "municipality": "082023",
            "birth_date": "1990-01-01",
            "wish": {"on": "2025-06-10", "reason": "通所の疲れが大きく、自宅で働きたい"},
        },
        "provider": {"number": "0812300010", "service": "continuation_b", "municipality": "082023"},
        **_papers(),
        **_records(),
    }


def _papers() -> dict[str, Any]:
    year = {"from": "2025-07-01", "to": "2026-06-30"}
    return {
        "approvals": [
            {"kind": "decision", **year},
            {"kind": "home_use", **year, "ground": "support_effective", "on_certificate": True},
        ],
        "notifications": [
            {"kind": "initial", "submitted": "2025-06-12", "accepted": "2025-06-20", "from": "2025-07-01"}
        ],
        "plans": [{**year, "states_home_use": True, "user_signed": True}],
        "readiness": [{"kind": kind, "from": "2025-04-01"} for kind in _READY],
        "consents": [{"kind": "recording", "on": "2025-07-01"}],
        "hospital_stays": [],
        "waivers": [],
    }


def _records() -> dict[str, Any]:
    contacts = [(day, clock) for day in _HOME for clock in ("09:30", "15:30") if (day, clock) != (5, "15:30")]
    return {
        "days": [_use(day) for day in sorted((*_HOME, _OFFICE))],
        "planned_days": [{"date": _day(_AS_OF), "place": "home"}],
        "absences": [{"date": _day(11), "addition_claimed": False}],
        "contacts": [
            {"at": f"{_day(day)}T{clock}", "channel": "phone", "id": f"c-{day:02d}-{clock[:2]}"}
            for day, clock in contacts
        ],
        "daily_reports": [{"date": _day(day)} for day in _HOME],
        "evaluations": [
            {"date": _day(6), "covers": ["weekly"], "means": "video"},
            {"date": _day(_OFFICE), "covers": ["weekly", "achievement"], "means": "commute"},
            {"date": _day(20), "covers": ["weekly"], "means": "phone"},
        ],
        "recordings": [
            {"date": _day(day), "subject": "both", "media": "still", "secured": True} for day in _HOME
        ],
        "inquiries": [],
        "emergencies": [],
        "life_support_days": [],
    }


def _use(day: int) -> dict[str, str]:
    row = {"date": _day(day), "start": "10:00", "end": "15:00"}
    if day == _OFFICE:
        return {**row, "place": "office"}
    return {
        **row,
        "place": "home",
        "activity": "データ入力",
        "support": "進み具合を確かめ、入力の誤りを助言した",
    }

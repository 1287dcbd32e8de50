"""The month that is measured: one user, 18 days at home and all that they ask for, as a case document."""

from __future__ import annotations

import json
from typing import Any

from zaitaku_rules import Case, check

NATIONAL = "222143"
"""A city that ships no overlay, so that the national rules alone judge it."""

HITACHI = "082023"
"""A city whose overlay asks for recordings and an accepted notification."""

_MONTH = "2026-02"
_ASSESSED = 13
_WEEKLY = (6, 12, 20, 27)
_HOLIDAYS = (11,)
_YEAR = {"from": "2025-07-01", "to": "2026-06-30"}
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
_EMPTY = (
    "absences",
    "hospital_stays",
    "inquiries",
    "emergencies",
    "submissions",
    "life_support_days",
    "waivers",
)


def _date(day: int) -> str:
    return f"{_MONTH}-{day:02d}"


def _home() -> list[int]:
    """Return the 18 days at home: the weekdays of February 2026 but for a holiday and the office day."""
    weekdays = [day for day in range(1, 29) if day % 7 not in (0, 1)]
    return [day for day in weekdays if day not in (*_HOLIDAYS, _ASSESSED)]


def month(municipality: str = NATIONAL) -> dict[str, Any]:
    """Return the month as a document of `zaitaku-case/1`; at Hitachi with recordings and a notification."""
    document: dict[str, Any] = {
        "schema": "zaitaku-case/1",
        "month": _MONTH,
        "user": {
            "id": "U-001",
            "municipality": municipality,
            "name": "見本 花子",
            "birth_date": "1990-04-01",
            "wish": {"on": "2025-06-10", "reason": "通所の疲れが大きく、自宅で働きたい"},
        },
        "provider": {
            "number": "0812300010",
            "service": "continuation_b",
            "municipality": municipality,
            "menu": ["データ入力"],
        },
        **_papers(),
        **_records(),
        **{name: [] for name in _EMPTY},
    }
    return document if municipality != HITACHI else {**document, **_for_hitachi()}


def _papers() -> dict[str, Any]:
    home_use = {"ground": "support_effective", "on_certificate": True}
    return {
        "approvals": [{"kind": "decision", **_YEAR}, {"kind": "home_use", **_YEAR, **home_use}],
        "notifications": [],
        "plans": [{**_YEAR, "states_home_use": True, "user_signed": True}],
        "readiness": [{"kind": kind, "from": "2025-04-01"} for kind in _READY],
        "assessments": [{"on": "2025-06-20", "cautions": []}],
        "consents": [],
    }


def _records() -> dict[str, Any]:
    home = _home()
    weekly = [{"date": _date(day), "covers": ["weekly"], "means": "video"} for day in _WEEKLY]
    return {
        "days": [_use(day) for day in sorted((*home, _ASSESSED))],
        "contacts": [
            {"at": f"{_date(day)}T{hour}:30", "channel": "phone", "by": "staff", "id": f"c-{day:02d}-{hour}"}
            for day in home
            for hour in ("09", "15")
        ],
        "daily_reports": [{"date": _date(day), "recorded_at": f"{_date(day)}T16:00"} for day in home],
        "evaluations": [
            *weekly,
            {"date": _date(_ASSESSED), "covers": ["achievement"], "means": "commute"},
        ],
        "recordings": [],
        "claimed_days": [{"date": _date(day), "status": "use"} for day in sorted((*home, _ASSESSED))],
    }


def _use(day: int) -> dict[str, str]:
    row = {"date": _date(day), "start": "10:00", "end": "15:00", "activity": "データ入力"}
    if day == _ASSESSED:
        return {**row, "place": "office"}
    return {**row, "place": "home", "support": "進み具合を確かめ、入力の誤りを助言した"}


def _for_hitachi() -> dict[str, Any]:
    return {
        "notifications": [
            {"kind": "initial", "submitted": "2025-06-12", "accepted": "2025-06-20", "from": "2025-07-01"}
        ],
        "consents": [{"kind": "recording", "on": "2025-07-01"}],
        "recordings": [
            {"date": _date(day), "subject": "both", "media": "still", "secured": True} for day in _home()
        ],
    }


def broken_month() -> dict[str, Any]:
    """Return the national month with each of the four compared duties broken.

    Two days lack a contact, one day its report, the second week its evaluation, the month its assessment.
    """
    document = month()
    lost = (f"{_date(5)}T15:30", f"{_date(18)}T09:30")
    document["contacts"] = [row for row in document["contacts"] if row["at"] not in lost]
    document["daily_reports"] = [row for row in document["daily_reports"] if row["date"] != _date(24)]
    weekly = [row for row in document["evaluations"] if row["covers"] == ["weekly"]]
    document["evaluations"] = [row for row in weekly if row["date"] != _date(_WEEKLY[1])]
    return document


def text_of(document: dict[str, Any]) -> str:
    """Return the JSON text of a document."""
    return json.dumps(document, ensure_ascii=False)


def typical_texts() -> dict[str, str]:
    """Return the JSON texts of the typical month, nationally and at Hitachi; both are kept."""
    texts = {"national": text_of(month(NATIONAL)), "Hitachi": text_of(month(HITACHI))}
    for place, text in texts.items():
        report = check(Case.model_validate_json(text))
        assert report.verdict == "kept", f"the typical month is {report.verdict} ({place})"
        assert len(report.claim.home_days) == 18, "the typical month has 18 days at home"
    return texts

"""What may be added to a list on one day, by ways of filling it; `{}` in a text stands for the day."""

from datetime import date, datetime, timedelta
from typing import Any

Doc = dict[str, Any]

WEEKLY, ACHIEVEMENT = "weekly", "achievement"
BOTH = [WEEKLY, ACHIEVEMENT]


def _evaluation(covers: list[str], means: str) -> Doc:
    return {"date": "{}", "covers": covers, "means": means}


def _call(clock: str, channel: str = "phone") -> Doc:
    return {"at": "{}" + f"T{clock}", "channel": channel}


ACTS: dict[str, dict[str, list[Doc]]] = {
    "absences": {
        "plain": [{"date": "{}", "addition_claimed": False}],
        "claimed": [{"date": "{}", "addition_claimed": True}],
    },
    "contacts": {
        "spread": [_call("07:01"), _call("12:31"), _call("19:59")],
        "visits": [_call("07:01", "visit"), _call("12:31", "visit"), _call("19:59", "visit")],
        "close": [_call("12:00"), _call("12:10")],
        "one_way": [_call("07:01", "one_way"), _call("19:59", "one_way")],
    },
    "daily_reports": {
        "plain": [{"date": "{}"}],
        "timely": [{"date": "{}", "recorded_at": "{}"}],
        "late": [{"date": "{}", "recorded_at": "{40}"}],
    },
    "evaluations": {
        "full": [
            _evaluation(BOTH, "commute"),
            _evaluation([WEEKLY], "phone"),
            _evaluation([ACHIEVEMENT], "visit"),
        ],
        "visit": [_evaluation(BOTH, "visit")],
        "phone": [_evaluation([WEEKLY], "phone")],
        "commute": [_evaluation(BOTH, "commute")],
    },
    "recordings": {
        "secured": [{"date": "{}", "subject": "both", "media": "video", "secured": True}],
        "unsecured": [{"date": "{}", "subject": "both", "media": "video", "secured": False}],
    },
    "inquiries": {"answered": [{"at": "{}", "answered_at": "{}"}], "unanswered": [{"at": "{}"}]},
    "emergencies": {
        "attended": [{"at": "{}", "attended_at": "{}", "attended_by": "staff"}],
        "unattended": [{"at": "{}"}],
    },
    "life_support_days": {"claimed": [{"date": "{}", "claimed": True}]},
    "claimed_days": {
        "use": [{"date": "{}", "status": "use"}],
        "match": [{"date": "{}", "status": "use"}],
        "absence_addition": [{"date": "{}", "status": "absence_addition"}],
    },
}
"""For each list the ways to fill a day. `match` fills days of use only."""


def contacts_near(day: date, there: list[Doc]) -> list[Doc]:
    """Make contacts close together, and close to the first that is there and counts."""
    noon = datetime(day.year, day.month, day.day, 12)
    counting = [row for row in there if row.get("by") != "user" or row.get("answered") is True]
    around = sorted(row["at"] for row in counting) or [noon]
    near = [around[0] + timedelta(minutes=minutes) for minutes in (1, 2)]
    return [{"at": at.isoformat(timespec="minutes"), "channel": "mail"} for at in near if at.date() == day]

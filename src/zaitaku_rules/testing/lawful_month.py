"""The lawful month from which a case differs: written in the notation itself."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, get_args

from dateutil.relativedelta import relativedelta

from zaitaku_rules.days import Calendar
from zaitaku_rules.records.papers import Readiness
from zaitaku_rules.testing.day_lists import NONE, day_list
from zaitaku_rules.testing.tracks import ACTIVITY

HOME_DAYS = 18
WIDER_SINCE = "2020-07"
"""The first whole month in which any means serves the weekly evaluation and any effect is a ground."""

_READY = get_args(Readiness.model_fields["kind"].annotation)


def lawful_days(calendar: Calendar, home: list[date] | None, as_of: date | None) -> dict[str, str]:
    """Return the days of use: 18 weekdays at home, and the next free weekday at the office."""
    weekdays = [day for day in _days(calendar) if day.weekday() < 5 and (as_of is None or day < as_of)]
    at_home = weekdays[:HOME_DAYS] if home is None else home
    free = [day for day in weekdays if day not in at_home]
    return {"home": day_list(at_home), "office": day_list(free[:1])}


def lawful_rest(
    calendar: Calendar, home: list[date], office: list[date], as_of: date | None
) -> dict[str, Any]:
    """Return the records that days at home and at the office ask for, and all papers."""
    done, there = ([day for day in days if as_of is None or day < as_of] for days in (home, office))
    means = "video" if calendar.name >= WIDER_SINCE else "visit"
    return {
        "contact": day_list(done, "x2"),
        "report": day_list(done),
        "recording": day_list(done),
        "weekly": {means: day_list(_last_of_weeks(calendar, done))},
        "achievement": {"commute": day_list(there[:1])},
        "claim": day_list(sorted({*done, *there})),
        **dict.fromkeys(("absence", "inquiry", "emergency", "submission", "life_support", "hospital"), NONE),
        **_papers(calendar),
    }


def _papers(calendar: Calendar) -> dict[str, Any]:
    begin = calendar.first - relativedelta(months=7)
    year = f"{begin}~{begin + relativedelta(months=12, days=-1)}"
    wish = begin - relativedelta(months=2)
    return {
        "wish": wish.isoformat(),
        "assessment": wish.isoformat(),
        "decision": year,
        "home_use": {"support_effective" if calendar.name >= WIDER_SINCE else "commuting_difficult": year},
        "notification": f"{begin}~",
        "plan": f"{begin}~",
        "consent": f"{begin}~",
        "readiness": dict.fromkeys(_READY, f"{begin}~"),
    }


def lawful_people(municipality: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return what is known of the user and of the provider."""
    return {"birth_date": "1990-04-01"}, {"municipality": municipality, "menu": [ACTIVITY]}


def _days(calendar: Calendar) -> list[date]:
    return [calendar.first + timedelta(days=step) for step in range(calendar.length)]


def _last_of_weeks(calendar: Calendar, home: list[date]) -> list[date]:
    """Return the last home day of each week, so that Monday weeks and Sunday weeks all hold one."""
    found: list[date] = []
    for mask in (*calendar.weeks("monday").masks, *calendar.weeks("sunday").masks):
        inside = [day for day in home if calendar.bit(day) & mask]
        if inside and not any(calendar.bit(day) & mask for day in found):
            found.append(inside[-1])
    return sorted(found)

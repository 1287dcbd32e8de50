"""The service records (J611) of a month: for each person one record 01 and a row a day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from zaitaku_rules.testing.kokuhoren.month import Day, OfficeMonth, Person
from zaitaku_rules.testing.kokuhoren.rows import BillingFile, Row

_TOTALS = {
    "medical_cooperation": "medical_cooperation",
    "trial_use": "trial_use",
    "commuting_training": "commuting_training",
    "planning_meeting": "planning_meetings",
    "community_cooperation": "community_cooperation",
    "intensive_support": "intensive_support",
    "emergency_admission": "emergency_admission",
}
"""Which item of the record 01 counts which item of the rows."""


def records_file(month: OfficeMonth) -> BillingFile:
    """Return the J61 file of a month."""
    rows = [
        row
        for municipality in month.municipalities()
        for person in month.people
        if person.municipality == municipality
        for row in sheet(month, person)
    ]
    return BillingFile("J61", month.office, month.processing_month(), tuple(rows))


def sheet(month: OfficeMonth, person: Person) -> list[Row]:
    """Return the rows of one person's service record."""
    key = {
        "month": month.month,
        "municipality": person.municipality,
        "office": month.office,
        "person": person.certificate,
        "form": person.form,
    }
    return [
        Row("J611-01", key | _sums(month, person)),
        *(Row("J611-02", key | _row(day)) for day in person.days),
    ]


def _row(day: Day) -> dict[str, str]:
    if day.place == "absent":
        return {"day": f"{day.day:02}", "status": "8", "remarks": day.remarks}
    return {
        "day": f"{day.day:02}",
        "start": day.start,
        "end": day.end,
        "transport_out": _set(day.transport_out),
        "transport_back": _set(day.transport_back),
        "meal": _set(day.meal),
        "offsite": _set(day.offsite),
        "visit_hours": day.visit_hours,
        "visit_counted": day.visit_hours and ("1" if int(day.visit_hours) < 100 else "2"),
        "remarks": day.remarks or _spoken(day),
        **dict(day.extra),
    }


def _spoken(day: Day) -> str:
    if day.place != "home":
        return ""
    return "在宅利用（在宅時生活支援）" if day.life_support else "在宅利用"


def _sums(month: OfficeMonth, person: Person) -> dict[str, str]:
    offsite, visits = (
        _count(person, lambda day: day.offsite),
        _count(person, lambda day: bool(day.visit_hours)),
    )
    extra = [slug for day in person.days for slug, _ in day.extra]
    return {
        "transport_trips": _set(sum(day.transport_out + day.transport_back for day in person.days)),
        "meals": _set(_count(person, lambda day: day.meal)),
        "visits": _set(visits),
        "visits_claimed": _set(visits),
        "offsite_days": _set(offsite),
        "offsite_days_to_date": _set(person.offsite_before + offsite if offsite else 0),
        **{total: _set(extra.count(slug)) for slug, total in _TOTALS.items()},
        **({"intensive_support_begin": f"{month.month}01"} if "intensive_support" in extra else {}),
        **(_initial(month, person) if person.initial else {}),
    }


def _initial(month: OfficeMonth, person: Person) -> dict[str, str]:
    """Return the items of 初期加算: 30 days from the first day on."""
    begin = date(int(person.begin[:4]), int(person.begin[4:6]), int(person.begin[6:]))
    last = begin + timedelta(days=29)
    first = f"{begin:%Y%m%d}"
    counted = [day for day in person.used() if first <= f"{month.month}{day.day:02}" <= f"{last:%Y%m%d}"]
    return {
        "initial_begin": first,
        "initial_day_30": f"{last:%Y%m%d}",
        "initial_days": _set(len(counted)),
    }


def _count(person: Person, holds: Callable[[Day], bool]) -> int:
    return sum(1 for day in person.days if holds(day))


def _set(number: int) -> str:
    return str(int(number)) if number else ""

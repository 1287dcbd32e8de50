"""The office's rows as documents of the case format: a few queries for a month, however many users."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from dateutil.relativedelta import relativedelta
from django.db.models import Prefetch, QuerySet

from homeuse.models import (
    Absence,
    Approval,
    Consent,
    Contact,
    DailyReport,
    Evaluation,
    HospitalStay,
    Notification,
    OfUser,
    Plan,
    Recording,
    ServiceUser,
    UseDay,
)

LISTS: dict[str, type[OfUser]] = {
    "approvals": Approval,
    "notifications": Notification,
    "plans": Plan,
    "days": UseDay,
    "absences": Absence,
    "hospital_stays": HospitalStay,
    "contacts": Contact,
    "daily_reports": DailyReport,
    "evaluations": Evaluation,
    "recordings": Recording,
    "consents": Consent,
}
"""The lists of a user that this office keeps. One that it does not keep is left out: unknown, not empty."""

EVENTS = {
    "days": "date",
    "absences": "date",
    "contacts": "at__date",
    "daily_reports": "date",
    "evaluations": "date",
    "recordings": "date",
}
"""The lists of what happened on a day, and the day."""

READINESS = "provider__readiness_rows"


def span(month: str) -> tuple[date, date]:
    """Return the days of which a month's judgement may speak: all weeks that touch it."""
    first = date.fromisoformat(f"{month}-01")
    return first - timedelta(days=6), first + relativedelta(months=1, days=5)


def users_of(month: str) -> QuerySet[ServiceUser]:
    """Return those who used the service in a month, with all that their cases need."""
    rows = (Prefetch(related(model), near(name, month)) for name, model in LISTS.items())
    begin = date.fromisoformat(f"{month}-01")
    used = UseDay.objects.filter(date__range=(begin, begin + relativedelta(day=31))).values("user")
    found = ServiceUser.objects.filter(pk__in=used).order_by("code").select_related("provider")
    return found.prefetch_related(READINESS, *rows)


def near(name: str, month: str) -> QuerySet[Any]:
    """Return the rows of a list of which a month's case needs to know: of papers all."""
    rows = LISTS[name].objects.all()
    return rows.filter(**{f"{EVENTS[name]}__range": span(month)}) if name in EVENTS else rows


def documents(month: str, as_of: date) -> Iterator[tuple[ServiceUser, dict[str, Any]]]:
    """Return a document for each user of a month."""
    for user in users_of(month):
        yield user, document(user, month, as_of)


def document(user: ServiceUser, month: str, as_of: date) -> dict[str, Any]:
    """Return the case of a user that `users_of` gave."""
    first, last = span(month)
    return {
        "schema": "zaitaku-case/1",
        "month": month,
        "as_of": as_of.isoformat(),
        # The office's books are complete up to the day of the question, beyond the month too.
        "coverage": {name: {"from": first.isoformat(), "through": last.isoformat()} for name in EVENTS},
        "user": {
            "id": user.code,
            "municipality": user.municipality,
            "wish": {"on": user.wish_on.isoformat()} if user.wish_on else {},
        },
        "provider": {
            "number": user.provider.number,
            "service": user.provider.service,
            "municipality": user.provider.municipality,
        },
        "readiness": [one.row() for one in user.provider.readiness_rows.all()],
        **{name: [one.row() for one in getattr(user, related(model)).all()] for name, model in LISTS.items()},
    }


def related(model: type[OfUser]) -> str:
    """Return the name by which a user knows the rows of a list."""
    return f"{model._meta.model_name}_rows"

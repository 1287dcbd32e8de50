"""Fills in what a file does not say: optional fields, and state lists that are absent."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

from brute.book import day_of, moment
from brute.rows import READY
from brute.special import given

Doc = dict[str, Any]
LONG_AGO = "2001-01-01"
BAD_ACTIVITY = "散歩"
"""An activity that is on no menu."""


def answer(made: Doc, as_of: date) -> None:
    """Answer every question and attend every emergency that stands open, on the day `as_of`."""
    for name, field in (("inquiries", "answered_at"), ("emergencies", "attended_at")):
        for row in given(made, name):
            if row.get(field) is None and day_of(moment(row["at"])) <= as_of:
                late = len(row["at"]) > 10
                row[field] = as_of.isoformat() + ("T23:59:00+09:00" if late else "")


def fill_rows(rng: random.Random, made: Doc, is_good: bool) -> None:
    """Say in every row what an absent field had left open, for or against; a few the other way."""
    fields: dict[str, dict[str, tuple[Any, Any]]] = {
        "approvals": {
            "on_certificate": (True, False),
            "ground": ("commuting_difficult", "support_effective"),
            "issued": (LONG_AGO, "2040-01-01"),
        },
        "notifications": {
            "provider": (made["provider"]["number"], "2712700000"),
            "submitted": (LONG_AGO, None),
        },
        "plans": {"user_signed": (True, False)},
        "days": {"activity": ("データ入力", rng.choice([BAD_ACTIVITY, ""])), "support": ("助言した", "")},
        "contacts": {"answered": (True, False)},
        "emergencies": {"attended_by": ("staff", "other")},
    }
    for name, told in fields.items():
        for row in given(made, name):
            for key, values in told.items():
                if row.get(key) is None:
                    row[key] = values[0 if is_good != (rng.random() < 0.05) else 1]
    wish = made["user"].get("wish")
    if wish and wish.get("reason") and not wish.get("on"):
        wish["on"] = LONG_AGO if is_good else "2040-01-01"


def fill_papers(made: Doc, month: list[date], is_good: bool) -> None:
    """Give the state lists that are absent, so that they serve or so that they do not."""
    for name, row in (("hospital_stays", (month[0] - timedelta(days=9), month[-1] + timedelta(days=9))),):
        if made.get(name) is None:
            span = {"from": row[0].isoformat(), "to": row[1].isoformat()}
            made[name] = [] if is_good else [span]
    if made.get("approvals") is None:
        made["approvals"] = [{"kind": "decision", "from": LONG_AGO}] if is_good else lapsing(made)
        if is_good:
            use = {"kind": "home_use", "from": month[0].isoformat(), "on_certificate": True}
            made["approvals"] += [use | {"ground": "commuting_difficult"}]
    if not is_good:
        for name in ("notifications", "plans", "readiness", "assessments", "consents"):
            made[name] = made.get(name) or []
        return
    served: dict[str, list[Doc]] = {
        "notifications": [{"kind": "initial", "submitted": LONG_AGO, "accepted": LONG_AGO}],
        "plans": [{"from": LONG_AGO, "states_home_use": True, "user_signed": True}],
        "readiness": [{"kind": kind, "from": LONG_AGO} for kind in READY],
        "assessments": [{"on": LONG_AGO, "cautions": []}],
        "consents": [{"kind": "recording", "on": LONG_AGO}],
    }
    for name, rows in served.items():
        made[name] = made[name] if made.get(name) is not None else rows


def lapsing(made: Doc) -> list[Doc]:
    """Make decisions that end on the very day from which a notification runs."""
    days = {row.get("from") or row.get("accepted") for row in given(made, "notifications")}
    texts = sorted(day_of(moment(day)).isoformat() for day in days if day)
    return [{"kind": "decision", "from": day, "to": day} for day in texts]

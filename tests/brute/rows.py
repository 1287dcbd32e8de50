"""Random valid rows of every list of a case document."""

import random
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from .book import month_days

Doc = dict[str, Any]
PLACES = ["home", "home", "home", "satellite", "office", "office", "offsite"]
READY = [
    "operating_rules", "work_menu", "emergency_response", "emergency_procedure", "emergency_arrival",
    "on_request_support", "record_submission", "home_environment_check", "confidential_workplace",
    "complaint_desk", "equipment_lent", "area_agreement", "operating_rules_change_received",
]  # fmt: skip
OTHER_PROVIDERS = ["0812300010", "2712700000"]


def some_day(rng: random.Random, doc: Doc) -> date:
    """Choose a day, mostly of the month, at times of the weeks around it, rarely far off."""
    days = month_days(doc["month"])
    kind = rng.random()
    if kind < 0.8:
        return rng.choice(days)
    if kind < 0.88:
        return days[0] - timedelta(days=rng.randrange(1, 7))
    if kind < 0.97:
        return days[-1] + timedelta(days=rng.randrange(1, 7))
    return days[0] + timedelta(days=rng.randrange(-100, 130))


def maybe(rng: random.Random, row: Doc, name: str, *values: Any) -> None:
    """Fill an optional field, or not."""
    if rng.random() < 0.6:
        row[name] = rng.choice(values)


def clock(rng: random.Random) -> str:
    """Choose a time of the day."""
    return f"{rng.randrange(7, 20):02d}:{rng.choice([0, 15, 30]):02d}"


def period(rng: random.Random, doc: Doc) -> Doc:
    """Choose a period that begins before, at or in the month and may end in it."""
    first = some_day(rng, doc)
    first -= timedelta(days=rng.choice([0, 0, 0, 30, 360, 366, 400]))
    row: Doc = {"from": first.isoformat()}
    if rng.random() < 0.7:
        row["to"] = (first + timedelta(days=rng.choice([0, 1, 5, 12, 30, 60, 365, 380, 500]))).isoformat()
    return row


def approval(rng: random.Random, doc: Doc) -> Doc:
    """Make an approval or a decision."""
    row: Doc = {"kind": rng.choice(["decision", "home_use", "home_use"])} | period(rng, doc)
    services = ["transition", "continuation_a", "continuation_b", "selection"]
    if rng.random() < 0.3:
        row["service"] = rng.choice([doc["provider"]["service"], *services])
    if rng.random() < 0.3:
        row["provider"] = rng.choice([doc["provider"]["number"], *OTHER_PROVIDERS])
    maybe(rng, row, "days_per_month", "standard", 1, 3, 15, 18, 20, 23, 31)
    maybe(rng, row, "on_certificate", True, True, False)
    maybe(rng, row, "ground", "commuting_difficult", "support_effective", "家族の介護")
    return row


def notification(rng: random.Random, doc: Doc) -> Doc:
    """Make a notification of any kind."""
    row: Doc = {"kind": rng.choice(["initial", "switch", "renewal", "other"])}
    span = period(rng, doc)
    if row["kind"] == "renewal" or rng.random() < 0.6:
        row |= span
    begun = date.fromisoformat(span["from"])
    maybe(rng, row, "submitted", begun.isoformat())
    accepted = [begun + timedelta(days=offset) for offset in (-20, -1, 0, 0, 3, 20)]
    last = date.fromisoformat(row["to"]) if "to" in row else date.max
    maybe(rng, row, "accepted", *[day.isoformat() for day in accepted if day <= last])
    maybe(rng, row, "provider", doc["provider"]["number"], *OTHER_PROVIDERS)
    return row


def use_row(rng: random.Random, doc: Doc) -> Doc:
    """Make a row of use of the service."""
    row: Doc = {"date": some_day(rng, doc).isoformat(), "place": rng.choice(PLACES)}
    if rng.random() < 0.8:
        row["start"], row["end"] = sorted([clock(rng), clock(rng)])
        row.pop(rng.choice(["start", "end", "none", "none", "none", "none"]), None)
    maybe(rng, row, "activity", "データ入力", "軽作業", "散歩", "", "\u3000")
    maybe(rng, row, "support", "助言した", "様子を見た", "", " ")
    return row


def contact(rng: random.Random, doc: Doc) -> Doc:
    """Make a contact of any kind."""
    zone = rng.choice(["", "", "", "", "+09:00", "Z", "-05:00", "+14:00"])
    row: Doc = {"at": f"{some_day(rng, doc).isoformat()}T{clock(rng)}{':00' if zone else ''}{zone}"}
    row["channel"] = rng.choice(["phone", "video", "visit", "office", "chat", "mail", "one_way"])
    maybe(rng, row, "by", "staff", "user")
    maybe(rng, row, "answered", True, False)
    maybe(rng, row, "kind", "contact", "advice", "progress", "health")
    return row


def report(rng: random.Random, doc: Doc) -> Doc:
    """Make a daily report."""
    day = some_day(rng, doc)
    row: Doc = {"date": day.isoformat()}
    maybe(rng, row, "recorded_at", *[(day + timedelta(days=n)).isoformat() for n in (0, 0, 0, 1, 3, 4, -1)])
    maybe(rng, row, "author", "職員A")
    return row


def evaluation(rng: random.Random, doc: Doc) -> Doc:
    """Make an evaluation of any means, at any place."""
    covers = rng.choice([["weekly"], ["achievement"], ["weekly", "achievement"]])
    means = rng.choice(["visit", "visit", "visit", "commute", "commute", "phone", "video", "chat", "mail"])
    row: Doc = {"date": some_day(rng, doc).isoformat(), "covers": covers, "means": means}
    if rng.random() < 0.3:
        row["place"] = rng.choice(["home", "satellite", "office", "relay", "other"])
    return row


def recording(rng: random.Random, doc: Doc) -> Doc:
    """Make a recording, secured or not."""
    subject = rng.choice(["training", "support", "both"])
    row: Doc = {"date": some_day(rng, doc).isoformat(), "subject": subject}
    return row | {"media": rng.choice(["audio", "video", "still"]), "secured": rng.random() < 0.8}


def instant(rng: random.Random, day: date) -> str:
    """Write a day as a date or a datetime."""
    return day.isoformat() + rng.choice(["", "", "T12:10", "T16:30:00+00:00"])


def inquiry(rng: random.Random, doc: Doc) -> Doc:
    """Make an inquiry, answered or not."""
    day = some_day(rng, doc)
    row: Doc = {"at": day.isoformat() + rng.choice(["", "T08:00"])}
    maybe(rng, row, "answered_at", *[instant(rng, day + timedelta(days=n)) for n in (1, 1, 2, 3, 4, 9)])
    return row


def emergency(rng: random.Random, doc: Doc) -> Doc:
    """Make an emergency, attended or not."""
    day = some_day(rng, doc)
    row: Doc = {"at": day.isoformat() + rng.choice(["", "T08:00"])}
    same_day = day.isoformat() + (rng.choice(["", "T08:30"]) if len(row["at"]) > 10 else "")
    in_time = [same_day] * 4
    if rng.random() < 0.85:
        row["attended_at"] = rng.choice([*in_time, instant(rng, day + timedelta(days=1))])
        maybe(rng, row, "attended_by", "staff", "staff", "staff", "other")
    return row


def dated(rng: random.Random, doc: Doc, name: str, **fields: list[Any]) -> Doc:
    """Make a row of a date and of fields chosen from lists; the value None leaves a field out."""
    row: Doc = {name: some_day(rng, doc).isoformat()}
    row |= {field: rng.choice(values) for field, values in fields.items()}
    return {field: value for field, value in row.items() if value is not None}


def consent(rng: random.Random, doc: Doc) -> Doc:
    """Make a consent that may have ended."""
    span = period(rng, doc)
    row: Doc = {"kind": rng.choice(["recording", "recording", "disclosure"]), "on": span["from"]}
    return row | ({"until": span["to"]} if "to" in span else {})


def waiver(rng: random.Random, doc: Doc) -> Doc:
    """Make a waiver of a duty that holds as a rule only."""
    span = period(rng, doc)
    if rng.random() < 0.5:
        days = month_days(doc["month"])
        span = {"from": days[0].isoformat(), "to": days[-1].isoformat()}
    span.setdefault("to", (date.fromisoformat(span["from"]) + timedelta(days=40)).isoformat())
    row: Doc = {"rule": rng.choice(["Z402", "Z403"])} | span
    return row | {"authority": "市", "document": "文書1", "reason": "病気"}


def submission(rng: random.Random, doc: Doc) -> Doc:
    """Make a submission of this or another month, in time or late."""
    last = month_days(doc["month"])[-1]
    after = last + timedelta(days=rng.choice([-3, 1, 5, 8, 9, 10, 11, 12, 15, 16, 30]))
    month = doc["month"] if rng.random() < 0.85 else "2020-01"
    return {"kind": "monthly_record", "month": month, "on": after.isoformat()}


FAULT_ROWS: dict[str, Callable[[random.Random, Doc], Doc]] = {
    "approvals": approval,
    "notifications": notification,
    "plans": lambda r, d: {"states_home_use": r.random() < 0.7} | period(r, d),
    "readiness": lambda r, d: {"kind": r.choice(READY)} | period(r, d),
    "assessments": lambda r, d: dated(
        r, d, "on", cautions=[[], [], ["移動"]], commuting_difficulty=["movement", None]
    ),
    "days": use_row,
    "absences": lambda r, d: dated(r, d, "date", addition_claimed=[True, True, False, None]),
    "hospital_stays": period,
    "contacts": contact,
    "daily_reports": report,
    "evaluations": evaluation,
    "recordings": recording,
    "consents": consent,
    "inquiries": inquiry,
    "emergencies": emergency,
    "submissions": submission,
    "life_support_days": lambda r, d: dated(r, d, "date", claimed=[True, True, False]),
    "claimed_days": lambda r, d: dated(r, d, "date", status=["use", "absence_addition", "absence_addition"]),
    "waivers": waiver,
}

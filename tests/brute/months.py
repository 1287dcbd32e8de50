"""Makes random valid case documents: a nearly lawful month, then faults."""

import random
from datetime import date, timedelta
from typing import Any

from . import faults, special
from .book import EVENTS, month_days, week_of
from .law import SERVICE_OPENED, check_digit
from .rows import READY

Doc = dict[str, Any]
MODERN = [(year, month) for year in range(2021, 2027) for month in range(1, 13)]
OLD = [(year, month) for year in range(2012, 2021) for month in range(1, 13)]
SPECIAL = [(2020, 2), (2020, 6), (2018, 3), (2018, 4), (2015, 3), (2015, 4), (2012, 3), (2021, 3), (2021, 4)]
WITH_OVERLAY = ["13212", "23202", "35202", "27220", "13116"]
WITHOUT = ["22214", "01202", "10201", "47201", "23100"]
WARDS = ["23102", "04101", "14103", "28102", "40135"]
SERVICES = ["transition", "continuation_a", "continuation_b", "selection"]
CHANNELS = ["phone", "video", "chat"]
MENU = ["データ入力", "軽作業", "プログラミング"]


def provider_number(payload: str) -> str:
    """Complete nine digits with the check digit of a provider number."""
    total = 0
    for place, digit in enumerate(reversed(payload)):
        total += sum(divmod(int(digit) * (2 if place % 2 == 0 else 1), 10))
    return payload + str(-total % 10)


def random_month(rng: random.Random, city: str) -> str:
    """Choose a month, near the start of an overlay more often than not."""
    starts = {"08202": [(2026, 2)] * 4 + [(2026, 3), (2026, 1)], "13212": [(2025, 10), (2025, 11)]}
    starts |= {"27220": [(2024, 3), (2024, 4), (2025, 12)], "13116": [(2023, 7), (2023, 6), (2024, 9)]}
    kind = rng.random()
    if kind < 0.45:
        year, month = rng.choice(starts.get(city, [(2026, 2), (2021, 4), (2021, 3)]))
    elif kind < 0.75:
        year, month = rng.choice(MODERN)
    elif kind < 0.88:
        year, month = rng.choice(SPECIAL)
    else:
        year, month = rng.choice(OLD)
    return f"{year:04d}-{month:02d}"


def random_city(rng: random.Random) -> str:
    """Choose a five-digit municipality code."""
    kind = rng.random()
    if kind < 0.33:
        return "08202"
    return rng.choice(WITH_OVERLAY if kind < 0.87 else WITHOUT if kind < 0.95 else WARDS)


def random_service(rng: random.Random, first: date) -> str:
    """Choose a service, mostly one that may be used at home."""
    lawful = [service for service in SERVICES if SERVICE_OPENED[service] <= first]
    return rng.choice(lawful if lawful and rng.random() < 0.9 else SERVICES)


def work_row(rng: random.Random, day: date, place: str) -> Doc:
    """Make a row of use that is complete."""
    row: Doc = {"date": day.isoformat(), "place": place, "start": "10:00", "end": "15:00"}
    return row | {"activity": rng.choice(MENU), "support": "助言した"}


def home_day(rng: random.Random, doc: Doc, day: date) -> None:
    """Record a home day as it should be."""
    text = day.isoformat()
    doc["days"].append(work_row(rng, day, "home" if rng.random() < 0.85 else "satellite"))
    for hour in (9, 15):
        row = {"at": f"{text}T{hour:02d}:{rng.randrange(60):02d}", "channel": rng.choice(CHANNELS)}
        doc["contacts"].append(row)
    doc["daily_reports"].append({"date": text, "recorded_at": text})
    doc["recordings"].append({"date": text, "subject": "both", "media": "video", "secured": True})


def office_day(rng: random.Random, doc: Doc, day: date, covers: list[str]) -> None:
    """Record an office day with an evaluation."""
    doc["days"].append(work_row(rng, day, "office"))
    doc["evaluations"].append({"date": day.isoformat(), "covers": covers, "means": "commute"})


def weeks_of(days: list[date]) -> list[list[date]]:
    """Sort the days of a month into Monday weeks."""
    weeks: list[list[date]] = []
    for day in days:
        if not weeks or week_of(weeks[-1][0], "monday") != week_of(day, "monday"):
            weeks.append([])
        weeks[-1].append(day)
    return weeks


def lawful_month(rng: random.Random, month: str, city: str) -> Doc:
    """Make a document that keeps every rule, as far as one month can."""
    days = month_days(month)
    number = provider_number(f"{city}{rng.randrange(10000):04d}")
    doc: Doc = {
        "schema": "zaitaku-case/1",
        "month": month,
        "user": {
            "id": "U-1",
            "municipality": city + check_digit(city) if rng.random() < 0.8 else city,
            "birth_date": "1990-05-01",
            "wish": {"on": (days[0] - timedelta(days=90)).isoformat(), "reason": "希望"},
        },
        "provider": {
            "number": number,
            "service": random_service(rng, days[0]),
            "municipality": city + check_digit(city),
            "menu": list(MENU),
        },
    }
    for name in (*EVENTS, "hospital_stays", *(["waivers"] if rng.random() < 0.7 else [])):
        doc[name] = []
    add_states(rng, doc, days)
    fill_days(rng, doc, days)
    return doc


def add_states(rng: random.Random, doc: Doc, days: list[date]) -> None:
    """Give a document approvals, papers and readiness that hold for the whole month."""
    before = (days[0] - timedelta(days=rng.randrange(20, 200))).isoformat()
    after = (days[-1] + timedelta(days=rng.randrange(0, 200))).isoformat()
    ground = {"ground": "commuting_difficult"}
    doc["approvals"] = [
        {"kind": "decision", "from": before, "to": after, "service": doc["provider"]["service"]},
        {"kind": "home_use", "from": before, "to": after, "on_certificate": True} | ground,
    ]
    doc["notifications"] = [{"kind": "initial", "submitted": before, "accepted": before, "from": before}]
    doc["plans"] = [{"from": before, "states_home_use": True, "user_signed": True}]
    doc["readiness"] = [{"kind": kind, "from": before} for kind in READY]
    doc["assessments"] = [{"on": before, "commuting_difficulty": "movement", "cautions": []}]
    doc["consents"] = [{"kind": "recording", "on": before}]
    on_day = days[-1] + timedelta(days=rng.randrange(1, 9))
    doc["submissions"] = [{"kind": "monthly_record", "month": doc["month"], "on": on_day.isoformat()}]
    doc["as_of"] = (days[-1] + timedelta(days=rng.randrange(8, 25))).isoformat()


def fill_days(rng: random.Random, doc: Doc, days: list[date]) -> None:
    """Fill the weeks of a month with home days and one office day each."""
    assessed = False
    for week in weeks_of(days):
        working = [day for day in week if day.weekday() < 5] or (week[-1:] if rng.random() < 0.1 else [])
        if not working:
            continue
        at_office = rng.choice(working)
        for day in working:
            if day != at_office:
                home_day(rng, doc, day)
        office_day(rng, doc, at_office, ["weekly"] if assessed else ["weekly", "achievement"])
        assessed = True
    doc["claimed_days"] = [{"date": row["date"], "status": "use"} for row in doc["days"]]


def random_document(rng: random.Random) -> Doc:
    """Make a random valid case document, lawful but for a random number of faults."""
    city = random_city(rng)
    doc = lawful_month(rng, random_month(rng, city), city)
    kind = rng.random()
    count = 0 if kind < 0.08 else rng.randrange(1, 5) if kind < 0.6 else rng.randrange(5, 25)
    if count and doc["month"] < "2018-04" and rng.random() < 0.5:
        special.turn_65(rng, doc)
    if count and rng.random() < 0.35:
        special.touch_optional(rng, doc)
        if rng.random() < 0.35:
            faults.stop_today(rng, doc)
    for _ in range(count):
        faults.one_fault(rng, doc)
    if rng.random() < 0.5:
        for name in (*EVENTS, "planned_days"):
            rng.shuffle(doc.get(name) or [])
    return doc


def random_call(rng: random.Random, document: Doc) -> Doc:
    """Choose the other arguments of a judgement: mostly none."""
    call: Doc = {}
    first = date.fromisoformat(document["month"] + "-01")
    overlays: list[str] = []
    if first.year < 2021 or (first.year, first.month) < (2021, 5):
        overlays += ["handbook-2015"] if rng.random() < 0.7 else []
    overlays += [name for name in ("aoba", "icross") if rng.random() < 0.15]
    if overlays:
        call["extra_overlays"] = overlays
    if rng.random() < 0.1:
        call["as_of"] = first + timedelta(days=rng.randrange(-10, 50))
    if rng.random() < 0.15:
        name, values = rng.choice(
            [
                ("week_start", ["monday", "sunday"]),
                ("joint_visit", ["true", "false"]),
                ("assessment_on_use_day", ["true", "false"]),
            ]
        )
        call["readings"] = {name: rng.choice(values)}
    if rng.random() < 0.05:
        call["select"] = rng.choice([["Z3", "Z401"], ["Z1"], ["Z9", "Z5"], ["Z402"]])
    return call

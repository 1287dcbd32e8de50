"""Faults that only some municipalities, services or times know."""

import random
from datetime import date, timedelta
from typing import Any

from .book import month_days
from .rows import FAULT_ROWS, READY, some_day

Doc = dict[str, Any]


def given(doc: Doc, name: str) -> list[Doc]:
    """Give the rows of a list, none where it is absent."""
    rows: list[Doc] | None = doc.get(name)
    return rows or []


def turn_65(rng: random.Random, doc: Doc) -> None:
    """Let the user be about 65 years old, at times born on a 29 February."""
    born = some_day(rng, doc)
    leap = date(born.year - 65 - (born.year - 65) % 4, 2, 29)
    turned = born.replace(year=born.year - 65, day=min(born.day, 28))
    doc["user"]["birth_date"] = (leap if rng.random() < 0.1 else turned).isoformat()


def touch_optional(rng: random.Random, doc: Doc) -> None:
    """Touch what only some municipalities or times ask for."""
    days = month_days(doc["month"])
    what = rng.randrange(9)
    grants = [row for row in given(doc, "approvals") if row["kind"] == "home_use"]
    ground = rng.choice(["support_effective", "家族の介護", None, "commuting_difficult"])
    since = days[0] - timedelta(days=rng.randrange(330, 380))
    for row in grants if what < 3 else []:
        row["from"] = since.isoformat() if what == 0 else row["from"]
        row["ground"] = ground if what == 1 else row["ground"]
        row["on_certificate"] = rng.choice([False, None, True]) if what == 2 else row["on_certificate"]
    if what in (3, 4):
        doc["provider"]["municipality"] = rng.choice(["272035", "012025"])
        kinds = ["area_agreement"] if what == 3 else rng.sample(READY, 4)
        doc["readiness"] = [row for row in doc["readiness"] if row["kind"] not in kinds]
    elif what == 5:
        doc["emergencies"] = [FAULT_ROWS["emergencies"](rng, doc) for _ in range(rng.choice([1, 1, 2]))]
    elif what in (6, 7):
        waive(rng, doc, rng.choice(["Z402", "Z403"]), days)
    elif what == 8:
        doc["submissions"] = [FAULT_ROWS["submissions"](rng, doc)]


def waive(rng: random.Random, doc: Doc, rule: str, days: list[date]) -> None:
    """Take away what a duty asks for, and add a waiver of it, as a rule for the whole month."""
    if rule == "Z402":
        doc["evaluations"] = [row for row in doc["evaluations"] if "achievement" not in row["covers"]]
    for row in given(doc, "days") if rule == "Z403" else list[Doc]():
        row["place"] = "home" if rng.random() < 0.5 else row["place"]
    span = {"from": days[0].isoformat(), "to": days[-1 if rng.random() < 0.7 else 14].isoformat()}
    doc["waivers"] = [{"rule": rule} | span | {"authority": "市", "document": "文書2", "reason": "病気"}]

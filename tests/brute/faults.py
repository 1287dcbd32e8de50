"""Random faults and variations; each leaves a document valid."""

import random
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from .book import EVENTS, STATES, month_days
from .rows import FAULT_ROWS, some_day
from .special import given, turn_65

Doc = dict[str, Any]
RECORD_FIELDS: dict[str, list[str]] = {
    "approvals": ["to", "service", "provider", "days_per_month", "on_certificate", "ground", "document"],
    "notifications": ["submitted", "accepted", "to", "provider"],
    "plans": ["to", "user_signed"],
    "readiness": ["to"],
    "days": ["start", "end", "activity", "support"],
    "contacts": ["by", "answered", "recorded_at"],
    "daily_reports": ["recorded_at"],
    "evaluations": ["place"],
    "consents": ["until"],
    "inquiries": ["answered_at"],
    "emergencies": ["attended_at", "attended_by"],
    "absences": ["addition_claimed"],
    "hospital_stays": ["to"],
}


def rows_of(rng: random.Random, doc: Doc, names: list[str]) -> list[Doc]:
    """Choose a list that has rows; an empty list where there is none."""
    filled = [name for name in names if doc.get(name)]
    found: list[Doc] = doc[rng.choice(filled)] if filled else []
    return found


def delete_rows(rng: random.Random, doc: Doc) -> None:
    """Delete one or several rows of a list."""
    rows = rows_of(rng, doc, [*EVENTS, *STATES])
    for _ in range(rng.choice([1, 1, 1, 2, 5])):
        if rows:
            rows.pop(rng.randrange(len(rows)))


def move_row(rng: random.Random, doc: Doc) -> None:
    """Move a record by some days."""
    names = [name for name in EVENTS if name not in ("inquiries", "emergencies")]
    rows = rows_of(rng, doc, names)
    if not rows:
        return
    row = rng.choice(rows)
    name = next(field for field in ("date", "at", "on") if field in row)
    moved = date.fromisoformat(row[name][:10]) + timedelta(days=rng.choice([-7, -2, -1, 1, 1, 2, 7, 40]))
    row[name] = moved.isoformat() + row[name][10:]


def duplicate_row(rng: random.Random, doc: Doc) -> None:
    """Repeat a row, exactly or with one field less."""
    names = [name for name in (*EVENTS, *STATES) if doc.get(name)]
    if not names:
        return
    name = rng.choice(names)
    row = dict(rng.choice(doc[name]))
    for field in RECORD_FIELDS.get(name, []):
        if rng.random() < 0.3:
            row.pop(field, None)
    doc[name].append(row)


def drop_field(rng: random.Random, doc: Doc) -> None:
    """Leave out an optional field in some or all rows of a list, or write null there."""
    name = rng.choice(list(RECORD_FIELDS))
    field = rng.choice(RECORD_FIELDS[name])
    share = rng.choice([0.1, 0.5, 1.0])
    for row in given(doc, name):
        if field in row and rng.random() < share:
            row[field] = None
            if rng.random() < 0.8:
                del row[field]


def blank_text(rng: random.Random, doc: Doc) -> None:
    """Blank an activity or a support text, or write one that is on no menu."""
    for row in given(doc, "days"):
        if rng.random() < 0.1:
            row[rng.choice(["activity", "support"])] = rng.choice(["", " ", "\u3000", "散歩"])


def drop_list(rng: random.Random, doc: Doc) -> None:
    """Make a list absent, for the engine unknown."""
    doc.pop(rng.choice([*EVENTS, *STATES]), None)


def empty_list(rng: random.Random, doc: Doc) -> None:
    """Make a list empty, for the engine none."""
    doc[rng.choice([*EVENTS, *STATES])] = []


def state_coverage(rng: random.Random, doc: Doc) -> None:
    """State the coverage of one or more sources, perhaps across the ends of the month."""
    days = month_days(doc["month"])
    spans: Doc = doc.setdefault("coverage", {})
    whole = rng.random() < 0.4
    for name in rng.sample([*EVENTS, *STATES], rng.choice([1, 1, 2, 4])):
        first = days[0] - timedelta(days=rng.randrange(7)) if whole else some_day(rng, doc)
        last = days[-1] + timedelta(days=rng.randrange(7)) if whole else some_day(rng, doc)
        spans[name] = {"from": min(first, last).isoformat(), "through": max(first, last).isoformat()}


def cover_page(rng: random.Random, doc: Doc) -> None:
    """State that the records reach over the whole weeks that touch the month."""
    days = month_days(doc["month"])
    first, last = days[0] - timedelta(days=6), days[-1] + timedelta(days=6)
    spans: Doc = doc.setdefault("coverage", {})
    for name in ("days", "contacts", "evaluations"):
        if rng.random() < 0.9:
            spans[name] = {"from": first.isoformat(), "through": last.isoformat()}


def ask_on(rng: random.Random, doc: Doc) -> None:
    """Ask on another day: in the month, at its edges, before it, or by default."""
    days = month_days(doc["month"])
    inside = rng.randrange(len(days))
    offset = rng.choice([inside, inside, rng.randrange(-5, 55), len(days)])
    doc["as_of"] = (days[0] + timedelta(days=offset)).isoformat()
    if rng.random() < 0.25:
        del doc["as_of"]
    elif rng.random() < 0.6:
        forget_from(doc, doc["as_of"])


def forget_from(doc: Doc, text: str) -> None:
    """Drop all records from a day on."""
    for name, field in EVENTS.items():
        if doc.get(name):
            doc[name] = [row for row in doc[name] if row[field][:10] < text]


def stop_today(rng: random.Random, doc: Doc) -> None:
    """Ask in the middle of the month and know nothing of the rest; perhaps there is a plan."""
    days = month_days(doc["month"])
    today = days[rng.randrange(len(days))]
    doc["as_of"] = today.isoformat()
    rest = [row for row in given(doc, "days") if row["date"] >= today.isoformat()]
    forget_from(doc, (today + timedelta(days=rng.choice([0, 0, 0, 1, 3]))).isoformat())
    if rng.random() < 0.7:
        doc["planned_days"] = [{"date": row["date"], "place": row["place"]} for row in rest]


def plan_days(rng: random.Random, doc: Doc) -> None:
    """Give a plan of days, at random."""
    rows: list[Doc] = given(doc, "planned_days")
    for _ in range(rng.choice([0, 1, 5, 15])):
        place = rng.choice(["home", "home", "satellite", "office", "offsite"])
        rows.append({"date": rng.choice(month_days(doc["month"])).isoformat(), "place": place})
    doc["planned_days"] = rows


def add_row(rng: random.Random, doc: Doc) -> None:
    """Add a random row to a list, as a rule to one that is there."""
    name = rng.choice(list(FAULT_ROWS))
    if doc.get(name) is None:
        if rng.random() < 0.7:
            return
        doc[name] = []
    doc[name].append(FAULT_ROWS[name](rng, doc))


def add_many(rng: random.Random, doc: Doc) -> None:
    """Add several random rows to one list."""
    name = rng.choice(list(FAULT_ROWS))
    if doc.get(name) is not None:
        doc[name] += [FAULT_ROWS[name](rng, doc) for _ in range(rng.choice([2, 4, 8]))]


def replace_list(rng: random.Random, doc: Doc) -> None:
    """Put one or two random rows in place of a list."""
    name = rng.choice(list(FAULT_ROWS))
    doc[name] = [FAULT_ROWS[name](rng, doc) for _ in range(rng.choice([1, 1, 2]))]


def change_people(rng: random.Random, doc: Doc) -> None:
    """Change the wish, the birth date, the municipality or the menu of the people concerned."""
    user, provider = doc["user"], doc["provider"]
    what = rng.randrange(8)
    if what == 0:
        user.pop("wish", None)
    elif what == 1:
        user["wish"] = {} if rng.random() < 0.4 else {"on": some_day(rng, doc).isoformat(), "reason": "希望"}
    elif what == 2:
        turn_65(rng, doc)
    elif what == 3:
        user.pop("birth_date", None)
    elif what == 4:
        provider["municipality"] = rng.choice(["272035", "012025", "08202", "271021"])
    elif what == 5:
        provider.pop("municipality", None)
    elif what == 6:
        provider["menu"] = rng.choice([[], ["軽作業"], ["散歩", " 軽作業"]])
    else:
        provider.pop("menu", None)


def change_places(rng: random.Random, doc: Doc) -> None:
    """Change where the days were spent: all at the office, some elsewhere, or none at all."""
    share = rng.choice([0.1, 0.5, 1.0])
    place = rng.choice(["office", "office", "offsite", "home", "satellite"])
    for row in given(doc, "days"):
        if rng.random() < share:
            row["place"] = place


def shift_zone(rng: random.Random, doc: Doc) -> None:
    """Write some contacts in another zone, with or without moving their day in Japan."""
    for row in given(doc, "contacts"):
        if len(row["at"]) == 16 and rng.random() < 0.15:
            row["at"] += rng.choice([":00+09:00", ":30+08:00", ":00-05:00", ":00Z", "+14:00"])


def close_contacts(rng: random.Random, doc: Doc) -> None:
    """Move the contacts of some days close together."""
    for row in given(doc, "contacts"):
        if rng.random() < 0.3:
            row["at"] = row["at"][:10] + rng.choice(["T09:30", "T10:30", "T10:00"])


def user_contacts(rng: random.Random, doc: Doc) -> None:
    """Let the user begin some contacts, answered or not or not said."""
    for row in given(doc, "contacts"):
        if rng.random() < 0.15:
            row["by"] = "user"
            answered = rng.choice([True, False, None])
            row.pop("answered", None)
            if answered is not None or rng.random() < 0.2:
                row["answered"] = answered


def late_records(rng: random.Random, doc: Doc) -> None:
    """Record some things late, or before they happened."""
    for name in ("daily_reports", "contacts", "evaluations"):
        for row in given(doc, name):
            if rng.random() < 0.05:
                when = date.fromisoformat((row.get("date") or row["at"])[:10])
                made = when + timedelta(days=rng.choice([-1, 0, 0, 2, 3, 4, 9]))
                row["recorded_at"] = made.isoformat() + rng.choice(["", "T09:45", "T23:30:00+00:00"])


FAULTS: list[tuple[int, Callable[[random.Random, Doc], None]]] = [
    (8, delete_rows), (5, move_row), (4, duplicate_row), (6, drop_field), (2, blank_text), (7, drop_list),
    (4, empty_list), (4, state_coverage), (3, cover_page), (5, ask_on), (4, stop_today), (2, plan_days),
    (14, add_row), (4, add_many), (5, replace_list), (6, change_people), (4, change_places), (2, shift_zone),
    (3, close_contacts), (3, user_contacts), (3, late_records),
]  # fmt: skip


def one_fault(rng: random.Random, doc: Doc) -> None:
    """Apply one fault chosen at random."""
    rng.choices([fault for _, fault in FAULTS], [weight for weight, _ in FAULTS])[0](rng, doc)

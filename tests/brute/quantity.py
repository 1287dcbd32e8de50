"""Z501 to Z504, Z701 and Z702: numbers of days, and days claimed."""

# All rules share one signature, so some leave arguments unused.
# ruff: noqa: ARG001

from datetime import date

from .book import Book, covered, home, on, possible, state, use
from .eligibility import Fault, approvals, certain
from .law import Law, Reading


def allotted(book: Book) -> int:
    """Give the largest number of days that a decision in force in the month allows."""
    standard = len(book.month) - 8
    given: list[int] = []
    for day in book.month:
        for row in approvals(book, "decision", day):
            days = row.get("days_per_month", "standard")
            given.append(standard if days == "standard" else days)
    return max(given, default=standard)


def z501(book: Book, law: Law, day: date, reading: Reading) -> Fault:
    """Break on use days beyond the allotted number."""
    before = [use(book, other) for other in book.month if other < day]
    limit = allotted(book)
    return sum(s for s, _ in before) >= limit, sum(p for _, p in before) >= limit


def z502(book: Book, law: Law, day: date, reading: Reading) -> Fault:
    """Break strictly inside a hospital stay."""
    stays = state(book, "hospital_stays")
    return certain(any(row["from"] < day and ("to" not in row or day < row["to"]) for row in stays))


def addition_source(book: Book) -> str | None:
    """Name the list that holds the absence additions, None where both are absent."""
    for name in ("claimed_days", "absences"):
        if book.lists[name] is not None:
            return name
    return None


def addition_on(book: Book, day: date) -> Fault:
    """Tell whether an absence addition is surely, and perhaps, claimed for a day."""
    source = addition_source(book)
    if source is None:
        return False, True
    rows = on(book, source, day)
    if source == "claimed_days":
        sure = any(row["status"] == "absence_addition" for row in rows)
    else:
        sure = any(row.get("addition_claimed", False) for row in rows)
    return sure, sure or possible(book, source, day)


def z503(book: Book, law: Law, day: date, reading: Reading) -> Fault:
    """Break on absence additions beyond the fourth, or on a use day."""
    sure, perhaps = addition_on(book, day)
    used, maybe_used = use(book, day)
    before = [addition_on(book, other) for other in book.month if other < day]
    surely_beyond = sum(s for s, _ in before) >= 4
    maybe_beyond = sum(p for _, p in before) >= 4
    return sure and (used or surely_beyond), perhaps and (maybe_used or maybe_beyond)


def life_support_on(book: Book, day: date) -> Fault:
    """Tell whether the life support addition is surely, and perhaps, claimed for a day."""
    sure = any(row["claimed"] for row in on(book, "life_support_days", day))
    return sure, sure or possible(book, "life_support_days", day)


def z504(book: Book, law: Law, day: date, reading: Reading) -> Fault:
    """Break on claimed life support days that are not approved home days."""
    sure, perhaps = life_support_on(book, day)
    at_home, maybe_home = home(book, day)
    approved = bool(approvals(book, "home_use", day))
    maybe_approved = approved or book.lists["approvals"] is None
    return sure and not (maybe_home and maybe_approved), perhaps and not (at_home and approved)


def claimed_use(book: Book, day: date) -> Fault:
    """Tell whether a day is surely, and perhaps, claimed as a day of use."""
    sure = any(row["status"] == "use" for row in on(book, "claimed_days", day))
    return sure, sure or possible(book, "claimed_days", day)


def z701(book: Book, law: Law, day: date, reading: Reading) -> Fault:
    """Break on claimed days that were not used."""
    sure, perhaps = claimed_use(book, day)
    used, maybe_used = use(book, day)
    return sure and not maybe_used, perhaps and not used


def z702(book: Book, law: Law, day: date, reading: Reading) -> Fault:
    """Break on used days that are not claimed."""
    claimed = claimed_use(book, day)[0]
    return covered(book, "claimed_days", day) and not claimed, not claimed

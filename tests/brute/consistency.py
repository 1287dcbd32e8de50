"""Z901 to Z906: do the records agree with themselves."""

# All rules share one signature, so some leave arguments unused.
# ruff: noqa: ARG001

from datetime import date, datetime, time, timedelta

from .book import HOME, Book, Row, covered, day_of, office, on, possible, use
from .daily import counting
from .eligibility import Fault, certain
from .law import Law, Reading, number


def z901(book: Book, law: Law, day: date, reading: Reading) -> Fault:
    """Break on contacts on days with neither use nor a recorded absence."""
    used, maybe_used = use(book, day)
    if used or on(book, "absences", day):
        return False, False
    contact = bool(on(book, "contacts", day))
    sure = contact and not maybe_used and covered(book, "absences", day)
    return sure, contact or possible(book, "contacts", day)


def overlap(one: Row, other: Row) -> bool:
    """Tell whether the times of two rows overlap or are not given."""
    if not all(name in row for row in (one, other) for name in ("start", "end")):
        return True
    first, second = ([time.fromisoformat(row[name]) for name in ("start", "end")] for row in (one, other))
    return first[0] < second[1] and second[0] < first[1]


def z902(book: Book, law: Law, day: date, reading: Reading) -> Fault:
    """Break where a row at home and a row at the office overlap."""
    rows = on(book, "days", day)
    if not rows:
        return False, office(book, day)[1]
    at_home = [row for row in rows if row["place"] in HOME]
    at_office = [row for row in rows if row["place"] == "office"]
    return certain(any(overlap(one, other) for one in at_home for other in at_office))


def close(moments: list[date], gap: timedelta) -> bool:
    """Tell whether the first and the last of some moments lie within a gap; none do so trivially."""
    clock = [moment for moment in moments if isinstance(moment, datetime)]
    return not clock or max(clock) - min(clock) <= gap


def z903(book: Book, law: Law, day: date, reading: Reading) -> Fault:
    """Break with two or more contacts that all fall into a short time."""
    gap = timedelta(minutes=number(law, "contact_gap_minutes", day, reading))
    sure, perhaps = counting(book, day)
    fixed = [at for at, _ in sure]
    extra = [at for at, _ in perhaps - sure]
    silent = not covered(book, "contacts", day)
    surely = len(sure) >= 2 and not silent and close(fixed + extra, gap)
    if silent or len(fixed) >= 2:
        return surely, close(fixed, gap)
    if fixed:
        return surely, any(close([*fixed, at], gap) for at in extra)
    pairs = [(extra[i], extra[j]) for i in range(len(extra)) for j in range(i)]
    return surely, any(close([one, other], gap) for one, other in pairs)


def z904(book: Book, law: Law, day: date, reading: Reading) -> Fault:
    """Break on daily reports that were recorded late."""
    last = day + timedelta(days=number(law, "report_days", day, reading))
    rows = on(book, "daily_reports", day)
    late = any("recorded_at" in row and day_of(row["recorded_at"]) > last for row in rows)
    return late, late or possible(book, "daily_reports", day)


def z905(book: Book, law: Law, day: date, reading: Reading) -> Fault:
    """Break on evaluations by commute on a day without an office row."""
    commute = any(row["means"] == "commute" for row in on(book, "evaluations", day))
    at_office, maybe_office = office(book, day)
    return (
        commute and not maybe_office,
        (commute or possible(book, "evaluations", day)) and not at_office,
    )


def before_it_happened(row: Row, when: date) -> bool:
    """Tell whether a record was made before what it records."""
    if "recorded_at" not in row:
        return False
    made = row["recorded_at"]
    if isinstance(made, datetime) and isinstance(when, datetime):
        return made < when
    return day_of(made) < day_of(when)


def z906_days(book: Book) -> list[date]:
    """List the days of records from the future, whatever their month."""
    found: set[date] = set()
    for name, row, day in book.dated:
        when = row["at"] if name in ("contacts", "inquiries", "emergencies") else day
        if day > book.as_of or before_it_happened(row, when):
            found.add(day)
    return sorted(found)

"""What a case document says and does not say about each day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from typing import Any

Row = dict[str, Any]
ONE_DAY = timedelta(days=1)
JAPAN = timezone(timedelta(hours=9))
HOME = ("home", "satellite")
EVERYWHERE = frozenset({"home", "satellite", "office", "offsite"})

# Lists of things that happened on a day, with the field that dates them.
EVENTS: dict[str, str] = {
    "days": "date",
    "absences": "date",
    "contacts": "at",
    "daily_reports": "date",
    "evaluations": "date",
    "recordings": "date",
    "inquiries": "at",
    "emergencies": "at",
    "submissions": "on",
    "life_support_days": "date",
    "claimed_days": "date",
}
STATES = (
    "approvals", "notifications", "plans", "readiness", "assessments", "hospital_stays", "consents",
    "waivers",
)  # fmt: skip
LISTS = (*EVENTS, *STATES, "planned_days")
MOMENTS = {
    "from", "to", "on", "until", "date", "at", "recorded_at", "answered_at", "attended_at", "submitted",
    "accepted", "through",
}  # fmt: skip


# Choice 1 of the README: a list may hide records on days that it does not cover.
HIDDEN_EVENTS = True


@dataclass
class Book:
    """A parsed case: its month, its question day, its lists (None = absent) and what they cover."""

    document: Row
    month: list[date]
    as_of: date
    lists: dict[str, list[Row] | None]
    cover: dict[str, tuple[date, date] | None]
    by_day: dict[str, dict[date, list[Row]]]
    dated: list[tuple[str, Row, date]]


def moment(text: str) -> date:
    """Read a date, or a datetime as the naive time of the clock in Japan."""
    if len(text) == 10:
        return date.fromisoformat(text)
    read = datetime.fromisoformat(text)
    return read if read.tzinfo is None else read.astimezone(JAPAN).replace(tzinfo=None)


def day_of(when: date) -> date:
    """Give the calendar date of a date or datetime."""
    return when.date() if isinstance(when, datetime) else when


def month_days(month: str) -> list[date]:
    """List the days of a month given as YYYY-MM."""
    day = date.fromisoformat(month + "-01")
    days: list[date] = []
    while not days or day.month == days[0].month:
        days.append(day)
        day += ONE_DAY
    return days


def week_of(day: date, start: str) -> list[date]:
    """List the seven days of the week of a day that begins on Monday or Sunday."""
    back = day.weekday() if start == "monday" else (day.weekday() + 1) % 7
    return [day + timedelta(days=i - back) for i in range(7)]


def page_of(month: list[date]) -> list[date]:
    """List the first and last day of all weeks, of either start, that touch the month."""
    edges = (month[0], month[-1])
    days = [day for start in ("monday", "sunday") for edge in edges for day in week_of(edge, start)]
    return [min(days), max(days)]


def parsed(row: Row) -> Row:
    """Read the dates of a row; a null field is absent."""
    return {
        name: moment(value) if name in MOMENTS else value for name, value in row.items() if value is not None
    }


def default_as_of(month: list[date], through: Iterable[date], dated: list[tuple[str, Row, date]]) -> date:
    """Give the day after all that is known of the month."""
    first, last = page_of(month)
    latest = [month[-1], *through, *(day for _, _, day in dated if first <= day <= last)]
    return max(latest) + ONE_DAY


def open_book(document: Row, as_of: date | None) -> Book:
    """Parse a document, fix the question day, cut the coverage, drop what lies in the future."""
    month = month_days(document["month"])
    spans: dict[str, Row] = document.get("coverage") or {}
    stated = {name: parsed(span) for name, span in spans.items() if span}
    lists: dict[str, list[Row] | None] = {}
    for name in LISTS:
        given = document.get(name)
        lists[name] = [parsed(row) for row in given] if given is not None else [] if name in stated else None
    dated = [(name, row, day_of(row[when])) for name, when in EVENTS.items() for row in lists[name] or []]
    if as_of is None and document.get("as_of"):
        as_of = date.fromisoformat(document["as_of"])
    if as_of is None:
        as_of = default_as_of(month, [span["through"] for span in stated.values()], dated)
    by_day: dict[str, dict[date, list[Row]]] = {name: {} for name in EVENTS}
    for name, row, day in dated:
        if day <= as_of and row not in by_day[name].get(day, []):
            by_day[name].setdefault(day, []).append(row)
    cover = {name: coverage(name, lists[name], stated, month, as_of) for name in LISTS}
    return Book(document, month, as_of, lists, cover, by_day, dated)


def coverage(
    name: str, rows: list[Row] | None, stated: dict[str, Row], month: list[date], as_of: date
) -> tuple[date, date] | None:
    """Give the span in which absence from a list means no, None where there is no such span."""
    if rows is None:
        return None
    span = stated.get(name, {"from": month[0], "through": month[-1]})
    first: date = span["from"]
    through: date = min(span["through"], as_of - ONE_DAY)
    return (first, through) if first <= through else None


def covered(book: Book, name: str, day: date) -> bool:
    """Tell whether absence of a record on that day means that there was none."""
    span = book.cover[name]
    return span is not None and span[0] <= day <= span[1]


def on(book: Book, name: str, day: date) -> list[Row]:
    """List the records of a day that count."""
    return book.by_day[name].get(day, [])


def state(book: Book, name: str) -> list[Row]:
    """List the rows of a state list; none where it is absent."""
    return book.lists[name] or []


def within(row: Row, day: date, first: str = "from", last: str = "to") -> bool:
    """Tell whether a day lies in the period of a row; an absent end is until further notice."""
    return row[first] <= day and (last not in row or day <= row[last])


def places(book: Book, day: date) -> tuple[frozenset[str], frozenset[str]]:
    """Give the places at which the user surely and perhaps used the service on a day."""
    recorded = frozenset(row["place"] for row in on(book, "days", day))
    nowhere: frozenset[str] = frozenset()
    if recorded:
        return recorded, recorded
    if covered(book, "days", day):
        return nowhere, nowhere
    planned = book.lists["planned_days"]
    if planned is None:
        return nowhere, (nowhere if day >= book.as_of else EVERYWHERE)
    span = book.cover["days"]
    plan_from = span[1] + ONE_DAY if span else book.as_of
    if day < plan_from or day not in book.month:
        return nowhere, EVERYWHERE
    rows = [row for row in planned if row["date"] == day]
    if any(row["place"] in HOME for row in rows):
        return nowhere, EVERYWHERE
    return nowhere, (EVERYWHERE - set(HOME) if rows else nowhere)


def use(book: Book, day: date) -> tuple[bool, bool]:
    """Tell whether a day is surely, and perhaps, a day of use."""
    sure, perhaps = places(book, day)
    return bool(sure), bool(perhaps)


def home(book: Book, day: date) -> tuple[bool, bool]:
    """Tell whether a day is surely, and perhaps, a home day."""
    sure, perhaps = places(book, day)
    return any(p in sure for p in HOME), any(p in perhaps for p in HOME)


def office(book: Book, day: date) -> tuple[bool, bool]:
    """Tell whether a day is surely, and perhaps, an office day."""
    sure, perhaps = places(book, day)
    return "office" in sure, "office" in perhaps


def to_come(book: Book, day: date) -> bool:
    """Tell whether a day lies ahead, unrecorded and without a plan: such days are not judged."""
    return book.lists["planned_days"] is None and day >= book.as_of and not on(book, "days", day)


def possible(book: Book, name: str, day: date) -> bool:
    """Tell whether a record that the list does not hold may exist on a day."""
    return HIDDEN_EVENTS and not covered(book, name, day) and not to_come(book, day)


def over(book: Book, last: date) -> bool:
    """Tell whether a window that ends on that day has ended."""
    return last < book.as_of

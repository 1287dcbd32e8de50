"""Z301 to Z308: what each day at home, and each event, asks for."""

# All rules share one signature, so some leave arguments unused.
# ruff: noqa: ARG001

from datetime import date, timedelta

from .book import HOME, Book, Row, covered, day_of, on, over, possible, state, within
from .eligibility import NO, PERHAPS, YES, Fault
from .law import Law, Reading, number

Contact = tuple[date, str]


def unless_over(book: Book, fault: Fault, last: date) -> Fault:
    """Never break surely in a window that has not ended."""
    return fault if over(book, last) else (False, fault[1])


def counting(
    book: Book, day: date, channels: frozenset[str] | None = None
) -> tuple[set[Contact], set[Contact]]:
    """Give the contacts of a day that surely, and perhaps, count, each once by moment and channel."""
    sure: set[Contact] = set()
    perhaps: set[Contact] = set()
    for row in on(book, "contacts", day):
        key = (row["at"], row["channel"])
        if channels is not None and row["channel"] not in channels:
            continue
        if row.get("by", "staff") == "staff" or row.get("answered") is True:
            sure.add(key)
        if row.get("by", "staff") == "staff" or row.get("answered") is not False:
            perhaps.add(key)
    return sure, perhaps


def z301(book: Book, law: Law, day: date, reading: Reading) -> Fault:
    """Break with too few contacts."""
    needed = number(law, "contacts_per_day", day, reading)
    sure, perhaps = counting(book, day, number(law, "contact_channels", day, reading))
    lacking = covered(book, "contacts", day) and len(perhaps) < needed
    return unless_over(book, (lacking, len(sure) < needed), day)


def z302(book: Book, law: Law, day: date, reading: Reading) -> Fault:
    """Break without a daily report."""
    if on(book, "daily_reports", day):
        return NO
    return unless_over(book, (covered(book, "daily_reports", day), True), day)


def home_rows(book: Book, day: date) -> list[Row]:
    """List the rows of a day that record use at home or at a satellite."""
    return [row for row in on(book, "days", day) if row["place"] in HOME]


def z303(book: Book, law: Law, day: date, reading: Reading) -> Fault:
    """Break where no home row has an activity, or none has a support text."""
    rows = home_rows(book, day)
    if not rows:
        return PERHAPS
    sure = perhaps = False
    for name in ("activity", "support"):
        written = any(row.get(name, "").strip() for row in rows)
        sure = sure or not (written or any(name not in row for row in rows))
        perhaps = perhaps or not written
    return unless_over(book, (sure, perhaps), day)


def recorded(book: Book, days: list[date]) -> Fault:
    """Break where secured recordings of training or of support lack in a window."""
    subjects = {row["subject"] for day in days for row in on(book, "recordings", day) if row["secured"]}
    if "both" in subjects or {"training", "support"} <= subjects:
        return NO
    return unless_over(book, (all(covered(book, "recordings", day) for day in days), True), days[-1])


def z304(book: Book, law: Law, day: date, reading: Reading) -> Fault:
    """Break without recordings on the day or in the month."""
    return recorded(book, book.month if number(law, "recording_every", day, reading) == "month" else [day])


def z305(book: Book, law: Law, day: date, reading: Reading) -> Fault:
    """Break where a recording is made without consent in force."""
    consents = [row for row in state(book, "consents") if row["kind"] == "recording"]
    if any(within(row, day, "on", "until") for row in consents):
        return NO
    if not on(book, "recordings", day):
        return False, possible(book, "recordings", day)
    return book.lists["consents"] is not None, True


def happened(book: Book, row: Row, name: str, last: date) -> bool:
    """Tell whether an answer or arrival came by a day, as far as the question day can know."""
    return name in row and day_of(row[name]) <= min(last, book.as_of)


def z306(book: Book, law: Law, day: date, reading: Reading) -> Fault:
    """Break where an inquiry was not answered in time."""
    last = day + timedelta(days=number(law, "inquiry_days", day, reading))
    open_ones = [row for row in on(book, "inquiries", day) if not happened(book, row, "answered_at", last)]
    if open_ones:
        return unless_over(book, YES, last)
    return False, possible(book, "inquiries", day)


def z307(book: Book, law: Law, day: date, reading: Reading) -> Fault:
    """Break where staff did not attend an emergency in time."""
    last = day + timedelta(days=number(law, "arrival_days", day, reading))
    sure, perhaps = False, possible(book, "emergencies", day)
    for row in on(book, "emergencies", day):
        in_time = happened(book, row, "attended_at", last)
        sure = sure or not in_time or row.get("attended_by") == "other"
        perhaps = perhaps or not in_time or row.get("attended_by") != "staff"
    return unless_over(book, (sure, perhaps), last)


def z308(book: Book, law: Law, day: date, reading: Reading) -> Fault:
    """Break with an activity that is not on the menu."""
    menu = [text.strip() for text in book.document["provider"]["menu"]]
    rows = home_rows(book, day)
    named = [row["activity"].strip() for row in rows if row.get("activity", "").strip()]
    if any(text not in menu for text in named):
        return YES
    return False, not rows or any("activity" not in row for row in rows)

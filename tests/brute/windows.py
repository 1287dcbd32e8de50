"""Z401 to Z404 and Z601: what each week and each month asks for."""

# All rules share one signature, so some leave arguments unused.
# ruff: noqa: ARG001

from datetime import date, timedelta

import jpholiday
from dateutil.relativedelta import relativedelta

from .book import Book, covered, office, on, state, use, week_of
from .daily import counting, unless_over
from .eligibility import NO, Fault
from .law import Law, Reading, number

Evaluation = tuple[str, frozenset[str], frozenset[str]]
DEFAULT_PLACE = {"visit": "home", "commute": "office"}


def evaluations_on(book: Book, day: date) -> list[Evaluation]:
    """List the evaluations of a day as (means, covers, places), rows of the same means merged."""
    rows = on(book, "evaluations", day)
    merged: list[Evaluation] = []
    for means in sorted({row["means"] for row in rows}):
        same = [row for row in rows if row["means"] == means]
        covers = frozenset(what for row in same for what in row["covers"])
        where = [row.get("place", DEFAULT_PLACE.get(means)) for row in same]
        merged.append((means, covers, frozenset(place for place in where if place)))
    return merged


def weekly_on(book: Book, law: Law, day: date, reading: Reading) -> bool:
    """Tell whether a recorded evaluation of the day counts for its week."""
    accepted = number(law, "weekly_means", day, reading)
    for means, covers, _ in evaluations_on(book, day):
        spent = means == "visit" and "achievement" in covers and reading["joint_visit"] == "false"
        if means in accepted and "weekly" in covers and not spent:
            return True
    return False


def weekly_count(book: Book, law: Law, day: date, reading: Reading) -> int:
    """Count the recorded evaluations in the week of a day."""
    return sum(weekly_on(book, law, other, reading) for other in week_of(day, reading["week_start"]))


def z401(book: Book, law: Law, day: date, reading: Reading) -> Fault:
    """Break in a week with too few evaluations."""
    needed = number(law, "evaluations_per_week", day, reading)
    week = week_of(day, reading["week_start"])
    most = sum(weekly_on(book, law, d, reading) or not covered(book, "evaluations", d) for d in week)
    return unless_over(book, (most < needed, weekly_count(book, law, day, reading) < needed), week[-1])


def assessed_on(book: Book, law: Law, day: date, reading: Reading) -> bool:
    """Tell whether a recorded evaluation of the day is an assessment by lawful means at a lawful place."""
    means_accepted = number(law, "monthly_means", day, reading)
    places_accepted = number(law, "monthly_places", day, reading)
    return any(
        means in means_accepted and "achievement" in covers and bool(where & places_accepted)
        for means, covers, where in evaluations_on(book, day)
    )


def z402(book: Book, law: Law, day: date, reading: Reading) -> Fault:
    """Break in a month without an assessment."""
    sure = perhaps = False
    for other in book.month:
        # The day is judged as one of use, so an assessment on it falls on a use day.
        used, maybe_used = (True, True) if other == day else use(book, other)
        if reading["assessment_on_use_day"] == "false":
            used = maybe_used = True
        recorded = assessed_on(book, law, other, reading)
        sure = sure or (recorded and used)
        perhaps = perhaps or ((recorded or not covered(book, "evaluations", other)) and maybe_used)
    return unless_over(book, (not perhaps, not sure), book.month[-1])


def z403(book: Book, law: Law, day: date, reading: Reading) -> Fault:
    """Break in a week with too few office days."""
    needed = number(law, "commutes_per_week", day, reading)
    week = week_of(day, reading["week_start"])
    sure = sum(office(book, other)[0] for other in week)
    perhaps = sum(office(book, other)[1] for other in week)
    return unless_over(book, (perhaps < needed, sure < needed), week[-1])


def met_on(book: Book, law: Law, day: date, reading: Reading) -> Fault:
    """Tell whether the user surely, and perhaps, met somebody face to face on a day."""
    sure, perhaps = office(book, day)
    surely, maybe = counting(book, day)
    sure = sure or any(channel in ("visit", "office") for _, channel in surely)
    sure = sure or any(means in ("visit", "commute") for means, _, _ in evaluations_on(book, day))
    perhaps = perhaps or any(channel in ("visit", "office") for _, channel in maybe)
    silent = not covered(book, "contacts", day) or not covered(book, "evaluations", day)
    return sure, sure or perhaps or silent


def z404(book: Book, law: Law, day: date, reading: Reading) -> Fault:
    """Break in a week without a meeting."""
    week = week_of(day, reading["week_start"])
    met = [met_on(book, law, other, reading) for other in week]
    return unless_over(book, (not any(m for _, m in met), not any(s for s, _ in met)), week[-1])


def is_office_day(day: date) -> bool:
    """Tell whether public offices work on a day."""
    year_end = (day.month, day.day) in ((12, 29), (12, 30), (12, 31), (1, 1), (1, 2), (1, 3))
    return day.weekday() < 5 and not jpholiday.is_holiday(day) and not year_end


def submission_deadline(book: Book, law: Law, day: date) -> date:
    """Give the day by which the month's record must be submitted, by the law of the day."""
    wanted: int = number(law, "submission_day", day, {})
    deadline = book.month[0] + relativedelta(months=1, day=wanted)
    if number(law, "submission_shift", day, {}) == "preceding_office_day":
        while not is_office_day(deadline):
            deadline -= timedelta(days=1)
    return deadline


def z601(book: Book, law: Law, day: date, reading: Reading) -> Fault:
    """Break where the month's record was not submitted in time."""
    deadline = submission_deadline(book, law, day)
    month = book.document["month"]
    for row in state(book, "submissions"):
        if row["month"] == month and row["on"] <= min(deadline, book.as_of):
            return NO
    return unless_over(book, (True, True), deadline)

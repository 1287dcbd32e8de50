"""What is still due, read off the open days."""

from datetime import date, timedelta
from typing import Any

from .book import Book, office, over, week_of
from .daily import counting
from .law import Law, combinations, in_force, number, reading_labels
from .windows import submission_deadline, weekly_on

Window = tuple[date, date]
CODES = ("Z301", "Z302", "Z303", "Z304", "Z401", "Z402", "Z403", "Z601")


def window_of(book: Book, law: Law, code: str, day: date) -> Window | None:
    """Give the window of a rule that holds a day; None for a day of a daily rule other than today."""
    month = (book.month[0], book.month[-1])
    if code in ("Z401", "Z403"):
        week = week_of(day, reading_labels(law, "week_start")[0])
        return week[0], week[-1]
    if code == "Z402":
        return month
    if code == "Z601":
        return book.month[-1] + timedelta(days=1), submission_deadline(book, law, day)
    if code == "Z304" and number(law, "recording_every", day, combinations(law, code)[0]) == "month":
        return month
    return (day, day) if day == book.as_of else None


def missing(book: Book, law: Law, code: str, window: Window, day: date) -> int:
    """Count what is surely still lacking in a window, under the reading that counts least."""
    if code == "Z301":
        sure, _ = counting(book, day, number(law, "contact_channels", day, {}))
        return int(number(law, "contacts_per_day", day, {})) - len(sure)
    days = [window[0] + timedelta(days=i) for i in range((window[1] - window[0]).days + 1)]
    if code == "Z401":
        had = min(sum(weekly_on(book, law, d, reading) for d in days) for reading in combinations(law, code))
        return max(1, int(number(law, "evaluations_per_week", day, {})) - had)
    if code == "Z403":
        return max(1, int(number(law, "commutes_per_week", day, {})) - sum(office(book, d)[0] for d in days))
    return 1


def by_day(book: Book, window: Window) -> date:
    """Give the last planned day of use left in a window, else its last day."""
    planned = [row["date"] for row in book.lists["planned_days"] or [] if row["date"] in book.month]
    left = [day for day in planned if max(window[0], book.as_of) <= day <= window[1]]
    return max(left, default=window[1])


def last_day_of_interest(book: Book, law: Law, rules: dict[str, dict[str, Any]]) -> date:
    """Give the last day on which anything of the month may be due."""
    last = week_of(book.month[-1], "monday")[-1]
    selected = rules["Z601"]["status"] != "not_run" or rules["Z601"]["missing"]
    for day in book.month:
        if selected and in_force(law, "Z601", day):
            last = max(last, submission_deadline(book, law, day))
    return last


def due_list(book: Book, law: Law, rules: dict[str, dict[str, Any]]) -> list[dict[str, Any]] | None:
    """List what is due, soonest first; None when the month is past."""
    if book.as_of > last_day_of_interest(book, law, rules):
        return None
    found: list[dict[str, Any]] = []
    for code in CODES:
        if rules[code]["severity"] not in ("payment", "duty"):
            continue
        seen: list[Window] = []
        for day in rules[code]["open_days"]:
            window = window_of(book, law, code, day)
            if window is None or window in seen or over(book, window[1]):
                continue
            seen.append(window)
            found.append(
                {
                    "code": code,
                    "window": {"from": window[0], "to": window[1]},
                    "missing": missing(book, law, code, window, day),
                    "by": by_day(book, window),
                }
            )
    return sorted(found, key=lambda entry: (entry["by"], entry["code"], entry["window"]["from"]))

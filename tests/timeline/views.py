"""One month as a file shows it on two days, while records only arrive.

The month itself is a document of the brute-force generator with all its records and a plan that is true:
every day of use was planned, home only where home was planned. A view shows the rows that have arrived,
says what its lists cover, and leaves out what was not known yet; the later view only knows more.
"""

from __future__ import annotations

import copy
import random
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from brute import faults, months, random_call, random_document
from brute.book import EVENTS, HOME, STATES, day_of, moment, month_days
from brute.special import given

Doc = dict[str, Any]
UNSAID: dict[str, tuple[str, ...]] = {
    "approvals": ("on_certificate", "ground"),
    "notifications": ("provider",),
    "plans": ("user_signed",),
    "days": ("activity", "support"),
    "contacts": ("answered",),
    "emergencies": ("attended_by",),
}
"""Optional fields that are unknown where they are absent."""

PEOPLE = (("user", "wish"), ("user", "birth_date"), ("provider", "municipality"), ("provider", "menu"))
ANSWERS = ("answered_at", "attended_at")


@dataclass
class View:
    """What a file shows of a month on the day `as_of`."""

    document: Doc
    as_of: date
    absent: set[str] = field(default_factory=set[str])
    shown: set[tuple[str, int]] = field(default_factory=set[tuple[str, int]])
    covered: dict[str, tuple[date, date]] = field(default_factory=dict[str, tuple[date, date]])


def date_of(name: str, row: Doc) -> date:
    """Give the day in Japan on which an event happened."""
    return day_of(moment(row[EVENTS[name]]))


def whole_month(rng: random.Random) -> tuple[Doc, Doc]:
    """Make a month with all its records and a true plan, and the other arguments of its judgement."""
    final = random_document(rng) if rng.random() < 0.6 else mended_month(rng)
    call = random_call(rng, final)
    for name in ("as_of", "select"):
        call.pop(name, None)
    for name in ("as_of", "coverage"):
        final.pop(name, None)
    final["days"] = final.get("days") or []
    final["planned_days"] = true_plan(rng, final)
    return final, call


def mended_month(rng: random.Random) -> Doc:
    """Make a month that is lawful but for what was drawn: nothing, or one fault."""
    city = months.random_city(rng)
    final = months.lawful_month(rng, months.random_month(rng, city), city)
    if rng.random() < 0.5:
        faults.one_fault(rng, final)
    return final


def true_plan(rng: random.Random, final: Doc) -> list[Doc]:
    """Plan every day of use, each at home that was at home, and at times more."""
    home: dict[str, bool] = {}
    for row in final["days"]:
        home[row["date"]] = home.get(row["date"], False) or row["place"] in HOME
    for day in month_days(final["month"]):
        if rng.random() < 0.1:
            home[day.isoformat()] = home.get(day.isoformat(), False) or rng.random() < 0.7
    return [
        {"date": day, "place": "home" if at_home or rng.random() < 0.2 else "office"}
        for day, at_home in sorted(home.items())
        if day.startswith(final["month"])
    ]


def two_views(rng: random.Random, final: Doc) -> tuple[View, View]:
    """Show a month on two days, the later of which knows all that the earlier one did."""
    first, last = month_days(final["month"])[0], month_days(final["month"])[-1]
    span = (last - first).days
    day = first + timedelta(days=rng.randrange(-2, span + 3 if rng.random() < 0.85 else span + 16))
    later = day + timedelta(days=rng.choice([1, 1, 2, 5, 9, rng.randrange(1, 45)]))
    before, after = View({}, day), View({}, later)
    for name in (*EVENTS, *STATES):
        if name != "waivers" and rng.random() < 0.03:
            before.absent.add(name)
    stated = rng.random() < 0.5
    for name in EVENTS:
        if stated and name != "submissions" and rng.random() < 0.5:
            state_coverage(rng, name, first, before, after)
    arrive(rng, final, before, after)
    show(final, before)
    show(final, after)
    leave_unsaid(rng, before, after)
    if rng.random() < 0.3:
        forget_unused(rng, final, after)
    return before, after


def state_coverage(rng: random.Random, name: str, first: date, before: View, after: View) -> None:
    """State the coverage of a list on both days; it only grows."""
    begin = first - timedelta(days=rng.randrange(9))
    if name != "days" and rng.random() < 0.2:
        begin = first + timedelta(days=rng.randrange(12))
    through = before.as_of + timedelta(days=rng.choice([-1, -1, -2, -4, -8, 3]))
    until = max(through, after.as_of + timedelta(days=rng.choice([-1, -1, -2, -5, 9])))
    before.covered[name] = (begin, max(begin, through))
    after.covered[name] = (begin, max(begin, until))


def covers(view: View, final: Doc, name: str, day: date) -> bool:
    """Tell whether a view claims to hold all rows of a day."""
    if name in view.absent or day >= view.as_of:
        return False
    month = month_days(final["month"])
    begin, through = view.covered.get(name, (month[0], month[-1]))
    return name == "submissions" or begin <= day <= through


def arrive(rng: random.Random, final: Doc, before: View, after: View) -> None:
    """Let rows arrive: those of covered days, and of the other days until today some."""
    share = rng.choice([0.0, 0.5, 1.0])
    luck: dict[tuple[str, date, str], float] = {}
    for name in EVENTS:
        for place, row in enumerate(given(final, name)):
            day = date_of(name, row)
            drawn = luck.setdefault((name, day, together(name, row, place)), rng.random())
            for view in (before, after):
                open_day = day <= view.as_of and name not in view.absent
                is_lucky = drawn < (share if view is before else 0.3 + 0.7 * share)
                if covers(view, final, name, day) or (open_day and is_lucky):
                    view.shown.add((name, place))
    after.shown |= before.shown


def together(name: str, row: Doc, place: int) -> str:
    """Name what arrives at once: a day of use, for a day with a row is as recorded, and an evaluation.

    Rows of one date and means are one evaluation, so a second row may change what the first one was: a
    weekly visit becomes a visit for both, which need not count for its week. The contract lets a row of an
    uncovered day count as it is, and so does the engine; a late second row is not tried here.
    """
    if name == "evaluations":
        return str(row["means"])
    return "" if name == "days" else str(place)


def show(final: Doc, view: View) -> None:
    """Write the document that a view shows."""
    document: Doc = {}
    for name, value in final.items():
        if name in view.absent:
            continue
        if name in EVENTS:
            document[name] = None if value is None else shown_rows(view, name, value)
        else:
            document[name] = copy.deepcopy(value)
    document["coverage"] = {
        name: {"from": begin.isoformat(), "through": through.isoformat()}
        for name, (begin, through) in view.covered.items()
        if document.get(name) is not None
    }
    view.document = document


def shown_rows(view: View, name: str, rows: list[Doc]) -> list[Doc]:
    """Copy the rows of a list that have arrived, without answers that came later."""
    shown = (row for place, row in enumerate(rows) if (name, place) in view.shown)
    return [answered_by(copy.deepcopy(row), view.as_of) for row in shown]


def answered_by(row: Doc, as_of: date) -> Doc:
    """Leave out of a row an answer that came later."""
    late = [name for name in ANSWERS if row.get(name) and day_of(moment(row[name])) > as_of]
    return {name: value for name, value in row.items() if name not in late}


def leave_unsaid(rng: random.Random, before: View, after: View) -> None:
    """Leave out fields of the earlier view, and some of them of the later one, too."""
    if rng.random() < 0.5:
        return
    for owner, name in PEOPLE:
        if rng.random() < 0.05:
            before.document[owner].pop(name, None)
    for name, fields in UNSAID.items():
        theirs = rows_of(after, name)
        for place, row in rows_of(before, name).items():
            for told in fields:
                if told in row and rng.random() < 0.06:
                    for changed in (row, *((theirs[place],) if rng.random() < 0.5 else ())):
                        changed.pop(told, None)


def rows_of(view: View, name: str) -> dict[int, Doc]:
    """Give the rows of a list that a view shows, by their places in the whole month."""
    rows = given(view.document, name)
    places = sorted(place for source, place in view.shown if source == name)
    return dict(zip(places if name in EVENTS else range(len(rows)), rows, strict=True))


def forget_unused(rng: random.Random, final: Doc, after: View) -> None:
    """Take planned days on which nobody came out of the later plan."""
    used = {row["date"] for row in final["days"]}
    plan = after.document["planned_days"]
    after.document["planned_days"] = [row for row in plan if row["date"] in used or rng.random() < 0.5]

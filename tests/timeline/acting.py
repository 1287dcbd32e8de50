"""An office that each day does what `due` calls due on that day, and nothing else."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from brute.book import month_days, week_of
from zaitaku_rules import Case, check, due
from zaitaku_rules.report import Due, Report
from zaitaku_rules.testing import document

Doc = dict[str, Any]
FUJIEDA, HITACHI, HINO, MINOH, UBE, OKAZAKI = "222143", "082023", "132128", "272205", "352021", "232025"
PLACES = (FUJIEDA, HITACHI, HINO, MINOH, UBE, OKAZAKI)
STARTS = ("monday", "sunday")
NOTHING = ("contact", "report", "recording", "weekly", "achievement", "both", "claim", "submission")


@dataclass
class Office:
    """A running month, its plan, and the readings it is judged by."""

    made: Doc
    plan: dict[date, str]
    today: date
    readings: dict[str, str]
    acts: int = 0

    @property
    def month(self) -> list[date]:
        """The days of the month."""
        return month_days(self.made["month"])

    def due_today(self) -> list[Due]:
        """List what can be done today for the last time."""
        found = due(Case.model_validate(self.made), as_of=self.today, readings=self.readings)
        return [entry for entry in found if entry.last_day == self.today]

    def act(self) -> None:
        """Live one day as planned and do what is due on it."""
        missing = {entry.code: entry.missing for entry in self.due_today()}
        self.acts += sum(missing.values())
        place = self.plan.get(self.today)
        if place and (missing.keys() & {"Z403"} or (missing.keys() & {"Z402"} and self.must_commute())):
            place = "office"
        if place:
            self.use(place, is_told="Z303" in missing)
        self.meet(place, missing)
        for number in range(missing.get("Z301", 0)):
            self.call(number)
        if "Z302" in missing:
            self.made["daily_reports"].append({"date": self.today.isoformat()})
        if "Z304" in missing:
            self.record()
        if "Z601" in missing:
            row = {"kind": "monthly_record", "month": self.made["month"], "on": self.today.isoformat()}
            self.made["submissions"].append(row)

    def must_commute(self) -> bool:
        """Tell whether the achievement is surely assessed at the office only."""
        return bool(self.made["user"]["municipality"] == OKAZAKI)

    def use(self, place: str, *, is_told: bool = True) -> None:
        """Record a day of use."""
        row = {"date": self.today.isoformat(), "place": place}
        told = {"activity": "データ入力", "support": "作業手順の助言"} if is_told and place == "home" else {}
        self.made["days"].append(row | told)
        self.made["claimed_days"].append({"date": row["date"], "status": "use"})

    def meet(self, place: str | None, missing: dict[str, int]) -> None:
        """Hold the evaluations that are missing: at the office by commute, else by phone and visit."""
        covers = [name for code, name in (("Z401", "weekly"), ("Z402", "achievement")) if code in missing]
        for name in covers if place != "office" else []:
            self.evaluate([name], "phone" if name == "weekly" else "visit")
        if place == "office" and covers:
            self.evaluate(covers, "commute")

    def evaluate(self, covers: list[str], means: str) -> None:
        """Record an evaluation of today."""
        self.made["evaluations"].append({"date": self.today.isoformat(), "covers": covers, "means": means})

    def call(self, number: int) -> None:
        """Record a contact of today."""
        self.made["contacts"].append({"at": f"{self.today}T{10 + 5 * number}:00", "channel": "phone"})

    def record(self) -> None:
        """Record training and support of today in pictures."""
        row = {"date": self.today.isoformat(), "subject": "both", "media": "video", "secured": True}
        self.made["recordings"].append(row)

    def run(self) -> Report:
        """Act day by day until nothing can fall due any more, and judge the month."""
        end = self.month[-1] + timedelta(days=20)
        while self.today <= end:
            self.act()
            self.today += timedelta(days=1)
        return check(Case.model_validate(self.made), as_of=self.today, readings=self.readings)


def running_month(
    rng: random.Random, month: str, municipality: str, *, sundays: bool, readings: dict[str, str]
) -> Office:
    """Make a month that was lawful until a random day, with a plan for the rest of it."""
    spec = {"month": month, "municipality": municipality, "home": "none", "office": "none"}
    made = document(spec | {"service": rng.choice(["continuation_a", "continuation_b", "transition"])})
    days = month_days(month)
    today = days[0] + timedelta(days=rng.randrange(len(days) + 6))
    office = Office(made, drawn_plan(rng, days, sundays), today, readings)
    lived(rng, office)
    made["planned_days"] = [{"date": day.isoformat(), "place": place} for day, place in office.plan.items()]
    return office


def drawn_plan(rng: random.Random, days: list[date], sundays: bool) -> dict[date, str]:
    """Draw the days of use: on some weekdays, or on any day; at least one at home."""
    of_week = rng.sample(range(7 if sundays else 6), rng.choice([1, 2, 3, 5, 6]))
    used = [day for day in days if day.weekday() in of_week and rng.random() < 0.9]
    used = used[: len(days) - 8] or [days[0] + timedelta(days=days[0].weekday() == 6)]
    plan = {day: "home" if rng.random() < 0.8 else "office" for day in used}
    plan[rng.choice(used)] = "home"
    return plan


def weeks(office: Office) -> Iterator[list[date]]:
    """Give all weeks that hold a home day, of each beginning that is in question."""
    settled = office.readings.get("week_start")
    home = [day for day, place in office.plan.items() if place == "home"]
    for start in (settled,) if settled else STARTS:
        for first in sorted({week_of(day, start)[0] for day in home}):
            yield [first + timedelta(days=step) for step in range(7)]


def lived(rng: random.Random, office: Office) -> None:
    """Record the days before today; of what a week or the month still can do, only a part."""
    today, plan = office.today, office.plan
    past = [day for day in plan if day < today]
    settle_places(rng, office, past)
    held: set[date] = set()
    for week in weeks(office):
        inside = [day for day in past if day in week]
        if inside and not held & set(inside) and (week[-1] < today or rng.random() < 0.4):
            held.add(rng.choice(inside))
    is_left = any(day >= today for day in plan)
    there = [day for day in past if plan[day] == "office"] or past
    assessed = rng.choice(there) if past and (not is_left or rng.random() < 0.4) else None
    for day in past:
        office.today = day
        live(office, day in held, day == assessed)
    office.today = today


def settle_places(rng: random.Random, office: Office, past: list[date]) -> None:
    """Turn past home days into office days where the time for a commute is over, so that all is lawful."""
    plan, today = office.plan, office.today
    spans = list(weeks(office)) if office.made["user"]["municipality"] == HINO else []
    spans += [office.month] if office.must_commute() else []
    for span in spans:
        inside = [day for day in past if day in span]
        is_left = any(day >= today for day in plan if day in span)
        if inside and not is_left and not any(plan[day] == "office" for day in inside):
            plan[rng.choice(inside)] = "office"


def live(office: Office, is_held: bool, is_assessed: bool) -> None:
    """Record one lawful day."""
    place = office.plan[office.today]
    office.use(place)
    office.meet(place, {"Z401": 1} if is_held else {})
    office.meet(place, {"Z402": 1} if is_assessed else {})
    if place == "home":
        office.call(0)
        office.call(1)
        office.made["daily_reports"].append({"date": office.today.isoformat()})
        office.record()

"""A month while it is drawn: who is where on which day, and the case that it becomes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from zaitaku_rules.days import Calendar
from zaitaku_rules.testing.day_lists import NONE, day_list
from zaitaku_rules.testing.notation import document

AT_HOME, AWAY = ("home", "satellite"), ("office", "offsite")


@dataclass
class Sketch:
    """A month in parts that can still be changed; `document` turns it into a case.

    `places` says where each day of use is spent, `hours` at what times where they are not the usual ones,
    `calls` the contacts of a day by time and kind, `weekly` and `assessed` the evaluations by means. `more`
    holds what else the notation says.
    """

    calendar: Calendar
    places: dict[date, str]
    calls: dict[date, list[tuple[str, str]]]
    weekly: dict[date, str]
    assessed: tuple[date, str, str] | None
    hours: dict[date, str] = field(default_factory=dict[date, str])
    absent: dict[date, str] = field(default_factory=dict[date, str])
    unclaimed: set[date] = field(default_factory=set[date])
    more: dict[str, Any] = field(default_factory=dict[str, Any])

    @property
    def days(self) -> list[date]:
        """All days of the month."""
        return [self.calendar.first + timedelta(days=step) for step in range(self.calendar.length)]

    @property
    def home(self) -> list[date]:
        """The days at home, a satellite office included."""
        return self.at(*AT_HOME)

    @property
    def used(self) -> list[date]:
        """The days of use."""
        return sorted(self.places)

    @property
    def free(self) -> list[date]:
        """The days without use and without a recorded absence."""
        return [day for day in self.days if day not in self.places and day not in self.absent]

    def at(self, *places: str) -> list[date]:
        """Return the days spent at one of some places."""
        return sorted(day for day, place in self.places.items() if place in places)

    def document(self) -> dict[str, Any]:
        """Return the case document."""
        home, used = self.home, self.used
        spec: dict[str, Any] = {
            "month": self.calendar.name,
            **{place: self._use(place) for place in (*AT_HOME, *AWAY)},
            "contact": _tracks((how, f"{day}@{at}") for day in home for at, how in self.calls.get(day, ())),
            "weekly": _tracks((means, str(day)) for day, means in sorted(self.weekly.items())),
            "achievement": self._achievement(),
            "report": day_list(home),
            "recording": day_list(home),
            "absence": _tracks((how, str(day)) for day, how in sorted(self.absent.items())),
            "claim": self._claims(used),
            **self.more,
        }
        return document(spec)

    def _use(self, place: str) -> str:
        return " ".join(f"{day}{self.hours.get(day, '')}" for day in self.at(place)) or NONE

    def _achievement(self) -> dict[str, str] | str:
        if self.assessed is None:
            return NONE
        day, means, place = self.assessed
        return {f"{means}_at_{place}": str(day)}

    def _claims(self, used: list[date]) -> dict[str, str]:
        claimed = [day for day in used if day not in self.unclaimed]
        added = [day for day, how in self.absent.items() if how == "claimed"]
        return {"": day_list(claimed), "absence_addition": day_list(sorted(added))}


def _tracks(marks: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return the marks of a track, joined by kind."""
    found: dict[str, list[str]] = {}
    for how, mark in marks:
        found.setdefault(how, []).append(mark)
    return {how: " ".join(texts) for how, texts in found.items()}


def weeks(calendar: Calendar, starts: Iterable[Any]) -> Iterator[list[date]]:
    """Return the days of each week that touches the month, for each weekday on which weeks may begin."""
    for start in starts:
        for mask in calendar.weeks(start).masks:
            yield calendar.dates(mask)

"""Acts that staff and user may still do, each on one day: candidates, of which the search takes a few."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any, Literal, NamedTuple, TypeAlias

from zaitaku_rules.days import calendar_of
from zaitaku_rules.facts import Facts
from zaitaku_rules.mend import costs
from zaitaku_rules.mend.followed import is_away, is_open_day, planned, use_of
from zaitaku_rules.records import Case, Source
from zaitaku_rules.records.events import Evaluation, Submission

Covers: TypeAlias = tuple[Literal["weekly", "achievement"], ...]

_WEEKLY: Covers = ("weekly",)
_EACH: tuple[Covers, ...] = (_WEEKLY, ("achievement",), ("weekly", "achievement"))
_AT_HOME = ("home", "satellite")


class Act(NamedTuple):
    """An act on one day: by which means, covering what, on what kind of day, and what it costs."""

    means: Literal["phone", "video", "visit", "commute", "submit"]
    covers: Covers
    day: date
    setting: Literal["planned", "instead", "extra", "off_plan"]
    cost: int

    @property
    def rows(self) -> dict[Source, tuple[Any, ...]]:
        """The rows that will be on record once it is done."""
        if self.means == "submit":
            month = f"{self.day - timedelta(days=self.day.day):%Y-%m}"
            return {"submissions": (Submission(kind="monthly_record", month=month, on=self.day),)}
        found: dict[Source, tuple[Any, ...]] = {}
        if self.covers:
            row = Evaluation.model_construct(day=self.day, covers=self.covers, means=self.means, place=None)
            found["evaluations"] = (row,)
        if self.setting in ("instead", "extra"):
            found["days"] = (use_of(self.day, "office"),)
        return found


def acts(case: Case, facts: Facts) -> Iterator[Act]:
    """Return every act that may be tried: none before today, none while the user is in hospital."""
    recorded = {row.day: row.place for row in case.days or () if row.day == facts.as_of}
    places: Mapping[date, str] = {**planned(case, facts.as_of), **recorded}
    for day in _free_days(case, facts):
        place = places.get(day)
        yield from _evaluations(day, place)
        if place == "office" or day not in recorded:
            yield from _commutes(day, place)
    yield from _submissions(facts)


def _submissions(facts: Facts) -> Iterator[Act]:
    """Return submissions in the month that follows; on a closed day one takes more than on an office day."""
    after = facts.calendar.last + timedelta(days=1)
    for step in range(31):
        day = max(after, facts.as_of) + timedelta(days=step)
        if (day.year, day.month) == (after.year, after.month):
            yield Act("submit", (), day, "planned", costs.SUBMISSION + _closed(day))


def _closed(day: date) -> int:
    return 0 if is_open_day(day) else costs.CLOSED


def _free_days(case: Case, facts: Facts) -> Iterator[date]:
    last = date.fromordinal(calendar_of(case.month).reach[1])
    for step in range((last - facts.as_of).days + 1):
        day = facts.as_of + timedelta(days=step)
        if not is_away(case, day):
            yield day


def _evaluations(day: date, place: str | None) -> Iterator[Act]:
    setting: Literal["planned", "off_plan"] = "planned" if place else "off_plan"
    extra = 0 if place else costs.OFF_PLAN
    yield Act("phone", _WEEKLY, day, setting, costs.PHONE + costs.ASSESSED + extra)
    yield Act("video", _WEEKLY, day, setting, costs.VIDEO + costs.ASSESSED + extra)
    if place is None or place in _AT_HOME:
        for covers in _EACH:
            yield Act("visit", covers, day, setting, costs.VISIT + costs.ASSESSED * len(covers) + extra)


def _commutes(day: date, place: str | None) -> Iterator[Act]:
    """Return assessments at the office, and days there without one where none is planned.

    A day at home becomes one at the office on a closed day only as a last resort.
    """
    if place == "office":
        for covers in _EACH:
            yield Act("commute", covers, day, "planned", costs.COMMUTE + costs.ASSESSED * len(covers))
        return
    if not (place or is_open_day(day)):
        return
    setting: Literal["instead", "extra"] = "instead" if place else "extra"
    changed = costs.INSTEAD_OF_HOME + _closed(day) if place else costs.EXTRA_DAY
    for covers in ((), *_EACH):
        talk = costs.COMMUTE + costs.ASSESSED * len(covers) if covers else 0
        yield Act("commute", covers, day, setting, changed + talk)

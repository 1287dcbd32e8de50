"""When and where the service is used, and the days missed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from zaitaku_rules.testing.nation.dice import NEVER, NONE, Array, Dice, one_of
from zaitaku_rules.testing.nation.people import HOME_ONLY, MIXED, WEEKLY, People
from zaitaku_rules.testing.nation.span import Span

PLACES = ("home", "satellite", "office", "offsite")
HOME, SATELLITE, OFFICE, OFFSITE = range(4)
ADDITIONS = 4


@dataclass(frozen=True)
class Use:
    """The month of each user by day: the place, days of two places, absences, the stay in hospital.

    `allotted` is the number of days that the decision grants, NONE where it grants the standard days.
    """

    place: Array
    is_split: Array
    overlaps: Array
    absent: Array
    addition: Array
    stay_from: Array
    stay_to: Array
    allotted: Array

    @property
    def used(self) -> Array:
        """Days of use at any place."""
        used: Array = self.place != NONE
        return used

    @property
    def home(self) -> Array:
        """Days of use at home or at a satellite office."""
        return _at_home(self.place)

    @property
    def office(self) -> Array:
        """Days of use at the office, if only for half of the day."""
        whole_days: Array = self.place == OFFICE
        return whole_days | self.is_split | self.overlaps


def use_of(people: People, span: Span, dice: Dice) -> Use:
    """Return the month of each user."""
    draw = dice.passing("use")
    stay_from, stay_to = _stays(people, span, draw)
    # So many days cannot be exceeded by as many a week, and neither can the standard by five.
    allotted = np.where(draw.random(people.count) < 0.7, NONE, people.days_a_week * 4 + 3)
    planned = _planned(people, span, dice) & ~_inside(stay_from, stay_to, span)
    absent = planned & (draw.random(planned.shape, dtype=np.float32) < 0.04)
    used = planned & ~absent
    addition = absent & (draw.random(planned.shape, dtype=np.float32) < 0.5)
    addition &= np.cumsum(addition, axis=1, dtype=np.int8) <= ADDITIONS
    place = _places(people, used, span, draw)
    home, mixed = _at_home(place), (people.style == MIXED)[:, None]
    is_split: Array = home & mixed & (draw.random(home.shape, dtype=np.float32) < 0.02)
    overlaps: Array = home & ~is_split & dice.hits("places_overlap", *home.shape)
    around = np.where(dice.hits("home_in_hospital", people.count), one_of(draw, home), NONE)
    return Use(
        place,
        is_split,
        overlaps,
        absent,
        addition,
        stay_from=np.where(around == NONE, stay_from, span.first + around - 1),
        stay_to=np.where(around == NONE, stay_to, span.first + around + 1),
        allotted=_too_few(allotted, used, dice),
    )


def _at_home(place: Array) -> Array:
    home: Array = (place == HOME) | (place == SATELLITE)
    return home


def _planned(people: People, span: Span, dice: Dice) -> Array:
    """Return the days on which the user's weekdays meet an open office (nobody uses it on a Sunday)."""
    offices, office = people.offices, people.office
    order = dice.lasting("weekdays").random((people.count, 6))
    order[:, 5] += np.where(offices.opens_saturdays[office], 0, 1)
    rank = order.argsort(axis=1, kind="stable").argsort(axis=1, kind="stable")
    weekdays = np.zeros((people.count, 7), dtype=bool)
    weekdays[:, :6] = rank < people.days_a_week[:, None]
    is_open = ~span.holiday | offices.opens_holidays[:, None]
    return weekdays[:, span.weekday] & is_open[office]


def _stays(people: People, span: Span, draw: np.random.Generator) -> tuple[Array, Array]:
    """Return the first and last day of stays in hospital; NEVER for most users."""
    stays = draw.random(people.count) < 0.008
    first = span.first + draw.integers(0, span.length, people.count)
    last = first + draw.integers(2, 15, people.count)
    return np.where(stays, first, NEVER), np.where(stays, last, NEVER)


def _inside(first: Array, last: Array, span: Span) -> Array:
    days = span.first + np.arange(span.length)
    return (days >= first[:, None]) & (days <= last[:, None])


def _places(people: People, used: Array, span: Span, draw: np.random.Generator) -> Array:
    chance = draw.random(used.shape, dtype=np.float32)
    at_home = np.where((people.style == MIXED)[:, None], chance < people.share[:, None], True)
    at_home[(people.style == HOME_ONLY)] = True
    commutes = _one_a_week(used, span, draw) & (people.style == WEEKLY)[:, None]
    away = np.where((people.style == MIXED)[:, None] & (chance > 0.99), OFFSITE, OFFICE)
    home = np.where(people.at_satellite, SATELLITE, HOME)[:, None]
    place = np.where(at_home & ~commutes, home, away)
    return np.where(used, place, NONE).astype(np.int8)


def _one_a_week(used: Array, span: Span, draw: np.random.Generator) -> Array:
    """Return one day of use in each week."""
    found = np.zeros(used.shape, dtype=bool)
    for week in range(span.week[-1] + 1):
        days = np.flatnonzero(span.week == week)
        day = one_of(draw, used[:, days])
        rows = np.flatnonzero(day != NONE)
        found[rows, days[day[rows]]] = True
    return found


def _too_few(allotted: Array, used: Array, dice: Dice) -> Array:
    count = used.sum(axis=1)
    return np.where(dice.hits("allotment_exceeded", len(count)) & (count > 1), count - 1, allotted)

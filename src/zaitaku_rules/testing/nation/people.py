"""Who the users and their offices are; the same in every month of a seed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from zaitaku_rules.errors import InvalidCall, nearest
from zaitaku_rules.testing.nation.dice import Array, Dice, drawn
from zaitaku_rules.testing.nation.places import Places

SERVICES = ("transition", "continuation_a", "continuation_b", "selection")
SHARES = {"transition": 0.11, "continuation_a": 0.22, "continuation_b": 0.66, "selection": 0.01}
"""How many users use each service: mostly 就労継続支援B型."""

HOME_ONLY, WEEKLY, MIXED = 0, 1, 2
FEWEST, MOST = 5, 40
"""How many users an office has."""

_SINCE = {"transition": "2015-04", "selection": "2025-10"}


@dataclass(frozen=True)
class Offices:
    """The offices of a block: their first user, place, service and habits."""

    first: Array
    serial: Array
    place: Array
    service: Array
    opens_saturdays: Array
    opens_holidays: Array
    begins: Array
    ends: Array
    notes_times: Array


@dataclass(frozen=True)
class People:
    """The users of a block, counted from `start`."""

    start: int
    offices: Offices
    office: Array
    place: Array
    days_a_week: Array
    style: Array
    share: Array
    at_satellite: Array
    chats: Array
    anniversary: Array
    years: Array

    @property
    def count(self) -> int:
        """The number of users."""
        return len(self.office)


def people(start: int, count: int, where: Places, shares: Array, dice: Dice) -> People:
    """Return `count` users from number `start` on, with their offices."""
    office = _office_of(count, dice)
    offices = _offices(start, office, where, shares, dice)
    draw = dice.lasting("people")
    own = draw.random(count) < 0.9
    place = np.where(own, offices.place[office], drawn(dice.lasting("elsewhere"), where.weights, count))
    style = np.where(where.commutes[place], WEEKLY, drawn(draw, (0.35, 0.35, 0.30), count))
    return People(
        start,
        offices,
        office,
        place,
        days_a_week=np.array([5, 4, 3])[drawn(draw, (0.5, 0.25, 0.25), count)],
        style=style,
        share=draw.uniform(0.3, 0.9, count),
        at_satellite=draw.random(count) < 0.02,
        chats=draw.random(count) < 0.4,
        anniversary=draw.integers(0, 12, count),
        years=draw.integers(0, 3, count),
    )


def _office_of(count: int, dice: Dice) -> Array:
    """Return the office of each user: 5 to 35 users each, and a last one of fewer joins the one before."""
    sizes = dice.lasting("sizes").integers(FEWEST, MOST - 4, count // FEWEST + 1)
    office = np.searchsorted(np.cumsum(sizes), np.arange(count), side="right")
    last = int(office[-1])
    if last and np.count_nonzero(office == last) < FEWEST:
        office[office == last] -= 1
    return office


def _offices(start: int, office: Array, where: Places, shares: Array, dice: Dice) -> Offices:
    first = np.flatnonzero(np.diff(office, prepend=-1))
    count, draw = len(first), dice.lasting("offices")
    return Offices(
        start + first,
        # An office has five users or more, so no two blocks share a number.
        serial=start // FEWEST + np.arange(count),
        place=drawn(draw, where.weights, count),
        service=drawn(draw, shares.tolist(), count),
        opens_saturdays=draw.random(count) < 0.1,
        opens_holidays=draw.random(count) < 0.08,
        begins=np.array([9 * 60, 9 * 60 + 30, 10 * 60])[draw.integers(0, 3, count)],
        ends=np.array([15 * 60, 15 * 60 + 30, 16 * 60])[draw.integers(0, 3, count)],
        notes_times=draw.random(count) < 0.6,
    )


def service_shares(services: Mapping[str, float] | None, month: str) -> Array:
    """Return the share of each service; by default of those that can be used at home in the month."""
    if services is None:
        services = {name: share for name, share in SHARES.items() if month >= _SINCE.get(name, "")}
    for name, share in services.items():
        if name not in SERVICES or share < 0:
            near = nearest(name, SERVICES) or ", ".join(SERVICES)
            raise InvalidCall(
                f"サービスの割合が読めません。{near}", f"not a share of a service: {near}", place="services"
            )
    found = np.array([services.get(name, 0.0) for name in SERVICES])
    if not found.any():
        raise InvalidCall("サービスがありません。", "no service is named", place="services")
    return found

"""The papers: approvals, notifications, plans, arrangements; users and offices themselves."""

from __future__ import annotations

import numpy as np

from zaitaku_rules.testing.nation.columns import DAYS, READY, REASONS, Rows
from zaitaku_rules.testing.nation.dice import NEVER, NONE, Array, Dice, drawn
from zaitaku_rules.testing.nation.people import People
from zaitaku_rules.testing.nation.places import Places
from zaitaku_rules.testing.nation.span import Span, first_day
from zaitaku_rules.testing.nation.use import Use

_BORN = (-2_000, 13_500)
"""The days since 1970 between which users were born: July 1964 to December 2006."""

_BY_NOTICE = 5
"""How many of the arrangements, the first ones, the notice itself asks for."""


def papers(people: People, use: Use, where: Places, span: Span, dice: Dice) -> dict[str, Rows]:
    """Return the tables of what stands on paper."""
    approved = span.number - (span.number - people.anniversary) % 12
    begun = first_day(approved - 12 * people.years)
    return {
        "users": _users(people, begun, span, dice),
        "providers": _providers(people),
        "readiness": _readiness(people, dice),
        "approvals": _approvals(people, use, approved, span, dice),
        "notifications": _notifications(people, where, first_day(approved), span, dice),
        "plans": _plans(people, approved, span, dice),
        "assessments": _assessments(people, begun, dice),
        "consents": _consents(people, begun, dice),
    }


def _users(people: People, begun: Array, span: Span, dice: Dice) -> Rows:
    draw, count = dice.lasting("users"), people.count
    late = span.first + dice.passing("wishes").integers(1, span.length, count)
    return {
        "user": people.start + np.arange(count),
        "office": people.office,
        "place": people.place,
        "birth_date": draw.integers(*_BORN, count),
        "wish_on": np.where(dice.hits("wish_late", count), late, begun - 60),
        "wish_reason": drawn(draw, [1] * len(REASONS), count),
    }


def _providers(people: People) -> Rows:
    offices = people.offices
    count = len(offices.first)
    return {
        "user": offices.first,
        "office": np.arange(count),
        "place": offices.place,
        "service": offices.service,
        "name": np.zeros(count, dtype=np.int8),
        "menu": np.zeros(count, dtype=np.int8),
    }


def _readiness(people: People, dice: Dice) -> Rows:
    count, kinds = len(people.offices.first), len(READY)
    lacking = dice.passing("arrangements").integers(0, _BY_NOTICE, count)
    held = (np.arange(kinds) != lacking[:, None]) | ~dice.hits("readiness_missing", count)[:, None]
    office, kind = np.nonzero(held)
    first = int(first_day(np.array([2016 * 12 + 3]))[0])
    return {
        "user": people.offices.first[office],
        "office": office,
        "kind": kind.astype(np.int8),
        "from": np.full(len(office), first),
    }


def _approvals(people: People, use: Use, approved: Array, span: Span, dice: Dice) -> Rows:
    """Return two rows for each user: a decision for three years, home use for one."""
    count, draw = people.count, dice.lasting("approvals")
    decided = approved - 12 * people.years
    end = span.first + dice.passing("lapses").integers(0, span.length - 1, (2, count))
    lapsed = np.stack([dice.hits(f"{name}_lapsed", count) for name in ("decision", "approval")])
    months = np.stack([decided, approved])
    begin, regular = first_day(months), first_day(months + np.array([[36], [12]])) - 1
    days = np.where(use.allotted == NONE, len(DAYS) - 1, use.allotted - 1)
    ground = np.where(dice.hits("ground_unclear", count), 2, drawn(draw, (0.7, 0.3), count))
    absent = np.full(count, NONE)
    return {
        "user": np.repeat(people.start + np.arange(count), 2),
        "kind": _paired(np.zeros(count), np.ones(count)).astype(np.int8),
        "from": _paired(*begin),
        "to": _paired(*np.where(lapsed, end, regular)),
        "service": _paired(people.offices.service[people.office], absent).astype(np.int8),
        "days_per_month": _paired(days, absent).astype(np.int8),
        "on_certificate": _paired(absent, ~dice.hits("certificate_silent", count)).astype(np.int8),
        "issued": _paired(*(begin - 10)),
        "ground": _paired(absent, ground).astype(np.int8),
    }


def _paired(first: Array, second: Array) -> Array:
    return np.stack([first, second], axis=1).ravel()


def _notifications(people: People, where: Places, begin: Array, span: Span, dice: Dice) -> Rows:
    """Return a first notification, and one for the fiscal year where a city asks for it."""
    count = people.count
    year = int(first_day(np.array([span.fiscal_year_number]))[0])
    renews = where.renews_yearly[people.place] | (dice.lasting("notifications").random(count) < 0.1)
    again = renews & (begin < year)
    days = np.stack([begin, np.full(count, year)], axis=1)
    user, turn = np.nonzero(np.stack([np.ones(count, dtype=bool), again], axis=1))
    from_ = days[user, turn]
    refused = dice.hits("notification_unaccepted", count)[user]
    return {
        "user": people.start + user,
        "office": people.office[user],
        "kind": turn.astype(np.int8),
        "submitted": from_ - 45,
        "accepted": np.where(refused, NEVER, from_ - 30),
        "from": from_,
    }


def _plans(people: People, approved: Array, span: Span, dice: Dice) -> Rows:
    """Return the plan in force, for the half of the approved year that holds the month."""
    begin = approved + (span.number - approved) // 6 * 6
    count = people.count
    return {
        "user": people.start + np.arange(count),
        "from": first_day(begin),
        "to": first_day(begin + 6) - 1,
        "states_home_use": ~dice.hits("plan_silent", count),
        "user_signed": ~dice.hits("plan_unsigned", count),
    }


def _assessments(people: People, begun: Array, dice: Dice) -> Rows:
    count = people.count
    return {
        "user": people.start + np.arange(count),
        "on": begun - 40,
        "commuting_difficulty": drawn(dice.lasting("assessments"), (0.5, 0.5), count),
        "cautions": np.zeros(count, dtype=np.int8),
    }


def _consents(people: People, begun: Array, dice: Dice) -> Rows:
    user = np.flatnonzero(~dice.hits("consent_missing", people.count))
    return {
        "user": people.start + user,
        "kind": np.zeros(len(user), dtype=np.int8),
        "on": begun[user] - 3,
    }

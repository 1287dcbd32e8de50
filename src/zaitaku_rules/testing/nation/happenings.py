"""Days as recorded and as claimed, absences, stays, recordings, questions, emergencies, submissions."""

from __future__ import annotations

import numpy as np

from zaitaku_rules.testing.nation.columns import ACTIVITIES, MENU, SUPPORT, Rows
from zaitaku_rules.testing.nation.dice import NEVER, NONE, Array, Dice, drawn, one_of
from zaitaku_rules.testing.nation.people import People
from zaitaku_rules.testing.nation.places import Places
from zaitaku_rules.testing.nation.span import MINUTES, Span, first_day
from zaitaku_rules.testing.nation.use import OFFICE, Use

_NOON = 12 * 60
_CLAIMED, _ADDITION = 0, 1


def days(people: People, use: Use, span: Span, dice: Dice) -> Rows:
    """Return the days of use; a day at two places has two rows."""
    also_office = use.is_split | use.overlaps
    turns = np.stack([np.where(also_office, OFFICE, NONE), use.place], axis=-1)
    user, day, turn = np.nonzero(turns != NONE)
    place = turns[user, day, turn].astype(np.int8)
    is_morning = (turn == 0) & use.is_split[user, day]
    is_afternoon = (turn == 1) & use.is_split[user, day]
    office, at_home, count = people.office[user], (turn == 1) & use.home[user, day], len(user)
    draw = dice.passing("activities")
    activity = drawn(draw, [1] * len(MENU), count)
    blank = at_home & dice.hits("activity_blank", *use.place.shape)[user, day]
    absent = at_home & dice.hits("activity_absent", *use.place.shape)[user, day]
    activity[blank] = len(ACTIVITIES) - 1
    activity[absent & ~blank] = NONE
    support = drawn(draw, [1] * len(SUPPORT), count)
    return {
        "user": people.start + user,
        "date": span.first + day,
        "place": place,
        "start": _half_hours(np.where(is_afternoon, _NOON + 60, people.offices.begins[office])),
        "end": _half_hours(np.where(is_morning, _NOON, people.offices.ends[office])),
        "activity": activity,
        "support": np.where(at_home, support, NONE).astype(np.int8),
    }


def _half_hours(minutes: Array) -> Array:
    return ((minutes - 8 * 60) // 30).astype(np.int8)


def absences(people: People, use: Use, span: Span) -> Rows:
    """Return the absences; half of them with the addition."""
    user, day = np.nonzero(use.absent)
    claimed = use.addition[user, day].astype(np.int8)
    return {"user": people.start + user, "date": span.first + day, "addition_claimed": claimed}


def claimed_days(people: People, use: Use, span: Span, dice: Dice) -> Rows:
    """Return the days as the billing export claims them."""
    status = np.where(use.used, _CLAIMED, np.where(use.addition, _ADDITION, NONE))
    draw, count = dice.passing("claims"), people.count
    faults = {
        "claimed_without_use": (~use.used & ~use.addition, _CLAIMED),
        "use_not_claimed": (use.used, NONE),
        "addition_on_use_day": (use.used, _ADDITION),
    }
    for name, (mask, value) in faults.items():
        day = one_of(draw, mask)
        who = np.flatnonzero(dice.hits(name, count) & (day != NONE))
        status[who, day[who]] = value
    user, day = np.nonzero(status != NONE)
    found = status[user, day].astype(np.int8)
    return {"user": people.start + user, "date": span.first + day, "status": found}


def hospital_stays(people: People, use: Use) -> Rows:
    """Return the stays in hospital."""
    user = np.flatnonzero(use.stay_from != NEVER)
    return {"user": people.start + user, "from": use.stay_from[user], "to": use.stay_to[user]}


def recordings(people: People, use: Use, where: Places, span: Span, dice: Dice) -> Rows:
    """Return the recordings: of each home day where a city asks for them, else of one in the month."""
    draw, asked = dice.passing("recordings"), where.records_daily[people.place][:, None]
    first = use.home & (np.cumsum(use.home, axis=1) == 1)
    noted = first & ~dice.hits("recordings_absent", people.count)[:, None]
    user, day = np.nonzero(np.where(asked, use.home, noted))
    count = len(user)
    return {
        "user": people.start + user,
        "date": span.first + day,
        "subject": np.zeros(count, dtype=np.int8),
        "media": drawn(draw, (0.8, 0.1, 0.1), count),
        "secured": ~dice.hits("recording_unsecured", *use.home.shape)[user, day],
    }


def inquiries(people: People, use: Use, span: Span, dice: Dice) -> Rows:
    """Return the questions of users, answered within hours."""
    draw = dice.passing("inquiries")
    user, at = _moments(people, use, span, 0.08, draw)
    answered = at + draw.integers(5, 180, len(user))
    answered = np.where(dice.hits("inquiry_unanswered", people.count)[user], NEVER, answered)
    return {"user": people.start + user, "at": at, "answered_at": answered}


def emergencies(people: People, use: Use, span: Span, dice: Dice) -> Rows:
    """Return the emergencies, attended by staff within the hour."""
    draw = dice.passing("emergencies")
    user, at = _moments(people, use, span, 0.01, draw)
    nobody = dice.hits("emergency_unattended", people.count)[user]
    attended = np.where(nobody, NEVER, at + draw.integers(10, 60, len(user)))
    by = np.where(nobody, NONE, 0).astype(np.int8)
    return {"user": people.start + user, "at": at, "attended_at": attended, "attended_by": by}


def _moments(
    people: People, use: Use, span: Span, share: float, draw: np.random.Generator
) -> tuple[Array, Array]:
    """Return some users and a moment on one of their home days."""
    day = one_of(draw, use.home)
    user = np.flatnonzero((draw.random(people.count) < share) & (day != NONE))
    return user, (span.first + day[user]) * MINUTES + draw.integers(600, 840, len(user))


def submissions(people: People, use: Use, where: Places, span: Span, dice: Dice) -> Rows:
    """Return the records handed in on the first of the next month, where a city asks and for a few others."""
    wanted = where.submits[people.place] | (dice.lasting("submissions").random(people.count) < 0.1)
    user = np.flatnonzero(wanted & ~dice.hits("record_not_submitted", people.count) & use.used.any(axis=1))
    zero = np.zeros(len(user), dtype=np.int8)
    next_month = int(first_day(np.array([span.number + 1]))[0])
    return {"user": people.start + user, "kind": zero, "month": zero, "on": np.full(len(user), next_month)}


def life_support_days(people: People, use: Use, span: Span, dice: Dice) -> Rows:
    """Return the days of the addition for life support, for a few users."""
    draw = dice.passing("life support")
    right, wrong = one_of(draw, use.home), one_of(draw, ~use.home)
    day = np.where(dice.hits("life_support_elsewhere", people.count), wrong, right)
    user = np.flatnonzero((draw.random(people.count) < 0.03) & (day != NONE))
    claimed = np.ones(len(user), dtype=np.int8)
    return {"user": people.start + user, "date": span.first + day[user], "claimed": claimed}

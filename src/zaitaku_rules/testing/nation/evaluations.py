"""The weekly evaluations and the monthly assessment of achievement."""

from __future__ import annotations

import numpy as np

from zaitaku_rules.testing.nation.columns import COVERS, MEANS, Rows
from zaitaku_rules.testing.nation.dice import NEVER, NONE, Array, Dice, drawn, one_of
from zaitaku_rules.testing.nation.people import People
from zaitaku_rules.testing.nation.span import MINUTES, Span
from zaitaku_rules.testing.nation.use import HOME, SATELLITE, Use

_VISIT, _COMMUTE, _PHONE = (MEANS.index(name) for name in ("visit", "commute", "phone"))
_WEEK, _ACHIEVEMENT, _BOTH = range(len(COVERS))
_AT_HOME, _AT_SATELLITE, _AT_OFFICE = range(3)


def evaluations(people: People, use: Use, span: Span, dice: Dice) -> Rows:
    """Return the evaluations: one in each week with a home day, and one of the achievement."""
    day, means = _assessment(people, use, dice)
    weekly = _weekly(use, span, means == _VISIT, dice)
    joint = (means == _VISIT) & dice.hits("visit_joint", people.count)
    own_week = (span.week[day][:, None] == span.week) & joint[:, None]
    weekly[own_week] = NONE
    turns = np.full((*weekly.shape, 2), NONE, dtype=np.int8)
    covers = np.full_like(turns, _WEEK)
    turns[..., 0] = weekly
    who = np.flatnonzero(day != NONE)
    merged = weekly[who, day[who]] == means[who]
    turns[who, day[who], 1] = np.where(merged, NONE, means[who])
    covers[who, day[who], 0] = np.where(merged, _BOTH, _WEEK)
    covers[who, day[who], 1] = np.where(joint[who], _BOTH, _ACHIEVEMENT)
    return _rows(people, use, span, turns, covers, dice)


def _assessment(people: People, use: Use, dice: Dice) -> tuple[Array, Array]:
    """Return the day and the means of each assessment: by commute or by visit."""
    draw = dice.passing("assessment")
    office, home = one_of(draw, use.office), one_of(draw, use.home)
    commutes = (office != NONE) & ((home == NONE) | (draw.random(people.count) < 0.85))
    day = np.where(commutes, office, home)
    means = np.where(commutes, _COMMUTE, _VISIT)
    phoned = dice.hits("assessment_by_phone", people.count)
    day = np.where(phoned & (home != NONE), home, day)
    means = np.where(phoned, _PHONE, means)
    return np.where(dice.hits("assessment_missing", people.count), NONE, day), means


def _weekly(use: Use, span: Span, is_visited: Array, dice: Dice) -> Array:
    """Return the means of the weekly evaluation by user and day, NONE where there is none."""
    draw, count = dice.passing("weekly"), len(use.place)
    found = np.full(use.place.shape, NONE, dtype=np.int8)
    weeks = int(span.week[-1]) + 1
    missing = dice.hits("weekly_missing", count, weeks)
    wrong = dice.hits("commute_evaluation_at_home", count, weeks)
    for week in range(weeks):
        days = np.flatnonzero(span.week == week)
        home, office = _last(use.home[:, days] & ~use.office[:, days]), _last(use.office[:, days])
        astray = wrong[:, week] & (home != NONE)
        commutes = (office != NONE) & ((draw.random(count) < 0.6) | (home == NONE)) & ~astray
        # A second visit on the day of the assessment would make one with it, so visits are for the others.
        apart = drawn(draw, (0.1, 0, 0.45, 0.30, 0.1, 0.05), count)
        means = np.where((apart == _VISIT) & is_visited, _PHONE, apart)
        means = np.where(commutes | astray, _COMMUTE, means)
        day = np.where(commutes, office, home)
        due = np.flatnonzero(use.home[:, days].any(axis=1) & ~missing[:, week] & (day != NONE))
        found[due, days[day[due]]] = means[due]
    return found


def _last(mask: Array) -> Array:
    """Return for each row the last column in which `mask` holds, or NONE."""
    last = mask.shape[1] - 1 - mask[:, ::-1].argmax(axis=1)
    return np.where(mask.any(axis=1), last, NONE)


def _rows(people: People, use: Use, span: Span, turns: Array, covers: Array, dice: Dice) -> Rows:
    user, day, turn = np.nonzero(turns != NONE)
    means, covered = turns[user, day, turn], covers[user, day, turn]
    where = use.place[user, day]
    home = np.where(where == SATELLITE, _AT_SATELLITE, np.where(where == HOME, _AT_HOME, NONE))
    place = np.where(means == _VISIT, home, np.where(means == _COMMUTE, _AT_OFFICE, NONE))
    minute = dice.passing("evaluation rows").integers(960, 1080, len(user))
    recorded = (span.first + day) * MINUTES + minute
    return {
        "user": people.start + user,
        "date": span.first + day,
        "covers": covered,
        "means": means,
        "place": np.where(covered == _WEEK, NONE, place).astype(np.int8),
        "recorded_at": np.where(people.offices.notes_times[people.office[user]], recorded, NEVER),
    }

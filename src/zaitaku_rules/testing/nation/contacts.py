"""The contacts and daily reports of days at home."""

from __future__ import annotations

import numpy as np

from zaitaku_rules.testing.nation.columns import CHANNELS, Rows
from zaitaku_rules.testing.nation.dice import NEVER, NONE, Array, Dice, drawn, mark, one_of
from zaitaku_rules.testing.nation.people import People
from zaitaku_rules.testing.nation.span import MINUTES, Span
from zaitaku_rules.testing.nation.use import Use

_FIRST, _MIDDLE, _SECOND, _DOUBLE = range(4)
_PHONE, _CHAT, _ONE_WAY = (CHANNELS.index(name) for name in ("phone", "chat", "one_way"))
_BY_USER, _BY_STAFF = 1, 0


def contacts(people: People, use: Use, span: Span, dice: Dice) -> Rows:
    """Return the contacts: two or three on a day at home, one with an absence that is claimed."""
    clock, spoiled = _clocks(use, dice)
    user, day, slot = np.nonzero(clock != NONE)
    rows = _as_usual(people, user, (span.first + day) * MINUTES + clock[user, day, slot], slot, dice)
    for name, columns in _FAULTS.items():
        hit = spoiled[name][user, day] & (slot == _SECOND)
        for column, value in columns.items():
            rows[column][hit] = value
    early = (slot == _FIRST) & dice.hits("contact_recorded_early", *use.home.shape)[user, day]
    rows["recorded_at"][early] = rows["at"][early] - 90
    source = np.arange(len(user)) - ((slot == _SECOND) & spoiled["contact_repeated"][user, day])
    source = (source - (slot == _DOUBLE))[source - (slot == _DOUBLE)] if len(user) else source
    copied = {name: values[source] for name, values in rows.items()}
    return {"user": people.start + user, **copied}


_FAULTS: dict[str, dict[str, int]] = {
    "contact_unanswered": {"by": _BY_USER, "answered": 0},
    "contact_unsaid": {"by": _BY_USER, "answered": NONE},
    "contact_one_way": {"channel": _ONE_WAY, "by": NONE, "answered": NONE},
}


def _clocks(use: Use, dice: Dice) -> tuple[Array, dict[str, Array]]:
    """Return the minute of each contact by user, day and turn, and the days on which one is spoiled."""
    draw, home = dice.passing("contacts"), use.home
    shape = home.shape

    def between(begin: int, end: int) -> Array:
        return draw.integers(begin, end, shape, dtype=np.int16)

    names = (*_FAULTS, "contact_repeated", "contacts_close", "second_contact_missing")
    spoiled = {name: home & dice.hits(name, *shape) for name in names}
    clock = np.full((*shape, 4), NONE, dtype=np.int16)
    third = home & (draw.random(shape, dtype=np.float32) < 0.28)
    third &= ~np.logical_or.reduce([*spoiled.values()])
    stray = one_of(draw, ~use.used & ~use.absent)
    reached = mark(home | use.addition, stray, dice.hits("contact_without_use", len(home)))
    clock[..., _FIRST] = np.where(reached, between(530, 630), NONE)
    clock[..., _MIDDLE] = np.where(third, between(700, 800), NONE)
    second = home & ~spoiled["second_contact_missing"]
    apart = np.where(spoiled["contacts_close"], clock[..., _FIRST] + 20, between(870, 980))
    apart = np.where(spoiled["contact_repeated"], clock[..., _FIRST], apart)
    clock[..., _SECOND] = np.where(second, apart, NONE)
    double = second & dice.hits("contact_doubled", *shape)
    clock[..., _DOUBLE] = np.where(double, clock[..., _SECOND], NONE)
    return clock, spoiled


def _as_usual(people: People, user: Array, at: Array, slot: Array, dice: Dice) -> Rows:
    """Return rows as they should be: by staff, or in between by the user and answered."""
    draw, count = dice.passing("contact rows"), len(user)
    by_user = (slot == _MIDDLE) & (draw.random(count, dtype=np.float32) < 0.3)
    recorded = at + draw.integers(0, 30, count, dtype=np.int16)
    channel = drawn(draw, (0.40, 0.27, 0.03, 0, 0.22, 0.08), count)
    return {
        "at": at,
        "channel": np.where((channel == _CHAT) & ~people.chats[user], _PHONE, channel).astype(np.int8),
        "by": np.where(by_user, _BY_USER, _BY_STAFF).astype(np.int8),
        "answered": np.where(by_user, 1, NONE).astype(np.int8),
        "kind": np.where(slot == _FIRST, drawn(draw, (0.6, 0, 0, 0.4), count), drawn(draw, (0, 1, 2), count)),
        "recorded_at": np.where(people.offices.notes_times[people.office[user]], recorded, NEVER),
    }


def daily_reports(people: People, use: Use, span: Span, dice: Dice) -> Rows:
    """Return the daily reports of days at home."""
    draw, shape = dice.passing("reports"), use.home.shape
    user, day = np.nonzero(use.home & ~dice.hits("report_missing", *shape))
    count = len(user)
    late = dice.hits("report_late", *shape)[user, day]
    delay = np.where(late, 5, drawn(draw, (0.85, 0.12, 0.03), count))
    recorded = (span.first + day + delay) * MINUTES + draw.integers(930, 1080, count)
    is_timed = late | people.offices.notes_times[people.office[user]]
    return {
        "user": people.start + user,
        "date": span.first + day - dice.hits("report_shifted", *shape)[user, day],
        "author": drawn(draw, (0.5, 0.5), count),
        "recorded_at": np.where(is_timed, recorded, NEVER),
    }

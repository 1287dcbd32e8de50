"""The contacts of some users as sorted numbers: on which days how many count, by which channel, how close.

Counting different moments of a day asks an engine to group by user, day and channel, millions of groups;
sorting numbers is several times as fast.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

import numpy as np

from zaitaku_rules.facts.daily import perhaps_close, surely_close

CHANNELS = ("phone", "video", "visit", "office", "chat", "mail", "one_way")

DAY = 24 * 60 * 60 * 1_000_000
"""The microseconds of a day."""

_MOMENT, _CHANNEL, _CELL, _USER = 1, 38, 41, 47
"""The lowest bits of a sorted contact: whether it surely counts, then microsecond, channel, cell and user."""

STATUS, EARLY, SINCE = 3, 5, 6
"""The lowest bits of a contact as it is read: the channel, whether it counts, whether it was recorded before
it took place, and the microseconds since the page began."""

NOT, PERHAPS, SURELY = range(3)
"""Whether a contact counts."""

_MIDNIGHT = datetime.fromordinal(1)
_POWERS = np.ldexp(1.0, np.arange(1 << (_USER - _CELL)))


class SortedContacts:
    """The contacts of some users, sorted by user, cell, channel and moment, each moment once."""

    def __init__(self, numbers: Any, lengths: Any, later: int | None) -> None:
        """Sort the contacts of users who have `lengths` of them; those of days after `later` never count."""
        self.users = len(lengths)
        since = numbers >> SINCE
        cells = since // DAY
        days = np.repeat(np.arange(self.users) << (_USER - _CELL), lengths) + cells
        is_later = cells > later if later is not None else np.False_
        status = (numbers >> STATUS) & 3
        self.future = days[is_later] if later is not None else days[:0]
        self.early = days[(numbers >> EARLY & 1).astype(bool) & ~is_later]
        is_counted = (status != NOT) & ~is_later
        every = days << _CELL
        every |= (numbers & 7) << _CHANNEL
        every |= (since - cells * DAY) << _MOMENT
        every |= status >> 1
        self.silent = days[:0]
        if not is_counted.all():
            self.silent, every = days[~is_counted & ~is_later], every[is_counted]
        every.sort()
        # Of rows of one moment and channel the last one is sure if any is.
        last = every[1:] >> _MOMENT != every[:-1] >> _MOMENT
        self.every = every if last.all() else every[np.append(last, True)]
        is_sure = (self.every & 1).astype(bool)
        self.sure = self.every if is_sure.all() else self.every[is_sure]
        self.doubtful = self.every[:0] if is_sure.all() else _runs(_day(self.every[~is_sure]))[0]

    def words(self, levels: int, minutes: Sequence[int]) -> Any:
        """Return the words of each user, in the order of `word_names`."""
        unsure = self.every[self._is_doubtful(_day(self.every))] if len(self.doubtful) else self.every[:0]
        runs, starts, sizes = _runs(self.sure >> _CHANNEL)
        days, channels, number = _runs(runs >> (_CELL - _CHANNEL))
        several = (number >= 2) | (sizes[channels] >= 2)
        span = _span(self.sure, (starts, sizes), (channels, number))
        surely, unsurely = self._days(days), self._days(self.doubtful)
        told = surely | unsurely
        columns = [told, self._days(days[several]), unsurely, told | self._any_of(self.silent)]
        columns += [self._any_of(self.early), self._any_of(self.future)]
        for number in minutes:
            columns.append(self._days(days[span <= number * 60_000_000]))
            columns += self._close(unsure, timedelta(minutes=number))
        counted = [*self._counted(runs, sizes, levels)]
        runs, _, sizes = _runs(unsure >> _CHANNEL)
        return np.concatenate([*counted, *self._counted(runs, sizes, levels), columns])

    def _is_doubtful(self, days: Any) -> Any:
        """Return which of the days are such on which a contact perhaps counts."""
        found = np.zeros(self.users << (_USER - _CELL), bool)
        found[self.doubtful] = True
        return found.take(days)

    def _counted(self, runs: Any, sizes: Any, levels: int) -> Iterator[Any]:
        """Return for each level and channel the word of each user: the days with so many contacts."""
        if not len(runs):
            yield np.zeros((levels * len(CHANNELS), self.users), np.int64)
            return
        channels = len(CHANNELS)
        columns = (runs & ((1 << (_CELL - _CHANNEL)) - 1)) * self.users + (runs >> (_USER - _CHANNEL))
        cells = _bits(runs >> (_CELL - _CHANNEL))
        for level in range(1, levels + 1):
            here = slice(None) if level == 1 else sizes >= level
            yield _summed(columns[here], cells[here], self.users * channels).reshape(channels, self.users)

    def _any_of(self, days: Any) -> Any:
        """Return the words of days, each of which may stand more than once."""
        return self._days(np.unique(days)) if len(days) else np.zeros(self.users, np.int64)

    def _days(self, days: Any) -> Any:
        return _summed(days >> (_USER - _CELL), _bits(days), self.users)

    def _close(self, unsure: Any, limit: timedelta) -> list[Any]:
        """Return the words of the days on which one perhaps counts, as the facts of one case read them."""
        found = np.zeros((3, self.users), np.int64)
        for day, contacts in _by_day(unsure):
            said = (
                surely_close(contacts, limit),
                perhaps_close(contacts, limit, False),
                perhaps_close(contacts, limit, True),
            )
            user, cell = day >> (_USER - _CELL), day & ((1 << (_USER - _CELL)) - 1)
            found[:, user] |= np.array(said, np.int64) << cell
        return list(found)


def _day(contacts: Any) -> Any:
    return contacts >> _CELL


def _bits(days: Any) -> Any:
    """Return the bit of each cell; as float, in which sums of different cells are exact."""
    return _POWERS.take(days & ((1 << (_USER - _CELL)) - 1))


def _summed(places: Any, bits: Any, length: int) -> Any:
    return np.bincount(places, weights=bits, minlength=length).astype(np.int64)


def _runs(keys: Any) -> tuple[Any, Any, Any]:
    """Return the different keys of a sorted column, where each begins, and how often it stands there."""
    starts = np.flatnonzero(np.append(True, keys[1:] != keys[:-1])) if len(keys) else np.zeros(0, np.int64)
    return keys[starts], starts, np.diff(np.append(starts, len(keys)))


def _span(contacts: Any, runs: tuple[Any, Any], days: tuple[Any, Any]) -> Any:
    """Return the time between the first and the last contact of each day.

    `runs` are the contacts of a day by one channel, `days` the runs of a day: where each begins, and how
    many it has. Few days have more than two runs.
    """
    (starts, sizes), (begins, numbers) = runs, days
    moments = (1 << (_CHANNEL - _MOMENT)) - 1
    first, last = ((contacts[place] >> _MOMENT) & moments for place in (starts, starts + sizes - 1))
    earliest, latest = first[begins], last[begins]
    for step in range(1, int(numbers.max(initial=1))):
        more = np.flatnonzero(numbers > step)
        earliest[more] = np.minimum(earliest[more], first[begins[more] + step])
        latest[more] = np.maximum(latest[more], last[begins[more] + step])
    return latest - earliest


def _by_day(contacts: Any) -> Iterator[tuple[int, list[tuple[datetime, bool]]]]:
    """Return the contacts of each day in order of time, with whether they surely count."""
    days: dict[int, list[tuple[datetime, bool]]] = {}
    for number in contacts.tolist():
        moment = (number >> _MOMENT) & ((1 << (_CHANNEL - _MOMENT)) - 1)
        said = (_MIDNIGHT + timedelta(microseconds=moment), bool(number & 1))
        days.setdefault(number >> _CELL, []).append(said)
    for day, told in days.items():
        yield day, sorted(told)

"""The contacts of each user folded into words: an engine gathers them as numbers, NumPy reads the numbers.

Counting different moments of a day asks an engine to group by user, day and channel, millions of groups;
gathering them by user is several times as fast.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

import numpy as np

from zaitaku_rules.bulk.contacts import counting, of_page
from zaitaku_rules.bulk.engines import ibis, pa
from zaitaku_rules.bulk.packing import Page, after_as_of, any_of
from zaitaku_rules.bulk.pages import Pages
from zaitaku_rules.bulk.rows import EPOCH
from zaitaku_rules.days import FULL
from zaitaku_rules.facts.daily import perhaps_close, surely_close

CHANNELS = ("phone", "video", "visit", "office", "chat", "mail", "one_way")

_DAY = 24 * 60 * 60 * 1_000_000
_MOMENT, _CHANNEL, _CELL, _USER = 1, 38, 41, 47
"""The lowest bits of a sorted contact: whether it surely counts, then microsecond, channel, cell and user."""

_AT_ONCE = 1 << 13
_MIDNIGHT = datetime.fromordinal(1)


def gathered_contacts(page: Page, rows: Any) -> Any:
    """Pack contacts as `contacts` does, by gathering those of each user."""
    rows = counting(of_page(page, rows))
    minutes = tuple(sorted(page.asked.thresholds.get("contacts_within", ())))
    said = {
        "contacts.row": any_of(rows),
        "contacts.early": any_of(rows, rows.early),
        **after_as_of(rows, "contacts"),
    }
    counts = rows.perhaps & (rows.bit != 0) if page.is_running else rows.perhaps
    numbers = _number(rows, page.calendar.start).collect(where=counts)
    gathered = rows.group_by("user_id").aggregate(**said, numbers=numbers)
    words = folding(page.asked.contacts, minutes)(gathered.numbers)
    gathered = gathered.select("user_id", *said, words=words)
    names = word_names(page.asked.contacts, minutes)
    each = {name: gathered.words[place].fill_null(0) for place, name in enumerate(names)}
    return gathered.select("user_id", *said, **each)


def _number(rows: Any, start: int) -> Any:
    """Return each contact as a number: microseconds since the page began, then channel and sureness."""
    at = rows["at"]
    second = at.epoch_seconds().floor().cast("int64") - (start - EPOCH) * 86_400
    moment = second * 1_000_000 + at.microsecond().cast("int64")
    channel = ibis.cases(*[(rows.channel == name, 2 * place) for place, name in enumerate(CHANNELS)], else_=0)
    return moment * 16 + (channel + rows.sure.cast("int8")).cast("int64")


def word_names(levels: int, minutes: Sequence[int]) -> list[str]:
    """Return the names of the words that `folding` makes, in their order."""
    counted = [
        f"contacts.{channel}.{level}{doubt}"
        for doubt in ("", "?")
        for level in range(1, levels + 1)
        for channel in CHANNELS
    ]
    ways = ("close", "surely_close", "perhaps_close", "hidden_close")
    close = [f"contacts.{way}.{number}" for number in minutes for way in ways]
    return [*counted, "contacts.told", "contacts.several", "contacts.unsure", *close]


@lru_cache(maxsize=64)
def folding(levels: int, minutes: tuple[int, ...]) -> Any:
    """Return the function of Ibis that makes the words of users from lists of numbers of contacts."""

    def contact_words(numbers: Any) -> Any:
        if isinstance(numbers, pa.ChunkedArray):
            numbers = numbers.combine_chunks()
        words = _folded(numbers, levels, minutes)
        offsets = np.arange(len(words) + 1, dtype=np.int32) * words.shape[1]
        return pa.ListArray.from_arrays(pa.array(offsets), pa.array(words.reshape(-1)))

    name = f"contact_words_{levels}_{'_'.join(map(str, minutes))}"
    return ibis.udf.scalar.pyarrow(contact_words, name=name, signature=(("array<int64>",), "array<int64>"))


def _folded(numbers: Any, levels: int, minutes: Sequence[int]) -> Any:
    """Return a row of words for each list of numbers."""
    parts = [
        _Contacts(numbers.slice(begin, _AT_ONCE)).words(levels, minutes)
        for begin in range(0, len(numbers), _AT_ONCE)
    ]
    return np.concatenate(parts) if parts else np.zeros((0, len(word_names(levels, minutes))), np.int64)


class _Contacts:
    """The contacts of some users, sorted by user, cell, channel and moment, each moment once."""

    def __init__(self, numbers: Any) -> None:
        self.users = len(numbers)
        lengths = numbers.value_lengths().fill_null(0).to_numpy(zero_copy_only=False)
        users = np.repeat(np.arange(self.users, dtype=np.int64) << _USER, lengths)
        told = numbers.flatten().to_numpy(zero_copy_only=False)
        moments, channels = told >> 4, (told >> 1) & 7
        cells = moments // _DAY
        places = (cells << _CELL) | (channels << _CHANNEL) | ((moments - cells * _DAY) << _MOMENT)
        every = np.sort(users | places | (told & 1))
        # Of rows of one moment and channel the last one is sure if any is.
        last = np.append(every[1:] >> _MOMENT != every[:-1] >> _MOMENT, True) if len(every) else every == 1
        self.every = every[last]
        is_sure = (self.every & 1).astype(bool)
        self.sure = self.every if is_sure.all() else self.every[is_sure]
        self.doubtful = self.every[:0] if is_sure.all() else _runs(_day(self.every[~is_sure]))[0]

    def words(self, levels: int, minutes: Sequence[int]) -> Any:
        """Return the words of each user, in the order of `word_names`."""
        unsure = (
            self.every[np.isin(_day(self.every), self.doubtful)] if len(self.doubtful) else self.every[:0]
        )
        counted = [*self._counted(self.sure, levels), *self._counted(unsure, levels)]
        days, starts, sizes = _runs(_day(self.sure))
        moments = (self.sure >> _MOMENT) & ((1 << (_CHANNEL - _MOMENT)) - 1)
        span = _span(moments, starts)
        columns = [
            self._days(days if len(self.sure) == len(self.every) else _runs(_day(self.every))[0]),
            self._days(days[sizes >= 2]),
            self._days(self.doubtful),
        ]
        for number in minutes:
            columns.append(self._days(days[span <= number * 60_000_000]))
            columns += self._close(unsure, timedelta(minutes=number))
        return np.concatenate([*counted, *[column[:, None] for column in columns]], axis=1)

    def _counted(self, contacts: Any, levels: int) -> Iterator[Any]:
        """Return for each level a word for each user and channel: the days with so many contacts."""
        runs, _, sizes = _runs(contacts >> _CHANNEL)
        channels = len(CHANNELS)
        columns = (runs >> (_USER - _CHANNEL)) * channels + (runs & ((1 << (_CELL - _CHANNEL)) - 1))
        cells = _bits(runs >> (_CELL - _CHANNEL))
        for level in range(1, levels + 1):
            here = slice(None) if level == 1 else sizes >= level
            yield _summed(columns[here], cells[here], self.users * channels).reshape(self.users, channels)

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
    return np.ldexp(1.0, (days & ((1 << (_USER - _CELL)) - 1)).astype(np.int32))


def _summed(places: Any, bits: Any, length: int) -> Any:
    return np.bincount(places, weights=bits, minlength=length).astype(np.int64)


def _runs(keys: Any) -> tuple[Any, Any, Any]:
    """Return the different keys of a sorted column, where each begins, and how often it stands there."""
    starts = np.flatnonzero(np.append(True, keys[1:] != keys[:-1])) if len(keys) else np.zeros(0, np.int64)
    return keys[starts], starts, np.diff(np.append(starts, len(keys)))


def _span(moments: Any, starts: Any) -> Any:
    """Return the time between the first and the last moment of each run."""
    if not len(starts):
        return starts
    return np.maximum.reduceat(moments, starts) - np.minimum.reduceat(moments, starts)


def _by_day(contacts: Any) -> Iterator[tuple[int, list[tuple[datetime, bool]]]]:
    """Return the contacts of each day in order of time, with whether they surely count."""
    days: dict[int, list[tuple[datetime, bool]]] = {}
    for number in contacts.tolist():
        moment = (number >> _MOMENT) & ((1 << (_CHANNEL - _MOMENT)) - 1)
        said = (_MIDNIGHT + timedelta(microseconds=moment), bool(number & 1))
        days.setdefault(number >> _CELL, []).append(said)
    for day, told in days.items():
        yield day, sorted(told)


def put_closeness(pages: Pages) -> bool:
    """Put how close the contacts lie on unsure days, where they were gathered; return whether they were."""
    ways = [name for name in pages.words if name.startswith("contacts.hidden_close.")]
    gap = pages.gap("contacts")
    for name in ways:
        minutes = name.rpartition(".")[2]
        sure, maybe = (f"contacts.{way}.{minutes}" for way in ("surely_close", "perhaps_close"))
        hidden = pages.words.pop(name) & gap
        pages.words[maybe] = (pages.word(maybe) & (FULL ^ gap)) | hidden
        if sure in pages.words:
            pages.words[sure] = pages.words[sure] & (FULL ^ gap)
    return bool(ways)

"""The rows of a list as numbers, user by user, for NumPy to fold, whatever order they came in.

Rows of one user mostly stand together. So users are looked up by runs of rows, not row by row, and an
engine need not group millions of rows by a text.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from zaitaku_rules.bulk.engines import ArrowTable, pa, pc
from zaitaku_rules.bulk.user_places import Places

NUMBERS = "numbers"
"""The column with the number of a row, or with the numbers of all rows of a user."""


@dataclass(frozen=True, slots=True)
class UserNumbers:
    """The numbers of all rows, user by user: the places of the users, and how many rows each has (not 0).

    `has_strangers` tells whether rows were left out because their user is none.
    """

    numbers: Any
    users: Any
    lengths: Any
    has_strangers: bool = False

    def parts(self, at_once: int) -> Iterator[tuple[slice, Any, Any]]:
        """Yield the rows of `at_once` users at a time: which users, their numbers, how many each has."""
        ends = np.append(0, np.cumsum(self.lengths))
        for begin in range(0, len(self.users), at_once):
            part = slice(begin, min(begin + at_once, len(self.users)))
            yield part, self.numbers[ends[part.start] : ends[part.stop]], self.lengths[part]


def of_rows(rows: ArrowTable, places: Places) -> UserNumbers:
    """Return the numbers of rows with a number each."""
    ids, lengths = _runs(rows["user_id"])
    numbers = [chunk.to_numpy(zero_copy_only=False) for chunk in rows[NUMBERS].chunks]
    return _by_user(np.concatenate(numbers) if numbers else np.zeros(0, np.int64), places.of(ids), lengths)


def of_lists(rows: ArrowTable, places: Places) -> UserNumbers:
    """Return the same from rows that hold the numbers of a user as a list, as Spark gathers them."""
    lists = rows[NUMBERS].combine_chunks()
    lengths = lists.value_lengths().fill_null(0).to_numpy(zero_copy_only=False).astype(np.int64)
    users = places.of(rows["user_id"].combine_chunks())
    return _by_user(lists.flatten().to_numpy(zero_copy_only=False), users, lengths)


def _runs(ids: Any) -> tuple[Any, Any]:
    """Return the user of each run of rows, and how long it is."""
    runs = [pc.run_end_encode(chunk.cast(pa.string())) for chunk in ids.chunks if len(chunk)]
    if not runs:
        return pa.array([], pa.string()), np.zeros(0, np.int64)
    lengths = [np.diff(run.run_ends.to_numpy(), prepend=0) for run in runs]
    return pa.concat_arrays([run.values for run in runs]), np.concatenate(lengths).astype(np.int64)


def _by_user(numbers: Any, users: Any, lengths: Any) -> UserNumbers:
    """Return the numbers of each user together, from runs of them."""
    is_known = users >= 0
    has_strangers = not bool(is_known.all())
    users, lengths = _merged(users, lengths)
    if has_strangers or np.bincount(users + 1)[1:].max(initial=0) > 1:
        order = np.argsort(users, kind="stable")[np.count_nonzero(users < 0) :]
        begins = (np.cumsum(lengths) - lengths)[order]
        users, lengths = users[order], lengths[order]
        shift = begins - (np.cumsum(lengths) - lengths)
        numbers = numbers[np.repeat(shift, lengths) + np.arange(int(lengths.sum()))]
        users, lengths = _merged(users, lengths)
    return UserNumbers(numbers, users[lengths > 0], lengths[lengths > 0], has_strangers)


def _merged(users: Any, lengths: Any) -> tuple[Any, Any]:
    """Return runs with those of one user that follow each other as one."""
    if not len(users):
        return users, lengths
    starts = np.flatnonzero(np.append(True, users[1:] != users[:-1]))
    return users[starts], np.add.reduceat(lengths, starts)

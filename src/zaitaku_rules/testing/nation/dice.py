"""Draws by lot: every kind of draw has its own sequence, so that none moves another."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from zaitaku_rules.testing.nation.rates import Rates

Array: TypeAlias = NDArray[Any]
"""A column of numbers, or a table of them by user and day."""

NONE = -1
"""No word, no flag, no day of the month."""

NEVER = -1_000_000_000
"""No date, no moment."""


class Dice:
    """The draws of one block of users: of who they are, and of what happened in a month."""

    def __init__(self, seed: int, block: int, month: int, rates: Rates) -> None:
        """Draw for the block `block`; who people are does not depend on the month."""
        self._lasting, self._passing, self.rates = [seed, block], [seed, block, month], rates

    def lasting(self, name: str) -> np.random.Generator:
        """Return the sequence of a draw that is the same in every month."""
        return _generator(self._lasting, name)

    def passing(self, name: str) -> np.random.Generator:
        """Return the sequence of a draw of this month."""
        return _generator(self._passing, name)

    def hits(self, name: str, *shape: int) -> Array:
        """Return where the error `name` happens."""
        rate: float = getattr(self.rates, name)
        if not rate:
            return np.zeros(shape, dtype=bool)
        return self.passing(name).random(shape, dtype=np.float32) < np.float32(rate)


def _generator(key: Sequence[int], name: str) -> np.random.Generator:
    return np.random.Generator(np.random.PCG64([*key, zlib.crc32(name.encode())]))


def drawn(generator: np.random.Generator, weights: Sequence[float], count: int) -> Array:
    """Return `count` indices into `weights`, each as often as its weight says, to 1 in 65,536."""
    bounds = np.rint(np.cumsum(weights) / sum(weights) * 65536).astype(np.int64)
    table = np.repeat(np.arange(len(weights), dtype=np.int8), np.diff(bounds, prepend=0))
    return table[generator.integers(0, 65536, count, dtype=np.uint16)]


def one_of(generator: np.random.Generator, mask: Array) -> Array:
    """Return for each row one of the columns in which `mask` holds, or NONE where it holds in none."""
    score = np.where(mask, generator.random(mask.shape, dtype=np.float32) + 1, 0)
    return np.where(mask.any(axis=1), score.argmax(axis=1), NONE)


def mark(mask: Array, columns: Array, rows: Array) -> Array:
    """Return a copy of `mask` in which the column of each of the `rows` holds too; NONE marks nothing."""
    found, who = mask.copy(), np.flatnonzero(rows & (columns != NONE))
    found[who, columns[who]] = True
    return found

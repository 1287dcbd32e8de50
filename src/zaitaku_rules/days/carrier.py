"""The one place that knows what carries the bits: an int for one case, a NumPy array for a column.

A column is a one-dimensional `numpy.uint64` array with one word per user-month. NumPy is imported only
when a column is at hand, so judging one case never loads it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Column: TypeAlias = NDArray[np.uint64]
    Truths: TypeAlias = NDArray[np.bool_]
    Counts: TypeAlias = NDArray[np.int64]
    Number: TypeAlias = int | Counts

Bits: TypeAlias = Any
"""An int, or a Column. NumPy's stubs know no int as broad as ours beside uint64, so types say Any."""

CELLS = 43
"""Cells of the longest page: six days, 31 days, six days."""

FULL = (1 << CELLS) - 1
"""The word with every cell of the longest page set."""


def holding(bits: Bits, windows: Sequence[int], at_least: int) -> Bits:
    """Return the whole `windows` in which at least `at_least` cells are set in `bits`."""
    if isinstance(bits, int):
        return sum([mask for mask in windows if (bits & mask).bit_count() >= at_least])
    import numpy as np

    found: Bits = 0
    for mask in windows:
        inside = bits & mask
        enough: Truths = inside != 0 if at_least == 1 else np.bitwise_count(inside) >= at_least
        found = found | enough.astype(np.uint64) * np.uint64(mask)
    return found


def touched(bits: Bits, tops: int, below: int, width: int) -> Bits:
    """Return the whole windows in which any cell is set in `bits`, all windows at once.

    The windows are runs of `width` cells: `tops` holds the last cell of each, `below` all others. Adding
    `below` to what is set there carries into the top of just those windows that hold a cell.
    """
    found = ((bits & below) + below | bits) & tops
    return (found << 1) - (found >> width - 1)


def without_lowest(bits: Bits, number: Number) -> Bits:
    """Return `bits` without its `number` lowest set cells (all of them where it has fewer)."""
    if isinstance(bits, int) and isinstance(number, int):
        for _ in range(min(number, bits.bit_count())):
            bits &= bits - 1
        return bits
    import numpy as np

    column, counts = np.broadcast_arrays(np.asarray(bits, np.uint64), np.asarray(number, np.int64))
    over = np.bitwise_count(column) > counts
    left, counts = column[over], counts[over]
    for step in range(int(counts.max(initial=0))):
        left = np.where(counts > step, left & (left - np.uint64(1)), left)
    found = np.zeros(over.shape, np.uint64)
    found[over] = left
    return found


def copied(bits: Bits, copies: int) -> Bits:
    """Return a column that holds the same word `copies` times."""
    import numpy as np

    return np.full(copies, bits, np.uint64)


def counted(number: int, copies: int) -> Number:
    """Return a column that holds the same number `copies` times."""
    import numpy as np

    return np.full(copies, number, np.int64)

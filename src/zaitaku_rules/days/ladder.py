"""Counting without numbers: nested sets of days, and sets split by a column's value."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import reduce
from typing import Generic, TypeVar

from zaitaku_rules.days.carrier import FULL
from zaitaku_rules.days.days import ALL_DAYS, NO_DAYS, Days


class Ladder:
    """How often something happened on each day, as nested sets: `at_least(1)` holds `at_least(2)`.

    `unknown` holds the days on which any number more may have happened.
    """

    __slots__ = ("_parts", "unknown")

    def __init__(self, levels: tuple[Days, ...], unknown: Days = NO_DAYS) -> None:
        """Hold the sets of at least 1, 2, ... and the days of which the number is open."""
        self._parts: tuple[tuple[Days, ...], ...] = (levels,) if levels else ()
        self.unknown = unknown

    @classmethod
    def counting(cls, each: Iterable[tuple[int, bool]]) -> Ladder:
        """Return the ladder that counts occurrences of one case: each a one-day word, and whether sure."""
        occurrences = list(each)
        sure = maybe = _nested([word for word, _ in occurrences])
        if not all([is_sure for _, is_sure in occurrences]):  # noqa: C419  # faster as a list
            sure = _nested([word for word, is_sure in occurrences if is_sure])
            sure += [0] * (len(maybe) - len(sure))
        return cls(tuple(map(Days, sure, maybe)))

    def at_least(self, number: int) -> Days:
        """Return the days on which it happened at least `number` times."""
        if number <= 0:
            return ALL_DAYS
        levels = self._up_to(number)
        level = levels[number - 1] if number <= len(levels) else NO_DAYS
        return level | self.unknown

    @property
    def levels(self) -> tuple[Days, ...]:
        """The sets of at least 1, 2, ... without the days of which the number is open."""
        return self._up_to(sum(map(len, self._parts)))

    def _up_to(self, number: int) -> tuple[Days, ...]:
        levels: tuple[Days, ...] = ()
        for part in self._parts:
            levels = _summed(levels, part, number)
        return levels

    def __add__(self, other: Ladder) -> Ladder:
        """Return the ladder of the sums: at least k is the union of i and j with i + j = k."""
        return self._of((*self._parts, *other._parts), self.unknown | other.unknown)

    def within(self, mask: int) -> Ladder:
        """Return the ladder that counts only in the cells of `mask`."""
        parts = tuple(tuple(level.within(mask) for level in part) for part in self._parts)
        return self._of(parts, self.unknown.within(mask))

    def column(self, copies: int) -> Ladder:
        """Return the same ladder as a column of `copies` pages."""
        parts = tuple(tuple(level.column(copies) for level in part) for part in self._parts)
        return self._of(parts, self.unknown.column(copies))

    @classmethod
    def _of(cls, parts: tuple[tuple[Days, ...], ...], unknown: Days) -> Ladder:
        """Return the ladder of the sum of parts, which is worked out no higher than it is asked for."""
        found = cls((), unknown)
        found._parts = parts
        return found


def _nested(words: list[int]) -> list[int]:
    """Return nested words: the days that occur at least once, at least twice, and so on."""
    levels: list[int] = []
    for word in words:
        for step, level in enumerate(levels):
            if not level & word:
                levels[step] = level | word
                break
        else:
            levels.append(word)
    return levels


def _summed(a: tuple[Days, ...], b: tuple[Days, ...], most: int) -> tuple[Days, ...]:
    """Return the levels of a sum, up to `most`."""
    if not a or not b:
        return (a or b)[:most]
    sums: list[Days] = []
    for total in range(1, min(len(a) + len(b), most) + 1):
        at_least = [_both(a, i, b, total - i) for i in range(max(0, total - len(b)), min(total, len(a)) + 1)]
        sums.append(reduce(Days.__or__, at_least))
    return tuple(sums)


def _both(a: tuple[Days, ...], i: int, b: tuple[Days, ...], j: int) -> Days:
    """Return the days with at least `i` of one and `j` of the other, one of which is not 0."""
    if not i or not j:
        return a[i - 1] if i else b[j - 1]
    return a[i - 1] & b[j - 1]


class Accepted:
    """The values that the law accepts, each with the days on which it accepts them.

    An act is judged by the law of its own date, so a set of means that changes in mid-month is a word
    of days per value.
    """

    __slots__ = ("days_by_value",)

    def __init__(self, days_by_value: Mapping[str, int]) -> None:
        """Hold for each value the word of days on which it is accepted."""
        self.days_by_value = days_by_value

    @classmethod
    def always(cls, values: Iterable[str]) -> Accepted:
        """Return the values accepted on every day."""
        return cls(dict.fromkeys(values, FULL))

    def on(self, value: str) -> int:
        """Return the word of days on which `value` is accepted."""
        return self.days_by_value.get(value, 0)


class Split:
    """A set of days for each value (or tuple of values) of a column, such as the means of an evaluation.

    `unknown` holds the days on which anything may have happened.
    """

    __slots__ = ("parts", "unknown")

    def __init__(self, parts: Mapping[tuple[str, ...], Days], unknown: Days = NO_DAYS) -> None:
        """Hold the set of days of each tuple of values."""
        self.parts = parts
        self.unknown = unknown

    def by(self, *accepted: Accepted) -> Days:
        """Return the days on which it happened by values that the law accepts on that day."""
        found = self.unknown
        for values, days in self.parts.items():
            allowed = _allowed(values, accepted)
            if allowed:
                found |= days if allowed == FULL else days.within(allowed)
        return found

    def every(self, values: Iterable[str]) -> Days:
        """Return the days on which each one of `values` holds."""
        found = ALL_DAYS
        for value in values:
            found &= self.parts.get((value,), NO_DAYS) | self.unknown
        return found

    def column(self, copies: int) -> Split:
        """Return the same sets as columns of `copies` pages."""
        return Split(
            {key: days.column(copies) for key, days in self.parts.items()}, self.unknown.column(copies)
        )


class SplitLadder:
    """A ladder for each value of a column, such as contacts by channel."""

    __slots__ = ("parts", "unknown")

    def __init__(self, parts: Mapping[tuple[str, ...], Ladder], unknown: Days = NO_DAYS) -> None:
        """Hold the ladder of each tuple of values."""
        self.parts = parts
        self.unknown = unknown

    def by(self, *accepted: Accepted) -> Ladder:
        """Return the ladder that counts all values which the law accepts on that day."""
        total = Ladder((), self.unknown)
        for values, ladder in self.parts.items():
            allowed = _allowed(values, accepted)
            if allowed:
                total += ladder if allowed == FULL else ladder.within(allowed)
        return total

    def column(self, copies: int) -> SplitLadder:
        """Return the same ladders as columns of `copies` pages."""
        parts = {key: ladder.column(copies) for key, ladder in self.parts.items()}
        return SplitLadder(parts, self.unknown.column(copies))


def _allowed(values: tuple[str, ...], accepted: tuple[Accepted, ...]) -> int:
    allowed = FULL
    for value, law in zip(values, accepted, strict=True):
        allowed &= law.on(value)
    return allowed


K = TypeVar("K")


class Measure(Generic[K]):
    """A number beside the days (a delay, an age, a length), asked by threshold: `late_by(3)`.

    Calling it with the law's threshold returns the days on which the comparison that its name states
    holds. So the fact need not know the law, and the rule need not know the number.
    """

    __slots__ = ("_asked", "_at")

    def __init__(self, at: Callable[[K], Days]) -> None:
        """Hold the function from a threshold to days."""
        self._at = at
        self._asked: dict[K, Days] = {}

    def __call__(self, threshold: K) -> Days:
        """Return the days on which the comparison with `threshold` holds."""
        if threshold not in self._asked:
            self._asked[threshold] = self._at(threshold)
        return self._asked[threshold]

    def column(self, copies: int) -> Measure[K]:
        """Return the same measure for a column of `copies` pages."""
        return Measure(lambda threshold: self(threshold).column(copies))

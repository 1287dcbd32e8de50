"""Sets of days of one month page that know what they do not know.

`Days` holds two words, `sure` inside `maybe`: the days surely in the set and those perhaps in it.
`&` and `|` act on each word; only `~` swaps them. Every operation is monotone, so a day that is surely
in a result stays there however the unknown turns out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

from zaitaku_rules.days.carrier import CELLS, FULL, Bits, copied, without_lowest
from zaitaku_rules.errors import WrongUse

if TYPE_CHECKING:
    from zaitaku_rules.days.carrier import Number


def _refuse(what: str, instead_ja: str, instead_en: str) -> NoReturn:
    raise WrongUse(
        f"日の集合に {what} は使えません。{instead_ja}",
        f"{what} does not work on a set of days: {instead_en}",
    )


class Days:
    """An immutable set of days of one page (int words) or of a column of pages (uint64 arrays)."""

    __slots__ = ("maybe", "sure")
    __array_ufunc__ = None  # so that NumPy arrays hand operators over to us, which refuse them

    def __init__(self, sure: Bits, maybe: Bits) -> None:
        """Hold the words `sure` and `maybe`; `known`, `unknown` and `Calendar` build them safely."""
        self.sure = sure
        self.maybe = maybe

    @classmethod
    def known(cls, bits: Bits) -> Days:
        """Return the set of which every day is known: exactly the cells of `bits`."""
        return cls(bits, bits)

    @classmethod
    def unknown(cls, bits: Bits) -> Days:
        """Return the set that may hold any of the cells of `bits`, and surely holds none."""
        return cls(0, bits)

    def __and__(self, other: Days) -> Days:
        """Return the days in both sets."""
        if not isinstance(other, Days):  # pyright: ignore[reportUnnecessaryIsInstance]  # untyped callers
            return NotImplemented
        sure = self.sure & other.sure
        return Days(sure, sure if self._is_known_with(other) else self.maybe & other.maybe)

    def __or__(self, other: Days) -> Days:
        """Return the days in either set."""
        if not isinstance(other, Days):  # pyright: ignore[reportUnnecessaryIsInstance]  # untyped callers
            return NotImplemented
        sure = self.sure | other.sure
        return Days(sure, sure if self._is_known_with(other) else self.maybe | other.maybe)

    def __invert__(self) -> Days:
        """Return the days that are not in the set; what is surely out becomes surely in."""
        sure = FULL ^ self.maybe
        return Days(sure, sure if self.sure is self.maybe else FULL ^ self.sure)

    def __sub__(self, other: Days) -> Days:
        """Return the days in this set that are not in the other."""
        if not isinstance(other, Days):  # pyright: ignore[reportUnnecessaryIsInstance]  # untyped callers
            return NotImplemented
        sure = self.sure & (FULL ^ other.maybe)
        return Days(sure, sure if self._is_known_with(other) else self.maybe & (FULL ^ other.sure))

    def _is_known_with(self, other: Days) -> bool:
        """Tell whether every day of both sets is known: then one half of a result is the other."""
        return self.sure is self.maybe and other.sure is other.maybe

    def beyond(self, number: Number) -> Days:
        """Return the days after the first `number` days of the set, in order of date."""
        sure = without_lowest(self.sure, number)
        return Days(sure, sure if self.sure is self.maybe else without_lowest(self.maybe, number))

    def within(self, mask: int) -> Days:
        """Return the days of the set that lie in the cells of `mask`."""
        sure = self.sure & mask
        return Days(sure, sure if self.sure is self.maybe else self.maybe & mask)

    def perhaps(self, mask: int) -> Days:
        """Return the set with the cells of `mask` no longer sure: their window has not ended."""
        return Days(self.sure & (FULL ^ mask), self.maybe)

    def column(self, copies: int) -> Days:
        """Return the same set as a column of `copies` pages."""
        return Days(copied(self.sure, copies), copied(self.maybe, copies))

    def same_as(self, other: Days) -> bool:
        """Tell whether both halves of two sets of one page are equal."""
        return bool(self.sure == other.sure and self.maybe == other.maybe)

    def __repr__(self) -> str:
        """Show the cells, `?` behind those that are only perhaps in the set."""
        if not isinstance(self.sure, int) or not isinstance(self.maybe, int):
            return "Days(a column)"
        cells = [
            f"{cell}{'' if self.sure >> cell & 1 else '?'}" for cell in range(CELLS) if self.maybe >> cell & 1
        ]
        return f"Days({' '.join(cells)})"

    def __bool__(self) -> NoReturn:
        """Refuse `if days`: the answer may be unknown, and differ from row to row of a column."""
        _refuse(
            "if / and / or / not",
            "集合演算 & | - ~ か calendar.when(...) を使ってください。",
            "write & | - ~ on the sets, or calendar.when(flag) for a switch of the law",
        )

    def __len__(self) -> NoReturn:
        """Refuse `len(days)`: how many there are may be unknown."""
        _refuse(
            "len()",
            "days.beyond(n) か windows.holding(days, at_least=n) を使ってください。",
            "write days.beyond(n) or windows.holding(days, at_least=n)",
        )

    def __contains__(self, day: object) -> NoReturn:
        """Refuse `day in days`: the answer may be unknown."""
        _refuse(
            "in",
            "days & calendar.only(日付) を使ってください。",
            "write days & calendar.only(date)",
        )

    def __iter__(self) -> NoReturn:
        """Refuse iteration: a column has no single list of days."""
        _refuse(
            "for",
            "規則の外で calendar.dates(days.sure) を使ってください。",
            "outside of rules write calendar.dates(days.sure)",
        )

    def __eq__(self, other: object) -> NoReturn:
        """Refuse `==`: two unknown days are not equal days."""
        _refuse(
            "==", "a.same_as(b) を使ってください。", "write a.same_as(b) in tests; rules need no equality"
        )

    __hash__ = None  # type: ignore[assignment]  # what has no equality has no hash


NO_DAYS = Days(0, 0)
"""The empty set."""

ALL_DAYS = Days(FULL, FULL)
"""Every day of the page."""

"""From all acts to those worth trying: days that no rule tells apart stand for each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, NamedTuple

from zaitaku_rules.days import Accepted, Calendar
from zaitaku_rules.law import RuleLaw
from zaitaku_rules.mend.acts import Act
from zaitaku_rules.mend.trial import Pairs

ALIKE = 3
"""How many days of a kind are tried: no duty known asks for more acts in one week."""


class Candidates(NamedTuple):
    """The acts worth trying, each with the first act like it."""

    first: dict[Act, Act]

    @classmethod
    def of(cls, acts: Iterable[Act], laws: Iterable[RuleLaw], calendar: Calendar) -> Candidates:
        """Sort acts into kinds that no law tells apart, and keep the first few days of each."""
        windows = list(_windows(laws, calendar))
        alike: dict[Any, list[Act]] = {}
        for act in acts:
            bit = calendar.bit(act.day)
            lies_in = tuple(bool(window & bit) for window in windows) if bit else ()
            alike.setdefault((act._replace(day=date.min), lies_in), []).append(act)
        tried = [(act, found) for found in alike.values() for act in found[:ALIKE]]
        return cls({act: act if act.setting == "instead" else found[0] for act, found in tried})


def _windows(laws: Iterable[RuleLaw], calendar: Calendar) -> Iterator[int]:
    """Return the stretches of days that the laws tell apart: windows, and days that accept a means."""
    found = {calendar.month_mask}
    for law in laws:
        for reading in law.readings:
            for segment, numbers in reading.segments:
                found.add(segment)
                found |= {mask for value in numbers.values() for mask in _accepting(value)}
                if law.rule.window and len(masks := law.rule.window(calendar, numbers).masks) < 10:
                    found.update(masks)
    yield from sorted(found)


def _accepting(value: Any) -> Iterable[int]:
    return value.days_by_value.values() if isinstance(value, Accepted) else ()


def effect(act: Act, before: Pairs, after: Pairs, due: frozenset[str], calendar: Calendar) -> Pairs:
    """Return what an act clears alone of the rules that fall due; nothing where it makes anything worse.

    To move a day to the office is no way out of what the day itself asks for: that counts only for a rule
    that it serves on another day, too.
    """
    if not after <= before:
        return frozenset()
    own = calendar.bit(act.day) if act.setting == "instead" else 0
    cleared = frozenset(pair for pair in before - after if pair[0] in due)
    serves = {code for code, bit in cleared if bit != own}
    return frozenset(pair for pair in cleared if pair[1] != own or pair[0] in serves)

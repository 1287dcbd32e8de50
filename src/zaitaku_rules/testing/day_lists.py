"""Reads day lists ("2-6x2 9@10:00,15:00 11?") and periods ("5~12 2026-03-01~") of one month."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from zaitaku_rules.days import Calendar
from zaitaku_rules.errors import InvalidInput, shown_value

NONE = "none"
"""What stands for an empty list."""

_DAY = r"\d{4}-\d{2}-\d{2}|\d{1,2}"
_MARK = re.compile(
    rf"(?P<first>{_DAY})(?:-(?P<last>\d{{1,2}}))?"
    r"(?:x(?P<times>\d+))?(?:@(?P<clocks>[\d:,-]+))?(?P<perhaps>\?)?"
)
_PERIOD = re.compile(rf"(?P<first>{_DAY})(?:[~-](?P<last>{_DAY})?)?")


@dataclass(frozen=True, slots=True)
class Mark:
    """One day of a day list: how often (`x2`), at what times (`@10:00`), whether in doubt (`?`).

    `month` is that of the case.
    """

    day: date
    month: str
    times: int | None = None
    clocks: tuple[str, ...] = ()
    perhaps: bool = False


class Stretch(NamedTuple):
    """The first and the last day of a period; None as last day means until further notice."""

    begin: date
    end: date | None


def marks(text: str, calendar: Calendar) -> list[Mark]:
    """Return the days that a day list names, in its order; raises InvalidInput for anything else."""
    return [mark for token in _tokens(text) for mark in _marks(token, calendar)]


def days(text: str, calendar: Calendar) -> list[date]:
    """Return the dates of a day list, ascending, each once."""
    return sorted({mark.day for mark in marks(text, calendar)})


def stretches(text: str, calendar: Calendar) -> list[Stretch]:
    """Return the periods that a text names: "5~12", "2026-01-01~", a single day."""
    return [_stretch(token, calendar) for token in _tokens(text)]


def day_list(dates: list[date], suffix: str = "") -> str:
    """Return a day list that names `dates`, each with `suffix`."""
    return " ".join(f"{day.isoformat()}{suffix}" for day in dates) or NONE


def day_of(text: str, calendar: Calendar) -> date:
    """Return one day: a day of the month, or a full date."""
    try:
        return date.fromisoformat(text) if "-" in text else calendar.first.replace(day=int(text))
    except ValueError:
        raise _unreadable(text) from None


def _tokens(text: str) -> list[str]:
    return [] if text.strip() in ("", NONE) else text.split()


def _marks(token: str, calendar: Calendar) -> Iterator[Mark]:
    found = _MARK.fullmatch(token)
    if not found:
        raise _unreadable(token)
    first = day_of(found["first"], calendar)
    last = day_of(found["last"], calendar) if found["last"] else first
    times = int(found["times"]) if found["times"] else None
    clocks = tuple(re.findall(r"\d\d:\d\d", found["clocks"])) or ("",) if found["clocks"] else ()
    for step in range((last - first).days + 1):
        day = first + timedelta(days=step)
        yield Mark(day, calendar.name, times, clocks, bool(found["perhaps"]))


def _stretch(token: str, calendar: Calendar) -> Stretch:
    found = _PERIOD.fullmatch(token)
    if not found:
        raise _unreadable(token)
    first = day_of(found["first"], calendar)
    is_open = token.endswith("~")
    return Stretch(first, None if is_open else day_of(found["last"] or found["first"], calendar))


def _unreadable(token: str) -> InvalidInput:
    shown = shown_value(token) or "?"
    return InvalidInput(
        f"日の書き方が読めません: {shown}。2-6x2、9@10:00、2026-03-02、5~12 のように書いてください。",
        f"not a day or period: {shown}; write such as 2-6x2, 9@10:00, 2026-03-02, 5~12",
    )

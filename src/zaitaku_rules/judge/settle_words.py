"""The entries of `settle` in words: what to give, for which days, until when to wait."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from functools import lru_cache

from zaitaku_rules.explain import general, named, record_of, text
from zaitaku_rules.judge.doubts import is_event
from zaitaku_rules.report import Settle, Text

_STRETCHES = 4
_WEEKDAYS = "月火水木金土日"
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@lru_cache(maxsize=1024)
def waiting(by: date) -> Settle:
    """Return the entry that waits until a day is over."""
    said = text(f"{by.month}/{by.day}({_WEEKDAYS[by.weekday()]})", _day_in_english(by))
    return Settle(kind="wait", what=general("wait", date=said), by=by)


@lru_cache(maxsize=4096)
def completing(source: str, days: tuple[date, ...]) -> Settle:
    """Return the entry that asks for what a list says of some days; of a list of papers, for the list."""
    said = general(
        "complete" if is_event(source) else "paper",
        source=source,
        named=named("sources", [source]),
        dates=stretches(days),
    )
    return Settle(kind="record", what=said, by=None, source=source, days=days)


@lru_cache(maxsize=4096)
def stating(code: str, source: str, fields: tuple[str, ...], days: tuple[date, ...]) -> Settle:
    """Return the entry that asks for what rows of a list leave unsaid."""
    said = general("record", record=record_of(code), field=" / ".join(fields), dates=stretches(days))
    return Settle(kind="record", what=said, by=None, source=source, days=days)


def stretches(days: Sequence[date]) -> Text:
    """Return ascending dates as short stretches, at most four of them and how many days more."""
    spans: list[tuple[date, date]] = []
    for day in days:
        if spans and spans[-1][1] + timedelta(days=1) == day:
            spans[-1] = (spans[-1][0], day)
        else:
            spans.append((day, day))
    left = sum((end - begin).days + 1 for begin, end in spans[_STRETCHES:])
    return text(
        "、".join(_in_japanese(*span) for span in spans[:_STRETCHES]) + (f"、ほか{left}日" if left else ""),
        ", ".join(_in_english(*span) for span in spans[:_STRETCHES]) + (f" (+{left})" if left else ""),
    )


def _in_japanese(begin: date, end: date) -> str:
    first = f"{begin.month}/{begin.day}"
    if begin == end:
        return first
    return f"{first}〜{end.day if begin.month == end.month else f'{end.month}/{end.day}'}"


def _in_english(begin: date, end: date) -> str:
    if begin == end:
        return _day_in_english(begin)
    first = str(begin.day) if begin.month == end.month else _day_in_english(begin)
    return f"{first}-{_day_in_english(end)}"


def _day_in_english(day: date) -> str:
    return f"{day.day} {_MONTHS[day.month - 1]}"

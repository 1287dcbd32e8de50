"""Dates in few words: runs of days as one stretch, without the year where it is the case's own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

WEEKDAYS = {"ja": "月火水木金土日", "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")}
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def month_words(month: str, lang: str) -> str:
    """Return "2026-02" as a month in words."""
    year, number = month.split("-")
    return f"{int(year)}年{int(number)}月" if lang == "ja" else f"{MONTHS[int(number) - 1]} {int(year)}"


def day_words(day: date, lang: str) -> str:
    """Return one date with its weekday."""
    weekday = WEEKDAYS[lang][day.weekday()]
    if lang == "ja":
        return f"{day.month}/{day.day}({weekday})"
    return f"{weekday} {day.day} {MONTHS[day.month - 1]}"


def days_words(days: Iterable[date], lang: str, *, year: int | None = None) -> str:
    """Return dates as short stretches: "2/2〜6, 2/9"; those of another year than `year` in ISO form."""
    spans = _spans(sorted(days))
    joint = "、" if lang == "ja" else ", "
    return joint.join(_span_words(begin, end, lang, year) for begin, end in spans)


def _spans(days: Sequence[date]) -> list[tuple[date, date]]:
    spans: list[tuple[date, date]] = []
    for day in days:
        if spans and spans[-1][1] + timedelta(days=1) == day:
            spans[-1] = (spans[-1][0], day)
        else:
            spans.append((day, day))
    return spans


def _span_words(begin: date, end: date, lang: str, year: int | None) -> str:
    if year is not None and {begin.year, end.year} != {year}:
        return begin.isoformat() if begin == end else f"{begin}{'〜' if lang == 'ja' else ' to '}{end}"
    if begin == end:
        return day_words(begin, lang)
    same = begin.month == end.month
    if lang == "ja":
        return f"{begin.month}/{begin.day}〜{end.day if same else f'{end.month}/{end.day}'}"
    first = str(begin.day) if same else f"{begin.day} {MONTHS[begin.month - 1]}"
    return f"{first}-{end.day} {MONTHS[end.month - 1]}"

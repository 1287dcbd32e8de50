"""Days and times as exports and daily sheets write them, beyond what the case format reads itself.

Such as 2026/3/5, R8/3/5, 20260305, 3/5(木), 5日, 午後3時05分, 9:30:00. A day without a year takes that of
the month in question, and in December and January the year that brings it near to that month.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time

from zaitaku_rules.records.written import date_written, in_japan, moment_written, normal

_WEEKDAY = re.compile(r"\s*\([月火水木金土日祝・]+(?:曜日?)?\)|\s*[月火水木金土日]曜日?|\s+[月火水木金土日]$")
_MIDNIGHT = re.compile(r"(?<=[\d日])\s*[T\s]\s*0{1,2}:00(?::00(?:\.0+)?)?$")
_ERA_YEAR = r"(?:M|T|S|H|R|明治|大正|昭和|平成|令和)\s*(?:元|\d{1,2})"
_PARTS = re.compile(
    rf"(\d{{4}}|{_ERA_YEAR})\s*[年/.-]\s*(\d{{1,2}})\s*[月/.-]\s*(\d{{1,2}})\s*日?", re.IGNORECASE
)
_PACKED = re.compile(r"(\d{4})(\d{2})(\d{2})")
_MONTH_DAY = re.compile(r"(\d{1,2})\s*[月/.-]\s*(\d{1,2})\s*日?")
_DAY = re.compile(r"(\d{1,2})\s*日?")
_CLOCK = re.compile(
    r"(?P<half>午前|午後|AM|PM)?\s*(?P<hour>\d{1,2})"
    r"(?:時(?:\s*(?P<minutes>\d{1,2})\s*分?)?|:(?P<minute>\d{2})(?::\d{2}(?:\.\d+)?)?|(?P<packed>\d{2}))"
    r"\s*(?P<after>AM|PM)?",
    re.IGNORECASE,
)
_THEN_TIME = re.compile(
    r"(.*?[\d日])(?:\s*T\s*|\s+|(?<=日))((?:午前|午後|AM|PM)?\s*\d{1,2}[:時].*)", re.IGNORECASE
)
_UNTIL = re.compile(r"\s*[~〜-]\s*")


class NoYear(ValueError):
    """A day is written without its year, and no month is known to take it from."""


def day_of(text: str, month: str | None) -> date | None:
    """Return the day that `text` writes, or None; raises NoYear where it needs a month and none is known."""
    plain = _MIDNIGHT.sub("", _WEEKDAY.sub("", normal(text))).strip()
    if found := date_written(plain):
        return found
    if parts := _PARTS.fullmatch(plain):
        year = parts[1] if not parts[1].isdecimal() else f"{int(parts[1]):04d}"
        return date_written(f"{year}年{parts[2]}月{parts[3]}日")
    if packed := _PACKED.fullmatch(plain):
        return _date(int(packed[1]), int(packed[2]), int(packed[3]))
    return _without_year(plain, month)


def _without_year(plain: str, month: str | None) -> date | None:
    found = _MONTH_DAY.fullmatch(plain) or _DAY.fullmatch(plain)
    if not found:
        return None
    if month is None:
        raise NoYear
    year, number = int(month[:4]), int(month[5:])
    if found.re is _DAY:
        return _date(year, number, int(found[1]))
    return _date(year + _years_on(int(found[1]), number), int(found[1]), int(found[2]))


def _years_on(written: int, asked: int) -> int:
    """Return by how many years a written month is nearer to the month asked about."""
    return 1 if asked - written > 6 else -1 if written - asked > 6 else 0


def clocks_of(text: str) -> tuple[time, time] | None:
    """Return the first and the last time of day in `text`, such as 10:00~15:00; one time is both."""
    found = [clock_of(part) for part in _UNTIL.split(normal(text))]
    if len(found) > 2 or found[0] is None or found[-1] is None:
        return None
    return found[0], found[-1]


def clock_of(text: str) -> time | None:
    """Return the time of day that `text` writes, or None."""
    found = _CLOCK.fullmatch(normal(text))
    if not found:
        return None
    hour, minute = int(found["hour"]), int(found["minute"] or found["minutes"] or found["packed"] or 0)
    half = (found["half"] or found["after"] or "").upper()
    if half and hour > 12:
        return None
    if half in ("午後", "PM"):
        hour = hour + 12 if hour < 12 else hour
    elif half and hour == 12:
        hour = 0
    return time(hour, minute) if hour < 24 and minute < 60 else None


def moment_of(text: str, month: str | None) -> datetime | None:
    """Return the moment that `text` writes, in Japan time, or None; raises NoYear."""
    plain = normal(text)
    if found := moment_written(plain):
        return found
    parts = _THEN_TIME.fullmatch(_WEEKDAY.sub("", plain).strip())
    day, clock = (day_of(parts[1], month), clock_of(parts[2])) if parts else (None, None)
    return in_japan(datetime.combine(day, clock)) if day and clock else None


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None

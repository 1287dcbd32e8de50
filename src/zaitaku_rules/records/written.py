"""Dates, times and numbers as offices really write them: ISO 8601, Japanese era, full-width digits."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, time, timedelta, timezone
from typing import NamedTuple

JAPAN = timezone(timedelta(hours=9), "JST")

_ERAS = {
    "M": 1867, "明治": 1867, "T": 1911, "大正": 1911, "S": 1925, "昭和": 1925,
    "H": 1988, "平成": 1988, "R": 2018, "令和": 2018,
}  # fmt: skip
_FIRST_DAY = {
    1867: date(1868, 1, 25),
    1911: date(1912, 7, 30),
    1925: date(1926, 12, 25),
    1988: date(1989, 1, 8),
    2018: date(2019, 5, 1),
}
_ISO_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_WESTERN = re.compile(r"(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日")
_ERA_YEAR = r"(M|T|S|H|R|明治|大正|昭和|平成|令和)\s*(元|\d{1,2})\s*[年.]\s*"
_ERA_DATE = re.compile(_ERA_YEAR + r"(\d{1,2})\s*[月.]\s*(\d{1,2})\s*日?")
_ERA_MONTH = re.compile(_ERA_YEAR + r"(\d{1,2})\s*月?")
_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")
_DATE_THEN_TIME = re.compile(
    r"(.*?[\d日])\s*[T\s]\s*(\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)\s*(Z|[+-]\d{2}:?\d{2})?"
)
_CLOCK = re.compile(r"([01]\d|2[0-3]):([0-5]\d)")
_BETWEEN = re.compile(r"\s*(?:~|〜|から)\s*")


class Period(NamedTuple):
    """The first and the last day of a period; None as last day means until further notice."""

    begin: date
    end: date | None


def normal(text: str) -> str:
    """Return `text` with full-width forms made ordinary and the ends trimmed."""
    return unicodedata.normalize("NFKC", text).strip()


def date_written(text: str) -> date | None:
    """Return the date that `text` writes in ISO, Western or era form, or None where it writes none."""
    text = normal(text)
    if western := _ISO_DATE.fullmatch(text) or _WESTERN.fullmatch(text):
        return _day(int(western[1]), int(western[2]), int(western[3]))
    if era := _ERA_DATE.fullmatch(text[:1].upper() + text[1:]):
        origin = _ERAS[era[1]]
        day = _day(_era_year(origin, era[2]), int(era[3]), int(era[4]))
        return day if day and day >= _FIRST_DAY[origin] else None
    return None


def month_written(text: str) -> str | None:
    """Return the month that `text` writes ("2026-02", "令和8年2月", "R8.2") as "YYYY-MM", or None."""
    text = normal(text)
    if _MONTH.fullmatch(text):
        return text if "1900" <= text < "2200" else None
    if (era := _ERA_MONTH.fullmatch(text[:1].upper() + text[1:])) and 1 <= int(era[3]) <= 12:
        return f"{_era_year(_ERAS[era[1]], era[2]):04d}-{int(era[3]):02d}"
    return None


def moment_written(text: str) -> datetime | None:
    """Return the moment that `text` writes, brought to Japan time, or None where it writes none."""
    found = _DATE_THEN_TIME.fullmatch(normal(text))
    day = found and date_written(found[1])
    if not found or not day:
        return None
    try:
        clock = time.fromisoformat(found[2].zfill(5) if found[2].count(":") == 1 else found[2].zfill(8))
        offset = datetime.fromisoformat(f"2000-01-01T00:00{found[3] or '+09:00'}").tzinfo
        return in_japan(datetime.combine(day, clock, offset))
    except (ValueError, OverflowError):
        return None


def in_japan(moment: datetime) -> datetime:
    """Return `moment` as Japan time without offset; one without offset is Japan time already."""
    return moment if moment.tzinfo is None else moment.astimezone(JAPAN).replace(tzinfo=None)


def clock_written(text: str) -> time | None:
    """Return the time of day that `text` writes as HH:MM, or None where it writes none."""
    found = _CLOCK.fullmatch(normal(text))
    return time(int(found[1]), int(found[2])) if found else None


def period_written(text: str) -> Period | None:
    """Return the period that `text` writes, such as "R02. 7. 1~R03. 6.30", or None."""
    parts = _BETWEEN.split(normal(text).removesuffix("まで").strip())
    if len(parts) != 2 or not (begin := date_written(parts[0])):
        return None
    if not parts[1]:
        return Period(begin, None)
    end = date_written(parts[1])
    return Period(begin, end) if end else None


def municipality_written(text: str) -> str | None:
    """Return the six-digit municipality code; five digits are completed; None for a wrong check digit.

    The check digit is that of the local-government codes: weights 6 to 2, modulus 11.
    """
    code = normal(text)
    if not re.fullmatch(r"\d{5,6}", code, re.ASCII):
        return None
    check = (
        11 - sum(int(digit) * weight for digit, weight in zip(code, range(6, 1, -1), strict=False)) % 11
    ) % 10
    return code[:5] + str(check) if code[5:] in ("", str(check)) else None


_VALUES = {sign: value for value, sign in enumerate("0123456789ABCDEFGHJKLMNPRSTUVWXYZ")}
_DOUBLED = {sign: 2 * value // 10 + 2 * value % 10 for sign, value in _VALUES.items()}


def provider_written(text: str) -> str | None:
    """Return the ten characters of a provider number (事業所番号), or None where its check digit is wrong.

    Modulus 10, weights 2-1 from the right-most payload digit, products split into digits; the third
    character may be a letter, A = 10 ... without I, O and Q (国保連 interface specification).
    """
    number = normal(text)
    if not re.fullmatch(r"\d\d[0-9A-HJ-NPR-Z]\d{7}", number, re.ASCII):
        return None
    doubled, single = map(_DOUBLED.__getitem__, number[:9:2]), map(int, number[1:9:2])
    return number if (sum(doubled) + sum(single) + int(number[9])) % 10 == 0 else None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _era_year(origin: int, year: str) -> int:
    return origin + (1 if year == "元" else int(year))

"""The month of a population as numbers: days since 1970, weekdays, weeks, holidays."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np

from zaitaku_rules.days import calendar_of
from zaitaku_rules.errors import InvalidCall
from zaitaku_rules.testing.nation.dice import Array

FIRST_MONTH = "2021-04"
"""The month since which the notice holds that a population keeps."""

MINUTES = 24 * 60
_EPOCH = 719163


class Span:
    """One month: its days as columns."""

    def __init__(self, month: str) -> None:
        """Lay out `month`, "YYYY-MM"; raises InvalidCall for anything else or a month before April 2021."""
        calendar = calendar_of(month)
        if month < FIRST_MONTH:
            raise InvalidCall(
                f"{FIRST_MONTH} 以後の月を書いてください。それより前の定めに沿う人口は作りません。",
                f"write a month from {FIRST_MONTH} on: no population is made that keeps earlier law",
            )
        self.name, self.length = month, calendar.length
        self.number = calendar.first.year * 12 + calendar.first.month - 1
        self.first = calendar.first.toordinal() - _EPOCH
        dates = [calendar.first + timedelta(days=step) for step in range(calendar.length)]
        self.weekday: Array = np.array([day.weekday() for day in dates])
        self.week: Array = (np.arange(self.length) + calendar.first.weekday()) // 7
        self.holiday: Array = np.array([_is_holiday(day) for day in dates])
        fiscal = calendar.first.year - (calendar.first.month < 4)
        self.fiscal_year_number = fiscal * 12 + 3


def _is_holiday(day: date) -> bool:
    import jpholiday

    turn_of_year = (day.month, day.day) >= (12, 29) or (day.month, day.day) <= (1, 3)
    return turn_of_year or bool(jpholiday.is_holiday(day))


def first_day(months: Array) -> Array:
    """Return the first day, since 1970, of months counted as year * 12 + month - 1."""
    since = (np.asarray(months) - 1970 * 12).astype("datetime64[M]")
    return since.astype("datetime64[D]").astype(np.int64)

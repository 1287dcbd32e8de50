"""Days on which a municipal office is open (開庁日): neither weekend, holiday nor turn of the year."""

from __future__ import annotations

from datetime import date, timedelta


def is_office_day(day: date) -> bool:
    """Tell whether a municipal office is open on `day`.

    Closed are Saturdays, Sundays, public holidays (by jpholiday) and 29 December to 3 January.
    """
    import jpholiday

    turn_of_year = (day.month, day.day) >= (12, 29) or (day.month, day.day) <= (1, 3)
    return not (turn_of_year or day.weekday() >= 5 or jpholiday.is_holiday(day))


def preceding_office_day(day: date) -> date:
    """Return `day`, or the nearest office day before it where the office is closed."""
    while not is_office_day(day):
        day -= timedelta(days=1)
    return day


def after_office_days(day: date, count: int) -> date:
    """Return the first day before which `count` office days lie, those from `day` on, itself included."""
    while count:
        count -= is_office_day(day)
        day += timedelta(days=1)
    return day

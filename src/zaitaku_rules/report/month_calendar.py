"""What was recorded on each day of the month: the picture of a report, of which nothing is judged."""

from __future__ import annotations

import datetime as dt
from typing import Literal, TypeAlias

from zaitaku_rules.report.part import Part

Place: TypeAlias = Literal["home", "satellite", "office", "offsite"]
"""Where the service was used, or is planned."""

DayMark: TypeAlias = Literal["absence", "report", "weekly", "achievement"]
"""What else was recorded of a day: an absence, a daily report, an evaluation by what it covers."""


class CalendarContact(Part):
    """One contact of a day, by its time in Japan ("HH:MM") and its channel."""

    at: str
    channel: str


class CalendarDay(Part):
    """One day: where the service was used or is planned, the contacts, and what else was recorded."""

    date: dt.date
    places: tuple[Place, ...] = ()
    planned: tuple[Place, ...] = ()
    contacts: tuple[CalendarContact, ...] = ()
    marks: tuple[DayMark, ...] = ()

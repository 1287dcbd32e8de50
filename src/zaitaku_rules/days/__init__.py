"""The algebra of days: a month is a word, and a word knows what it does not know.

It knows nothing of law or people. Rules use `Days`, `Ladder`, `Split`, `Measure` and the `Calendar`.
"""

from zaitaku_rules.days.calendar import WEEKDAYS, Calendar, Weekday, Windows, calendar_of
from zaitaku_rules.days.carrier import FULL
from zaitaku_rules.days.days import ALL_DAYS, NO_DAYS, Days
from zaitaku_rules.days.ladder import Accepted, Ladder, Measure, Split, SplitLadder
from zaitaku_rules.days.office_days import after_office_days, is_office_day, preceding_office_day

__all__ = [
    "ALL_DAYS",
    "FULL",
    "NO_DAYS",
    "WEEKDAYS",
    "Accepted",
    "Calendar",
    "Days",
    "Ladder",
    "Measure",
    "Split",
    "SplitLadder",
    "Weekday",
    "Windows",
    "after_office_days",
    "calendar_of",
    "is_office_day",
    "preceding_office_day",
]

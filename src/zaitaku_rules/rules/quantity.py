"""Z5xx: how many days, and which days cannot be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zaitaku_rules.days import Calendar, Days
from zaitaku_rules.rules.mark import rule

if TYPE_CHECKING:
    from zaitaku_rules.days.carrier import Number

ADDITIONS_A_MONTH = 4


@rule("Z501", severity="payment", needs=("approvals",), always=True)
def within_days_per_month(use: Days, allotted_days: Number, calendar: Calendar) -> Days:
    """The use days of the month stay within the days that the decision grants (支給量, 原則の日数)."""
    return (use & calendar.in_month).beyond(allotted_days)


@rule("Z502", severity="payment", needs=("hospital_stays",), always=True)
def not_in_hospital(home: Days, inside_hospital_stay: Days) -> Days:
    """No home day lies between the first and the last day of a stay in hospital."""
    return home & inside_hospital_stay


@rule("Z503", severity="payment", needs=("claimed_days|absences",), always=True)
def absence_additions_within_limit(absence_addition: Days, use: Days, calendar: Calendar) -> Days:
    """Absence additions (欠席時対応加算) are claimed at most four times a month, and on no use day."""
    return (absence_addition & calendar.in_month).beyond(ADDITIONS_A_MONTH) | (absence_addition & use)


@rule("Z504", severity="payment", needs=("life_support_days",), always=True)
def life_support_on_approved_home_day(life_support: Days, home: Days, approved: Days) -> Days:
    """Life support at home (在宅時生活支援サービス加算) is claimed only for approved home days."""
    return life_support - (home & approved)

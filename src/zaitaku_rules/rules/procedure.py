"""Z6xx and Z7xx: what is handed in and what is claimed."""

from __future__ import annotations

from datetime import date
from typing import Literal

from zaitaku_rules.days import Calendar, Days, Measure
from zaitaku_rules.rules.mark import rule


@rule("Z601", severity="duty", needs=("submissions",), always=True)
def monthly_record_submitted(
    home: Days,
    monthly_record_by: Measure[date],
    calendar: Calendar,
    *,
    submission_day: int,
    submission_shift: Literal["none", "preceding_office_day"],
) -> Days:
    """The record of the month reaches the municipality by its day of the next month."""
    return home - monthly_record_by(calendar.deadline(submission_day, submission_shift))


@rule("Z701", severity="payment", needs=("claimed_days",), always=True)
def claimed_day_was_used(claimed_use: Days, use: Days) -> Days:
    """Every day claimed as used was used."""
    return claimed_use - use


@rule("Z702", severity="record", needs=("claimed_days",), always=True)
def used_day_is_claimed(use: Days, claimed_use: Days) -> Days:
    """Every use day is claimed."""
    return use - claimed_use

"""Z9xx: records that contradict themselves."""

from __future__ import annotations

from zaitaku_rules.days import Days, Measure
from zaitaku_rules.rules.mark import rule


@rule("Z901", severity="record", needs=("contacts",), always=True)
def contact_on_day_of_use(any_contact: Days, use: Days, absence: Days) -> Days:
    """Every contact falls on a day of use or of a recorded absence."""
    return any_contact - use - absence


@rule("Z902", severity="record", always=True)
def one_place_at_a_time(home: Days, two_places: Days) -> Days:
    """Nobody is at home and at the office at the same time."""
    return home & two_places


@rule("Z903", severity="advice", needs=("contacts",), always=True)
def contacts_apart(home: Days, contacts_within: Measure[int], *, contact_gap_minutes: int) -> Days:
    """The first and the last contact of a home day lie apart."""
    return home & contacts_within(contact_gap_minutes)


@rule("Z904", severity="advice", needs=("daily_reports",), always=True)
def report_in_time(timed_report: Days, reported_later_than: Measure[int], *, report_days: int) -> Days:
    """Daily reports are recorded within a few days."""
    return timed_report & reported_later_than(report_days)


@rule("Z905", severity="record", needs=("evaluations",), always=True)
def commute_evaluation_on_office_day(commute_evaluation: Days, office: Days) -> Days:
    """An evaluation by commute falls on a day at the office."""
    return commute_evaluation - office


@rule("Z906", severity="record", always=True)
def nothing_from_the_future(event_record: Days, untimely_record: Days) -> Days:
    """No record is dated after the question is asked, or was recorded before it happened."""
    return event_record & untimely_record

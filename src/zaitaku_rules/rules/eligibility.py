"""Z1xx: who may use the service at home, by whose decision and on what paper."""

from __future__ import annotations

from zaitaku_rules.days import Accepted, Calendar, Days, Measure, Split
from zaitaku_rules.rules.mark import rule


@rule("Z101", severity="payment", needs=("wish",))
def wish_recorded(home: Days, wished: Days) -> Days:
    """The user has wished (本人の希望) for home use on or before every home day."""
    return home - wished


@rule("Z102", severity="payment", needs=("approvals",))
def home_use_approved(
    home: Days, approved: Days, certified: Days, calendar: Calendar, *, approval_on_certificate: bool
) -> Days:
    """A municipal approval of home use (在宅利用) for this service and provider covers every home day."""
    return home - (certified | (approved & calendar.unless(approval_on_certificate)))


@rule("Z103", severity="payment", needs=("approvals",), always=True)
def service_decided(use: Days, decided: Days) -> Days:
    """A decision on the benefit (支給決定) for this service and provider covers every use day."""
    return use - decided


@rule("Z104", severity="payment", needs=("notifications",))
def notification_accepted(
    home: Days,
    notified: Measure[tuple[str, bool]],
    *,
    notification_renewal: str,
    notification_per_provider: bool,
) -> Days:
    """A notification (届出書) that the municipality accepted is in force on every home day."""
    return home - notified((notification_renewal, notification_per_provider))


@rule("Z105", severity="advice", needs=("plans",))
def plan_states_home_use(
    home: Days, planned_for_home: Days, signed_for_home: Days, calendar: Calendar, *, plan_signed: bool
) -> Days:
    """An individual support plan (個別支援計画) that states home use is in force on every home day."""
    return home - (signed_for_home | (planned_for_home & calendar.unless(plan_signed)))


@rule("Z106", severity="payment", needs=("approvals",))
def ground_recorded(home: Days, approved: Days, ground: Split, *, approval_grounds: Accepted) -> Days:
    """An approval in force names a ground that the law of the day accepts."""
    return (home & approved) - ground.by(approval_grounds)


@rule("Z107", severity="payment", always=True)
def service_open_to_home_use(home: Days, calendar: Calendar, *, service_at_home: bool) -> Days:
    """The service could be used at home at all in that month."""
    return home - calendar.when(service_at_home)


@rule("Z108", severity="duty", needs=("birth_date",), always=True)
def under_age_limit(use: Days, aged: Measure[int], *, age_limit: int) -> Days:
    """The user is under the age limit of the service on every use day."""
    return use & aged(age_limit)


@rule("Z109", severity="advice", needs=("assessments",))
def appropriateness_assessed(home: Days, found_appropriate: Days) -> Days:
    """An assessment on or before the day found home use appropriate, without cautions."""
    return home - found_appropriate


@rule("Z110", severity="duty", needs=("approvals",))
def approval_within_maximum(home: Days, approved_for_months: Measure[int], *, approval_months: int) -> Days:
    """No approval is used beyond the longest period that the municipality grants."""
    return home & approved_for_months(approval_months)


@rule("Z111", severity="payment", needs=("notifications",))
def notified_ahead(home: Days, notified_late: Measure[str], *, notification_lead: str) -> Days:
    """The notification reaches the municipality so long before home use under it begins.

    Home days under a notification that comes too late break until the time has run since it was submitted.
    """
    return home & notified_late(notification_lead)


@rule("Z112", severity="payment", needs=("notifications",))
def approval_after_application(home: Days, applied_before_month: Days) -> Days:
    """Home use begins in a month after the one in which it was applied for (申請の翌月)."""
    return home - applied_before_month


@rule("Z113", severity="payment", needs=("approvals",))
def approval_not_backdated(home: Days, approved: Days, issued: Days) -> Days:
    """No approval serves for days before its certificate (受給者証) was issued."""
    return (home & approved) - issued

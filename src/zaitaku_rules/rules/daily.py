"""Z3xx: what every day at home asks for."""

from __future__ import annotations

from typing import Literal

from zaitaku_rules.days import Accepted, Calendar, Days, Measure, SplitLadder
from zaitaku_rules.rules.mark import by_day, by_recording, rule


@rule("Z301", severity="payment", needs=("contacts",), window=by_day)
def contact_twice_a_day(
    home: Days, contacts: SplitLadder, *, contact_channels: Accepted, contacts_per_day: int
) -> Days:
    """Every home day has two contacts (連絡、助言又は進捗状況の確認) by a channel that the law accepts."""
    return home - contacts.by(contact_channels).at_least(contacts_per_day)


@rule("Z302", severity="payment", needs=("daily_reports",), window=by_day)
def report_each_day(home: Days, daily_report: Days) -> Days:
    """Every home day has a daily report (日報)."""
    return home - daily_report


@rule("Z303", severity="payment", window=by_day)
def activity_recorded(home: Days, activity: Days, support: Days) -> Days:
    """The activity and the support given are recorded for every home day (訓練・支援の記録)."""
    return home - (activity & support)


@rule("Z304", severity="advice", needs=("recordings",), window=by_recording)
def situation_recorded(
    home: Days,
    training_recording: Days,
    support_recording: Days,
    calendar: Calendar,
    *,
    recording_every: Literal["day", "month"],
) -> Days:
    """Training and support are recorded in sound or pictures and stored securely (音声・動画・静止画像)."""
    windows = calendar.every(recording_every)
    return home - (windows.holding(training_recording) & windows.holding(support_recording))


@rule("Z305", severity="duty", needs=("recordings",))
def consent_before_recording(recording: Days, recording_consent: Days) -> Days:
    """The user has consented before sound or pictures are recorded (本人の同意)."""
    return recording - recording_consent


@rule("Z306", severity="advice", needs=("inquiries",))
def inquiry_answered(inquiry: Days, unanswered_within: Measure[int], *, inquiry_days: int) -> Days:
    """Every question of the user (疑義照会) is answered within a few days."""
    return inquiry & unanswered_within(inquiry_days)


@rule("Z307", severity="duty", needs=("emergencies",))
def emergency_attended(emergency: Days, unattended_within: Measure[int], *, arrival_days: int) -> Days:
    """Staff attend every emergency promptly (緊急時の駆けつけ)."""
    return emergency & unattended_within(arrival_days)


@rule("Z308", severity="advice", needs=("provider.menu",))
def activity_from_menu(home: Days, off_menu: Days) -> Days:
    """What is done at home stands on the provider's menu."""
    return home & off_menu

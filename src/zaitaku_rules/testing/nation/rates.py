"""How often things go wrong in a synthetic population."""

from __future__ import annotations

from dataclasses import dataclass, fields

from zaitaku_rules.errors import InvalidCall


@dataclass(frozen=True, slots=True)
class Rates:
    """The probability of each error, from 0 to 1; each is drawn apart from the others.

    The defaults are a guess at ordinary record-keeping, not a measurement of any office. With all at 0
    every month is lawful. In brackets: what is drawn for, and the rule that it touches.
    """

    wish_late: float = 0.004
    """The wish is dated after the first day of the month [user, Z101]."""
    approval_lapsed: float = 0.01
    """The approval of home use ends within the month [user, Z102]."""
    certificate_silent: float = 0.02
    """The approval is not printed on the certificate [user, Z102 where a city asks]."""
    decision_lapsed: float = 0.002
    """The decision on the benefit ends within the month [user, Z103]."""
    notification_unaccepted: float = 0.02
    """The notification was not accepted [user, Z104 where a city asks]."""
    plan_silent: float = 0.02
    """The plan does not state home use [user, Z105]."""
    plan_unsigned: float = 0.03
    """The user has not signed the plan [user, Z105 where a city asks]."""
    ground_unclear: float = 0.02
    """The approval names its ground in other words [user, Z106 open where a city asks]."""
    readiness_missing: float = 0.02
    """One of the five arrangements of the notice is not there [office, Z201 to Z205]."""
    second_contact_missing: float = 0.004
    """There is but one contact [home day, Z301]."""
    contact_unanswered: float = 0.001
    """The user began the second contact and nobody answered [home day, Z301]."""
    contact_unsaid: float = 0.001
    """The user began the second contact and no answer is noted [home day, Z301 open]."""
    contact_one_way: float = 0.001
    """The second contact is a message in one direction [home day, Z301]."""
    contact_repeated: float = 0.0005
    """The second contact is the first one entered twice [home day, Z301]."""
    contact_doubled: float = 0.003
    """The second contact is entered twice, which harms nothing [home day]."""
    contacts_close: float = 0.004
    """The two contacts lie 20 minutes apart [home day, Z903]."""
    contact_without_use: float = 0.01
    """There is a contact on a day without use [user, Z901]."""
    contact_recorded_early: float = 0.0005
    """The first contact is recorded before it happened [home day, Z906]."""
    report_missing: float = 0.003
    """There is no report [home day, Z302]."""
    report_shifted: float = 0.0005
    """The report carries the date in UTC, the day before [home day, Z302]."""
    report_late: float = 0.004
    """The report is recorded five days later [home day, Z904]."""
    activity_blank: float = 0.002
    """The activity is left blank [home day, Z303]."""
    activity_absent: float = 0.001
    """The activity is not given at all [home day, Z303 open]."""
    recordings_absent: float = 0.6
    """There is no recording in the month, where no city asks for one [user, Z304]."""
    recording_unsecured: float = 0.01
    """The recording is not stored securely [recording, Z304]."""
    consent_missing: float = 0.01
    """There is no consent to recordings [user, Z305]."""
    inquiry_unanswered: float = 0.03
    """The question is not answered [inquiry, Z306]."""
    emergency_unattended: float = 0.05
    """Nobody attends the emergency [emergency, Z307 where a city asks]."""
    weekly_missing: float = 0.01
    """There is no weekly evaluation [user and week, Z401]."""
    visit_joint: float = 0.05
    """A visit covers week and achievement at once, and is the only one [user, Z401 open]."""
    assessment_missing: float = 0.02
    """The achievement is not assessed [user, Z402]."""
    assessment_by_phone: float = 0.01
    """The achievement is assessed by phone [user, Z402]."""
    allotment_exceeded: float = 0.005
    """The decision grants a day less than was used [user, Z501]."""
    home_in_hospital: float = 0.002
    """A stay in hospital surrounds a home day [user, Z502]."""
    addition_on_use_day: float = 0.002
    """A used day is claimed as an absence addition [user, Z503]."""
    life_support_elsewhere: float = 0.05
    """Life support is claimed for a day that is not a home day [user with life support, Z504]."""
    record_not_submitted: float = 0.05
    """The record of the month is not handed in [user, Z601 where a city asks]."""
    claimed_without_use: float = 0.004
    """A day without use is claimed [user, Z701]."""
    use_not_claimed: float = 0.01
    """A used day is not claimed [user, Z702]."""
    places_overlap: float = 0.001
    """An office row overlaps with the home row [home day, Z902]."""
    commute_evaluation_at_home: float = 0.003
    """The weekly evaluation by commute falls on a day without one [user and week, Z905]."""

    def __post_init__(self) -> None:
        """Refuse what is no probability."""
        for one in fields(self):
            if not 0 <= getattr(self, one.name) <= 1:
                raise InvalidCall(
                    "誤りの割合は 0 から 1 までの数で書いてください。",
                    "a rate of errors is a number from 0 to 1",
                    place=one.name,
                )

    @classmethod
    def none(cls) -> Rates:
        """Return rates that are all 0."""
        return cls(**{one.name: 0.0 for one in fields(cls)})

"""The rows of what happened on a day, and of what is planned or claimed for one."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import Field, model_validator

from zaitaku_rules.records.fields import (
    Channel,
    Clock,
    Day,
    DayOrMoment,
    Flag,
    Identifier,
    Means,
    Moment,
    Month,
    Place,
    Text,
    fault,
)
from zaitaku_rules.records.row import Row


class UseDay(Row):
    """A use of the service on one day at one place."""

    day: Annotated[Day, Field(alias="date")]
    place: Place
    start: Clock | None = None
    end: Clock | None = None
    activity: Text | None = None
    support: Text | None = None

    @model_validator(mode="after")
    def _ends_after_start(self) -> UseDay:
        if self.start is not None and self.end is not None and self.end < self.start:
            raise fault(
                "end が start より前です。時刻を確かめてください。", "end is before start: check the times"
            )
        return self


class PlannedDay(Row):
    """A day on which use is planned."""

    day: Annotated[Day, Field(alias="date")]
    place: Place


class Absence(Row):
    """An absence with support (欠席時対応)."""

    day: Annotated[Day, Field(alias="date")]
    addition_claimed: Flag | None = None


class Contact(Row):
    """A contact between staff and user."""

    at: Moment
    channel: Channel
    by: Literal["staff", "user"] | None = None
    answered: Flag | None = None
    kind: Literal["contact", "advice", "progress", "health"] | None = None
    id: Identifier | None = None
    recorded_at: DayOrMoment | None = None

    @property
    def day(self) -> date:
        """The day of the contact in Japan."""
        return self.at.date()


class DailyReport(Row):
    """A daily report (日報)."""

    day: Annotated[Day, Field(alias="date")]
    author: Text | None = None
    recorded_at: DayOrMoment | None = None
    id: Identifier | None = None


class Evaluation(Row):
    """A weekly evaluation (評価等), an assessment of achievement (達成度の評価), or both at once."""

    day: Annotated[Day, Field(alias="date")]
    covers: Annotated[tuple[Literal["weekly", "achievement"], ...], Field(min_length=1)]
    means: Means
    place: Literal["home", "satellite", "office", "relay", "other"] | None = None
    id: Identifier | None = None
    recorded_at: DayOrMoment | None = None


class Recording(Row):
    """Audio, video or still images of training or support."""

    day: Annotated[Day, Field(alias="date")]
    subject: Literal["training", "support", "both"]
    media: Literal["audio", "video", "still"]
    secured: Flag


class Inquiry(Row):
    """A question of the user about the work (疑義照会)."""

    at: DayOrMoment
    answered_at: DayOrMoment | None = None

    @property
    def day(self) -> date:
        """The day of the inquiry in Japan."""
        return day_of(self.at)


class Emergency(Row):
    """An emergency at the user's home."""

    at: DayOrMoment
    attended_at: DayOrMoment | None = None
    attended_by: Literal["staff", "other"] | None = None

    @property
    def day(self) -> date:
        """The day of the emergency in Japan."""
        return day_of(self.at)


class Submission(Row):
    """A submission to the municipality."""

    kind: Literal["monthly_record"]
    month: Month
    on: Day

    @property
    def day(self) -> date:
        """The day of the submission."""
        return self.on


class LifeSupportDay(Row):
    """A day of the addition for life support at home (在宅時生活支援サービス加算)."""

    day: Annotated[Day, Field(alias="date")]
    claimed: Flag


class ClaimedDay(Row):
    """A day that the billing export claims."""

    day: Annotated[Day, Field(alias="date")]
    status: Literal["use", "absence_addition"]


def day_of(moment: date) -> date:
    """Return the calendar day of a date or of a moment in Japan time."""
    return moment.date() if isinstance(moment, datetime) else moment

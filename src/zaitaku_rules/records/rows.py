"""The rows of a case: one model for each list of the case format. Frozen, unknown fields refused."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal, cast

from pydantic import BaseModel, ConfigDict, Field, model_validator

from zaitaku_rules.records import written
from zaitaku_rules.records.fields import (
    Channel,
    Clock,
    Day,
    DayOrMoment,
    DaysPerMonth,
    Flag,
    Identifier,
    Means,
    Moment,
    Month,
    Municipality,
    Place,
    ProviderNumber,
    Service,
    Text,
    fault,
)


class Row(BaseModel):
    """What all rows share: frozen, no unknown fields, no input value in error messages."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", hide_input_in_errors=True, validate_by_name=True, defer_build=True
    )


class _Dated(Row):
    to: Day | None = None

    @model_validator(mode="before")
    @classmethod
    def _spell_out_period(cls, data: Any) -> Any:
        if not isinstance(data, dict) or "period" not in data:
            return data  # pyright: ignore[reportUnknownVariableType]  # whatever came, as it came
        given = cast("dict[str, Any]", data)
        rest = {key: value for key, value in given.items() if key != "period"}
        text = given["period"]
        if text is None:
            return rest
        period = written.period_written(text) if isinstance(text, str) else None
        if any(given.get(end) is not None for end in ("from", "from_", "to")):
            raise fault(
                "period と from・to は同時に書けません。どちらかにしてください。",
                "period stands beside from or to: keep one of them",
            )
        if period is None:
            raise fault(
                "period が期間ではありません。R02. 7. 1~R03. 6.30 のように書いてください。",
                "period is not a period: write such as R02. 7. 1~R03. 6.30",
            )
        return {**rest, "from": period.begin, "to": period.end}

    @model_validator(mode="after")
    def _in_order(self) -> _Dated:
        begin: date | None = getattr(self, "from_", None)
        if begin is not None and self.to is not None and self.to < begin:
            raise fault(
                "期間が逆です。to は from 以後の日にしてください。",
                "the period is reversed: to must not be before from",
            )
        return self


class Period(_Dated):
    """A stretch of days, both ends included; without `to` until further notice."""

    from_: Annotated[Day, Field(alias="from")]


class Approval(Period):
    """A decision (支給決定) or an approval of home use (在宅利用) by the municipality."""

    kind: Literal["decision", "home_use"]
    service: Service | None = None
    provider: ProviderNumber | None = None
    days_per_month: DaysPerMonth | None = None
    on_certificate: Flag | None = None
    ground: Text | None = None
    document: Text | None = None


class Notification(_Dated):
    """A notification of home use to the municipality (届出書)."""

    kind: Literal["initial", "switch", "renewal", "other"]
    submitted: Day | None = None
    accepted: Day | None = None
    from_: Annotated[Day | None, Field(alias="from")] = None
    provider: ProviderNumber | None = None
    document: Text | None = None

    @model_validator(mode="after")
    def _renewal_from(self) -> Notification:
        if self.kind == "renewal" and self.from_ is None:
            raise fault("更新の届出には from(開始日)が必要です。", "a renewal needs its first day, from")
        return self


class Plan(Period):
    """An individual support plan (個別支援計画)."""

    states_home_use: Flag
    user_signed: Flag | None = None


class Readiness(Period):
    """An arrangement of the provider that stands ready."""

    kind: Literal[
        "operating_rules",
        "work_menu",
        "emergency_response",
        "emergency_procedure",
        "emergency_arrival",
        "on_request_support",
        "record_submission",
        "home_environment_check",
        "confidential_workplace",
        "complaint_desk",
        "equipment_lent",
        "area_agreement",
        "operating_rules_change_received",
    ]
    document: Text | None = None


class Assessment(Row):
    """An assessment before home use (2015 handbook, tables 2 and 4)."""

    on: Day
    commuting_difficulty: Literal["movement", "outside_home"] | None = None
    cautions: tuple[Text, ...]


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


class HospitalStay(Period):
    """A stay in hospital, first and last day included."""


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


class Consent(Row):
    """A consent of the user."""

    kind: Literal["recording", "disclosure"]
    on: Day
    until: Day | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Consent:
        if self.until is not None and self.until < self.on:
            raise fault("until が on より前です。", "until is before on: check the dates")
        return self


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


class Waiver(Period):
    """A documented exception to an "as a rule" duty (原則として)."""

    rule: Literal["Z402", "Z403"]
    authority: Identifier
    document: Identifier
    reason: Identifier

    @model_validator(mode="after")
    def _ends(self) -> Waiver:
        if self.to is None:
            raise fault("例外の承認には終わりの日 to が必要です。", "a waiver needs its last day, to")
        return self


class Wish(Row):
    """The user's own wish to use the service at home (本人の希望)."""

    on: Day | None = None
    reason: Text | None = None


class User(Row):
    """The user and the municipality that decides on the benefit (支給決定)."""

    id: Identifier
    municipality: Municipality
    name: Text | None = None
    birth_date: Day | None = None
    wish: Wish | None = None


class Provider(Row):
    """The provider (事業所) and its service."""

    number: ProviderNumber
    service: Service
    name: Text | None = None
    municipality: Municipality | None = None
    menu: tuple[Text, ...] | None = None


class Coverage(Row):
    """The days for which a list is complete: what is absent inside did not happen."""

    from_: Annotated[Day, Field(alias="from")]
    through: Day

    @model_validator(mode="after")
    def _in_order(self) -> Coverage:
        if self.through < self.from_:
            raise fault("through が from より前です。", "through is before from: check the dates")
        return self


def day_of(moment: date) -> date:
    """Return the calendar day of a date or of a moment in Japan time."""
    return moment.date() if isinstance(moment, datetime) else moment

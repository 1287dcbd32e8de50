"""The same document in plain pydantic: the yardstick for one case.

The types are pydantic's own (dates, times, literals), unknown fields are refused; nothing of ours is
checked or converted: no Japanese era, no check digits, no order of periods, no hash of the document.
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Service = Literal["transition", "continuation_a", "continuation_b", "selection"]
Date = Annotated[dt.date, Field(alias="date")]
From = Annotated[dt.date, Field(alias="from")]


class Plain(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Wish(Plain):
    on: dt.date | None = None
    reason: str | None = None


class User(Plain):
    id: str
    municipality: str
    name: str | None = None
    birth_date: dt.date | None = None
    wish: Wish | None = None


class Provider(Plain):
    number: str
    service: Service
    name: str | None = None
    municipality: str | None = None
    menu: list[str] | None = None


class Approval(Plain):
    kind: Literal["decision", "home_use"]
    from_: From
    to: dt.date | None = None
    service: Service | None = None
    provider: str | None = None
    days_per_month: Literal["standard"] | int | None = None
    on_certificate: bool | None = None
    ground: str | None = None
    document: str | None = None


class Notification(Plain):
    kind: Literal["initial", "switch", "renewal", "other"]
    submitted: dt.date | None = None
    accepted: dt.date | None = None
    from_: Annotated[dt.date | None, Field(alias="from")] = None
    to: dt.date | None = None
    provider: str | None = None
    document: str | None = None


class Plan(Plain):
    from_: From
    to: dt.date | None = None
    states_home_use: bool
    user_signed: bool | None = None


class Readiness(Plain):
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
    from_: From
    to: dt.date | None = None
    document: str | None = None


class UseDay(Plain):
    day: Date
    place: Literal["home", "satellite", "office", "offsite"]
    start: dt.time | None = None
    end: dt.time | None = None
    activity: str | None = None
    support: str | None = None


class Absence(Plain):
    day: Date
    addition_claimed: bool | None = None


class Stay(Plain):
    from_: From
    to: dt.date | None = None


class Contact(Plain):
    at: dt.datetime
    channel: Literal["phone", "video", "visit", "office", "chat", "mail", "one_way"]
    by: Literal["staff", "user"] | None = None
    answered: bool | None = None
    kind: Literal["contact", "advice", "progress", "health"] | None = None
    id: str | None = None
    recorded_at: dt.datetime | dt.date | None = None


class DailyReport(Plain):
    day: Date
    author: str | None = None
    recorded_at: dt.datetime | dt.date | None = None
    id: str | None = None


class Evaluation(Plain):
    day: Date
    covers: list[Literal["weekly", "achievement"]]
    means: Literal["visit", "commute", "phone", "video", "chat", "mail"]
    place: Literal["home", "satellite", "office", "relay", "other"] | None = None
    id: str | None = None
    recorded_at: dt.datetime | dt.date | None = None


class Recording(Plain):
    day: Date
    subject: Literal["training", "support", "both"]
    media: Literal["audio", "video", "still"]
    secured: bool


class Consent(Plain):
    kind: Literal["recording", "disclosure"]
    on: dt.date
    until: dt.date | None = None


class Claimed(Plain):
    day: Date
    status: Literal["use", "absence_addition"]


class PlainCase(Plain):
    schema_: Annotated[str, Field(alias="schema")]
    month: str
    user: User
    provider: Provider
    approvals: list[Approval] | None = None
    notifications: list[Notification] | None = None
    plans: list[Plan] | None = None
    readiness: list[Readiness] | None = None
    days: list[UseDay] | None = None
    absences: list[Absence] | None = None
    hospital_stays: list[Stay] | None = None
    contacts: list[Contact] | None = None
    daily_reports: list[DailyReport] | None = None
    evaluations: list[Evaluation] | None = None
    recordings: list[Recording] | None = None
    consents: list[Consent] | None = None
    inquiries: list[object] | None = None
    emergencies: list[object] | None = None
    life_support_days: list[object] | None = None
    claimed_days: list[Claimed] | None = None
    submissions: list[object] | None = None

"""The same document in plain pydantic: the yardstick for one case.

Every list and field of `zaitaku_rules.records.Case` stands here with pydantic's own types
(dates, times, literals, lengths); unknown fields are refused and models are frozen, as ours are. Nothing
of ours is checked or converted: no Japanese era or `period`, no offsets brought to Japan time, no check
digits, no order of periods. Written as a user of pydantic would: lists, and unions in pydantic's own mode.
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Service = Literal["transition", "continuation_a", "continuation_b", "selection"]
Place = Literal["home", "satellite", "office", "offsite"]
Moment = dt.datetime | dt.date
Identifier = Annotated[str, Field(min_length=1)]
Month = Annotated[str, Field(pattern=r"^\d{4}-(0[1-9]|1[0-2])$")]
Date = Annotated[dt.date, Field(alias="date")]
From = Annotated[dt.date, Field(alias="from")]


class Plain(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Wish(Plain):
    on: dt.date | None = None
    reason: str | None = None


class User(Plain):
    id: Identifier
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


class Coverage(Plain):
    from_: From
    through: dt.date


class Approval(Plain):
    kind: Literal["decision", "home_use"]
    from_: From
    to: dt.date | None = None
    service: Service | None = None
    provider: str | None = None
    days_per_month: Literal["standard"] | Annotated[int, Field(ge=1, le=31)] | None = None
    on_certificate: bool | None = None
    issued: dt.date | None = None
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


class Assessment(Plain):
    on: dt.date
    commuting_difficulty: Literal["movement", "outside_home"] | None = None
    cautions: list[str]


class UseDay(Plain):
    day: Date
    place: Place
    start: dt.time | None = None
    end: dt.time | None = None
    activity: str | None = None
    support: str | None = None


class PlannedDay(Plain):
    day: Date
    place: Place


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
    id: Identifier | None = None
    recorded_at: Moment | None = None


class DailyReport(Plain):
    day: Date
    author: str | None = None
    recorded_at: Moment | None = None
    id: Identifier | None = None


class Evaluation(Plain):
    day: Date
    covers: Annotated[list[Literal["weekly", "achievement"]], Field(min_length=1)]
    means: Literal["visit", "commute", "phone", "video", "chat", "mail"]
    place: Literal["home", "satellite", "office", "relay", "other"] | None = None
    id: Identifier | None = None
    recorded_at: Moment | None = None


class Recording(Plain):
    day: Date
    subject: Literal["training", "support", "both"]
    media: Literal["audio", "video", "still"]
    secured: bool


class Consent(Plain):
    kind: Literal["recording", "disclosure"]
    on: dt.date
    until: dt.date | None = None


class Inquiry(Plain):
    at: Moment
    answered_at: Moment | None = None


class Emergency(Plain):
    at: Moment
    attended_at: Moment | None = None
    attended_by: Literal["staff", "other"] | None = None


class Submission(Plain):
    kind: Literal["monthly_record"]
    month: Month
    on: dt.date


class LifeSupportDay(Plain):
    day: Date
    claimed: bool


class Claimed(Plain):
    day: Date
    status: Literal["use", "absence_addition"]


class Waiver(Plain):
    rule: Literal["Z402", "Z403"]
    from_: From
    to: dt.date | None = None
    authority: Identifier
    document: Identifier
    reason: Identifier


Source = Literal[
    "approvals",
    "notifications",
    "plans",
    "readiness",
    "assessments",
    "days",
    "planned_days",
    "absences",
    "hospital_stays",
    "contacts",
    "daily_reports",
    "evaluations",
    "recordings",
    "consents",
    "inquiries",
    "emergencies",
    "submissions",
    "life_support_days",
    "claimed_days",
    "waivers",
]


class PlainCase(Plain):
    schema_: Annotated[Literal["zaitaku-case/1"], Field(alias="schema")]
    month: Month
    as_of: dt.date | None = None
    coverage: dict[Source, Coverage] | None = None
    user: User
    provider: Provider
    approvals: list[Approval] | None = None
    notifications: list[Notification] | None = None
    plans: list[Plan] | None = None
    readiness: list[Readiness] | None = None
    assessments: list[Assessment] | None = None
    days: list[UseDay] | None = None
    planned_days: list[PlannedDay] | None = None
    absences: list[Absence] | None = None
    hospital_stays: list[Stay] | None = None
    contacts: list[Contact] | None = None
    daily_reports: list[DailyReport] | None = None
    evaluations: list[Evaluation] | None = None
    recordings: list[Recording] | None = None
    consents: list[Consent] | None = None
    inquiries: list[Inquiry] | None = None
    emergencies: list[Emergency] | None = None
    submissions: list[Submission] | None = None
    life_support_days: list[LifeSupportDay] | None = None
    claimed_days: list[Claimed] | None = None
    waivers: list[Waiver] | None = None

"""The rows that stand for a time: approvals, notifications, plans, arrangements; the user, the provider."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal, cast

from pydantic import Field, model_validator

from zaitaku_rules.records import written
from zaitaku_rules.records.fields import (
    Day,
    DaysPerMonth,
    Flag,
    Identifier,
    Municipality,
    ProviderNumber,
    Service,
    Text,
    fault,
)
from zaitaku_rules.records.row import Row


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
    issued: Day | None = None
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


class HospitalStay(Period):
    """A stay in hospital, first and last day included."""


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

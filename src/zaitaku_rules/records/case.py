"""The case: one user at one provider in one month, as the format `zaitaku-case/1` writes it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from datetime import date, time
from typing import Annotated, Any, Literal, Self, TypeAlias, cast, get_args

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    PrivateAttr,
    ValidationError,
    field_validator,
)
from pydantic_core import CoreSchema, core_schema, from_json

from zaitaku_rules.records.events import (
    Absence,
    ClaimedDay,
    Contact,
    DailyReport,
    Emergency,
    Evaluation,
    Inquiry,
    LifeSupportDay,
    PlannedDay,
    Recording,
    Submission,
    UseDay,
)
from zaitaku_rules.records.faults import told
from zaitaku_rules.records.fields import Day, Month
from zaitaku_rules.records.papers import (
    Approval,
    Assessment,
    Consent,
    Coverage,
    HospitalStay,
    Notification,
    Plan,
    Provider,
    Readiness,
    User,
    Waiver,
)
from zaitaku_rules.records.row import Row

Source: TypeAlias = Literal[
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
"""The name of a list of a case."""

SOURCES: tuple[Source, ...] = get_args(Source)

EVENTS: tuple[Source, ...] = (
    "days",
    "absences",
    "contacts",
    "daily_reports",
    "evaluations",
    "recordings",
    "inquiries",
    "emergencies",
    "submissions",
    "life_support_days",
    "claimed_days",
)
"""The lists whose rows happened on a day (state lists and the plan are not among them)."""


class Case(Row):
    """One user at one provider in one month. An absent list is unknown, an empty one is none."""

    # Built at once: FastAPI warns of the name of a parameter whose model is built late.
    model_config = ConfigDict(title="zaitaku-case/1", defer_build=False)

    schema_: Annotated[Literal["zaitaku-case/1"], Field(alias="schema")]
    month: Month
    as_of: Day | None = None
    coverage: Mapping[Source, Coverage] | None = None
    user: User
    provider: Provider
    approvals: tuple[Approval, ...] | None = None
    notifications: tuple[Notification, ...] | None = None
    plans: tuple[Plan, ...] | None = None
    readiness: tuple[Readiness, ...] | None = None
    assessments: tuple[Assessment, ...] | None = None
    days: tuple[UseDay, ...] | None = None
    planned_days: tuple[PlannedDay, ...] | None = None
    absences: tuple[Absence, ...] | None = None
    hospital_stays: tuple[HospitalStay, ...] | None = None
    contacts: tuple[Contact, ...] | None = None
    daily_reports: tuple[DailyReport, ...] | None = None
    evaluations: tuple[Evaluation, ...] | None = None
    recordings: tuple[Recording, ...] | None = None
    consents: tuple[Consent, ...] | None = None
    inquiries: tuple[Inquiry, ...] | None = None
    emergencies: tuple[Emergency, ...] | None = None
    submissions: tuple[Submission, ...] | None = None
    life_support_days: tuple[LifeSupportDay, ...] | None = None
    claimed_days: tuple[ClaimedDay, ...] | None = None
    waivers: tuple[Waiver, ...] | None = None

    _sha256: str | None = PrivateAttr(default=None)
    _text: str | bytes | bytearray | None = PrivateAttr(default=None)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Tell faults in our words and keep the document's hash, where it comes as Python objects."""
        model = handler(source)
        remembering = core_schema.no_info_wrap_validator_function(cls._remember, model)
        return core_schema.json_or_python_schema(model, remembering)

    @classmethod
    def _remember(cls, data: Any, handler: Callable[[Any], Self]) -> Self:
        try:
            case = handler(data)
        except ValidationError as error:
            raise told(error, cls) from None
        # Within another type pydantic comes by twice: by its validator and by ours.
        if case._sha256 is None and not isinstance(data, Case):
            case._sha256 = _sha256(data)
        return case

    @classmethod
    def model_validate_json(cls, json_data: str | bytes | bytearray, **options: Any) -> Self:
        """Return the case of a JSON text; see pydantic. The text is kept, and hashed when that is asked."""
        try:
            case = super().model_validate_json(json_data, **options)
        except ValidationError as error:
            raise told(error, cls) from None
        case._text = bytes(json_data) if isinstance(json_data, bytearray) else json_data
        return case

    @field_validator("coverage", mode="before")
    @classmethod
    def _without_nulls(cls, stated: Any) -> Any:
        if not isinstance(stated, dict):
            return stated
        return {name: span for name, span in cast("dict[str, Any]", stated).items() if span is not None}

    @property
    def sha256(self) -> str:
        """The SHA-256 of the input document as parsed, written as canonical JSON.

        A case changed by `model_copy` is hashed as the document that it writes itself.
        """
        if self._sha256 is None:
            written = (
                self.model_dump(mode="json", by_alias=True, exclude_none=True) if self._text is None else None
            )
            self._sha256 = _sha256(written if self._text is None else from_json(self._text))
        return self._sha256

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """Return a copy, with the fields of `update` replaced; see pydantic."""
        copy = super().model_copy(update=update, deep=deep)
        if update:
            copy._sha256 = copy._text = None
        return copy


def _sha256(document: object) -> str:
    text = json.dumps(document, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=_written)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _written(value: object) -> object:
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json", by_alias=True, exclude_none=True)
    return value.isoformat() if isinstance(value, date | time) else str(value)

"""The report: what `check` returns and every output format is written from (`zaitaku-report/1`)."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal, Protocol, TypeAlias, cast

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    ModelWrapValidatorHandler,
    PrivateAttr,
    SerializerFunctionWrapHandler,
    computed_field,
    model_serializer,
    model_validator,
)

from zaitaku_rules.rules.mark import Severity

Status: TypeAlias = Literal["kept", "broken", "open", "idle", "waived", "not_run"]
"""The answer for one rule."""

Verdict: TypeAlias = Literal["kept", "broken", "open", "idle"]
"""The answer for one case."""

Dates: TypeAlias = tuple[dt.date, ...]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", validate_by_name=True, defer_build=True)


class Text(_Part):
    """One text in Japanese and in English."""

    ja: str
    en: str


class Basis(_Part):
    """A clause on which a rule rests."""

    clause: str
    source: str
    title: Text
    url: str | None
    says: Text


class Found(_Part):
    """What was found for one day: the records that speak of it, how many count and how many are needed."""

    date: dt.date
    records: tuple[str, ...]
    count: int
    needed: int


class Settle(_Part):
    """What would settle an open finding: a record, a date to wait for, or a question to ask."""

    kind: Literal["record", "wait", "question"]
    what: Text
    by: dt.date | None


class Mend(_Part):
    """A lawful way to mend a finding."""

    kind: Literal["do", "attach", "correct", "withdraw", "ask"]
    what: Text
    by: dt.date | None


class RuleReport(_Part):
    """What became of one rule. `days` surely break it, `open_days` perhaps; lists of dates ascend."""

    code: str
    name: str
    severity: Severity
    default_severity: Severity
    status: Status
    days: Dates
    open_days: Dates
    waived_days: Dates
    judged_days: int
    missing: tuple[str, ...]
    message: Text
    basis: tuple[Basis, ...]
    found: tuple[Found, ...]
    settle: tuple[Settle, ...]
    mend: tuple[Mend, ...]


class Claim(_Part):
    """The recorded home days, and which of them can be claimed."""

    home_days: Dates
    clear: Dates
    at_risk: Dates
    open: Dates
    not_claimable: Dates


class Stretch(_Part):
    """A stretch of days in which a duty falls due, both ends included."""

    from_: Annotated[dt.date, Field(alias="from")]
    to: dt.date


class Due(_Part):
    """A duty that is still due: how many acts are missing in its window, and the last day that serves."""

    code: str
    window: Stretch
    missing: int
    by: dt.date


class Hashed(Protocol):
    """Something that knows the SHA-256 of the document it was read from."""

    @property
    def sha256(self) -> str:
        """The hash, in hexadecimal."""
        ...


class Receipt(_Part):
    """What was judged by which law: enough to repeat the judgement."""

    library: str
    ruleset: tuple[str, ...]
    ruleset_sha256: str
    readings: dict[str, str]
    notes: tuple[str, ...]
    notes_ja: tuple[str, ...]

    _judged: Hashed | str = PrivateAttr(default="")

    @computed_field  # type: ignore[prop-decorator]  # mypy does not know decorated properties
    @property
    def case_sha256(self) -> str:
        """The SHA-256 of the input document as canonical JSON, computed when it is read."""
        return self._judged if isinstance(self._judged, str) else self._judged.sha256

    @classmethod
    def of(cls, judged: Hashed, **fields: Any) -> Receipt:
        """Return the receipt of what was judged."""
        receipt = cls.model_construct(**fields)
        receipt._judged = judged
        return receipt

    @model_validator(mode="wrap")
    @classmethod
    def _read_hash(cls, data: Any, handler: ModelWrapValidatorHandler[Receipt]) -> Receipt:
        if not isinstance(data, dict) or "case_sha256" not in data:
            return handler(data)
        given = cast("dict[str, Any]", data)
        receipt = handler({name: value for name, value in given.items() if name != "case_sha256"})
        receipt._judged = str(given["case_sha256"])
        return receipt


class Report(_Part):
    """The judgement of one case. `due` is None (and not written) once the month is over."""

    schema_: Annotated[Literal["zaitaku-report/1"], Field(alias="schema")] = "zaitaku-report/1"
    user: str
    provider: str
    month: str
    as_of: dt.date
    verdict: Verdict
    rules: tuple[RuleReport, ...]
    claim: Claim
    due: Annotated[tuple[Due, ...] | None, Field(default=None)]
    receipt: Receipt

    def rule(self, code: str) -> RuleReport:
        """Return what became of the rule `code`; raises KeyError for an unknown code."""
        for found in self.rules:
            if found.code == code:
                return found
        raise KeyError(code)

    def to_json(self, *, indent: int | None = None) -> str:
        """Return the report as the JSON text of `zaitaku-report/1`."""
        return self.model_dump_json(by_alias=True, indent=indent)

    @model_serializer(mode="wrap")
    def _without_absent_due(self, handler: SerializerFunctionWrapHandler) -> dict[str, Any]:
        written: dict[str, Any] = handler(self)
        if self.due is None:
            written.pop("due", None)
        return written

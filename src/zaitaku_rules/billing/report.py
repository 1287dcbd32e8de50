"""The report on billing files: `zaitaku-billing/1`, what every output format is written from."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import Field, SerializerFunctionWrapHandler, model_serializer

from zaitaku_rules.billing.reconciling_parts import ReconciledPerson, UnmatchedPerson
from zaitaku_rules.report import Kind, Status, Text, Verdict
from zaitaku_rules.report.part import Part
from zaitaku_rules.rules.mark import Severity

BillingStatus: TypeAlias = Literal["kept", "broken", "open", "idle", "not_run"]
"""The answer for one rule."""


class BillingBasis(Part):
    """What a rule rests on; `certainty` says how sure that is."""

    source: str
    title: Text
    url: str | None
    where: str
    certainty: Literal["specification", "several", "one", "inferred"]


class Place(Part):
    """Where something was found.

    `line` counts from 1, `offset` from 0: of the first byte in question in the file. `position` is that of
    the item in its record (0: the whole line). `person` is masked, unless certificate numbers were asked for.
    """

    file: str
    line: int
    offset: int
    record: str
    position: int
    item: str
    item_name: str
    person: str
    day: dt.date | None
    found: str
    expected: str


class BillingMend(Part):
    """A lawful way to mend a finding."""

    kind: Kind
    what: Text


class BillingRuleReport(Part):
    """What became of one rule: `count` places break it (the first are in `found`), `open_count` perhaps."""

    code: str
    name: str
    title: Text
    severity: Severity
    status: BillingStatus
    judged: int
    count: int
    open_count: int
    message: Text
    basis: tuple[BillingBasis, ...]
    found: tuple[Place, ...]
    open_found: tuple[Place, ...]
    mend: tuple[BillingMend, ...]


class BillingFileRead(Part):
    """A file that was read: its hash, what it is, how much is in it."""

    file: str
    sha256: str
    data_kind: str
    processing_month: str
    data_records: int


class BillingFileError(Part):
    """What stands in place of a file that could not be read."""

    schema_: Annotated[Literal["zaitaku-error/1"], Field(alias="schema")] = "zaitaku-error/1"
    place: str
    error: Text


class HomeUseRule(Part):
    """What became of a rule of home use."""

    code: str
    name: str
    severity: Severity
    status: Status


class HomeUse(Part):
    """What is known of the rules of home use: without their own records nothing, and `reason` says so."""

    reason: Text
    rules: tuple[HomeUseRule, ...]


class BillingReceipt(Part):
    """Enough to repeat the judgement: which library, which edition of the specification, which tables."""

    library: str
    edition: str
    layouts_sha256: str
    rules_sha256: str
    codes_sha256: str
    reading: Literal["lenient", "strict"]
    files: tuple[BillingFileRead, ...]


class BillingReport(Part):
    """The judgement of billing files that belong together.

    `persons` and `unmatched` are there (and written) where case files were held against the billing.
    """

    schema_: Annotated[Literal["zaitaku-billing/1"], Field(alias="schema")] = "zaitaku-billing/1"
    verdict: Verdict
    notes: tuple[Text, ...]
    files: tuple[BillingFileRead | BillingFileError, ...]
    rules: tuple[BillingRuleReport, ...]
    home_use: HomeUse
    persons: tuple[ReconciledPerson, ...] | None = None
    unmatched: tuple[UnmatchedPerson, ...] | None = None
    receipt: BillingReceipt

    def rule(self, code: str) -> BillingRuleReport:
        """Return what became of the rule `code`; raises KeyError for an unknown code."""
        for found in self.rules:
            if found.code == code:
                return found
        raise KeyError(code)

    def to_json(self, *, indent: int | None = None) -> str:
        """Return the report as the JSON text of `zaitaku-billing/1`."""
        return self.model_dump_json(by_alias=True, indent=indent)

    @model_serializer(mode="wrap")
    def _without_absent_parts(self, handler: SerializerFunctionWrapHandler) -> dict[str, Any]:
        written: dict[str, Any] = handler(self)
        for name in ("persons", "unmatched"):
            if getattr(self, name) is None:
                written.pop(name, None)
        return written

"""The conformance pack (`zaitaku-conformance/1`), a vendor's results, and how the two compare."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import Field

from zaitaku_rules.report.case_report import Claim, Stretch
from zaitaku_rules.report.findings import Status
from zaitaku_rules.report.part import Dates, Part
from zaitaku_rules.report.verdict import Verdict
from zaitaku_rules.rules.mark import Severity

Plain: TypeAlias = str | int | tuple[str, ...] | None
"""A value as JSON has it: a word, a number, or a list of days."""


ClaimPart: TypeAlias = Literal["home_days", "clear", "at_risk", "open", "not_claimable"]
"""A list of the claim."""


class ExpectedRule(Part):
    """What a rule must say of a case. A result may state some of these fields, or all."""

    status: Status | None = None
    severity: Severity | None = None
    days: Dates | None = None
    open_days: Dates | None = None
    waived_days: Dates | None = None
    judged_days: int | None = None
    missing: tuple[str, ...] | None = None


class ExpectedDue(Part):
    """One entry of the due list, by the fields that the contract settles."""

    code: str
    window: Stretch
    missing: int
    by: dt.date


class Expected(Part):
    """The decisive part of the report on a case: no messages, no advice on mending."""

    verdict: Verdict
    rules: dict[str, ExpectedRule]
    claim: Claim
    due: tuple[ExpectedDue, ...] | None = None


class PackCase(Part):
    """One case of the pack: the document, its law, the day of the question, and what must come out.

    `about` names the rules for which the case was made, `overlays` holds the files that are laid over the
    municipality's, and `ruleset` names all that apply.
    """

    schema_: Annotated[Literal["zaitaku-conformance/1"], Field(alias="schema")]
    id: str
    name: str
    why: str
    about: tuple[str, ...]
    case: dict[str, Any]
    overlays: tuple[dict[str, Any], ...]
    readings: dict[str, str]
    as_of: dt.date
    ruleset: tuple[str, ...]
    expected: Expected


class RuleCount(Part):
    """In how many cases of the pack a rule is broken, open, kept, and so on."""

    broken: int = 0
    open: int = 0
    kept: int = 0
    idle: int = 0
    waived: int = 0
    not_run: int = 0


class Manifest(Part):
    """What the pack was made from, and how much is in it."""

    schema_: Annotated[Literal["zaitaku-conformance-manifest/1"], Field(alias="schema")]
    library: str
    ruleset_sha256: str
    pack_sha256: str
    cases: int
    verdicts: dict[Verdict, int]
    rules: dict[str, RuleCount]
    files: dict[str, int]


class Result(Part):
    """What a vendor's software says of one case: all of it, or the part that it can judge."""

    schema_: Annotated[Literal["zaitaku-conformance-result/1"], Field(alias="schema")] = (
        "zaitaku-conformance-result/1"
    )
    id: Annotated[str, Field(min_length=1)]
    verdict: Verdict | None = None
    rules: Annotated[dict[str, ExpectedRule], Field(default_factory=dict)]
    claim: Annotated[dict[ClaimPart, Dates], Field(default_factory=dict)]
    due: tuple[ExpectedDue, ...] | None = None


class Deviation(Part):
    """One place (such as "rules.Z301.days") where a result is not what the pack expects."""

    id: str
    place: str
    expected: Plain
    found: Plain


class Counted(Part):
    """How many cases agree, differ, or say nothing, for a rule or for the verdict, claim or due list."""

    name: str
    passed: int
    failed: int
    missing: int


class Conformance(Part):
    """How a vendor's results compare with the pack.

    `missing` names the cases without a result; a rule that no result states is not in `rules`.
    """

    schema_: Annotated[Literal["zaitaku-conformance-outcome/1"], Field(alias="schema")] = (
        "zaitaku-conformance-outcome/1"
    )
    library: str
    pack_sha256: str
    cases: int
    passed: tuple[str, ...]
    failed: tuple[str, ...]
    missing: tuple[str, ...]
    rules: tuple[Counted, ...]
    deviations: tuple[Deviation, ...]

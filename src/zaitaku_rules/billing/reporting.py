"""The report on billing files, made of what was found."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from functools import lru_cache
from importlib.resources import files

from zaitaku_rules.billing.findings import Findings
from zaitaku_rules.billing.report import (
    BillingBasis,
    BillingFileError,
    BillingFileRead,
    BillingMend,
    BillingReceipt,
    BillingReport,
    BillingRuleReport,
    BillingStatus,
    HomeUse,
    HomeUseRule,
)
from zaitaku_rules.billing.rule import BillingRule, billing_words, catalogue, general
from zaitaku_rules.errors import Message
from zaitaku_rules.judge.receipt import library
from zaitaku_rules.report import Text, Verdict
from zaitaku_rules.rules import CATALOGUE

EDITION = "R7.4 (2025-04; R7.10 has the same items)"
"""The edition of the interface specification that the item tables hold."""

_WEIGHTY = ("payment", "duty")


def report_of(
    findings: Findings,
    files: Sequence[BillingFileRead | BillingFileError],
    home_use: HomeUse,
    *,
    strict: bool,
    codes_sha256: str,
) -> BillingReport:
    """Return the report on files that were read, and on those that were not."""
    rules = tuple(_rule_report(rule, findings, strict=strict) for rule in catalogue().values())
    read = tuple(one for one in files if isinstance(one, BillingFileRead))
    return BillingReport(
        verdict=_verdict(rules, read),
        notes=(home_use.reason, *(text_of(note) for note in findings.notes)),
        files=tuple(files),
        rules=rules,
        home_use=home_use,
        receipt=BillingReceipt(
            library=library(),
            edition=EDITION,
            layouts_sha256=layouts_sha256(),
            rules_sha256=rules_sha256(),
            codes_sha256=codes_sha256,
            reading="strict" if strict else "lenient",
            files=read,
        ),
    )


def no_log() -> HomeUse:
    """Return what is known of the rules of home use where their own records were not given: nothing."""
    rules = tuple(
        HomeUseRule(code=rule.code, name=rule.name, severity=rule.severity, status="not_run")
        for rule in CATALOGUE.values()
    )
    return HomeUse(reason=text_of(general("home_use")), rules=rules)


def text_of(said: Message) -> Text:
    """Return a message as a text of the report."""
    return Text(ja=said.ja, en=said.en)


@lru_cache(maxsize=1)
def layouts_sha256() -> str:
    """Return the hash of the item tables and of all that is dated beside them."""
    folder = files("zaitaku_rules.read.kokuhoren") / "layouts"
    held = sorted((path.name, path.read_bytes()) for path in folder.iterdir() if path.is_file())
    return _hash(held)


@lru_cache(maxsize=1)
def rules_sha256() -> str:
    """Return the hash of the rules of billing files as they are written."""
    folder = files("zaitaku_rules.words")
    held = sorted(
        (path.name, path.read_bytes()) for path in folder.iterdir() if path.name.startswith("billing_")
    )
    return _hash(held)


def _hash(held: Sequence[tuple[str, bytes]]) -> str:
    found = hashlib.sha256()
    for name, raw in held:
        found.update(f"{name}\n{len(raw)}\n".encode())
        found.update(raw)
    return found.hexdigest()


def _verdict(rules: Sequence[BillingRuleReport], files: Sequence[BillingFileRead]) -> Verdict:
    """Return the verdict: broken, else idle without a data record, else open, else kept."""
    statuses = {rule.status for rule in rules if rule.severity in _WEIGHTY}
    if "broken" in statuses:
        return "broken"
    if not any(one.data_records for one in files):
        return "idle"
    return "open" if "open" in statuses else "kept"


def _rule_report(rule: BillingRule, findings: Findings, *, strict: bool) -> BillingRuleReport:
    lacking = next((need for need in rule.needs if need not in findings.given), None)
    status = _status(rule, findings, lacking)
    return BillingRuleReport(
        code=rule.code,
        name=rule.name,
        title=text_of(rule.title),
        severity=rule.strict if strict else rule.severity,
        status=status,
        judged=findings.judged_by(rule.code),
        count=findings.counts[rule.code],
        open_count=findings.open_counts[rule.code],
        message=text_of(_message(rule, findings, status, lacking)),
        basis=tuple(basis_of(rule)),
        found=findings.places(rule.code),
        open_found=findings.open_places(rule.code),
        mend=tuple(BillingMend(kind=way.kind, what=text_of(way.what)) for way in rule.mend),
    )


def basis_of(rule: BillingRule) -> Iterator[BillingBasis]:
    """Return what a rule rests on."""
    for rest in rule.basis:
        yield BillingBasis.model_validate(
            {
                "source": rest.source,
                "title": text_of(rest.title),
                "url": rest.url,
                "where": rest.where,
                "certainty": rest.certainty,
            }
        )


def _status(rule: BillingRule, findings: Findings, lacking: str | None) -> BillingStatus:
    if findings.counts[rule.code]:
        return "broken"
    if lacking is not None:
        return "not_run"
    if findings.open_counts[rule.code]:
        return "open"
    return "kept" if findings.judged_by(rule.code) else "idle"


def _message(rule: BillingRule, findings: Findings, status: BillingStatus, lacking: str | None) -> Message:
    if status == "broken":
        return general("broken", title=rule.title, n=findings.counts[rule.code])
    if status == "open":
        return general("open", title=rule.title, n=findings.open_counts[rule.code])
    if status == "not_run" and lacking is not None:
        said = billing_words()["reasons"][lacking]
        return Message(said["ja"], said["en"])
    return general("idle") if status == "idle" else rule.duty

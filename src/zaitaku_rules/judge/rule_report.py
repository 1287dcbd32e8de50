"""The report of one rule: message, basis, evidence, what settles and what mends."""

from __future__ import annotations

from functools import lru_cache

from zaitaku_rules.explain import finding, general, named
from zaitaku_rules.facts import Facts
from zaitaku_rules.judge.evidence import evidence
from zaitaku_rules.judge.judgement import Judgement
from zaitaku_rules.judge.mending import mending
from zaitaku_rules.judge.settle import settling
from zaitaku_rules.law import RuleLaw, RuleSet
from zaitaku_rules.report import Basis, RuleReport, Settle, Status, Text


def rule_report(judgement: Judgement, law: RuleSet, facts: Facts) -> RuleReport:
    """Return the report of one rule."""
    if judgement.status in ("kept", "idle", "not_run"):
        return _quiet(law, judgement.law, judgement.status, judgement.judged, judgement.missing)
    rule, status, calendar = judgement.law.rule, judgement.status, facts.calendar
    days = facts.untimely_dates if rule.code == "Z906" else calendar.dates(judgement.broken)
    open_days = calendar.dates(judgement.open)
    is_found = status != "waived"
    return RuleReport.model_construct(
        code=rule.code,
        name=rule.name,
        severity=judgement.law.severity,
        default_severity=rule.severity,
        status=status,
        days=tuple(days),
        open_days=tuple(open_days),
        waived_days=tuple(calendar.dates(judgement.waived)),
        judged_days=judgement.judged,
        missing=(),
        message=_message(judgement, len(days), len(open_days)),
        basis=_basis(law, rule.code),
        found=evidence(judgement, facts) if is_found else (),
        settle=(settle := settling(judgement, facts)),
        mend=mending(judgement, law.rules.values(), facts, settle),
    )


@lru_cache(maxsize=16384)
def _quiet(
    law: RuleSet, rule_law: RuleLaw, status: Status, judged: int, missing: tuple[str, ...]
) -> RuleReport:
    """Return the report of a rule without findings: the same for all cases that have as many days."""
    rule = rule_law.rule
    wanted = general("supply", sources=named("sources", missing)) if missing else None
    return RuleReport.model_construct(
        code=rule.code,
        name=rule.name,
        severity=rule_law.severity,
        default_severity=rule.severity,
        status=status,
        days=(),
        open_days=(),
        waived_days=(),
        judged_days=judged,
        missing=missing,
        message=_quiet_message(status, judged, missing),
        basis=_basis(law, rule.code) if rule_law.in_force else (),
        found=(),
        settle=(Settle(kind="record", what=wanted, by=None),) if wanted else (),
        mend=(),
    )


def _quiet_message(status: Status, judged: int, missing: tuple[str, ...]) -> Text:
    if missing:
        return general("missing", sources=named("sources", missing))
    return general("off" if status == "not_run" else status, n=judged)


def _message(judgement: Judgement, days: int, open_days: int) -> Text:
    if judgement.status == "waived":
        return general("waived", n=judgement.waived.bit_count())
    return finding(judgement.law, judgement.status, days if judgement.status == "broken" else open_days)


@lru_cache(maxsize=16384)
def _basis(law: RuleSet, code: str) -> tuple[Basis, ...]:
    return tuple(
        Basis(
            clause=clause.id,
            source=source.title.ja,
            title=Text(ja=source.title.ja, en=source.title.en),
            url=source.url,
            says=Text(ja=clause.says.ja, en=clause.says.en),
        )
        for clause, source in law.basis(code)
    )

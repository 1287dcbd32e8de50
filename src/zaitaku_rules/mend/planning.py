"""`plan`: the cheapest lawful steps over all rules of a case, and the month in which they are done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from zaitaku_rules.judge import check
from zaitaku_rules.judge.checking import judged
from zaitaku_rules.judge.slips import slips
from zaitaku_rules.law import Overlay, load_overlay
from zaitaku_rules.mend.cover import cost_of
from zaitaku_rules.mend.draft import Draft, draft
from zaitaku_rules.mend.followed import after_everything
from zaitaku_rules.mend.steps import notes, steps
from zaitaku_rules.mend.trial import Trial
from zaitaku_rules.records import Case
from zaitaku_rules.report import Plan, Report


def plan(
    case: Case,
    *,
    as_of: date | None = None,
    overlays: Sequence[Overlay | str | Path] = (),
    readings: Mapping[str, str] | None = None,
) -> Plan:
    """Return the cheapest lawful steps over all rules of a case; arguments as for `check`.

    The steps are found by trying acts on the rules themselves, and hold under every reading that is not
    settled. The verdict is that of the month in which they are done and the planned days are used.
    """
    loaded = tuple(one if isinstance(one, Overlay) else load_overlay(one) for one in overlays)
    _, facts, rules = judged(case, as_of=as_of, overlays=loaded, readings=readings)
    duties = [one for one in rules.values() if one.is_duty and one.law.in_force]
    trial = Trial(tuple(one.law for one in duties), after_everything(case, facts.as_of))
    found = [(slip, one.code) for one in duties if one.broken | one.open for slip in slips(one, facts)]
    drawn = draft(case, facts, trial, found)
    report = check(drawn.month, as_of=trial.until, overlays=loaded, readings=readings)
    return _plan(drawn, report)


def _plan(drawn: Draft, report: Report) -> Plan:
    return Plan.model_construct(
        steps=tuple(steps(drawn, report)),
        verdict=report.verdict,
        clear=_clear(report),
        at_risk=report.claim.at_risk,
        open=report.claim.open,
        cost=cost_of(drawn.found.acts),
        is_least=drawn.found.is_least,
        notes=tuple(notes(drawn, report)),
    )


def _clear(report: Report) -> tuple[date, ...]:
    """Return the home days on which no payment or duty rule is broken or open, or could not run."""
    doubtful = {*report.claim.at_risk, *report.claim.open}
    for rule in report.rules:
        if rule.severity in ("payment", "duty"):
            doubtful.update(rule.days, rule.open_days)
    return tuple(day for day in report.claim.home_days if day not in doubtful)

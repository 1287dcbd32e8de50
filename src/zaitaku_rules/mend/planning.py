"""`plan`: the cheapest lawful steps over all rules of a case, and the month in which they are done."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from pathlib import Path

from zaitaku_rules.judge import check
from zaitaku_rules.judge.checking import judged, selected
from zaitaku_rules.judge.outstanding import outstanding
from zaitaku_rules.judge.slips import slips
from zaitaku_rules.law import Overlay, load_overlay
from zaitaku_rules.mend.cover import cost_of
from zaitaku_rules.mend.draft import Drawn, draft
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
    select: Collection[str] = (),
    ignore: Collection[str] = (),
) -> Plan:
    """Return the cheapest lawful steps over all rules of a case; arguments as for `check`.

    The steps are found by trying acts on the rules themselves, and hold under every reading that is not
    settled. The verdict is that of the month in which they are done and the planned days are used.
    Where rules are selected or ignored, nothing is planned or judged for the others.
    """
    loaded = tuple(one if isinstance(one, Overlay) else load_overlay(one) for one in overlays)
    _, facts, rules = judged(
        case,
        as_of=as_of,
        overlays=loaded,
        readings=readings,
        codes=selected(tuple(select), tuple(ignore)),
    )
    duties = [one for one in rules.values() if one.is_duty and one.law.in_force and not one.is_deselected]
    trial = Trial(tuple(one.law for one in duties), after_everything(case, facts.as_of))
    laws = [one.law for one in rules.values()]
    doubtful = [one for one in duties if one.broken | one.open]
    found = [(slip, one.code) for one in doubtful for slip in slips(one, facts, laws)]
    drawn = draft(case, facts, trial, found, outstanding(rules, facts) or ())
    report = check(
        drawn.draft.month,
        as_of=trial.until,
        overlays=loaded,
        readings=readings,
        select=select,
        ignore=ignore,
    )
    return _plan(drawn, report, is_selected=bool(select or ignore))


def _plan(drawn: Drawn, report: Report, *, is_selected: bool) -> Plan:
    found = drawn.draft.found
    return Plan.model_construct(
        steps=tuple(steps(drawn, report)),
        verdict=report.verdict,
        clear=_clear(report),
        at_risk=report.claim.at_risk,
        open=report.claim.open,
        cost=cost_of(found.acts),
        is_least=found.is_least,
        notes=tuple(notes(drawn.draft, report, is_selected=is_selected)),
    )


def _clear(report: Report) -> tuple[date, ...]:
    """Return the home days on which no payment or duty rule is broken or open, or could not run."""
    doubtful = {*report.claim.at_risk, *report.claim.open}
    for rule in report.rules:
        if rule.severity in ("payment", "duty"):
            doubtful.update(rule.days, rule.open_days)
    return tuple(day for day in report.claim.home_days if day not in doubtful)

"""`check`: from a case to its report."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from zaitaku_rules.errors import InvalidCall, nearest
from zaitaku_rules.facts import Facts
from zaitaku_rules.judge.judgement import Judgement, judge_rule, off
from zaitaku_rules.judge.outstanding import DUE_CODES, outstanding
from zaitaku_rules.judge.receipt import receipt
from zaitaku_rules.judge.rule_report import rule_report
from zaitaku_rules.law import Overlay, RuleSet, load_overlay, rules_for
from zaitaku_rules.records import Case
from zaitaku_rules.report import Claim, Due, Report, Verdict
from zaitaku_rules.rules import CATALOGUE

NOT_CLAIMABLE = ("Z103", "Z501", "Z503", "Z504", "Z701")


class Judged(NamedTuple):
    """A case under its law: what is known of it, and what became of each rule by code."""

    law: RuleSet
    facts: Facts
    rules: Mapping[str, Judgement]


def judged(
    case: Case,
    *,
    as_of: date | None = None,
    known_at: date | None = None,
    overlays: Sequence[Overlay | str | Path] = (),
    readings: Mapping[str, str] | None = None,
    codes: Collection[str] = CATALOGUE.keys(),
) -> Judged:
    """Return what became of the rules `codes` of a case, without words; arguments as for `check`."""
    loaded = [overlay if isinstance(overlay, Overlay) else load_overlay(overlay) for overlay in overlays]
    law = rules_for(
        case.user.municipality, case.month, case.provider.service, overlays=loaded, readings=readings
    )
    facts = Facts(case, as_of, known_at=known_at)
    judgements = {
        code: judge_rule(rule, facts) if code in codes else off(rule) for code, rule in law.rules.items()
    }
    return Judged(law, facts, judgements)


def check(
    case: Case,
    *,
    as_of: date | None = None,
    known_at: date | None = None,
    overlays: Sequence[Overlay | str | Path] = (),
    readings: Mapping[str, str] | None = None,
    select: Collection[str] = (),
    ignore: Collection[str] = (),
) -> Report:
    """Judge one case by the law of its place and month, and return the report.

    `as_of` is the day on which the question is asked (default: the case's own). `known_at` asks what the
    file said by the end of that day: what was recorded later is left aside, and a contact, report or
    evaluation that does not say when it was recorded was perhaps there; `as_of` is then that day at the
    latest, unless given. `overlays` are laid over the municipality's, in order: loaded overlays, files, or
    names of shipped ones. `readings` settles unsettled questions. `select` and `ignore` are rule codes or
    their beginnings ("Z3", "Z401").
    Raises InvalidCall for an unknown reading or rule, InvalidLaw for a faulty overlay.
    """
    codes = selected(tuple(select), tuple(ignore))
    return _report(
        *judged(case, as_of=as_of, known_at=known_at, overlays=overlays, readings=readings, codes=codes)
    )


def due(
    case: Case,
    as_of: date | None = None,
    *,
    overlays: Sequence[Overlay | str | Path] = (),
    readings: Mapping[str, str] | None = None,
) -> tuple[Due, ...]:
    """Return what is still due for a case, soonest first; nothing once its month is over.

    Arguments as for `check`, and the same as its report says. Each entry names the rule, its window, how
    many acts are missing of how many, what counts already, and the last day that serves.
    """
    _, facts, rules = judged(case, as_of=as_of, overlays=overlays, readings=readings, codes=DUE_CODES)
    return outstanding(rules, facts) or ()


@lru_cache(maxsize=256)
def selected(select: tuple[str, ...], ignore: tuple[str, ...]) -> frozenset[str]:
    """Return the codes that a selection names; raises InvalidCall where a word names none, or all do."""
    for prefix in (*select, *ignore):
        if not any(code.startswith(prefix) for code in CATALOGUE):
            near = nearest(prefix, CATALOGUE)
            raise InvalidCall(
                f"その番号の規則はありません。{f'{near} のことですか。' if near else ''}"
                "zaitaku rules で一覧を見られます。",
                f"no rule has that code{f'; did you mean {near}?' if near else ''} (see zaitaku rules)",
                place="rule",
            )
    codes = frozenset(
        code
        for code in CATALOGUE
        if (not select or code.startswith(select)) and not (ignore and code.startswith(ignore))
    )
    if not codes:
        raise InvalidCall(
            "判定する規則が残りません。選んだ規則を、すべて除いています(select と ignore)。",
            "no rule is left to judge: every selected rule is also ignored (see select and ignore)",
            place="rule",
        )
    return codes


def _report(law: RuleSet, facts: Facts, judgements: Mapping[str, Judgement]) -> Report:
    case = facts.case
    return Report.model_construct(
        schema_="zaitaku-report/1",
        user=case.user.id,
        provider=case.provider.number,
        month=case.month,
        as_of=facts.as_of,
        verdict=_verdict(judgements, facts),
        rules=tuple(rule_report(judgement, law, facts) for judgement in judgements.values()),
        claim=_claim(judgements, facts),
        due=outstanding(judgements, facts),
        receipt=receipt(law, facts, judgements),
    )


def _verdict(judgements: Mapping[str, Judgement], facts: Facts) -> Verdict:
    counting = [judgement for judgement in judgements.values() if judgement.is_duty]
    statuses = {judgement.status for judgement in counting}
    if "broken" in statuses:
        return "broken"
    if not facts.home.maybe & facts.calendar.month_mask:
        return "idle"
    if "open" in statuses:
        return "open"
    lacking = [judgement for judgement in counting if judgement.lacks_use_data]
    return "open" if lacking else "kept"


def _claim(judgements: Mapping[str, Judgement], facts: Facts) -> Claim:
    home = facts.home.sure & facts.calendar.month_mask
    at_risk = open_ = not_claimable = 0
    for code, judgement in judgements.items():
        if judgement.is_payment and judgement.status != "kept":
            at_risk |= judgement.broken
            open_ |= judgement.open | (judgement.law.in_force if judgement.lacks_use_data else 0)
        if judgement.broken and code in NOT_CLAIMABLE:
            not_claimable |= judgement.broken
    dates = facts.calendar.dates
    home_days = tuple(dates(home))
    doubtful = home & (at_risk | open_)
    return Claim.model_construct(
        home_days=home_days,
        clear=tuple(dates(home & ~doubtful)) if doubtful else home_days,
        at_risk=tuple(dates(home & at_risk)),
        open=tuple(dates(home & open_ & ~at_risk)),
        not_claimable=tuple(dates(not_claimable)),
    )

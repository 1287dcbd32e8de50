"""What a report promises of every later report, while records only arrive.

By the contract a day is in `days` only if it breaks "under every combination of readings and completions",
and outside `days` and `open_days` if it breaks under none. So `days` only grows, and the days that break or
may break only become fewer. Of the statuses, broken and idle ("surely nothing to judge") stay; what is kept
stays kept or, where the planned days fall away, turns idle; what is waived stays waived until less may break.
`not_run` promises nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Set

from zaitaku_rules import Report
from zaitaku_rules.report import RuleReport

EVENT_RULES = ("Z305", "Z306", "Z307", "Z503", "Z504", "Z701", "Z901", "Z904", "Z905")
ABSENT = ", for a list of events had been absent"
NO_HOME_DAY = ", for it had no home day, and what was open did not count"
LATER: dict[str, tuple[str, ...]] = {
    "broken": ("broken",),
    "kept": ("kept", "idle"),
    "idle": ("idle",),
    "waived": ("waived", "kept", "idle"),
    "open": ("broken", "open", "waived", "kept", "idle"),
}


def faults(before: Report, after: Report, absent: Set[str] = frozenset()) -> Iterator[str]:
    """Name each promise of the earlier report, which lacked the lists `absent`, that the later one breaks."""
    # By the contract Z503 reads `claimed_days` where present, and another list before it came.
    has_switched = "claimed_days" in absent
    for earlier, later in zip(before.rules, after.rules, strict=True):
        if earlier.status != "not_run" and not (has_switched and earlier.code == "Z503"):
            yield from _of_rule(earlier, later)
    if has_switched and before.rule("Z503").days:
        return
    if not set(before.claim.at_risk) <= set(after.claim.at_risk):
        yield "claim: a day at risk is so no longer"
    yield from _of_verdict(before, after, absent)


def _of_rule(earlier: RuleReport, later: RuleReport) -> Iterator[str]:
    code = earlier.code
    gone = set(earlier.days) - set(later.days) - set(later.waived_days)
    if gone:
        yield f"{code}: a day that surely broke does so no longer"
    # Z906 judges the records in hand, so a record that arrives may break it.
    if code == "Z906":
        return
    doubtful = {*earlier.days, *earlier.open_days, *earlier.waived_days}
    if not {*later.days, *later.open_days, *later.waived_days} <= doubtful:
        yield f"{code}: a day that surely did not break breaks or may break"
    if later.status not in LATER[earlier.status]:
        yield f"{code}: {earlier.status} became {later.status}"


def _of_verdict(before: Report, after: Report, absent: Set[str]) -> Iterator[str]:
    if before.verdict == "open" or after.verdict in LATER[before.verdict]:
        return
    # The contract lets two kinds of doubt stand aside of the verdict: event rules without their list,
    # and, where surely no day is a home day, anything open.
    causes = {_doubt(before.rule(rule.code), absent) for rule in after.rules if _counts(rule)} or {""}
    yield f"verdict: {before.verdict} became {after.verdict}{max(causes)}"


def _counts(rule: RuleReport) -> bool:
    return rule.severity in ("payment", "duty") and rule.status in ("broken", "open")


def _doubt(rule: RuleReport, absent: Set[str]) -> str:
    if rule.code in EVENT_RULES and (
        rule.status == "not_run" or (rule.code == "Z503" and "claimed_days" in absent)
    ):
        return ABSENT
    return NO_HOME_DAY if rule.status in ("open", "not_run") else ""

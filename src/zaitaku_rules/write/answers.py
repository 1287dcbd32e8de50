"""What a rule's result means to a build: failed, passed, or why it does not count."""

from __future__ import annotations

from datetime import date
from typing import Literal, NamedTuple, TypeAlias

from zaitaku_rules.report import RuleReport, Status
from zaitaku_rules.write.judged_case import DUTIES, DayFinding, JudgedCase

AnswerKind: TypeAlias = Literal["failed", "passed", "advice", "open", "waived", "known", "not_judged"]
"""`advice`: broken, but never moves the exit code. `known`: all its days are in the baseline."""


class Answer(NamedTuple):
    """A rule of a case: what it means, for which days, and which days the baseline holds beside them."""

    rule: RuleReport
    kind: AnswerKind
    status: Status
    days: tuple[date, ...] = ()
    known: tuple[date, ...] = ()


def answers(case: JudgedCase, *, strict: bool = False) -> list[Answer]:
    """Return the answer of every rule; some fail exactly where the case makes the exit code 1."""
    counts_open = strict and case.verdict in ("broken", "open")
    by_rule: dict[str, list[DayFinding]] = {}
    for one in case.findings:
        by_rule.setdefault(one.rule.code, []).append(one)
    return [_answer(rule, by_rule.get(rule.code, []), case, counts_open) for rule in case.report.rules]


def _answer(rule: RuleReport, found: list[DayFinding], case: JudgedCase, counts_open: bool) -> Answer:
    is_duty = rule.severity in DUTIES
    known = tuple(one.date for one in found if one.is_known)
    if broken := _new(found, "broken"):
        return Answer(rule, "failed" if is_duty else "advice", "broken", broken, known)
    if open_ := _new(found, "open"):
        return Answer(rule, "failed" if is_duty and counts_open else "open", "open", open_, known)
    if known:
        return Answer(rule, "known", rule.status, known=known)
    if rule.status == "waived":
        return Answer(rule, "waived", "waived", rule.waived_days)
    if rule in case.lacking and counts_open and not case.knows(rule.code, None, "not_run"):
        return Answer(rule, "failed", "not_run")
    return Answer(rule, "passed" if rule.status == "kept" else "not_judged", rule.status)


def _new(found: list[DayFinding], status: str) -> tuple[date, ...]:
    return tuple(one.date for one in found if one.status == status and not one.is_known)

"""What reconciliation found, as parts of the billing report: findings, persons, home-use rules."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Literal

from zaitaku_rules.billing.claimed_days import ClaimedStatus
from zaitaku_rules.billing.findings import Findings, Spot
from zaitaku_rules.billing.home_use_log import HomeUseLog
from zaitaku_rules.billing.home_use_outcome import Checked
from zaitaku_rules.billing.home_use_sheets import Sheet
from zaitaku_rules.billing.reconciling import Matched, Reconciler, Stranger
from zaitaku_rules.billing.reconciling_parts import BilledDay, PersonCheck, ReconciledPerson, UnmatchedPerson
from zaitaku_rules.billing.report import BillingReport, HomeUse, HomeUseRule
from zaitaku_rules.billing.rule import catalogue, general
from zaitaku_rules.errors import Message
from zaitaku_rules.explain import text
from zaitaku_rules.report import Report, RuleReport, Status, Verdict
from zaitaku_rules.rules import CATALOGUE
from zaitaku_rules.rules.mark import Severity

_WORST: tuple[Status, ...] = ("broken", "open", "not_run", "waived", "kept", "idle")
_HEAVIEST: tuple[Severity, ...] = ("payment", "duty", "record", "advice")


class ReconciledCases:
    """Collects what became of cases, one after another, and gives the parts of the report."""

    def __init__(self, reconciler: Reconciler, findings: Findings) -> None:
        """Tell the findings of billing against the log to `findings`."""
        self._reconciler = reconciler
        self._findings = findings
        self.persons: list[ReconciledPerson] = []

    def add(self, found: Matched) -> ReconciledPerson:
        """Take one case beside its billing, and return its part of the report."""
        person = self._findings.masks.shown(found.sheet.key.person) if found.sheet else ""
        if found.sheet is not None:
            self._findings.give("log")
            for check in found.checks:
                self._tell(check, found.sheet)
        part = ReconciledPerson.model_construct(
            person=person,
            user=found.case.user.id,
            provider=found.case.provider.number,
            month=found.case.month,
            billed=found.sheet is not None,
            days=tuple(_days(found)),
            checks=tuple(map(_check, found.checks)),
            report=found.report,
        )
        self.persons.append(part)
        return part

    def _tell(self, check: Checked, sheet: Sheet) -> None:
        code, findings = check.code, self._findings
        if check.status == "not_run" and check.judged:
            # The log says nothing of days that are billed: for this person the rule is not kept.
            findings.leave_open(code, _spot(sheet, None), person=sheet.key.person)
        if check.status in ("idle", "not_run"):
            return
        findings.judge(code, check.judged)
        told = {"person": sheet.key.person, "found": check.found, "expected": check.expected}
        for day in _each(check.days, check.status == "broken"):
            findings.add(code, _spot(sheet, day), day=day, **told)
        for day in _each(check.open_days, check.status == "open"):
            findings.leave_open(code, _spot(sheet, day), day=day, **told)

    def completed(self, report: BillingReport) -> BillingReport:
        """Return the report of the files with persons, home-use rules and a verdict over both."""
        unmatched = tuple(map(self._unmatched, self._reconciler.strangers()))
        reports = [person.report for person in self.persons]
        return report.model_copy(
            update={
                "verdict": _verdict(report.verdict, reports),
                "persons": tuple(self.persons),
                "unmatched": unmatched,
            }
        )

    def home_use(self) -> HomeUse:
        """Return what became of the home-use rules over all persons that are billed or have a case."""
        strangers = len(self._reconciler.strangers())
        reports = [person.report for person in self.persons]
        said, used = self._reason(strangers), self._reconciler.words
        if any(person.billed for person in self.persons):
            told = {"edition": used.edition, "minutes": used.contact_margin_minutes}
            self._findings.note(general("remark_words", **told))
        rules = tuple(_home_use_rule(code, reports, strangers) for code in CATALOGUE)
        return HomeUse.model_construct(reason=text(said.ja, said.en), rules=rules)

    def _reason(self, strangers: int) -> Message:
        matched = sum(person.billed for person in self.persons)
        unbilled = len(self.persons) - matched
        if not matched and not unbilled:
            return general("home_use")
        told = [general("matched", billed=matched + strangers, matched=matched)]
        told += [general("unmatched", n=strangers)] if strangers else []
        told += [general("unbilled", n=unbilled)] if unbilled else []
        return Message("".join(one.ja for one in told), " ".join(one.en for one in told))

    def _unmatched(self, stranger: Stranger) -> UnmatchedPerson:
        sheet = stranger.sheet
        return UnmatchedPerson.model_construct(
            person=self._findings.masks.shown(sheet.key.person),
            provider=self._reconciler.persons.provider_of(sheet.office),
            month=sheet.month,
            used_days=sheet.used.bit_count(),
            reason=stranger.reason,
        )


def _each(days: tuple[date, ...], is_told: bool) -> Iterable[date | None]:
    """Return the days of a finding, or None once where it is told of no day in particular."""
    return days or ((None,) if is_told else ())


def _spot(sheet: Sheet, day: date | None) -> Spot:
    row = sheet.rows.get(day.day) if day else None
    if row is None:
        return Spot(sheet.file, sheet.line, sheet.offset, "J611-01")
    return Spot(sheet.file, row.line, row.offset, "J611-02")


def _check(check: Checked) -> PersonCheck:
    return PersonCheck.model_construct(
        code=check.code,
        name=catalogue()[check.code].name,
        status=check.status,
        days=check.days,
        open_days=check.open_days,
        missing=check.missing,
        found=check.found,
        expected=check.expected,
    )


def _days(found: Matched) -> Iterator[BilledDay]:
    """Return the days that are billed or logged, or of which a rule speaks."""
    log, sheet = found.log, found.sheet
    words: dict[ClaimedStatus, int] = {
        "use": sheet.used if sheet else 0,
        "absence_addition": sheet.absent if sheet else 0,
    }
    broken, open_ = _codes(found, "days"), _codes(found, "open_days")
    places = _places(log)
    for day in log.dates(log.month):
        billed = tuple(status for status, word in words.items() if word >> day.day & 1)
        if billed or day in places or day in broken or day in open_:
            yield BilledDay.model_construct(
                date=day,
                billed=billed,
                logged=places.get(day, None if log.may_be_used(day) else ()),
                broken=tuple(broken.get(day, ())),
                open=tuple(open_.get(day, ())),
            )


def _codes(found: Matched, which: Literal["days", "open_days"]) -> dict[date, list[str]]:
    """Return the codes of the checks and rules that speak of each day."""
    told: dict[date, list[str]] = {}
    every: list[Checked | RuleReport] = [*found.checks, *found.report.rules]
    for one in every:
        for day in getattr(one, which):
            told.setdefault(day, []).append(one.code)
    return told


def _places(log: HomeUseLog) -> dict[date, tuple[str, ...]]:
    found: dict[date, tuple[str, ...]] = {}
    for _, row in log.facts.dated("days"):
        found[row.day] = tuple(sorted({*found.get(row.day, ()), row.place}))
    return found


def _home_use_rule(code: str, reports: list[Report], strangers: int) -> HomeUseRule:
    """Return a rule over all persons: the worst that became of it.

    Where somebody is billed of whom nothing is known it is not run at best, never kept.
    """
    found = [report.rule(code) for report in reports]
    ran = [rule for rule in found if rule.status != "not_run" or rule.missing]
    statuses: set[Status] = {rule.status for rule in ran}
    if strangers or not ran:
        statuses.add("not_run")
    severities = {rule.severity for rule in found} or {CATALOGUE[code].severity}
    return HomeUseRule.model_construct(
        code=code,
        name=CATALOGUE[code].name,
        severity=next(severity for severity in _HEAVIEST if severity in severities),
        status=next(status for status in _WORST if status in statuses),
    )


def _verdict(files: Verdict, reports: list[Report]) -> Verdict:
    """Return the verdict over files and cases: the worst, else that of the files."""
    verdicts = {files, *(report.verdict for report in reports)}
    return "broken" if "broken" in verdicts else "open" if "open" in verdicts else files

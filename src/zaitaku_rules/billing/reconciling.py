"""Billing files beside case files: who is who, what is claimed, and what the log says to it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any, Literal, NamedTuple

from zaitaku_rules.billing.home_use_checks import checked
from zaitaku_rules.billing.home_use_log import HomeUseLog
from zaitaku_rules.billing.home_use_outcome import Checked, Held
from zaitaku_rules.billing.home_use_sheets import WORDS, Billed, Sheet, Statement
from zaitaku_rules.billing.home_use_words import HomeUseWords, shipped_words
from zaitaku_rules.billing.reconciling_persons import Persons
from zaitaku_rules.billing.service_codes import ServiceCodes, service_codes
from zaitaku_rules.days import calendar_of
from zaitaku_rules.facts import Facts
from zaitaku_rules.judge import check
from zaitaku_rules.law import Overlay
from zaitaku_rules.read.kokuhoren import Record
from zaitaku_rules.records import Case
from zaitaku_rules.records.events import ClaimedDay
from zaitaku_rules.records.municipalities import city_of
from zaitaku_rules.report import Report

_FORM_OF = {"transition": "1601", "continuation_a": "1701", "continuation_b": "1701"}
_AS_IS = ("not_run", "idle", "waived")


class Whose(NamedTuple):
    """Provider, month (YYYY-MM) and user: what joins billing and log."""

    provider: str
    month: str
    user: str


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of every case, as for `check`."""

    as_of: date | None = None
    overlays: Sequence[Overlay | str | Path] = ()
    readings: Mapping[str, str] | None = None
    select: Collection[str] = ()
    ignore: Collection[str] = ()

    def put_to(self, case: Case) -> Report:
        """Return the report of a case."""
        return check(
            case,
            as_of=self.as_of,
            overlays=self.overlays,
            readings=self.readings,
            select=self.select,
            ignore=self.ignore,
        )


@dataclass(frozen=True, slots=True)
class Matched:
    """One case beside its billing.

    `case` holds the claimed days of the billing, and `report` is what `check` says of it. Where no billing
    was found `sheet` is None and the case is as it was given.
    """

    case: Case
    report: Report
    log: HomeUseLog
    sheet: Sheet | None
    checks: tuple[Checked, ...]


@dataclass(frozen=True, slots=True)
class Stranger:
    """A sheet that met no case: the mapping does not name its person, or the user has no case."""

    sheet: Sheet
    reason: Literal["no_user", "no_case"]


@dataclass
class Reconciler:
    """Gathers billing files record by record, then holds one case after another against them."""

    persons: Persons = field(default_factory=Persons)
    words: HomeUseWords = field(default_factory=shipped_words)
    codes: ServiceCodes = field(default_factory=service_codes)
    question: Question = field(default_factory=Question)

    def __post_init__(self) -> None:
        self._billed = Billed(self.words, self.codes)
        self._index: dict[Whose, list[Sheet]] | None = None
        self._met: set[int] = set()

    def take(self, record: Record, file: str) -> None:
        """Gather one record of a file."""
        self._billed.take(record, file)
        self._index = None

    def match(self, case: Case) -> Matched:
        """Hold one case against what was gathered, and judge it with the days that are claimed."""
        whose = Whose(case.provider.number, case.month, case.user.id)
        sheets = _fitting(self._sheets().get(whose, []), case)
        if not sheets:
            return Matched(case, self.question.put_to(case), self._log(case), None, ())
        self._met.update(map(id, sheets))
        sheet = _joined(sheets)
        billed = with_claims(case, sheet)
        report = self.question.put_to(billed)
        # The claims that the case itself gives are compared with the sheet, so its own facts are read.
        log = self._log(case)
        held = Held(log, sheet, self._statement(sheets), self.words, _is_commute_due(report))
        return Matched(billed, report, log, sheet, checked(held))

    def strangers(self) -> list[Stranger]:
        """Return the sheets that have met no case so far, in the order of the files."""
        met = self._met
        return [
            Stranger(sheet, "no_user" if self._user(sheet) is None else "no_case")
            for sheet in self._billed.sheets.values()
            if id(sheet) not in met
        ]

    def billed(self) -> dict[str, set[str]]:
        """Return the users of whom sheets were gathered, by month."""
        found: dict[str, set[str]] = {}
        for whose in self._sheets():
            if whose.month:
                found.setdefault(whose.month, set()).add(whose.user)
        return found

    def _log(self, case: Case) -> HomeUseLog:
        return HomeUseLog(Facts(case, self.question.as_of))

    def _user(self, sheet: Sheet) -> str | None:
        return self.persons.user_of(sheet.key.person)

    def _sheets(self) -> dict[Whose, list[Sheet]]:
        if self._index is None:
            self._index = {}
            for sheet in self._billed.sheets.values():
                if (user := self._user(sheet)) is not None:
                    whose = Whose(self.persons.provider_of(sheet.office), sheet.month, user)
                    self._index.setdefault(whose, []).append(sheet)
        return self._index

    def _statement(self, sheets: list[Sheet]) -> Statement | None:
        """Return the statement of the person of the sheets; of several certificates all in one."""
        keys = dict.fromkeys(sheet.key._replace(form="") for sheet in sheets)
        found = [statement for key in keys if (statement := self._billed.statements.get(key))]
        if len(found) < 2:
            return found[0] if found else None
        services = {service for statement in found for service in statement.services}
        days = sum(statement.life_support for statement in found)
        is_known = any(statement.is_code_known for statement in found)
        return replace(found[0], services=services, life_support=days, is_code_known=is_known)


def with_claims(case: Case, sheet: Sheet) -> Case:
    """Return a case whose claimed days are those of a sheet; the sheet tells of the whole month."""
    rows = [
        {"date": f"{case.month}-{day:02}", "status": status}
        for day in range(1, calendar_of(case.month).length + 1)
        for status, word in (("use", sheet.used), ("absence_addition", sheet.absent))
        if word >> day & 1
    ]
    update: dict[str, Any] = {"claimed_days": tuple(map(ClaimedDay.model_validate, rows))}
    if case.coverage and "claimed_days" in case.coverage:
        update["coverage"] = {name: span for name, span in case.coverage.items() if name != "claimed_days"}
    return case.model_copy(update=update)


def _fitting(sheets: list[Sheet], case: Case) -> list[Sheet]:
    """Return the sheets of the case's service and municipality where there are such, else all."""
    form, city = _FORM_OF.get(case.provider.service, ""), city_of(case.user.municipality)
    of_form = [sheet for sheet in sheets if sheet.key.form == form] or sheets
    return [sheet for sheet in of_form if sheet.city == city] or of_form


def _joined(sheets: list[Sheet]) -> Sheet:
    """Return several sheets of one user as one."""
    first, *others = sheets
    if not others:
        return first
    whole = Sheet(first.key, first.file, first.line, first.offset)
    for sheet in sheets:
        whole.rows = {**sheet.rows, **whole.rows}
        for word in WORDS:
            setattr(whole, word, getattr(whole, word) | getattr(sheet, word))
    return whole


def _is_commute_due(report: Report) -> bool:
    """Tell whether the law of the case asks for a commute in this month."""
    return report.rule("Z403").status not in _AS_IS

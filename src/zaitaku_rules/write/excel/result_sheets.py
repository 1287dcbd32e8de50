"""The sheets with what was found: a row for each user, and a row for each finding."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from zaitaku_rules.errors import ZaitakuError
from zaitaku_rules.explain import title, words
from zaitaku_rules.read.workbook.engine import openpyxl
from zaitaku_rules.read.workbook.words import said as workbook_said
from zaitaku_rules.report import Report, RuleReport
from zaitaku_rules.write.day_words import day_words, month_words
from zaitaku_rules.write.excel.cell_text import put
from zaitaku_rules.write.excel.looks import Looks, printed
from zaitaku_rules.write.finding_words import day_list, lacking_words, said, source_words
from zaitaku_rules.write.judged_case import JudgedCase, Outcome
from zaitaku_rules.write.labels import SIGNS
from zaitaku_rules.write.text_findings import worst_first

Row: TypeAlias = tuple[str, list[Any]]
"""The status by which a row is coloured, and its cells."""

_CASES = {
    "verdict": 13, "user": 12, "month": 12, "as_of": 12, "home_days": 10, "at_risk": 10, "risk_days": 26,
    "open_days": 26, "not_claimable": 20, "due": 36, "notes": 40, "place": 22,
}  # fmt: skip
_FINDINGS = {
    "status": 11, "user": 12, "code": 8, "title": 22, "severity": 14, "days": 26, "message": 44, "settle": 40,
    "mend": 44, "basis": 40,
}  # fmt: skip
_HEADING_ROW = 3


@dataclass(frozen=True, slots=True)
class Results:
    """The outcomes of a call in one language, as sheets."""

    outcomes: Sequence[Outcome]
    lang: str

    def put_into(self, workbook: Any) -> None:
        """Put both sheets into a workbook, before its own; those of an earlier check are replaced."""
        self._put(workbook, 0, "results", _CASES, self._cases())
        self._put(workbook, 1, "findings", _FINDINGS, self._findings())
        workbook.active = 0
        for sheet in workbook.worksheets:
            sheet.sheet_view.tabSelected = sheet is workbook.worksheets[0]

    def _word(self, part: str, name: str) -> str:
        return workbook_said(part, name).said_in(self.lang)

    def _put(self, workbook: Any, place: int, name: str, columns: dict[str, int], rows: Iterable[Row]) -> None:
        looks, shown = Looks(self.lang), self._word("other_sheets", name)
        _drop_earlier(workbook, shown)
        sheet = workbook.create_sheet(shown, place)
        sheet.sheet_view.showGridLines = False
        sheet.sheet_properties.tabColor = "FFB3261E"
        put(sheet["A1"], shown)
        looks.title(sheet["A1"])
        for number, (column, width) in enumerate(columns.items(), 1):
            cell = sheet.cell(_HEADING_ROW, number)
            put(cell, self._word("results", column))
            looks.heading(cell)
            sheet.column_dimensions[cell.column_letter].width = width
        for row, (status, cells) in enumerate(rows, _HEADING_ROW + 1):
            for number, value in enumerate(cells, 1):
                looks.result(sheet.cell(row, number), status if number == 1 else "", bold=number == 1)
                put(sheet.cell(row, number), value)
        sheet.freeze_panes = sheet.cell(_HEADING_ROW + 1, 3)
        last = openpyxl("utils").get_column_letter(len(columns))
        sheet.auto_filter.ref = f"A{_HEADING_ROW}:{last}{max(sheet.max_row, _HEADING_ROW + 1)}"
        printed(sheet, _HEADING_ROW, shown)

    def _cases(self) -> Iterator[Row]:
        for one in self.outcomes:
            yield self._error(one) if isinstance(one, ZaitakuError) else self._case(one)

    def _error(self, error: ZaitakuError) -> Row:
        cells: dict[str, Any] = {
            "verdict": f"! {self._word('results', 'unread')}",
            "notes": error.message.said_in(self.lang),
            "place": error.place,
        }
        return "open", [cells.get(name) for name in _CASES]

    def _case(self, one: JudgedCase) -> Row:
        report, lang = one.report, self.lang
        cells: dict[str, Any] = {
            "verdict": f"{SIGNS[report.verdict]} {words()['statuses'][report.verdict][lang]}",
            "user": report.user,
            "month": month_words(report.month, lang),
            "as_of": report.as_of.isoformat(),
            "home_days": len(report.claim.home_days),
            "at_risk": len(report.claim.at_risk),
            "risk_days": day_list(report.claim.at_risk, report, lang),
            "open_days": day_list(report.claim.open, report, lang),
            "not_claimable": day_list(report.claim.not_claimable, report, lang),
            "due": "\n".join(self._due(report)),
            "notes": "\n".join(report.receipt.notes_ja if lang == "ja" else report.receipt.notes),
            "place": one.place,
        }
        return report.verdict, [cells[name] for name in _CASES]

    def _due(self, report: Report) -> Iterator[str]:
        for one in report.due or ():
            until = day_words(one.by, self.lang)
            by = f"{until}まで" if self.lang == "ja" else f"by {until}"
            yield f"{one.code} {said(title(one.code), self.lang)} {by}"

    def _findings(self) -> Iterator[Row]:
        for one in self.outcomes:
            if not isinstance(one, ZaitakuError):
                yield from (self._finding(rule, one.report) for rule in worst_first(one.report))
                yield from (self._lacking(rule, one.report) for rule in one.lacking)

    def _finding(self, rule: RuleReport, report: Report) -> Row:
        days = rule.days or rule.open_days or rule.waived_days
        cells = self._rule(rule, report) | {
            "days": day_list(days, report, self.lang),
            "message": said(rule.message, self.lang),
            "settle": "\n".join(said(way.what, self.lang) for way in rule.settle),
            "mend": "\n".join(said(way.what, self.lang) for way in rule.mend),
        }
        return rule.status, [cells.get(name) for name in _FINDINGS]

    def _lacking(self, rule: RuleReport, report: Report) -> Row:
        cells = self._rule(rule, report) | {"message": lacking_words(rule, self.lang)}
        return "idle", [cells.get(name) for name in _FINDINGS]

    def _rule(self, rule: RuleReport, report: Report) -> dict[str, Any]:
        return {
            "status": f"{SIGNS[rule.status]} {words()['statuses'][rule.status][self.lang]}",
            "user": report.user,
            "code": rule.code,
            "title": said(title(rule.code), self.lang),
            "severity": words()["severities"][rule.severity][self.lang],
            "basis": "\n".join(source_words(rule.basis, self.lang)),
        }


def _drop_earlier(workbook: Any, name: str) -> None:
    """Remove the sheet of an earlier check; a sheet of that name that the office made itself is renamed."""
    if name not in workbook.sheetnames:
        return
    if workbook[name]["A1"].value == name:
        workbook.remove(workbook[name])
    else:
        workbook[name].title = f"※{name}"[:31]

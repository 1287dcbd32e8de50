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
from zaitaku_rules.write.excel.cell_text import height_of, put
from zaitaku_rules.write.excel.looks import Looks, printed
from zaitaku_rules.write.finding_words import day_list, lacking_words, said, source_words
from zaitaku_rules.write.judged_case import JudgedCase, Outcome
from zaitaku_rules.write.labels import SIGNS, label
from zaitaku_rules.write.text_findings import worst_first

Row: TypeAlias = tuple[str, list[Any]]
"""The status by which a row is coloured, and its cells."""

_CASES = {
    "verdict": 12, "user": 10, "month": 11, "as_of": 11, "home_days": 8, "at_risk": 8, "risk_days": 22,
    "open_days": 22, "not_claimable": 16, "due": 26, "notes": 34, "place": 18,
}  # fmt: skip
_FINDINGS = {
    "status": 11, "user": 10, "code": 7, "title": 18, "severity": 12, "days": 20, "message": 32, "settle": 30,
    "mend": 38, "basis": 30,
}  # fmt: skip
_HEADING_ROW = 3


@dataclass(frozen=True, slots=True)
class Results:
    """The outcomes of a call in one language, as sheets."""

    outcomes: Sequence[Outcome]
    lang: str

    def put_into(self, workbook: Any) -> None:
        """Put both sheets into a workbook, before its own; those of an earlier check are replaced."""
        cases = self._put(workbook, 0, "results", _CASES, self._cases())
        self._put_notes(cases)
        self._put(workbook, 1, "findings", _FINDINGS, self._findings())
        workbook.active = 0
        for sheet in workbook.worksheets:
            sheet.sheet_view.tabSelected = sheet is workbook.worksheets[0]

    def _word(self, part: str, name: str) -> str:
        return workbook_said(part, name).said_in(self.lang)

    def _put(self, workbook: Any, place: int, name: str, columns: dict[str, int], rows: Iterable[Row]) -> Any:
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
            sheet.row_dimensions[row].height = max(map(height_of, cells, columns.values()))
        sheet.row_dimensions[_HEADING_ROW].height = 32
        sheet.freeze_panes = sheet.cell(_HEADING_ROW + 1, 3)
        last = openpyxl("utils").get_column_letter(len(columns))
        sheet.auto_filter.ref = f"A{_HEADING_ROW}:{last}{max(sheet.max_row, _HEADING_ROW + 1)}"
        printed(sheet, _HEADING_ROW, shown)
        return sheet

    def _put_notes(self, sheet: Any) -> None:
        """Put below the users, once for all, what no rule can check and people must see to."""
        reports = [one.report for one in self.outcomes if not isinstance(one, ZaitakuError)]
        notes = (note for one in reports for note in _notes(one, self.lang) if _is_for_people(note, one))
        looks, row = Looks(self.lang), sheet.max_row + 2
        for number, note in enumerate(dict.fromkeys(notes)):
            if not number:
                put(sheet.cell(row, 1), label("by_people", self.lang))
                sheet.cell(row, 1).font = looks.font(bold=True)
            put(sheet.cell(row + number, 2), note)
            sheet.cell(row + number, 2).font = looks.font()

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
            "notes": "\n".join(note for note in _notes(report, lang) if not _is_for_people(note, report)),
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


def _notes(report: Report, lang: str) -> Sequence[str]:
    return report.receipt.notes_ja if lang == "ja" else report.receipt.notes


def _is_for_people(note: str, report: Report) -> bool:
    """Return whether a note is what an overlay asks and no rule can check."""
    return any(note.startswith(f"{overlay}: ") for overlay in report.receipt.ruleset)


def _drop_earlier(workbook: Any, name: str) -> None:
    """Remove the sheet of an earlier check; a sheet of that name that the office made itself is renamed."""
    if name not in workbook.sheetnames:
        return
    if workbook[name]["A1"].value == name:
        workbook.remove(workbook[name])
    else:
        workbook[name].title = f"※{name}"[:31]

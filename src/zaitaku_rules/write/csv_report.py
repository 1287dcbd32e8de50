"""Findings as CSV for a spreadsheet: one row for each user, rule and day.

UTF-8 with a byte order mark and CRLF, because Excel takes a file without the mark for CP932. A cell that a
spreadsheet would compute is preceded by an apostrophe.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

from zaitaku_rules.errors import Message, ZaitakuError
from zaitaku_rules.explain import title, words
from zaitaku_rules.report import Mend, Report, RuleReport, Settle
from zaitaku_rules.write.finding_words import said, source_words
from zaitaku_rules.write.judged_case import DayFinding, JudgedCase, Outcome
from zaitaku_rules.write.labels import plain

_COMPUTED = ("=", "+", "-", "@", "＝", "＋", "－", "＠")

COLUMNS = {
    "user": Message("利用者", "user"),
    "provider": Message("事業所番号", "provider"),
    "month": Message("月", "month"),
    "as_of": Message("基準日", "as of"),
    "code": Message("規則", "code"),
    "name": Message("規則の名前", "name"),
    "severity": Message("重さ", "severity"),
    "status": Message("結果", "status"),
    "date": Message("日付", "date"),
    "count": Message("確認数", "count"),
    "needed": Message("必要数", "needed"),
    "records": Message("記録", "records"),
    "message": Message("説明", "message"),
    "basis": Message("根拠", "basis"),
    "link": Message("リンク", "link"),
    "settle": Message("確定には", "settled by"),
    "mend": Message("直すには", "mended by"),
    "due": Message("期限", "due"),
    "baseline": Message("ベースライン", "baseline"),
}
"""The columns in order, with their headings."""


def csv_report(outcomes: Iterable[Outcome], lang: str) -> Iterator[str]:
    """Return the findings as pieces of a CSV file; what could not be read has no row."""
    yield "\ufeff" + csv_row(heading.said_in(lang) for heading in COLUMNS.values())
    for one in outcomes:
        if not isinstance(one, ZaitakuError):
            yield from (csv_row(_cells(finding, one, lang)) for finding in one.findings)


def csv_row(cells: Iterable[object]) -> str:
    """Return one line of CSV, its cells made safe for a spreadsheet."""
    text = io.StringIO()
    csv.writer(text).writerow([_safe(cell) if isinstance(cell, str) else cell for cell in cells])
    return text.getvalue()


def _safe(cell: str) -> str:
    shown = plain(cell)
    return f"'{shown}" if shown.lstrip().startswith(_COMPUTED) else shown


def _cells(finding: DayFinding, case: JudgedCase, lang: str) -> list[object]:
    report, rule, found = case.report, finding.rule, finding.found
    cells = {
        "user": report.user,
        "provider": report.provider,
        "month": report.month,
        "as_of": report.as_of,
        "code": rule.code,
        "name": said(title(rule.code), lang),
        "severity": words()["severities"][rule.severity][lang],
        "status": words()["statuses"][finding.status][lang],
        "date": finding.date,
        "count": found.count if found else None,
        "needed": found.needed if found else None,
        "records": " ".join(found.records) if found else "",
        "message": said(rule.message, lang),
        "basis": " / ".join(source_words(rule.basis, lang)),
        "link": " ".join(dict.fromkeys(basis.url for basis in rule.basis if basis.url)),
        "settle": _ways(rule.settle, finding, lang) if finding.status == "open" else "",
        "mend": _ways(rule.mend, finding, lang),
        "due": _due(rule, finding, report),
        "baseline": _baseline(finding, case, lang),
    }
    return [cells[name] for name in COLUMNS]


def _ways(ways: Iterable[Settle | Mend], finding: DayFinding, lang: str) -> str:
    """Return what helps on that day: ways that name days are for these days only."""
    helping = [way for way in ways if not way.days or finding.date in way.days]
    return " / ".join(dict.fromkeys(said(way.what, lang) for way in helping))


def _due(rule: RuleReport, finding: DayFinding, report: Report) -> object:
    """Return the last day on which what is still due of an open day can be done."""
    if finding.status != "open":
        return None
    windows = (one for one in report.due or () if one.code == rule.code)
    return min(
        (one.last_day for one in windows if one.window.from_ <= finding.date <= one.window.to), default=None
    )


def _baseline(finding: DayFinding, case: JudgedCase, lang: str) -> str:
    if case.known is None or finding.status == "waived":
        return ""
    if finding.is_known:
        return "既知" if lang == "ja" else "known"
    return "新規" if lang == "ja" else "new"

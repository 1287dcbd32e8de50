"""Findings of billing files as CSV for a spreadsheet: one row for each place, then one for each case and day.

Written as that of `zaitaku check`: UTF-8 with a byte order mark, CRLF, no cell that a spreadsheet computes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from zaitaku_rules.billing import BillingReport, ReconciledPerson, billing_words
from zaitaku_rules.errors import Message
from zaitaku_rules.explain import title, words
from zaitaku_rules.write.billing_findings import PlaceFinding, findings_of
from zaitaku_rules.write.csv_report import csv_row
from zaitaku_rules.write.finding_words import said, source_words
from zaitaku_rules.write.judged_case import DayFinding, JudgedCase

COLUMNS = {
    "file": Message("ファイル", "file"),
    "line": Message("行", "line"),
    "byte": Message("バイト位置", "byte"),
    "record": Message("レコード", "record"),
    "position": Message("項目番号", "position"),
    "item": Message("項目", "item"),
    "person": Message("受給者(仮の番号)", "person"),
    "user": Message("利用者", "user"),
    "provider": Message("事業所番号", "provider"),
    "month": Message("月", "month"),
    "day": Message("日付", "date"),
    "code": Message("規則", "code"),
    "name": Message("規則の名前", "name"),
    "severity": Message("重さ", "severity"),
    "status": Message("結果", "status"),
    "found": Message("書かれている値", "found"),
    "expected": Message("正しい値", "expected"),
    "count": Message("か所の数(規則ごと)", "places of the rule"),
    "message": Message("説明", "message"),
    "basis": Message("根拠", "basis"),
    "link": Message("リンク", "link"),
    "mend": Message("直すには", "mended by"),
}
"""The columns in order, with their headings; a row of a case has no file, one of a file no user."""


def billing_csv(report: BillingReport, lang: str) -> Iterator[str]:
    """Return the findings as pieces of a CSV file; what could not be read has no row."""
    yield "\ufeff" + csv_row(heading.said_in(lang) for heading in COLUMNS.values())
    for finding in findings_of(report):
        yield _row(_of_place(finding, lang))
    for person in report.persons or ():
        yield from (_row(_of_day(day, person, lang)) for day in JudgedCase(person.report).findings)


def _row(cells: Mapping[str, object]) -> str:
    return csv_row(cells.get(name, "") for name in COLUMNS)


def _of_place(finding: PlaceFinding, lang: str) -> dict[str, object]:
    rule, place, status = finding
    return {
        "file": place.file,
        "line": place.line,
        "byte": place.offset,
        "record": place.record,
        "position": place.position or None,
        "item": place.item_name if lang == "ja" else place.item,
        "person": place.person,
        "day": place.day,
        "code": rule.code,
        "name": said(rule.title, lang),
        "severity": billing_words()["severities"][rule.severity][lang],
        "status": words()["statuses"][status][lang],
        "found": place.found,
        "expected": place.expected,
        "count": rule.count if status == "broken" else rule.open_count,
        "message": said(rule.message, lang),
        "basis": " / ".join(f"{said(one.title, lang)} {one.where}" for one in rule.basis),
        "link": " ".join(dict.fromkeys(one.url for one in rule.basis if one.url)),
        "mend": " / ".join(said(way.what, lang) for way in rule.mend),
    }


def _of_day(finding: DayFinding, person: ReconciledPerson, lang: str) -> dict[str, object]:
    rule, found = finding.rule, finding.found
    return {
        "person": person.person,
        "user": person.user,
        "provider": person.provider,
        "month": person.month,
        "day": finding.date,
        "code": rule.code,
        "name": said(title(rule.code), lang),
        "severity": words()["severities"][rule.severity][lang],
        "status": words()["statuses"][finding.status][lang],
        "found": found.count if found else None,
        "expected": found.needed if found else None,
        "message": said(rule.message, lang),
        "basis": " / ".join(source_words(rule.basis, lang)),
        "link": " ".join(dict.fromkeys(basis.url for basis in rule.basis if basis.url)),
        "mend": " / ".join(
            said(way.what, lang) for way in rule.mend if not way.days or finding.date in way.days
        ),
    }

"""Which rows of a workbook a finding speaks of: those of the day, and those of the list it rests on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from zaitaku_rules.errors import ZaitakuError
from zaitaku_rules.explain import source_named, title, words
from zaitaku_rules.read.tables.rows import ReadTable
from zaitaku_rules.read.workbook.list_rows import ListRows
from zaitaku_rules.read.workbook.reading import Contents
from zaitaku_rules.read.workbook.words import said as workbook_said
from zaitaku_rules.records.shapes import USERS
from zaitaku_rules.write.finding_words import day_list, said
from zaitaku_rules.write.judged_case import DUTIES, JudgedCase, Outcome
from zaitaku_rules.write.labels import SIGNS, label

_BETWEEN = "  /  "
_WORST = ("broken", "open", "waived", "kept")


class Mark(NamedTuple):
    """What stands beside a row: the status that colours it, and the words that say it without colour."""

    status: str
    text: str


@dataclass(frozen=True, slots=True)
class Marks:
    """The marks of a workbook's rows in one language."""

    outcomes: Sequence[Outcome]
    lang: str

    def of(self, contents: Contents) -> Iterator[tuple[ListRows, Mapping[int, Mark]]]:
        """Yield the lists of a workbook that have marks, each with the marks by number of row."""
        judged = {one.report.user: one for one in self.outcomes if not isinstance(one, ZaitakuError)}
        for rows in contents.lists.values():
            marks = dict(self._read(rows, judged))
            marks |= self._unread(rows)
            if marks or rows.table in (USERS, "days"):
                yield rows, marks

    def _read(self, rows: ListRows, judged: Mapping[str, JudgedCase]) -> Iterator[tuple[int, Mark]]:
        read = ReadTable(rows.as_table()).rows
        by_day = {user: self._by_day(one, rows.table) for user, one in judged.items()}
        for (number, _), row in zip(rows.lines, read, strict=True):
            one = judged.get(row.key or "")
            if one is None:
                continue
            if rows.table == USERS:
                yield number, self._verdict(one)
            elif row.day is not None and (found := by_day[one.report.user].get(row.day)):
                status = min((mark.status for mark in found), key=_WORST.index)
                yield number, Mark(status, _BETWEEN.join(mark.text for mark in found))

    def _by_day(self, one: JudgedCase, table: str) -> Mapping[date, list[Mark]]:
        """Return the findings by day: all of them for the record of use, else those that rest on the list."""
        held: dict[date, list[Mark]] = defaultdict(list)
        for finding in one.findings:
            code = finding.rule.code
            if table == "days" or source_named(code) == table:
                status = words()["statuses"][finding.status][self.lang]
                text = f"{SIGNS[finding.status]} {status} {code} {said(title(code), self.lang)}"
                if finding.rule.severity not in DUTIES:
                    text += f" ({words()['severities'][finding.rule.severity][self.lang]})"
                held[finding.date].append(Mark(finding.status, text))
        if table == "days":
            quiet = [(day, self._clear()) for day in one.report.claim.clear]
            quiet += [(day, self._lacking(one)) for day in one.report.claim.open]
            held |= {day: [mark] for day, mark in quiet if day not in held}
        return held

    def _clear(self) -> Mark:
        return Mark("kept", f"{SIGNS['kept']} {label('clear', self.lang)}")

    def _lacking(self, one: JudgedCase) -> Mark:
        """Return the mark of a day that is open because rules could not judge it for lack of a list."""
        codes = " ".join(rule.code for rule in one.lacking if rule.severity == "payment")
        status = words()["statuses"]["open"][self.lang]
        return Mark("open", f"{SIGNS['open']} {status} {label('not_given', self.lang)}: {codes}")

    def _verdict(self, one: JudgedCase) -> Mark:
        report = one.report
        text = f"{SIGNS[report.verdict]} {words()['statuses'][report.verdict][self.lang]}"
        if report.claim.at_risk:
            days = day_list(report.claim.at_risk, report, self.lang)
            text += f"{_BETWEEN}{label('at_risk', self.lang)}: {days}"
        return Mark(report.verdict, text)

    def _unread(self, rows: ListRows) -> Iterator[tuple[int, Mark]]:
        """Yield marks at the rows in whose cells something could not be read."""
        unread = workbook_said("results", "unread").said_in(self.lang)
        start = f"{rows.sheet.shown}!"
        for one in self.outcomes:
            if isinstance(one, ZaitakuError) and one.place.startswith(start):
                cell = one.place.removeprefix(start)
                number = int("0" + "".join(sign for sign in cell if sign.isdigit()))
                yield number, Mark("open", f"! {unread} {cell}: {one.message.said_in(self.lang)}")

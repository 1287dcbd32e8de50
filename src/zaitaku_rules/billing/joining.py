"""Statements (J121) held against service records (J611) of the same office and month."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import combinations

from zaitaku_rules.billing.findings import Findings
from zaitaku_rules.billing.sheets import Sheet, person_of
from zaitaku_rules.billing.statement import WORK_KINDS, Counted, StatedDays
from zaitaku_rules.read.kokuhoren.values import calendar_day

FORMS = {"43": "1601", "44": "1601", "45": "1701", "46": "1701"}
"""The form of the service record of each kind of service."""


class Joining:
    """Compares what was claimed with what was recorded, person by person."""

    def __init__(
        self, findings: Findings, counted: Mapping[bytes, Counted], sheets: Mapping[bytes, Sheet]
    ) -> None:
        """Take what is kept of all statements and of all service records, by their keys."""
        self._findings = findings
        self._counted = counted
        self._sheets = sheets
        self._anywhere: set[bytes] = set()
        self._by_person: dict[bytes, list[tuple[str, Sheet]]] = {}
        for key, sheet in sheets.items() if counted else ():
            person, _, form = key.rpartition(b",")
            self._by_person.setdefault(person, []).append((form.decode("ascii"), sheet))

    def judge(self) -> None:
        """Judge all persons of the months and offices of which both are given."""
        stated, recorded = (
            {_office_month(key) for key in self._counted},
            {_office_month(key) for key in self._sheets},
        )
        both = stated & recorded
        if both:
            self._findings.give("joined")
        for key, counted in self._counted.items():
            if _office_month(key) in both:
                self._judge(key, counted, self._by_person.get(key, []))
        for key, sheets in self._by_person.items():
            if _office_month(key) in both and key not in self._counted:
                self._findings.judge("joined")
                self._findings.add("K305", sheets[0][1].spot(), person=person_of(key), expected="J121-01")
        self._compare_offices()

    def _judge(self, key: bytes, counted: Counted, sheets: list[tuple[str, Sheet]]) -> None:
        days = [one for one in counted.days if one.kind in WORK_KINDS]
        if not days:
            return
        self._findings.judge("joined")
        if not sheets:
            self._without_sheet(key, days)
            return
        meant = {FORMS[one.kind] for one in days}
        held = {form for form, _ in sheets}
        if not all(sheet.is_checked and sheet.declared is not None for _, sheet in sheets):
            self._leave_open(key, days)
            return
        for form, sheet in sheets:
            if form not in meant:
                expected = " | ".join(sorted(meant))
                self._findings.add("K306", sheet.spot(), person=person_of(key), found=form, expected=expected)
        for form in sorted(meant - held) if len(held) > 1 or len(meant) > 1 else ():
            self._without_sheet(key, [one for one in days if FORMS[one.kind] == form])
        for chosen, records in _pairs(days, sheets):
            self._compare(key, chosen, records, counted)

    def _without_sheet(self, key: bytes, days: list[StatedDays]) -> None:
        tell = self._findings.leave_open if self._is_elsewhere(key) else self._findings.add
        for one in days:
            if one.used:
                tell("K304", one.used_spot, person=person_of(key), expected="J611-01")

    def _is_elsewhere(self, key: bytes) -> bool:
        """Return whether the person has a service record under another office, which may be a slip."""
        if not self._anywhere:
            self._anywhere = {_of_any_office(other) for other in self._by_person}
        return _of_any_office(key) in self._anywhere

    def _leave_open(self, key: bytes, days: list[StatedDays]) -> None:
        for code in ("K301", "K302", "K303", "K306"):
            self._findings.leave_open(code, days[0].used_spot, person=person_of(key))

    def _compare(self, key: bytes, days: list[StatedDays], sheets: list[Sheet], counted: Counted) -> None:
        """Compare the days of use and of absence of services that share a form."""
        person, findings = person_of(key), self._findings
        used = sum(sheet.used.bit_count() for sheet in sheets)
        absent = sum(sheet.absent.bit_count() for sheet in sheets)
        stated, served = _total(one.used for one in days), _total(one.served for one in days)
        claimed = _total(counted.absences.get(one.kind) for one in days)
        tell = findings.add if all(sheet.is_clear for sheet in sheets) else findings.leave_open
        if stated is None or served is None:
            self._leave_open(key, days)
            return
        if stated != used:
            tell("K301", days[0].used_spot, person=person, found=str(stated), expected=str(used))
        if served not in {
            one + other for one in (stated, used) for other in (absent, claimed) if other is not None
        }:
            tell("K302", days[0].served_spot, person=person, found=str(served), expected=str(stated + absent))
        if claimed is not None and claimed != absent:
            spot = counted.spots[days[0].kind]
            tell("K303", spot, person=person, found=str(claimed), expected=str(absent))

    def _compare_offices(self) -> None:
        """Look for days of a person on which the times at two offices overlap."""
        if len({_office_month(key).rpartition(b",")[2] for key in self._sheets}) < 2:
            return
        self._findings.give("offices")
        people: dict[bytes, list[tuple[bytes, Sheet]]] = {}
        for key, sheet in self._sheets.items():
            month, _, office, person, _ = key.split(b",")
            people.setdefault(month + b"," + person, []).append((office, sheet))
        for key, held in people.items():
            for (office, sheet), (other_office, other) in combinations(held, 2):
                if office != other_office:
                    self._findings.judge("sheet pairs")
                    self._overlap(key, sheet, other)

    def _overlap(self, key: bytes, sheet: Sheet, other: Sheet) -> None:
        month, _, person = key.partition(b",")
        for day, found, expected in _overlapping(sheet.times, other.times):
            self._findings.add(
                "K307", other.spot(), person=person, day=_date(month, day), found=found, expected=expected
            )


def _pairs(
    days: list[StatedDays], sheets: list[tuple[str, Sheet]]
) -> Iterator[tuple[list[StatedDays], list[Sheet]]]:
    """Return services and sheets that belong together: by form, or all where each side has one form."""
    meant, held = {FORMS[one.kind] for one in days}, {form for form, _ in sheets}
    if len(meant) == len(held) == 1:
        yield days, [sheet for _, sheet in sheets]
        return
    for form in sorted(meant & held):
        yield (
            [one for one in days if FORMS[one.kind] == form],
            [sheet for own, sheet in sheets if own == form],
        )


def _overlapping(times: list[int], others: list[int]) -> Iterator[tuple[int, str, str]]:
    for one in times:
        for other in others:
            day, start, end = one >> 24, one >> 12 & 0xFFF, one & 0xFFF
            if day == other >> 24 and start < other & 0xFFF and other >> 12 & 0xFFF < end:
                yield day, _span(other), _span(one)


def _span(times: int) -> str:
    start, end = times >> 12 & 0xFFF, times & 0xFFF
    return f"{start // 60:02}:{start % 60:02}-{end // 60:02}:{end % 60:02}"


def _date(month: bytes, day: int) -> date | None:
    return calendar_day(f"{month.decode('ascii')}{day:02}")


def _total(numbers: Iterable[int | None]) -> int | None:
    held = list(numbers)
    return None if None in held else sum(number for number in held if number is not None)


def _of_any_office(key: bytes) -> bytes:
    month, municipality, _, person = key.split(b",")
    return b",".join((month, municipality, person))


def _office_month(key: bytes) -> bytes:
    month, _, office, _ = key.split(b",", 3)
    return month + b"," + office

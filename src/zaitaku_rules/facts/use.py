"""Facts of the use of the service: where, and what was done there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from zaitaku_rules.days import FULL, Days
from zaitaku_rules.facts.known import Known, fact
from zaitaku_rules.records.events import UseDay

_AT_HOME = ("home", "satellite")


class UseFacts(Known):
    """Days of use, as recorded and as planned."""

    @fact
    def _by_place(self) -> dict[str, int]:
        by_place: dict[str, int] = dict.fromkeys(("home", "satellite", "office", "offsite"), 0)
        for bit, row in self.dated("days"):
            by_place[row.place] |= bit
        return by_place

    @fact
    def _recorded(self) -> int:
        """The days with a row: they are as recorded, whatever the coverage."""
        places = self._by_place
        return places["home"] | places["satellite"] | places["office"] | places["offsite"]

    @fact
    def _home_rows(self) -> list[tuple[int, UseDay]]:
        return [(bit, row) for bit, row in self.dated("days") if row.place in _AT_HOME]

    @fact
    def _planning(self) -> tuple[int, int]:
        """The cells of the month that the plan speaks of, and those to come of which nothing is said."""
        uncovered = self.gap("days") & self.calendar.month_mask
        if not uncovered:
            return 0, 0
        if "planned_days" not in self.present:
            return 0, self.calendar.span(self.as_of, None) & uncovered
        begin = self.as_of
        if "days" in self.present:
            stated = (self.case.coverage or {}).get("days")
            end = (stated.through if stated else self.calendar.last).toordinal()
            begin = date.fromordinal(min(begin.toordinal(), end + 1))
        return self.calendar.span(begin, None) & uncovered, 0

    @fact
    def to_come(self) -> int:
        """The word of the days to come without a row, where there is no plan: they are not judged."""
        return self._planning[1] & (FULL ^ (self._recorded | self.perhaps_told))

    def _used(self, recorded: int, planned: tuple[str, ...]) -> Days:
        """Return the recorded days, and perhaps the days planned at `planned` and the unknown ones."""
        gap = self.gap("days")
        if not gap:
            return Days(recorded, recorded)
        from_plan, to_come = self._planning
        hoped = 0
        for row in self.case.planned_days or () if from_plan else ():
            hoped |= self.calendar.bit(row.day) if row.place in planned else 0
        silent = gap & (FULL ^ (from_plan | to_come))
        return Days(recorded, recorded | ((silent | (hoped & from_plan)) & (FULL ^ self._recorded)))

    @fact
    def use(self) -> Days:
        """Days of use of the service, at any place."""
        return self._used(self._recorded, ("home", "satellite", "office", "offsite"))

    @fact
    def home(self) -> Days:
        """Days of use at home or at a satellite office (home days)."""
        return self._used(self._by_place["home"] | self._by_place["satellite"], _AT_HOME)

    @fact
    def office(self) -> Days:
        """Days of use at the office (通所); a day planned anywhere may become one."""
        return self._used(self._by_place["office"], ("home", "satellite", "office", "offsite"))

    def _noted(self, noted: Callable[[UseDay], bool | None]) -> Days:
        """Return the days on which some home row is noted; where a row leaves it open, perhaps."""
        sure = maybe = 0
        for bit, row in self._home_rows:
            answer = noted(row)
            if answer:
                sure |= bit
            elif answer is None:
                maybe |= bit
        return Days(sure, sure | maybe | (FULL ^ self._recorded))

    @fact
    def activity(self) -> Days:
        """Home days of which the activity is recorded; a blank is none, an absent field unknown."""
        return self._noted(lambda row: None if row.activity is None else not _is_blank(row.activity))

    @fact
    def support(self) -> Days:
        """Home days of which the support given is recorded."""
        return self._noted(lambda row: None if row.support is None else not _is_blank(row.support))

    @fact
    def off_menu(self) -> Days:
        """Home days with an activity that is not on the provider's menu."""
        menu = {"", *(item.strip() for item in self.case.provider.menu or ())}
        return self._noted(lambda row: None if row.activity is None else row.activity.strip() not in menu)

    @fact
    def two_places(self) -> Days:
        """Days with a home row and an office row whose times overlap or are not given."""
        both = (self._by_place["home"] | self._by_place["satellite"]) & self._by_place["office"]
        sure = 0
        if both:
            office = [(bit, row) for bit, row in self.dated("days") if row.place == "office"]
            for bit, row in self._home_rows:
                sure |= (
                    bit
                    if any(bit == other and _overlap(row, at_office) for other, at_office in office)
                    else 0
                )
        return Days(sure, sure | (self.home.maybe & self.office.maybe & (FULL ^ self._recorded)))

    @fact
    def absence(self) -> Days:
        """Days of a recorded absence (欠席時対応)."""
        return self.events("absences", self.bits("absences"))


def _is_blank(text: str) -> bool:
    return not text or text.isspace()


def _overlap(a: UseDay, b: Any) -> bool:
    if a.start is None or a.end is None or b.start is None or b.end is None:
        return True
    return bool(a.start < b.end and b.start < a.end)

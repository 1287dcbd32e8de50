"""Facts of the use of the service, over words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from zaitaku_rules.bulk.pages import Block
from zaitaku_rules.days import FULL, Days
from zaitaku_rules.facts import fact

_PLACES = ("home", "satellite", "office", "offsite")
_AT_HOME = ("home", "satellite")


def told(sure: Any, perhaps: Any) -> Days:
    """Return the days that are surely so, and perhaps others: where there are none, one word for both."""
    return Days(sure, sure if is_none(perhaps) else sure | perhaps)


def is_none(word: Any) -> bool:
    """Tell whether a word is surely empty for all users."""
    return isinstance(word, int) and not word


class PackedUse:
    """Days of use, as recorded and as planned."""

    def __init__(self, block: Block) -> None:
        """Read the facts of `block`."""
        self.block = block
        self.pages = block.pages
        self.calendar = block.pages.calendar
        self.as_of_cell = self.calendar.cell(block.pages.as_of)

    @fact
    def _recorded(self) -> Any:
        found: Any = 0
        for place in _PLACES:
            found = found | self.block.word(f"days.{place}")
        return found

    @fact
    def _planning(self) -> tuple[Any, Any]:
        """The cells of the month that the plan speaks of, and those to come of which nothing is said."""
        uncovered = self.block.gap("days") & self.calendar.month_mask
        if "planned_days" not in self.pages.present:
            return 0, self.calendar.span(self.pages.as_of, None) & uncovered
        return self.block.said("planned_from") & uncovered, 0

    @fact
    def to_come(self) -> Any:
        """The words of the days to come without a row, where there is no plan."""
        to_come = self._planning[1]
        return 0 if is_none(to_come) else to_come & (FULL ^ self._recorded)

    def _used(self, sure: Any, planned: Iterable[str]) -> Days:
        from_plan, to_come = self._planning
        hoped: Any = 0
        for place in planned:
            hoped = hoped | self.block.word(f"planned_days.{place}")
        silent = self.block.gap("days") & (FULL ^ (from_plan | to_come))
        perhaps = silent if is_none(from_plan) else silent | (hoped & from_plan)
        return told(sure, 0 if is_none(perhaps) else perhaps & (FULL ^ self._recorded))

    @fact
    def use(self) -> Days:
        """Days of use of the service, at any place."""
        return self._used(self._recorded, _PLACES)

    @fact
    def home(self) -> Days:
        """Days of use at home or at a satellite office (home days)."""
        return self._used(self.block.word("days.home") | self.block.word("days.satellite"), _AT_HOME)

    @fact
    def office(self) -> Days:
        """Days of use at the office."""
        return self._used(self.block.word("days.office"), _PLACES)

    def _noted(self, name: str) -> Days:
        sure = self.block.word(f"days.{name}")
        return Days(sure, sure | self.block.word(f"days.{name}?") | (FULL ^ self._recorded))

    @fact
    def activity(self) -> Days:
        """Home days of which the activity is recorded."""
        return self._noted("activity")

    @fact
    def support(self) -> Days:
        """Home days of which the support given is recorded."""
        return self._noted("support")

    @fact
    def off_menu(self) -> Days:
        """Home days with an activity that is not on the provider's menu."""
        sure = self.block.word("days.off_menu")
        return Days(sure, sure | self.block.word("days.activity?") | (FULL ^ self._recorded))

    @fact
    def two_places(self) -> Days:
        """Days with a home row and an office row whose times overlap or are not given."""
        sure = self.block.word("days.two_places")
        return Days(sure, sure | (self.home.maybe & self.office.maybe & (FULL ^ self._recorded)))

    @fact
    def absence(self) -> Days:
        """Days of a recorded absence."""
        return self._events("absences", "row")

    def _events(self, source: str, word: str) -> Days:
        return told(self.block.word(f"{source}.{word}"), self.block.gap(source))

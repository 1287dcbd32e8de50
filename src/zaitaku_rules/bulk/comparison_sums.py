"""What a comparison comes to under one rule, and what a day is worth."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Worth:
    """What a home day is worth: units of a day, and the yen of a unit."""

    units: int
    unit_price: int

    def of(self, days: int) -> int:
        """Return the yen of so many days."""
        return days * self.units * self.unit_price


@dataclass(frozen=True, slots=True)
class RuleChange:
    """What the second law changes under one rule.

    `flips` holds the users by status before and after; `newly_broken`, `mended` and `newly_open` are those
    whose status becomes broken, was broken, and becomes open from anything but broken.
    """

    code: str
    flips: dict[tuple[str, str], int]
    days_a: int
    days_b: int

    @property
    def newly_broken(self) -> int:
        """The users whose status becomes broken."""
        return sum(users for (_, after), users in self.flips.items() if after == "broken")

    @property
    def mended(self) -> int:
        """The users whose status was broken and is so no more."""
        return sum(users for (before, _), users in self.flips.items() if before == "broken")

    @property
    def newly_open(self) -> int:
        """The users whose status becomes open, and was not broken."""
        return sum(users for (before, after), users in self.flips.items() if after == "open" != before) - (
            self.flips.get(("broken", "open"), 0)
        )

    @property
    def size(self) -> tuple[int, int, int]:
        """How much the rule changes: by home days at risk, then by users broken or mended, then by all."""
        users = self.newly_broken + self.mended
        return abs(self.days_b - self.days_a), users, sum(self.flips.values())

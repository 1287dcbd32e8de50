"""What a comparison comes to under one rule, and what a day is worth."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from zaitaku_rules.errors import InvalidCall

_PRICE = re.compile(r"[0-9]{1,4}(?:\.[0-9]{1,4})?")


@dataclass(frozen=True, slots=True)
class Worth:
    """What a home day is worth: units of a day, and the yen of a unit, such as 10 or 10.91."""

    units: int
    unit_price: int | Decimal

    def of(self, days: int) -> int:
        """Return the yen of so many days; what is less than a yen is dropped from the sum."""
        return int(days * self.units * self.unit_price)


def worth_of(units: int | None, unit_price: int | str | Decimal | None) -> Worth | None:
    """Return the worth of a day, None where neither is given; raises InvalidCall for what is no price."""
    if units is None and unit_price is None:
        return None
    if type(units) is not int or units < 1:
        raise _not_a_worth("units")
    # A float is no price: it has lost what was written.
    text = str(unit_price) if type(unit_price) in (int, str, Decimal) else ""
    price = Decimal(text) if _PRICE.fullmatch(text) else Decimal(0)
    if not price:
        raise _not_a_worth("unit_price")
    return Worth(units, int(price) if price == int(price) else price)


def _not_a_worth(place: str) -> InvalidCall:
    return InvalidCall(
        "1日の単位数(units、1以上の整数)と1単位の円(unit_price、10 や 10.91)は、両方を書いてください。",
        "write the units of a day (units) as a whole number from 1 on, and the yen of a unit (unit_price) "
        "such as 10 or 10.91",
        place=place,
    )


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

"""The outcome of `compare`: tidy tables, sums, and how it looks in a notebook."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

from zaitaku_rules.bulk.comparison_chart import chart, html
from zaitaku_rules.bulk.comparison_sums import RuleChange, Worth
from zaitaku_rules.bulk.comparison_tally import Found
from zaitaku_rules.bulk.engines import ArrowTable, pa, pc
from zaitaku_rules.errors import Message, missing_extra


@dataclass(frozen=True)
class Comparison:
    """Who fares otherwise under the second of two laws, in one month.

    `laws` are the names of A and B, `users` the number of users judged, `notes` what a reader must know,
    `left_out` the rows that could not be read (table, key, reason, rows).
    """

    month: str
    as_of: date
    laws: tuple[str, str]
    users: int
    found: Found
    notes: tuple[Message, ...] = ()
    worth: Worth | None = None
    left_out: tuple[ArrowTable, ...] = ()

    def with_rows_left_out(self, left_out: Sequence[ArrowTable]) -> Comparison:
        """Return the comparison with the rows that could not be read."""
        return replace(self, left_out=tuple(left_out))

    def frame(self) -> ArrowTable:
        """Return the users whose status differs: columns code, municipality, from, to, users."""
        return self.found.flips

    def at_risk(self) -> ArrowTable:
        """Return the home days at risk by rule: columns code, municipality, days_a, days_b.

        A day that breaks two rules stands in both; `municipalities` counts it once.
        """
        return self.found.at_risk

    def verdicts(self) -> ArrowTable:
        """Return the users whose verdict differs: columns municipality, from, to, users."""
        return self.found.verdicts

    def municipalities(self) -> ArrowTable:
        """Return each municipality: users, changed (of verdict), days_a, days_b at risk under any rule, yen.

        The column yen, days B less days A in whole yen, is there where the worth of a day was given.
        """
        table = self.found.municipalities
        if self.worth is None:
            return table
        days = pc.subtract(table["days_b"], table["days_a"])
        yen = [self.worth.of(number) for number in days.to_pylist()]
        return table.append_column("yen", pa.array(yen, pa.int64()))

    def to_pandas(self) -> Any:
        """Return `frame()` as a pandas frame; raises InvalidCall where pandas is not installed."""
        try:
            return self.frame().to_pandas()
        except ModuleNotFoundError:
            raise missing_extra("pandas", "notebook") from None

    @cached_property
    def rules(self) -> tuple[RuleChange, ...]:
        """The rules under which anything differs, those that change most first."""
        flips: dict[str, dict[tuple[str, str], int]] = {}
        for row in self.frame().group_by(["code", "from", "to"]).aggregate([("users", "sum")]).to_pylist():
            flips.setdefault(row["code"], {})[row["from"], row["to"]] = row["users_sum"]
        sums = self.at_risk().group_by("code").aggregate([("days_a", "sum"), ("days_b", "sum")]).to_pylist()
        days = {row["code"]: (row["days_a_sum"], row["days_b_sum"]) for row in sums}
        every = [
            RuleChange(code, flips.get(code, {}), *days.get(code, (0, 0))) for code in sorted({*flips, *days})
        ]
        return tuple(sorted((one for one in every if any(one.size)), key=lambda one: one.size, reverse=True))

    @property
    def changed(self) -> int:
        """The number of users whose verdict differs."""
        return pc.sum(self.found.municipalities["changed"]).as_py() or 0

    @property
    def days_at_risk(self) -> tuple[int, int]:
        """The home days at risk under A and under B, each counted once."""
        table = self.found.municipalities
        return pc.sum(table["days_a"]).as_py() or 0, pc.sum(table["days_b"]).as_py() or 0

    @property
    def yen(self) -> int | None:
        """The yen at stake: days at risk under B less those under A; None where no worth was given."""
        before, after = self.days_at_risk
        return None if self.worth is None else self.worth.of(after - before)

    def chart(self, lang: str = "en") -> Any:
        """Return an Altair chart: days at risk by rule under A and B, and flips by rule (extra notebook)."""
        return chart(self.laws, self.rules, lang)

    def _repr_html_(self) -> str:
        """Return a small table for a notebook."""
        before, after = self.days_at_risk
        yen = "" if self.yen is None else f", {self.yen:+,} yen"
        sums = (
            f"{self.month}: {self.users:,} users, {self.changed:,} verdicts changed, "
            f"home days at risk {before:,} to {after:,}{yen}"
        )
        return html(self.laws, sums, self.rules)

    def __repr__(self) -> str:
        """Say the laws and the sums, not the tables."""
        before, after = self.days_at_risk
        return (
            f"Comparison({self.laws[0]} -> {self.laws[1]}, {self.month}: {self.users} users, "
            f"{self.changed} verdicts changed, home days at risk {before} -> {after})"
        )

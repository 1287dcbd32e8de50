"""Counts of what differs under two laws, by rule and municipality."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from zaitaku_rules.bulk.engines import ArrowTable, pa
from zaitaku_rules.bulk.judging import NOT_RUN, STATUSES, RuleColumn
from zaitaku_rules.bulk.pages import Block
from zaitaku_rules.bulk.standing import VERDICTS, Standing


class Found(NamedTuple):
    """What was counted, as tidy tables (see the methods of `Comparison` for their columns)."""

    flips: ArrowTable
    at_risk: ArrowTable
    verdicts: ArrowTable
    municipalities: ArrowTable


class Tally:
    """Counts block after block; `lacking` holds the users of whom a rule could not judge, under A and B.

    What is counted is an array by municipality, in the order in which they came.
    """

    def __init__(self) -> None:
        """Start at nothing."""
        self.names: dict[str, int] = {}
        self.flips: dict[str, Any] = {}
        self.days: dict[str, tuple[Any, Any]] = {}
        self.lacking: tuple[Counter[str], Counter[str]] = (Counter(), Counter())
        self.users: Any = _NOBODY
        self.verdicts: Any = _NOBODY
        self.at_risk: tuple[Any, Any] = (_NOBODY, _NOBODY)

    def places(self, block: Block) -> Any:
        """Return for each user of a block the number of the municipality."""
        encoded = block.users["municipality"].combine_chunks().dictionary_encode()
        codes: list[str] = encoded.dictionary.to_pylist()
        numbers = [self.names.setdefault(code, len(self.names)) for code in codes]
        return np.array(numbers, np.int64)[encoded.indices.to_numpy()]

    def count_rule(
        self, place: Any, columns: tuple[RuleColumn, RuleColumn], home: Any, *, is_same: bool
    ) -> None:
        """Count a rule under A and B: whose status differs, and the `home` days that it puts at risk."""
        code = columns[0].law.rule.code
        for number, column in enumerate(columns):
            if np.any(column.lacking):
                lacking = np.count_nonzero((column.status == NOT_RUN) & column.lacking)
                self.lacking[number][code] += int(lacking)
            if column.law.severity == "payment" and not isinstance(column.broken, int):
                days = list(self.days.get(code, (_NOBODY, _NOBODY)))
                days[number] = _sum(days[number], self._days(place, column.broken & home))
                self.days[code] = days[0], days[1]
        if not is_same:
            a, b = (column.status for column in columns)
            changes = self._changes(place, a, b, len(STATUSES))
            self.flips[code] = _sum(self.flips.get(code, _NOBODY), changes)

    def count_users(self, place: Any, sides: tuple[Standing, Standing]) -> None:
        """Count the users of a block by verdict, and their home days at risk under any rule."""
        a, b = sides
        self.users = _sum(self.users, np.bincount(place, minlength=len(self.names)))
        self.verdicts = _sum(self.verdicts, self._changes(place, a.verdict, b.verdict, len(VERDICTS)))
        days = [self._days(place, side.at_risk) for side in sides]
        self.at_risk = _sum(self.at_risk[0], days[0]), _sum(self.at_risk[1], days[1])

    def _changes(self, place: Any, a: Any, b: Any, kinds: int) -> Any:
        rows = np.flatnonzero(a != b)
        keys = (place[rows] * kinds + a[rows]) * kinds + b[rows]
        return np.bincount(keys, minlength=len(self.names) * kinds * kinds)

    def _days(self, place: Any, words: Any) -> Any:
        # Sums of whole numbers far below 2**53, which floats hold exactly.
        counted = np.bincount(place, weights=np.bitwise_count(words), minlength=len(self.names))
        return counted.astype(np.int64)

    def found(self) -> Found:
        """Return what was counted."""
        changed = self.verdicts.reshape(-1, len(VERDICTS) ** 2).sum(axis=1)
        municipalities = pa.table(
            {
                "municipality": pa.array(list(self.names), pa.string()),
                "users": pa.array(self.users, pa.int64()),
                "changed": pa.array(changed, pa.int64()),
                "days_a": pa.array(self.at_risk[0], pa.int64()),
                "days_b": pa.array(self.at_risk[1], pa.int64()),
            }
        )
        flips = [self._flips(code, counts, STATUSES) for code, counts in sorted(self.flips.items())]
        verdicts = self._flips("", self.verdicts, VERDICTS).drop_columns(["code"])
        return Found(
            pa.concat_tables([_NONE, *flips]), self._risks(), verdicts, municipalities.sort_by("municipality")
        )

    def _flips(self, code: str, counts: Any, words: Sequence[str]) -> ArrowTable:
        keys = np.flatnonzero(counts)
        place, pair = np.divmod(keys, len(words) ** 2)
        before, after = np.divmod(pair, len(words))
        statuses = pa.array(words, pa.string())
        columns = {
            "code": pa.array([code] * len(keys), pa.string()),
            "municipality": pa.array(list(self.names), pa.string()).take(pa.array(place)),
            "from": statuses.take(pa.array(before)),
            "to": statuses.take(pa.array(after)),
            "users": pa.array(counts[keys], pa.int64()),
        }
        return pa.table(columns).sort_by([(name, "ascending") for name in ("municipality", "from", "to")])

    def _risks(self) -> ArrowTable:
        parts = [_NO_DAYS]
        none = np.zeros(len(self.names), np.int64)
        for code, sides in sorted(self.days.items()):
            a, b = (_sum(side, none) for side in sides)
            rows = np.flatnonzero(a + b)
            columns = {
                "code": pa.array([code] * len(rows), pa.string()),
                "municipality": pa.array(list(self.names), pa.string()).take(pa.array(rows)),
                "days_a": pa.array(a[rows], pa.int64()),
                "days_b": pa.array(b[rows], pa.int64()),
            }
            parts.append(pa.table(columns).sort_by("municipality"))
        return pa.concat_tables(parts)


def _sum(held: Any, more: Any) -> Any:
    """Return the sum of two arrays by municipality, of which the second knows more municipalities."""
    found = more.copy()
    found[: len(held)] += held
    return found


_NOBODY = np.zeros(0, np.int64)


def _empty(texts: Sequence[str], numbers: Sequence[str]) -> ArrowTable:
    fields = [*((name, pa.string()) for name in texts), *((name, pa.int64()) for name in numbers)]
    return pa.schema(fields).empty_table()


_NONE = _empty(["code", "municipality", "from", "to"], ["users"])
_NO_DAYS = _empty(["code", "municipality"], ["days_a", "days_b"])

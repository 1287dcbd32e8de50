"""Counts of what differs under two laws, by rule and municipality."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from zaitaku_rules.bulk.engines import ArrowTable, pa
from zaitaku_rules.bulk.judging import NOT_RUN, STATUSES, RuleColumn
from zaitaku_rules.bulk.pages import Pages
from zaitaku_rules.bulk.standing import VERDICTS, Standing


class Found(NamedTuple):
    """What was counted, as tidy tables (see the methods of `Comparison` for their columns)."""

    flips: ArrowTable
    at_risk: ArrowTable
    verdicts: ArrowTable
    municipalities: ArrowTable


class Tally:
    """Counts block after block; `lacking` holds the users of whom a rule could not judge, under A and B."""

    def __init__(self, pages: Pages) -> None:
        """Count the users of `pages`."""
        encoded = pages.users["municipality"].combine_chunks().dictionary_encode()
        self.names: list[str] = encoded.dictionary.to_pylist()
        self.places: Any = encoded.indices.to_numpy()
        self.flips: dict[str, Any] = {}
        self.days: dict[str, list[Any]] = {}
        self.lacking: tuple[Counter[str], Counter[str]] = (Counter(), Counter())
        self.verdicts = self._zeros(len(VERDICTS) ** 2)
        self.at_risk = [self._zeros(), self._zeros()]

    def _zeros(self, width: int = 1) -> Any:
        return np.zeros(len(self.names) * width, np.int64)

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
                days = self.days.setdefault(code, [self._zeros(), self._zeros()])
                days[number] += self._days(place, column.broken & home)
        if not is_same:
            a, b = (column.status for column in columns)
            self.flips[code] = self.flips.get(code, 0) + self._changes(place, a, b, len(STATUSES))

    def count_users(self, place: Any, sides: tuple[Standing, Standing]) -> None:
        """Count the users of a block by verdict, and their home days at risk under any rule."""
        self.verdicts += self._changes(place, sides[0].verdict, sides[1].verdict, len(VERDICTS))
        for number, side in enumerate(sides):
            self.at_risk[number] += self._days(place, side.at_risk)

    def _changes(self, place: Any, a: Any, b: Any, kinds: int) -> Any:
        rows = np.flatnonzero(a != b)
        keys = (place[rows].astype(np.int64) * kinds + a[rows]) * kinds + b[rows]
        return np.bincount(keys, minlength=len(self.names) * kinds * kinds)

    def _days(self, place: Any, words: Any) -> Any:
        # Sums of whole numbers far below 2**53, which floats hold exactly.
        counted = np.bincount(place, weights=np.bitwise_count(words), minlength=len(self.names))
        return counted.astype(np.int64)

    def found(self) -> Found:
        """Return what was counted."""
        users = np.bincount(self.places, minlength=len(self.names))
        changed = self.verdicts.reshape(len(self.names), -1).sum(axis=1)
        municipalities = pa.table(
            {
                "municipality": pa.array(self.names, pa.string()),
                "users": pa.array(users, pa.int64()),
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
            "municipality": pa.array(self.names, pa.string()).take(pa.array(place)),
            "from": statuses.take(pa.array(before)),
            "to": statuses.take(pa.array(after)),
            "users": pa.array(counts[keys], pa.int64()),
        }
        return pa.table(columns).sort_by([(name, "ascending") for name in ("municipality", "from", "to")])

    def _risks(self) -> ArrowTable:
        parts = [_NO_DAYS]
        for code, (a, b) in sorted(self.days.items()):
            rows = np.flatnonzero(a + b)
            columns = {
                "code": pa.array([code] * len(rows), pa.string()),
                "municipality": pa.array(self.names, pa.string()).take(pa.array(rows)),
                "days_a": pa.array(a[rows], pa.int64()),
                "days_b": pa.array(b[rows], pa.int64()),
            }
            parts.append(pa.table(columns).sort_by("municipality"))
        return pa.concat_tables(parts)


def _empty(texts: Sequence[str], numbers: Sequence[str]) -> ArrowTable:
    fields = [*((name, pa.string()) for name in texts), *((name, pa.int64()) for name in numbers)]
    return pa.schema(fields).empty_table()


_NONE = _empty(["code", "municipality", "from", "to"], ["users"])
_NO_DAYS = _empty(["code", "municipality"], ["days_a", "days_b"])

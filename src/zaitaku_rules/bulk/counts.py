"""Counts of a sweep by municipality and rule: statuses, verdicts and home days, added up block by block."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from zaitaku_rules.bulk.judging import STATUSES, RuleColumn
from zaitaku_rules.bulk.pages import Block
from zaitaku_rules.bulk.standing import VERDICTS, Standing
from zaitaku_rules.rules import CATALOGUE

_DAYS = ("home_days", "home_days_at_risk", "home_days_open")


class Counts:
    """What was counted so far; rows are municipalities in the order in which they came."""

    def __init__(self) -> None:
        """Start at nothing."""
        self.places: dict[str, int] = {}
        self._rules = np.zeros((0, len(CATALOGUE), len(STATUSES) + 1), np.int64)
        self._users = np.zeros((0, len(VERDICTS) + len(_DAYS)), np.int64)
        self._severities: dict[tuple[int, int], str] = {}
        self._numbers = {code: number for number, code in enumerate(CATALOGUE)}

    def add(self, block: Block, columns: list[RuleColumn], found: Standing) -> None:
        """Count the users of a block."""
        encoded = block.users["municipality"].combine_chunks().dictionary_encode()
        rows, own = self._rows_of(encoded.dictionary.to_pylist()), encoded.indices.to_numpy()
        for place, words in enumerate((found.home, found.at_risk, found.open), len(VERDICTS)):
            self._users[rows, place] += _added(own, np.bitwise_count(words), len(rows))
        self._users[rows, : len(VERDICTS)] += _counted(own, found.verdict, len(rows), len(VERDICTS))
        for column in columns:
            number = self._numbers[column.law.rule.code]
            self._rules[rows, number, :-1] += _counted(own, column.status, len(rows), len(STATUSES))
            if column.law.severity == "payment" and not isinstance(column.broken, int):
                days = np.bitwise_count(column.broken & found.home)
                self._rules[rows, number, -1] += _added(own, days, len(rows))
            self._severities |= {(int(row), number): column.law.severity for row in rows}

    def _rows_of(self, codes: list[str]) -> Any:
        new = [code for code in codes if code not in self.places]
        self.places |= {code: len(self.places) + place for place, code in enumerate(new)}
        self._rules = np.concatenate([self._rules, np.zeros((len(new), *self._rules.shape[1:]), np.int64)])
        self._users = np.concatenate([self._users, np.zeros((len(new), self._users.shape[1]), np.int64)])
        return np.array([self.places[code] for code in codes], np.int64)

    @property
    def verdicts(self) -> dict[str, int]:
        """How many users have each verdict."""
        return dict(zip(VERDICTS, map(int, self._users.sum(axis=0)), strict=False))

    def totals(self) -> dict[str, Any]:
        """Return the users, verdicts and home days of all municipalities."""
        return _people(self._users.sum(axis=0))

    def rules(self) -> list[dict[str, Any]]:
        """Return for each rule the count of each status and the home days at risk, of all municipalities."""
        found = self._rules.sum(axis=0)
        return [
            {"code": code, "name": CATALOGUE[code].name, **_statuses(found[number])}
            for code, number in self._numbers.items()
        ]

    def municipalities(self) -> Iterator[dict[str, Any]]:
        """Return the counts of each municipality, in order of their codes."""
        for place, row in sorted(self.places.items()):
            rules = [
                {
                    "code": code,
                    "severity": self._severities[row, number],
                    **_statuses(self._rules[row, number]),
                }
                for code, number in self._numbers.items()
            ]
            yield {"municipality": place, **_people(self._users[row]), "rules": rules}


def _counted(own: Any, values: Any, places: int, kinds: int) -> Any:
    return np.bincount(own * kinds + values, minlength=places * kinds).reshape(places, kinds)


def _added(own: Any, days: Any, places: int) -> Any:
    return np.bincount(own, weights=days, minlength=places).astype(np.int64)


def _people(row: Any) -> dict[str, Any]:
    numbers = [int(value) for value in row]
    verdicts = dict(zip(VERDICTS, numbers, strict=False))
    return {
        "users": sum(verdicts.values()),
        "verdicts": verdicts,
        **dict(zip(_DAYS, numbers[len(VERDICTS) :], strict=True)),
    }


def _statuses(row: Any) -> dict[str, int]:
    return dict(zip((*STATUSES, "home_days_at_risk"), map(int, row), strict=True))

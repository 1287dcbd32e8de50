"""The resolved law: for every rule its severity, its days in force and its numbers by reading."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, TypeAlias

from zaitaku_rules.days import Calendar
from zaitaku_rules.errors import Message
from zaitaku_rules.law.check import NATIONAL
from zaitaku_rules.law.load import nation, raw_bytes
from zaitaku_rules.law.model import Clause, LawSource, Overlay
from zaitaku_rules.rules import Rule, Severity

Chosen: TypeAlias = tuple[tuple[str, str], ...]
"""The reading chosen for each question, in order of the questions."""


@dataclass(frozen=True, eq=False)
class Reading:
    """The numbers of a rule under one choice of readings, for each segment of the days judged."""

    chosen: Chosen
    segments: tuple[tuple[int, Mapping[str, Any]], ...]


@dataclass(frozen=True, eq=False)
class RuleLaw:
    """One rule as the law of the place has it: graded, in force on some cells, with its readings.

    `origins` names for each parameter the rule sets whose value is in force in the month.
    """

    rule: Rule
    severity: Severity
    in_force: int
    readings: tuple[Reading, ...]
    cited: tuple[str, ...] = ()
    origins: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])

    @property
    def questions(self) -> dict[str, list[str]]:
        """The unsettled questions that the rule depends on, each with its readings in order."""
        found: dict[str, list[str]] = {}
        for reading in self.readings:
            for name, value in reading.chosen:
                found.setdefault(name, [])
                if value not in found[name]:
                    found[name].append(value)
        return found


@dataclass(frozen=True, eq=False)
class RuleSet:
    """The resolved law: what `rules_for` returns and `check` judges by.

    Of the `overlays` in force `laid_on` are those that do not come with the municipality. `on` is the day
    whose law is laid on the whole month, where one was asked for.
    """

    calendar: Calendar
    service: str
    overlays: tuple[Overlay, ...]
    laid_on: tuple[Overlay, ...]
    rules: Mapping[str, RuleLaw]
    chosen: Mapping[str, str]
    notes: tuple[Message, ...]
    on: date | None = None

    @property
    def ids(self) -> list[str]:
        """The names of the rule sets that were laid over each other, the nation first."""
        return [NATIONAL, *(overlay.id for overlay in self.overlays)]

    def __repr__(self) -> str:
        """Name the place and time of the law, not all of its numbers."""
        return f"RuleSet({' + '.join(self.ids)}, {self.calendar.name}, {self.service})"

    @cached_property
    def sha256(self) -> str:
        """The SHA-256 of the bytes of the law files, in order."""
        return hashlib.sha256(b"".join(raw_bytes(self.overlays))).hexdigest()

    def basis(self, code: str) -> list[tuple[Clause, LawSource]]:
        """Return the clauses on which a rule rests here: of the nation, of its numbers, of the overlays."""
        national, sources = nation().clauses, nation().sources
        found = {clause.id: (clause, sources[clause.source]) for clause in _duty_clauses(code)}
        for clause_id in self.rules[code].cited:
            if clause_id in national:
                found[clause_id] = (national[clause_id], sources[national[clause_id].source])
        for overlay in self.overlays:
            local = {**sources, **{source.id: source for source in overlay.file.source}}
            for clause in _narrowest(clause for clause in overlay.file.clause if code in clause.rules):
                found[clause.id] = (clause, local[clause.source])
        return list(found.values())


def _duty_clauses(code: str) -> list[Clause]:
    """Return the national clauses that state a duty most narrowly: those that name the fewest rules."""
    stating = [
        clause for clause in nation().clauses_of_rules.get(code, []) if not clause.id.startswith("unsettled.")
    ]
    in_force = [clause for clause in stating if clause.source == "mhlw-notice"] or stating
    return _narrowest(in_force)[:2]


def _narrowest(clauses: Iterable[Clause]) -> list[Clause]:
    """Return the clauses that name the fewest rules: they speak of the duty itself."""
    found = list(clauses)
    fewest = min((len(clause.rules) for clause in found), default=0)
    return [clause for clause in found if len(clause.rules) == fewest]

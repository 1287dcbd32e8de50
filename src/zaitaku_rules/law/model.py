"""The shapes of the law files: sources, clauses, parameters, values by date, overlays."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Annotated, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, StrictBool, StrictInt, StrictStr

from zaitaku_rules.records.fields import Municipality, Service
from zaitaku_rules.rules import Severity

Value: TypeAlias = StrictBool | StrictInt | StrictStr | tuple[StrictStr, ...]
"""A value of a parameter as a law file writes it."""

Certainty: TypeAlias = Literal["official", "official_in_part", "second_hand"]
"""How the text was seen: whole, in part, or through somebody who describes it."""


class _Entry(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class Words(_Entry):
    """A text in Japanese and in English."""

    ja: str
    en: str


class LawSource(_Entry):
    """An instrument or page of which clauses are cited."""

    id: str
    kind: Literal["instrument", "guidance", "practice"]
    title: Words
    number: str | None = None
    date: dt.date | None = None
    url: str | None = None
    checked: dt.date | None = None
    certainty: Certainty


class Clause(_Entry):
    """One clause of a source, in own words, and what became of it."""

    id: str
    source: str
    locator: Words
    says: Words
    fate: Literal["encoded", "human_judgement", "out_of_scope"]
    rules: tuple[str, ...] = ()
    parameters: tuple[str, ...] = ()
    because: Words | None = None


class Parameter(_Entry):
    """The kind of a number of the law, and what makes a value stricter."""

    kind: Literal["int", "flag", "word", "words"]
    allowed: tuple[str, ...] = ()
    allowed_from: int = 0
    allowed_to: int = 0
    stricter: Literal["more", "fewer", "true", "subset", "superset", "earlier", "none"]
    by_act: bool = False


class Setting(_Entry):
    """A value of a parameter from a date on; or what it adds, its readings, or its answers to a question."""

    parameter: str
    from_: Annotated[dt.date | None, Field(alias="from")] = None
    to: dt.date | None = None
    services: tuple[Service, ...] = ()
    value: Value | None = None
    add: tuple[StrictStr, ...] = ()
    readings: tuple[Value, ...] = ()
    depends_on: str | None = None
    when_true: Value | None = None
    when_false: Value | None = None
    clause: str
    because: Words | None = None


class Enabling(_Entry):
    """Rules switched on from a date on, perhaps with another severity."""

    rule: str | None = None
    rules: tuple[str, ...] = ()
    from_: Annotated[dt.date | None, Field(alias="from")] = None
    to: dt.date | None = None
    services: tuple[Service, ...] = ()
    severity: Severity | None = None
    clause: str | None = None

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of the rules that it switches on."""
        return (self.rule, *self.rules) if self.rule else self.rules


class Note(_Entry):
    """What a page asks and no rule can check; a national one is a step in reading the law, from a day on."""

    clause: str
    from_: Annotated[dt.date | None, Field(alias="from")] = None
    ja: str
    en: str


class Header(_Entry):
    """Whose overlay it is, and from when."""

    id: str
    municipality: Municipality | None = None
    office: bool = False
    name: Words
    from_: Annotated[dt.date | None, Field(alias="from")] = None
    to: dt.date | None = None
    certainty: Certainty | None = None


class OverlayFile(_Entry):
    """An overlay: what a municipality or an office asks beyond or beside the nation."""

    overlay: Header
    source: tuple[LawSource, ...] = ()
    clause: tuple[Clause, ...] = ()
    set: tuple[Setting, ...] = ()
    enable: tuple[Enabling, ...] = ()
    note: tuple[Note, ...] = ()


class NationalFile(_Entry):
    """The national numbers: parameters, values by date and the rules that are on."""

    scheme: dict[Service, dt.date]
    parameter: dict[str, Parameter]
    set: tuple[Setting, ...]
    enable: tuple[Enabling, ...]
    note: tuple[Note, ...] = ()


class SourcesFile(_Entry):
    """The national sources."""

    source: tuple[LawSource, ...]


class ClausesFile(_Entry):
    """The national clause register."""

    clause: tuple[Clause, ...]


@dataclass(frozen=True, eq=False)
class Overlay:
    """An overlay as loaded: its file's content and its bytes."""

    file: OverlayFile
    raw: bytes = field(repr=False)
    place: str = ""

    @property
    def id(self) -> str:
        """The name by which a report cites it."""
        return self.file.overlay.id

    @cached_property
    def second_hand(self) -> frozenset[str]:
        """The clauses of its own that are known only through somebody who describes them."""
        told = {source.id for source in self.file.source if source.certainty == "second_hand"}
        return frozenset(clause.id for clause in self.file.clause if clause.source in told)


@dataclass(frozen=True, eq=False)
class Nation:
    """The national law as loaded."""

    file: NationalFile
    sources: dict[str, LawSource]
    clauses: dict[str, Clause]
    raw: tuple[bytes, ...] = field(repr=False)

    @property
    def parameters(self) -> dict[str, Parameter]:
        """Every parameter of the law by name."""
        return self.file.parameter

    @cached_property
    def clauses_of_rules(self) -> dict[str, list[Clause]]:
        """The national clauses on which each rule rests, instruments before guidance before practice."""
        return clauses_of_rules(self.clauses.values(), self.sources)

    def settings_of(self, parameter: str) -> list[Setting]:
        """Return the national values of a parameter, in order of the file."""
        return [setting for setting in self.file.set if setting.parameter == parameter]

    def enablings_of(self, rule: str) -> list[Enabling]:
        """Return the entries that switch a rule on nationally."""
        return [enabling for enabling in self.file.enable if rule in enabling.codes]


def clauses_of_rules(clauses: Iterable[Clause], sources: dict[str, LawSource]) -> dict[str, list[Clause]]:
    """Return for each rule code the clauses of the weightiest kind of source that names it."""
    order = ("instrument", "guidance", "practice")
    found: dict[str, list[Clause]] = {}
    for clause in sorted(clauses, key=lambda clause: order.index(sources[clause.source].kind)):
        for code in clause.rules if clause.fate == "encoded" else ():
            known = found.setdefault(code, [])
            if not known or sources[known[0].source].kind == sources[clause.source].kind:
                known.append(clause)
    return found


def spoken(value: Value | frozenset[str] | list[str] | set[str] | None) -> str:
    """Return a value as `--reading` writes it: a set sorted and comma-joined, flags in lower case."""
    if isinstance(value, bool):
        return str(value).lower()
    return ",".join(sorted(value)) if isinstance(value, tuple | frozenset | list | set) else str(value)

"""The law of one place, service and month: for every rule its numbers, segment by segment."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import product
from typing import Any, TypeAlias

from zaitaku_rules.days import FULL, Accepted, Calendar, calendar_of
from zaitaku_rules.errors import InvalidCall, Message, nearest
from zaitaku_rules.law.check import NATIONAL, extent, national_values
from zaitaku_rules.law.load import nation, overlay_of, raw_bytes, shipped_overlay, shipped_overlays
from zaitaku_rules.law.model import Clause, Enabling, LawSource, Overlay, Setting, Value, spoken
from zaitaku_rules.rules import CATALOGUE, Rule, Severity

Chosen: TypeAlias = tuple[tuple[str, str], ...]
"""The reading chosen for each question, in order of the questions."""


@dataclass(frozen=True, eq=False)
class Dated:
    """A setting with the cells of the page on which it is the law, and whose it is."""

    setting: Setting
    mask: int
    origin: str


@dataclass(frozen=True, eq=False)
class Reading:
    """The numbers of a rule under one choice of readings, for each segment of the days judged."""

    chosen: Chosen
    segments: tuple[tuple[int, Mapping[str, Any]], ...]


@dataclass(frozen=True, eq=False)
class RuleLaw:
    """One rule as the law of the place has it: graded, in force on some cells, with its readings."""

    rule: Rule
    severity: Severity
    in_force: int
    readings: tuple[Reading, ...]
    cited: tuple[str, ...] = ()

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
    """The resolved law: what `rules_for` returns and `check` judges by."""

    calendar: Calendar
    service: str
    overlays: tuple[Overlay, ...]
    rules: Mapping[str, RuleLaw]
    chosen: Mapping[str, str]
    notes: tuple[Message, ...]

    @property
    def ids(self) -> list[str]:
        """The names of the rule sets that were laid over each other, the nation first."""
        return [NATIONAL, *(overlay.id for overlay in self.overlays)]

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


def rules_for(
    municipality: str,
    month: str,
    service: str,
    *,
    overlays: Sequence[Overlay] = (),
    readings: Mapping[str, str] | None = None,
) -> RuleSet:
    """Return the law of a municipality and service in a month ("YYYY-MM"), with further overlays on top.

    `readings` settles questions, such as {"week_start": "monday"}; raises InvalidCall for a reading that
    no law lists.
    """
    chosen = dict(readings or {})
    for name, value in chosen.items():
        _check_reading(name, value, overlays)
    return _resolved(municipality, month, service, tuple(overlays), tuple(sorted(chosen.items())))


@lru_cache(maxsize=4096)
def _resolved(
    municipality: str, month: str, service: str, overlays: tuple[Overlay, ...], chosen: Chosen
) -> RuleSet:
    calendar = calendar_of(month)
    local = overlay_of(municipality)
    applied = [local] if local and _touches(local, calendar) else []
    law = _Resolver(calendar, service, (*applied, *overlays), dict(chosen))
    rules = {code: law.rule(rule) for code, rule in CATALOGUE.items()}
    return RuleSet(
        calendar, service, (*applied, *overlays), rules, dict(chosen), _notes(municipality, local, calendar)
    )


def _touches(overlay: Overlay, calendar: Calendar) -> bool:
    begin, end = overlay.file.overlay.from_, overlay.file.overlay.to
    return bool(calendar.span(begin, end) & calendar.month_mask)


def _notes(municipality: str, local: Overlay | None, calendar: Calendar) -> tuple[Message, ...]:
    if local is None:
        return (
            Message(
                f"{municipality} の上書き規則はありません。全国の規則だけで判定しました。",
                f"no overlay known for {municipality}, national rules only",
            ),
        )
    begin = local.file.overlay.from_
    notes = [Message(f"{local.id}: {note.ja}", f"{local.id}: {note.en}") for note in local.file.note]
    if begin is not None and begin > calendar.first:
        notes.insert(
            0,
            Message(
                f"{local.id} は {begin} から適用されます。それより前は全国の規則だけで判定しました。",
                f"overlay {local.id} holds from {begin}; before it national rules only",
            ),
        )
    return tuple(notes if _touches(local, calendar) else notes[:1])


class _Resolver:
    """Lays overlays over the nation for one page."""

    def __init__(
        self, calendar: Calendar, service: str, overlays: tuple[Overlay, ...], chosen: dict[str, str]
    ) -> None:
        self.calendar, self.service, self.chosen = calendar, service, chosen
        self.overlays = overlays
        self._dated: dict[str, list[Dated]] = {}

    def _spans(self, entries: Iterable[Setting], outer: int, origin: str) -> list[Dated]:
        """Return each entry with its cells: those of its dates that no later entry of its rank takes."""
        mine = [entry for entry in entries if not entry.services or self.service in entry.services]
        mine.sort(key=lambda entry: (entry.from_ or dt.date.min, bool(entry.services)))
        taken, found = 0, list[Dated]()
        for entry in reversed(mine):
            mask = self.calendar.span(entry.from_, entry.to) & outer & (FULL ^ taken)
            taken |= mask
            found.append(Dated(entry, mask, origin))
        return [dated for dated in reversed(found) if dated.mask]

    def _whole(self, overlay: Overlay) -> int:
        return self.calendar.span(overlay.file.overlay.from_, overlay.file.overlay.to)

    def dated(self, parameter: str) -> list[Dated]:
        """Return the settings of a parameter that are the law on some cells of the page."""
        if parameter not in self._dated:
            layers = self._spans(nation().settings_of(parameter), self.calendar.page, NATIONAL)
            for overlay in self.overlays:
                entries = [entry for entry in overlay.file.set if entry.parameter == parameter]
                above = self._spans(entries, self._whole(overlay), overlay.id)
                above = [joined for dated in above for joined in self._joined(dated, layers)]
                covered = sum(dated.mask for dated in above)
                below = [
                    Dated(dated.setting, dated.mask & (FULL ^ covered), dated.origin) for dated in layers
                ]
                layers = [dated for dated in below if dated.mask] + above
            self._dated[parameter] = layers
        return self._dated[parameter]

    def _national(self, parameter: str) -> tuple[str, ...]:
        """Return the national value that an overlay's reading "national" stands for."""
        spans = self._spans(nation().settings_of(parameter), self.calendar.page, NATIONAL)
        value = spans[-1].setting.value if spans else None
        return value if isinstance(value, tuple) else ()

    def options(self, dated: Dated) -> dict[str, dict[str, Value | None]]:
        """Return for each question of a setting its readings by spoken name; {"": ...} where settled."""
        setting = dated.setting
        if setting.depends_on:
            return {setting.depends_on: {"true": setting.when_true, "false": setting.when_false}}
        if setting.readings:
            values = [
                self._national(setting.parameter) if value == NATIONAL else value
                for value in setting.readings
            ]
            return {setting.parameter: {spoken(value): value for value in values}}
        return {"": {"": setting.value}}

    def _joined(self, above: Dated, layers: list[Dated]) -> list[Dated]:
        """Return a setting that adds to a set as what it makes of each layer below; others as they are."""
        added = above.setting.add
        if not added:
            return [above]
        found: list[Dated] = []
        for below in layers:
            if mask := below.mask & above.mask:
                old = below.setting
                wider: dict[str, Any] = {
                    name: _with(getattr(old, name), added) for name in ("value", "when_true", "when_false")
                }
                wider["readings"] = tuple(_with(value, added) for value in self._spelled(old))
                update = {**wider, "clause": above.setting.clause}
                found.append(Dated(old.model_copy(update=update), mask, above.origin))
        return found

    def _spelled(self, setting: Setting) -> list[Value]:
        """Return the readings of a setting, with the value that "national" stands for."""
        return [
            self._national(setting.parameter) if value == NATIONAL else value for value in setting.readings
        ]

    def rule(self, rule: Rule) -> RuleLaw:
        """Return a rule as the law of this page has it."""
        enablings = [(entry, mask) for entry, mask in self._enablings(rule.code) if mask]
        in_force = 0
        for _, mask in enablings:
            in_force |= mask
        if rule.since_scheme:
            begin = nation().file.scheme[self.service]  # type: ignore[index]  # the case model admits only these services
            in_force &= self.calendar.span(begin, None)
        in_force &= self.calendar.month_mask
        readings = self._readings(rule, in_force) if in_force else ()
        cited = [
            dated.setting.clause
            for name in rule.parameters
            for dated in self.dated(name)
            if dated.mask & in_force
        ]
        return RuleLaw(rule, self._severity(rule, enablings), in_force, readings, tuple(dict.fromkeys(cited)))

    def _enablings(self, code: str) -> Iterable[tuple[Enabling, int]]:
        whole = self.calendar.page
        for outer, entries in [(whole, nation().file.enable)] + [
            (self._whole(o), o.file.enable) for o in self.overlays
        ]:
            for entry in entries:
                if code in entry.codes and (not entry.services or self.service in entry.services):
                    yield entry, self.calendar.span(entry.from_, entry.to) & outer

    def _severity(self, rule: Rule, enablings: list[tuple[Enabling, int]]) -> Severity:
        last = self.calendar.bit(self.calendar.last)
        graded: list[Severity] = [
            entry.severity for entry, mask in enablings if entry.severity and mask & last
        ]
        return graded[-1] if graded else rule.severity

    def _readings(self, rule: Rule, in_force: int) -> tuple[Reading, ...]:
        by_act = {name for name in rule.parameters if nation().parameters[name].by_act}
        law = {name: self.dated(name) for name in rule.parameters}
        for name in set(rule.parameters) - by_act:
            law[name] = [dated for dated in law[name] if dated.mask & in_force]
        questions: dict[str, list[str]] = {}
        for dated in (dated for settings in law.values() for dated in settings):
            for question, options in self.options(dated).items():
                known = questions.setdefault(question, [])
                known += [name for name in options if name not in known]
        questions.pop("", None)
        for question, known in questions.items():
            wanted = self.chosen.get(question)
            if wanted in known:
                questions[question] = [wanted]
        return tuple(
            self._reading(dict(zip(questions, combination, strict=True)), law, by_act, in_force)
            for combination in product(*questions.values())
        )

    def _reading(
        self, chosen: dict[str, str], law: Mapping[str, list[Dated]], by_act: set[str], in_force: int
    ) -> Reading:
        accepted = {name: self._accepted(law[name], chosen) for name in by_act}
        segments = [(in_force, dict[str, Any](accepted))]
        for name in law.keys() - by_act:
            segments = [
                (mask & dated.mask, {**numbers, name: self._value(dated, chosen)})
                for mask, numbers in segments
                for dated in law[name]
                if mask & dated.mask
            ]
        return Reading(tuple(chosen.items()), tuple(_merged(segments)))

    def _value(self, dated: Dated, chosen: Mapping[str, str]) -> Any:
        ((question, options),) = self.options(dated).items()
        value = options[chosen.get(question, "")] if question else options[""]
        return frozenset(value) if isinstance(value, tuple) else value

    def _accepted(self, settings: list[Dated], chosen: Mapping[str, str]) -> Accepted:
        days: dict[str, int] = {}
        for dated in settings:
            for word in self._value(dated, chosen):
                days[word] = days.get(word, 0) | dated.mask
        return Accepted({word: FULL if mask == self.calendar.page else mask for word, mask in days.items()})


def _with(value: Value | None, added: tuple[str, ...]) -> Value | None:
    return tuple(sorted({*value, *added})) if isinstance(value, tuple) else value


def _merged(segments: list[tuple[int, dict[str, Any]]]) -> list[tuple[int, dict[str, Any]]]:
    """Return the segments with those of equal numbers joined."""
    found: list[tuple[int, dict[str, Any]]] = []
    for mask, numbers in segments:
        place = next((place for place, (_, other) in enumerate(found) if other == numbers), None)
        if place is None:
            found.append((mask, numbers))
        else:
            found[place] = (found[place][0] | mask, numbers)
    return found


def _check_reading(name: str, value: str, overlays: Sequence[Overlay]) -> None:
    listed = listed_readings(overlays)
    if name not in listed:
        near, names = nearest(name, listed), ", ".join(listed)
        raise InvalidCall(
            f"取扱いの分かれる項目ではありません。{f'{near} のことですか。' if near else ''}"
            f"使える名前: {names}",
            f"not an unsettled parameter{f'; did you mean {near}?' if near else ''} (known: {names})",
            place="reading",
        )
    if value not in listed[name]:
        raise InvalidCall(
            f"{name} の取扱いにその値はありません。使える値: {' / '.join(listed[name])}",
            f"not a listed reading of {name} (listed: {' / '.join(listed[name])})",
            place="reading",
        )


def listed_readings(overlays: Sequence[Overlay] = ()) -> dict[str, list[str]]:
    """Return every unsettled parameter of the law with its listed readings."""
    listed: dict[str, list[str]] = {}
    for setting in nation().file.set:
        _list(listed, setting, setting.readings)
    for overlay in [*(shipped_overlay(name) for name in shipped_overlays()), *overlays]:
        for setting in overlay.file.set:
            begin, end = extent(overlay, setting)
            national = list(national_values(nation(), setting.parameter, begin, end))
            values = [value for one in setting.readings for value in (national if one == NATIONAL else [one])]
            _list(listed, setting, values)
    return listed


def _list(listed: dict[str, list[str]], setting: Setting, values: Iterable[Any]) -> None:
    for value in values:
        known = listed.setdefault(setting.parameter, [])
        if spoken(value) not in known:
            known.append(spoken(value))

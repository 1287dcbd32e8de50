"""Overlays laid over the nation, for one page and service: who sets which number on which day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import product
from typing import Any

from zaitaku_rules.days import FULL, Accepted, Calendar
from zaitaku_rules.law.check import NATIONAL
from zaitaku_rules.law.load import nation
from zaitaku_rules.law.model import Enabling, Overlay, Setting, Value, spoken
from zaitaku_rules.law.ruleset import Reading, RuleLaw
from zaitaku_rules.rules import Rule, Severity


@dataclass(frozen=True, eq=False)
class Dated:
    """A setting with the cells of the page on which it is the law, and whose it is."""

    setting: Setting
    mask: int
    origin: str


class Layers:
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

"""One rule as the layers of the law have it: on which days, how graded, by which readings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import product
from typing import Any, NamedTuple

from zaitaku_rules.days import FULL, Accepted
from zaitaku_rules.law.layers import Dated, Layers
from zaitaku_rules.law.load import nation
from zaitaku_rules.law.model import Enabling
from zaitaku_rules.law.ruleset import Reading, RuleLaw
from zaitaku_rules.rules import Rule, Severity


class Switch(NamedTuple):
    """An entry that has a rule on, with its cells, and the overlay that knows of it only second-hand."""

    entry: Enabling
    mask: int
    doubt: str | None


class RuleLaws(Layers):
    """The layers of one page, read rule by rule."""

    def rule(self, rule: Rule) -> RuleLaw:
        """Return a rule as the law of this page has it."""
        switches = [switch for switch in self._switches(rule.code) if switch.mask]
        sure = _union(switch.mask for switch in switches if not switch.doubt)
        allowed = self.calendar.month_mask
        if rule.since_scheme:
            begin = nation().file.scheme[self.service]  # type: ignore[index]  # the case model admits only these services
            allowed &= self.in_force(begin, None)
        in_force = _union(switch.mask for switch in switches) & allowed
        readings = self._readings(rule, in_force) if in_force else ()
        for doubt in dict.fromkeys(switch.doubt for switch in switches if switch.doubt):
            told = _union(switch.mask for switch in switches if switch.doubt == doubt)
            if told & allowed & (FULL ^ sure):
                readings = self._doubted(readings, doubt, FULL ^ (told & (FULL ^ sure)))
        law = {name: self.dated(name) for name in rule.parameters}
        cited = [dated.setting.clause for found in law.values() for dated in found if dated.mask & in_force]
        return RuleLaw(
            rule,
            self._severity(rule, switches, sure),
            in_force,
            readings,
            tuple(dict.fromkeys(cited)),
            {name: self._origins(found) for name, found in law.items()},
        )

    def _origins(self, found: list[Dated]) -> tuple[str, ...]:
        month = self.calendar.month_mask
        return tuple(dict.fromkeys(dated.origin for dated in found if dated.mask & month))

    def _doubted(self, readings: tuple[Reading, ...], doubt: str, rest: int) -> tuple[Reading, ...]:
        """Return the readings once with and once without the days that only hearsay puts the rule on.

        So what is known only second-hand never breaks a rule surely; the overlay's name is the question.
        """
        wanted = self.chosen.get(doubt)
        found: list[Reading] = []
        for answer, mask in (("true", FULL), ("false", rest)):
            if wanted in (None, answer):
                found += [
                    Reading(
                        (*reading.chosen, (doubt, answer)),
                        tuple((segment & mask, numbers) for segment, numbers in reading.segments),
                    )
                    for reading in readings
                ]
        return tuple(found)

    def _switches(self, code: str) -> Iterable[Switch]:
        nobody: tuple[str | None, frozenset[str]] = (None, frozenset())
        files = [(self.calendar.page, nation().file.enable, *nobody)]
        files += [(self.whole(o), o.file.enable, o.id, o.second_hand) for o in self.overlays]
        for outer, entries, name, second_hand in files:
            for entry in entries:
                if code in entry.codes and (not entry.services or self.service in entry.services):
                    mask = self.in_force(entry.from_, entry.to) & outer
                    yield Switch(entry, mask, name if entry.clause in second_hand else None)

    def _severity(self, rule: Rule, switches: list[Switch], sure: int) -> Severity:
        """Return the severity on the month's last day; hearsay does not re-grade a rule that is on surely."""
        last = self.calendar.bit(self.calendar.last)
        graded: list[Severity] = [
            switch.entry.severity
            for switch in switches
            if switch.entry.severity and switch.mask & last and not (switch.doubt and sure & last)
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


def _union(masks: Iterable[int]) -> int:
    found = 0
    for mask in masks:
        found |= mask
    return found


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

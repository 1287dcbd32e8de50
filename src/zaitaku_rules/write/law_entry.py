"""The resolved law of one place on one day as data: every rule, its numbers, and whose they are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from zaitaku_rules.explain import named, title
from zaitaku_rules.law import Overlay, RuleSet, nation, overlay_of, rules_for
from zaitaku_rules.law.check import NATIONAL
from zaitaku_rules.law.layers import Dated, Layers
from zaitaku_rules.law.model import Clause, Enabling, LawSource
from zaitaku_rules.rules import CATALOGUE, Rule
from zaitaku_rules.write.entries import Entry, both, clauses_with, iso, joined_words, sources_with

NOWHERE = "000000"
"""A code that no municipality has: its law is that of the nation."""


def newest_day(municipality: str | None, overlays: Iterable[Overlay] = ()) -> date:
    """Return the latest day from which an entry of the nation, the municipality or an overlay holds."""
    local = overlay_of(municipality) if municipality else None
    begins = [*nation().file.scheme.values(), *_begins(nation().file)]
    for overlay in filter(None, (local, *overlays)):
        begins += [*filter(None, [overlay.file.overlay.from_]), *_begins(overlay.file)]
    return max(begins)


def _begins(file: Any) -> Iterator[date]:
    yield from (entry.from_ for entry in (*file.set, *file.enable) if entry.from_)


def law_entry(municipality: str | None, day: date, service: str, overlays: tuple[Overlay, ...]) -> Entry:
    """Return the law of a municipality (None: of the nation alone) and service on a day."""
    return _Law(municipality, day, service, overlays).entry()


class _Law:
    """The law of one day, with what it takes to say where each part comes from."""

    def __init__(
        self, municipality: str | None, day: date, service: str, overlays: tuple[Overlay, ...]
    ) -> None:
        self.municipality, self.day, self.service = municipality, day, service
        month = f"{day:%Y-%m}"
        self.law: RuleSet = rules_for(municipality or NOWHERE, month, service, overlays=overlays)
        self.bare: RuleSet = rules_for(NOWHERE, month, service)
        self.bit = self.law.calendar.bit(day)
        self.layers = Layers(self.law.calendar, service, self.law.overlays, {})
        self.clauses = clauses_with(self.law.overlays)
        self.sources = sources_with(self.law.overlays)

    def entry(self) -> Entry:
        """Return the law of the day as `zaitaku law --format json` writes it."""
        return {
            "municipality": self.municipality,
            "on": self.day.isoformat(),
            "service": self.service,
            "ruleset": self.law.ids,
            "overlays": [_overlay_entry(overlay) for overlay in self.law.overlays],
            "rules": [self._rule(rule) for rule in CATALOGUE.values()],
            "notes": list(self._notes()),
        }

    def _rule(self, rule: Rule) -> Entry:
        law = self.law.rules[rule.code]
        is_on = bool(law.in_force & self.bit)
        parameters = {name: self._number(name) for name in rule.parameters}
        origins = [origin for origin, _ in self._switches(rule.code)] if is_on else []
        return {
            "code": rule.code,
            "name": rule.name,
            "title": both(title(rule.code)),
            "severity": law.severity,
            "default_severity": rule.severity,
            "on": is_on,
            "origin": origins[-1] if origins else None,
            "differs": is_on != bool(self.bare.rules[rule.code].in_force & self.bit)
            or law.severity != self.bare.rules[rule.code].severity
            or any(number["origin"] != NATIONAL for number in parameters.values()),
            "parameters": parameters,
            "basis": [
                {"origin": self._origin(clause), **_cited(clause, source)}
                for clause, source in self.law.basis(rule.code)
            ],
        }

    def _origin(self, clause: Clause) -> str:
        owners = (overlay.id for overlay in self.law.overlays if clause in overlay.file.clause)
        return next(owners, NATIONAL)

    def _switches(self, code: str) -> Iterator[tuple[str, Enabling]]:
        """Yield who has a rule on this day, the nation first."""
        files: list[tuple[str, tuple[Enabling, ...], Any]] = [(NATIONAL, nation().file.enable, None)]
        files += [(one.id, one.file.enable, one.file.overlay) for one in self.law.overlays]
        for origin, enablings, header in files:
            for entry in enablings:
                if (
                    code in entry.codes
                    and (not entry.services or self.service in entry.services)
                    and all(_holds(span, self.day) for span in (entry, header) if span)
                ):
                    yield origin, entry

    def _number(self, parameter: str) -> Entry:
        head = {"title": both(named("parameters", [parameter]))}
        dated = next((one for one in self.layers.dated(parameter) if one.mask & self.bit), None)
        if dated is None:
            return {**head, "value": None, "words": None, "origin": NATIONAL, **_UNCITED}
        values, asked = self._values(dated)
        held: Entry = {"readings": values} if asked else {"value": values[0]}
        setting, clause = dated.setting, self.clauses[dated.setting.clause]
        source = self.sources[clause.source]
        return {
            **head,
            **held,
            **({"depends_on": setting.depends_on} if setting.depends_on else {}),
            "words": both(joined_words(values)),
            "origin": dated.origin,
            **_cited(clause, source),
            "because": both(setting.because) if setting.because else None,
        }

    def _values(self, dated: Dated) -> tuple[list[Any], bool]:
        """Return the value that a setting gives, or its readings, and whether it leaves a question open."""
        ((asked, options),) = self.layers.options(dated).items()
        return list(options.values()), bool(asked)

    def _notes(self) -> Iterator[Entry]:
        for step in nation().file.note:
            if step.from_ is None or step.from_ <= self.day:
                yield {"ja": f"{step.ja} [{step.clause}]", "en": f"{step.en} [{step.clause}]"}
        for note in self.law.notes:
            if self.municipality or not note.en.startswith("no overlay known"):
                yield {"ja": note.ja, "en": note.en}
        yield from self._elsewhere()
        yield from self._changes()

    def _elsewhere(self) -> Iterator[Entry]:
        """Name the other services for which an overlay sets something."""
        for overlay in self.law.overlays:
            limited = [one.services for one in overlay.file.set] + [
                one.services for one in overlay.file.enable
            ]
            if others := sorted({name for names in limited if self.service not in names for name in names}):
                said = named("values", others)
                yield {
                    "ja": f"{overlay.id} には、ほかのサービスについての定めもあります: {said.ja}",
                    "en": f"{overlay.id} also sets something for other services: {said.en}",
                }

    def _changes(self) -> Iterator[Entry]:
        """Name the numbers that change within the month."""
        names = dict.fromkeys(name for rule in CATALOGUE.values() for name in rule.parameters)
        for name in names:
            for dated in self.layers.dated(name):
                begin = dated.setting.from_
                if begin and begin.day > 1 and f"{begin:%Y-%m}" == self.law.calendar.name:
                    said = named("parameters", [name])
                    yield {
                        "ja": f"この月の {begin} から変わります: {said.ja}({name})",
                        "en": f"changes within this month, from {begin}: {said.en} ({name})",
                    }


def _holds(span: Any, day: date) -> bool:
    return (span.from_ or date.min) <= day <= (span.to or date.max)


def _cited(clause: Clause, source: LawSource) -> Entry:
    return {
        "clause": clause.id,
        "says": both(clause.says),
        "source": source.id,
        "source_title": both(source.title),
        "url": source.url,
        "certainty": source.certainty,
    }


_UNCITED = dict.fromkeys(("clause", "says", "source", "source_title", "url", "certainty", "because"))


def _overlay_entry(overlay: Overlay) -> Entry:
    header = overlay.file.overlay
    return {
        "id": overlay.id,
        "name": both(header.name),
        "from": iso(header.from_),
        "to": iso(header.to),
        "certainty": header.certainty,
    }

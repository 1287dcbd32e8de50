"""One rule as data: its duty, clauses, numbers by date, who differs, what is unsettled, how to mend it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from zaitaku_rules.errors import InvalidCall, nearest
from zaitaku_rules.explain import named, question, title, words
from zaitaku_rules.law import Overlay, listed_readings, nation, shipped_overlay, shipped_overlays
from zaitaku_rules.law.model import Enabling
from zaitaku_rules.report import Text
from zaitaku_rules.rules import CATALOGUE, Rule
from zaitaku_rules.write.entries import (
    Entry,
    both,
    clause_entry,
    iso,
    setting_entry,
    sources_with,
    value_words,
)


def rule_entries() -> list[Entry]:
    """Return every rule in short, in order of code."""
    return [_short(rule) for rule in CATALOGUE.values()]


def rule_entry(word: str) -> Entry:
    """Return one rule in full, by its code or name; raises InvalidCall for an unknown one."""
    rule = _rule_called(word)
    return {
        **_short(rule),
        "clauses": [
            clause_entry(clause, nation().sources) for clause in nation().clauses_of_rules.get(rule.code, [])
        ],
        "numbers": [_number(name) for name in rule.parameters],
        "differs": [
            entry for name in shipped_overlays() if (entry := _difference(rule, shipped_overlay(name)))
        ],
        "questions": list(_questions(rule)),
        "mend": [
            {"kind": way["kind"], "when": way["when"], "what": {"ja": way["ja"], "en": way["en"]}}
            for way in words()[rule.code].get("mend", [])
        ],
    }


def _rule_called(word: str) -> Rule:
    for rule in CATALOGUE.values():
        if word.strip().lower() in (rule.code.lower(), rule.name):
            return rule
    near = nearest(word.upper(), CATALOGUE) or nearest(
        word.lower(), [rule.name for rule in CATALOGUE.values()]
    )
    raise InvalidCall(
        f"その規則はありません。{f'{near} のことですか。' if near else ''}zaitaku rules で一覧を見られます。",
        f"no such rule{f'; did you mean {near}?' if near else ''} (see zaitaku rules)",
        place="rule",
    )


def _short(rule: Rule) -> Entry:
    enablings = nation().enablings_of(rule.code)
    return {
        "code": rule.code,
        "name": rule.name,
        "severity": rule.severity,
        "on": any(entry.to is None for entry in enablings),
        "title": both(title(rule.code)),
        "duty": _duty(rule),
        "needs": list(rule.needs),
        "parameters": list(rule.parameters),
        "enabled": [_enabled(entry) for entry in enablings],
    }


def _enabled(entry: Enabling) -> Entry:
    return {
        "from": iso(entry.from_),
        "to": iso(entry.to),
        "services": list(entry.services),
        "severity": entry.severity,
    }


def _duty(rule: Rule) -> Entry:
    """Return the duty with the newest national numbers."""
    said = words()[rule.code]["duty"]
    numbers = {name: _newest(name) for name in rule.parameters}
    return {
        "ja": said["ja"].format(**{name: value.ja for name, value in numbers.items()}),
        "en": said["en"].format(**{name: value.en for name, value in numbers.items()}),
    }


def _newest(parameter: str) -> Text:
    settings = nation().settings_of(parameter)
    return value_words(settings[-1]) if settings else named("parameters", [parameter])


def _number(parameter: str) -> Entry:
    return {
        "parameter": parameter,
        "title": both(named("parameters", [parameter])),
        "values": [setting_entry(setting) for setting in nation().settings_of(parameter)],
    }


def _difference(rule: Rule, overlay: Overlay) -> Entry | None:
    """Return what an overlay changes of a rule, or None where it leaves it alone."""
    content = overlay.file
    sets = [
        {"parameter": one.parameter, **setting_entry(one)}
        for one in content.set
        if one.parameter in rule.parameters
    ]
    enables = [_enabled(entry) for entry in content.enable if rule.code in entry.codes]
    if not sets and not enables:
        return None
    sources = sources_with([overlay])
    return {
        "overlay": overlay.id,
        "name": both(content.overlay.name),
        "from": iso(content.overlay.from_),
        "to": iso(content.overlay.to),
        "enables": enables,
        "sets": sets,
        "clauses": [clause_entry(clause, sources) for clause in content.clause if rule.code in clause.rules],
    }


def _questions(rule: Rule) -> Iterator[Entry]:
    listed = listed_readings()
    asked = [*rule.parameters, *_depended(rule.parameters)]
    for name in dict.fromkeys(asked):
        if name in listed:
            yield {"name": name, "readings": listed[name], "question": both(question(name, listed[name]))}


def _depended(parameters: Iterable[str]) -> Iterator[str]:
    for parameter in parameters:
        yield from (one.depends_on for one in nation().settings_of(parameter) if one.depends_on)

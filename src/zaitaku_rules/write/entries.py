"""Pieces of law as plain data: clauses with their source, values in words, dates in ISO form."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, TypeAlias, cast

from zaitaku_rules.explain import in_words
from zaitaku_rules.law import Overlay, nation
from zaitaku_rules.law.model import Clause, LawSource, Setting, Value, Words
from zaitaku_rules.report import Text

Entry: TypeAlias = dict[str, Any]
"""A piece of law as it stands in JSON output."""


def both(said: Text | Words) -> dict[str, str]:
    """Return a text in both languages as data."""
    return {"ja": said.ja, "en": said.en}


def iso(day: date | None) -> str | None:
    """Return a date in ISO form, None where there is none."""
    return day.isoformat() if day is not None else None


def values_of(setting: Setting) -> list[Value]:
    """Return the value of a setting, or its readings, or its answers to a question, or what it adds."""
    if setting.readings:
        return [*setting.readings]
    return [value for value in (setting.value, setting.when_true, setting.when_false) if value is not None]


def joined_words(values: Iterable[Any]) -> Text:
    """Return values of the law in words, as alternatives."""
    said = [_spelled(value) for value in values]
    return Text(ja=" または ".join(one.ja for one in said), en=" or ".join(one.en for one in said))


def _spelled(value: Any) -> Text:
    if value == "national":
        return Text(ja="全国の定め", en="the national value")
    return in_words(frozenset(cast("tuple[str, ...]", value)) if isinstance(value, tuple) else value)


def value_words(setting: Setting) -> Text:
    """Return the value of a setting in words; readings and answers as alternatives."""
    if setting.add:
        added = joined_words([setting.add])
        return Text(ja=f"{added.ja} を加える", en=f"{added.en} too")
    return joined_words(values_of(setting))


def setting_entry(setting: Setting) -> Entry:
    """Return a value with its dates and its clause."""
    return {
        "from": iso(setting.from_),
        "to": iso(setting.to),
        "services": list(setting.services),
        "value": setting.value,
        "readings": list(setting.readings),
        "depends_on": setting.depends_on,
        "when_true": setting.when_true,
        "when_false": setting.when_false,
        "words": both(value_words(setting)),
        "clause": setting.clause,
    }


def clause_entry(clause: Clause, sources: dict[str, LawSource]) -> Entry:
    """Return a clause with the title and the link of its source."""
    source = sources[clause.source]
    return {
        "clause": clause.id,
        "locator": both(clause.locator),
        "says": both(clause.says),
        "source": both(source.title),
        "kind": source.kind,
        "names_rules": len(clause.rules),
        "certainty": source.certainty,
        "url": source.url,
    }


def sources_with(overlays: Iterable[Overlay] = ()) -> dict[str, LawSource]:
    """Return the sources of the nation and of overlays by name."""
    local = {source.id: source for overlay in overlays for source in overlay.file.source}
    return {**nation().sources, **local}


def clauses_with(overlays: Iterable[Overlay] = ()) -> dict[str, Clause]:
    """Return the clauses of the nation and of overlays by name."""
    local = {clause.id: clause for overlay in overlays for clause in overlay.file.clause}
    return {**nation().clauses, **local}

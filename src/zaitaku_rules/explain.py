"""Words for a finding, in Japanese and English, from the stored parameters."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from importlib.resources import files
from typing import Any, NamedTuple, cast

from zaitaku_rules.days import Accepted
from zaitaku_rules.law import RuleLaw
from zaitaku_rules.report import Kind, Text

Words = Mapping[str, Any]


@lru_cache(maxsize=1)
def words() -> Words:
    """Return the words of the package: rules by code, and general texts."""
    return tomllib.loads((files("zaitaku_rules.words") / "rules.toml").read_text("utf-8"))


def text(ja: str, en: str) -> Text:
    """Return a text in both languages, without validating it again."""
    return Text.model_construct(ja=ja, en=en)


def general(name: str, **values: object) -> Text:
    """Return a general text with its placeholders filled; a value may be a `Text`."""
    return _said("general", name, values)


def planned(name: str, **values: object) -> Text:
    """Return a text of plans with its placeholders filled; a value may be a `Text`."""
    return _said("plan", name, values)


def _said(table: str, name: str, values: Mapping[str, object]) -> Text:
    said = words()[table][name]
    ja = {key: value.ja if isinstance(value, Text) else value for key, value in values.items()}
    en = {key: value.en if isinstance(value, Text) else value for key, value in values.items()}
    return text(said["ja"].format(**ja), said["en"].format(**en))


def named(table: str, names: Iterable[str]) -> Text:
    """Return the words for names of a table ("sources", "values", "parameters"), joined."""
    known = words()[table]
    found = [known.get(name, {"ja": name, "en": name}) for name in names]
    return text("、".join(one["ja"] for one in found), ", ".join(one["en"] for one in found))


def joined(texts: Iterable[Text]) -> Text:
    """Return texts as a list in each language."""
    listed = list(texts)
    return text("、".join(one.ja for one in listed), ", ".join(one.en for one in listed))


def title(code: str) -> Text:
    """Return the short name of a rule."""
    said = words()[code]["title"]
    return text(said["ja"], said["en"])


def duty(law: RuleLaw) -> Text:
    """Return the duty of a rule with the numbers of the law."""
    return _filled(law, "duty", 0)


def finding(law: RuleLaw, status: str, days: int) -> Text:
    """Return what was found: the message of a broken or open rule."""
    return _filled(law, status, days)


@lru_cache(maxsize=4096)
def _filled(law: RuleLaw, kind: str, days: int) -> Text:
    said = words()[law.rule.code][kind]
    values = numbers(law)
    ja = {name: value.ja for name, value in values.items()}
    en = {name: value.en for name, value in values.items()}
    return text(said["ja"].format(n=days, **ja), said["en"].format(n=days, **en))


def numbers(law: RuleLaw) -> dict[str, Text]:
    """Return the numbers of a rule in words: of its last segment, alternatives where readings differ."""
    spoken: dict[str, list[Text]] = {}
    for reading in law.readings:
        for name, value in reading.segments[-1][1].items():
            said = in_words(value)
            if said not in spoken.setdefault(name, []):
                spoken[name].append(said)
    return {
        name: text(" または ".join(one.ja for one in found), " or ".join(one.en for one in found))
        for name, found in spoken.items()
    }


def in_words(value: Any) -> Text:
    """Return a value of the law in words."""
    if isinstance(value, Accepted):
        return named("values", value.days_by_value)
    if isinstance(value, frozenset):
        return named("values", sorted(cast("frozenset[str]", value)))
    if isinstance(value, bool):
        return named("values", [str(value).lower()])
    return text(str(value), str(value)) if isinstance(value, int) else named("values", [str(value)])


def record_of(code: str) -> Text:
    """Return the name of the record that would settle a rule."""
    said = words()[code]["record"]
    return text(said["ja"], said["en"])


def short_record_of(code: str) -> Text:
    """Return the name of the record that would settle a rule, without what stands in brackets."""
    record = record_of(code)
    return text(record.ja.partition("(")[0], record.en.partition(" (")[0])


def question(name: str, readings: Iterable[str]) -> Text:
    """Return the question to the municipality that settles a reading."""
    asked = words()["questions"].get(name)
    listed = f"--reading {name}={' / '.join(readings)}"
    if asked:
        return text(f"{asked['ja']}({listed})", f"{asked['en']} ({listed})")
    return general("question", parameter=named("parameters", [name]), readings=listed)


class Way(NamedTuple):
    """A way to mend as the words have it: when it is said, and whether a slip must have been found.

    `until` "end" has it said before the end of the month only, `since` "end" after it only. `question` names
    the question of settling that asks the same.
    """

    kind: Kind
    when: str
    what: Text
    if_found: bool
    until: str
    since: str
    question: str


@lru_cache(maxsize=64)
def ways(code: str) -> tuple[Way, ...]:
    """Return the lawful ways to mend a rule, in the order of the words."""
    return tuple(
        Way(
            way["kind"],
            way["when"],
            text(way["ja"], way["en"]),
            way.get("if_found", False),
            *(way.get(key, "") for key in ("until", "since", "question")),
        )
        for way in words()[code].get("mend", [])
    )


def source_named(code: str) -> str:
    """Return the list that carries the record of a rule, or the field."""
    return str(words()[code]["source"])


def dates(days: Iterable[date]) -> str:
    """Return dates as a short list: "2026-02-05, 2026-02-09"; at most six, then how many more."""
    listed = [day.isoformat() for day in days]
    more = f" (+{len(listed) - 6})" if len(listed) > 6 else ""
    return ", ".join(listed[:6]) + more

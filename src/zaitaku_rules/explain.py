"""Words for a finding, in Japanese and English, from the stored parameters."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from importlib.resources import files
from typing import Any, cast

from zaitaku_rules.days import Accepted
from zaitaku_rules.law import RuleLaw
from zaitaku_rules.report import Mend, Text

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
    said = words()["general"][name]
    ja = {key: value.ja if isinstance(value, Text) else value for key, value in values.items()}
    en = {key: value.en if isinstance(value, Text) else value for key, value in values.items()}
    return text(said["ja"].format(**ja), said["en"].format(**en))


def named(table: str, names: Iterable[str]) -> Text:
    """Return the words for names of a table ("sources", "values", "parameters"), joined."""
    known = words()[table]
    found = [known.get(name, {"ja": name, "en": name}) for name in names]
    return text("、".join(one["ja"] for one in found), ", ".join(one["en"] for one in found))


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


def question(name: str, readings: Iterable[str]) -> Text:
    """Return the question to the municipality that settles a reading."""
    asked = words()["questions"].get(name)
    if asked:
        return text(f"{asked['ja']}({name})", f"{asked['en']} ({name})")
    listed = " / ".join(readings)
    return general("question", parameter=named("parameters", [name]), readings=listed)


@lru_cache(maxsize=1024)
def mends(code: str, status: str, by: date | None) -> tuple[Mend, ...]:
    """Return the lawful ways to mend a broken or open finding; an act still to do carries its last day."""
    return tuple(
        Mend(kind=way["kind"], what=Text(ja=way["ja"], en=way["en"]), by=by if way["kind"] == "do" else None)
        for way in words()[code].get("mend", [])
        if way["when"] in (status, "both")
    )


def dates(days: Iterable[date]) -> str:
    """Return dates as a short list: "2026-02-05, 2026-02-09"; at most six, then how many more."""
    listed = [day.isoformat() for day in days]
    more = f" (+{len(listed) - 6})" if len(listed) > 6 else ""
    return ", ".join(listed[:6]) + more

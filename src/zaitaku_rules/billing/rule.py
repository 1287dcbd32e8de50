"""The rules of billing files (K) as data: what each asks, how it weighs, what it rests on."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any, cast, get_args

from zaitaku_rules.errors import InvalidCall, InvalidLaw, Message, nearest
from zaitaku_rules.read.kokuhoren import KINDS
from zaitaku_rules.report import Kind
from zaitaku_rules.rules.mark import Severity

_FILES = (
    "billing_files.toml",
    "billing_items.toml",
    "billing_sheets.toml",
    "billing_between.toml",
    "billing_reconciliation.toml",
)


@dataclass(frozen=True, slots=True)
class Rest:
    """What a rule rests on: a document, where in it, and how sure that is."""

    source: str
    title: Message
    url: str | None
    where: str
    certainty: str


@dataclass(frozen=True, slots=True)
class Way:
    """A lawful way to mend a finding."""

    kind: Kind
    what: Message


@dataclass(frozen=True, slots=True)
class BillingRule:
    """One duty of billing files.

    `severity` holds as a rule, `strict` under the strict reading. `judges` names the kinds of records whose
    number says whether there was anything to judge, `needs` what must be given. `kinds` are the deviations
    of the reader that are findings of the rule.
    """

    code: str
    name: str
    severity: Severity
    strict: Severity
    title: Message
    duty: Message
    judges: tuple[str, ...]
    needs: tuple[str, ...]
    kinds: tuple[str, ...]
    basis: tuple[Rest, ...]
    mend: tuple[Way, ...]


@lru_cache(maxsize=1)
def catalogue() -> Mapping[str, BillingRule]:
    """Return the rules of billing files in the order of their codes; raises InvalidLaw for a bad entry."""
    told = {code: entry for name in _FILES for code, entry in _toml(name).items()}
    found = {code: _rule(code, told[code]) for code in sorted(told)}
    for code, rule in found.items():
        twins = [other.code for other in found.values() if other.name == rule.name]
        _demand(twins == [code], code, "its name is that of another rule")
    return MappingProxyType(found)


@lru_cache(maxsize=1)
def codes_of_deviations() -> Mapping[str, str]:
    """Return the rule of each kind of deviation that the reader tells."""
    found = {kind: code for code, rule in catalogue().items() for kind in rule.kinds}
    _demand(
        sum(len(rule.kinds) for rule in catalogue().values()) == len(found), "kinds", "a kind stands twice"
    )
    _demand(set(found) == set(KINDS), "kinds", "the kinds are not those of the reader")
    return MappingProxyType(found)


@lru_cache(maxsize=1)
def billing_words() -> Mapping[str, Any]:
    """Return the general words of billing reports: severities, certainties, messages and reasons."""
    return _toml("billing_sources.toml")


def general(name: str, **values: object) -> Message:
    """Return a general text with its placeholders filled; a value may be a `Message`."""
    said = billing_words()["general"][name]
    ja = {key: value.ja if isinstance(value, Message) else value for key, value in values.items()}
    en = {key: value.en if isinstance(value, Message) else value for key, value in values.items()}
    return Message(said["ja"].format(**ja), said["en"].format(**en))


def billing_rule_called(word: str) -> BillingRule:
    """Return a rule by code or name; raises InvalidCall for an unknown one."""
    for rule in catalogue().values():
        if word.strip().lower() in (rule.code.lower(), rule.name):
            return rule
    names = [rule.name for rule in catalogue().values()]
    near = nearest(word.upper(), catalogue()) or nearest(word.lower(), names)
    raise InvalidCall(
        f"その規則はありません。{f'{near} のことですか。' if near else ''}"
        "zaitaku rules --billing で一覧を見られます。",
        f"no such rule{f'; did you mean {near}?' if near else ''} (see zaitaku rules --billing)",
        place="rule",
    )


def _toml(name: str) -> dict[str, Any]:
    path = files("zaitaku_rules.words") / name
    return tomllib.loads(path.read_text("utf-8")) if path.is_file() else {}


def _rule(code: str, told: Mapping[str, Any]) -> BillingRule:
    severity = told.get("severity", "")
    strict = told.get("strict", severity)
    _demand(severity in get_args(Severity) and strict in get_args(Severity), code, "its severity is unknown")
    _demand(bool(told.get("basis")) and bool(told.get("mend")), code, "it has no basis or no way to mend")
    return BillingRule(
        code,
        told["name"],
        severity,
        strict,
        _message(told["title"]),
        _message(told["duty"]),
        tuple(told["judges"]),
        tuple(told.get("needs", ())),
        tuple(told.get("kinds", ())),
        tuple(_rest(code, one) for one in told["basis"]),
        tuple(Way(_kind(code, one["kind"]), _message(one)) for one in told["mend"]),
    )


def _rest(code: str, told: Mapping[str, str]) -> Rest:
    words = billing_words()
    _demand(told["source"] in words["sources"], code, "its source is unknown")
    _demand(told["certainty"] in words["certainties"], code, "its certainty is unknown")
    source = words["sources"][told["source"]]
    return Rest(
        told["source"], _message(source["title"]), source.get("url"), told["where"], told["certainty"]
    )


def _kind(code: str, kind: str) -> Kind:
    _demand(kind in get_args(Kind), code, "its way to mend is of no kind")
    return cast("Kind", kind)


def _message(told: Mapping[str, str]) -> Message:
    return Message(told["ja"], told["en"])


def _demand(holds: bool, place: str, said: str) -> None:
    if not holds:
        raise InvalidLaw("請求データの規則の表が正しくありません。", said, place=f"words/billing: {place}")

"""The law a strategy is asked for: month, service, municipality, overlays and readings, checked and drawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, get_args

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from zaitaku_rules.errors import InvalidCall, nearest, shown_value
from zaitaku_rules.law import Overlay, load_overlay, nation
from zaitaku_rules.records.fields import Service
from zaitaku_rules.records.written import month_written, municipality_written
from zaitaku_rules.testing.notation import FUJIEDA, MONTH
from zaitaku_rules.testing.strategies.demands import Demands, demands

SERVICES: tuple[str, ...] = ("continuation_b", "continuation_a", "transition")
"""The services of which a lawful month surely exists without a reading."""

MONTHS = (MONTH, *(f"{year}-{month:02d}" for year in range(2012, 2028) for month in range(1, 13)))


@dataclass(frozen=True, slots=True)
class LawAsked:
    """The law of one drawn month."""

    month: str
    service: str
    municipality: str = FUJIEDA
    overlays: tuple[Overlay, ...] = ()
    readings: Mapping[str, str] = field(default_factory=dict[str, str])

    @property
    def demands(self) -> Demands:
        """What it asks of a lawful month; raises InvalidCall where there is none."""
        return demands(self.month, self.service, self.municipality, self.overlays, self.readings)

    def put_into(self, document: dict[str, Any]) -> dict[str, Any]:
        """Return a document with the service and the municipality of this law."""
        user = {**document["user"], "municipality": self.municipality}
        provider = {**document["provider"], "service": self.service}
        if provider.get("municipality") == FUJIEDA:
            provider["municipality"] = self.municipality
        return {**document, "user": user, "provider": provider}


def laws(
    month: str | None,
    service: str | None,
    municipality: str | None,
    overlays: Sequence[Overlay | str | Path] = (),
    readings: Mapping[str, str] | None = None,
    months: Sequence[str] = MONTHS,
    services: Sequence[str] = SERVICES,
) -> SearchStrategy[LawAsked]:
    """Draw the law of a month; what is not asked for is drawn among what is surely lawful nationally."""
    laid = tuple(one if isinstance(one, Overlay) else load_overlay(one) for one in overlays)
    place = _municipality(municipality)
    wanted = [_month(month)] if month else list(months)
    of = [_service(service)] if service else list(services)
    pairs = [(one, name) for one in wanted for name in of if service or month or _is_open(one, name)]
    return st.sampled_from(pairs).map(lambda pair: LawAsked(*pair, place, laid, dict(readings or {})))


def _is_open(month: str, service: str) -> bool:
    return f"{nation().file.scheme[service]:%Y-%m}" <= month  # type: ignore[index]  # one of SERVICES


def _month(text: str) -> str:
    if found := month_written(text):
        return found
    shown = shown_value(text) or "?"
    raise InvalidCall(
        f"月ではありません: {shown}。2026-02 のように書いてください。",
        f"not a month: {shown}; write YYYY-MM such as 2026-02",
        place="month",
    )


def _service(word: str) -> str:
    known = get_args(Service)
    if word in known:
        return word
    near = nearest(word, known)
    raise InvalidCall(
        f"知らないサービスです。{f'{near} のことですか。' if near else ''}使える値: {', '.join(known)}",
        f"unknown service{f'; did you mean {near}?' if near else ''} (known: {', '.join(known)})",
        place="service",
    )


def _municipality(text: str | None) -> str:
    if text is None:
        return FUJIEDA
    if found := municipality_written(text):
        return found
    raise InvalidCall(
        "市町村コードではありません。検査数字を含む6桁(または検査数字を除く5桁)を書いてください。",
        "not a municipality code: write six digits with the right check digit (or five without it)",
        place="municipality",
    )

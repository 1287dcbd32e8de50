"""Users by the law they live under: few groups, whatever the number of municipalities."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np

from zaitaku_rules.bulk.engines import ArrowTable, pa
from zaitaku_rules.law import Overlay, RuleSet, overlay_of, rules_for


@dataclass(frozen=True)
class LawAsked:
    """By which law a nation is judged: the users' own, with overlays on top and readings chosen.

    `on` asks for the law as it stood on that day. `name` is how the law was asked for.
    """

    overlays: tuple[Overlay, ...] = ()
    readings: Mapping[str, str] = field(default_factory=dict[str, str])
    on: date | None = None
    name: str = ""

    def of(self, municipality: str, month: str, service: str) -> RuleSet:
        """Return the law of a place in a month."""
        return rules_for(
            municipality,
            month,
            service,
            overlays=self.overlays,
            readings=dict(self.readings),
            on=self.on,
        )


@dataclass(frozen=True)
class Group:
    """Users who live under one law, as an ascending array of their rows."""

    law: RuleSet
    rows: Any


def groups(users: ArrowTable, month: str, asked: LawAsked) -> list[Group]:
    """Return the users by resolved law: by the overlay of their municipality, and by service."""
    places = users["municipality"].combine_chunks().dictionary_encode()
    services = users["service"].combine_chunks().cast(pa.string()).dictionary_encode()
    codes, kinds = places.dictionary.to_pylist(), services.dictionary.to_pylist()
    overlays = [overlay.id if (overlay := overlay_of(code)) else "" for code in codes]
    first = {name: codes[overlays.index(name)] for name in overlays}
    numbers = {name: number for number, name in enumerate(first)}
    of_place = np.array([numbers[name] for name in overlays], np.int64)
    keys = of_place[places.indices.to_numpy()] * len(kinds) + services.indices.to_numpy()
    found: list[Group] = []
    for name, number in numbers.items():
        for kind, service in enumerate(kinds):
            rows = np.flatnonzero(keys == number * len(kinds) + kind)
            if len(rows):
                found.append(Group(asked.of(first[name], month, service), rows))
    return found

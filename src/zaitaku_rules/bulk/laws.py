"""Users by the law they live under: few groups, whatever the number of municipalities."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from typing import Any, NamedTuple

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


class Stretch(NamedTuple):
    """Rows of users that stand together, of one municipality (or one of those without rules) and service."""

    municipality: str
    service: str
    rows: range


class Group(NamedTuple):
    """Users who live under one law, and their rows, which stand together."""

    law: RuleSet
    rows: range


def in_groups(users: ArrowTable) -> ArrowTable:
    """Return the users in such an order that those who live under one law stand together."""
    return users.take(pa.array(np.argsort(_places_and_services(users)[0], kind="stable")))


def stretches(users: ArrowTable) -> list[Stretch]:
    """Return the stretches of users who are `in_groups`, whatever the law says."""
    keys, kinds = _places_and_services(users)
    starts = np.flatnonzero(np.append(True, keys[1:] != keys[:-1])) if len(keys) else np.zeros(0, np.int64)
    bounds = [*starts.tolist(), len(keys)]
    return [Stretch(*kinds[int(keys[begin])], range(begin, end)) for begin, end in pairwise(bounds)]


def groups(found: Iterable[Stretch], month: str, asked: LawAsked) -> list[Group]:
    """Return the users of stretches by the law they live under."""
    return [Group(asked.of(one.municipality, month, one.service), one.rows) for one in found]


def _places_and_services(users: ArrowTable) -> tuple[Any, list[tuple[str, str]]]:
    """Return a number for each user, and of each number a municipality and the service.

    Municipalities without rules of their own are as one.
    """
    places = users["municipality"].combine_chunks().dictionary_encode()
    services = users["service"].combine_chunks().cast(pa.string()).dictionary_encode()
    codes, kinds = places.dictionary.to_pylist(), sorted(services.dictionary.to_pylist())
    overlays = [overlay.id if (overlay := overlay_of(code)) else "" for code in codes]
    names = sorted(set(overlays))
    of_place = np.array([names.index(name) for name in overlays], np.int64)
    of_service = np.array([kinds.index(kind) for kind in services.dictionary.to_pylist()], np.int64)
    keys = of_place[places.indices.to_numpy()] * len(kinds) + of_service[services.indices.to_numpy()]
    first = {name: codes[overlays.index(name)] for name in names}
    return keys, [(first[name], kind) for name in names for kind in kinds]

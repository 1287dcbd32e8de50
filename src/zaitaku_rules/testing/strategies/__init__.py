"""Hypothesis strategies for those who test software of their own: what they yield is told with its answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from zaitaku_rules.law import Overlay
from zaitaku_rules.testing.strategies.adversarial import EDGES, SERVICES, Written, written_otherwise
from zaitaku_rules.testing.strategies.asked import LawAsked, laws
from zaitaku_rules.testing.strategies.breaking import BREAKS
from zaitaku_rules.testing.strategies.lawful import lawful_documents
from zaitaku_rules.testing.strategies.near_miss import NearMiss, check_code
from zaitaku_rules.testing.strategies.near_misses import near_misses

__all__ = ["NearMiss", "Written", "adversarial_months", "lawful_months", "near_miss_months"]


def lawful_months(
    *,
    month: str | None = None,
    service: str | None = None,
    municipality: str | None = None,
    overlays: Sequence[Overlay | str | Path] = (),
    readings: Mapping[str, str] | None = None,
) -> SearchStrategy[dict[str, Any]]:
    """Draw case documents of which every rule is surely kept, idle or not in force, under the law asked for.

    Without arguments the month is drawn from April 2012 to 2027 and the service among those open to home use
    then, under the national law. A failing example shrinks towards the plain lawful month: 18 weekdays at
    home in February 2026. Judge it with the same overlays and readings.
    Raises InvalidCall, when an example is drawn, where no month is surely lawful under that law.
    """
    return laws(month, service, municipality, overlays, readings).flatmap(_lawful)


def _lawful(asked: LawAsked) -> SearchStrategy[dict[str, Any]]:
    return lawful_documents(asked.demands).map(asked.put_into)


def near_miss_months(
    code: str | None = None, *, month: str | None = None, service: str | None = None
) -> SearchStrategy[NearMiss]:
    """Draw months in which exactly one rule breaks, surely, with the days on which it does.

    `code` is the rule; without it any rule of the catalogue is drawn, for each has near misses. A rule that
    is off nationally comes with an overlay that switches it on.
    Raises InvalidCall for an unknown rule, or a month in which it cannot break alone.
    """
    if code is None:
        return st.sampled_from(list(BREAKS)).flatmap(near_miss_months)
    check_code(code)
    return near_misses(code, month, service)


def adversarial_months(
    *, month: str | None = None, service: str | None = None, municipality: str | None = None
) -> SearchStrategy[Written]:
    """Draw legal case documents that stress a reader, each with the same records in plain writing.

    Leap days, new eras, months of six weeks; dates in Japanese era and full width, moments with an offset,
    rows doubled, shuffled or out of the month, null for absent; lists absent, empty or covered in part,
    questions asked in mid-month, contacts at midnight, approvals of other services. Each must be judged
    without an error, and `document` and `plain` alike. Nothing more is told of the outcome.
    """
    months, services = [month] if month else EDGES, [service] if service else SERVICES
    pairs = st.tuples(st.sampled_from(months), st.sampled_from(services))
    return pairs.flatmap(lambda pair: laws(*pair, municipality)).flatmap(written_otherwise)

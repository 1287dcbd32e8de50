"""Draws months in which exactly one rule breaks: a lawful month, changed in one thing."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from zaitaku_rules.errors import InvalidCall
from zaitaku_rules.law import Overlay, rules_for
from zaitaku_rules.testing.inline_law import overlays
from zaitaku_rules.testing.notation import MONTH
from zaitaku_rules.testing.strategies.asked import MONTHS, SERVICES, LawAsked, laws
from zaitaku_rules.testing.strategies.breaking import BREAKS
from zaitaku_rules.testing.strategies.lawful import lawful_sketches
from zaitaku_rules.testing.strategies.near_miss import NearMiss

_SETS: dict[str, dict[str, Any]] = {"Z110": {"approval_months": 12}, "Z601": {"submission_day": 10}}
"""Numbers that make the days of a near miss easy to tell."""

_READINGS = {"Z401": {"joint_visit": "false"}, "Z402": {"assessment_on_use_day": "true"}}
"""Questions settled so that more ways of breaking a rule are sure."""

_SPANS = {
    "Z105": ("2021-04", "2027-12"),
    "Z106": ("2012-04", "2027-12"),
    "Z107": ("2012-04", "2015-03"),
    "Z108": ("2015-04", "2018-03"),
    "Z404": ("2020-07", "2027-12"),
}
"""The months in which a rule can break alone: Z404 needs evaluations that are not held in person."""

_SERVICES = {"Z107": ("transition",), "Z108": ("transition",)}


def near_misses(code: str, month: str | None, service: str | None) -> SearchStrategy[NearMiss]:
    """Draw near misses of one rule."""
    first, last = _SPANS.get(code, ("2012-04", "2027-12"))
    months = [one for one in MONTHS if first <= one <= last]
    if month is not None and not first <= month <= last:
        raise InvalidCall(
            f"{code} だけが不適合になる月は {first} から {last} までです。",
            f"{code} breaks alone in months from {first} to {last} only",
            place="month",
        )
    services = _SERVICES.get(code, SERVICES)
    of = service or (services[0] if len(services) == 1 else None)
    asked = laws(month, of, None, _laid(code), _READINGS.get(code), months, services)
    return asked.flatmap(lambda law: _near_miss(code, law))


def _laid(code: str) -> list[Overlay]:
    """Return the overlay that switches an optional rule on, where it is one."""
    national = any(
        rules_for("222143", month, service).rules[code].in_force
        for month, service in ((MONTH, "continuation_b"), ("2016-02", "transition"))
    )
    if national and code != "Z106":
        return []
    return overlays({"overlays": [{"enable": [code], "set": _SETS.get(code, {})}]}, Path())


@st.composite
def _near_miss(draw: DrawFn, code: str, law: LawAsked) -> NearMiss:
    # Where home use is not open at all, the month is one of a service for which it is.
    demands = (replace(law, service="continuation_b") if code == "Z107" else law).demands
    sketch = draw(lawful_sketches(demands, weekends=False))
    days = tuple(sorted(BREAKS[code](draw, sketch, demands)))
    return NearMiss(law.put_into(sketch.document()), code, days, law.overlays, law.readings)

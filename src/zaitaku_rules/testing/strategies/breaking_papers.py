"""Breaks one rule of a lawful month by its papers: what was wished, decided, notified, kept ready."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from dateutil.relativedelta import relativedelta
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from zaitaku_rules.testing.notation import PROVIDER
from zaitaku_rules.testing.strategies.demands import Demands
from zaitaku_rules.testing.strategies.marked import DAY, Break, breaks, home_day
from zaitaku_rules.testing.strategies.sketch import Sketch

PAPERS: dict[str, Break] = {}
"""How to break each rule about papers."""


def _late_start(draw: DrawFn, sketch: Sketch) -> tuple[date, list[date]]:
    """Draw a day after the first home day on which a paper begins, and return the home days without it."""
    begin = draw(st.sampled_from([*sketch.home[1:], sketch.days[-1] + DAY]))
    return begin, [day for day in sketch.home if day < begin]


def _paper(track: str, words: Callable[[date, Sketch], Any]) -> Break:
    """Let a paper begin too late."""

    def late(draw: DrawFn, sketch: Sketch, _: Demands) -> Iterable[date]:
        begin, without = _late_start(draw, sketch)
        sketch.more[track] = words(begin, sketch)
        return without

    return late


def _ending(sketch: Sketch, begin: date) -> str:
    return f"{begin}~{sketch.days[-1] + 60 * DAY}"


PAPERS["Z101"] = _paper("wish", lambda begin, _: begin.isoformat())
PAPERS["Z104"] = _paper("notification", lambda begin, sketch: [_notice(begin, sketch.days[0])])
PAPERS["Z105"] = _paper("plan", lambda begin, _: {"": f"{begin}~", "silent": f"2012-01-01~{begin - DAY}"})
PAPERS["Z109"] = _paper("assessment", lambda begin, _: begin.isoformat())
PAPERS["Z111"] = _paper("notification", lambda begin, sketch: [_notice(begin, sketch.days[0])])
PAPERS["Z113"] = _paper("home_use", lambda begin, sketch: [_approval(sketch, begin)])
PAPERS["Z305"] = _paper("consent", lambda begin, _: f"{begin}~")
_READY = {
    "Z201": "operating_rules",
    "Z202": "work_menu",
    "Z203": "emergency_response",
    "Z204": "on_request_support",
    "Z205": "record_submission",
    "Z206": "emergency_arrival",
    "Z208": "home_environment_check",
    "Z209": "complaint_desk",
    "Z210": "equipment_lent",
    "Z211": "confidential_workplace",
    "Z212": "operating_rules_change_received",
}


def _readiness(kind: str) -> Break:
    return _paper("readiness", lambda begin, _: {kind: f"{begin}~"})


PAPERS.update({code: _readiness(kind) for code, kind in _READY.items()})


def _ground(sketch: Sketch) -> str:
    return str(next(iter(sketch.more["home_use"])))


def _notice(sent: date, begin: date) -> dict[str, str]:
    at = dict.fromkeys(("submitted", "accepted"), sent.isoformat())
    return {"kind": "initial", **at, "from": begin.isoformat(), "provider": PROVIDER}


def _approval(sketch: Sketch, issued: date) -> dict[str, Any]:
    begin = {"from": (sketch.days[0] - 31 * DAY).isoformat(), "issued": issued.isoformat()}
    return {**begin, "ground": _ground(sketch), "on_certificate": True}


@breaks(PAPERS, "Z102")
def _unapproved(draw: DrawFn, sketch: Sketch, _: Demands) -> Iterable[date]:
    begin, without = _late_start(draw, sketch)
    # Life support at home asks for an approval as well (Z504).
    sketch.more |= {"home_use": {_ground(sketch): _ending(sketch, begin)}, "life_support": "none"}
    return without


@breaks(PAPERS, "Z103")
def _undecided(draw: DrawFn, sketch: Sketch, _: Demands) -> Iterable[date]:
    begin = draw(st.sampled_from([*sketch.used[1:], sketch.days[-1] + DAY]))
    sketch.more["decision"] = {"days_31": _ending(sketch, begin)}
    if begin > sketch.days[-1]:
        sketch.more["decision"] = "none"
    return [day for day in sketch.used if day < begin]


@breaks(PAPERS, "Z106")
def _wrong_ground(draw: DrawFn, sketch: Sketch, _: Demands) -> Iterable[date]:
    begin, without = _late_start(draw, sketch)
    sketch.more["home_use"] = {
        "support_effective": f"{sketch.days[0] - 31 * DAY}~{begin - DAY}",
        "commuting_difficult": _ending(sketch, begin),
    }
    return without


@breaks(PAPERS, "Z107")
def _not_open(_: DrawFn, sketch: Sketch, __: Demands) -> Iterable[date]:
    return sketch.home


@breaks(PAPERS, "Z108")
def _too_old(draw: DrawFn, sketch: Sketch, _: Demands) -> Iterable[date]:
    turns = draw(st.sampled_from([day for day in sketch.used if (day.month, day.day) != (2, 29)]))
    sketch.more["user"] = {"birth_date": (turns - relativedelta(years=65)).isoformat()}
    return [day for day in sketch.used if day >= turns]


@breaks(PAPERS, "Z110")
def _too_long(draw: DrawFn, sketch: Sketch, _: Demands) -> Iterable[date]:
    begin = home_day(draw, sketch) - relativedelta(months=12)
    sketch.more["home_use"] = {_ground(sketch): f"{begin}~{begin + relativedelta(months=30)}"}
    return [day for day in sketch.home if day >= begin + relativedelta(months=12)]


@breaks(PAPERS, "Z112")
def _same_month(draw: DrawFn, sketch: Sketch, _: Demands) -> Iterable[date]:
    sent = draw(st.sampled_from(sketch.days))
    sketch.more["notification"] = [_notice(sent, sketch.days[0])]
    return sketch.home


@breaks(PAPERS, "Z207")
def _elsewhere(draw: DrawFn, sketch: Sketch, _: Demands) -> Iterable[date]:
    begin, without = _late_start(draw, sketch)
    sketch.more |= {
        "provider": {"municipality": "082023"},
        "readiness": {"area_agreement": f"{begin}~"},
    }
    return without

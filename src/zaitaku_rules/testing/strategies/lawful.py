"""Draws lawful months: the plain one of the notation first, and from there on others that keep every rule."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from dateutil.relativedelta import relativedelta
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from zaitaku_rules.testing.lawful_month import HOME_DAYS
from zaitaku_rules.testing.notation import PROVIDER
from zaitaku_rules.testing.strategies.demands import Demands
from zaitaku_rules.testing.strategies.sketch import AT_HOME, Sketch, weeks

_ELSEWHERE = ("none", "home", "office", "satellite", "offsite")
_HOURS = ("@-", "@09:00-12:00", "@13:00-16:30", "@22:00-23:59")
_CALLS = ("channels", "more", "by_user", "one_way", "midnight")
_BEGINNINGS = (7, 1, 2, 3, 4, 5, 6, 8, 9, 10, 11)


@st.composite
def lawful_sketches(draw: DrawFn, demands: Demands, *, weekends: bool = True) -> Sketch:
    """Draw a month in which every rule is kept, under the strictest reading of the law."""
    places = _places(draw, demands, weekends)
    sketch = Sketch(demands.calendar, places, {}, {}, None)
    _assess(draw, sketch, demands)
    _evaluate(draw, sketch, demands)
    _call(draw, sketch, demands)
    sketch.hours = _drawn_for(draw, sketch.used, _HOURS)
    _stay_away(draw, sketch)
    sketch.more = _papers(draw, sketch, demands)
    return sketch


def _drawn_for(draw: DrawFn, days: list[date], words: Sequence[str]) -> dict[date, str]:
    """Draw what is otherwise on some days: none in the smallest example, so it shrinks to the plain month."""
    return draw(st.dictionaries(st.sampled_from(days), st.sampled_from(words), max_size=len(days)))


def _places(draw: DrawFn, demands: Demands, weekends: bool) -> dict[date, str]:
    """Draw where each day is spent: as in the plain month, but for some days."""
    days = [day for day in _days(demands) if weekends or day.weekday() < 5]
    plain = _plain(demands)
    drawn = {**plain, **_drawn_for(draw, days, _ELSEWHERE)}
    lawful = _within(demands, {day: place for day, place in drawn.items() if place != "none"})
    return lawful if any(place in AT_HOME for place in lawful.values()) else _within(demands, plain)


def _days(demands: Demands) -> list[date]:
    first = demands.calendar.first
    return [first + timedelta(days=step) for step in range(demands.calendar.length)]


def _plain(demands: Demands) -> dict[date, str]:
    weekdays = [day for day in _days(demands) if day.weekday() < 5]
    return {
        **dict.fromkeys(weekdays[:HOME_DAYS], "home"),
        **dict.fromkeys(weekdays[HOME_DAYS : HOME_DAYS + 1], "office"),
    }


def _within(demands: Demands, places: dict[date, str]) -> dict[date, str]:
    """Keep within the days of the month, and go to the office as often as asked."""
    found = dict(sorted(places.items())[: demands.calendar.length - 8])
    if not any(place == "office" for place in found.values()) and len(found) > 1:
        found[max(found)] = "office"
    for week in weeks(demands.calendar, demands.week_starts) if demands.commutes else ():
        inside = [day for day in week if day in found]
        at_home = [day for day in inside if found[day] in AT_HOME]
        there = [day for day in inside if found[day] == "office"]
        lacking = demands.commutes - len(there)
        if at_home and lacking > 0:
            found |= dict.fromkeys(at_home[::-1][:lacking], "office")
    return found


def _assess(draw: DrawFn, sketch: Sketch, demands: Demands) -> None:
    """Have the achievement assessed once, by a means and at a place that the law accepts."""
    there = {"commute": sketch.at("office"), "visit": sketch.home}
    ways = [way for way in demands.assessments if there[way[0]]]
    means, place = draw(st.sampled_from(ways))
    sketch.assessed = (draw(st.sampled_from(there[means])), means, place)


def _evaluate(draw: DrawFn, sketch: Sketch, demands: Demands) -> None:
    """Hold as many evaluations as asked in each week with a home day, wherever weeks begin."""
    others = _drawn_for(draw, sketch.days, demands.weekly_means[1:] or demands.weekly_means)
    for week in weeks(demands.calendar, demands.week_starts):
        inside = [day for day in week if demands.calendar.bit(day) & demands.calendar.month_mask]
        home = [day for day in inside if sketch.places.get(day) in AT_HOME]
        choices = dict.fromkeys((*home[::-1], *inside, *week))
        missing = demands.evaluations - sum(day in sketch.weekly for day in week)
        for day in [day for day in choices if day not in sketch.weekly][: max(missing, 0)] if home else ():
            possible = _means_on(day, sketch, demands)
            wanted = others.get(day, "")
            sketch.weekly[day] = wanted if wanted in possible else possible[0]


def _means_on(day: date, sketch: Sketch, demands: Demands) -> list[str]:
    """Return the means that serve on a day: none that the assessment of that day would join."""
    is_office = sketch.places.get(day) == "office"
    joined = sketch.assessed and sketch.assessed[:2] == (day, "visit")
    refused = {*(() if is_office else ("commute",)), *(("visit",) if joined else ())}
    return [means for means in demands.weekly_means if means not in refused]


def _call(draw: DrawFn, sketch: Sketch, demands: Demands) -> None:
    """Give each home day its contacts, the first and the last far enough apart."""
    styles = _drawn_for(draw, sketch.home, _CALLS)
    for day in sketch.home:
        sketch.calls[day] = calls(demands, styles.get(day, "plain"), day.day)


def calls(demands: Demands, style: str = "plain", turn: int = 0) -> list[tuple[str, str]]:
    """Return contacts of one day, as many as the law asks for; with some styles, more."""
    is_wide = style == "midnight" or demands.gap_minutes >= 300
    first, last = (0, 24 * 60 - 1) if is_wide else (10 * 60, 15 * 60)
    number = max(demands.contacts, 2)
    minutes = [first + (last - first) * step // (number - 1) for step in range(number)]
    turning = demands.channels[turn % len(demands.channels) :] + demands.channels
    channels = turning if style == "channels" else demands.channels[:1] * number
    found = [(_clock(at), channels[step % len(channels)]) for step, at in enumerate(minutes)]
    if style == "by_user":
        found = [(at, f"{how}_by_user") for at, how in found]
    extra = {"more": ("12:31", demands.channels[0]), "one_way": ("12:31", "one_way")}
    return [*found, *([extra[style]] if style in extra else [])]


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def _stay_away(draw: DrawFn, sketch: Sketch) -> None:
    """Record some absences, at most four of them with the addition."""
    days = draw(st.lists(st.sampled_from(sketch.free), max_size=4, unique=True)) if sketch.free else []
    claimed = draw(st.booleans()) if days else False
    sketch.absent = dict.fromkeys(sorted(days), "claimed" if claimed else "")


def _papers(draw: DrawFn, sketch: Sketch, demands: Demands) -> dict[str, Any]:
    """Draw the papers, which begin at the first of some month before, and what else happened."""
    first, last = demands.calendar.first, demands.calendar.last
    known = [months for months in _BEGINNINGS if months < demands.approval_months] or [0]
    begin = first - relativedelta(months=draw(st.sampled_from(known)))
    wish = begin - relativedelta(months=draw(st.sampled_from((2, 1, 12))))
    end = begin + relativedelta(months=12, days=-1)
    ground = draw(st.sampled_from(demands.grounds[::-1]))
    sent = (last - timedelta(days=5)).isoformat()
    return {
        "wish": wish.isoformat(),
        "assessment": wish.isoformat(),
        "decision": _decision(draw, sketch, begin, end),
        "home_use": {ground: f"{begin}~{end}"},
        "notification": _notifications(begin, wish, demands),
        "plan": _one_or_two(draw, begin, first),
        "consent": f"{begin}~",
        "submission": sent,
        "user": {"birth_date": f"{first.year - min(36, demands.age_limit - 1)}-04-01"},
        **_happened(draw, sketch, demands),
    }


def _decision(draw: DrawFn, sketch: Sketch, begin: date, end: date) -> dict[str, str]:
    granted = draw(st.sampled_from(("", f"days_{len(sketch.used)}", "days_31")))
    return {granted: f"{begin}~{end}"}


def _notifications(begin: date, wish: date, demands: Demands) -> list[dict[str, str]]:
    """Notify before home use begins, and again for each fiscal year where that is asked."""
    sent = {"submitted": f"{wish}", "accepted": f"{wish}", "provider": PROVIDER}
    first = {"kind": "initial", **sent, "from": f"{begin}"}
    april = date(demands.calendar.first.year - (demands.calendar.first.month < 4), 4, 1)
    if "fiscal_year" not in demands.renewals or begin >= april:
        return [first]
    sent |= dict.fromkeys(("submitted", "accepted"), f"{april - timedelta(days=20)}")
    return [first, {"kind": "renewal", **sent, "from": f"{april}"}]


def _one_or_two(draw: DrawFn, begin: date, first: date) -> str:
    """Return one period without an end, or two that follow each other within the month."""
    middle = first + timedelta(days=draw(st.sampled_from((0, 9, 20))))
    if middle == first:
        return f"{begin}~"
    return f"{begin}~{middle - timedelta(days=1)} {middle}~"


def _happened(draw: DrawFn, sketch: Sketch, demands: Demands) -> dict[str, Any]:
    """Draw what need not happen: questions answered, life support, a stay in hospital between days of use."""
    asked = draw(st.lists(st.sampled_from(sketch.days), max_size=2, unique=True))
    helped = draw(st.lists(st.sampled_from(sketch.home), max_size=2, unique=True))
    stay = draw(st.sampled_from(["none", *_stays(sketch)]))
    reports = draw(st.sampled_from(("", "after_0", f"after_{demands.report_days}")))
    at_home = " ".join(map(str, sketch.home))
    return {
        "inquiry": " ".join(map(str, sorted(asked))) or "none",
        "life_support": " ".join(map(str, sorted(helped))) or "none",
        "hospital": stay,
        "report": {reports: at_home},
    }


def _stays(sketch: Sketch) -> list[str]:
    """Return the stays in hospital that begin and end on neighbouring home days."""
    return [f"{one}~{other}" for one, other in zip(sketch.home, sketch.home[1:], strict=False)]


def lawful_documents(demands: Demands) -> SearchStrategy[dict[str, Any]]:
    """Draw the documents of lawful months under the demands of a law."""
    return lawful_sketches(demands).map(Sketch.document)

"""For each rule, how a lawful month is changed so that this rule alone breaks, and on which days."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import Any, TypeAlias

from dateutil.relativedelta import relativedelta
from hypothesis import assume
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from zaitaku_rules.testing.notation import PROVIDER
from zaitaku_rules.testing.strategies.demands import Demands
from zaitaku_rules.testing.strategies.lawful import calls
from zaitaku_rules.testing.strategies.sketch import Sketch

Break: TypeAlias = Callable[[DrawFn, Sketch, Demands], Iterable[date]]
"""Changes a lawful month and returns the days that then break the rule."""

BREAKS: dict[str, Break] = {}
"""How to break each rule."""

_DAY, _WEEK = timedelta(days=1), timedelta(days=7)


def _breaks(*codes: str) -> Callable[[Break], Break]:
    def mark(found: Break) -> Break:
        BREAKS.update(dict.fromkeys(codes, found))
        return found

    return mark


def _home_day(draw: DrawFn, sketch: Sketch) -> date:
    return draw(st.sampled_from(sketch.home))


def _late_start(draw: DrawFn, sketch: Sketch) -> tuple[date, list[date]]:
    """Draw a day after the first home day on which a paper begins, and return the home days without it."""
    begin = draw(st.sampled_from([*sketch.home[1:], sketch.days[-1] + _DAY]))
    return begin, [day for day in sketch.home if day < begin]


def _paper(track: str, words: Callable[[date, Sketch], Any]) -> Break:
    """Let a paper begin too late."""

    def late(draw: DrawFn, sketch: Sketch, _: Demands) -> Iterable[date]:
        begin, without = _late_start(draw, sketch)
        sketch.more[track] = words(begin, sketch)
        return without

    return late


def _ending(sketch: Sketch, begin: date) -> str:
    return f"{begin}~{sketch.days[-1] + 60 * _DAY}"


BREAKS["Z101"] = _paper("wish", lambda begin, _: begin.isoformat())
BREAKS["Z104"] = _paper("notification", lambda begin, sketch: [_notice(begin, sketch.days[0])])
BREAKS["Z105"] = _paper("plan", lambda begin, _: {"": f"{begin}~", "silent": f"2012-01-01~{begin - _DAY}"})
BREAKS["Z109"] = _paper("assessment", lambda begin, _: begin.isoformat())
BREAKS["Z111"] = _paper("notification", lambda begin, sketch: [_notice(begin, sketch.days[0])])
BREAKS["Z113"] = _paper("home_use", lambda begin, sketch: [_approval(sketch, begin)])
BREAKS["Z305"] = _paper("consent", lambda begin, _: f"{begin}~")
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


BREAKS.update({code: _readiness(kind) for code, kind in _READY.items()})


def _ground(sketch: Sketch) -> str:
    return str(next(iter(sketch.more["home_use"])))


def _notice(sent: date, begin: date) -> dict[str, str]:
    at = dict.fromkeys(("submitted", "accepted"), sent.isoformat())
    return {"kind": "initial", **at, "from": begin.isoformat(), "provider": PROVIDER}


def _approval(sketch: Sketch, issued: date) -> dict[str, Any]:
    begin = {"from": (sketch.days[0] - 31 * _DAY).isoformat(), "issued": issued.isoformat()}
    return {**begin, "ground": _ground(sketch), "on_certificate": True}


@_breaks("Z102")
def _unapproved(draw: DrawFn, sketch: Sketch, _: Demands) -> Iterable[date]:
    begin, without = _late_start(draw, sketch)
    # Life support at home asks for an approval as well (Z504).
    sketch.more |= {"home_use": {_ground(sketch): _ending(sketch, begin)}, "life_support": "none"}
    return without


@_breaks("Z103")
def _undecided(draw: DrawFn, sketch: Sketch, _: Demands) -> Iterable[date]:
    begin = draw(st.sampled_from([*sketch.used[1:], sketch.days[-1] + _DAY]))
    sketch.more["decision"] = {"days_31": _ending(sketch, begin)}
    if begin > sketch.days[-1]:
        sketch.more["decision"] = "none"
    return [day for day in sketch.used if day < begin]


@_breaks("Z106")
def _wrong_ground(draw: DrawFn, sketch: Sketch, _: Demands) -> Iterable[date]:
    begin, without = _late_start(draw, sketch)
    sketch.more["home_use"] = {
        "support_effective": f"{sketch.days[0] - 31 * _DAY}~{begin - _DAY}",
        "commuting_difficult": _ending(sketch, begin),
    }
    return without


@_breaks("Z107")
def _not_open(_: DrawFn, sketch: Sketch, __: Demands) -> Iterable[date]:
    return sketch.home


@_breaks("Z108")
def _too_old(draw: DrawFn, sketch: Sketch, _: Demands) -> Iterable[date]:
    turns = draw(st.sampled_from([day for day in sketch.used if (day.month, day.day) != (2, 29)]))
    sketch.more["user"] = {"birth_date": (turns - relativedelta(years=65)).isoformat()}
    return [day for day in sketch.used if day >= turns]


@_breaks("Z110")
def _too_long(draw: DrawFn, sketch: Sketch, _: Demands) -> Iterable[date]:
    begin = _home_day(draw, sketch) - relativedelta(months=12)
    sketch.more["home_use"] = {_ground(sketch): f"{begin}~{begin + relativedelta(months=30)}"}
    return [day for day in sketch.home if day >= begin + relativedelta(months=12)]


@_breaks("Z112")
def _same_month(draw: DrawFn, sketch: Sketch, _: Demands) -> Iterable[date]:
    sent = draw(st.sampled_from(sketch.days))
    sketch.more["notification"] = [_notice(sent, sketch.days[0])]
    return sketch.home


@_breaks("Z207")
def _elsewhere(draw: DrawFn, sketch: Sketch, _: Demands) -> Iterable[date]:
    begin, without = _late_start(draw, sketch)
    sketch.more |= {
        "provider": {"municipality": "082023"},
        "readiness": {"area_agreement": f"{begin}~"},
    }
    return without


@_breaks("Z301")
def _too_few_contacts(draw: DrawFn, sketch: Sketch, demands: Demands) -> Iterable[date]:
    day = _home_day(draw, sketch)
    number = draw(st.integers(0, demands.contacts - 1))
    unheard = draw(st.sampled_from(("", "one_way", "phone_by_user_unanswered")))
    sketch.calls[day] = [*calls(demands)[:number], *([("18:00", unheard)] if unheard else [])]
    return [day]


@_breaks("Z302")
def _no_report(draw: DrawFn, sketch: Sketch, _: Demands) -> Iterable[date]:
    day = _home_day(draw, sketch)
    sketch.more |= {"without": {"report": str(day)}}
    return [day]


@_breaks("Z303")
def _not_described(draw: DrawFn, sketch: Sketch, _: Demands) -> Iterable[date]:
    day = _home_day(draw, sketch)
    sketch.more[draw(st.sampled_from(("support", "activity")))] = {"blank": str(day)}
    return [day]


@_breaks("Z304")
def _not_recorded(draw: DrawFn, sketch: Sketch, _: Demands) -> Iterable[date]:
    how = draw(st.sampled_from(("none", "both_unsecured", "training", "support")))
    sketch.more["recording"] = how if how == "none" else {how: " ".join(map(str, sketch.home))}
    return sketch.home


@_breaks("Z306")
def _unanswered(draw: DrawFn, sketch: Sketch, _: Demands) -> Iterable[date]:
    asked = draw(st.sampled_from(sketch.days[:-5]))
    sketch.more["inquiry"] = {draw(st.sampled_from(("unanswered", "after_4"))): str(asked)}
    return [asked]


@_breaks("Z307")
def _unattended(draw: DrawFn, sketch: Sketch, _: Demands) -> Iterable[date]:
    called = draw(st.sampled_from(sketch.days[:-5]))
    how = draw(st.sampled_from(("unattended", "after_1", "by_other")))
    sketch.more["emergency"] = {how: str(called)}
    return [called]


@_breaks("Z308")
def _off_the_menu(draw: DrawFn, sketch: Sketch, _: Demands) -> Iterable[date]:
    day = _home_day(draw, sketch)
    sketch.more["activity"] = {"切手の整理": str(day)}
    return [day]


def _inner_week(draw: DrawFn, sketch: Sketch) -> tuple[list[date], list[date]]:
    """Draw a week with home days that lies within the month wherever weeks begin; it and its home days."""
    first, last = sketch.days[0], sketch.days[-1]
    sundays = [day for day in sketch.days if day.weekday() == 6 and day + _WEEK <= last]
    weeks = [[sunday + step * _DAY for step in range(8)] for sunday in sundays if sunday >= first]
    settled = sketch.assessed[0] if sketch.assessed else None
    choices = [
        (week, [day for day in week if day in sketch.home])
        for week in weeks
        if settled not in week and any(day in sketch.home for day in week)
    ]
    assume(choices)
    return draw(st.sampled_from(choices))


@_breaks("Z401")
def _not_evaluated(draw: DrawFn, sketch: Sketch, demands: Demands) -> Iterable[date]:
    week, home = _inner_week(draw, sketch)
    for day in week:
        sketch.weekly.pop(day, None)
    if ("visit", "home") in demands.assessments and draw(st.booleans()):
        # One visit for both, where it is settled that it does not serve the week.
        day = draw(st.sampled_from(home))
        sketch.assessed, sketch.weekly[day] = (day, "visit", "home"), "visit"
    return home


@_breaks("Z402")
def _not_assessed(draw: DrawFn, sketch: Sketch, _: Demands) -> Iterable[date]:
    day = _home_day(draw, sketch)
    # A visit that also serves the week raises the question of whether it may.
    by_visit = [] if sketch.weekly.get(day) == "visit" else [(day, "visit", "other")]
    # Where it is settled that the assessment falls on a day of use, another day does not serve.
    unused = [(free, "visit", "home") for free in sketch.free if free not in sketch.weekly][:1]
    sketch.assessed = draw(st.sampled_from((None, (day, "phone", "home"), *by_visit, *unused)))
    return sketch.home


@_breaks("Z403", "Z404")
def _not_met(draw: DrawFn, sketch: Sketch, demands: Demands) -> Iterable[date]:
    week, home = _inner_week(draw, sketch)
    means = next(means for means in demands.weekly_means if means != "commute")
    for day in week:
        if sketch.places.get(day) == "office":
            sketch.places[day] = "offsite"
        if day in sketch.weekly:
            sketch.weekly[day] = means
        if day in sketch.calls:
            sketch.calls[day] = [("10:00", "phone"), ("15:00", "phone")]
    return home


@_breaks("Z501")
def _too_many_days(draw: DrawFn, sketch: Sketch, _: Demands) -> Iterable[date]:
    granted = draw(st.integers(1, len(sketch.used) - 1))
    (period,) = sketch.more["decision"].values()
    sketch.more["decision"] = {f"days_{granted}": period}
    return sketch.used[granted:]


@_breaks("Z502")
def _in_hospital(draw: DrawFn, sketch: Sketch, _: Demands) -> Iterable[date]:
    day = _home_day(draw, sketch)
    sketch.more["hospital"] = f"{day - _DAY}~{day + _DAY}"
    return [day]


@_breaks("Z503")
def _too_many_absences(draw: DrawFn, sketch: Sketch, _: Demands) -> Iterable[date]:
    if draw(st.booleans()):
        day = draw(st.sampled_from(sketch.used))
        sketch.absent = {day: "claimed"}
        return [day]
    sketch.absent = {}
    days = draw(st.lists(st.sampled_from(sketch.free), min_size=5, max_size=7, unique=True))
    sketch.absent = dict.fromkeys(sorted(days), "claimed")
    return sorted(days)[4:]


@_breaks("Z504")
def _not_at_home(draw: DrawFn, sketch: Sketch, _: Demands) -> Iterable[date]:
    day = draw(st.sampled_from([day for day in sketch.days if day not in sketch.home]))
    sketch.more["life_support"] = str(day)
    return [day]


@_breaks("Z601")
def _not_submitted(draw: DrawFn, sketch: Sketch, _: Demands) -> Iterable[date]:
    last = sketch.days[-1]
    late = draw(st.sampled_from(("none", str(last + 12 * _DAY))))
    sketch.more |= {"submission": late, "as_of": str(last + 20 * _DAY)}
    return sketch.home


@_breaks("Z701")
def _claimed_unused(draw: DrawFn, sketch: Sketch, _: Demands) -> Iterable[date]:
    day = draw(st.sampled_from(sketch.free))
    sketch.more["also"] = {"claim": str(day)}
    return [day]


@_breaks("Z702")
def _used_unclaimed(draw: DrawFn, sketch: Sketch, _: Demands) -> Iterable[date]:
    day = draw(st.sampled_from(sketch.used))
    sketch.unclaimed = {day}
    return [day]


@_breaks("Z901")
def _call_without_use(draw: DrawFn, sketch: Sketch, _: Demands) -> Iterable[date]:
    day = draw(st.sampled_from(sketch.free))
    sketch.more["also"] = {"contact": str(day)}
    return [day]


@_breaks("Z902")
def _at_two_places(draw: DrawFn, sketch: Sketch, _: Demands) -> Iterable[date]:
    day = _home_day(draw, sketch)
    sketch.more["also"] = {"office": f"{day}@-"}
    return [day]


@_breaks("Z903")
def _calls_close_together(draw: DrawFn, sketch: Sketch, demands: Demands) -> Iterable[date]:
    day = _home_day(draw, sketch)
    less = draw(st.sampled_from((0, 1, demands.gap_minutes // 2, demands.gap_minutes)))
    minutes = demands.gap_minutes - less
    channels = {how for _, how in calls(demands)}
    second = "video" if channels == {"phone"} and minutes == 0 else "phone"
    sketch.calls[day] = [("10:00", "phone"), (f"{10 + minutes // 60}:{minutes % 60:02d}", second)]
    return [day]


@_breaks("Z904")
def _reported_late(draw: DrawFn, sketch: Sketch, _: Demands) -> Iterable[date]:
    return _recorded(draw, sketch, f"after_{draw(st.integers(4, 40))}")


@_breaks("Z906")
def _reported_early(draw: DrawFn, sketch: Sketch, _: Demands) -> Iterable[date]:
    return _recorded(draw, sketch, f"before_{draw(st.integers(1, 9))}")


def _recorded(draw: DrawFn, sketch: Sketch, how: str) -> Iterable[date]:
    day = _home_day(draw, sketch)
    sketch.more |= {"without": {"report": str(day)}, "also": {"report": {how: str(day)}}}
    return [day]


@_breaks("Z905")
def _commute_without_office(draw: DrawFn, sketch: Sketch, _: Demands) -> Iterable[date]:
    day = draw(st.sampled_from([day for day in sketch.days if sketch.places.get(day) != "office"]))
    sketch.more["also"] = {"weekly": {"commute": str(day)}}
    return [day]

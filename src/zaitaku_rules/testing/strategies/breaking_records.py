"""Breaks one rule of a lawful month by its records: of home days, weeks, the month, claims."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from hypothesis import assume
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from zaitaku_rules.testing.strategies.demands import Demands
from zaitaku_rules.testing.strategies.lawful import calls
from zaitaku_rules.testing.strategies.marked import DAY, WEEK, Break, breaks, home_day
from zaitaku_rules.testing.strategies.sketch import Sketch

RECORDS: dict[str, Break] = {}
"""How to break each rule about records."""


@breaks(RECORDS, "Z301")
def _too_few_contacts(draw: DrawFn, sketch: Sketch, demands: Demands) -> Iterable[date]:
    day = home_day(draw, sketch)
    number = draw(st.integers(0, demands.contacts - 1))
    unheard = draw(st.sampled_from(("", "one_way", "phone_by_user_unanswered")))
    sketch.calls[day] = [*calls(demands)[:number], *([("18:00", unheard)] if unheard else [])]
    return [day]


@breaks(RECORDS, "Z302")
def _no_report(draw: DrawFn, sketch: Sketch, _: Demands) -> Iterable[date]:
    day = home_day(draw, sketch)
    sketch.more |= {"without": {"report": str(day)}}
    return [day]


@breaks(RECORDS, "Z303")
def _not_described(draw: DrawFn, sketch: Sketch, _: Demands) -> Iterable[date]:
    day = home_day(draw, sketch)
    sketch.more[draw(st.sampled_from(("support", "activity")))] = {"blank": str(day)}
    return [day]


@breaks(RECORDS, "Z304")
def _not_recorded(draw: DrawFn, sketch: Sketch, _: Demands) -> Iterable[date]:
    how = draw(st.sampled_from(("none", "both_unsecured", "training", "support")))
    sketch.more["recording"] = how if how == "none" else {how: " ".join(map(str, sketch.home))}
    return sketch.home


@breaks(RECORDS, "Z306")
def _unanswered(draw: DrawFn, sketch: Sketch, _: Demands) -> Iterable[date]:
    asked = draw(st.sampled_from(sketch.days[:-5]))
    sketch.more["inquiry"] = {draw(st.sampled_from(("unanswered", "after_4"))): str(asked)}
    return [asked]


@breaks(RECORDS, "Z307")
def _unattended(draw: DrawFn, sketch: Sketch, _: Demands) -> Iterable[date]:
    called = draw(st.sampled_from(sketch.days[:-5]))
    how = draw(st.sampled_from(("unattended", "after_1", "by_other")))
    sketch.more["emergency"] = {how: str(called)}
    return [called]


@breaks(RECORDS, "Z308")
def _off_the_menu(draw: DrawFn, sketch: Sketch, _: Demands) -> Iterable[date]:
    day = home_day(draw, sketch)
    sketch.more["activity"] = {"切手の整理": str(day)}
    return [day]


def _inner_week(draw: DrawFn, sketch: Sketch) -> tuple[list[date], list[date]]:
    """Draw a week with home days that lies within the month wherever weeks begin; it and its home days."""
    first, last = sketch.days[0], sketch.days[-1]
    sundays = [day for day in sketch.days if day.weekday() == 6 and day + WEEK <= last]
    weeks = [[sunday + step * DAY for step in range(8)] for sunday in sundays if sunday >= first]
    settled = sketch.assessed[0] if sketch.assessed else None
    choices = [
        (week, [day for day in week if day in sketch.home])
        for week in weeks
        if settled not in week and any(day in sketch.home for day in week)
    ]
    assume(choices)
    return draw(st.sampled_from(choices))


@breaks(RECORDS, "Z401")
def _not_evaluated(draw: DrawFn, sketch: Sketch, demands: Demands) -> Iterable[date]:
    week, home = _inner_week(draw, sketch)
    for day in week:
        sketch.weekly.pop(day, None)
    if ("visit", "home") in demands.assessments and draw(st.booleans()):
        # One visit for both, where it is settled that it does not serve the week.
        day = draw(st.sampled_from(home))
        sketch.assessed, sketch.weekly[day] = (day, "visit", "home"), "visit"
    return home


@breaks(RECORDS, "Z402")
def _not_assessed(draw: DrawFn, sketch: Sketch, _: Demands) -> Iterable[date]:
    day = home_day(draw, sketch)
    # A visit that also serves the week raises the question of whether it may.
    by_visit = [] if sketch.weekly.get(day) == "visit" else [(day, "visit", "other")]
    # Where it is settled that the assessment falls on a day of use, another day does not serve.
    unused = [(free, "visit", "home") for free in sketch.free if free not in sketch.weekly][:1]
    sketch.assessed = draw(st.sampled_from((None, (day, "phone", "home"), *by_visit, *unused)))
    return sketch.home


@breaks(RECORDS, "Z403", "Z404")
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


@breaks(RECORDS, "Z501")
def _too_many_days(draw: DrawFn, sketch: Sketch, _: Demands) -> Iterable[date]:
    granted = draw(st.integers(1, len(sketch.used) - 1))
    (period,) = sketch.more["decision"].values()
    sketch.more["decision"] = {f"days_{granted}": period}
    return sketch.used[granted:]


@breaks(RECORDS, "Z502")
def _in_hospital(draw: DrawFn, sketch: Sketch, _: Demands) -> Iterable[date]:
    day = home_day(draw, sketch)
    sketch.more["hospital"] = f"{day - DAY}~{day + DAY}"
    return [day]


@breaks(RECORDS, "Z503")
def _too_many_absences(draw: DrawFn, sketch: Sketch, _: Demands) -> Iterable[date]:
    if draw(st.booleans()):
        day = draw(st.sampled_from(sketch.used))
        sketch.absent = {day: "claimed"}
        return [day]
    sketch.absent = {}
    days = draw(st.lists(st.sampled_from(sketch.free), min_size=5, max_size=7, unique=True))
    sketch.absent = dict.fromkeys(sorted(days), "claimed")
    return sorted(days)[4:]


@breaks(RECORDS, "Z504")
def _not_at_home(draw: DrawFn, sketch: Sketch, _: Demands) -> Iterable[date]:
    day = draw(st.sampled_from([day for day in sketch.days if day not in sketch.home]))
    sketch.more["life_support"] = str(day)
    return [day]


@breaks(RECORDS, "Z601")
def _not_submitted(draw: DrawFn, sketch: Sketch, _: Demands) -> Iterable[date]:
    last = sketch.days[-1]
    late = draw(st.sampled_from(("none", str(last + 12 * DAY))))
    sketch.more |= {"submission": late, "as_of": str(last + 20 * DAY)}
    return sketch.home


@breaks(RECORDS, "Z701")
def _claimed_unused(draw: DrawFn, sketch: Sketch, _: Demands) -> Iterable[date]:
    day = draw(st.sampled_from(sketch.free))
    sketch.more["also"] = {"claim": str(day)}
    return [day]


@breaks(RECORDS, "Z702")
def _used_unclaimed(draw: DrawFn, sketch: Sketch, _: Demands) -> Iterable[date]:
    day = draw(st.sampled_from(sketch.used))
    sketch.unclaimed = {day}
    return [day]


@breaks(RECORDS, "Z901")
def _call_without_use(draw: DrawFn, sketch: Sketch, _: Demands) -> Iterable[date]:
    day = draw(st.sampled_from(sketch.free))
    sketch.more["also"] = {"contact": str(day)}
    return [day]


@breaks(RECORDS, "Z902")
def _at_two_places(draw: DrawFn, sketch: Sketch, _: Demands) -> Iterable[date]:
    day = home_day(draw, sketch)
    sketch.more["also"] = {"office": f"{day}@-"}
    return [day]


@breaks(RECORDS, "Z903")
def _calls_close_together(draw: DrawFn, sketch: Sketch, demands: Demands) -> Iterable[date]:
    day = home_day(draw, sketch)
    less = draw(st.sampled_from((0, 1, demands.gap_minutes // 2, demands.gap_minutes)))
    minutes = demands.gap_minutes - less
    channels = {how for _, how in calls(demands)}
    second = "video" if channels == {"phone"} and minutes == 0 else "phone"
    sketch.calls[day] = [("10:00", "phone"), (f"{10 + minutes // 60}:{minutes % 60:02d}", second)]
    return [day]


@breaks(RECORDS, "Z904")
def _reported_late(draw: DrawFn, sketch: Sketch, _: Demands) -> Iterable[date]:
    return _recorded(draw, sketch, f"after_{draw(st.integers(4, 40))}")


@breaks(RECORDS, "Z906")
def _reported_early(draw: DrawFn, sketch: Sketch, _: Demands) -> Iterable[date]:
    return _recorded(draw, sketch, f"before_{draw(st.integers(1, 9))}")


def _recorded(draw: DrawFn, sketch: Sketch, how: str) -> Iterable[date]:
    day = home_day(draw, sketch)
    sketch.more |= {"without": {"report": str(day)}, "also": {"report": {how: str(day)}}}
    return [day]


@breaks(RECORDS, "Z905")
def _commute_without_office(draw: DrawFn, sketch: Sketch, _: Demands) -> Iterable[date]:
    day = draw(st.sampled_from([day for day in sketch.days if sketch.places.get(day) != "office"]))
    sketch.more["also"] = {"weekly": {"commute": str(day)}}
    return [day]

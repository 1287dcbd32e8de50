"""Z4xx: the weekly evaluation, the monthly assessment, and meeting in person."""

from __future__ import annotations

from zaitaku_rules.days import Accepted, Calendar, Days, Split, Weekday
from zaitaku_rules.rules.mark import by_month, by_week, rule


@rule("Z401", severity="payment", needs=("evaluations",), window=by_week)
def evaluate_each_week(
    home: Days,
    weekly_evaluation: Split,
    joint_visit_evaluation: Split,
    calendar: Calendar,
    *,
    week_start: Weekday,
    weekly_means: Accepted,
    evaluations_per_week: int,
    joint_visit: bool,
) -> Days:
    """Every week with a home day has an evaluation (評価等) by a means that the law accepts.

    The notice says of a commute that it may serve the assessment at once; of a visit it says nothing.
    """
    joint = joint_visit_evaluation.by(weekly_means) & calendar.when(joint_visit)
    evaluated = weekly_evaluation.by(weekly_means) | joint
    return home - calendar.weeks(week_start).holding(evaluated, at_least=evaluations_per_week)


@rule("Z402", severity="payment", needs=("evaluations",), window=by_month)
def assess_each_month(
    home: Days,
    use: Days,
    achievement: Split,
    calendar: Calendar,
    *,
    monthly_means: Accepted,
    monthly_places: Accepted,
    assessment_on_use_day: bool,
) -> Days:
    """The achievement of the goals (達成度の評価等) is assessed in person once in the month.

    An assessed home day is a use day, so it needs no second look at whether it was one.
    """
    assessed = achievement.by(monthly_means, monthly_places)
    counting = assessed & (use | calendar.unless(assessment_on_use_day))
    return home - assessed - calendar.month.holding(counting)


@rule("Z403", severity="duty", window=by_week)
def commute_each_week(
    home: Days, office: Days, calendar: Calendar, *, week_start: Weekday, commutes_per_week: int
) -> Days:
    """The user commutes (通所) in every week with a home day."""
    return home - calendar.weeks(week_start).holding(office, at_least=commutes_per_week)


@rule("Z404", severity="advice", needs=("evaluations",), window=by_week)
def meet_face_to_face_each_week(
    home: Days,
    office: Days,
    contact_in_person: Days,
    evaluation_in_person: Days,
    calendar: Calendar,
    *,
    week_start: Weekday,
) -> Days:
    """Staff and user meet in person in every week with a home day (対面での支援)."""
    met = office | contact_in_person | evaluation_in_person
    return home - calendar.weeks(week_start).holding(met)

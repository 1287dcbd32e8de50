"""What the law of a place and month asks of a lawful month at most, whatever is unsettled about it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from zaitaku_rules.days import Accepted, Calendar, Weekday, calendar_of
from zaitaku_rules.errors import InvalidCall
from zaitaku_rules.law import Overlay, RuleSet, rules_for

CHANNELS = ("phone", "video", "chat", "mail", "visit", "office")
MEANS = ("video", "phone", "chat", "mail", "visit", "commute")
ASSESSED = (("commute", "office"), ("visit", "home"), ("visit", "satellite"), ("commute", "relay"))
GROUNDS = ("support_effective", "commuting_difficult")


@dataclass(frozen=True, slots=True)
class Demands:
    """The strictest numbers over all readings and days of a month, and what is accepted on all of them."""

    calendar: Calendar
    contacts: int
    gap_minutes: int
    channels: tuple[str, ...]
    week_starts: tuple[Weekday, ...]
    evaluations: int
    weekly_means: tuple[str, ...]
    assessments: tuple[tuple[str, str], ...]
    commutes: int
    approval_months: int
    grounds: tuple[str, ...]
    renewals: frozenset[str]
    age_limit: int
    report_days: int


def demands(
    month: str, service: str, municipality: str, overlays: Sequence[Overlay], readings: Mapping[str, str]
) -> Demands:
    """Return what the law asks of a month; raises InvalidCall where no month is surely lawful under it."""
    law = rules_for(municipality, month, service, overlays=overlays, readings=readings)
    calendar = calendar_of(month)
    if not law.rules["Z301"].in_force or not all(_numbers(law, "service_at_home")):
        raise InvalidCall(
            "この月のこのサービスには、確実に適法な在宅利用がありません。月かサービスを変えるか、"
            "readings で取扱いを決めてください。",
            "home use of this service is not surely lawful in this month: choose another month or service, "
            "or settle the question with readings",
            place=f"{service} {month}",
        )
    asks_to_meet = bool(law.rules["Z404"].in_force)
    found = Demands(
        calendar=calendar,
        contacts=max(_numbers(law, "contacts_per_day")),
        gap_minutes=max(_numbers(law, "contact_gap_minutes")),
        channels=_always(law, "contact_channels", CHANNELS),
        week_starts=tuple(dict.fromkeys(cast("Iterator[Weekday]", _numbers(law, "week_start")))),
        evaluations=max(_numbers(law, "evaluations_per_week")),
        weekly_means=_always(law, "weekly_means", MEANS),
        assessments=_assessments(law),
        commutes=max([int(asks_to_meet), *_numbers(law, "commutes_per_week")]),
        approval_months=min(_numbers(law, "approval_months"), default=36),
        grounds=_always(law, "approval_grounds", GROUNDS),
        renewals=frozenset(_numbers(law, "notification_renewal")),
        age_limit=min(_numbers(law, "age_limit"), default=65),
        report_days=min(_numbers(law, "report_days")),
    )
    if not (found.channels and found.weekly_means and found.assessments and found.grounds):
        raise InvalidCall(
            "この定めでは、月の全部の日に認められる手段がありません。",
            "under this law no means is accepted on all days of the month",
            place=f"{municipality} {month}",
        )
    return found


def _numbers(law: RuleSet, name: str) -> Iterator[Any]:
    """Return each value that a number has for a rule in force, under any reading."""
    for rule in law.rules.values():
        for reading in rule.readings if rule.in_force else ():
            for _, numbers in reading.segments:
                if name in numbers:
                    yield numbers[name]


def _always(law: RuleSet, name: str, words: Sequence[str]) -> tuple[str, ...]:
    """Return the words that are accepted on all days of the month under every reading."""
    month = law.calendar.month_mask
    sets: list[Accepted] = list(_numbers(law, name))
    return tuple(word for word in words if all(one.on(word) & month == month for one in sets))


def _assessments(law: RuleSet) -> tuple[tuple[str, str], ...]:
    means = _always(law, "monthly_means", [one for one, _ in ASSESSED])
    places = _always(law, "monthly_places", [one for _, one in ASSESSED])
    return tuple(pair for pair in ASSESSED if pair[0] in means and pair[1] in places)

"""What counts already toward a duty, in which window, and which records say so."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any, TypeAlias

from zaitaku_rules.days import Days, Ladder
from zaitaku_rules.facts import Facts
from zaitaku_rules.judge.judgement import ALL_MONTHS, Judgement
from zaitaku_rules.records import SOURCES, Source
from zaitaku_rules.report import Found

Numbers: TypeAlias = Mapping[str, Any]
Tally: TypeAlias = tuple[Callable[[Facts, Numbers], Days | Ladder], str | None]


def _contacts(facts: Facts, law: Numbers) -> Ladder:
    return facts.contacts.by(law["contact_channels"])


def _report(facts: Facts, _law: Numbers) -> Days:
    return facts.daily_report


def _supported_activity(facts: Facts, _law: Numbers) -> Days:
    return facts.activity & facts.support


def _recordings(facts: Facts, _law: Numbers) -> Days:
    return facts.training_recording & facts.support_recording


def _weekly_evaluation(facts: Facts, law: Numbers) -> Days:
    joint_visit = facts.joint_visit_evaluation.by(law["weekly_means"])
    return facts.weekly_evaluation.by(law["weekly_means"]) | (
        joint_visit & facts.calendar.when(law["joint_visit"])
    )


def _achievement(facts: Facts, law: Numbers) -> Days:
    on_any_day = facts.calendar.unless(law["assessment_on_use_day"])
    return facts.achievement.by(law["monthly_means"], law["monthly_places"]) & (facts.use | on_any_day)


def _commute(facts: Facts, _law: Numbers) -> Days:
    return facts.office


_TALLIES: dict[str, Tally] = {
    "Z301": (_contacts, "contacts_per_day"),
    "Z302": (_report, None),
    "Z303": (_supported_activity, None),
    "Z304": (_recordings, None),
    "Z401": (_weekly_evaluation, "evaluations_per_week"),
    "Z402": (_achievement, None),
    "Z403": (_commute, "commutes_per_week"),
}
"""What each duty counts, and the number of the law that says how many it needs (None: one)."""

_ROWS: dict[str, tuple[Source, Callable[[Any, Numbers, int], object]]] = {
    "Z301": (
        "contacts",
        lambda row, law, bit: _is_sure(row) and law["contact_channels"].on(row.channel) & bit,
    ),
    "Z302": ("daily_reports", lambda _row, _law, _bit: True),
    "Z303": ("days", lambda row, _law, _bit: row.place in ("home", "satellite")),
    "Z304": ("recordings", lambda row, _law, _bit: row.secured),
    "Z401": (
        "evaluations",
        lambda row, law, bit: "weekly" in row.covers and law["weekly_means"].on(row.means) & bit,
    ),
    "Z402": (
        "evaluations",
        lambda row, law, bit: "achievement" in row.covers and law["monthly_means"].on(row.means) & bit,
    ),
    "Z403": ("days", lambda row, _law, _bit: row.place == "office"),
}
"""In which list each duty finds what it counts, and which rows of a day on which it counts are meant."""


def _is_sure(contact: Any) -> bool:
    return contact.by != "user" or contact.answered is True


def numbers_on(judgement: Judgement, mask: int) -> Numbers:
    """Return the numbers of the first reading on the segment that holds a day of `mask`, else the last."""
    segments = judgement.law.readings[0].segments
    return next((numbers for segment, numbers in segments if segment & mask), segments[-1][1])


def window_of(judgement: Judgement, facts: Facts, mask: int) -> int:
    """Return the cells of the window of the first reading in which the day of `mask` lies."""
    window = judgement.law.rule.window
    if window is None:
        return mask
    masks = window(facts.calendar, numbers_on(judgement, mask)).masks
    return next((cells for cells in masks if cells & mask), mask)


def tally(judgement: Judgement, facts: Facts, mask: int) -> tuple[int, int]:
    """Return how many acts surely count in the window of a day, and how many are needed."""
    if judgement.code not in _TALLIES:
        return 0, 1
    counted, parameter = _TALLIES[judgement.code]
    numbers = numbers_on(judgement, mask)
    window = window_of(judgement, facts, mask)
    needed = int(numbers[parameter]) if parameter else 1
    return sum(map(int.bit_count, _levels(counted(facts, numbers), window))), needed


def _levels(found: Days | Ladder, window: int) -> Iterator[int]:
    for level in found.levels if isinstance(found, Ladder) else (found,):
        yield _sure(level) & window


def _sure(found: Days | Ladder) -> int:
    days = found.at_least(1) if isinstance(found, Ladder) else found
    assert isinstance(days.sure, int), "evidence is shown for one case"
    return days.sure


def counting_records(judgement: Judgement, facts: Facts, mask: int) -> Iterator[str]:
    """Name the rows that surely count in the window of a day of `mask`: by id, else by their place."""
    counted, source, counts = _TALLIES[judgement.code][0], *_ROWS[judgement.code]
    numbers, window = numbers_on(judgement, mask), window_of(judgement, facts, mask)
    days = _sure(counted(facts, numbers)) & window
    for number, row in enumerate(getattr(facts.case, source) or ()):
        bit = facts.calendar.bit(row.day)
        if bit & days and counts(row, numbers, bit) and facts.knows(row.day, row):
            yield name_of(row, source, number)


def name_of(row: Any, source: str, number: int) -> str:
    """Return the name of a row in a report: its id, else its list and place."""
    return getattr(row, "id", None) or f"{source}[{number}]"


def evidence(judgement: Judgement, facts: Facts) -> tuple[Found, ...]:
    """Return for each broken or open day the records of its window, how many count and are needed."""
    if judgement.code == ALL_MONTHS:
        return _untimely(facts)
    found: list[Found] = []
    alike = count = needed = 0
    records: tuple[str, ...] = ()
    for day in facts.calendar.dates(judgement.broken | judgement.open):
        mask = facts.calendar.bit(day)
        if not mask & alike:
            window = window_of(judgement, facts, mask)
            alike = window & _segment_of(judgement, mask)
            count, needed = tally(judgement, facts, mask)
            named = counting_records(judgement, facts, mask) if judgement.code in _ROWS else None
            records = tuple(_records(judgement, facts, window) if named is None else named)
        found.append(Found.model_construct(date=day, records=records, count=count, needed=needed))
    return tuple(found)


def _untimely(facts: Facts) -> tuple[Found, ...]:
    """Return the rows from the future, and those recorded before they happened, by their day."""
    found: dict[int, list[str]] = {}
    for source, dated in facts.ordinals.items():
        for day, row in dated:
            if facts.is_untimely(day, row):
                place = getattr(facts.case, source).index(row)
                found.setdefault(day, []).append(name_of(row, source, place))
    return tuple(
        Found.model_construct(date=date.fromordinal(day), records=tuple(found[day]), count=0, needed=1)
        for day in sorted(found)
    )


def _segment_of(judgement: Judgement, mask: int) -> int:
    """Return the cells that the first reading judges by the same numbers as the day of `mask`."""
    segments = judgement.law.readings[0].segments
    return next((segment for segment, _ in segments if segment & mask), mask)


def _records(judgement: Judgement, facts: Facts, window: int) -> Iterator[str]:
    """Name the rows of the rule's lists that fall in the window: by id, else by their place."""
    for source in dict.fromkeys(name for need in judgement.law.rule.needs for name in need.split("|")):
        if source == "days" and len(judgement.law.rule.needs) > 1:
            continue
        for number, row in enumerate(getattr(facts.case, source) or () if source in SOURCES else ()):
            day = getattr(row, "day", None)
            if isinstance(day, date) and facts.calendar.bit(day) & window and facts.knows(day, row):
                yield name_of(row, source, number)

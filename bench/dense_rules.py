"""The same four rules in OpenFisca-core, on dense arrays: a column for each day, a row for each user."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date, timedelta
from importlib import import_module
from typing import Any, cast

import numpy as np
from four_rules import CODES, READINGS, Answers, whole_weeks

from zaitaku_rules.bulk.facts import PackedFacts
from zaitaku_rules.bulk.judging import judged_rule
from zaitaku_rules.bulk.laws import LawAsked, groups
from zaitaku_rules.bulk.pages import Pages
from zaitaku_rules.bulk.sweep import BLOCK
from zaitaku_rules.days import Accepted, calendar_of

ALL_MEANS = Accepted.always(["visit", "commute", "phone", "video", "chat", "mail"])
IN_PERSON = Accepted.always(["visit", "commute"])
PLACES = Accepted.always(["home", "satellite", "office"])
CHANNELS = Accepted.always(["phone", "video", "visit", "office", "chat", "mail"])


def dense(pages: Pages) -> dict[str, dict[date, Any]]:
    """Return what the four rules read as columns of days: two contacts as the number 2, else fewer."""
    facts = PackedFacts(pages.slice(range(len(pages))))
    contacts = facts.contacts.by(CHANNELS)
    weekly = facts.weekly_evaluation.by(ALL_MEANS).sure | facts.joint_visit_evaluation.by(ALL_MEANS).sure
    words = {
        "home": facts.home.sure,
        "reported": facts.daily_report.sure,
        "weekly": weekly,
        "assessed": facts.achievement.by(IN_PERSON, PLACES).sure,
    }
    found = {name: _columns(pages, word, bool) for name, word in words.items()}
    once, twice = (_columns(pages, contacts.at_least(number).maybe, np.int32) for number in (1, 2))
    found["contacts"] = {day: once[day] + twice[day] for day in once}
    return found


def _columns(pages: Pages, word: Any, kind: Any) -> dict[date, Any]:
    calendar, days = pages.calendar, dict[date, Any]()
    for number in range((calendar.last - calendar.first).days + 1):
        day = calendar.first + timedelta(days=number)
        days[day] = ((word >> np.uint64(calendar.cell(day))) & np.uint64(1)).astype(kind)
    return days


def by_openfisca(columns: dict[str, dict[date, Any]], month: str) -> tuple[float, Answers]:
    """Return the CPU seconds in which OpenFisca judges every day of the month, and the days that break."""
    builder: Any = import_module("openfisca_core.simulations").SimulationBuilder
    system = _system(month)
    days = list(columns["home"])
    simulation: Any = builder().build_default_simulation(system, len(columns["home"][days[0]]))
    for name, by_day in columns.items():
        for day, column in by_day.items():
            simulation.set_input(name, f"{day}", column)
    begin, found = time.process_time(), dict.fromkeys(CODES, 0)
    for code in CODES:
        for day in days:
            found[code] += int(np.count_nonzero(simulation.calculate(code, f"{day}")))
    return time.process_time() - begin, found


def _system(month: str) -> Any:
    periods, entities, systems, variables = (
        cast("Any", import_module(f"openfisca_core.{name}"))
        for name in ("periods", "entities", "taxbenefitsystems", "variables")
    )
    entity: Any = entities.build_entity(key="person", plural="persons", label="", is_person=True)
    system: Any = systems.TaxBenefitSystem([entity])
    first, last = whole_weeks(month)

    def add(name: str, kind: Any = bool, formula: Callable[..., Any] | None = None) -> None:
        said: dict[str, Any] = {"value_type": kind, "entity": entity, "label": name}
        said["definition_period"] = periods.DateUnit.DAY
        system.add_variable(
            type(name, (variables.Variable,), said | ({"formula": formula} if formula else {}))
        )

    def any_of(name: str, days: int) -> Callable[..., Any]:
        def formula(person: Any, period: Any) -> Any:
            found = person(name, period)
            for day in range(1, days):
                found = found | person(name, period.offset(day))
            return found

        return formula

    def uncontacted(person: Any, period: Any) -> Any:
        return person("home", period) & (person("contacts", period) < 2)

    def unreported(person: Any, period: Any) -> Any:
        return person("home", period) & ~person("reported", period)

    def unevaluated(person: Any, period: Any) -> Any:
        day = date(period.start.year, period.start.month, period.start.day)
        if not first <= day <= last:
            return person("home", period) & False
        return person("home", period) & ~person("evaluated", period.offset(-day.weekday()))

    def unassessed(person: Any, period: Any) -> Any:
        return person("home", period) & ~person("assessed_at_all", period.offset(1 - period.start.day))

    for name in ("home", "reported", "weekly", "assessed"):
        add(name)
    add("contacts", int)
    add("evaluated", bool, any_of("weekly", 7))
    add("assessed_at_all", bool, any_of("assessed", calendar_of(month).last.day))
    add("Z301", bool, uncontacted)
    add("Z302", bool, unreported)
    add("Z401", bool, unevaluated)
    add("Z402", bool, unassessed)
    return system


def by_words(pages: Pages) -> tuple[float, Answers]:
    """Return the CPU seconds in which our rules judge the four from packed words, and the days that break."""
    begin, found = time.process_time(), dict.fromkeys(CODES, 0)
    for group in groups(pages.stretches, pages.calendar.name, LawAsked(readings=READINGS)):
        for start in range(0, len(group.rows), BLOCK):
            facts = PackedFacts(pages.slice(group.rows[start : start + BLOCK]))
            for code in CODES:
                column = judged_rule(group.law.rules[code], facts)
                found[code] += int(np.bitwise_count(np.asarray(column.broken)).sum())
    return time.process_time() - begin, found

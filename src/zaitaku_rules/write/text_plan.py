"""The plan of a case in the terminal: what to do and when, then what to attach, withdraw or ask."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING

from zaitaku_rules.explain import planned, words
from zaitaku_rules.report import Plan, Step, Text
from zaitaku_rules.write.day_words import day_words, days_words
from zaitaku_rules.write.labels import SIGNS, label, plain
from zaitaku_rules.write.text_findings import BULLET, ids_words, labelled

if TYPE_CHECKING:
    from rich.console import RenderableType

_DATES = re.compile(r"\d{4}-\d{2}-\d{2}(?:, \d{4}-\d{2}-\d{2})*")


def plan_lines(plan: Plan, lang: str, width: int, year: int) -> Iterator[RenderableType]:
    """Return the steps with their days, what the month is once they are done, and what to know."""
    yield labelled(_rows(plan, lang, year), width)


def _rows(plan: Plan, lang: str, year: int) -> Iterator[tuple[str, str]]:
    order = list(dict.fromkeys((step.kind, step.what.en) for step in plan.steps))
    alike = sorted(plan.steps, key=lambda step: order.index((step.kind, step.what.en)))
    for (kind, _), found in groupby(alike, key=lambda step: (step.kind, step.what.en)):
        yield label(f"plan_{kind}", lang), BULLET[lang] + _said(list(found), lang, year)
    if not plan.steps:
        yield label("plan_do", lang), _in(planned("nothing"), lang)
    verdict = f"{SIGNS[plan.verdict]} {words()['statuses'][plan.verdict][lang]}"
    yield label("plan_outcome", lang), f"{_in(planned('outcome'), lang)}: {verdict}"
    for note in plan.notes:
        yield label("notes", lang), plain(_short(_in(note, lang), lang, year))


def _said(steps: list[Step], lang: str, year: int) -> str:
    """Return one line for steps that differ only in their days."""
    days = days_words((day for step in steps for day in step.days), lang, year=year)
    codes = " ".join(sorted({code for step in steps for code in step.serves}))
    said = plain(_short(_in(steps[0].what, lang), lang, year))
    records = ids_words([record for step in steps for record in step.records])
    return f"{days}  {said}{_latest(steps, lang)}{records}  [{codes}]"


def _latest(steps: list[Step], lang: str) -> str:
    """Return the last days that serve as well, of all steps where one lies after the day planned."""
    if not any(step.by and step.by > step.days[-1] for step in steps):
        return ""
    later = [step.by for step in steps if step.by]
    listed = ("、" if lang == "ja" else ", ").join(day_words(day, lang) for day in later)
    return f"(遅くとも {listed})" if lang == "ja" else f" (at the latest {listed})"


def _short(said: str, lang: str, year: int) -> str:
    """Return a text with the dates that it lists in the short words of the page."""
    return _DATES.sub(
        lambda found: days_words(map(date.fromisoformat, found[0].split(", ")), lang, year=year), said
    )


def _in(text: Text, lang: str) -> str:
    return text.ja if lang == "ja" else text.en

"""The days of a month as rows of an HTML table: marks at a glance, and the evidence of each day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from html import escape
from typing import TYPE_CHECKING

from zaitaku_rules.report import CalendarDay
from zaitaku_rules.write.html_calendar import Breach, Cell
from zaitaku_rules.write.html_case import CasePage
from zaitaku_rules.write.html_words import day_said, fixed, named_in, records_said, rule_title
from zaitaku_rules.write.labels import SIGNS, plain

if TYPE_CHECKING:
    from markupsafe import Markup

MARK_SIGNS = {**SIGNS, "note": "!"}
"""The sign of a day by its status; `note` where only records or advice are at issue."""


def calendar_rows(case: CasePage, *, full: bool) -> Markup:
    """Return the weeks of a case as table rows; with `full` the evidence of a day is in words.

    Otherwise times and codes stand for it, and open and waived rules are named without their counts.
    """
    from markupsafe import Markup

    first = case.first_day
    return Markup("\n".join(_row(week, first, full) for week in case.weeks))


def _row(week: list[Cell], first: date | None, full: bool) -> str:
    bare = " class=bare" if all(cell.is_blank for cell in week) else ""
    return f"<tr{bare}>{''.join(_square(cell, first, full) for cell in week)}</tr>"


def _square(cell: Cell, first: date | None, full: bool) -> str:
    named = " ".join(_classes(cell))
    head = str(cell.day.day) if cell.inside else f"{cell.day.month}/{cell.day.day}"
    sign = f"<i class=s>{MARK_SIGNS[cell.status]}</i>" if cell.status else ""
    opening = f'<td class="{named}"' if " " in named else f"<td class={named}" if named else "<td"
    if cell.is_blank:
        return f"{opening}><b>{head}</b>{sign}</td>"
    shown = f"<b>{head}</b>{sign}{_marks(cell.told)}"
    if not cell.inside:
        return f"{opening}>{shown}</td>"
    return f"{opening} tabindex={0 if cell.day == first else -1}>{shown}{_below(cell, full)}</td>"


def _classes(cell: Cell) -> Iterator[str]:
    if cell.status:
        yield cell.status
    for name, holds in (
        ("out", not cell.inside),
        ("today", cell.is_today),
        ("due", cell.is_due),
    ):
        if holds:
            yield name


def _marks(told: CalendarDay) -> str:
    is_plan = told.planned and not told.places
    marks = [*(told.planned if is_plan else told.places)]
    count = f"<i class=n>{len(told.contacts)}</i>" if told.contacts else ""
    drawn = "".join(f"<i class={name}></i>" for name in marks) + count
    drawn += "".join(f"<i class={name}></i>" for name in told.marks)
    named = '"m plan"' if is_plan else "m"
    return f"<span class={named}>{drawn}</span>" if drawn else ""


def _below(cell: Cell, full: bool) -> str:
    """Return the codes that the day breaks, and the evidence that shows when the day is pointed at."""
    codes = cell.broken
    more = f" +{len(codes) - 2}" if len(codes) > 2 else ""
    broken = f"<span class=z>{' '.join(codes[:2])}{more}</span>" if codes else ""
    lines = list(_evidence(cell, full))
    return broken + (f"<span class=e>{'<br>'.join(lines)}</span>" if lines else "")


def _evidence(cell: Cell, full: bool) -> Iterator[str]:
    told = cell.told
    if full:
        yield f"<b>{day_said(cell.day)}</b> {_where(told)}"
    if told.contacts:
        listed = ", ".join(_contact(one.at, one.channel, full) for one in told.contacts)
        yield f"{fixed('contacts')} {listed}" if full else listed
    if full and told.marks:
        yield " ".join(str(fixed(mark)) for mark in told.marks)
    spoken = [one for one in cell.breaches if full or one.status == "broken"]
    yield from (_breach(one, full) for one in spoken)
    if others := [one.code for one in cell.breaches if one not in spoken]:
        yield f"{SIGNS['open']} {' '.join(others)}"
    if cell.is_due:
        yield f"▹ {fixed('due_day')}"


def _where(told: CalendarDay) -> str:
    if told.places:
        return " ".join(str(fixed(place)) for place in told.places)
    planned = " ".join(str(fixed(place)) for place in told.planned)
    return f"{fixed('planned')}: {planned}" if planned else ""


def _contact(at: str, channel: str, full: bool) -> str:
    return f"{escape(plain(at))} {named_in('values', channel)}" if full else escape(plain(at))


def _breach(breach: Breach, full: bool) -> str:
    found = breach.found
    said = f"{SIGNS[breach.status]} {breach.code}"
    if full:
        said += f" {rule_title(breach.code)}"
    if found.needed > 1 or found.records:
        said += f" <span class=nb>{found.count} / {found.needed}</span>"
    return said + (f" {escape(records_said(found.records))}" if found.records else "")

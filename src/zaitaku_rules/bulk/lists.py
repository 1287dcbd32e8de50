"""How each list of the case file is packed, and which facts ask for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from zaitaku_rules.bulk.contacts import contacts, folded_contacts
from zaitaku_rules.bulk.engines import ibis
from zaitaku_rules.bulk.evaluations import evaluations, folded_evaluations
from zaitaku_rules.bulk.packing import (
    Packed,
    Packer,
    Page,
    Words,
    any_of,
    daily_reports,
    day_words,
    days,
    grouped,
    simple,
)
from zaitaku_rules.bulk.rows import EPOCH, bit_of
from zaitaku_rules.bulk.user_numbers import UserNumbers


def _late(name: str, answered: str, fact: str, by: str | None) -> Packer:
    """Return the packer of events that ask for an answer in time: surely late, and perhaps (`?`)."""

    def pack(page: Page, rows: Any) -> Packed:
        words: Words = {f"{name}.row": None}
        taken = rows[answered].epoch_days() - rows["at"].epoch_days()
        came = (rows[answered] <= ibis.literal(page.as_of)).fill_null(False)
        for number in page.asked.thresholds.get(fact, ()):
            in_time = came & (taken <= number).fill_null(False)
            surely = in_time & ((rows[by] == "staff").fill_null(False) if by else ibis.literal(True))
            perhaps = in_time & (rows[by].isnull() if by else ibis.literal(False))
            is_over = rows["at"].epoch_days() + number < page.as_of.toordinal() - EPOCH
            words[f"{name}.late.{number}"] = ~surely & ~perhaps & is_over
            words[f"{name}.late.{number}?"] = ~surely
        return day_words(page, name, rows, "at", words)

    return pack


def _submissions(page: Page, rows: Any) -> Packed:
    """Pack the first submission of the month's record, and how many such days lie off the page."""
    start, cells = page.calendar.start, page.calendar.cells
    ordinal = (rows["on"].epoch_days() + EPOCH).cast("int64")
    own = rows.mutate(ordinal=ordinal, cell=ordinal - start)
    inside = (own.cell >= 0) & (own.cell < cells)
    own = own.filter(own.month == page.calendar.name, inside | (own.ordinal <= page.as_of.toordinal()))
    own = own.mutate(bit=bit_of(own.cell.clip(0, cells - 1)))
    known, on_page = own.ordinal <= page.as_of.toordinal(), (own.cell >= 0) & (own.cell < cells)
    words = {
        "submissions.first": own.ordinal.min(where=known).coalesce(0),
        "submissions.row": any_of(own, on_page & known),
        "submissions.future": any_of(own, ~known),
        "submissions.off": own.ordinal.nunique(where=(own.cell < 0) | (own.cell >= cells)).coalesce(0),
    }
    return Packed(lambda: grouped(own, words))


_PLACES = ("home", "satellite", "office", "offsite")

LIST_PACKERS: dict[str, Packer] = {
    "days": days,
    "planned_days": simple("planned_days", {place: {"place": [place]} for place in _PLACES}),
    "absences": simple("absences", {"claimed": {"addition_claimed": [True]}}),
    "contacts": contacts,
    "daily_reports": daily_reports,
    "evaluations": evaluations,
    "recordings": simple(
        "recordings",
        {subject: {"secured": [True], "subject": [subject, "both"]} for subject in ("training", "support")},
    ),
    "inquiries": _late("inquiries", "answered_at", "unanswered_within", None),
    "emergencies": _late("emergencies", "attended_at", "unattended_within", "attended_by"),
    "submissions": _submissions,
    "life_support_days": simple("life_support_days", {"claimed": {"claimed": [True]}}),
    "claimed_days": simple(
        "claimed_days", {status: {"status": [status]} for status in ("use", "absence_addition")}
    ),
}
"""The packer of each list of events and of the plan."""

FOLDS: dict[str, Callable[[UserNumbers, Page], Words]] = {
    "contacts": folded_contacts,
    "evaluations": folded_evaluations,
}
"""How the lists are folded that every engine reads as numbers."""

"""The list of contacts: read by an engine as one number each, and folded into words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

import numpy as np

from zaitaku_rules.bulk.contact_days import (
    CHANNELS,
    DAY,
    EARLY,
    NOT,
    PERHAPS,
    SINCE,
    STATUS,
    SURELY,
    SortedContacts,
)
from zaitaku_rules.bulk.engines import ibis
from zaitaku_rules.bulk.packing import Packed, Page, Words, numbered
from zaitaku_rules.bulk.pages import Pages
from zaitaku_rules.bulk.rows import EPOCH
from zaitaku_rules.bulk.user_numbers import UserNumbers
from zaitaku_rules.days import FULL

_AT_ONCE = 1 << 11
"""Users whose contacts are sorted at a time."""


@ibis.udf.scalar.builtin  # type: ignore[untyped-decorator]
def epoch_us(at: dt.datetime) -> int:  # type: ignore[empty-body]
    """Return the microseconds since 1970, as DuckDB counts them."""


def contacts(page: Page, rows: Any) -> Packed:
    """Pack the contacts: read as a number each, and folded."""
    number = _number(rows, page.calendar.start)
    return numbered(rows, number, lambda numbers: folded_contacts(numbers, page))


def _number(rows: Any, start: int) -> Any:
    """Return each contact as a number. Cases, one by one, cost an engine less than sums of truths."""
    channel = ibis.cases(*[(rows.channel == name, place) for place, name in enumerate(CHANNELS)], else_=0)
    asked = ibis.cases(
        (rows.answered, SURELY << STATUS), (rows.answered.isnull(), PERHAPS << STATUS), else_=NOT
    )
    counts = ibis.ifelse(rows.by == "user", asked, SURELY << STATUS)
    since = epoch_us(rows["at"]) - (start - EPOCH) * DAY
    return since * (1 << SINCE) + (channel.cast("int64") + counts.cast("int64") + _early(rows))


def _early(rows: Any) -> Any:
    """Return the bit of a contact that was recorded before it took place.

    Most were recorded afterwards, and cutting a moment to its minute costs more than all the rest.
    """
    yes, no = (ibis.literal(bit, "int64") for bit in (1 << EARLY, 0))
    before = ibis.ifelse(rows.recorded_at_moment < rows["at"].truncate("minute"), yes, no)
    by_day = ibis.ifelse(rows.recorded_at < rows["at"].date(), yes, no)
    return ibis.cases(
        (rows.recorded_at_moment >= rows["at"], no),
        (rows.recorded_at_moment.notnull(), before),
        (rows.recorded_at.notnull(), by_day),
        else_=no,
    )


def folded_contacts(numbers: UserNumbers, page: Page) -> Words:
    """Return the words of all users from the numbers of their contacts."""
    minutes = tuple(sorted(page.asked.thresholds.get("contacts_within", ())))
    names = word_names(page.asked.contacts, minutes)
    later = page.as_of_cell if page.is_running else None
    words = np.zeros((len(names), len(numbers.users)), np.int64)
    for users, part, lengths in numbers.parts(_AT_ONCE):
        held = SortedContacts(part, lengths, later)
        for row, word in zip(words, held.words(page.asked.contacts, minutes), strict=True):
            row[users] = word
    return dict(zip(names, words, strict=True))


def word_names(levels: int, minutes: Sequence[int]) -> list[str]:
    """Return the names of the words that `folded_contacts` makes, in their order."""
    counted = [
        f"contacts.{channel}.{level}{doubt}"
        for doubt in ("", "?")
        for level in range(1, levels + 1)
        for channel in CHANNELS
    ]
    ways = ("close", "surely_close", "perhaps_close", "hidden_close")
    close = [f"contacts.{way}.{number}" for number in minutes for way in ways]
    told = [f"contacts.{name}" for name in ("told", "several", "unsure", "row", "early", "future")]
    return [*counted, *told, *close]


def put_closeness(pages: Pages) -> None:
    """Put how close the contacts lie on days on which one perhaps counts, where the list may hide more."""
    ways = [name for name in pages.words if name.startswith("contacts.hidden_close.")]
    gap = pages.gap("contacts")
    for name in ways:
        minutes = name.rpartition(".")[2]
        sure, maybe = (f"contacts.{way}.{minutes}" for way in ("surely_close", "perhaps_close"))
        hidden = pages.words.pop(name) & gap
        pages.words[maybe] = (pages.word(maybe) & (FULL ^ gap)) | hidden
        if sure in pages.words:
            pages.words[sure] = pages.words[sure] & (FULL ^ gap)

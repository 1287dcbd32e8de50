"""Contacts packed: how many of each channel on a day, how far apart, and which of them perhaps count."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from zaitaku_rules.bulk.engines import ibis
from zaitaku_rules.bulk.packing import Page, Words, after_as_of, any_of, bit_or, grouped, values_of
from zaitaku_rules.facts.daily import perhaps_close, surely_close


def contacts(page: Page, rows: Any) -> Any:
    """Pack contacts: days of at least 1, 2, ... by channel; `?` marks those that perhaps count too.

    Of those that count two with the same moment and channel are one, so days of at least two are days on
    which the first and the last of a channel differ.
    """
    rows = counting(of_page(page, rows))
    doubts = ("", "?") if _has_doubt(rows) else ("",)
    channels = values_of(rows, "channel")
    each = rows.group_by("user_id", "bit").aggregate(
        early=rows.early.any(),
        **({"later": bit_or(rows.later)} if "later" in rows.columns else {}),
        unsure=(rows.perhaps & ~rows.sure).any(),
        **{
            f"{name}{doubt}": value
            for doubt in doubts
            for name, value in _of_day(rows, rows.perhaps if doubt else rows.sure, channels, page).items()
        },
    )
    words: Words = {"contacts.row": any_of(each), "contacts.early": any_of(each, each.early)}
    words |= after_as_of(each, "contacts")
    for doubt in doubts:
        words |= _levels(each, channels, doubt, page)
    last = doubts[-1]
    words["contacts.told"] = any_of(each, each[f"first{last}"].notnull())
    for minutes in page.asked.thresholds.get("contacts_within", ()):
        apart = each[f"last{last}"].epoch_seconds() - each[f"first{last}"].epoch_seconds()
        words[f"contacts.close.{minutes}"] = any_of(each, apart <= 60 * minutes)
    several = sum(
        (each[f"first.{channel}{last}"].notnull().cast("int8") for channel in channels), ibis.literal(0)
    )
    words["contacts.several"] = any_of(each, (several >= 2) | (each[f"first{last}"] < each[f"last{last}"]))
    if len(doubts) > 1:
        words["contacts.unsure"] = any_of(each, each.unsure)
    return grouped(each, words)


def of_page(page: Page, rows: Any) -> Any:
    """Return the contacts on the page with their date and its word, as `Page.dated` does."""
    begin = ibis.literal(datetime.fromordinal(page.calendar.start))
    end = ibis.literal(datetime.fromordinal(page.calendar.start + page.calendar.cells))
    rows = rows.filter(rows["at"] >= begin, rows["at"] < end)
    return page.marked(rows.mutate(date=rows["at"].date()), "date")


def counting(rows: Any) -> Any:
    """Return contacts with whether they surely or perhaps count, and whether recorded too early."""
    by_user = (rows.by == "user").fill_null(False)
    sure = ~by_user | rows.answered.fill_null(False)
    recorded = rows.recorded_at_moment < rows["at"].truncate("minute")
    early = ibis.ifelse(rows.recorded_at_moment.notnull(), recorded, rows.recorded_at < rows.date)
    return rows.mutate(sure=sure, perhaps=sure | rows.answered.isnull(), early=early.fill_null(False))


def _has_doubt(rows: Any) -> bool:
    return bool(rows.filter(rows.perhaps & ~rows.sure).limit(1).count().to_pyarrow().as_py())


def _of_day(rows: Any, counts: Any, channels: list[str], page: Page) -> Words:
    """Return the first and last contact of a day that counts, of each channel and of all."""
    found: Words = {"first": rows["at"].min(where=counts), "last": rows["at"].max(where=counts)}
    for channel in channels:
        here = counts & (rows.channel == channel)
        found[f"first.{channel}"] = rows["at"].min(where=here)
        found[f"last.{channel}"] = rows["at"].max(where=here)
        if page.asked.contacts > 2:
            found[f"number.{channel}"] = rows["at"].nunique(where=here)
    return found


def _levels(each: Any, channels: list[str], doubt: str, page: Page) -> Words:
    words: Words = {}
    for channel in channels:
        first, last = each[f"first.{channel}{doubt}"], each[f"last.{channel}{doubt}"]
        words[f"contacts.{channel}.1{doubt}"] = any_of(each, first.notnull())
        words[f"contacts.{channel}.2{doubt}"] = any_of(each, first < last)
        for number in range(3, page.asked.contacts + 1):
            enough = each[f"number.{channel}{doubt}"] >= number
            words[f"contacts.{channel}.{number}{doubt}"] = any_of(each, enough)
    return words


def unsure_contacts(page: Page, rows: Any) -> Any:
    """Return the contacts of the days on which one perhaps counts, each moment and channel once."""
    rows = counting(of_page(page, rows))
    unsure = rows.filter(rows.perhaps & ~rows.sure, rows.bit != 0).select("user_id", "bit").distinct()
    held = rows.filter(rows.perhaps).join(unsure, ["user_id", "bit"])
    each = held.group_by("user_id", "bit", "at", "channel").aggregate(sure=held.sure.any())
    return each.order_by("user_id", "bit", "at")


def closeness(
    contacts: Sequence[tuple[datetime, bool]], minutes: int, *, is_uncovered: bool
) -> tuple[bool, bool]:
    """Tell whether the contacts of a day surely lie close together, and whether they perhaps do."""
    limit = timedelta(minutes=minutes)
    if not is_uncovered and surely_close(contacts, limit):
        return True, True
    return False, perhaps_close(contacts, limit, is_uncovered)

"""Contacts gathered by user and folded by NumPy, against the same counted one by one."""

import random
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from zaitaku_rules.bulk.contact_days import CHANNELS
from zaitaku_rules.bulk.contacts import contacts, folded_contacts
from zaitaku_rules.bulk.engines import pa
from zaitaku_rules.bulk.month_tables import MonthTables
from zaitaku_rules.bulk.packing import Asked, Page
from zaitaku_rules.bulk.tables import Tables
from zaitaku_rules.bulk.user_numbers import of_rows
from zaitaku_rules.bulk.user_places import Places
from zaitaku_rules.days import Calendar

MIDNIGHT = datetime(2026, 2, 1)


def a_contact(chance: random.Random) -> dict[str, Any]:
    at = MIDNIGHT + timedelta(days=chance.randrange(4), minutes=30 * chance.randrange(4))
    return {
        "user_id": f"U-{chance.randrange(5)}",
        "at": at + timedelta(microseconds=chance.choice([0, 0, 1])),
        "channel": chance.choice(CHANNELS[:3]),
        "by": chance.choice(["staff", "staff", "user"]),
        "answered": chance.choice([True, False, None]),
    }


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("most", [2, 4])
def test_gathered_contacts_are_those_of_each_day(seed: int, most: int) -> None:
    chance = random.Random(seed)
    people = {"user_id": ["U-0"], "municipality": ["131016"], "provider_number": ["0812300010"]}
    office = {"provider_number": ["0812300010"], "service": ["continuation_b"]}
    rows = [a_contact(chance) for _ in range(60)]
    given = {"users": pa.table(people), "providers": pa.table(office), "contacts": pa.Table.from_pylist(rows)}
    tables = MonthTables(Tables(given), "2026-02", date(2026, 3, 1))
    page = Page(tables.calendar, tables.as_of, Asked(frozenset(), {"contacts_within": frozenset([60])}, most))
    users = sorted({row["user_id"] for row in rows})
    packed = contacts(page, tables.good("contacts"))
    assert packed.flat
    told = tables.arrow(packed.flat())
    numbers = of_rows(told, Places(pa.array(users)))
    assert not numbers.has_strangers
    found = folded_contacts(numbers, page)
    for place, user in enumerate(users[row] for row in numbers.users):
        packed = {name: int(word[place]) for name, word in found.items()}
        own = [row for row in rows if row["user_id"] == user]
        assert {name: packed[name] for name in packed if name in counted(own, most)} == {
            name: word_of(days, page.calendar) for name, days in counted(own, most).items()
        }


def counted(rows: list[dict[str, Any]], most: int) -> dict[str, set[date]]:
    """Return the days that each word of one user's contacts should hold."""
    days = {row["at"].date() for row in rows}
    surely, perhaps = ([row for row in rows if counts(row)] for counts in (is_sure, is_perhaps))
    unsure = {row["at"].date() for row in perhaps if unsaid(row, surely)}
    found = {"contacts.row": days, "contacts.told": {row["at"].date() for row in perhaps}}
    found["contacts.unsure"] = unsure
    found["contacts.several"] = {day for day in days if len(moments(surely, day)) >= 2}
    found["contacts.close.60"] = {day for day in days if is_close(surely, day)}
    for doubt, counting in (("", surely), ("?", [row for row in perhaps if row["at"].date() in unsure])):
        for channel in CHANNELS:
            held = [row for row in counting if row["channel"] == channel]
            for level in range(1, most + 1):
                name = f"contacts.{channel}.{level}{doubt}"
                found[name] = {day for day in days if len(moments(held, day)) >= level}
    return found


def is_sure(row: dict[str, Any]) -> bool:
    return row["by"] != "user" or bool(row["answered"])


def is_perhaps(row: dict[str, Any]) -> bool:
    return row["by"] != "user" or row["answered"] is not False


def unsaid(row: dict[str, Any], surely: Iterable[dict[str, Any]]) -> bool:
    """Tell whether a contact perhaps counts and no row of its moment and channel surely does."""
    return not any((one["at"], one["channel"]) == (row["at"], row["channel"]) for one in surely)


def moments(rows: Iterable[dict[str, Any]], day: date) -> set[tuple[datetime, str]]:
    return {(row["at"], row["channel"]) for row in rows if row["at"].date() == day}


def is_close(rows: Iterable[dict[str, Any]], day: date) -> bool:
    """Tell whether the contacts of a day lie within an hour, be it but one."""
    times = sorted(at for at, _ in moments(rows, day))
    return bool(times) and times[-1] - times[0] <= timedelta(minutes=60)


def word_of(days: Iterable[date], calendar: Calendar) -> int:
    return sum(1 << calendar.cell(day) for day in days)

"""Two ways to pack contacts: gathered by user (DuckDB), and grouped by day (any engine)."""

import random
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from zaitaku_rules.bulk.contact_days import CHANNELS, folded, gathered_contacts
from zaitaku_rules.bulk.contacts import contacts
from zaitaku_rules.bulk.engines import pa
from zaitaku_rules.bulk.month_tables import MonthTables
from zaitaku_rules.bulk.packing import Asked, Page
from zaitaku_rules.bulk.tables import Tables

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
def test_gathered_and_grouped_contacts_give_the_same_words(seed: int, most: int) -> None:
    chance = random.Random(seed)
    people = {"user_id": ["U-0"], "municipality": ["131016"], "provider_number": ["0812300010"]}
    office = {"provider_number": ["0812300010"], "service": ["continuation_b"]}
    said = pa.Table.from_pylist([a_contact(chance) for _ in range(60)])
    given = {"users": pa.table(people), "providers": pa.table(office), "contacts": said}
    tables = MonthTables(Tables(given), "2026-02", date(2026, 3, 1))
    page = Page(tables.calendar, tables.as_of, Asked(frozenset(), {"contacts_within": frozenset([60])}, most))
    rows = tables.good("contacts")
    one = tables.arrow(contacts(page, rows)).sort_by("user_id")
    other = folded(tables.arrow(gathered_contacts(page, rows)), page).sort_by("user_id")
    own = [name for name in one.column_names if not name.endswith("?") and ".close" not in name]
    # Where a sure row says the same as a doubtful one, only gathering sees that nothing is in doubt.
    for name in set(own) - {"contacts.several", "contacts.unsure"}:
        assert one[name].to_pylist() == other[name].to_pylist(), name
    sure = [~word for word in one["contacts.unsure"].to_pylist()]
    for name in ("contacts.several", "contacts.close.60"):
        words = (table[name].to_pylist() for table in (one, other))
        told = [word & mask for word, mask in zip(next(words), sure, strict=True)]
        assert told == [word & mask for word, mask in zip(next(words), sure, strict=True)], name
    for level in (name for name in one.column_names if name.endswith("?")):
        both = ((table[level].to_pylist(), table[level[:-1]].to_pylist()) for table in (one, other))
        assert [a | b for a, b in zip(*next(both), strict=True)] == [
            a | b for a, b in zip(*next(both), strict=True)
        ], level

"""The two files of a month, and the small changes that near misses are made of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeAlias

from zaitaku_rules.testing.kokuhoren.claims import claims_file
from zaitaku_rules.testing.kokuhoren.month import Day, OfficeMonth, Person
from zaitaku_rules.testing.kokuhoren.rows import BillingFile, Row
from zaitaku_rules.testing.kokuhoren.sheets import records_file


@dataclass(frozen=True, slots=True)
class Pair:
    """The bytes of the J11 and the J61 file of one month."""

    claims: bytes
    records: bytes


Change: TypeAlias = Callable[[OfficeMonth], Pair]
"""Writes a month with one thing wrong."""

RowsChange: TypeAlias = Callable[[tuple[Row, ...]], tuple[Row, ...]]
BytesChange: TypeAlias = Callable[[bytes], bytes]


@dataclass(frozen=True, slots=True)
class NearMiss:
    """A way to break one rule: its slug, and the kind of deviation that the reader then tells ("": none).

    Where the reader tells none, the files conform line by line and contradict each other or themselves.
    """

    slug: str
    kind: str
    change: Change

    def files(self, month: OfficeMonth | None = None) -> Pair:
        """Return the files of a month, by default the plain one, with this one thing wrong."""
        return self.change(month or plain_month())


def plain_month() -> OfficeMonth:
    """Return a month with one of each: two people of kinds 46 and 43, home days, additions, an absence."""
    first = [
        Day(1, transport_out=1, transport_back=1, meal=True), Day(2), Day(3, "home"), Day(7, offsite=True),
        Day(8, "absent"), Day(9, "home"), Day(10, "home", life_support=True), Day(14, visit_hours="150"),
        Day(15, extra=(("community_cooperation", "1"),)), Day(16, "home", life_support=True), Day(17),
    ]  # fmt: skip
    second = [Day(1), Day(2, extra=(("commuting_training", "1"),)), Day(3, "home", "0900", "1200")]
    people = (
        Person("9999000001", "139998", "46", tuple(first), kana="ﾃｽﾄﾀﾛｳ", cap=9300, subsidy=1000),
        Person("9999000002", "139998", "43", tuple(second), kana="ﾃｽﾄﾊﾅｺ"),
    )
    return OfficeMonth("1319900013", "202504", people)


def in_records(change: RowsChange) -> Change:
    """Return the change of a month that changes the rows of its J61 file."""
    return lambda month: Pair(claims_file(month).to_bytes(), _rows(records_file(month), change).to_bytes())


def in_claims(change: RowsChange) -> Change:
    """Return the change of a month that changes the rows of its J11 file."""
    return lambda month: Pair(_rows(claims_file(month), change).to_bytes(), records_file(month).to_bytes())


def in_record_bytes(change: BytesChange) -> Change:
    """Return the change of a month that changes the bytes of its J61 file."""
    return lambda month: Pair(claims_file(month).to_bytes(), change(records_file(month).to_bytes()))


def in_claim_bytes(change: BytesChange) -> Change:
    """Return the change of a month that changes the bytes of its J11 file."""
    return lambda month: Pair(change(claims_file(month).to_bytes()), records_file(month).to_bytes())


def in_control(**items: str) -> Change:
    """Return the change of a month that changes items of the control record of its J61 file."""
    return lambda month: Pair(
        claims_file(month).to_bytes(), replace(records_file(month), control=items).to_bytes()
    )


def with_items(kind: str, nth: int = 0, **items: str) -> RowsChange:
    """Return the change of rows that sets items of the nth row of a kind."""

    def change(rows: tuple[Row, ...]) -> tuple[Row, ...]:
        place = [place for place, row in enumerate(rows) if row.kind == kind][nth]
        return (*rows[:place], rows[place].but(**items), *rows[place + 1 :])

    return change


def shifted(kind: str, slug: str, by: int = 1, nth: int = 0) -> RowsChange:
    """Return the change of rows that adds to a number of the nth row of a kind."""

    def change(rows: tuple[Row, ...]) -> tuple[Row, ...]:
        row = [row for row in rows if row.kind == kind][nth]
        return with_items(kind, nth, **{slug: str(int(row.items.get(slug) or 0) + by)})(rows)

    return change


def without(kind: str, nth: int = 0) -> RowsChange:
    """Return the change of rows that leaves out the nth row of a kind."""

    def change(rows: tuple[Row, ...]) -> tuple[Row, ...]:
        place = [place for place, row in enumerate(rows) if row.kind == kind][nth]
        return rows[:place] + rows[place + 1 :]

    return change


def twice(kind: str, nth: int = 0, **items: str) -> RowsChange:
    """Return the change of rows that repeats the nth row of a kind, with other items."""

    def change(rows: tuple[Row, ...]) -> tuple[Row, ...]:
        place = [place for place, row in enumerate(rows) if row.kind == kind][nth]
        return (*rows[: place + 1], rows[place].but(**items), *rows[place + 1 :])

    return change


def replaced(old: bytes, new: bytes) -> BytesChange:
    """Return the change of bytes that replaces the first place of some."""
    return lambda raw: raw.replace(old, new, 1)


def of_lines(change: Callable[[list[bytes]], list[bytes]]) -> BytesChange:
    """Return the change of bytes that changes the list of lines, which have lost their ends."""
    return lambda raw: b"".join(line + b"\r\n" for line in change(raw.split(b"\r\n")[:-1]))


def _rows(file: BillingFile, change: RowsChange) -> BillingFile:
    return replace(file, rows=change(file.rows))

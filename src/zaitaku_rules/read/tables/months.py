"""Which months tables are about: those in which `days` holds rows."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import ValidationError

from zaitaku_rules.days import Calendar, calendar_of
from zaitaku_rules.errors import InvalidInput
from zaitaku_rules.read.tables.documents import told
from zaitaku_rules.read.tables.rows import ReadTable
from zaitaku_rules.records.events import UseDay
from zaitaku_rules.records.faults import located
from zaitaku_rules.records.faults import told as in_words


def months_of(read: Mapping[str, ReadTable], place: str, asked: str | None) -> list[Calendar] | InvalidInput:
    """Return the months of which tables tell, or the one asked for; or why there is none to judge."""
    days = read.get("days")
    there = sorted({f"{row.day:%Y-%m}" for row in days.rows if row.day}) if days else []
    if asked is None:
        return [*map(calendar_of, there)] or _no_month(days, place)
    if there and asked not in there:
        listed = ", ".join(there)
        return InvalidInput(
            f"{asked} の行が days にありません。ある月: {listed}",
            f"days holds no rows of {asked}; it holds rows of {listed}",
            place=days.table.place if days else place,
        )
    return [calendar_of(asked)]


def _no_month(days: ReadTable | None, place: str) -> InvalidInput:
    """Say why no month is known: a day that cannot be read, or no rows at all."""
    faults = [fault for row in (days.rows if days else ()) for fault in row.row.fault_spots()]
    for row in days.rows if days else ():
        try:
            UseDay.model_validate(row.said)
        except ValidationError as error:
            lines = located(in_words(error, UseDay))
            faults += [(row.row.spot(str(loc[0]) if loc else ""), said) for loc, said in lines]
    if faults:
        return told(faults)
    return InvalidInput(
        "days に行がないので、どの月か分かりません。--month 2026-02 のように月を指定してください。",
        "no month is known, for days holds no rows: name the month, such as --month 2026-02",
        place=days.table.place if days else place,
    )

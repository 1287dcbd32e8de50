"""The first record of a service record (J611-01): its totals, and what it says beside them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta

from zaitaku_rules.billing.sheet_rows import TOTALS, UNREAD, Fault, packed, slugs
from zaitaku_rules.read.kokuhoren.values import calendar_day

_OFFSITE_DAYS = 180
_PLACES = {slug: place for place, slug in enumerate(slugs("J611-01"))}
_DECLARED = [_PLACES[slug] for slug in TOTALS]
_CLOSER = [
    _PLACES[slug]
    for slug in (
        "offsite_days_to_date",
        "initial_begin",
        "initial_day_30",
        "initial_days",
        "intensive_support",
    )
]


def needs_closer_look(row: Sequence[bytes]) -> bool:
    """Return whether a first record says more than totals."""
    return any(row[place] for place in _CLOSER)


def declared_totals(row: Sequence[bytes]) -> int | None:
    """Return the totals of a first record packed into one number; None where one cannot be read."""
    if not any(row):
        return 0
    numbers = [row[place] or b"0" for place in _DECLARED]
    if not all(number.isdigit() and len(number) < 5 for number in numbers):
        return None
    return packed([int(number) for number in numbers])


def first_record_faults(row: Sequence[bytes], month: str, offsite: int, used: int | None) -> Iterator[Fault]:
    """Return what breaks rules beside the totals; its items are those of `texts`.

    `offsite` is the number of such days in the month, `used` the days of use as bits, None if not clear.
    """
    told = dict(zip(slugs("J611-01"), row, strict=True))
    yield from _offsite(told, offsite)
    yield from _initial(told, month, used)
    if told["intensive_support"].strip(b"0") and not told["intensive_support_begin"]:
        yield Fault("K211", "intensive_support_begin", "", "YYYYMMDD")


def _offsite(told: Mapping[str, bytes], counted: int) -> Iterator[Fault]:
    to_date = told["offsite_days_to_date"]
    if not to_date.isdigit():
        return
    if int(to_date) > _OFFSITE_DAYS:
        yield Fault("K208", "offsite_days_to_date", to_date.decode(), f"<= {_OFFSITE_DAYS}")
    if int(to_date) < counted:
        yield Fault("K209", "offsite_days_to_date", to_date.decode(), f">= {counted}")


def _initial(told: Mapping[str, bytes], month: str, used: int | None) -> Iterator[Fault]:
    items = [told[slug] for slug in ("initial_begin", "initial_day_30", "initial_days")]
    if UNREAD in items or not any(items):
        return
    begin, last = (calendar_day(raw.decode().replace("-", "")) for raw in items[:2])
    if begin is None:
        yield Fault("K210", "initial_begin", "", "YYYYMMDD")
        return
    due = begin + timedelta(days=29)
    if last != due:
        yield Fault("K210", "initial_day_30", items[1].decode(), f"{due:%Y%m%d}")
    if used is None or not items[2].isdigit():
        return
    days = [calendar_day(f"{month}{day:02}") for day in range(1, 32) if used >> day & 1]
    most = sum(begin <= day <= due for day in days if day is not None)
    if int(items[2]) > most:
        yield Fault("K210", "initial_days", items[2].decode(), f"<= {most}")

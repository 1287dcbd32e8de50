"""What one row of a service record (J611-02) adds to its month, worked out once for rows that are alike."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import time
from typing import NamedTuple

from zaitaku_rules.read.kokuhoren import Record, layouts
from zaitaku_rules.read.kokuhoren.values import value_of

UNREAD = b"?"
"""Stands for a value that cannot be read."""

FIELD = 16
"""Bits of one total within a packed number: no total of 31 days comes near its end."""

TOTALS = (
    "transport_trips", "meals", "visits", "visits_claimed", "offsite_days", "medical_cooperation",
    "trial_use", "commuting_training", "planning_meetings", "community_cooperation", "intensive_support",
    "emergency_admission",
)  # fmt: skip
"""The totals of J611-01 that are packed into one number, lowest first."""

_COUNTED = {
    "meal": "meals", "visit_hours": "visits", "visit_counted": "visits_claimed", "offsite": "offsite_days",
    "medical_cooperation": "medical_cooperation", "trial_use": "trial_use",
    "commuting_training": "commuting_training", "planning_meeting": "planning_meetings",
    "community_cooperation": "community_cooperation", "intensive_support": "intensive_support",
    "emergency_admission": "emergency_admission",
}  # fmt: skip
_TRIPS = ("transport_out", "transport_back")
_ON_ABSENCE = ("start", "end", *_TRIPS, "meal", "offsite")


class Fault(NamedTuple):
    """What breaks a rule within one row."""

    code: str
    slug: str
    found: str
    expected: str


class Effect(NamedTuple):
    """What a row adds: its day as a bit, whether used or absent, its totals packed, its faults.

    `is_clear` is False where the day or the kind of day cannot be told, `is_counted` where a total cannot.
    """

    used: int
    absent: int
    totals: int
    faults: tuple[Fault, ...]
    is_clear: bool
    is_counted: bool
    times: int
    """Day, start and end packed for the comparison of two offices; 0 where not told."""


def slugs(kind: str) -> tuple[str, ...]:
    """Return the items of a kind of record behind its key that `texts` gives, in order."""
    return layouts()[kind].caught


def texts(record: Record) -> tuple[bytes, ...]:
    """Return the items of a record behind its key in their prescribed form; UNREAD where they have none."""
    if record.conforms:
        return record.caught[2:]
    places, raw = record.table.layout.places, record.raw
    return tuple(_text(record, places[slug], raw) for slug in slugs(record.kind))


def _text(record: Record, position: int, raw: Sequence[str]) -> bytes:
    text = raw[position - 1] if position <= len(raw) else ""
    item = record.table.items[position - 1]
    value = value_of(item, text)
    if value is None:
        is_unset = not text or (item.type == "C" and not text.strip("0"))
        return b"" if is_unset else UNREAD
    if isinstance(value, time):
        return b"%02d%02d" % (value.hour, value.minute)
    return str(value).encode() if isinstance(value, int) else text.encode("utf-8", "replace")


_SLUGS = tuple(slug for slug in slugs("J611-02") if slug != "remarks")
_REMARKS = slugs("J611-02").index("remarks")


def bare(row: Sequence[bytes]) -> tuple[bytes, ...]:
    """Return the items of a row without its remarks."""
    return (*row[:_REMARKS], *row[_REMARKS + 1 :])


def effect_of(row: Sequence[bytes]) -> Effect:
    """Return what a row adds; its items are those of `texts`, without the remarks."""
    told = dict(zip(_SLUGS, row, strict=True))
    day, status = told["day"], told["status"].strip(b"0")
    bit = 1 << int(day) if day not in (b"", UNREAD) else 0
    is_absent = status == b"8"
    is_clear = bool(bit) and status in (b"", b"8")
    start, end = _minutes(told["start"]), _minutes(told["end"])
    totals, is_counted = _totals(told) if any(row[_FIRST_COUNTED:]) else (0, True)
    return Effect(
        bit if is_clear and not is_absent else 0,
        bit if is_clear and is_absent else 0,
        totals,
        tuple(_faults(told, is_absent, is_clear, start, end)),
        is_clear,
        is_counted,
        0 if start is None or end is None or not is_clear else int(day) << 24 | start << 12 | end,
    )


_FIRST_COUNTED = _SLUGS.index("transport_out")
"""All that is counted stands from here on."""


def is_set(raw: bytes) -> bool:
    """Return whether a flag or a number is set: zeros are not."""
    return bool(raw.strip(b"0"))


def packed(numbers: Sequence[int]) -> int:
    """Return totals as one number."""
    return sum(number << (FIELD * place) for place, number in enumerate(numbers))


def unpacked(totals: int) -> list[int]:
    """Return the totals of one number."""
    return [(totals >> (FIELD * place)) & ((1 << FIELD) - 1) for place in range(len(TOTALS))]


def _totals(told: dict[str, bytes]) -> tuple[int, bool]:
    numbers: dict[str, int] = dict.fromkeys(TOTALS, 0)
    for slug in _TRIPS:
        numbers["transport_trips"] += int(told[slug]) if told[slug].isdigit() else 0
    for slug, total in _COUNTED.items():
        numbers[total] += is_set(told[slug])
    is_counted = UNREAD not in [told[slug] for slug in (*_TRIPS, *_COUNTED)]
    is_counted &= not any(told[slug].startswith(b"-") for slug in _TRIPS)
    return packed(list(numbers.values())), is_counted


def _minutes(raw: bytes) -> int | None:
    if raw in (b"", UNREAD):
        return None
    number = int(raw)
    return number // 100 * 60 + number % 100


def _faults(
    told: dict[str, bytes], is_absent: bool, is_clear: bool, start: int | None, end: int | None
) -> list[Fault]:
    found: list[Fault] = []
    if start is not None and end is not None and start >= end:
        found.append(Fault("K204", "end", _shown(told["end"]), f"> {_shown(told['start'])}"))
    if is_absent:
        found += [Fault("K205", slug, "", "") for slug in _ON_ABSENCE if _stands(slug, told[slug])]
    elif is_clear:
        found += [Fault("K212", slug, "", "HHMM") for slug in ("start", "end") if not told[slug]]
    hours, counted = told["visit_hours"], told["visit_counted"]
    if is_set(counted) and UNREAD not in (hours, counted):
        due = (1 if int(hours) < 100 else 2) if is_set(hours) else 0
        if int(counted) != due:
            found.append(Fault("K207", "visit_counted", _shown(counted), str(due or "")))
    return found


def _stands(slug: str, raw: bytes) -> bool:
    return bool(raw) if slug in ("start", "end") else is_set(raw)


def _shown(raw: bytes) -> str:
    return raw.decode("ascii", "replace")

"""Writes a case document otherwise without changing what it says: eras, full width, offsets, doubled rows."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta, timezone
from typing import Any, TypeAlias, cast

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from zaitaku_rules.records.case import SOURCES
from zaitaku_rules.records.written import JAPAN

Doc: TypeAlias = dict[str, Any]
Touch: TypeAlias = Callable[[DrawFn, Doc], Doc]
"""Changes a document and returns it."""

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_MOMENT = re.compile(r"(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2})")
_ERAS = ((date(2019, 5, 1), 2018, "R", "令和"), (date(1989, 1, 8), 1988, "H", "平成"))
_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
_OFFSETS = (9, 0, -10, 14, 5.75)
_UNSAID = {
    "days": ("start", "end"),
    "contacts": ("by", "kind", "recorded_at"),
    "daily_reports": ("author", "recorded_at"),
    "evaluations": ("recorded_at",),
    "notifications": ("to", "document"),
}


def in_era(day: date, style: int) -> str:
    """Return a day as it is written in Japan: one of a few ways, or in ISO form before 1989."""
    for first, origin, letter, name in _ERAS:
        if day >= first:
            year = day.year - origin
            return (
                f"{letter}{year}.{day.month}.{day.day}",
                f"{name}{'元' if year == 1 else year}年{day.month}月{day.day}日",
                f"{letter}{year:02d}.{day.month:2d}.{day.day:2d}",
                f"{day.year}年{day.month}月{day.day}日",
            )[style]
    return day.isoformat()


def _each_text(document: Doc, change: Callable[[str], str]) -> Doc:
    """Change each text of the lists; user, provider and month stay."""

    def within(value: Any) -> Any:
        match value:
            case str():
                return change(value)
            case list():
                return [within(one) for one in cast("list[Any]", value)]  # type: ignore[redundant-cast]  # pyright asks for it
            case dict():
                return {name: within(one) for name, one in cast("dict[str, Any]", value).items()}
            case _:
                return value

    held = {name: within(rows) for name, rows in document.items() if name in (*SOURCES, "coverage", "as_of")}
    return {**document, **held}


def _era(draw: DrawFn, document: Doc) -> Doc:
    style = draw(st.integers(0, 3))
    return _each_text(
        document, lambda text: in_era(date.fromisoformat(text), style) if _DATE.fullmatch(text) else text
    )


def _full_width(_: DrawFn, document: Doc) -> Doc:
    return _each_text(
        document,
        lambda text: text.translate(_WIDE) if _DATE.fullmatch(text) or _MOMENT.fullmatch(text) else text,
    )


def _offset(draw: DrawFn, document: Doc) -> Doc:
    hours = draw(st.sampled_from(_OFFSETS))
    zone = timezone(timedelta(hours=hours))

    def change(text: str) -> str:
        if not _MOMENT.fullmatch(text):
            return text
        moment = datetime.fromisoformat(text).replace(tzinfo=JAPAN).astimezone(zone)
        return moment.isoformat(timespec="minutes").replace("+00:00", "Z")

    return _each_text(document, change)


def _doubled(draw: DrawFn, document: Doc) -> Doc:
    """Hold some rows twice: rows equal in all fields are one."""
    names = [name for name in SOURCES if document.get(name)]
    picked = draw(st.lists(st.sampled_from(names), max_size=4, unique=True)) if names else []
    return {**document, **{name: [*document[name], *document[name][::2]] for name in picked}}


def _shuffled(draw: DrawFn, document: Doc) -> Doc:
    turn = draw(st.integers(1, 5))
    rows = {name: document[name] for name in SOURCES if document.get(name)}
    return {**document, **{name: [*held[turn:], *held[:turn]][::-1] for name, held in rows.items()}}


def _null(_: DrawFn, document: Doc) -> Doc:
    """Say null where nothing is said: the two are the same."""
    rows = {
        name: [{**dict.fromkeys(_UNSAID[name]), **row} for row in document[name]]
        for name in _UNSAID
        if document.get(name)
    }
    absent: Doc = dict.fromkeys(name for name in map(str, SOURCES) if name not in document)
    return {**document, **absent, **rows}


def _period(_: DrawFn, document: Doc) -> Doc:
    """Write the two ends of a period as one text, as certificates do."""

    def joined(row: Doc) -> Doc:
        ends = {name: row[name] for name in ("from", "to") if row.get(name)}
        if "from" not in ends or not all(_DATE.fullmatch(text) for text in ends.values()):
            return row
        begin = in_era(date.fromisoformat(ends["from"]), 2)
        end = in_era(date.fromisoformat(ends["to"]), 2) if "to" in ends else ""
        rest = {name: value for name, value in row.items() if name not in ("from", "to")}
        return {**rest, "period": f"{begin}~{end}"}

    names = [one for one in ("approvals", "plans", "readiness", "hospital_stays") if document.get(one)]
    return {**document, **{name: [joined(row) for row in document[name]] for name in names}}


def _five_digits(_: DrawFn, document: Doc) -> Doc:
    return {**document, "user": {**document["user"], "municipality": document["user"]["municipality"][:5]}}


SPELLINGS: dict[str, Touch] = {
    "period": _period,
    "doubled": _doubled,
    "shuffled": _shuffled,
    "null": _null,
    "offset": _offset,
    "era": _era,
    "full_width": _full_width,
    "five_digits": _five_digits,
}
"""Ways to write a document otherwise, in the order in which they can be applied together."""

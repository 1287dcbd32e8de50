"""Changes a case document, lawfully for the format, where readers and judges go wrong."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from zaitaku_rules.days import calendar_of
from zaitaku_rules.records.case import EVENTS, SOURCES
from zaitaku_rules.testing.notation import PROVIDER
from zaitaku_rules.testing.strategies.spellings import Doc, Touch

_WHEN = {"contacts": "at", "inquiries": "at", "emergencies": "at", "submissions": "on"}
_FIELDS = {
    "days": ("start", "activity", "support"),
    "contacts": ("answered", "id"),
    "daily_reports": ("recorded_at",),
    "evaluations": ("place",),
    "approvals": ("ground", "on_certificate", "issued", "to"),
    "notifications": ("accepted", "submitted", "provider"),
    "plans": ("user_signed",),
    "inquiries": ("answered_at",),
    "emergencies": ("attended_at", "attended_by"),
}


def _some_list(draw: DrawFn, document: Doc, among: tuple[str, ...] = SOURCES) -> str | None:
    names = [name for name in among if document.get(name)]
    return draw(st.sampled_from(names)) if names else None


def _empty(draw: DrawFn, document: Doc) -> Doc:
    name = _some_list(draw, document)
    return {**document, **({name: []} if name else {})}


def _absent(draw: DrawFn, document: Doc) -> Doc:
    name = _some_list(draw, document)
    return {key: value for key, value in document.items() if key != name}


def _moved(draw: DrawFn, document: Doc) -> Doc:
    """Move rows to another day: into the week before or after the month, or far away."""
    name = _some_list(draw, document, EVENTS)
    if name is None:
        return document
    steps = timedelta(days=draw(st.sampled_from((1, -1, 6, -6, 7, 31, -31, 366))))
    when, first = _WHEN.get(name, "date"), draw(st.integers(0, 6))

    def moved(row: Doc) -> Doc:
        text = str(row[when])
        return {**row, when: f"{date.fromisoformat(text[:10]) + steps}{text[10:]}"}

    rows = document[name]
    chosen = [moved(row) for row in rows[first::7]]
    is_added = draw(st.booleans())
    kept = rows if is_added else [row for place, row in enumerate(rows) if place % 7 != first]
    return {**document, name: [*kept, *chosen]}


def _hole(draw: DrawFn, document: Doc) -> Doc:
    """Say of a list that it is complete for some days only, or beyond the month."""
    calendar = calendar_of(document["month"])
    name = draw(st.sampled_from(EVENTS))
    begin = calendar.first + timedelta(days=draw(st.integers(-6, calendar.length - 1)))
    end = begin + timedelta(days=draw(st.integers(0, 40)))
    span = {"from": begin.isoformat(), "through": end.isoformat()}
    return {**document, "coverage": {**(document.get("coverage") or {}), name: span}}


def _as_of(draw: DrawFn, document: Doc) -> Doc:
    """Ask the question in the month, on its edges, or much later; perhaps with a plan for the rest."""
    calendar = calendar_of(document["month"])
    day = calendar.first + timedelta(days=draw(st.integers(-2, calendar.length + 25)))
    found = {**document, "as_of": day.isoformat()}
    if draw(st.booleans()):
        coming = [day + timedelta(days=step) for step in range(0, 9, 2)]
        places = ("home", "office", "satellite")
        found["planned_days"] = [
            {"date": one.isoformat(), "place": places[step % 3]} for step, one in enumerate(coming)
        ]
    return found


def _midnight(draw: DrawFn, document: Doc) -> Doc:
    """Put contacts on the edges of days."""
    clocks = draw(st.sampled_from((("00:00", "23:59"), ("23:59", "00:00"), ("00:00", "00:00"))))
    rows: list[Doc] = document.get("contacts") or []
    changed = [{**row, "at": f"{row['at'][:10]}T{clocks[place % 2]}"} for place, row in enumerate(rows)]
    return {**document, **({"contacts": changed} if rows else {})}


def _mixed(draw: DrawFn, document: Doc) -> Doc:
    """Let approvals be of another service or another provider, beside or instead of the right ones."""
    rows: list[Doc] = document.get("approvals") or []
    services = ("transition", "continuation_a", "continuation_b", "selection")
    other = draw(st.sampled_from([*({"service": one} for one in services), {"provider": "0812300010"}]))
    own = {"provider": PROVIDER}
    changed: list[Doc] = [
        {**row, **(other if draw(st.booleans()) else own if draw(st.booleans()) else {})} for row in rows
    ]
    return {**document, **({"approvals": changed} if rows else {})}


def _unsaid(draw: DrawFn, document: Doc) -> Doc:
    """Leave optional fields of some rows unsaid."""
    name = _some_list(draw, document, tuple(_FIELDS))
    if name is None:
        return document
    field, step = draw(st.sampled_from(_FIELDS[name])), draw(st.integers(1, 3))
    rows = [
        {key: value for key, value in row.items() if key != field or place % step}
        for place, row in enumerate(document[name])
    ]
    return {**document, name: rows}


def _two_places(draw: DrawFn, document: Doc) -> Doc:
    """Spend days at two places, at times that touch, overlap or are not given."""
    rows: list[Doc] = document.get("days") or []
    if not rows:
        return document
    start, end = draw(st.sampled_from((("", ""), ("15:00", "16:00"), ("09:00", "10:00"), ("10:00", "10:00"))))
    times = {"start": start, "end": end} if start else {}
    place = draw(st.sampled_from(("office", "offsite", "satellite")))
    added = [{"date": row["date"], "place": place, **times} for row in rows[:: draw(st.integers(1, 6))]]
    return {**document, "days": [*rows, *added]}


def _silent(draw: DrawFn, document: Doc) -> Doc:
    """Leave out what is known of the user and the provider."""
    user = {**document["user"]}
    for name in draw(st.sets(st.sampled_from(("wish", "birth_date")))):
        user.pop(name, None)
    provider = {**document["provider"]}
    for name in draw(st.sets(st.sampled_from(("municipality", "menu")))):
        provider.pop(name, None)
    return {**document, "user": user, "provider": provider}


STRESSES: dict[str, Touch] = {
    "empty": _empty,
    "absent": _absent,
    "moved": _moved,
    "hole": _hole,
    "as_of": _as_of,
    "midnight": _midnight,
    "mixed": _mixed,
    "unsaid": _unsaid,
    "two_places": _two_places,
    "silent": _silent,
}
"""Ways to change what a document says."""

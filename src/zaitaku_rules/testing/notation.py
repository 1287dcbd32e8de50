"""Months in the notation of the field: what a practitioner would write on paper, as TOML.

    [[case]]
    name = "one contact on the 5th"
    home = "2-6 9-13"              # days at home
    contact = "2-4x2 5 6x2 9-13x2" # two calls a day, one on the 5th
    expect.Z301 = "broken 5"

A case is a lawful month (`base = "lawful"`, the default) and what differs from it, or only what it says
(`base = "empty"`). **The lawful month**: the first 18 weekdays at home, the next one at the office; on each
home day two phone contacts (10:00, 15:00), a daily report, a recording; a weekly evaluation by video on the
last home day of each week; the achievement assessed by commute on the first office day; every use day
claimed; decision, approval, notification, plan, consent and all readiness from seven months before, the
decision for a year. (Before July 2020: evaluations by visit, approved as commuting is difficult.) What is
not stated follows the stated `home` and `office` days, and stops before `as_of`.

**Day lists**: `2-6 9` days of the month; `2026-03-02` any day; `x2` twice; `@10:00,15:00` at these times
(days of use: `@10:00-12:00`, or `@-` for no times); `?` in doubt; `none` for an empty list.
**Periods**: `5~12`, `5~` until further notice, `2025-07-01~2026-06-30`.

| key | days |
|---|---|
| `home` `satellite` `office` `offsite` | days of use |
| `activity."text"` `.blank` `.unsaid` | change the home rows of these days; so does `support` |
| `planned` | at home; `planned.office` ... |
| `contact` | by phone; `.chat` ..., `.phone_by_user` answered (`?`: not said), `.phone_by_user_unanswered` |
| `report` | `.after_4` recorded four days later, `.before_1` the day before |
| `weekly` `achievement` `both` | by video, commute, commute; `weekly.phone`, `both.visit_at_relay` ... |
| `recording` | of both; `.training`, `.support`, `.both_unsecured` |
| `inquiry` | answered at once; `.after_3`, `.unanswered` |
| `emergency` | attended by staff at once; `.after_1`, `.by_other`, `.by_unsaid`, `.unattended` |
| `absence` `claim` `life_support` | `absence.claimed`, `claim.absence_addition`, `life_support.unclaimed` |
| `submission` | of the record of the month; `submission."2026-01"` |
| `wish` `assessment` | one day, or `none`; `assessment.cautions` |

| key | periods |
|---|---|
| `decision` `home_use` | `decision.days_15`, `home_use.commuting_difficult` |
| `notification` `plan` | `notification.renewal`; `plan.unsigned`, `.signature_unsaid`, `.silent` |
| `hospital` `consent` `waiver.Z402` | `consent.disclosure` |
| `readiness.KIND` | replaces that kind alone |

Any other key replaces what the base has; a list of tables instead of a text gives raw rows of the case
format, in which a day may be written `5`, a moment `"5@10:00"`. `without.contact = "5x1"` takes away (here
one of the 5th), `also.contact.chat = "5"` adds, `absent = ["contacts", "wish", "provider.menu"]` leaves
out, `rows.days = [{date = 5, place = "home"}]` gives a whole list, `coverage.evaluations = "1~15"` its
coverage. `user.birth_date`, `provider.menu` ... set these fields. Also `month` (default 2026-02),
`municipality` (default Fujieda, which has no overlay), `service` (default `continuation_b`), `as_of`,
`readings`, and `overlays`, see `zaitaku_rules.testing.inline_law`. What a file says in a table `[every]`
holds for each of its cases.

What is expected stands in `expect`; see `zaitaku_rules.testing.expectation`.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from typing import Any, cast

from zaitaku_rules.days import Calendar, calendar_of
from zaitaku_rules.errors import InvalidInput, nearest, shown_name
from zaitaku_rules.records.case import SOURCES
from zaitaku_rules.testing.day_lists import NONE, day_of, days, marks, stretches
from zaitaku_rules.testing.lawful_month import lawful_days, lawful_people, lawful_rest
from zaitaku_rules.testing.tracks import DAY_TRACKS, PERIOD_TRACKS, TIMES, Row

MONTH, FUJIEDA, PROVIDER = "2026-02", "222143", "2212300012"
_OTHERS = (
    "name", "why", "month", "municipality", "service", "base", "as_of", "overlays", "readings", "wish",
    "activity", "support", "without", "also", "absent", "rows", "coverage", "user", "provider", "expect",
    "only",
)  # fmt: skip
_DAY_FIELDS = (
    "date", "from", "to", "on", "until", "submitted", "accepted", "issued", "at", "answered_at",
    "attended_at",
)  # fmt: skip


def cases(file: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the cases of a parsed case file, each with what the file says of every case."""
    return [{**file.get("every", {}), **case} for case in file.get("case", [])]


def document(spec: Mapping[str, Any]) -> dict[str, Any]:
    """Return the `zaitaku-case/1` document that a case in the notation stands for."""
    _refuse_unknown(spec)
    calendar = calendar_of(spec.get("month", MONTH))
    is_lawful = spec.get("base", "lawful") == "lawful"
    whole = _filled(spec, calendar) if is_lawful else dict(spec)
    lists = _lists(whole, calendar)
    for name, rows in whole.get("rows", {}).items():
        lists[name] = [_raw(row, calendar) for row in rows]
    found: dict[str, Any] = {
        "schema": "zaitaku-case/1",
        "month": calendar.name,
        "as_of": whole.get("as_of"),
        "coverage": _coverage(whole.get("coverage", {}), calendar),
        **_people(whole, is_lawful),
        **{name: lists[name] for name in SOURCES if name in lists},
    }
    given = {key: value for key, value in found.items() if value is not None}
    return _left_out(given, whole.get("absent", []))


def _refuse_unknown(spec: Mapping[str, Any]) -> None:
    known = (*DAY_TRACKS, *PERIOD_TRACKS, *_OTHERS)
    for key in (*spec, *spec.get("without", {}), *spec.get("also", {})):
        if key not in known:
            near = nearest(key, known)
            shown = shown_name(key)
            raise InvalidInput(
                f"知らない項目です: {shown}({near})", f"unknown key {shown}; did you mean {near}?"
            )


def _filled(spec: Mapping[str, Any], calendar: Calendar) -> dict[str, Any]:
    """Return the spec with the lawful month behind it."""
    as_of = dt.date.fromisoformat(spec["as_of"]) if "as_of" in spec else None
    stated = _dates(("home", "satellite"), spec, calendar) if "home" in spec or "satellite" in spec else None
    use = {**lawful_days(calendar, stated, as_of), **({} if stated is None else {"home": NONE}), **spec}
    home, office = _dates(("home", "satellite"), use, calendar), _dates(("office",), use, calendar)
    rest = lawful_rest(calendar, home, office, as_of)
    ready = spec.get("readiness", {})
    return {**rest, **use, "readiness": {**rest["readiness"], **ready} if ready != NONE else NONE}


def _dates(tracks: tuple[str, ...], spec: Mapping[str, Any], calendar: Calendar) -> list[dt.date]:
    """Return the dates of some tracks, ascending, each once."""
    rows = [row for track in tracks for row in _track_rows(track, spec, calendar)]
    return sorted({dt.date.fromisoformat(_date_of(row)) for row in rows})


def _lists(spec: Mapping[str, Any], calendar: Calendar) -> dict[str, list[Row]]:
    lists: dict[str, list[Row]] = {}
    for track, (name, _) in (*DAY_TRACKS.items(), *PERIOD_TRACKS.items()):
        if track in spec or track in spec.get("also", {}):
            lists.setdefault(name, []).extend(_track_rows(track, spec, calendar))
    for field in ("activity", "support"):
        for said, text in spec.get(field, {}).items():
            _say(lists["days"], field, said, [day.isoformat() for day in days(text, calendar)])
    if "contacts" in lists:
        lists["contacts"] = list(_clocked(lists["contacts"]))
    return lists


def _track_rows(track: str, spec: Mapping[str, Any], calendar: Calendar) -> list[Row]:
    """Return the rows of one track, without those taken away, with those added."""
    rows = list(_rows(track, spec.get(track, NONE), calendar))
    for mark in marks(spec.get("without", {}).get(track, NONE), calendar):
        there = [row for row in rows if _date_of(row) == mark.day.isoformat()]
        gone = there[-mark.times :] if mark.times else there
        rows = [row for row in rows if not any(row is other for other in gone)]
    return rows + list(_rows(track, spec.get("also", {}).get(track, NONE), calendar))


def _rows(track: str, value: Any, calendar: Calendar) -> Iterator[Row]:
    if isinstance(value, list):
        kind = {"kind": track} if track in ("decision", "home_use") else {}
        yield from ({**kind, **_raw(row, calendar)} for row in cast("list[Row]", value))
        return
    for how, text in ({"": value} if isinstance(value, str) else value).items():
        if track in DAY_TRACKS:
            for mark in marks(text, calendar):
                yield from DAY_TRACKS[track][1](how, mark)
        else:
            yield from (PERIOD_TRACKS[track][1](how, stretch) for stretch in stretches(text, calendar))


def _date_of(row: Row) -> str:
    return str(row.get("date") or row.get("at") or row.get("on"))[:10]


def _raw(row: Mapping[str, Any], calendar: Calendar) -> Row:
    return {key: _spelled(value, calendar) if key in _DAY_FIELDS else value for key, value in row.items()}


def _spelled(value: Any, calendar: Calendar) -> str:
    """Return a day or moment of a raw row: `5` and "5@10:00" are of the month, the rest stays."""
    if isinstance(value, int):
        return day_of(str(value), calendar).isoformat()
    found = re.fullmatch(r"(\d{1,2})@(\d\d:\d\d)", value)
    return f"{day_of(found[1], calendar).isoformat()}T{found[2]}" if found else value


def _say(rows: list[Row], field: str, said: str, on: list[str]) -> None:
    for row in rows:
        if row["date"] in on and field in row:
            row.update({field: {"blank": " "}.get(said, said)})
            if said == "unsaid":
                del row[field]


def _clocked(rows: list[Row]) -> Iterator[Row]:
    """Give each contact a time and a name: the n-th of a day takes the n-th of the usual times."""
    seen: dict[str, int] = {}
    for row in rows:
        day = _date_of(row)
        count = seen[day] = seen.get(day, 0) + 1
        at = row["at"] if len(row["at"]) > 10 else f"{day}T{TIMES[count - 1]}"
        named = {"id": f"c-{day[5:]}-{count}"} if row.get("id") == "" else {}
        yield {**row, "at": at, **named}


def _coverage(said: Mapping[str, str], calendar: Calendar) -> dict[str, Row] | None:
    spans = {name: stretches(text, calendar)[0] for name, text in said.items()}
    found = {
        name: {"from": begin.isoformat(), "through": (end or begin).isoformat()}
        for name, (begin, end) in spans.items()
    }
    return found or None


def _people(spec: Mapping[str, Any], is_lawful: bool) -> dict[str, Any]:
    municipality = spec.get("municipality", FUJIEDA)
    user, provider = lawful_people(municipality) if is_lawful else ({}, {})
    number = {"number": PROVIDER, "service": spec.get("service", "continuation_b")}
    wish = {} if "wish" not in spec else {"wish": {} if spec["wish"] == NONE else _wish(spec)}
    return {
        "user": {"id": "U-001", "municipality": municipality, **user, **wish, **spec.get("user", {})},
        "provider": {**number, **provider, **spec.get("provider", {})},
    }


def _wish(spec: Mapping[str, Any]) -> Row:
    return {"on": day_of(spec["wish"], calendar_of(spec.get("month", MONTH))).isoformat()}


def _left_out(found: dict[str, Any], absent: list[str]) -> dict[str, Any]:
    for name in absent:
        owner, _, field = name.rpartition(".")
        place = found[owner] if owner else found["user"] if name in ("wish", "birth_date") else found
        place.pop(field or name, None)
    return found

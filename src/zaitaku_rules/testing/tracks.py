"""The tracks of the notation: how each kind of mark or period becomes rows of a case document."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any, TypeAlias, get_args

from zaitaku_rules.errors import InvalidInput
from zaitaku_rules.records.fields import Channel
from zaitaku_rules.testing.day_lists import Mark, Stretch

Row: TypeAlias = dict[str, Any]
ByMark: TypeAlias = Callable[[str, Mark], Iterator[Row]]
ByStretch: TypeAlias = Callable[[str, Stretch], Row]

ACTIVITY, SUPPORT = "データ入力", "作業手順の助言"
TIMES = ("10:00", "15:00", "12:00", "13:30", "11:00", "14:00", "16:00", "09:00")


def _use(place: str) -> ByMark:
    def rows(how: str, mark: Mark) -> Iterator[Row]:
        _listed(how, "")
        clocks = mark.clocks or ("10:00", "15:00")
        times = dict(zip(("start", "end"), clocks, strict=False)) if clocks[0] else {}
        texts = {"activity": ACTIVITY, "support": SUPPORT} if place in ("home", "satellite") else {}
        yield {"date": mark.day.isoformat(), "place": place, **times, **texts}

    return rows


def _planned(how: str, mark: Mark) -> Iterator[Row]:
    yield {"date": mark.day.isoformat(), "place": how or "home"}


def _contact(how: str, mark: Mark) -> Iterator[Row]:
    channel = next((name for name in get_args(Channel) if how.startswith(name)), "phone")
    rest = how.removeprefix(channel)
    _listed(rest, "", "_by_user", "_by_user_unanswered", "_unanswered")
    by = {"by": "user"} if "by_user" in rest else {}
    said = {"answered": "unanswered" not in rest} if rest and not mark.perhaps else {}
    for clock in (mark.clocks or ("",)) * (mark.times or 1):
        at = f"{mark.day.isoformat()}T{clock}" if clock else mark.day.isoformat()
        yield {"at": at, "channel": channel, **by, **said, "id": ""}


def _report(how: str, mark: Mark) -> Iterator[Row]:
    recorded = {"recorded_at": _later(mark, how)} if how else {}
    yield {"date": mark.day.isoformat(), **recorded}


def _later(mark: Mark, how: str) -> str:
    """Return the day so many days "after_3" or "before_1" a mark."""
    side, _, number = how.partition("_")
    _listed(side, "after", "before")
    return (mark.day + timedelta(days=int(number) * (1 if side == "after" else -1))).isoformat()


def _evaluation(covers: list[str], usual: str) -> ByMark:
    def rows(how: str, mark: Mark) -> Iterator[Row]:
        means, _, place = how.partition("_at_")
        there = {"place": place} if place else {}
        yield {"date": mark.day.isoformat(), "covers": covers, "means": means or usual, **there}

    return rows


def _recording(how: str, mark: Mark) -> Iterator[Row]:
    subject = how.removesuffix("unsecured").strip("_") or "both"
    secured = not how.endswith("unsecured")
    yield {"date": mark.day.isoformat(), "subject": subject, "media": "still", "secured": secured}


def _absence(how: str, mark: Mark) -> Iterator[Row]:
    _listed(how, "", "claimed", "unclaimed")
    claimed = {"addition_claimed": how == "claimed"} if how else {}
    yield {"date": mark.day.isoformat(), **claimed}


def _claim(how: str, mark: Mark) -> Iterator[Row]:
    yield {"date": mark.day.isoformat(), "status": how or "use"}


def _life_support(how: str, mark: Mark) -> Iterator[Row]:
    _listed(how, "", "unclaimed")
    yield {"date": mark.day.isoformat(), "claimed": not how}


def _submission(how: str, mark: Mark) -> Iterator[Row]:
    yield {"kind": "monthly_record", "month": how or mark.month, "on": mark.day.isoformat()}


def _inquiry(how: str, mark: Mark) -> Iterator[Row]:
    answered = {} if how == "unanswered" else {"answered_at": _later(mark, how or "after_0")}
    yield {"at": mark.day.isoformat(), **answered}


def _emergency(how: str, mark: Mark) -> Iterator[Row]:
    after = how if how.startswith("after") else "after_0"
    attended = {} if how == "unattended" else {"attended_at": _later(mark, after)}
    by = {"attended_by": "other" if how == "by_other" else "staff"}
    yield {"at": mark.day.isoformat(), **attended, **({} if how in ("unattended", "by_unsaid") else by)}


def _assessment(how: str, mark: Mark) -> Iterator[Row]:
    _listed(how, "", "cautions")
    yield {"on": mark.day.isoformat(), "cautions": ["一人での作業に不安がある"] if how else []}


def _listed(word: str, *known: str) -> None:
    if word not in known:
        names = ", ".join(name for name in known if name)
        raise InvalidInput(f"使える語: {names}", f"not a word of this track (known: {names})")


DAY_TRACKS: dict[str, tuple[str, ByMark]] = {
    "home": ("days", _use("home")),
    "satellite": ("days", _use("satellite")),
    "office": ("days", _use("office")),
    "offsite": ("days", _use("offsite")),
    "planned": ("planned_days", _planned),
    "absence": ("absences", _absence),
    "contact": ("contacts", _contact),
    "report": ("daily_reports", _report),
    "weekly": ("evaluations", _evaluation(["weekly"], "video")),
    "achievement": ("evaluations", _evaluation(["achievement"], "commute")),
    "both": ("evaluations", _evaluation(["weekly", "achievement"], "commute")),
    "recording": ("recordings", _recording),
    "inquiry": ("inquiries", _inquiry),
    "emergency": ("emergencies", _emergency),
    "submission": ("submissions", _submission),
    "life_support": ("life_support_days", _life_support),
    "claim": ("claimed_days", _claim),
    "assessment": ("assessments", _assessment),
}
"""Tracks of marked days, each with the list it writes."""


def _ends(stretch: Stretch, begin: str = "from", end: str = "to") -> Row:
    last = {end: stretch.end.isoformat()} if stretch.end else {}
    return {begin: stretch.begin.isoformat(), **last}


def _home_use(how: str, stretch: Stretch) -> Row:
    ground, issued = how or "support_effective", stretch.begin.isoformat()
    return {"kind": "home_use", **_ends(stretch), "ground": ground, "on_certificate": True, "issued": issued}


def _decision(how: str, stretch: Stretch) -> Row:
    granted = {"days_per_month": int(how.removeprefix("days_"))} if how else {}
    return {"kind": "decision", **_ends(stretch), **granted}


def _notification(how: str, stretch: Stretch) -> Row:
    at_once = dict.fromkeys(("submitted", "accepted"), stretch.begin.isoformat())
    return {"kind": how or "initial", **at_once, **_ends(stretch)}


def _plan(how: str, stretch: Stretch) -> Row:
    _listed(how, "", "silent", "unsigned", "signature_unsaid")
    signed = {} if how == "signature_unsaid" else {"user_signed": how != "unsigned"}
    return {**_ends(stretch), "states_home_use": how != "silent", **signed}


def _readiness(how: str, stretch: Stretch) -> Row:
    return {"kind": how, **_ends(stretch)}


def _hospital(how: str, stretch: Stretch) -> Row:
    _listed(how, "")
    return _ends(stretch)


def _consent(how: str, stretch: Stretch) -> Row:
    return {"kind": how or "recording", **_ends(stretch, "on", "until")}


def _waiver(how: str, stretch: Stretch) -> Row:
    paper = {"authority": "支給決定市町村", "document": "W-1", "reason": "通所も訪問もできない事情"}
    return {"rule": how, **_ends(stretch), **paper}


PERIOD_TRACKS: dict[str, tuple[str, ByStretch]] = {
    "decision": ("approvals", _decision),
    "home_use": ("approvals", _home_use),
    "notification": ("notifications", _notification),
    "plan": ("plans", _plan),
    "readiness": ("readiness", _readiness),
    "hospital": ("hospital_stays", _hospital),
    "consent": ("consents", _consent),
    "waiver": ("waivers", _waiver),
}
"""Tracks of periods, each with the list it writes."""

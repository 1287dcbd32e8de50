"""Ways in which the facts that settle a finding can turn out, for the tests of `settle`."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Any

from zaitaku_rules import Case
from zaitaku_rules.facts import Facts
from zaitaku_rules.records import EVENTS, Source
from zaitaku_rules.records import events as rows
from zaitaku_rules.records.papers import Approval, Consent, HospitalStay, Notification, Plan, Readiness, Wish
from zaitaku_rules.records.row import Row
from zaitaku_rules.report import Settle

ONE_DAY = timedelta(days=1)


def _row(model: type[Row], **fields: Any) -> Any:
    return model.model_validate(fields)


class Given(Facts):
    """Facts of a case whose lists also cover some more cells, which need not hang together."""

    def __init__(self, case: Case, as_of: date, before: Facts, more: dict[str, int], waited: int) -> None:
        super().__init__(case, as_of)
        self.before, self.more, self.waited = before, more, waited

    def covered(self, source: Source) -> int:
        known = super().covered(source) if source in self.before.present else 0
        return known | self.more.get(source, 0) | self.waited


def _use(place: str, **more: Any) -> Callable[[date], Any]:
    said = {"activity": "データ入力", "support": "助言した"} | more
    return lambda day: _row(rows.UseDay, date=day, place=place, start=time(10), end=time(15), **said)


def _contact(hour: int, channel: str, **more: Any) -> Callable[[date], Any]:
    return lambda day: _row(rows.Contact, at=datetime.combine(day, time(hour)), channel=channel, **more)


def _evaluation(means: str, *covers: str, **more: Any) -> Callable[[date], Any]:
    return lambda day: _row(rows.Evaluation, date=day, covers=covers, means=means, **more)


EVENT_ROWS: dict[str, list[Callable[[date], Any]]] = {
    "days": [
        _use("office"),
        _use("offsite", activity=None),
        _use("home"),
        _use("home", activity="", support="x"),
        _use("satellite", activity="散歩"),
    ],
    "absences": [
        lambda day: _row(rows.Absence, date=day, addition_claimed=True),
        lambda day: _row(rows.Absence, date=day, addition_claimed=False),
    ],
    "contacts": [
        _contact(9, "phone"),
        _contact(9, "video"),
        _contact(10, "visit"),
        _contact(9, "phone", by="user", answered=True),
        _contact(11, "chat", by="user", answered=False),
        _contact(12, "one_way"),
        _contact(16, "office"),
    ],
    "daily_reports": [
        lambda day: _row(rows.DailyReport, date=day, recorded_at=day),
        lambda day: _row(rows.DailyReport, date=day, recorded_at=day + 9 * ONE_DAY),
        lambda day: _row(rows.DailyReport, date=day),
    ],
    "evaluations": [
        _evaluation("phone", "weekly"),
        _evaluation("commute", "weekly", "achievement"),
        _evaluation("visit", "weekly", "achievement"),
        _evaluation("visit", "achievement"),
        _evaluation("commute", "achievement", place="relay"),
        _evaluation("mail", "weekly"),
    ],
    "recordings": [
        lambda day: _row(rows.Recording, date=day, subject="both", media="still", secured=True),
        lambda day: _row(rows.Recording, date=day, subject="training", media="still", secured=True),
        lambda day: _row(rows.Recording, date=day, subject="support", media="still", secured=True),
        lambda day: _row(rows.Recording, date=day, subject="both", media="still", secured=False),
    ],
    "inquiries": [
        lambda day: _row(rows.Inquiry, at=day, answered_at=day),
        lambda day: _row(rows.Inquiry, at=day),
        lambda day: _row(rows.Inquiry, at=day, answered_at=day + 2 * ONE_DAY),
    ],
    "emergencies": [
        lambda day: _row(rows.Emergency, at=day, attended_at=day, attended_by="staff"),
        lambda day: _row(rows.Emergency, at=day),
        lambda day: _row(rows.Emergency, at=day, attended_at=day, attended_by="other"),
    ],
    "life_support_days": [lambda day: _row(rows.LifeSupportDay, date=day, claimed=True)],
    "claimed_days": [
        lambda day: _row(rows.ClaimedDay, date=day, status="use"),
        lambda day: _row(rows.ClaimedDay, date=day, status="absence_addition"),
    ],
    "submissions": [],
}
"""Rows that a list of events may hold for a day, each with all of its fields said."""

_PAST = date(2010, 4, 1)
_SINCE: dict[str, Any] = {"from": _PAST}
_STATED: dict[str, Any] = {"on_certificate": True, "ground": "support_effective", "issued": _PAST}

PAPERS: dict[str, list[Any]] = {
    "approvals": [
        _row(Approval, kind="home_use", **_SINCE, **_STATED),
        _row(Approval, kind="decision", **_SINCE, to=date(2026, 2, 10)),
    ],
    "notifications": [_row(Notification, kind="initial", submitted=_PAST, accepted=_PAST)],
    "plans": [_row(Plan, **_SINCE, states_home_use=True, user_signed=True)],
    "readiness": [_row(Readiness, kind="operating_rules", **_SINCE)],
    "assessments": [],
    "hospital_stays": [_row(HospitalStay, **_SINCE)],
    "consents": [_row(Consent, kind="recording", on=_PAST)],
}
"""Papers that a list may hold."""

UNSAID: dict[str, list[Any]] = {
    "answered": [True, False],
    "attended_by": ["staff", "other"],
    "activity": ["データ入力", "散歩", ""],
    "support": ["助言した", ""],
    "on_certificate": [True, False],
    "ground": ["support_effective", "commuting_difficult"],
    "issued": [_PAST, date(2030, 1, 1)],
    "provider": ["0812300010", "2212300012"],
    "submitted": [_PAST, date(2030, 1, 1)],
    "user_signed": [True, False],
}
"""What a field that was left unsaid may turn out to say."""


@lru_cache(maxsize=100_000)
def row_of(source: str, number: int, day: date) -> Any:
    """Make a row of a list for a day, once."""
    return EVENT_ROWS[source][number](day)


def is_statement(entry: Settle) -> bool:
    """Tell whether an entry asks for what rows leave unsaid."""
    return entry.kind == "record" and "fill in" in entry.what.en


class Way:
    """One way in which the facts named by some entries turn out."""

    def __init__(self, facts: Facts, sources: Iterable[str], rng: random.Random, mood: str) -> None:
        self.facts, self.rng, self.mood = facts, rng, mood
        self.sources = [source for source in sources if source in EVENTS]
        self.rarely = rng.random()
        extremes = ["low", "high"] if mood == "mixed" else [mood]
        self.moods = {source: rng.choice(extremes) for source in self.sources}
        if mood in ("mixed", "high") and "days" in self.moods:
            self.moods["days"] = rng.choice(["home", "low", "high"])
        self.more: dict[str, int] = {}
        self.added: dict[str, list[Any]] = {}
        self.update: dict[str, Any] = {}
        self.as_of, self.waited = facts.as_of, 0

    def give(self, entry: Settle) -> None:
        """Let the facts of one entry turn out."""
        if entry.kind == "wait":
            assert entry.by is not None
            self.wait(entry.by)
        elif is_statement(entry):
            self.state(entry)
        elif entry.kind == "record" and entry.source in EVENTS:
            self.complete(str(entry.source), entry.days)
        elif entry.kind == "record":
            source = str(entry.source)
            some = PAPERS[source]
            self.update[source] = {"low": [], "high": some}.get(self.mood, [r for r in some if self.coin()])

    def coin(self) -> bool:
        return self.rng.random() < 0.5

    def wait(self, by: date) -> None:
        """Let time pass; every list is complete to the day, and the plan is followed or not."""
        calendar = self.facts.calendar
        begin, self.as_of = self.facts.as_of, by + ONE_DAY
        self.waited = calendar.span(begin, by)
        days = calendar.dates(self.waited)
        for source in self.sources:
            self.happen(source, days)
        if "submissions" in self.sources and (self.mood == "high" or self.coin()):
            row = _row(rows.Submission, kind="monthly_record", month=self.facts.case.month, on=by)
            self.added.setdefault("submissions", []).append(row)

    def complete(self, source: str, days: Iterable[date]) -> None:
        """Let a list tell everything of some days."""
        calendar = self.facts.calendar
        self.more[source] = self.more.get(source, 0) | sum(calendar.bit(day) for day in days)
        self.added.setdefault(source, [])
        self.happen(source, days)

    def happen(self, source: str, days: Iterable[date]) -> None:
        for day in days:
            kinds = len(EVENT_ROWS[source])
            if source == "days":
                kinds = self._possible_uses(day)
            if not kinds:
                continue
            mood = self.moods[source]
            if mood == "high":
                chosen = [0] if kinds < 3 else [0, 1]
            elif mood == "home":
                chosen = [2] if kinds > 2 else []
            elif mood == "low" or self.rng.random() < self.rarely:
                chosen = []
            else:
                chosen = self.rng.sample(range(kinds), self.rng.choice([1, 1, 1, min(2, kinds)]))
            self.added.setdefault(source, []).extend(row_of(source, number, day) for number in chosen)

    def _possible_uses(self, day: date) -> int:
        """Count the rows of use that are possible: none beside a row, home only where home is planned."""
        bit, facts = self.facts.calendar.bit(day), self.facts
        if facts.use.sure & bit:
            return 0
        if (facts.home.maybe | facts.to_come | ~facts.calendar.month_mask) & bit:
            return len(EVENT_ROWS["days"])
        return 2 if facts.use.maybe & bit else 0

    def state(self, entry: Settle) -> None:
        """Let rows say what they left unsaid."""
        source, fields = str(entry.source), entry.what.en.rpartition("fill in ")[2].split(" / ")
        if source == "wish":
            user, on = self.facts.case.user, self.rng.choice([_PAST, date(2030, 1, 1), entry.days[0]])
            wish = _row(Wish, on=on, reason=user.wish.reason if user.wish else None)
            self.update["user"] = user.model_copy(update={"wish": wish})
            return
        known = self.update.get(source) or getattr(self.facts.case, source)
        self.update[source] = [self._said(row, fields, entry) for row in known]

    def _said(self, row: Any, fields: list[str], entry: Settle) -> Any:
        if entry.source in EVENTS and row.day not in entry.days:
            return row
        said = {
            field: UNSAID[field][
                {"low": -1, "high": 0}.get(self.mood, self.rng.randrange(len(UNSAID[field])))
            ]
            for field in fields
            if getattr(row, field) is None or (field == "ground" and row.ground not in UNSAID[field])
        }
        return row.model_copy(update=said) if said else row

    def facts_then(self) -> Given:
        """Return the facts as they are then; what the case dates after the day of the question is not so."""
        update = dict(self.update)
        for source in self.sources if self.as_of > self.facts.as_of else ():
            told = update.get(source) or getattr(self.facts.case, source)
            if told:
                update[source] = [row for row in told if row.day <= self.facts.as_of]
        for source, added in self.added.items():
            known = update.get(source, getattr(self.facts.case, source)) or ()
            update[source] = (*known, *added)
        case = self.facts.case
        copy = Case.model_construct(**{**{name: getattr(case, name) for name in Case.model_fields}, **update})
        return Given(copy, self.as_of, self.facts, self.more, self.waited)

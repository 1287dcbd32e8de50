"""From the records of one case to the facts that rules read: sets of days, ladders, measures.

Each fact is one attribute of `Facts`, named as the rules name their parameters. What a list leaves
unsaid is unknown outside its coverage, and on and after `as_of` whatever its coverage.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any, Generic, Literal, TypeVar, overload

from zaitaku_rules.days import Accepted, ALL_DAYS, FULL, NO_DAYS, Calendar, Days, Ladder, Measure, Split, SplitLadder, calendar_of
from zaitaku_rules.records import EVENTS, SOURCES, Case, Source, day_of
from zaitaku_rules.records.municipalities import city_of
from zaitaku_rules.records.rows import Approval, Contact, Evaluation, Notification, UseDay

T = TypeVar("T")


class fact(Generic[T]):
    """An attribute of `Facts` that is computed when a rule first reads it (without a lock, unlike functools)."""

    def __init__(self, compute: Callable[[Any], T]) -> None:
        """Hold the method that computes the fact."""
        self.compute = compute
        self.name = compute.__name__
        self.__doc__ = compute.__doc__

    @overload
    def __get__(self, facts: None, owner: type) -> fact[T]: ...

    @overload
    def __get__(self, facts: object, owner: type) -> T: ...

    def __get__(self, facts: object | None, owner: type) -> fact[T] | T:
        """Compute the fact and keep it in the place of the attribute."""
        if facts is None:
            return self
        value = facts.__dict__[self.name] = self.compute(facts)
        return value


_DAY = timedelta(days=1)
_PLACES = {"visit": "home", "commute": "office"}


def default_as_of(case: Case) -> date:
    """Return the day after the last day of which the case tells anything."""
    return _as_of_after(case, calendar_of(case.month), _ordinals(case))


def _as_of_after(case: Case, calendar: Calendar, rows: dict[str, list[tuple[int, Any]]]) -> date:
    first, last = calendar.reach
    told = calendar.last.toordinal()
    for stated in (case.coverage or {}).values():
        told = max(told, stated.through.toordinal())
    for dated in rows.values():
        for day, _ in dated:
            if told < day <= last and day >= first:
                told = day
    return date.fromordinal(min(told + 1, date.max.toordinal()))


def _ordinals(case: Case) -> dict[str, list[tuple[int, Any]]]:
    """Return the rows of each list of events, each with the ordinal of its day."""
    return {source: [(row.day.toordinal(), row) for row in getattr(case, source) or ()] for source in EVENTS}


class Facts:
    """The facts of one case as of one day; each is computed when a rule first reads it."""

    def __init__(self, case: Case, as_of: date | None = None, *, complete: bool = False) -> None:
        """Read `case` as of `as_of`; `complete` pretends that every source is complete and time over."""
        self.case = case
        self.calendar: Calendar = calendar_of(case.month)
        self._ordinals = _ordinals(case)
        self.as_of = as_of or case.as_of or _as_of_after(case, self.calendar, self._ordinals)
        self.complete = complete
        self._past = self.calendar.span(None, self.as_of)
        self._by_source: dict[str, list[tuple[int, Any]]] = {}
        self._gaps: dict[str, int] = {}
        self._service, self._provider = case.provider.service, case.provider.number

    @fact
    def completed(self) -> Facts:
        """The facts as they were if every source were complete and time over."""
        return Facts(self.case, self.as_of, complete=True)

    # What is known

    @fact
    def present(self) -> frozenset[str]:
        """The sources that are given: lists, and fields of the user and the provider."""
        case = self.case
        fields = (
            ("wish", case.user.wish),
            ("birth_date", case.user.birth_date),
            ("provider.municipality", case.provider.municipality),
            ("provider.menu", case.provider.menu),
        )
        lists = [source for source in SOURCES if getattr(case, source) is not None]
        return frozenset([*lists, *(case.coverage or ()), *(name for name, given in fields if given is not None)])

    def covered(self, source: Source) -> int:
        """Return the cells for which a list is complete: what it does not say there did not happen."""
        if self.complete:
            return FULL
        yesterday = self.as_of - _DAY if self.as_of > date.min else date.min
        stated = (self.case.coverage or {}).get(source)
        if stated is not None:
            return self.calendar.span(stated.from_, min(stated.through, yesterday))
        if getattr(self.case, source) is None:
            return 0
        return self.calendar.span(self.calendar.first, min(self.calendar.last, yesterday))

    def _gap(self, source: Source) -> int:
        if source not in self._gaps:
            self._gaps[source] = FULL ^ self.covered(source)
        return self._gaps[source]

    def _rows(self, source: Source) -> Sequence[Any]:
        return getattr(self.case, source) or ()

    def _dated(self, source: Source) -> list[tuple[int, Any]]:
        """Return the rows of a list that count, each with the word of its day."""
        if source not in self._by_source:
            start, readable = self.calendar.start, self.calendar.page & self._past
            low, high = start - 1, start + self.calendar.cells
            self._by_source[source] = [
                (bit, row)
                for day, row in self._ordinals[source]
                if low < day < high and (bit := 1 << day - start) & readable
            ]
        return self._by_source[source]

    def _bits(self, source: Source, keep: Callable[[Any], bool] | None = None) -> int:
        bits = 0
        for bit, row in self._dated(source):
            if keep is None or keep(row):
                bits |= bit
        return bits

    def _events(self, source: Source, keep: Callable[[Any], bool] | None = None) -> Days:
        """Return the days of the rows that `keep`, and perhaps the days that the source leaves open."""
        bits = self._bits(source, keep)
        return Days(bits, bits | self._gap(source))

    # Use of the service

    @fact
    def _use_rows(self) -> dict[int, list[UseDay]]:
        by_bit: dict[int, list[UseDay]] = {}
        for bit, row in self._dated("days"):
            by_bit.setdefault(bit, []).append(row)
        return by_bit

    @fact
    def _home_rows(self) -> dict[int, list[UseDay]]:
        found = {
            bit: [row for row in rows if row.place in ("home", "satellite")] for bit, rows in self._use_rows.items()
        }
        return {bit: rows for bit, rows in found.items() if rows}

    @fact
    def _planning(self) -> tuple[int, int]:
        """The cells of the month that the plan speaks of, and those to come of which nothing is said."""
        stated = (self.case.coverage or {}).get("days")
        end = self.calendar.last if stated is None else stated.through
        begin = self.as_of if "days" not in self.present else min(self.as_of, min(end, date.max - _DAY) + _DAY)
        uncovered = (FULL ^ self.covered("days")) & self.calendar.month_mask
        if "planned_days" in self.present:
            return self.calendar.span(begin, None) & uncovered, 0
        return 0, self.calendar.span(self.as_of, None) & uncovered

    def _places(self, places: Sequence[str], planned: Sequence[str] | None) -> Days:
        """Return the days with a row at one of `places`; a planned day at `planned` (None: any) perhaps."""
        rows = self._bits("days", lambda row: row.place in places)
        recorded = self._bits("days")
        from_plan, to_come = self._planning
        plan = self.case.planned_days or ()
        hoped = sum({self.calendar.bit(row.day) for row in plan if planned is None or row.place in planned})
        silent = FULL ^ (self.covered("days") | from_plan | to_come)
        open_cells = silent | (hoped & from_plan)
        return Days(rows, rows | (open_cells & (FULL ^ recorded)))

    @fact
    def use(self) -> Days:
        """Days of use of the service, at any place."""
        return self._places(("home", "satellite", "office", "offsite"), None)

    @fact
    def home(self) -> Days:
        """Days of use at home or at a satellite office (home days)."""
        return self._places(("home", "satellite"), ("home", "satellite"))

    @fact
    def office(self) -> Days:
        """Days of use at the office (通所)."""
        return self._places(("office",), None)

    @fact
    def to_come(self) -> int:
        """The word of the days to come without a row, where there is no plan: they are not judged."""
        return self._planning[1] & (FULL ^ self._bits("days"))

    def _noted(self, noted: Callable[[UseDay], bool | None]) -> Days:
        """Return the days on which some home row is noted; where a row leaves it open, perhaps."""
        sure = maybe = 0
        for bit, rows in self._home_rows.items():
            answers = [noted(row) for row in rows]
            sure |= bit if True in answers else 0
            maybe |= bit if True in answers or None in answers else 0
        without_row = FULL ^ self._bits("days")
        return Days(sure, maybe | without_row)

    @fact
    def activity(self) -> Days:
        """Home days of which the activity is recorded; a blank is none, an absent field unknown."""
        return self._noted(lambda row: None if row.activity is None else bool(row.activity.strip()))

    @fact
    def support(self) -> Days:
        """Home days of which the support given is recorded."""
        return self._noted(lambda row: None if row.support is None else bool(row.support.strip()))

    @fact
    def off_menu(self) -> Days:
        """Home days with an activity that is not on the provider's menu."""
        menu = {item.strip() for item in self.case.provider.menu or ()}
        return self._noted(
            lambda row: None if row.activity is None else row.activity.strip() not in menu | {""}
        )

    @fact
    def two_places(self) -> Days:
        """Days with a home row and an office row whose times overlap or are not given."""
        sure = 0
        for bit, home in self._home_rows.items():
            office = [row for row in self._use_rows[bit] if row.place == "office"]
            sure |= bit if any(_overlap(a, b) for a in home for b in office) else 0
        recorded = self._bits("days")
        return Days(sure, sure | (self.home.maybe & self.office.maybe & (FULL ^ recorded)))

    @fact
    def absence(self) -> Days:
        """Days of a recorded absence (欠席時対応)."""
        return self._events("absences")

    # The user and the papers

    @fact
    def wished(self) -> Days:
        """Days on or after the user's wish to use the service at home."""
        wish = self.case.user.wish
        if wish is None or (wish.on is None and wish.reason is not None):
            return Days.unknown(FULL)
        return Days.known(self.calendar.span(wish.on, None)) if wish.on else NO_DAYS

    def _approvals(self, kind: Literal["decision", "home_use"]) -> list[Approval]:
        """Return the approvals of a kind that hold for this service and provider."""
        return [
            row
            for row in self.case.approvals or ()
            if row.kind == kind and row.service in (None, self._service) and row.provider in (None, self._provider)
        ]

    def _state(self, source: Source, spans: Iterable[tuple[int, bool | None]]) -> Days:
        """Return the days of the spans that hold; None holds perhaps; an absent list perhaps anywhere."""
        if source not in self.present:
            return Days.unknown(FULL)
        sure = maybe = 0
        for span, holds in spans:
            sure |= span if holds else 0
            maybe |= span if holds is not False else 0
        return Days(sure, maybe)

    def _span(self, row: Any) -> int:
        return self.calendar.span(row.from_, row.to)

    @fact
    def approved(self) -> Days:
        """Days within an approval of home use for this service and provider."""
        return self._state("approvals", ((self._span(row), True) for row in self._approvals("home_use")))

    @fact
    def certified(self) -> Days:
        """Days within an approval of home use that is printed on the certificate (受給者証)."""
        rows = self._approvals("home_use")
        return self._state("approvals", ((self._span(row), row.on_certificate) for row in rows))

    @fact
    def decided(self) -> Days:
        """Days within a decision on the benefit (支給決定) for this service and provider."""
        return self._state("approvals", ((self._span(row), True) for row in self._approvals("decision")))

    @fact
    def ground(self) -> Split:
        """Days within an approval of home use, by the ground it names; other words may mean any ground."""
        named = ("commuting_difficult", "support_effective")
        parts: dict[tuple[str, ...], Days] = dict.fromkeys(((name,) for name in named), NO_DAYS)
        unclear = NO_DAYS if "approvals" in self.present else Days.unknown(FULL)
        for row in self._approvals("home_use"):
            if row.ground in named:
                parts[(row.ground,)] |= Days.known(self._span(row))
            else:
                unclear |= Days.unknown(self._span(row))
        return Split(parts, unclear)

    @fact
    def approved_for_months(self) -> Measure[int]:
        """Days on which every approval in force began so many months ago or more."""
        return Measure(self._approved_for_months)

    def _approved_for_months(self, months: int) -> Days:
        rows = self._approvals("home_use")
        old = [(self._span(row) & self.calendar.span(_later(row.from_, months), None), True) for row in rows]
        young = [(self._span(row) & (FULL ^ span), True) for row, (span, _) in zip(rows, old, strict=True)]
        return self._state("approvals", old) - self._state("approvals", young)

    @fact
    def notified(self) -> Measure[tuple[str, bool]]:
        """Days on which an accepted notification is in force, by renewal and whether it names the provider."""
        return Measure(self._notified)

    def _notified(self, law: tuple[str, bool]) -> Days:
        renewal, per_provider = law
        accepted = [row for row in self.case.notifications or () if row.accepted]
        in_force = self._state(
            "notifications",
            ((self._notification_span(row, renewal), self._names_provider(row, per_provider)) for row in accepted),
        )
        if renewal != "decision_period" or "approvals" in self.present:
            return in_force
        anchors = [row.from_ or row.accepted for row in accepted]
        return in_force.perhaps(FULL ^ sum({self.calendar.bit(day) for day in anchors if day}))

    def _names_provider(self, row: Notification, per_provider: bool) -> bool | None:
        if not per_provider or row.provider == self._provider:
            return True
        return None if row.provider is None else False

    def _notification_span(self, row: Notification, renewal: str) -> int:
        assert row.accepted is not None
        begin = max(row.accepted, row.from_ or row.accepted)
        lapses = self._lapse(row.from_ or row.accepted, renewal)
        ends = [end for end in (row.to, lapses) if end is not None]
        return self.calendar.span(begin, min(ends, default=None))

    def _lapse(self, day: date, renewal: str) -> date | None:
        """Return the last day of the decision period or fiscal year that contains `day`, if any ends."""
        if renewal == "fiscal_year":
            return date(day.year + (day.month > 3), 3, 31)
        if renewal != "decision_period":
            return None
        periods = [row for row in self._approvals("decision") if row.from_ <= day and (row.to is None or day <= row.to)]
        ends = [row.to for row in periods if row.to is not None]
        return max(ends) if ends and len(ends) == len(periods) else None

    @fact
    def planned_for_home(self) -> Days:
        """Days within an individual support plan that states home use."""
        return self._state("plans", ((self._span(row), row.states_home_use) for row in self.case.plans or ()))

    @fact
    def signed_for_home(self) -> Days:
        """Days within a plan that states home use and that the user has signed."""
        rows = [row for row in self.case.plans or () if row.states_home_use]
        return self._state("plans", ((self._span(row), row.user_signed) for row in rows))

    @fact
    def readiness(self) -> Split:
        """Days on which each kind of arrangement stands ready."""
        parts: dict[tuple[str, ...], Days] = {}
        for row in self.case.readiness or ():
            parts[(row.kind,)] = parts.get((row.kind,), NO_DAYS) | Days.known(self._span(row))
        return Split(parts, NO_DAYS if "readiness" in self.present else Days.unknown(FULL))

    @fact
    def same_municipality(self) -> Days:
        """Every day where provider and deciding municipality are the same, else none."""
        own = self.case.provider.municipality
        if own is None:
            return Days.unknown(FULL)
        return ALL_DAYS if city_of(own) == city_of(self.case.user.municipality) else NO_DAYS

    @fact
    def found_appropriate(self) -> Days:
        """Days whose latest assessment notes no cautions."""
        rows = sorted(self.case.assessments or (), key=lambda row: row.on)
        bits = 0
        for row in rows:
            span = self.calendar.span(row.on, None)
            same_day = any(other.cautions for other in rows if other.on == row.on)
            bits = bits & (FULL ^ span) if same_day else bits | span
        return self._state("assessments", [(bits, True)])

    @fact
    def aged(self) -> Measure[int]:
        """Days on or after the birthday of so many years (29 February: 1 March)."""
        return Measure(self._aged)

    def _aged(self, years: int) -> Days:
        born = self.case.user.birth_date
        if born is None:
            return Days.unknown(FULL)
        birthday = _later(born - _DAY, 12 * years) + _DAY
        return Days.known(self.calendar.span(birthday, None))

    # Every day at home

    @fact
    def _counting_contacts(self) -> dict[tuple[datetime, str], bool]:
        """The contacts that count, one for each moment and channel: True surely, False perhaps."""
        found: dict[tuple[datetime, str], bool] = {}
        for _, row in self._dated("contacts"):
            counts = _counts(row)
            if counts is not False:
                key = (row.at, row.channel)
                found[key] = found.get(key, False) or counts is True
        return found

    @fact
    def contacts(self) -> SplitLadder:
        """Contacts that count, by channel."""
        each: dict[tuple[str, ...], list[tuple[int, bool]]] = {}
        for (moment, channel), sure in self._counting_contacts.items():
            each.setdefault((channel,), []).append((self.calendar.bit(moment), sure))
        gap = Days.unknown(self._gap("contacts"))
        return SplitLadder({key: Ladder.counting(days) for key, days in each.items()}, gap)

    @fact
    def any_contact(self) -> Days:
        """Days with a contact of any kind, whether it counts or not."""
        return self._events("contacts")

    @fact
    def contact_in_person(self) -> Days:
        """Days with a contact that counts, by visit or at the office."""
        met = Accepted.always(["visit", "office"])
        return self.contacts.by(met).at_least(1)

    @fact
    def contacts_within(self) -> Measure[int]:
        """Days with two or more contacts, the first and the last at most so many minutes apart."""
        return Measure(self._contacts_within)

    def _contacts_within(self, minutes: int) -> Days:
        by_cell: dict[int, list[tuple[datetime, bool]]] = {}
        for (moment, _), sure in sorted(self._counting_contacts.items()):
            by_cell.setdefault(self.calendar.cell(moment), []).append((moment, sure))
        gap, limit = self._gap("contacts"), timedelta(minutes=minutes)
        sure_bits, maybe_bits = 0, gap
        for cell, contacts in by_cell.items():
            is_open = bool(gap >> cell & 1)
            sure_bits |= (not is_open and _surely_close(contacts, limit)) << cell
            close = _perhaps_close(contacts, limit, is_open)
            maybe_bits = maybe_bits & (FULL ^ (1 << cell)) | (close << cell)
        return Days(sure_bits, maybe_bits)

    @fact
    def daily_report(self) -> Days:
        """Days with a daily report (日報)."""
        return self._events("daily_reports")

    @fact
    def timed_report(self) -> Days:
        """Days with a daily report that says when it was recorded."""
        return self._events("daily_reports", lambda row: row.recorded_at is not None)

    @fact
    def reported_later_than(self) -> Measure[int]:
        """Days whose daily report was recorded more than so many days later."""
        return Measure(self._reported_later_than)

    def _reported_later_than(self, number: int) -> Days:
        late = self._events(
            "daily_reports",
            lambda row: row.recorded_at is not None and (day_of(row.recorded_at) - row.day).days > number,
        )
        return Days(late.sure, late.maybe & (FULL ^ self.to_come) | late.sure)

    @fact
    def recording(self) -> Days:
        """Days with a recording in sound or pictures."""
        return self._events("recordings")

    @fact
    def training_recording(self) -> Days:
        """Days with a securely stored recording of the training."""
        return self._events("recordings", lambda row: row.secured and row.subject in ("training", "both"))

    @fact
    def support_recording(self) -> Days:
        """Days with a securely stored recording of the support."""
        return self._events("recordings", lambda row: row.secured and row.subject in ("support", "both"))

    @fact
    def recording_consent(self) -> Days:
        """Days on which the user's consent to recordings is in force."""
        rows = [row for row in self.case.consents or () if row.kind == "recording"]
        return self._state("consents", ((self.calendar.span(row.on, row.until), True) for row in rows))

    @fact
    def inquiry(self) -> Days:
        """Days on which the user asked something (疑義照会)."""
        return self._events("inquiries")

    @fact
    def unanswered_within(self) -> Measure[int]:
        """Days with a question that was not answered within so many days."""
        return Measure(lambda days: self._late("inquiries", days, lambda row: row.answered_at, lambda row: True))

    @fact
    def emergency(self) -> Days:
        """Days with an emergency."""
        return self._events("emergencies")

    @fact
    def unattended_within(self) -> Measure[int]:
        """Days with an emergency that staff did not attend within so many days."""

        def by_staff(row: Any) -> bool | None:
            return None if row.attended_by is None else row.attended_by == "staff"

        return Measure(lambda days: self._late("emergencies", days, lambda row: row.attended_at, by_staff))

    def _late(
        self,
        source: Source,
        days: int,
        moment: Callable[[Any], date | None],
        counts: Callable[[Any], bool | None],
    ) -> Days:
        """Return the days of rows without an answer in time; open while its time runs."""
        sure, maybe = 0, self._gap(source) & (FULL ^ self.to_come)
        for bit, row in self._dated(source):
            answer = moment(row)
            came = answer is not None and day_of(answer) <= self.as_of and (day_of(answer) - row.day).days <= days
            in_time = counts(row) if came else False
            is_over = self.complete or (self.as_of - row.day).days > days
            maybe |= bit if in_time is not True else 0
            sure |= bit if in_time is False and is_over else 0
        return Days(sure, maybe)

    # Evaluations

    @fact
    def _evaluations(self) -> dict[tuple[int, str], set[str]]:
        """What each evaluation covers: rows of the same date and means are one."""
        found: dict[tuple[int, str], set[str]] = {}
        for bit, row in self._dated("evaluations"):
            found.setdefault((bit, row.means), set()).update(row.covers)
        return found

    def _weekly(self, joint_visits: bool) -> Split:
        parts: dict[tuple[str, ...], Days] = {}
        for (bit, means), covers in self._evaluations.items():
            is_joint_visit = means == "visit" and "achievement" in covers
            if "weekly" in covers and is_joint_visit is joint_visits:
                parts[(means,)] = parts.get((means,), NO_DAYS) | Days.known(bit)
        return Split(parts, Days.unknown(self._gap("evaluations")))

    @fact
    def weekly_evaluation(self) -> Split:
        """Weekly evaluations by means, without the visits that also cover the achievement."""
        return self._weekly(joint_visits=False)

    @fact
    def joint_visit_evaluation(self) -> Split:
        """Visits that cover the weekly evaluation and the achievement at once."""
        return self._weekly(joint_visits=True)

    @fact
    def achievement(self) -> Split:
        """Assessments of achievement by means and place; a merged evaluation took place at all its places."""
        parts: dict[tuple[str, ...], Days] = {}
        for bit, row in self._dated("evaluations"):
            if "achievement" in self._evaluations[bit, row.means]:
                key = (row.means, _place_of(row))
                parts[key] = parts.get(key, NO_DAYS) | Days.known(bit)
        return Split(parts, Days.unknown(self._gap("evaluations")))

    @fact
    def commute_evaluation(self) -> Days:
        """Days with an evaluation by commute."""
        return self._events("evaluations", lambda row: row.means == "commute")

    @fact
    def evaluation_in_person(self) -> Days:
        """Days with an evaluation by visit or commute."""
        return self._events("evaluations", lambda row: row.means in ("visit", "commute"))

    # Quantities, claims, submissions

    @fact
    def allotted_days(self) -> int:
        """The largest number of days that a decision in force in the month grants."""
        standard = self.calendar.length - 8
        granted = [
            standard if row.days_per_month in (None, "standard") else row.days_per_month
            for row in self._approvals("decision")
            if self._span(row) & self.calendar.month_mask
        ]
        return max((days for days in granted if isinstance(days, int)), default=standard)

    @fact
    def inside_hospital_stay(self) -> Days:
        """Days strictly between the first and the last day of a stay in hospital."""
        rows = self.case.hospital_stays or ()
        spans = (
            (self.calendar.span(_shifted(row.from_, 1), row.to and _shifted(row.to, -1)), True) for row in rows
        )
        return self._state("hospital_stays", spans)

    @fact
    def absence_addition(self) -> Days:
        """Days of an absence addition (欠席時対応加算): as claimed, else as the absences say."""
        if "claimed_days" in self.present:
            return self._events("claimed_days", lambda row: row.status == "absence_addition")
        return self._events("absences", lambda row: row.addition_claimed is True)

    @fact
    def life_support(self) -> Days:
        """Days for which life support at home (在宅時生活支援サービス加算) is claimed."""
        return self._events("life_support_days", lambda row: row.claimed)

    @fact
    def claimed_use(self) -> Days:
        """Days claimed as used."""
        return self._events("claimed_days", lambda row: row.status == "use")

    @fact
    def monthly_record_by(self) -> Measure[date]:
        """Every day where the record of the month was submitted by a date, else none."""
        return Measure(self._submitted_by)

    def _submitted_by(self, deadline: date) -> Days:
        rows = [row for row in self._rows("submissions") if row.month == self.case.month and row.on <= self.as_of]
        if any(row.on <= deadline for row in rows):
            return ALL_DAYS
        may_come = not self.complete and ("submissions" not in self.present or deadline >= self.as_of)
        return Days.unknown(FULL) if may_come else NO_DAYS

    # The records themselves

    @fact
    def _untimely(self) -> tuple[set[int], set[int]]:
        """The ordinals of all event records, and of those from the future or recorded before they happened."""
        last = self.as_of.toordinal()
        every = {day for dated in self._ordinals.values() for day, _ in dated}
        untimely = {day for day in every if day > last}
        for source in ("contacts", "daily_reports", "evaluations"):
            untimely |= {day for day, row in self._ordinals[source] if row.recorded_at is not None and _recorded_early(row)}
        return every, untimely

    def _words(self, ordinals: Iterable[int]) -> Days:
        start, cells = self.calendar.start, self.calendar.cells
        return Days.known(sum(1 << day - start for day in ordinals if 0 <= day - start < cells))

    @property
    def unread_rows(self) -> int:
        """The number of event rows that lie off the page of the month, submissions aside."""
        start, end = self.calendar.start, self.calendar.start + self.calendar.cells
        return sum(
            not start <= day < end
            for source, dated in self._ordinals.items()
            if source != "submissions"
            for day, _ in dated
        )

    @fact
    def event_record(self) -> Days:
        """Days with a record of something that happened."""
        return self._words(self._untimely[0])

    @fact
    def untimely_record(self) -> Days:
        """Days with a record from the future, or one recorded before it happened."""
        return self._words(self._untimely[1])

    @fact
    def untimely_dates(self) -> list[date]:
        """The dates of all untimely records, off the page too."""
        return [date.fromordinal(day) for day in sorted(self._untimely[1])]

    @fact
    def event_dates(self) -> list[date]:
        """The dates of all event records, off the page too."""
        return [date.fromordinal(day) for day in sorted(self._untimely[0])]


def _counts(row: Contact) -> bool | None:
    """Tell whether a contact counts: one that the user began does if it was answered."""
    return row.answered if row.by == "user" else True


def _overlap(a: UseDay, b: UseDay) -> bool:
    if a.start is None or a.end is None or b.start is None or b.end is None:
        return True
    return a.start < b.end and b.start < a.end


def _surely_close(contacts: list[tuple[datetime, bool]], limit: timedelta) -> bool:
    return sum(sure for _, sure in contacts) >= 2 and contacts[-1][0] - contacts[0][0] <= limit


def _perhaps_close(contacts: list[tuple[datetime, bool]], limit: timedelta, is_open: bool) -> bool:
    """Tell whether two contacts may have happened and none of the sure ones lies too far apart."""
    sure = [moment for moment, is_sure in contacts if is_sure]
    if sure and sure[-1] - sure[0] > limit:
        return False
    if is_open or len(sure) >= 2:
        return True
    moments = [moment for moment, _ in contacts]
    pairs = ((a, b) for place, a in enumerate(moments) for b in moments[place + 1 :])
    return any(b - a <= limit and (not sure or sure[0] in (a, b)) for a, b in pairs)


def _place_of(row: Evaluation) -> str:
    return row.place or _PLACES.get(row.means, "")


def _later(day: date, months: int) -> date:
    from dateutil.relativedelta import relativedelta

    return day + relativedelta(months=months)


def _shifted(day: date, days: int) -> date:
    return date.fromordinal(min(max(day.toordinal() + days, 1), date.max.toordinal()))


def _recorded_early(row: Any) -> bool:
    recorded = row.recorded_at
    happened = getattr(row, "at", row.day)
    if isinstance(recorded, datetime) and isinstance(happened, datetime):
        return recorded.replace(second=0, microsecond=0) < happened.replace(second=0, microsecond=0)
    return day_of(recorded) < row.day

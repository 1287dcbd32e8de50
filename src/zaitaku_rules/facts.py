"""From the records of one case to the facts that rules read: sets of days, ladders, measures.

Each fact is one attribute of `Facts`, named as the rules name their parameters. What a list leaves
unsaid is unknown outside its coverage, and on and after `as_of` whatever its coverage.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any, Literal

from zaitaku_rules.days import Accepted, ALL_DAYS, FULL, NO_DAYS, Calendar, Days, Ladder, Measure, Split, SplitLadder, calendar_of
from zaitaku_rules.records import EVENTS, Case, Source, day_of
from zaitaku_rules.records.municipalities import city_of
from zaitaku_rules.records.rows import Approval, Contact, Evaluation, Notification, UseDay

_DAY = timedelta(days=1)
_PLACES = {"visit": "home", "commute": "office"}


def default_as_of(case: Case, calendar: Calendar) -> date:
    """Return the day after the last day of which the case tells anything."""
    weeks = calendar.weeks("monday").masks + calendar.weeks("sunday").masks
    near = 0
    for week in weeks:
        near |= week
    told = [calendar.last]
    told += [stated.through for stated in (case.coverage or {}).values()]
    told += [row.day for source in EVENTS for row in getattr(case, source) or () if calendar.bit(row.day) & near]
    return min(max(told), date.max - _DAY) + _DAY


class Facts:
    """The facts of one case as of one day; each is computed when a rule first reads it."""

    def __init__(self, case: Case, as_of: date | None = None, *, complete: bool = False) -> None:
        """Read `case` as of `as_of`; `complete` pretends that every source is complete and time over."""
        self.case = case
        self.calendar: Calendar = calendar_of(case.month)
        self.as_of = as_of or case.as_of or default_as_of(case, self.calendar)
        self.complete = complete
        self._past = self.calendar.span(None, self.as_of)
        self._by_source: dict[str, list[tuple[int, Any]]] = {}
        self._gaps: dict[str, int] = {}
        self._service, self._provider = case.provider.service, case.provider.number

    # What is known

    def is_present(self, source: str) -> bool:
        """Tell whether a source is given: a list, or a field of the user or the provider."""
        field = {
            "wish": self.case.user.wish,
            "birth_date": self.case.user.birth_date,
            "provider.municipality": self.case.provider.municipality,
            "provider.menu": self.case.provider.menu,
        }
        if source in field:
            return field[source] is not None
        return getattr(self.case, source) is not None or source in (self.case.coverage or {})

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
            start, page, past = self.calendar.start, self.calendar.page, self._past
            found = []
            for row in self._rows(source):
                cell = row.day.toordinal() - start
                if cell >= 0 and (bit := 1 << cell) & page & past:
                    found.append((bit, row))
            self._by_source[source] = found
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

    @cached_property
    def _use_rows(self) -> dict[int, list[UseDay]]:
        by_bit: dict[int, list[UseDay]] = {}
        for bit, row in self._dated("days"):
            by_bit.setdefault(bit, []).append(row)
        return by_bit

    @cached_property
    def _home_rows(self) -> dict[int, list[UseDay]]:
        found = {
            bit: [row for row in rows if row.place in ("home", "satellite")] for bit, rows in self._use_rows.items()
        }
        return {bit: rows for bit, rows in found.items() if rows}

    @cached_property
    def _planning(self) -> tuple[int, int]:
        """The cells of the month that the plan speaks of, and those to come of which nothing is said."""
        stated = (self.case.coverage or {}).get("days")
        end = self.calendar.last if stated is None else stated.through
        begin = self.as_of if not self.is_present("days") else min(self.as_of, min(end, date.max - _DAY) + _DAY)
        uncovered = (FULL ^ self.covered("days")) & self.calendar.month_mask
        if self.is_present("planned_days"):
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

    @cached_property
    def use(self) -> Days:
        """Days of use of the service, at any place."""
        return self._places(("home", "satellite", "office", "offsite"), None)

    @cached_property
    def home(self) -> Days:
        """Days of use at home or at a satellite office (home days)."""
        return self._places(("home", "satellite"), ("home", "satellite"))

    @cached_property
    def office(self) -> Days:
        """Days of use at the office (通所)."""
        return self._places(("office",), None)

    @cached_property
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

    @cached_property
    def activity(self) -> Days:
        """Home days of which the activity is recorded; a blank is none, an absent field unknown."""
        return self._noted(lambda row: None if row.activity is None else bool(row.activity.strip()))

    @cached_property
    def support(self) -> Days:
        """Home days of which the support given is recorded."""
        return self._noted(lambda row: None if row.support is None else bool(row.support.strip()))

    @cached_property
    def off_menu(self) -> Days:
        """Home days with an activity that is not on the provider's menu."""
        menu = {item.strip() for item in self.case.provider.menu or ()}
        return self._noted(
            lambda row: None if row.activity is None else row.activity.strip() not in menu | {""}
        )

    @cached_property
    def two_places(self) -> Days:
        """Days with a home row and an office row whose times overlap or are not given."""
        sure = 0
        for bit, home in self._home_rows.items():
            office = [row for row in self._use_rows[bit] if row.place == "office"]
            sure |= bit if any(_overlap(a, b) for a in home for b in office) else 0
        recorded = self._bits("days")
        return Days(sure, sure | (self.home.maybe & self.office.maybe & (FULL ^ recorded)))

    @cached_property
    def absence(self) -> Days:
        """Days of a recorded absence (欠席時対応)."""
        return self._events("absences")

    # The user and the papers

    @cached_property
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
        if not self.is_present(source):
            return Days.unknown(FULL)
        sure = maybe = 0
        for span, holds in spans:
            sure |= span if holds else 0
            maybe |= span if holds is not False else 0
        return Days(sure, maybe)

    def _span(self, row: Any) -> int:
        return self.calendar.span(row.from_, row.to)

    @cached_property
    def approved(self) -> Days:
        """Days within an approval of home use for this service and provider."""
        return self._state("approvals", ((self._span(row), True) for row in self._approvals("home_use")))

    @cached_property
    def certified(self) -> Days:
        """Days within an approval of home use that is printed on the certificate (受給者証)."""
        rows = self._approvals("home_use")
        return self._state("approvals", ((self._span(row), row.on_certificate) for row in rows))

    @cached_property
    def decided(self) -> Days:
        """Days within a decision on the benefit (支給決定) for this service and provider."""
        return self._state("approvals", ((self._span(row), True) for row in self._approvals("decision")))

    @cached_property
    def ground(self) -> Split:
        """Days within an approval of home use, by the ground it names; other words may mean any ground."""
        named = ("commuting_difficult", "support_effective")
        parts: dict[tuple[str, ...], Days] = dict.fromkeys(((name,) for name in named), NO_DAYS)
        unclear = NO_DAYS if self.is_present("approvals") else Days.unknown(FULL)
        for row in self._approvals("home_use"):
            if row.ground in named:
                parts[(row.ground,)] |= Days.known(self._span(row))
            else:
                unclear |= Days.unknown(self._span(row))
        return Split(parts, unclear)

    @cached_property
    def approved_for_months(self) -> Measure[int]:
        """Days on which every approval in force began so many months ago or more."""
        return Measure(self._approved_for_months)

    def _approved_for_months(self, months: int) -> Days:
        rows = self._approvals("home_use")
        old = [(self._span(row) & self.calendar.span(_later(row.from_, months), None), True) for row in rows]
        young = [(self._span(row) & (FULL ^ span), True) for row, (span, _) in zip(rows, old, strict=True)]
        return self._state("approvals", old) - self._state("approvals", young)

    @cached_property
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
        if renewal != "decision_period" or self.is_present("approvals"):
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

    @cached_property
    def planned_for_home(self) -> Days:
        """Days within an individual support plan that states home use."""
        return self._state("plans", ((self._span(row), row.states_home_use) for row in self.case.plans or ()))

    @cached_property
    def signed_for_home(self) -> Days:
        """Days within a plan that states home use and that the user has signed."""
        rows = [row for row in self.case.plans or () if row.states_home_use]
        return self._state("plans", ((self._span(row), row.user_signed) for row in rows))

    @cached_property
    def readiness(self) -> Split:
        """Days on which each kind of arrangement stands ready."""
        parts: dict[tuple[str, ...], Days] = {}
        for row in self.case.readiness or ():
            parts[(row.kind,)] = parts.get((row.kind,), NO_DAYS) | Days.known(self._span(row))
        return Split(parts, NO_DAYS if self.is_present("readiness") else Days.unknown(FULL))

    @cached_property
    def same_municipality(self) -> Days:
        """Every day where provider and deciding municipality are the same, else none."""
        own = self.case.provider.municipality
        if own is None:
            return Days.unknown(FULL)
        return ALL_DAYS if city_of(own) == city_of(self.case.user.municipality) else NO_DAYS

    @cached_property
    def found_appropriate(self) -> Days:
        """Days whose latest assessment notes no cautions."""
        rows = sorted(self.case.assessments or (), key=lambda row: row.on)
        bits = 0
        for row in rows:
            span = self.calendar.span(row.on, None)
            same_day = any(other.cautions for other in rows if other.on == row.on)
            bits = bits & (FULL ^ span) if same_day else bits | span
        return self._state("assessments", [(bits, True)])

    @cached_property
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

    @cached_property
    def _counting_contacts(self) -> dict[tuple[datetime, str], bool]:
        """The contacts that count, one for each moment and channel: True surely, False perhaps."""
        found: dict[tuple[datetime, str], bool] = {}
        for _, row in self._dated("contacts"):
            counts = _counts(row)
            if counts is not False:
                key = (row.at, row.channel)
                found[key] = found.get(key, False) or counts is True
        return found

    @cached_property
    def contacts(self) -> SplitLadder:
        """Contacts that count, by channel."""
        each: dict[tuple[str, ...], list[tuple[int, bool]]] = {}
        for (moment, channel), sure in self._counting_contacts.items():
            each.setdefault((channel,), []).append((self.calendar.bit(moment), sure))
        gap = Days.unknown(self._gap("contacts"))
        return SplitLadder({key: Ladder.counting(days) for key, days in each.items()}, gap)

    @cached_property
    def any_contact(self) -> Days:
        """Days with a contact of any kind, whether it counts or not."""
        return self._events("contacts")

    @cached_property
    def contact_in_person(self) -> Days:
        """Days with a contact that counts, by visit or at the office."""
        met = Accepted.always(["visit", "office"])
        return self.contacts.by(met).at_least(1)

    @cached_property
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

    @cached_property
    def daily_report(self) -> Days:
        """Days with a daily report (日報)."""
        return self._events("daily_reports")

    @cached_property
    def timed_report(self) -> Days:
        """Days with a daily report that says when it was recorded."""
        return self._events("daily_reports", lambda row: row.recorded_at is not None)

    @cached_property
    def reported_later_than(self) -> Measure[int]:
        """Days whose daily report was recorded more than so many days later."""
        return Measure(self._reported_later_than)

    def _reported_later_than(self, number: int) -> Days:
        late = self._events(
            "daily_reports",
            lambda row: row.recorded_at is not None and (day_of(row.recorded_at) - row.day).days > number,
        )
        return Days(late.sure, late.maybe & (FULL ^ self.to_come) | late.sure)

    @cached_property
    def recording(self) -> Days:
        """Days with a recording in sound or pictures."""
        return self._events("recordings")

    @cached_property
    def training_recording(self) -> Days:
        """Days with a securely stored recording of the training."""
        return self._events("recordings", lambda row: row.secured and row.subject in ("training", "both"))

    @cached_property
    def support_recording(self) -> Days:
        """Days with a securely stored recording of the support."""
        return self._events("recordings", lambda row: row.secured and row.subject in ("support", "both"))

    @cached_property
    def recording_consent(self) -> Days:
        """Days on which the user's consent to recordings is in force."""
        rows = [row for row in self.case.consents or () if row.kind == "recording"]
        return self._state("consents", ((self.calendar.span(row.on, row.until), True) for row in rows))

    @cached_property
    def inquiry(self) -> Days:
        """Days on which the user asked something (疑義照会)."""
        return self._events("inquiries")

    @cached_property
    def unanswered_within(self) -> Measure[int]:
        """Days with a question that was not answered within so many days."""
        return Measure(lambda days: self._late("inquiries", days, lambda row: row.answered_at, lambda row: True))

    @cached_property
    def emergency(self) -> Days:
        """Days with an emergency."""
        return self._events("emergencies")

    @cached_property
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

    @cached_property
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

    @cached_property
    def weekly_evaluation(self) -> Split:
        """Weekly evaluations by means, without the visits that also cover the achievement."""
        return self._weekly(joint_visits=False)

    @cached_property
    def joint_visit_evaluation(self) -> Split:
        """Visits that cover the weekly evaluation and the achievement at once."""
        return self._weekly(joint_visits=True)

    @cached_property
    def achievement(self) -> Split:
        """Assessments of achievement by means and place; a merged evaluation took place at all its places."""
        parts: dict[tuple[str, ...], Days] = {}
        for bit, row in self._dated("evaluations"):
            if "achievement" in self._evaluations[bit, row.means]:
                key = (row.means, _place_of(row))
                parts[key] = parts.get(key, NO_DAYS) | Days.known(bit)
        return Split(parts, Days.unknown(self._gap("evaluations")))

    @cached_property
    def commute_evaluation(self) -> Days:
        """Days with an evaluation by commute."""
        return self._events("evaluations", lambda row: row.means == "commute")

    @cached_property
    def evaluation_in_person(self) -> Days:
        """Days with an evaluation by visit or commute."""
        return self._events("evaluations", lambda row: row.means in ("visit", "commute"))

    # Quantities, claims, submissions

    @cached_property
    def allotted_days(self) -> int:
        """The largest number of days that a decision in force in the month grants."""
        standard = self.calendar.length - 8
        granted = [
            standard if row.days_per_month in (None, "standard") else row.days_per_month
            for row in self._approvals("decision")
            if self._span(row) & self.calendar.month_mask
        ]
        return max((days for days in granted if isinstance(days, int)), default=standard)

    @cached_property
    def inside_hospital_stay(self) -> Days:
        """Days strictly between the first and the last day of a stay in hospital."""
        rows = self.case.hospital_stays or ()
        spans = (
            (self.calendar.span(_shifted(row.from_, 1), row.to and _shifted(row.to, -1)), True) for row in rows
        )
        return self._state("hospital_stays", spans)

    @cached_property
    def absence_addition(self) -> Days:
        """Days of an absence addition (欠席時対応加算): as claimed, else as the absences say."""
        if self.is_present("claimed_days"):
            return self._events("claimed_days", lambda row: row.status == "absence_addition")
        return self._events("absences", lambda row: row.addition_claimed is True)

    @cached_property
    def life_support(self) -> Days:
        """Days for which life support at home (在宅時生活支援サービス加算) is claimed."""
        return self._events("life_support_days", lambda row: row.claimed)

    @cached_property
    def claimed_use(self) -> Days:
        """Days claimed as used."""
        return self._events("claimed_days", lambda row: row.status == "use")

    @cached_property
    def monthly_record_by(self) -> Measure[date]:
        """Every day where the record of the month was submitted by a date, else none."""
        return Measure(self._submitted_by)

    def _submitted_by(self, deadline: date) -> Days:
        rows = [row for row in self._rows("submissions") if row.month == self.case.month and row.on <= self.as_of]
        if any(row.on <= deadline for row in rows):
            return ALL_DAYS
        may_come = not self.complete and (not self.is_present("submissions") or deadline >= self.as_of)
        return Days.unknown(FULL) if may_come else NO_DAYS

    # The records themselves

    @cached_property
    def _untimely(self) -> tuple[set[date], set[date]]:
        """The dates of all event records, and of those from the future or recorded before they happened."""
        rows = [row for source in EVENTS for row in self._rows(source)]
        return {row.day for row in rows}, {row.day for row in rows if row.day > self.as_of or _recorded_early(row)}

    @cached_property
    def event_record(self) -> Days:
        """Days with a record of something that happened."""
        return Days.known(sum(map(self.calendar.bit, self._untimely[0])))

    @cached_property
    def untimely_record(self) -> Days:
        """Days with a record from the future, or one recorded before it happened."""
        return Days.known(sum(map(self.calendar.bit, self._untimely[1])))

    @cached_property
    def untimely_dates(self) -> list[date]:
        """The dates of all untimely records, off the page too."""
        return sorted(self._untimely[1])

    @cached_property
    def event_dates(self) -> list[date]:
        """The dates of all event records, off the page too."""
        return sorted(self._untimely[0])


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
    recorded = getattr(row, "recorded_at", None)
    if recorded is None:
        return False
    happened = getattr(row, "at", row.day)
    if isinstance(recorded, datetime) and isinstance(happened, datetime):
        return recorded.replace(second=0, microsecond=0) < happened.replace(second=0, microsecond=0)
    return day_of(recorded) < row.day

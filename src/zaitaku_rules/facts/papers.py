"""Facts of the user and the papers: wish, approvals, notifications, plans, readiness."""

from __future__ import annotations

from datetime import date
from typing import Literal

from zaitaku_rules.days import ALL_DAYS, FULL, NO_DAYS, Days, Measure, Split, after_office_days
from zaitaku_rules.facts.known import Known, fact
from zaitaku_rules.records.municipalities import city_of
from zaitaku_rules.records.papers import Approval, Notification


class PaperFacts(Known):
    """What stands on paper, and for which days."""

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
            if row.kind == kind
            and row.service in (None, self.service)
            and row.provider in (None, self.provider)
        ]

    @fact
    def decisions(self) -> list[Approval]:
        """The decisions on the benefit that hold for this service and provider."""
        return self._approvals("decision")

    @fact
    def _home_use(self) -> list[Approval]:
        return self._approvals("home_use")

    @fact
    def approved(self) -> Days:
        """Days within an approval of home use for this service and provider."""
        return self.standing("approvals", self._home_use)

    @fact
    def certified(self) -> Days:
        """Days within an approval of home use that is printed on the certificate (受給者証)."""
        return self.state("approvals", [(self.span(row), row.on_certificate) for row in self._home_use])

    @fact
    def decided(self) -> Days:
        """Days within a decision on the benefit (支給決定) for this service and provider."""
        return self.standing("approvals", self.decisions)

    @fact
    def ground(self) -> Split:
        """Days within an approval of home use, by the ground it names; other words may mean any ground."""
        named = ("commuting_difficult", "support_effective")
        parts: dict[tuple[str, ...], Days] = dict.fromkeys(((name,) for name in named), NO_DAYS)
        unclear = NO_DAYS if "approvals" in self.present else Days.unknown(FULL)
        for row in self._home_use:
            if row.ground in named:
                parts[(row.ground,)] |= Days.known(self.span(row))
            else:
                unclear |= Days.unknown(self.span(row))
        return Split(parts, unclear)

    @property
    def approved_for_months(self) -> Measure[int]:
        """Days on which every approval in force began so many months ago or more."""
        return Measure(self._approved_for_months)

    def _approved_for_months(self, months: int) -> Days:
        rows = self._home_use
        old = [
            (self.span(row) & self.calendar.span(_later(row.from_, months=months), None), True)
            for row in rows
        ]
        young = [(self.span(row) & (FULL ^ span), True) for row, (span, _) in zip(rows, old, strict=True)]
        return self.state("approvals", old) - self.state("approvals", young)

    @property
    def notified(self) -> Measure[tuple[str, bool]]:
        """Days on which an accepted notification is in force, by renewal and if it names the provider."""
        return Measure(self._notified)

    def _notified(self, law: tuple[str, bool]) -> Days:
        renewal, per_provider = law
        accepted = [row for row in self.case.notifications or () if row.accepted]
        in_force = self.state(
            "notifications",
            (
                (self._notification_span(row, renewal), self._names_provider(row, per_provider))
                for row in accepted
            ),
        )
        if renewal != "decision_period" or "approvals" in self.present:
            return in_force
        anchors = [row.from_ or row.accepted for row in accepted]
        return in_force.perhaps(FULL ^ sum({self.calendar.bit(day) for day in anchors if day}))

    def _names_provider(self, row: Notification, per_provider: bool) -> bool | None:
        if not per_provider or row.provider == self.provider:
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
            return date(min(day.year + (day.month > 3), date.max.year), 3, 31)
        if renewal != "decision_period":
            return None
        periods = [row for row in self.decisions if row.from_ <= day and (row.to is None or day <= row.to)]
        ends = [row.to for row in periods if row.to is not None]
        return max(ends) if ends and len(ends) == len(periods) else None

    @property
    def notified_late(self) -> Measure[str]:
        """Days under a notification of a start, none of which was submitted so long before the day."""
        return Measure(self._notified_late)

    def _notified_late(self, lead: str) -> Days:
        under, in_time = list[tuple[int, bool | None]](), list[tuple[int, bool | None]]()
        for row in self.case.notifications or ():
            span = self.calendar.span(row.from_ or row.submitted or row.accepted, row.to)
            under.append((span, True))
            if row.kind in ("renewal", "other"):
                in_time.append((span, True))
            elif row.submitted is None:
                in_time.append((span, None))
            else:
                in_time.append((span & self.calendar.span(self._ripe(row.submitted, lead), None), True))
        return self.state("notifications", under) - self.state("notifications", in_time)

    def _ripe(self, submitted: date, lead: str) -> date:
        """Return the first day that lies so long after a submission."""
        if lead == "month_1":
            return _later(submitted, months=1)
        if lead == "office_days_5" and self.calendar.span(submitted, None):
            return after_office_days(max(submitted, _later(self.calendar.first, months=-2)), 5)
        return submitted

    @fact
    def applied_before_month(self) -> Days:
        """Days in a month after one in which a notification or application was submitted."""
        spans: list[tuple[int, bool | None]] = [
            (self.calendar.span(_later(row.submitted.replace(day=1), months=1), None), True)
            if row.submitted
            else (FULL, None)
            for row in self.case.notifications or ()
        ]
        return self.state("notifications", spans)

    @fact
    def issued(self) -> Days:
        """Days within an approval of home use whose certificate (受給者証) had been issued by then."""
        spans = [
            (self.span(row) & self.calendar.span(row.issued, None), row.issued) for row in self._home_use
        ]
        return self.state("approvals", [(span, True if on else None) for span, on in spans])

    @fact
    def planned_for_home(self) -> Days:
        """Days within an individual support plan that states home use."""
        return self.standing("plans", [row for row in self.case.plans or () if row.states_home_use])

    @fact
    def signed_for_home(self) -> Days:
        """Days within a plan that states home use and that the user has signed."""
        rows = [row for row in self.case.plans or () if row.states_home_use]
        return self.state("plans", [(self.span(row), row.user_signed) for row in rows])

    @fact
    def readiness(self) -> Split:
        """Days on which each kind of arrangement stands ready."""
        words: dict[tuple[str, ...], int] = {}
        span = self.calendar.span
        for row in self.case.readiness or ():
            words[(row.kind,)] = words.get((row.kind,), 0) | span(row.from_, row.to)
        parts = {kind: Days(bits, bits) for kind, bits in words.items()}
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
        return self.state("assessments", [(bits, True)])

    @property
    def aged(self) -> Measure[int]:
        """Days on or after the birthday of so many years (29 February: 1 March)."""
        return Measure(self._aged)

    def _aged(self, years: int) -> Days:
        born = self.case.user.birth_date
        if born is None:
            return Days.unknown(FULL)
        birthday = _later(born, months=12 * years)
        if (born.month, born.day) == (2, 29) and birthday.day == 28:
            birthday = _later(birthday, days=1)
        return Days.known(self.calendar.span(birthday, None))


def _later(day: date, *, months: int = 0, days: int = 0) -> date:
    """Return a later day, in whole months and days; the last day there is where it lies beyond."""
    from dateutil.relativedelta import relativedelta

    try:
        return day + relativedelta(months=months, days=days)
    except (ValueError, OverflowError):
        return date.max if months + days > 0 else date.min

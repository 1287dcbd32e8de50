"""Facts of every day at home: contacts, reports, recordings, questions, emergencies."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from zaitaku_rules.days import FULL, Accepted, Days, Ladder, Measure, SplitLadder
from zaitaku_rules.facts.known import fact
from zaitaku_rules.facts.use import UseFacts
from zaitaku_rules.records import Source, day_of

_MET = Accepted.always(["visit", "office"])


class DailyFacts(UseFacts):
    """What happened on the days at home."""

    @fact
    def _counting(self) -> dict[tuple[datetime, str], tuple[int, bool]]:
        """The contacts that count, one for each moment and channel: the word of its day, and if surely."""
        found: dict[tuple[datetime, str], tuple[int, bool]] = {}
        for bit, row in self.dated("contacts"):
            counts = row.by != "user" or row.answered
            if counts is not False:
                key, sure = (row.at, row.channel), counts is True and self.is_told(row)
                found[key] = (bit, sure or found.get(key, (bit, False))[1])
        return found

    @fact
    def contacts(self) -> SplitLadder:
        """Contacts that count, by channel; one that the user began counts if it was answered."""
        each: dict[tuple[str, ...], list[tuple[int, bool]]] = {}
        for (_, channel), occurrence in self._counting.items():
            each.setdefault((channel,), []).append(occurrence)
        ladders = {key: Ladder.counting(occurrences) for key, occurrences in each.items()}
        return SplitLadder(ladders, Days(0, self.gap("contacts")))

    @fact
    def any_contact(self) -> Days:
        """Days with a contact of any kind, whether it counts or not."""
        return self.recorded("contacts")

    @fact
    def contact_in_person(self) -> Days:
        """Days with a contact that counts, by visit or at the office."""
        return self.contacts.by(_MET).at_least(1)

    @property
    def contacts_within(self) -> Measure[int]:
        """Days with two or more contacts, the first and the last at most so many minutes apart."""
        return Measure(self._contacts_within)

    def _contacts_within(self, minutes: int) -> Days:
        by_day: dict[int, list[tuple[datetime, bool]]] = {}
        for (moment, _), (bit, sure) in self._counting.items():
            by_day.setdefault(bit, []).append((moment, sure))
        gap, limit = self.gap("contacts"), timedelta(minutes=minutes)
        sure_days = open_days = told = 0
        for bit, contacts in by_day.items():
            contacts.sort()
            is_open = bool(gap & bit)
            if not is_open and surely_close(contacts, limit):
                sure_days |= bit
            elif perhaps_close(contacts, limit, is_open):
                open_days |= bit
            told |= bit
        return Days(sure_days, sure_days | open_days | (gap & (FULL ^ told)))

    @fact
    def daily_report(self) -> Days:
        """Days with a daily report (日報)."""
        return self.recorded("daily_reports")

    @fact
    def timed_report(self) -> Days:
        """Days with a daily report that says when it was recorded."""
        bits = 0
        for bit, row in self.dated("daily_reports"):
            bits |= bit if row.recorded_at is not None else 0
        return self.events("daily_reports", bits)

    @property
    def reported_later_than(self) -> Measure[int]:
        """Days whose daily report was recorded more than so many days later."""
        return Measure(self._reported_later_than)

    def _reported_later_than(self, number: int) -> Days:
        late = 0
        for bit, row in self.dated("daily_reports"):
            if row.recorded_at is not None and (day_of(row.recorded_at) - row.day).days > number:
                late |= bit
        return Days(late, late | (self.gap("daily_reports") & (FULL ^ self.to_come)))

    @fact
    def recording(self) -> Days:
        """Days with a recording in sound or pictures."""
        return self.events("recordings", self.bits("recordings"))

    def _secured(self, subject: str) -> Days:
        bits = 0
        for bit, row in self.dated("recordings"):
            bits |= bit if row.secured and row.subject in (subject, "both") else 0
        return self.events("recordings", bits)

    @fact
    def training_recording(self) -> Days:
        """Days with a securely stored recording of the training."""
        return self._secured("training")

    @fact
    def support_recording(self) -> Days:
        """Days with a securely stored recording of the support."""
        return self._secured("support")

    @fact
    def recording_consent(self) -> Days:
        """Days on which the user's consent to recordings is in force."""
        rows = [row for row in self.case.consents or () if row.kind == "recording"]
        return self.state("consents", [(self.calendar.span(row.on, row.until), True) for row in rows])

    @fact
    def inquiry(self) -> Days:
        """Days on which the user asked something (疑義照会)."""
        return self.events("inquiries", self.bits("inquiries"))

    @property
    def unanswered_within(self) -> Measure[int]:
        """Days with a question that was not answered within so many days."""
        return Measure(lambda days: self._late("inquiries", days, lambda row: row.answered_at, _by_anyone))

    @fact
    def emergency(self) -> Days:
        """Days with an emergency."""
        return self.events("emergencies", self.bits("emergencies"))

    @property
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
        sure, maybe = 0, self.gap(source) & (FULL ^ self.to_come)
        for bit, row in self.dated(source):
            answer = moment(row)
            came = (
                answer is not None
                and day_of(answer) <= self.horizon
                and (day_of(answer) - row.day).days <= days
            )
            in_time = counts(row) if came else False
            is_over = self.complete or (self.horizon - row.day).days > days
            maybe |= bit if in_time is not True else 0
            sure |= bit if in_time is False and is_over else 0
        return Days(sure, maybe)


def _by_anyone(_row: Any) -> bool:
    return True


def surely_close(contacts: Sequence[tuple[datetime, bool]], limit: timedelta) -> bool:
    """Tell whether two contacts surely count and all that may count lie within the limit."""
    return contacts[-1][0] - contacts[0][0] <= limit and sum(sure for _, sure in contacts) >= 2


def perhaps_close(contacts: Sequence[tuple[datetime, bool]], limit: timedelta, is_open: bool) -> bool:
    """Tell whether two contacts may have happened and none of the sure ones lies too far apart."""
    sure = [moment for moment, is_sure in contacts if is_sure]
    if sure and sure[-1] - sure[0] > limit:
        return False
    if is_open or len(sure) >= 2:
        return True
    moments = [moment for moment, _ in contacts]
    pairs = ((a, b) for place, a in enumerate(moments) for b in moments[place + 1 :])
    return any(b - a <= limit and (not sure or sure[0] in (a, b)) for a, b in pairs)

"""Facts of every day at home, over words: contacts, reports, recordings, questions, emergencies."""

from __future__ import annotations

import numpy as np

from zaitaku_rules.bulk.contact_days import CHANNELS
from zaitaku_rules.bulk.facts.use import PackedUse, told
from zaitaku_rules.days import FULL, Accepted, Days, Ladder, Measure, SplitLadder
from zaitaku_rules.facts import fact

_MET = Accepted.always(["visit", "office"])


class PackedDaily(PackedUse):
    """What happened on the days at home."""

    @fact
    def contacts(self) -> SplitLadder:
        """Contacts that count, by channel."""
        ladders: dict[tuple[str, ...], Ladder] = {}
        for channel in CHANNELS:
            levels = list[Days]()
            while not {name := f"contacts.{channel}.{len(levels) + 1}", f"{name}?"}.isdisjoint(
                self.pages.words
            ):
                sure = self.block.word(name)
                levels.append(told(sure, self.block.word(f"{name}?")))
            if levels:
                ladders[(channel,)] = Ladder(tuple(levels))
        return SplitLadder(ladders, Days(0, self.block.gap("contacts")))

    @fact
    def any_contact(self) -> Days:
        """Days with a contact of any kind."""
        return self._events("contacts", "row")

    @fact
    def contact_in_person(self) -> Days:
        """Days with a contact that counts, by visit or at the office."""
        return self.contacts.by(_MET).at_least(1)

    @property
    def contacts_within(self) -> Measure[int]:
        """Days with two or more contacts, the first and the last at most so many minutes apart."""
        return Measure(self._contacts_within)

    def _contacts_within(self, minutes: int) -> Days:
        word, gap = self.block.word, self.block.gap("contacts")
        close = word(f"contacts.close.{minutes}") & (FULL ^ word("contacts.unsure"))
        sure = close & word("contacts.several") & (FULL ^ gap)
        sure = sure | word(f"contacts.surely_close.{minutes}")
        perhaps = word(f"contacts.perhaps_close.{minutes}")
        if np.any(gap):
            perhaps = perhaps | (gap & (close | (FULL ^ word("contacts.told"))))
        return told(sure, perhaps)

    @fact
    def daily_report(self) -> Days:
        """Days with a daily report."""
        return self._events("daily_reports", "row")

    @fact
    def timed_report(self) -> Days:
        """Days with a daily report that says when it was recorded."""
        return self._events("daily_reports", "timed")

    @property
    def reported_later_than(self) -> Measure[int]:
        """Days whose daily report was recorded more than so many days later."""
        return Measure(self._reported_later_than)

    def _reported_later_than(self, number: int) -> Days:
        late = self.block.word(f"daily_reports.later.{number}")
        return told(late, self.block.gap("daily_reports") & (FULL ^ self.to_come))

    @fact
    def recording(self) -> Days:
        """Days with a recording in sound or pictures."""
        return self._events("recordings", "row")

    @fact
    def training_recording(self) -> Days:
        """Days with a securely stored recording of the training."""
        return self._events("recordings", "training")

    @fact
    def support_recording(self) -> Days:
        """Days with a securely stored recording of the support."""
        return self._events("recordings", "support")

    @fact
    def inquiry(self) -> Days:
        """Days on which the user asked something."""
        return self._events("inquiries", "row")

    @property
    def unanswered_within(self) -> Measure[int]:
        """Days with a question that was not answered within so many days."""
        return Measure(lambda number: self._late("inquiries", number))

    @fact
    def emergency(self) -> Days:
        """Days with an emergency."""
        return self._events("emergencies", "row")

    @property
    def unattended_within(self) -> Measure[int]:
        """Days with an emergency that staff did not attend within so many days."""
        return Measure(lambda number: self._late("emergencies", number))

    def _late(self, source: str, number: int) -> Days:
        sure = self.block.word(f"{source}.late.{number}")
        hidden = self.block.gap(source) & (FULL ^ self.to_come)
        return told(sure, hidden | self.block.word(f"{source}.late.{number}?"))

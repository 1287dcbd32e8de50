"""Waivers of a case file that no day of its month needs."""

from __future__ import annotations

from collections.abc import Iterator

from zaitaku_rules.cli.judging import Judged
from zaitaku_rules.errors import Message
from zaitaku_rules.records.papers import Waiver
from zaitaku_rules.report import Report


def unused_waivers(judged: Judged) -> Iterator[Message]:
    """Return a sentence for each waiver that runs in the month and waives no day of it.

    A waiver of a longer time may serve another month. Of its text nothing is said.
    """
    for number, waiver in enumerate(judged.case.waivers or (), 1):
        if _runs(waiver, judged.report.month) and not _serves(waiver, judged.report):
            place = f"{judged.place}: " if judged.place else ""
            yield Message(
                f"{place}waivers の{number}番目({waiver.rule})は、この月では使われていません。",
                f"{place}waiver {number} ({waiver.rule}) is not used in this month",
            )


def _runs(waiver: Waiver, month: str) -> bool:
    end = waiver.to.strftime("%Y-%m") if waiver.to else month
    return waiver.from_.strftime("%Y-%m") <= month <= end


def _serves(waiver: Waiver, report: Report) -> bool:
    """Say whether a day is waived; of a rule that did not run nothing can be said."""
    rule = report.rule(waiver.rule)
    days = (day for day in rule.waived_days if waiver.from_ <= day <= (waiver.to or day))
    return rule.status == "not_run" or any(days)

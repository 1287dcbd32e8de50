"""K4xx: what is billed, held day by day against the log of home use.

A billing file tells which days are claimed, the log tells where they were spent. Where the log is silent a
day is open, never broken; and what agrees here proves no home-use rule.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from zaitaku_rules.billing.home_use_outcome import (
    Checked,
    Held,
    Outcome,
    by_day,
    missing_for,
    not_run,
    number,
    told,
)
from zaitaku_rules.billing.home_use_sheets import Row, Sheet
from zaitaku_rules.days import Days
from zaitaku_rules.records.municipalities import city_of

_SERVICES = {
    "43": ("transition",),
    "45": ("continuation_a",),
    "46": ("continuation_b",),
    "1601": ("transition",),
    "1701": ("continuation_a", "continuation_b"),
}


Check: TypeAlias = Callable[[Held], Checked]


def checked(held: Held) -> tuple[Checked, ...]:
    """Return what became of each check, in the order of their codes."""
    return tuple(check(held) for check in _CHECKS)


def home_day_on_absence_row(held: Held) -> Checked:
    """K401: no home day is billed as 欠席時対応."""
    absent = held.billed(held.sheet.absent)
    return by_day("K401", held, absent, absent & held.log.home)


def _beside_home(code: str, word: Callable[[Sheet], int]) -> Check:
    """Return the check that something billed for a day does not stand on a day spent at home alone."""

    def check(held: Held) -> Checked:
        claimed = held.billed(word(held.sheet))
        return by_day(code, held, claimed, claimed & held.log.home_only)

    return check


def times_cover_contacts(held: Held) -> Checked:
    """K406: the times billed for a home day cover the contacts in which both sides spoke."""
    log, margin = held.log, held.words.contact_margin_minutes
    judged = held.used & log.home
    if "contacts" not in log.given:
        return not_run("K406", judged, "contacts")
    sure = maybe = 0
    days = {log.days_of(1 << day): row for day, row in held.sheet.rows.items()}
    for bit, contacts in log.spoken.items():
        row = days.get(bit)
        outside = [surely for minute, surely in contacts if row and _is_outside(row, minute, margin)]
        sure |= bit if any(outside) and row and row.start is not None and row.end is not None else 0
        maybe |= bit if outside else 0
    return by_day("K406", held, judged, judged & Days(sure, sure | maybe | log.facts.gap("contacts")))


def _is_outside(row: Row, minute: int, margin: int) -> bool:
    """Tell whether a minute lies outside the times of a row; perhaps so where a time is not given."""
    if row.start is None or row.end is None:
        return True
    return not row.start - margin <= minute <= row.end + margin


def life_support_within_home_days(held: Held) -> Checked:
    """K407: life support at home is billed for no more days than were logged at home: an upper bound."""
    if missing := missing_for(held, "J121"):
        return Checked("K407", "not_run", missing=missing)
    count = held.statement.life_support if held.statement else 0
    home = held.log.home
    least, most = number(home.sure), number(home.maybe | held.log.to_come)
    if not count:
        is_known = held.statement is not None and held.statement.is_code_known
        return Checked("K407", "idle" if is_known else "not_run", missing=() if is_known else ("code",))
    status: Outcome = "broken" if count > most else "open" if count > least else "agrees"
    bound = str(least) if least == most else f"{least}-{most}"
    return Checked("K407", status, judged=1, found=str(count), expected=f"<= {bound}")


def commute_day_is_billed(held: Held) -> Checked:
    """K408: where a commute is due, some day is billed that was not spent at home alone.

    Such a day supports the commute and does not prove it.
    """
    if missing := missing_for(held):
        return Checked("K408", "not_run", missing=missing)
    logged = held.log.commute_evaluations
    if not logged.sure and not held.is_commute_due:
        return Checked("K408", "idle")
    elsewhere = held.used - held.log.home_only
    perhaps = elsewhere.maybe | held.log.page_of(held.sheet.used) & held.log.to_come
    status: Outcome = "agrees" if elsewhere.sure else "open" if perhaps else "broken"
    days = held.log.dates(logged.sure)
    return Checked(
        "K408",
        status,
        days if status == "broken" else (),
        days if status == "open" else (),
        judged=1,
    )


def remark_says_home(held: Held) -> Checked:
    """K409: a day whose remark says home is a home day of the log."""
    said = held.billed(held.sheet.says_home)
    return by_day("K409", held, said, said - held.log.home)


def remark_says_away(held: Held) -> Checked:
    """K410: a day whose remark says office or outside is not logged as at home alone."""
    said = held.billed(held.sheet.says_away)
    return by_day("K410", held, said, said & held.log.home_only)


def remark_is_silent(held: Held) -> Checked:
    """K411: the remark of a home day says home; only where the list of words asks for it."""
    if not held.words.remark_expected:
        return Checked("K411", "not_run", missing=("remark_expected",))
    judged = held.used & held.log.home_only
    said = held.billed(held.sheet.says_home | held.sheet.says_away)
    return by_day("K411", held, judged, judged - said)


def claimed_days_as_billed(held: Held) -> Checked:
    """K412: the claimed days that the case file gives, as far as they go, are those of the billing file."""
    facts, log = held.log.facts, held.log
    if facts.case.claimed_days is None:
        return Checked("K412", "idle")
    # Of a day with a row the list tells all, whatever its coverage, as it is with days of use.
    spoken_of = (facts.covered("claimed_days") | facts.bits("claimed_days")) & log.month
    differing = judged = 0
    for status, word in (("use", held.sheet.used), ("absence_addition", held.sheet.absent)):
        billed, given = log.days_of(word), log.claimed(status)
        differing |= (billed ^ given) & spoken_of
        judged |= (billed | given) & spoken_of
    return told("K412", held, Days.known(judged), Days.known(differing))


def municipality_as_billed(held: Held) -> Checked:
    """K413: the municipality of the billing is that of the case, whose law was applied."""
    theirs, ours = held.sheet.city, city_of(held.log.facts.case.user.municipality)
    status: Outcome = "agrees" if theirs == ours else "broken"
    return Checked("K413", status, judged=1, found=theirs, expected=ours)


def service_as_billed(held: Held) -> Checked:
    """K414: the service of the billing is that of the case, whose law was applied."""
    service = held.log.facts.case.provider.service
    stated = (held.statement.services if held.statement else set[str]()) & _SERVICES.keys()
    kinds = sorted({held.sheet.key.form, *stated})
    fits = all(service in _SERVICES[kind] for kind in kinds)
    return Checked("K414", "agrees" if fits else "broken", judged=1, found=", ".join(kinds), expected=service)


_CHECKS: tuple[Check, ...] = (
    home_day_on_absence_row,
    _beside_home("K402", lambda sheet: sheet.transport),
    _beside_home("K403", lambda sheet: sheet.meals),
    _beside_home("K404", lambda sheet: sheet.offsite),
    _beside_home("K405", lambda sheet: sheet.commuting_training),
    times_cover_contacts,
    life_support_within_home_days,
    commute_day_is_billed,
    remark_says_home,
    remark_says_away,
    remark_is_silent,
    claimed_days_as_billed,
    municipality_as_billed,
    service_as_billed,
)

"""The law of one place, service and month: the nation, the municipality and further overlays."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache

from zaitaku_rules.days import Calendar, calendar_of
from zaitaku_rules.errors import Message
from zaitaku_rules.law.load import overlay_of
from zaitaku_rules.law.model import Overlay
from zaitaku_rules.law.readings import check_reading
from zaitaku_rules.law.rule_law import RuleLaws
from zaitaku_rules.law.ruleset import Chosen, RuleSet
from zaitaku_rules.records.municipalities import city_of
from zaitaku_rules.rules import CATALOGUE


def rules_for(
    municipality: str,
    month: str,
    service: str,
    *,
    overlays: Sequence[Overlay] = (),
    readings: Mapping[str, str] | None = None,
    on: date | None = None,
) -> RuleSet:
    """Return the law of a municipality and service in a month ("YYYY-MM"), with further overlays on top.

    `readings` settles questions, such as {"week_start": "monday"}; raises InvalidCall for a reading that
    no law lists. With `on` it is the law as it stood on that day, laid on all days of the month: numbers,
    rules, overlays, and whether the service could be used at home. Days, weeks and the day by which a
    record is handed in stay those of the month.
    """
    chosen = dict(readings or {})
    for name, value in chosen.items():
        check_reading(name, value, overlays)
    return _resolved(municipality, month, service, tuple(overlays), tuple(sorted(chosen.items())), on)


@lru_cache(maxsize=4096)
def _resolved(
    municipality: str,
    month: str,
    service: str,
    overlays: tuple[Overlay, ...],
    chosen: Chosen,
    on: date | None,
) -> RuleSet:
    calendar = calendar_of(month)
    local = overlay_of(municipality)
    applied = [local] if local and holds_in(local, calendar, on) else []
    laid_on = [overlay for overlay in overlays if overlay.id not in {known.id for known in applied}]
    applied += laid_on
    law = RuleLaws(calendar, service, tuple(applied), dict(chosen), on)
    rules = {code: law.rule(rule) for code, rule in CATALOGUE.items()}
    notes = (
        *_of_day(on),
        *_of_place(municipality, local, overlays, on or calendar.first),
        *_of_overlays(municipality, applied),
    )
    return RuleSet(calendar, service, tuple(applied), tuple(laid_on), rules, dict(chosen), notes, on)


def holds_in(overlay: Overlay, calendar: Calendar, on: date | None = None) -> bool:
    """Tell whether an overlay holds on a day of the month, or on the day `on` whose law is asked for."""
    begin, end = overlay.file.overlay.from_, overlay.file.overlay.to
    first, last = (on, on) if on else (calendar.first, calendar.last)
    return (begin or date.min) <= last and first <= (end or date.max)


def _of_day(on: date | None) -> Iterator[Message]:
    if on is not None:
        yield Message(
            f"{on} の時点の定めを、この月のすべての日に当てはめました。",
            f"the law as it stood on {on}, laid on all days of the month",
        )


def _of_place(
    municipality: str, local: Overlay | None, overlays: Sequence[Overlay], first: date
) -> Iterator[Message]:
    """Say where the municipality has no overlay, or one that holds later only."""
    if local is None and overlays:
        yield Message(
            f"{municipality} の上書き規則はありません。全国の規則と、指定された上書き規則で判定しました。",
            f"no overlay known for {municipality}, national rules and the overlays asked for",
        )
    elif local is None:
        yield Message(
            f"{municipality} の上書き規則はありません。全国の規則だけで判定しました。",
            f"no overlay known for {municipality}, national rules only",
        )
    elif (begin := local.file.overlay.from_) is not None and begin > first:
        yield Message(
            f"{local.id} は {begin} から適用されます。それより前は全国の規則だけで判定しました。",
            f"overlay {local.id} holds from {begin}; before it national rules only",
        )


def _of_overlays(municipality: str, applied: Sequence[Overlay]) -> Iterator[Message]:
    """Give the notes of the overlays, and say where one is of another municipality."""
    for overlay in applied:
        own = overlay.file.overlay.municipality
        if own is not None and city_of(own) != city_of(municipality):
            yield Message(
                f"{overlay.id} は別の市町村の上書き規則です({municipality} の利用者に適用しました)。",
                f"overlay {overlay.id} is of another municipality than {municipality}; it was applied",
            )
        for note in overlay.file.note:
            yield Message(f"{overlay.id}: {note.ja}", f"{overlay.id}: {note.en}")

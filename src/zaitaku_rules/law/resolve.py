"""The law of one place, service and month: the nation, the municipality and further overlays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from zaitaku_rules.days import Calendar, calendar_of
from zaitaku_rules.errors import Message
from zaitaku_rules.law.layers import Layers
from zaitaku_rules.law.load import overlay_of
from zaitaku_rules.law.model import Overlay
from zaitaku_rules.law.readings import check_reading
from zaitaku_rules.law.ruleset import Chosen, RuleSet
from zaitaku_rules.rules import CATALOGUE


def rules_for(
    municipality: str,
    month: str,
    service: str,
    *,
    overlays: Sequence[Overlay] = (),
    readings: Mapping[str, str] | None = None,
) -> RuleSet:
    """Return the law of a municipality and service in a month ("YYYY-MM"), with further overlays on top.

    `readings` settles questions, such as {"week_start": "monday"}; raises InvalidCall for a reading that
    no law lists.
    """
    chosen = dict(readings or {})
    for name, value in chosen.items():
        check_reading(name, value, overlays)
    return _resolved(municipality, month, service, tuple(overlays), tuple(sorted(chosen.items())))


@lru_cache(maxsize=4096)
def _resolved(
    municipality: str, month: str, service: str, overlays: tuple[Overlay, ...], chosen: Chosen
) -> RuleSet:
    calendar = calendar_of(month)
    local = overlay_of(municipality)
    applied = [local] if local and _touches(local, calendar) else []
    law = Layers(calendar, service, (*applied, *overlays), dict(chosen))
    rules = {code: law.rule(rule) for code, rule in CATALOGUE.items()}
    return RuleSet(
        calendar, service, (*applied, *overlays), rules, dict(chosen), _notes(municipality, local, calendar)
    )


def _touches(overlay: Overlay, calendar: Calendar) -> bool:
    begin, end = overlay.file.overlay.from_, overlay.file.overlay.to
    return bool(calendar.span(begin, end) & calendar.month_mask)


def _notes(municipality: str, local: Overlay | None, calendar: Calendar) -> tuple[Message, ...]:
    if local is None:
        return (
            Message(
                f"{municipality} の上書き規則はありません。全国の規則だけで判定しました。",
                f"no overlay known for {municipality}, national rules only",
            ),
        )
    begin = local.file.overlay.from_
    notes = [Message(f"{local.id}: {note.ja}", f"{local.id}: {note.en}") for note in local.file.note]
    if begin is not None and begin > calendar.first:
        notes.insert(
            0,
            Message(
                f"{local.id} は {begin} から適用されます。それより前は全国の規則だけで判定しました。",
                f"overlay {local.id} holds from {begin}; before it national rules only",
            ),
        )
    return tuple(notes if _touches(local, calendar) else notes[:1])

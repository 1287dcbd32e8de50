"""What a reader of a comparison must know: how the laws were laid on, and what could not be judged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence

from zaitaku_rules.bulk.laws import LawAsked
from zaitaku_rules.days import Calendar
from zaitaku_rules.errors import Message
from zaitaku_rules.explain import named, title
from zaitaku_rules.law import Overlay, RuleSet
from zaitaku_rules.law.edited import EDITED, readers_of
from zaitaku_rules.law.resolve import holds_in
from zaitaku_rules.rules import CATALOGUE

Pairs = Sequence[tuple[RuleSet, RuleSet]]
"""The laws under A and B of each group of users."""


def notes_on(
    law_a: LawAsked,
    law_b: LawAsked,
    laws: Pairs,
    calendar: Calendar,
    lacking: tuple[Counter[str], Counter[str]],
    not_given: Collection[str],
) -> tuple[Message, ...]:
    """Return the notes on a comparison; of the sources `not_given` holds those that not all users have."""
    found = list[Message]()
    for number, (side, law) in enumerate((("A", law_a), ("B", law_b))):
        rules = [pair[number] for pair in laws]
        found += [Message(f"{side}: {one.ja}", f"{side}: {one.en}") for one in _of_law(law, rules, calendar)]
    return (*found, *_of_data(*lacking, not_given))


def _of_law(law: LawAsked, rules: Sequence[RuleSet], calendar: Calendar) -> Iterator[Message]:
    if law.on is not None:
        yield Message(
            f"{law.on} の時点の定めを、この月のすべての日に当てはめました。",
            f"the law as it stood on {law.on}, laid on all days of the month",
        )
    if law.on is not None and (closed := _closed(rules)):
        said = named("values", closed)
        yield Message(
            f"その日には、まだ在宅で利用できないサービスがあります: {said.ja}",
            f"services that could not be used at home on that day: {said.en}",
        )
    for overlay in law.overlays:
        if overlay.id == EDITED:
            yield from _of_edits(overlay, rules)
        else:
            yield from _of_overlay(overlay, law, calendar)


def _closed(rules: Sequence[RuleSet]) -> list[str]:
    return sorted({one.service for one in rules if not one.rules["Z301"].in_force})


def _of_overlay(overlay: Overlay, law: LawAsked, calendar: Calendar) -> Iterator[Message]:
    begin = overlay.file.overlay.from_
    if not holds_in(overlay, calendar, law.on):
        when = law.on or calendar.name
        yield Message(
            f"{overlay.id} は {when} には適用されないので、何も変わりません"
            f"({begin or ''} から適用。その日の定めとするには {begin}+{overlay.id})。",
            f"{overlay.id} does not hold in {when} and changes nothing (it holds from {begin}; "
            f"for the law of that day: {begin}+{overlay.id})",
        )
    elif law.on is None and begin is not None and begin > calendar.first:
        yield Message(
            f"{overlay.id} はこの月の {begin} から適用されます。",
            f"{overlay.id} holds from {begin} on, within this month",
        )


def _of_edits(overlay: Overlay, rules: Sequence[RuleSet]) -> Iterator[Message]:
    """Name the numbers that no rule in force reads."""
    on = {code for one in rules for code, rule in one.rules.items() if rule.in_force}
    for setting in overlay.file.set:
        codes = readers_of([setting.parameter])
        if rules and on.isdisjoint(codes):
            listed = ", ".join(codes)
            yield Message(
                f"{setting.parameter} を使う規則({listed})は適用されていません。"
                f"{codes[0]}=on を加えてください。",
                f"no rule in force reads {setting.parameter} ({listed}): add {codes[0]}=on",
            )


def _of_data(a: Counter[str], b: Counter[str], not_given: Collection[str]) -> Iterator[Message]:
    """Name the rules that could not judge some users, for what they need is not in the tables."""
    for code in sorted({*a, *b}):
        if a[code] != b[code]:
            needs = dict.fromkeys(name for need in CATALOGUE[code].needs for name in need.split("|"))
            said, name = named("sources", (one for one in needs if one in not_given)), title(code)
            yield Message(
                f"{code} {name.ja}: 必要な記録のない利用者は判定していません"
                f"(A {a[code]:,}人、B {b[code]:,}人)。足りないもの: {said.ja}",
                f"{code} {name.en}: users without the records it needs were not judged "
                f"(A {a[code]:,}, B {b[code]:,}); not given: {said.en}",
            )

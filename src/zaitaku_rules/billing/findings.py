"""What was found so far: places by rule, some of them kept and all of them counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from zaitaku_rules.billing.masks import Masks
from zaitaku_rules.billing.report import Place
from zaitaku_rules.billing.rule import catalogue, codes_of_deviations
from zaitaku_rules.errors import Message
from zaitaku_rules.read.kokuhoren import Deviation, Record, layouts

MOST = 100
"""So many places of each rule are kept."""


class Spot(NamedTuple):
    """A place in a file: its line, the offset of the first byte in question, record and item."""

    file: str
    line: int
    offset: int
    record: str = ""
    position: int = 0
    slug: str = ""

    @classmethod
    def of(cls, file: str, record: Record, slug: str = "") -> Spot:
        """Return the place of an item of a record, or of the record."""
        if not slug:
            return cls(file, record.line, record.offset, record.kind)
        position = record.table.layout.places[slug]
        return cls(file, record.line, record.offset_of(position), record.kind, position, slug)


class Findings:
    """Collects what breaks rules, and what may break them, in the order in which it is told."""

    def __init__(self, masks: Masks) -> None:
        """Begin with nothing found."""
        self.masks = masks
        self.counts: Counter[str] = Counter()
        self.open_counts: Counter[str] = Counter()
        self.judged: Counter[str] = Counter()
        self.given: set[str] = set()
        self.notes: list[Message] = []
        self._places: dict[str, list[Place]] = {}
        self._open_places: dict[str, list[Place]] = {}

    def add(
        self,
        code: str,
        spot: Spot,
        *,
        person: bytes | str = "",
        day: date | None = None,
        found: str = "",
        expected: str = "",
    ) -> None:
        """Take note that something breaks a rule."""
        self.counts[code] += 1
        self._keep(self._places, code, spot, person, day, found, expected)

    def leave_open(
        self,
        code: str,
        spot: Spot,
        *,
        person: bytes | str = "",
        day: date | None = None,
        found: str = "",
        expected: str = "",
    ) -> None:
        """Take note that something perhaps breaks a rule."""
        self.open_counts[code] += 1
        self._keep(self._open_places, code, spot, person, day, found, expected)

    def is_counted_only(self, code: str) -> bool:
        """Count a place that breaks a rule whose places are all kept; returns whether that was so."""
        is_full = len(self._places.get(code, ())) >= MOST
        self.counts[code] += is_full
        return is_full

    def deviates(self, file: str, deviation: Deviation) -> None:
        """Take note of a deviation that the reader tells."""
        spot = Spot(
            file, deviation.line, deviation.offset, deviation.record, deviation.position, deviation.slug
        )
        code = codes_of_deviations()[deviation.kind]
        self.add(code, spot, found=deviation.found or "", expected=deviation.expected)

    def judge(self, what: str, number: int = 1) -> None:
        """Count what was judged: by a rule (its code), or by all that judge this kind of record."""
        self.judged[what] += number

    def give(self, what: str) -> None:
        """Say that something is given that rules need."""
        self.given.add(what)

    def note(self, said: Message) -> None:
        """Add a note to the report, once."""
        if said not in self.notes:
            self.notes.append(said)

    def places(self, code: str) -> tuple[Place, ...]:
        """Return the first places that break a rule."""
        return tuple(self._places.get(code, ()))

    def open_places(self, code: str) -> tuple[Place, ...]:
        """Return the first places that perhaps break a rule."""
        return tuple(self._open_places.get(code, ()))

    def judged_by(self, code: str) -> int:
        """Return how much a rule judged."""
        names: Iterable[str] = (code, *catalogue()[code].judges)
        return sum(self.judged[name] for name in names)

    def _keep(
        self,
        where: dict[str, list[Place]],
        code: str,
        spot: Spot,
        person: bytes | str,
        day: date | None,
        found: str,
        expected: str,
    ) -> None:
        kept = where.setdefault(code, [])
        if len(kept) < MOST:
            kept.append(
                Place.model_construct(
                    file=spot.file,
                    line=spot.line,
                    offset=spot.offset,
                    record=spot.record,
                    position=spot.position,
                    item=spot.slug,
                    item_name=_name(spot),
                    person=self.masks.shown(person),
                    day=day,
                    found=found,
                    expected=expected,
                )
            )


def _name(spot: Spot) -> str:
    layout = layouts().get(spot.record)
    if layout is None or not spot.position:
        return ""
    return next(iter(layout.forms.values()))[spot.position - 1].name

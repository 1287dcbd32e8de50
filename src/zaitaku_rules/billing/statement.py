"""One statement (J121) as it passes: its records gathered until the next person begins."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from zaitaku_rules.billing.findings import Spot
from zaitaku_rules.billing.numbers import Figure, number, written
from zaitaku_rules.billing.service_codes import ServiceCodes
from zaitaku_rules.read.kokuhoren import Record

WORK_KINDS = ("43", "44", "45", "46")
"""就労移行支援, that of 養成施設, 就労継続支援A型 and B型."""


@dataclass(slots=True)
class Statement:
    """The records of one statement by kind; services are told by their two digits."""

    key: bytes
    file: str
    first: list[Record] = field(default_factory=list[Record])
    days: list[Record] = field(default_factory=list[Record])
    lines: list[Record] = field(default_factory=list[Record])
    services: list[Record] = field(default_factory=list[Record])
    contracts: list[Record] = field(default_factory=list[Record])

    def take(self, record: Record, rank: int) -> None:
        """Take a record of the statement; `rank` is its number, 1 to 5."""
        (self.first, self.days, self.lines, self.services, self.contracts)[rank - 1].append(record)

    def spot(self) -> Spot:
        """Return the place of the statement: that of its first record."""
        held = (*self.first, *self.days, *self.lines, *self.services, *self.contracts)
        return Spot.of(self.file, min(held, key=lambda record: record.line))

    @property
    def month(self) -> str:
        """Return the service month, YYYYMM."""
        return self.key.partition(b",")[0].decode("ascii")


class Part(NamedTuple):
    """What one service of a statement gives to the claim: figures that may be meant otherwise."""

    kind: str
    units: Figure
    cost: Figure
    charge: Figure
    benefit: Figure
    subsidy: Figure


class StatedDays(NamedTuple):
    """The days of use and the service days of one service, and where each stands."""

    kind: str
    used: int | None
    served: int | None
    used_spot: Spot
    served_spot: Spot


class Counted(NamedTuple):
    """What is kept of a statement to be held against the service record: the days of each service."""

    file: str
    days: tuple[StatedDays, ...]
    absences: dict[str, int | None]
    """How often 欠席時対応 is claimed, by kind; None where its code is not known."""
    spots: dict[str, Spot]
    """Where that is, by kind."""


_KINDS = {"J121-03": "service_code", "J121-05": "decision_code"}


def kind_of(record: Record) -> str:
    """Return the kind of service of a record, two digits; "" where it cannot be read."""
    kind = written(record, _KINDS.get(record.table.layout.kind, "service"))[:2]
    return kind if kind.isdigit() and len(kind) == 2 else ""


def role_count(
    statement: Statement, codes: ServiceCodes, role: str, kind: str
) -> tuple[int | None, Record | None]:
    """Return how often codes of a role are counted for a kind of service, and the last line that counts.

    The number is None where no code of that role is known for the kind, or a count cannot be read.
    """
    month = statement.month
    if not codes.has_role(role, kind, month):
        return None, None
    total: int | None = 0
    last = None
    for line in statement.lines:
        known = codes.known(written(line, "service_code"), month)
        if known is not None and known.role == role and known.code.startswith(kind):
            count = number(line, "count")
            total = None if total is None or count is None else total + count
            last = line
    return total, last

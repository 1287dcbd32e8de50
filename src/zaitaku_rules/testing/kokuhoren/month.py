"""A month of an office in few words: who used the service on which days, and how."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, TypeAlias

ServiceKind: TypeAlias = Literal["43", "45", "46"]
"""就労移行支援, 就労継続支援A型 and B型."""

UNIT_PRICES = {
    "01": 11140, "02": 10910, "03": 10860, "04": 10680, "05": 10570, "06": 10340, "07": 10170, "20": 10000,
}  # fmt: skip
"""Yen per 1000 units by region."""

ABSENCE = {"46": "466040"}
LIFE_SUPPORT = {"46": "466875"}
"""Codes of 欠席時対応 and 在宅時生活支援サービス加算, where one is known."""


@dataclass(frozen=True, slots=True)
class Day:
    """One day of use, or one 欠席時対応."""

    day: int
    place: Literal["office", "home", "absent"] = "office"
    start: str = "1000"
    end: str = "1500"
    transport_out: int = 0
    transport_back: int = 0
    meal: bool = False
    offsite: bool = False
    life_support: bool = False
    remarks: str = ""
    visit_hours: str = ""
    extra: tuple[tuple[str, str], ...] = ()
    """More items of J611-02 by slug, such as ("medical_cooperation", "2")."""


@dataclass(frozen=True, slots=True)
class Person:
    """One person in one month."""

    certificate: str
    municipality: str
    kind: ServiceKind
    days: tuple[Day, ...]
    kana: str = ""
    cap: int = 0
    begin: str = "20241001"
    granted_days: int = 23
    subsidy: int = 0
    offsite_before: int = 0
    """Days of 施設外支援 since April, before this month."""
    initial: bool = False
    """Whether 初期加算 is claimed, from `begin` on."""

    @property
    def form(self) -> str:
        """Return the number of the service record form."""
        return "1601" if self.kind == "43" else "1701"

    def used(self) -> list[Day]:
        """Return the days of use."""
        return [day for day in self.days if day.place != "absent"]

    def absences(self) -> list[Day]:
        """Return the days of 欠席時対応."""
        return [day for day in self.days if day.place == "absent"]


@dataclass(frozen=True, slots=True)
class OfficeMonth:
    """One office in one service month (YYYYMM)."""

    office: str
    month: str
    people: tuple[Person, ...] = field(default=())
    region: str = "20"

    def processing_month(self) -> str:
        """Return the month in which the claim is processed: the next."""
        year, month = divmod(int(self.month[:4]) * 12 + int(self.month[4:]), 12)
        return f"{year:04}{month + 1:02}"

    def municipalities(self) -> list[str]:
        """Return the municipalities in order of their codes."""
        return sorted({person.municipality for person in self.people})

"""What billing files claim of days that may be home days: service records and statements by person."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import time
from functools import lru_cache
from typing import NamedTuple

from zaitaku_rules.billing.home_use_words import HomeUseWords, Said, shipped_words
from zaitaku_rules.billing.service_codes import ServiceCodes, service_codes
from zaitaku_rules.read.kokuhoren import Key, Record, layouts
from zaitaku_rules.records.municipalities import city_of
from zaitaku_rules.records.written import month_written, municipality_written, provider_written

FORMS = ("1601", "1701")
"""The forms of services that can be used at home: 就労移行支援, 就労継続支援."""

ABSENCE = "8"
"""サービス提供の状況 of 欠席時対応."""

LIFE_SUPPORT = "home_life_support"
"""The role of the codes of 在宅時生活支援サービス加算."""

_WORDS = {
    "transport": ("transport_out", "transport_back"),
    "meals": ("meal",),
    "offsite": ("offsite",),
    "commuting_training": ("commuting_training",),
}


class Row(NamedTuple):
    """Where a day stands in its file, and its times in minutes of the day (None where not given)."""

    line: int
    offset: int
    start: int | None
    end: int | None


@dataclass(slots=True)
class Sheet:
    """The service record of one person in one form, office and month; bit n of a word is the n-th day."""

    key: Key
    file: str
    line: int
    offset: int
    rows: dict[int, Row] = field(default_factory=dict[int, Row])
    used: int = 0
    absent: int = 0
    transport: int = 0
    meals: int = 0
    offsite: int = 0
    commuting_training: int = 0
    says_home: int = 0
    says_away: int = 0

    @property
    def city(self) -> str:
        """The municipality, of a ward its city; "" where the file holds no such code."""
        code = municipality_written(self.key.municipality)
        return city_of(code) if code else ""

    @property
    def office(self) -> str:
        """The provider number; "" where the file holds no such number."""
        return provider_written(self.key.office) or ""

    @property
    def month(self) -> str:
        """The service month, YYYY-MM; "" where the file holds none."""
        return month_written(f"{self.key.month[:4]}-{self.key.month[4:]}") or ""


WORDS = (
    "used", "absent", "transport", "meals", "offsite", "commuting_training", "says_home", "says_away",
)  # fmt: skip
"""The words of a sheet."""


@dataclass(slots=True)
class Statement:
    """What the statement (J121) of one person claims: kinds of service, and days of life support at home.

    `is_code_known` tells whether the code of life support is known for one of the kinds.
    """

    file: str
    line: int
    offset: int
    services: set[str] = field(default_factory=set[str])
    life_support: int = 0
    is_code_known: bool = False


class Billed:
    """The sheets and statements of files, gathered one record after another."""

    def __init__(self, words: HomeUseWords | None = None, codes: ServiceCodes | None = None) -> None:
        """Read remarks by `words`, and find life support at home by `codes`."""
        self.sheets: dict[Key, Sheet] = {}
        self.statements: dict[Key, Statement] = {}
        self._words = words or shipped_words()
        self._codes = codes or service_codes()
        self._said: dict[bytes, Said] = {}
        self._key = b""
        self._sheet: Sheet | None = None

    def take(self, record: Record, file: str) -> None:
        """Gather one record of a file."""
        kind = record.kind
        if kind == "J611-02":
            self._day(record, file)
        elif kind == "J611-01":
            self._sheet_of(record, file)
        elif kind in ("J121-01", "J121-02", "J121-03"):
            self._statement(record, file, kind)

    def _sheet_of(self, record: Record, file: str) -> Sheet | None:
        if record.caught[1] != self._key:
            key = record.key
            self._key, self._sheet = record.caught[1], None
            if key.form in FORMS and key.person:
                fresh = Sheet(key, file, record.line, record.offset)
                self._sheet = self.sheets.setdefault(key, fresh)
        return self._sheet

    def _day(self, record: Record, file: str) -> None:
        sheet = self._sheet_of(record, file)
        day = day_of(record) if sheet else 0
        if not sheet or not day:
            return
        bit, set_ = 1 << day, _is_set(record)
        sheet.rows.setdefault(day, Row(record.line, record.offset, *_times(record)))
        if is_absence(record):
            sheet.absent |= bit
        else:
            sheet.used |= bit
            said = self._said_by(record)
            sheet.says_home |= bit if said == "home" else 0
            sheet.says_away |= bit if said == "away" else 0
        for name in set_:
            setattr(sheet, name, getattr(sheet, name) | bit)

    def _said_by(self, record: Record) -> Said:
        raw = record.caught[_places()["remarks"]]
        if not raw:
            return ""
        if raw not in self._said:
            if len(self._said) > 4096:
                self._said.clear()
            self._said[raw] = self._words.said(record.text("remarks"))
        return self._said[raw]

    def _statement(self, record: Record, file: str, kind: str) -> None:
        key = record.key
        if not key.person:
            return
        held = self.statements.setdefault(key, Statement(file, record.line, record.offset))
        if kind == "J121-02" and (service := record.text("service")):
            held.services.add(service)
            held.is_code_known |= self._codes.has_role(LIFE_SUPPORT, service, key.month)
        elif kind == "J121-03" and self._is_life_support(record.text("service_code"), key.month):
            count = record.value("count")
            held.life_support += count if isinstance(count, int) else 0
            held.file, held.line, held.offset = file, record.line, record.offset

    def _is_life_support(self, code: str, month: str) -> bool:
        known = self._codes.known(code, month)
        return known is not None and known.role == LIFE_SUPPORT


@lru_cache(maxsize=1)
def _places() -> dict[str, int]:
    """Return where each item of J611-02 is caught; the same for every form and month."""
    return {slug: place for place, slug in enumerate(layouts()["J611-02"].caught, 2)}


def day_of(record: Record) -> int:
    """Return the day of a J611-02 row; 0 where none can be read."""
    if record.conforms:
        return int(record.caught[_places()["day"]])
    day = record.value("day")
    return day if isinstance(day, int) else 0


def is_absence(record: Record) -> bool:
    """Tell whether a J611-02 row is a 欠席時対応."""
    return record.caught[_places()["status"]].strip() == ABSENCE.encode()


def _is_set(record: Record) -> list[str]:
    """Return the words that a row sets: what it claims beside the day."""
    places, caught = _places(), record.caught
    return [
        name for name, slugs in _WORDS.items() if any(caught[places[slug]].strip(b"0 ") for slug in slugs)
    ]


def _times(record: Record) -> tuple[int | None, int | None]:
    return _minutes(record, "start"), _minutes(record, "end")


def _minutes(record: Record, slug: str) -> int | None:
    raw = record.caught[_places()[slug]]
    if not raw:
        return None
    if record.conforms:
        hour, minute = divmod(int(raw), 100)
        return hour * 60 + minute
    clock = record.value(slug)
    return clock.hour * 60 + clock.minute if isinstance(clock, time) else None

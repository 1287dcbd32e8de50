"""The items of one kind of record in one service month and form, ready to match whole lines."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TypeAlias

from zaitaku_rules.errors import InvalidCall
from zaitaku_rules.read.kokuhoren.layout import Item, Layout, layouts
from zaitaku_rules.read.kokuhoren.patterns import Style, line_pattern
from zaitaku_rules.read.kokuhoren.values import is_full_width, is_month, is_municipality, is_office

Match: TypeAlias = Callable[[bytes], "re.Match[bytes] | None"]

_OLDEST, _NEWEST = "190001", "999912"


@dataclass(frozen=True, eq=False)
class Table:
    """The items that a kind of record holds in some service months, and where they are caught."""

    layout: Layout
    items: tuple[Item, ...]
    form: str
    days: int

    @property
    def kind(self) -> str:
        """Return the kind of record, such as J611-02."""
        return self.layout.kind

    @cached_property
    def places(self) -> Mapping[str, int]:
        """Return where each caught item stands in `Record.caught`."""
        return {slug: place for place, slug in enumerate(self.layout.caught, 2)}

    @cached_property
    def closer(self) -> tuple[tuple[int, Callable[[bytes], bool]], ...]:
        """Return the caught items that a pattern cannot judge alone, each with its test."""
        tests: dict[str, Callable[[bytes], bool]] = {
            "municipality": _municipality,
            "office": _office,
            "text": is_full_width,
        }
        caught = (self.items[self.layout.places[slug] - 1] for slug in self.layout.caught)
        return tuple((self.places[item.slug], tests[item.format]) for item in caught if item.format in tests)

    def match(self, style: Style) -> Match:
        """Return what matches a line of this table on which nothing deviates, quoted in a style."""
        return _pattern(self, style).fullmatch


@lru_cache(maxsize=1024)
def _pattern(table: Table, style: Style) -> re.Pattern[bytes]:
    layout = table.layout
    return line_pattern(
        (layout.identification, layout.record_type), table.items, layout.key, layout.caught,
        form=table.form, days=table.days, style=style,
    )  # fmt: skip


def table_of(kind: str, month: str = "", form: str = "") -> Table:
    """Return the table of a kind of record, such as J611-02, for a service month (YYYYMM) and a form.

    Without a month it is that of the newest edition. Raises InvalidCall for an unknown kind.
    """
    layout = layouts().get(kind)
    if layout is None:
        raise InvalidCall(
            f"レコードの種類は次のどれかです: {', '.join(layouts())}。",
            f"a kind of record is one of {', '.join(layouts())}",
        )
    known = form if form in layout.forms else ""
    period = layout.period(month if is_month(month) else _NEWEST, known)
    days = monthrange(int(month[:4]), int(month[4:]))[1] if "day" in layout.places and is_month(month) else 31
    return _table(kind, period, known, days)


@lru_cache(maxsize=1024)
def _table(kind: str, period: tuple[str, ...], form: str, days: int) -> Table:
    # Months of one period have the same items, so its first month speaks for all.
    layout = layouts()[kind]
    return Table(layout, layout.items(period[-1] if period else _OLDEST, form), form, days)


def _municipality(raw: bytes) -> bool:
    return is_municipality(raw.decode("ascii"))


def _office(raw: bytes) -> bool:
    return is_office(raw.decode("ascii"))

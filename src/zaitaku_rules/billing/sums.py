"""What must add up within a statement (J121): lines to services, services to totals."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple, TypeAlias

from zaitaku_rules.billing.numbers import Figure, amount, number, sums
from zaitaku_rules.billing.statement import Part, Statement, kind_of
from zaitaku_rules.read.kokuhoren import Record


class Told(NamedTuple):
    """What breaks a rule at an item of a record; `is_open` where it cannot be told."""

    code: str
    record: Record
    slug: str
    found: str = ""
    expected: str = ""
    is_open: bool = False


Tell: TypeAlias = Callable[[Told], None]

_SUMS = (
    ("units", "units"), ("cost", "cost"), ("cap_adjusted", "cap_adjusted"), ("decided_charge", "charge"),
    ("benefit", "benefit"), ("municipal_subsidy", "subsidy"),
)  # fmt: skip
_CHARGES = ("office_reduction", "reduced_charge", "adjusted_charge", "charge_after_management")
_LATER_CHARGES = ("charge_after_management", "adjusted_charge", "reduced_charge")


def compared(tell: Tell, code: str, record: Record, slug: str, allowed: set[int]) -> Figure:
    """Hold an item against what it may be; returns it as a figure for what comes after."""
    found = amount(record, slug)
    if found is None or not allowed:
        tell(Told(code, record, slug, is_open=True))
        return Figure(found, allowed)
    if found in allowed:
        return Figure(found)
    tell(Told(code, record, slug, str(found), str(min(allowed, key=lambda value: abs(value - found)))))
    return Figure(found, allowed)


def lines_multiplied(statement: Statement, tell: Tell) -> dict[str, Figure]:
    """Return the units of each kind of service by its lines; a line must be its units times its count."""
    written, meant = dict[str, int | None](), dict[str, int | None]()
    for line in statement.lines:
        kind = kind_of(line)
        units, count = number(line, "units"), number(line, "count")
        product = None if units is None or count is None else units * count
        figure = compared(tell, "K223", line, "service_units", set() if product is None else {product})
        written[kind] = _plus(written.get(kind, 0), figure.written)
        meant[kind] = _plus(meant.get(kind, 0), product)
    return {kind: Figure(written[kind], [meant[kind]]) for kind in written}


def service_added_up(
    service: Record, lines: Figure | None, cap: int | None, tell: Tell
) -> tuple[Part, Figure]:
    """Return the figures of a service, each held against those before it; the second is its capped charge."""
    units = compared(tell, "K224", service, "units", lines.values if lines else set())
    price = number(service, "unit_price")
    costs = set[int]() if price is None else {value * price // 1000 for value in units.values}
    cost = compared(tell, "K225", service, "cost", costs)
    tenth = compared(tell, "K226", service, "tenth", {value // 10 for value in cost.values})
    charge = _charge(service, tenth, tell)
    capped = set[int]() if cap is None else {min(cap, value) for value in charge.values}
    adjusted = compared(tell, "K228", service, "cap_adjusted", capped)
    later = [value for slug in _LATER_CHARGES if (value := number(service, slug)) is not None]
    decided = compared(tell, "K229", service, "decided_charge", {*later[:1]} or adjusted.values)
    charged = amount(service, "decided_charge")
    benefits = set[int]() if charged is None else {value - charged for value in cost.values}
    benefit = compared(tell, "K230", service, "benefit", benefits)
    subsidy = Figure(amount(service, "municipal_subsidy"))
    return Part(kind_of(service), units, cost, decided, benefit, subsidy), adjusted


def statement_added_up(statement: Statement, tell: Tell) -> list[Part]:
    """Return the figures of each service of a statement, and hold the totals against them."""
    lines = lines_multiplied(statement, tell)
    first = statement.first[0] if statement.first else None
    cap = number(first, "monthly_cap") if first is not None else None
    both = [service_added_up(one, lines.get(kind_of(one)), cap, tell) for one in statement.services]
    parts = [part for part, _ in both]
    if first is not None and parts:
        for slug, name in _SUMS:
            figures = [capped for _, capped in both] if name == "cap_adjusted" else _named(parts, name)
            compared(tell, "K231", first, slug, sums(figures))
        for slug in _CHARGES:
            compared(tell, "K238", first, slug, sums(Figure(amount(one, slug)) for one in statement.services))
    return parts


def _named(parts: list[Part], name: str) -> list[Figure]:
    return [getattr(part, name) for part in parts]


def _charge(service: Record, tenth: Figure, tell: Tell) -> Figure:
    found = number(service, "charge")
    if found is None or not tenth.values:
        tell(Told("K227", service, "charge", is_open=True))
        return Figure(found)
    if found > max(tenth.values):
        tell(Told("K227", service, "charge", str(found), f"<= {max(tenth.values)}"))
        return Figure(found, tenth.values)
    return Figure(found)


def _plus(total: int | None, more: int | None) -> int | None:
    return None if total is None or more is None else total + more

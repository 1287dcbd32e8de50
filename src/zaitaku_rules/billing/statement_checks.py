"""What must hold within a statement (J121) beside its sums: records, days, codes, items that go together."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Iterator

from zaitaku_rules.billing.numbers import amount, is_told, number, written
from zaitaku_rules.billing.service_codes import ServiceCodes
from zaitaku_rules.billing.statement import WORK_KINDS, Statement, kind_of, role_count
from zaitaku_rules.billing.sums import Told
from zaitaku_rules.read.kokuhoren import Record

UNIT_PRICES = {
    "01": 11140, "02": 10910, "03": 10860, "04": 10680, "05": 10570, "06": 10340, "07": 10170, "20": 10000,
}  # fmt: skip
"""Yen for 1000 units of kinds 45 and 46 by region, since April 2024 (告示第539号, read through others)."""

_PRICED_SINCE = "202404"
_CONTRACTS_SINCE = "201804"
_ABSENCES = 4
_OTHER_ITEMS = {
    "J121-01": ("daily_amount", "days", "benefit_claimed", "actual_cost"),
    "J121-02": ("hospital_days", "overnight_days"),
    "J121-04": ("daily_amount", "days", "benefit_claimed", "actual_cost"),
}
_ALONE = {
    "J121-02": ("service",),
    "J121-04": ("service", "group"),
    "J121-05": ("decision_code", "contract_begin"),
}
_EXCEPTION = ("exception_from", "exception_through", "exception_days", "exception_allowed_days")
_MANAGEMENT = ("managing_office", "management_result", "managed_charge", "charge_after_management")


def records_of(statement: Statement) -> Iterator[Told]:
    """Hold the records of a statement against each other: which lack, and which stand twice."""
    held = _any(statement)
    kinds = {
        name: dict.fromkeys(kind_of(record) for record in records)
        for name, records in (("02", statement.days), ("03", statement.lines), ("04", statement.services))
    }
    if not statement.first:
        yield Told("K220", held, "", "", "J121-01")
    every = dict.fromkeys(kind for found in kinds.values() for kind in found if kind)
    unread = "" in [kind for found in kinds.values() for kind in found]
    for kind in every:
        for name, found in kinds.items():
            if kind not in found:
                yield Told("K220", held, "", "", f"J121-{name} ({kind})", is_open=unread)
    if not every and not unread:
        yield Told("K220", held, "", "", "J121-02")
    yield from _contracts(statement, every, held)
    yield from _doubles(statement)


def _contracts(statement: Statement, kinds: Iterable[str], held: Record) -> Iterator[Told]:
    if statement.month < _CONTRACTS_SINCE:
        return
    decided = [written(contract, "decision_code") for contract in statement.contracts]
    for kind in kinds:
        if kind in WORK_KINDS and f"{kind}1000" not in decided:
            is_open = not all(contract.conforms for contract in statement.contracts)
            yield Told("K221", held, "", "", f"J121-05 ({kind}1000)", is_open=is_open)


def _doubles(statement: Statement) -> Iterator[Told]:
    yield from (Told("K222", record, "") for record in statement.first[1:])
    for records in (statement.days, statement.services, statement.contracts):
        seen = set[tuple[str, ...]]()
        for record in records if len(records) > 1 else ():
            if _same(record) in seen:
                yield Told("K222", record, "")
            seen.add(_same(record))


def _same(record: Record) -> tuple[str, ...]:
    """Return what only one record of a statement has: service and group, or the code of a contract."""
    return tuple(written(record, slug) for slug in _ALONE[record.table.layout.kind])


def _any(statement: Statement) -> Record:
    held = (*statement.first, *statement.days, *statement.lines, *statement.services, *statement.contracts)
    return min(held, key=lambda record: record.line)


def days_of(statement: Statement, codes: ServiceCodes) -> Iterator[Told]:
    """Hold the days of each service against month, standard, contract and the additions that count days."""
    month = statement.month
    in_month = monthrange(int(month[:4]), int(month[4:]))[1] if _is_month(month) else 31
    services = {kind_of(service): service for service in statement.services}
    contracted = {written(one, "decision_code")[:2]: one for one in statement.contracts}
    for record in statement.days:
        kind, used = kind_of(record), number(record, "use_days")
        if used is None:
            yield Told("K232", record, "use_days", is_open=True)
            continue
        if used > in_month:
            yield Told("K232", record, "use_days", str(used), f"<= {in_month}")
        if service := services.get(kind):
            yield from _service_days(service, used, in_month)
        yield from _standard(statement, record, used, in_month, codes, services.get(kind))
        if contract := contracted.get(kind):
            granted = number(contract, "contracted_amount")
            if granted is not None and 100 <= granted < used * 100:
                yield Told("K234", record, "use_days", str(used), f"<= {granted / 100:g}")
        supported, line = role_count(statement, codes, "home_life_support", kind)
        if line is not None and supported is not None and supported > used:
            yield Told("K237", line, "count", str(supported), f"<= {used}")
    for kind in services:
        absences, line = role_count(statement, codes, "absence", kind)
        if line is not None and absences is not None and absences > _ABSENCES:
            yield Told("K236", line, "count", str(absences), f"<= {_ABSENCES}")


def _service_days(service: Record, used: int, in_month: int) -> Iterator[Told]:
    days = number(service, "service_days")
    if days is not None and not used <= days <= in_month and used <= in_month:
        yield Told("K232", service, "service_days", str(days), f"{used} - {in_month}")


def _standard(
    statement: Statement,
    record: Record,
    used: int,
    in_month: int,
    codes: ServiceCodes,
    service: Record | None,
) -> Iterator[Told]:
    if service is not None and any(written(service, slug) for slug in _EXCEPTION):
        return
    basic, line = role_count(statement, codes, "basic", kind_of(record))
    counted = used if line is None or basic is None else basic
    if counted > in_month - 8 and kind_of(record) in WORK_KINDS:
        yield Told("K233", record, "use_days", str(counted), f"<= {in_month - 8}")


def items_of(statement: Statement, codes: ServiceCodes) -> Iterator[Told]:
    """Look at items that go together, and at those that only other services set."""
    kinds = {kind_of(record) for record in (*statement.services, *statement.days)}
    for record in statement.first:
        yield from _totals(record, kinds)
    if kinds and kinds <= set(WORK_KINDS):
        yield from _of_other_services(statement)
    for line in statement.lines:
        yield from _units(line, statement.month, codes)
    for service in statement.services:
        yield from _exception(service, statement.month)
        if kind_of(service) in WORK_KINDS and written(service, "group") == "2":
            yield Told("K239", service, "group", "2", "1")
        yield from _a_type(service, kind_of(service), ("office_reduction", "reduced_charge"))
        if statement.first:
            yield from _price(service, statement.first[0], statement.month)
    yield from _dates(statement)


def _totals(record: Record, kinds: set[str]) -> Iterator[Told]:
    managed = [is_told(record, slug) for slug in _MANAGEMENT]
    if any(managed) and not all(managed):
        slug = _MANAGEMENT[managed.index(False)]
        yield Told("K241", record, slug)
    subsidy, charge = amount(record, "municipal_subsidy"), number(record, "decided_charge")
    if subsidy is not None and bool(subsidy) != is_told(record, "subsidising_municipality"):
        yield Told("K242", record, "municipal_subsidy" if not subsidy else "subsidising_municipality")
    elif subsidy is not None and charge is not None and subsidy > charge:
        yield Told("K242", record, "municipal_subsidy", str(subsidy), f"<= {charge}")
    if kinds and "45" not in kinds:
        flags = (
            slug for slug in ("a_reduction_office", "a_reduction_person") if written(record, slug) == "2"
        )
        yield from (Told("K240", record, slug, "2", "1") for slug in flags)
        yield from _a_type(record, "", ("office_reduction", "reduced_charge"))


def _a_type(record: Record, kind: str, slugs: Iterable[str]) -> Iterator[Told]:
    if kind != "45":
        yield from (Told("K240", record, slug) for slug in slugs if number(record, slug))


def _of_other_services(statement: Statement) -> Iterator[Told]:
    for record in (*statement.first, *statement.days, *statement.services):
        slugs = _OTHER_ITEMS[record.table.layout.kind]
        yield from (
            Told("K239", record, slug, str(number(record, slug))) for slug in slugs if number(record, slug)
        )


def _units(line: Record, month: str, codes: ServiceCodes) -> Iterator[Told]:
    known = codes.known(written(line, "service_code"), month)
    units = number(line, "units")
    if known is not None and known.units is not None and units is not None and units != known.units:
        yield Told("K246", line, "units", str(units), str(known.units))


def _exception(service: Record, month: str) -> Iterator[Told]:
    set_items = [is_told(service, slug) for slug in _EXCEPTION]
    told = [written(service, slug) for slug in _EXCEPTION]
    if any(set_items) and not all(set_items):
        yield Told("K244", service, _EXCEPTION[set_items.index(False)])
    elif all(told) and not told[0] <= month <= told[1]:
        yield Told("K244", service, "exception_from", told[0], f"<= {month} <= exception_through")


def _price(service: Record, first: Record, month: str) -> Iterator[Told]:
    region, price = written(first, "region"), number(service, "unit_price")
    due = UNIT_PRICES.get(region)
    if month >= _PRICED_SINCE and kind_of(service) in ("45", "46") and due and price not in (None, due):
        yield Told("K245", service, "unit_price", str(price), str(due))


def _dates(statement: Statement) -> Iterator[Told]:
    month = statement.month
    for record in statement.days:
        yield from _span(record, "begin", "end", month)
    for record in statement.contracts:
        yield from _span(record, "contract_begin", "contract_end", month)
        granted = number(record, "contracted_amount")
        if granted is not None and not 100 <= granted <= 3100:
            yield Told("K235", record, "contracted_amount", str(granted), "100 - 3100")


def _span(record: Record, begin: str, end: str, month: str) -> Iterator[Told]:
    first, last = written(record, begin), written(record, end)
    if first and first[:6] > month:
        yield Told("K243", record, begin, first, f"<= {month}")
    if last and (last[:6] != month or last < first):
        yield Told("K243", record, end, last, month)


def _is_month(month: str) -> bool:
    return len(month) == 6 and month.isdigit() and "01" <= month[4:] <= "12" and month[:4] != "0000"

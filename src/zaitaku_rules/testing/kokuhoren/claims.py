"""The claim (J111) and its statements (J121) of a month, added up as the specification says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from zaitaku_rules.testing.kokuhoren.month import ABSENCE, LIFE_SUPPORT, UNIT_PRICES, OfficeMonth, Person
from zaitaku_rules.testing.kokuhoren.rows import BillingFile, Row

BASIC_UNITS, ABSENCE_UNITS, LIFE_SUPPORT_UNITS, TRANSPORT_UNITS = 800, 94, 300, 21


@dataclass(frozen=True, slots=True)
class Amounts:
    """What is claimed for one person."""

    units: int
    cost: int
    charge: int
    adjusted: int
    subsidy: int

    @property
    def benefit(self) -> int:
        """Return what the municipality pays of the benefit."""
        return self.cost - self.adjusted


def claims_file(month: OfficeMonth) -> BillingFile:
    """Return the J11 file of a month: for each municipality its claim, then its statements."""
    rows: list[Row] = []
    for municipality in month.municipalities():
        people = [person for person in month.people if person.municipality == municipality]
        rows += claim(month, municipality, [(person.kind, amounts(month, person)) for person in people])
        rows += (row for person in people for row in statement(month, person))
    return BillingFile("J11", month.office, month.processing_month(), tuple(rows))


def claim(month: OfficeMonth, municipality: str, claimed: Sequence[tuple[str, Amounts]]) -> list[Row]:
    """Return the claim on one municipality: its totals, then a row for each kind of service."""
    key = {"month": month.month, "municipality": municipality, "office": month.office}
    sums = _sums([one for _, one in claimed])
    total = sum(one.benefit + one.subsidy for _, one in claimed)
    totals = {f"total_{slug}": text for slug, text in sums.items()}
    rows = [Row("J111-01", key | sums | totals | {"claimed": str(total)})]
    for kind in sorted({kind for kind, _ in claimed}):
        part = _sums([one for other, one in claimed if other == kind])
        rows.append(Row("J111-02", key | {"benefit_kind": "1", "service": kind} | part))
    return rows


def statement(month: OfficeMonth, person: Person) -> list[Row]:
    """Return the statement of one person, records 01 to 05."""
    key = {
        "month": month.month,
        "municipality": person.municipality,
        "office": month.office,
        "person": person.certificate,
    }
    claimed = amounts(month, person)
    sums = {
        "units": str(claimed.units),
        "cost": str(claimed.cost),
        "cap_adjusted": str(claimed.adjusted),
        "decided_charge": str(claimed.adjusted),
        "benefit": str(claimed.benefit),
        "municipal_subsidy": _set(claimed.subsidy),
    }
    days = {"service": person.kind, "begin": person.begin, "use_days": str(len(person.used()))}
    return [
        Row("J121-01", key | sums | _head(month, person, claimed)),
        Row("J121-02", key | days),
        *(Row("J121-03", key | _counted(code, units, count)) for code, units, count in counted(person)),
        Row("J121-04", key | sums | _service(month, person, claimed)),
        Row("J121-05", key | _contract(person)),
    ]


def _head(month: OfficeMonth, person: Person, claimed: Amounts) -> dict[str, str]:
    return {
        "subsidising_municipality": person.municipality if claimed.subsidy else "",
        "name_kana": person.kana,
        "region": month.region,
        "a_reduction_office": "1",
        "a_reduction_person": "1",
        "monthly_cap": str(person.cap),
    }


def _service(month: OfficeMonth, person: Person, claimed: Amounts) -> dict[str, str]:
    return {
        "service": person.kind,
        "group": "1",
        "service_days": str(len(person.days)),
        "unit_price": str(UNIT_PRICES[month.region]),
        "benefit_rate": "0",
        "tenth": str(claimed.cost // 10),
        "charge": str(claimed.charge),
    }


def _contract(person: Person) -> dict[str, str]:
    return {
        "decision_code": f"{person.kind}1000",
        "contracted_amount": f"{person.granted_days:03}00",
        "contract_begin": person.begin,
        "entry_number": "1",
    }


def counted(person: Person) -> list[tuple[str, int, int]]:
    """Return the lines of a statement as code, units and count.

    Z999 and Z998 stand in for the codes of the basic reward and of 送迎加算, and their units are invented.
    """
    lines = [(f"{person.kind}Z999", BASIC_UNITS, len(person.used()))]
    trips = sum(day.transport_out + day.transport_back for day in person.days)
    supported = sum(day.life_support for day in person.days)
    lines.append((f"{person.kind}Z998", TRANSPORT_UNITS, trips))
    lines.append((LIFE_SUPPORT.get(person.kind, ""), LIFE_SUPPORT_UNITS, supported))
    lines.append((ABSENCE.get(person.kind, ""), ABSENCE_UNITS, len(person.absences())))
    return [line for line in lines if line[0] and line[2]]


def amounts(month: OfficeMonth, person: Person) -> Amounts:
    """Return what is claimed for one person."""
    units = sum(each * count for _, each, count in counted(person))
    cost = units * UNIT_PRICES[month.region] // 1000
    adjusted = min(person.cap, cost // 10)
    return Amounts(units, cost, cost // 10, adjusted, min(person.subsidy, adjusted))


def _counted(code: str, units: int, count: int) -> dict[str, str]:
    return {
        "service_code": code, "units": str(units), "count": str(count), "service_units": str(units * count),
    }  # fmt: skip


def _sums(claimed: Sequence[Amounts]) -> dict[str, str]:
    subsidy = sum(one.subsidy for one in claimed)
    return {
        "statements": str(len(claimed)),
        "units": str(sum(one.units for one in claimed)),
        "cost": str(sum(one.cost for one in claimed)),
        "benefit": str(sum(one.benefit for one in claimed)),
        "user_charge": str(sum(one.adjusted - one.subsidy for one in claimed)),
        "municipal_subsidy": _set(subsidy),
    }


def _set(number: int) -> str:
    return str(number) if number else ""

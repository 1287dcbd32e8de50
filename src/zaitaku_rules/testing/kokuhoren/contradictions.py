"""Near misses that conform line by line: sums, counts and matches between records that do not hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from zaitaku_rules.testing.kokuhoren.claims import claims_file
from zaitaku_rules.testing.kokuhoren.month import Day, OfficeMonth, Person
from zaitaku_rules.testing.kokuhoren.pair import (
    Change,
    Pair,
    in_claims,
    in_control,
    in_records,
    shifted,
    twice,
    with_items,
    without,
)
from zaitaku_rules.testing.kokuhoren.rows import Row
from zaitaku_rules.testing.kokuhoren.sheets import records_file


def _of(month: OfficeMonth) -> Pair:
    return Pair(claims_file(month).to_bytes(), records_file(month).to_bytes())


def _first(month: OfficeMonth, **changed: object) -> OfficeMonth:
    """Return the month with other facts of its first person; both files tell the same."""
    person: Person = replace(month.people[0], **changed)  # type: ignore[arg-type]
    return replace(month, people=(person, *month.people[1:]))


def _only_in_records(month: OfficeMonth, **changed: object) -> Pair:
    return Pair(claims_file(month).to_bytes(), records_file(_first(month, **changed)).to_bytes())


def _five_absences(month: OfficeMonth) -> Pair:
    return _of(_first(month, days=(*month.people[0].days, *(Day(day, "absent") for day in range(21, 25)))))


def _every_day(month: OfficeMonth) -> Pair:
    return _of(_first(month, days=tuple(Day(day) for day in range(1, 29)), granted_days=30))


def _as_form(form: str) -> Change:
    def rows(rows: tuple[Row, ...]) -> tuple[Row, ...]:
        person = rows[-1].items["person"]
        meant = {"form": form, "commuting_training": ""}
        return tuple(row.but(**meant) if row.items["person"] == person else row for row in rows)

    return in_records(rows)


def _statement_missing(month: OfficeMonth) -> Pair:
    rest = replace(month, people=month.people[:-1])
    return Pair(claims_file(rest).to_bytes(), records_file(month).to_bytes())


def _too_much_support(month: OfficeMonth) -> Pair:
    """Count life support on more days than there are days of use."""
    days = (Day(1, "home", life_support=True), *(Day(day, "absent", life_support=True) for day in (2, 3)))
    return _of(_first(month, days=days))


def _sheet_lost(rows: tuple[Row, ...]) -> tuple[Row, ...]:
    last = rows[-1].items["person"]
    return tuple(row for row in rows if row.items.get("person") != last)


CONTRADICTIONS: Mapping[str, Change] = {
    # Within a service record.
    "transport_sum": in_records(shifted("J611-01", "transport_trips")),
    "meals_sum": in_records(shifted("J611-01", "meals")),
    "visits_sum": in_records(shifted("J611-01", "visits_claimed")),
    "offsite_sum": in_records(shifted("J611-01", "offsite_days")),
    "offsite_to_date": in_records(with_items("J611-01", offsite_days_to_date="181")),
    "community_cooperation_sum": in_records(shifted("J611-01", "community_cooperation")),
    "commuting_training_sum": in_records(shifted("J611-01", "commuting_training", nth=1)),
    "initial_days": in_records(
        with_items("J611-01", initial_begin="20250401", initial_day_30="20250430", initial_days="31")
    ),
    "day_twice": in_records(twice("J611-02", 1)),
    "start_after_end": in_records(with_items("J611-02", 1, start="1500", end="1000")),
    "times_on_absence": in_records(with_items("J611-02", 4, start="1000", end="1500")),
    "meal_on_absence": in_records(
        lambda rows: shifted("J611-01", "meals")(with_items("J611-02", 4, meal="1")(rows))
    ),
    "sheet_twice": in_records(lambda rows: (*rows, *(row for row in rows if row.items == rows[0].items))),
    "visit_hours_counted": in_records(with_items("J611-02", 7, visit_counted="1")),
    # Within a statement and a claim.
    "units_product": in_claims(shifted("J121-03", "service_units")),
    "units_of_service": in_claims(shifted("J121-04", "units")),
    "units_of_statement": in_claims(shifted("J121-01", "units")),
    "cost_of_service": in_claims(shifted("J121-04", "cost")),
    "tenth_of_cost": in_claims(shifted("J121-04", "tenth")),
    "charge_above_tenth": in_claims(shifted("J121-04", "charge")),
    "cap_adjusted": in_claims(shifted("J121-04", "cap_adjusted")),
    "benefit_of_service": in_claims(shifted("J121-04", "benefit")),
    "cost_of_statement": in_claims(shifted("J121-01", "cost")),
    "benefit_of_statement": in_claims(shifted("J121-01", "benefit")),
    "charge_above_cap": in_claims(with_items("J121-01", monthly_cap="0")),
    "services_of_claim": in_claims(shifted("J111-02", "cost")),
    "count_of_claim": in_claims(shifted("J111-02", "statements")),
    "claimed_amount": in_claims(shifted("J111-01", "claimed")),
    "total_of_claim": in_claims(shifted("J111-01", "total_cost")),
    "days_missing": in_claims(without("J121-02")),
    "lines_missing": in_claims(without("J121-04")),
    "contract_missing": in_claims(without("J121-05")),
    "claim_missing": in_claims(without("J111-02")),
    "statement_missing": _statement_missing,
    "statement_without_records": in_records(_sheet_lost),
    "too_many_days": _every_day,
    "over_contract": lambda month: _of(_first(month, granted_days=5)),
    # Between statement and service record.
    "use_days": in_claims(shifted("J121-02", "use_days", -1)),
    "service_days": in_claims(shifted("J121-04", "service_days", -1)),
    "absences_counted": lambda month: _only_in_records(
        month, days=(*month.people[0].days, Day(21, "absent"))
    ),
    "five_absences": _five_absences,
    "life_support_over_use": _too_much_support,
    "form_of_other_kind": _as_form("1701"),
    # Between control record and records.
    "processed_before_service": in_control(processing_month="202503"),
    "processed_late": in_control(processing_month="202507"),
}
"""What contradicts itself though every line conforms; the reader tells nothing."""

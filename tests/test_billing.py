"""Billing files judged by the rules K: each near miss is found under its code, and nothing else is."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tracemalloc
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from random import Random
from typing import Any

import pytest

from calling import Call
from zaitaku_rules.billing import (
    BillingReport,
    Masks,
    Place,
    Spot,
    Validation,
    catalogue,
    rule,
    service_codes,
    shipped_codes,
    validate,
)
from zaitaku_rules.billing.findings import MOST
from zaitaku_rules.billing.rule import codes_of_deviations
from zaitaku_rules.errors import InvalidInput, InvalidLaw
from zaitaku_rules.read.kokuhoren import KINDS, layouts
from zaitaku_rules.rules import CATALOGUE
from zaitaku_rules.testing.kokuhoren import (
    BillingFile,
    NearMiss,
    OfficeMonth,
    Pair,
    Row,
    all_near_misses,
    big_records,
    claims_file,
    plain_month,
    random_month,
    records_file,
)
from zaitaku_rules.testing.kokuhoren.month import Day
from zaitaku_rules.testing.kokuhoren.pair import (
    RowsChange,
    in_claims,
    in_control,
    in_records,
    shifted,
    twice,
    with_items,
    without,
)
from zaitaku_rules.write.billing_pages import billing_pages

HERE = Path(__file__).parent / "kokuhoren"
SAMPLES = {name: (HERE / f"{name}.CSV").read_bytes() for name in ("J11", "J61")}
NEAR_MISSES = all_near_misses()
UNKNOWN = "K247"
"""Stands open wherever a code is not in the table, as those of the basic rewards are not."""

CONTRADICTIONS = {
    "transport_sum": "K206", "meals_sum": "K206", "visits_sum": "K206", "offsite_sum": "K206",
    "offsite_to_date": "K208", "community_cooperation_sum": "K206", "commuting_training_sum": "K206",
    "initial_days": "K210", "day_twice": "K203", "start_after_end": "K204", "times_on_absence": "K205",
    "meal_on_absence": "K205", "sheet_twice": "K202", "visit_hours_counted": "K207", "units_product": "K223",
    "units_of_service": "K224", "units_of_statement": "K231", "cost_of_service": "K225",
    "tenth_of_cost": "K226", "charge_above_tenth": "K227", "cap_adjusted": "K228",
    "benefit_of_service": "K230", "cost_of_statement": "K231", "benefit_of_statement": "K231",
    "charge_above_cap": "K228", "services_of_claim": "K251", "count_of_claim": "K251",
    "claimed_amount": "K254", "total_of_claim": "K253", "days_missing": "K220", "lines_missing": "K220",
    "contract_missing": "K221", "claim_missing": "K250", "statement_missing": "K305",
    "statement_without_records": "K304", "too_many_days": "K233", "over_contract": "K234",
    "use_days": "K301", "service_days": "K302", "absences_counted": "K303", "five_absences": "K236",
    "life_support_over_use": "K237", "form_of_other_kind": "K306", "processed_before_service": "K030",
    "processed_late": "K031",
}  # fmt: skip
"""The rule that each contradiction breaks."""

ALONG = {"office_check_digit": {"K241"}, "bad_month": {"K244"}}
"""Near misses that set one item of several that belong together: a warning comes along."""


def both(pair: Pair) -> list[bytes]:
    return [raw for raw in (pair.claims, pair.records) if raw]


def written(month: OfficeMonth) -> list[bytes]:
    return [claims_file(month).to_bytes(), records_file(month).to_bytes()]


def broken(report: BillingReport) -> dict[str, int]:
    return {one.code: one.count for one in report.rules if one.status == "broken"}


def opened(report: BillingReport) -> set[str]:
    return {one.code for one in report.rules if one.status == "open"} - {UNKNOWN}


def code_of(miss: NearMiss) -> str:
    return codes_of_deviations()[miss.kind] if miss.kind else CONTRADICTIONS[miss.slug]


# The catalogue


def test_every_deviation_of_the_reader_belongs_to_one_rule() -> None:
    assert set(codes_of_deviations()) == set(KINDS)
    assert sum(len(one.kinds) for one in catalogue().values()) == len(KINDS)


def test_the_catalogue_is_in_order_and_every_rule_says_what_it_is() -> None:
    assert list(catalogue()) == sorted(catalogue())
    assert len({one.name for one in catalogue().values()}) == len(catalogue())
    for code, one in catalogue().items():
        assert re.fullmatch(r"K[0-9]\d\d", code)
        assert re.fullmatch(r"[a-z0-9]+(_[a-z0-9]+)+", one.name), one.name
        assert one.name not in {other.name for other in CATALOGUE.values()}
        assert one.judges or code[1] == "4"
        for said in (one.title, one.duty, *(way.what for way in one.mend)):
            assert re.search("[ぁ-んァ-ヶ一-龠]", said.ja)
            assert re.search("[a-z]{2}", said.en)
        assert all(one.where and (one.url or one.certainty != "specification") for one in one.basis)


@pytest.mark.parametrize(
    "wrong",
    [
        {"severity": "error"},
        {"strict": "error"},
        {"mend": []},
        {"basis": []},
        {"basis": [{"source": "x", "where": "p. 1", "certainty": "one"}]},
        {"basis": [{"source": "office", "where": "p. 1", "certainty": "sure"}]},
        {"mend": [{"kind": "hope", "ja": "x", "en": "x"}]},
        {"name": "write_cp932"},
    ],
)
def test_a_wrong_rule_is_told(wrong: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    plain = rule._toml  # pyright: ignore[reportPrivateUsage]
    told = {name: plain(name) for name in (*rule._FILES, "billing_sources.toml")}  # pyright: ignore[reportPrivateUsage]
    told["billing_files.toml"] = {
        **told["billing_files.toml"],
        "K003": {**told["billing_files.toml"]["K003"], **wrong},
    }
    monkeypatch.setattr(rule, "_toml", told.__getitem__)
    with pytest.raises(InvalidLaw, match=r"words/billing: K00[23]"):
        rule.catalogue.__wrapped__()


def test_a_deviation_without_a_rule_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rule, "KINDS", (*KINDS, "something_new"))
    with pytest.raises(InvalidLaw, match="the kinds are not those of the reader"):
        rule.codes_of_deviations.__wrapped__()


# What is right, and what is nearly


@pytest.mark.parametrize("strict", [True, False])
def test_the_samples_are_kept_and_only_the_placeholder_code_stays_open(strict: bool) -> None:
    report = validate([HERE / "J11.CSV", HERE / "J61.CSV"], strict=strict)
    assert report.verdict == "kept"
    assert broken(report) == {}
    assert opened(report) == set()
    assert [place.found for place in report.rule(UNKNOWN).open_found] == ["46Z999"]


@pytest.mark.parametrize("seed", range(120))
def test_a_random_month_breaks_nothing(seed: int) -> None:
    month = random_month(seed, people=8, month=("202504", "202404", "202603")[seed % 3])
    report = validate(written(month), strict=True)
    assert broken(report) == {}
    assert opened(report) == set()
    assert report.verdict == "kept"


def test_random_months_are_of_all_kinds_of_service() -> None:
    kinds = Counter(person.kind for seed in range(120) for person in random_month(seed, people=8).people)
    assert min(kinds[kind] for kind in ("43", "45", "46")) > 100


@pytest.mark.parametrize("miss", NEAR_MISSES, ids=lambda miss: miss.slug)
@pytest.mark.parametrize("strict", [True, False])
def test_a_near_miss_breaks_exactly_its_rule(miss: NearMiss, strict: bool) -> None:
    report = validate(both(miss.files()), strict=strict)
    along = ALONG.get(miss.slug, set[str]())
    assert set(broken(report)) == {code_of(miss)} | along
    assert all(report.rule(code).severity == "record" for code in along)
    found = report.rule(code_of(miss))
    is_weighty = found.severity in ("payment", "duty")
    assert (report.verdict == "broken") is is_weighty
    for place in found.found:
        assert place.line >= 1
        assert place.offset >= 0


def test_every_contradiction_has_its_rule() -> None:
    assert set(CONTRADICTIONS) == {miss.slug for miss in NEAR_MISSES if not miss.kind}


@pytest.mark.parametrize("miss", NEAR_MISSES, ids=lambda miss: miss.slug)
def test_the_place_of_a_near_miss_is_that_of_its_item(miss: NearMiss) -> None:
    pair = miss.files()
    for place in validate(both(pair)).rule(code_of(miss)).found:
        raw = pair.claims if place.record[:2] in ("J1",) or not pair.records else pair.records
        lines = raw.split(b"\n")
        begin = sum(len(line) + 1 for line in lines[: place.line - 1])
        assert begin <= place.offset <= begin + len(lines[place.line - 1]) + 1
        if place.item:
            assert layouts()[place.record].places[place.item] == place.position
            assert place.item_name


def test_deviations_that_are_common_weigh_little_unless_read_strictly() -> None:
    weigh = {
        miss.kind: [validate(both(miss.files()), strict=strict).verdict for strict in (False, True)]
        for miss in NEAR_MISSES
        if miss.kind
    }
    common = {kind for kind, verdicts in weigh.items() if verdicts == ["kept", "broken"]}
    assert common == {
        "byte_order_mark", "no_final_line_end", "mixed_kinds", "rows_apart", "out_of_order", "medium",
        "reserve", "short_record", "extra_commas", "needs_quotes", "short_day",
    }  # fmt: skip
    never = {kind for kind, verdicts in weigh.items() if "broken" not in verdicts}
    assert never == {"passed_record", "other_form", "private_sign", "municipality_check_digit"}


# Rules that no near miss of the writer breaks


def _items(kind: str, nth: int = 0, **items: str) -> RowsChange:
    return with_items(kind, nth, **items)


def _all(*changes: RowsChange) -> RowsChange:
    def change(rows: tuple[Row, ...]) -> tuple[Row, ...]:
        for one in changes:
            rows = one(rows)
        return rows

    return change


def _stray(rows: tuple[Row, ...]) -> tuple[Row, ...]:
    """Put a line of the first statement behind the last one."""
    line = next(row for row in rows if row.kind == "J121-03")
    return (*rows, line)


def _charged_less(rows: tuple[Row, ...]) -> tuple[Row, ...]:
    """Let the first person pay 50 yen less than the adjusted charge, and everything agree with that."""
    for kind, nth in (("J121-04", 0), ("J121-01", 0), ("J111-02", 1), ("J111-01", 0)):
        charge = "decided_charge" if kind[:4] == "J121" else "user_charge"
        rows = _all(shifted(kind, charge, -50, nth), shifted(kind, "benefit", 50, nth))(rows)
    totals = (("total_user_charge", -50), ("total_benefit", 50), ("claimed", 50))
    return _all(*(shifted("J111-01", slug, by) for slug, by in totals))(rows)


def _managed(rows: tuple[Row, ...]) -> tuple[Row, ...]:
    """Name a charge after cap management where no management is named."""
    charge = next(row for row in rows if row.kind == "J121-01").items["decided_charge"]
    return _all(*(_items(kind, charge_after_management=charge) for kind in ("J121-01", "J121-04")))(rows)


OTHERS: dict[str, tuple[str, Callable[[OfficeMonth], Pair], set[str]]] = {
    "row_without_sheet": ("K201", in_records(without("J611-01")), {"K014"}),
    "offsite_less_than_month": ("K209", in_records(_items("J611-01", offsite_days_to_date="0")), set()),
    "day_30": (
        "K210",
        in_records(_items("J611-01", initial_begin="20250401", initial_day_30="20250501", initial_days="1")),
        set(),
    ),
    "no_initial_begin": ("K210", in_records(_items("J611-01", initial_days="1")), set()),
    "intensive_begin": (
        "K211",
        in_records(_all(_items("J611-02", intensive_support="1"), _items("J611-01", intensive_support="1"))),
        set(),
    ),
    "no_end": ("K212", in_records(_items("J611-02", end="")), set()),
    "same_times": ("K204", in_records(_items("J611-02", start="930", end="0930")), set()),
    "hours_not_visited": (
        "K207",
        in_records(_all(_items("J611-02", visit_counted="1"), shifted("J611-01", "visits_claimed"))),
        set(),
    ),
    "no_totals": ("K220", in_claims(without("J121-01")), {"K014"}),
    "no_lines": ("K220", in_claims(without("J121-03", 4)), set()),
    "first_twice": ("K222", in_claims(twice("J121-01")), set()),
    "days_twice": ("K222", in_claims(twice("J121-02")), set()),
    "line_behind": ("K222", in_claims(_stray), {"K014"}),
    "days_beyond_month": ("K232", in_claims(_items("J121-02", use_days="31")), {"K233", "K234", "K301"}),
    "days_beyond_service_days": ("K232", in_claims(_items("J121-04", service_days="9")), {"K302"}),
    "small_contract": ("K235", in_claims(_items("J121-05", contracted_amount="22")), set()),
    "other_service_days": ("K239", in_claims(_items("J121-02", hospital_days="2")), set()),
    "other_service_total": ("K239", in_claims(_items("J121-01", daily_amount="350")), set()),
    "a_type_flag": ("K240", in_claims(_items("J121-01", a_reduction_person="2")), set()),
    "a_type_amount": ("K240", in_claims(_items("J121-04", office_reduction="100")), {"K238"}),
    "management_part": ("K241", in_claims(_items("J121-01", management_result="1")), set()),
    "managed_charge": ("K241", in_claims(_managed), set()),
    "charges_of_totals": ("K238", in_claims(_items("J121-01", adjusted_charge="1")), set()),
    "group": ("K239", in_claims(_items("J121-04", group="2")), set()),
    "no_subsidiser": ("K242", in_claims(_items("J121-01", subsidising_municipality="")), set()),
    "begin_later": ("K243", in_claims(_items("J121-02", begin="20250501")), set()),
    "end_before_begin": ("K243", in_claims(_items("J121-02", begin="20250410", end="20250401")), set()),
    "contract_end_later": ("K243", in_claims(_items("J121-05", contract_end="20250531")), set()),
    "exception_part": ("K244", in_claims(_items("J121-04", exception_days="10")), set()),
    "exception_elsewhere": (
        "K244",
        in_claims(
            _items(
                "J121-04", exception_from="202505", exception_through="202603", exception_days="10",
                exception_allowed_days="260",
            )
        ),
        set(),
    ),
    "unit_price": ("K245", in_claims(_items("J121-01", region="01")), set()),
    "units_of_code": (
        "K246",
        lambda month: Pair(
            claims_file(month).to_bytes().replace(b"466875,300,2,600", b"466875,150,4,600"),
            records_file(month).to_bytes(),
        ),
        set(),
    ),
    "no_claim": ("K250", in_claims(without("J111-01")), {"K014"}),
    "subtotal": ("K252", in_claims(shifted("J111-01", "units")), set()),
    "charge_of_claim": ("K251", in_claims(shifted("J111-02", "user_charge")), set()),
    "claim_twice": ("K255", in_claims(twice("J111-01")), set()),
    "service_claimed_twice": ("K255", in_claims(twice("J111-02")), {"K252"}),
    "decided_otherwise": ("K229", in_claims(_charged_less), set()),
    "processed_at_once": ("K031", in_control(processing_month="202504"), set()),
}  # fmt: skip


@pytest.mark.parametrize("name", OTHERS)
def test_other_contradictions_break_their_rules(name: str) -> None:
    code, change, along = OTHERS[name]
    report = validate(both(change(plain_month())))
    assert code in broken(report)
    assert set(broken(report)) - {code} <= along, broken(report)


def test_every_rule_is_broken_by_some_test() -> None:
    tested = {code_of(miss) for miss in NEAR_MISSES} | {code for code, _, _ in OTHERS.values()}
    own = {code for code in catalogue() if code[1] != "4"}
    assert own - tested == {UNKNOWN, "K307"}


def test_codes_that_are_not_in_the_table_are_unknown_and_told_once() -> None:
    found = validate(written(random_month(3, people=20))).rule(UNKNOWN)
    assert (found.status, found.severity, found.count) == ("open", "record", 0)
    codes = [place.found for place in found.open_found]
    assert len(codes) == len(set(codes)) == found.open_count
    assert all(code[2:] in ("Z999", "Z998") for code in codes)


def test_two_offices_overlap_only_where_their_times_do() -> None:
    month = plain_month()
    other = replace(month, office="1319900021")

    def report(start: str, end: str) -> BillingReport:
        people = tuple(
            replace(person, days=(Day(1, start=start, end=end), Day(25))) for person in month.people[:1]
        )
        return validate(
            [records_file(month).to_bytes(), records_file(replace(other, people=people)).to_bytes()]
        )

    found = report("1459", "1700").rule("K307")
    assert found.status == "broken"
    assert [(str(place.day), place.found, place.expected) for place in found.found] == [
        ("2025-04-01", "14:59-17:00", "10:00-15:00")
    ]
    assert report("1500", "1700").rule("K307").status == "kept"
    assert report("0800", "1000").rule("K307").status == "kept"
    assert validate(written(month)).rule("K307").status == "not_run"


# Files that belong together


def test_what_stands_between_files_is_judged_only_where_both_are_given() -> None:
    month = plain_month()
    claims, records = written(month)
    between = [code for code, one in catalogue().items() if one.needs == ("joined",)]
    assert len(between) == 6
    for sources in (
        [claims],
        [records],
        [claims, records_file(replace(month, office="1319900021")).to_bytes()],
    ):
        report = validate(sources)
        assert {report.rule(code).status for code in between} == {"not_run"}
        assert "both given" in report.rule("K301").message.en
    assert {validate([records, claims]).rule(code).status for code in between} == {"kept"}


def _statuses(report: BillingReport) -> dict[str, tuple[str, int]]:
    return {one.code: (one.status, one.count) for one in report.rules}


@pytest.mark.parametrize("miss", [miss for miss in NEAR_MISSES if not miss.kind], ids=lambda miss: miss.slug)
def test_the_order_of_files_changes_nothing(miss: NearMiss) -> None:
    claims, records = both(miss.files())
    assert _statuses(validate([claims, records])) == _statuses(validate([records, claims]))


@pytest.mark.parametrize("seed", range(6))
def test_one_mixed_file_is_judged_as_two(seed: int) -> None:
    month = random_month(seed)
    month = replace(month, people=(replace(month.people[0], granted_days=1), *month.people[1:]))
    claims, records = claims_file(month), records_file(month)
    rows = (*claims.rows, *records.rows)
    mixed = _statuses(validate(BillingFile("J11", month.office, month.processing_month(), rows).to_bytes()))
    pair = _statuses(validate(written(month)))
    assert mixed.pop("K012") == ("broken", 1)
    assert pair.pop("K012") == ("kept", 0)
    assert mixed == pair


@pytest.mark.parametrize("seed", range(6))
def test_rows_grouped_by_kind_add_up_as_rows_in_order(seed: int) -> None:
    """Some software writes all first records, then all rows."""
    month = random_month(seed, people=6)

    def grouped(file: BillingFile) -> bytes:
        return replace(file, rows=tuple(sorted(file.rows, key=lambda row: row.kind))).to_bytes()

    report = validate([grouped(claims_file(month)), grouped(records_file(month))])
    assert set(broken(report)) == {"K014"}
    wrong = shifted("J611-01", "meals")(records_file(month).rows)
    wrong = shifted("J121-04", "units")((*claims_file(month).rows, *wrong))
    report = validate(grouped(BillingFile("J11", month.office, month.processing_month(), wrong)))
    assert set(broken(report)) == {"K012", "K014", "K206", "K224"}


def test_people_whose_rows_alternate_are_each_judged_once() -> None:
    month = random_month(4, people=3)
    first = [row for row in records_file(month).rows if row.kind == "J611-01"]
    rows = [row for row in records_file(month).rows if row.kind == "J611-02"]
    alternating = sorted(rows, key=lambda row: row.items["day"])
    heads = tuple(row.but(meals="77") for row in first)
    file = replace(records_file(month), rows=(*heads, *alternating))
    assert validate(file.to_bytes()).rule("K206").count == 3


def test_people_of_a_file_are_judged_apart() -> None:
    """What is wrong with one person is found however many others stand around."""
    month = random_month(9, people=30)
    rows = records_file(month).rows
    for nth in (0, 13, 29):
        changed = replace(records_file(month), rows=shifted("J611-01", "meals", nth=nth)(rows)).to_bytes()
        assert broken(validate(changed)) == {"K206": 1}


# Mutations: nothing that breaks a rule passes unseen


@lru_cache(maxsize=1)
def _plain() -> list[tuple[str, int, int]]:
    return [(one.code, one.count, one.open_count) for one in validate([SAMPLES["J11"], SAMPLES["J61"]]).rules]


def outcome(name: str, mutant: bytes, line: int) -> str:
    """Return what becomes of a sample of which something was changed in a line."""
    sources = [mutant if name == other else raw for other, raw in SAMPLES.items()]
    try:
        report = validate(sources, strict=True)
    except InvalidInput:
        return "refused"
    weighty = [place for one in report.rules for place in one.found if one.severity in ("payment", "duty")]
    if weighty:
        return "at its line" if any(abs(place.line - line) < 2 for place in weighty) else "elsewhere"
    return "told" if [(one.code, one.count, one.open_count) for one in report.rules] != _plain() else "silent"


def byte_mutants(raw: bytes) -> Iterator[tuple[int, bytes]]:
    """Return each byte replaced by several others, left out, and doubled, with its line."""
    line = 1
    for place, byte in enumerate(raw):
        for other in b"0129,A\"' \n\x80":
            if other != byte:
                yield line, raw[:place] + bytes([other]) + raw[place + 1 :]
        yield line, raw[:place] + raw[place + 1 :]
        yield line, raw[: place + 1] + raw[place:]
        line += byte == 10


def item_mutants(raw: bytes) -> Iterator[tuple[int, bytes]]:
    """Return each item replaced by several others, with its line; a zero in an empty item is none."""
    lines = raw.split(b"\r\n")
    for number, line in enumerate(lines):
        items = line.split(b",")
        for place, item in enumerate(items if line else []):
            others = {b"", b"0", b"1", b"2", b"9", b"99", b"A"}
            if item.isdigit():
                others |= {b"%0*d" % (len(item), int(item) + by) for by in (1, -1, 10) if int(item) + by >= 0}
            for other in sorted(others - {item} - (set() if item else {b"0"})):
                changed = b",".join([*items[:place], other, *items[place + 1 :]])
                yield number + 1, b"\r\n".join([*lines[:number], changed, *lines[number + 1 :]])


def shares(mutants: Callable[[bytes], Iterator[tuple[int, bytes]]], step: int) -> dict[str, float]:
    found = Counter(
        outcome(name, mutant, line)
        for name, raw in SAMPLES.items()
        for number, (line, mutant) in enumerate(mutants(raw))
        if number % step == 0
    )
    return {what: count / found.total() for what, count in found.items()}


def test_mutations_of_single_bytes_are_found() -> None:
    """Silent are names, times, dates and numbers that are still possible, and codes that are known."""
    found = shares(byte_mutants, 61)
    assert found["at its line"] > 0.984
    assert found["silent"] < 0.009


def test_mutations_of_single_items_are_found() -> None:
    found = shares(item_mutants, 31)
    assert found["at its line"] > 0.951
    assert found["silent"] < 0.017


# Whatever comes


def _shuffled(raw: bytes, dice: Random) -> bytes:
    lines = raw.split(b"\r\n")
    dice.shuffle(lines)
    return b"\r\n".join(lines)


def _noisy(raw: bytes, dice: Random) -> bytes:
    noise = bytearray(raw)
    for _ in range(dice.randint(1, 60)):
        noise[dice.randrange(len(noise))] = dice.randrange(256)
    return bytes(noise)


def _items_as(raw: bytes, text: bytes, dice: Random) -> bytes:
    return re.sub(rb"(?<=,)[0-9]+(?=,)", lambda found: found[0] if dice.random() < 0.9 else text, raw)


MANGLED: dict[str, Callable[[bytes, Random], bytes]] = {
    "random": lambda _, dice: dice.randbytes(dice.randint(0, 3000)),
    "random behind a head": lambda raw, dice: raw[: dice.randint(0, 200)] + dice.randbytes(800),
    "cut": lambda raw, dice: raw[: dice.randrange(len(raw))],
    "cut at the head": lambda raw, dice: raw[dice.randrange(len(raw)) :],
    "utf-16": lambda raw, _: raw.decode("cp932").encode("utf-16"),
    "utf-8": lambda raw, _: raw.decode("cp932").encode(),
    "euc": lambda raw, _: raw.decode("cp932").encode("euc_jp", "replace"),
    "shuffled": _shuffled,
    "noisy": _noisy,
    "doubled": lambda raw, _: raw + raw,
    "empty items": lambda raw, dice: _items_as(raw, b"", dice),
    "big numbers": lambda raw, dice: _items_as(raw, b"9" * 18, dice),
    "negative": lambda raw, dice: _items_as(raw, b"-1", dice),
}  # fmt: skip


@pytest.mark.parametrize("how", MANGLED)
def test_whatever_comes_there_is_a_report_or_a_refusal(how: str, call: Call, tmp_path: Path) -> None:
    dice = Random(how)
    for number in range(12):
        month = random_month(number, people=3)
        for place, raw in enumerate(written(month)):
            (tmp_path / f"{place}.csv").write_bytes(MANGLED[how](raw, dice))
        form = ("json", "text")[number % 2]
        called = call("billing", "0.csv", "1.csv", "--format", form)
        assert called.code in (0, 1, 2)
        assert not re.search("internal error|プログラムの誤り", called.err)
        if form == "json" and called.out:
            assert json.loads(called.out)["schema"] == "zaitaku-billing/1"


def test_memory_grows_with_people_by_little_and_not_with_lines(tmp_path: Path) -> None:
    peaks = list[int]()
    for people in (1000, 3000):
        path = tmp_path / f"{people}.csv"
        with path.open("wb") as file:
            file.writelines(big_records(people))
        validate(path)
        tracemalloc.start()
        validate(path)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert (peaks[1] - peaks[0]) / 2000 < 1300, peaks


# Masks


IDS = re.compile(r"9999\d{6}|999900|ﾃｽﾄ|ﾀﾛｳ|ﾊﾅｺ")


def test_no_certificate_number_and_no_name_appears_in_any_output(call: Call, tmp_path: Path) -> None:
    for number, miss in enumerate(NEAR_MISSES):
        for place, raw in enumerate(both(miss.files())):
            (tmp_path / f"{place}.csv").write_bytes(raw)
        names = [f"{place}.csv" for place in range(len(both(miss.files())))]
        options_of_text = ["--lang", "en"] if number % 2 else ["--lang", "ja", "--strict-reading"]
        for options in (["--format", "json"], options_of_text):
            called = call("billing", *names, *options)
            assert called.out, (miss.slug, called.err)
            assert not IDS.search(called.out + called.err), miss.slug


def test_certificate_numbers_are_shown_where_asked_for(call: Call, tmp_path: Path) -> None:
    miss = next(one for one in NEAR_MISSES if one.slug == "transport_sum")
    (tmp_path / "j61.csv").write_bytes(miss.files().records)
    masked, shown = (call("billing", "j61.csv", *more) for more in ([], ["--show-ids"]))
    assert [(" P1" in one.out, "9999000001" in one.out) for one in (masked, shown)] == [
        (True, False),
        (False, True),
    ]


def test_a_person_has_one_mask_in_all_files_and_masks_hold_no_digit_of_the_number() -> None:
    masks = Masks()
    assert [masks.shown(one) for one in (b"9999000001", b"9999000002", "9999000001", b"")] == [
        "P1",
        "P2",
        "P1",
        "",
    ]
    assert Masks(show_ids=True).shown(b"9999000001") == "9999000001"
    wrong = random_month(5, people=6)
    claims = replace(claims_file(wrong), rows=_every(claims_file(wrong).rows, "J121-02", "use_days", "1"))
    records = replace(records_file(wrong), rows=_every(records_file(wrong).rows, "J611-01", "meals", "77"))
    report = validate([claims.to_bytes(), records.to_bytes()])
    shown = validate([claims.to_bytes(), records.to_bytes()], show_ids=True)
    pairs = {
        (one.person, other.person)
        for code in ("K206", "K301")
        for one, other in zip(report.rule(code).found, shown.rule(code).found, strict=True)
    }
    assert len(pairs) == len({mask for mask, _ in pairs}) == len({number for _, number in pairs}) == 6


def _every(rows: tuple[Row, ...], kind: str, slug: str, text: str) -> tuple[Row, ...]:
    return tuple(row.but(**{slug: text}) if row.kind == kind else row for row in rows)


# The report


def test_a_rule_keeps_some_places_and_counts_all() -> None:
    month = random_month(1, people=MOST + 20)
    rows = _every(records_file(month).rows, "J611-01", "meals", "77")
    found = validate(replace(records_file(month), rows=rows).to_bytes()).rule("K206")
    assert (len(found.found), found.count) == (MOST, MOST + 20)
    assert all("120" in said for said in (found.message.ja, found.message.en))


def test_the_report_says_first_that_billing_alone_tells_nothing_of_home_use(call: Call) -> None:
    sample = [str(HERE / "J11.CSV"), str(HERE / "J61.CSV")]
    report = json.loads(call("billing", *sample, "--format", "json").out)
    assert list(report)[:3] == ["schema", "verdict", "notes"]
    assert report["notes"][0] == report["home_use"]["reason"]
    assert "never shows" in report["notes"][0]["en"]
    assert {one["status"] for one in report["home_use"]["rules"]} == {"not_run"}
    assert [one["code"] for one in report["home_use"]["rules"]] == list(CATALOGUE)
    assert [one["code"] for one in report["rules"]] == list(catalogue())
    assert call("billing", *sample, "--lang", "en").out.startswith("A billing export alone never shows")
    assert call("billing", *sample).out.startswith("請求データだけでは、在宅利用の要件を")


def test_the_receipt_names_files_and_tables() -> None:
    import hashlib

    report = validate([HERE / "J11.CSV", SAMPLES["J61"]])
    assert [one.sha256 for one in report.receipt.files] == [
        hashlib.sha256(raw).hexdigest() for raw in SAMPLES.values()
    ]
    assert [one.file for one in report.receipt.files] == [str(HERE / "J11.CSV"), "-"]
    assert report.receipt.codes_sha256 == shipped_codes().sha256
    assert "2025-04" in report.receipt.edition
    raw = SAMPLES["J61"] + b"more\r\n" * 100_000
    assert validate(raw).receipt.files[0].sha256 == hashlib.sha256(raw).hexdigest()


def test_a_file_without_records_is_idle() -> None:
    month = replace(plain_month(), people=())
    report = validate(records_file(month).to_bytes())
    assert report.verdict == "idle"
    assert report.rule("K206").status == "idle"


def test_what_cannot_be_read_leaves_open_what_depends_on_it() -> None:
    report = validate(in_records(_items("J611-02", transport_out="X"))(plain_month()).records)
    assert broken(report) == {"K110": 1}
    assert report.rule("K206").status == "open"


# Service codes


TABLE = """
[[code]]
code = "46Z999"
role = "basic"
units = 800
from = "2024-04"
title = { ja = "x", en = "x" }
"""


def test_a_table_of_codes_adds_to_those_shipped_or_replaces_them(tmp_path: Path) -> None:
    path = tmp_path / "codes.toml"
    path.write_text(TABLE, "utf-8")
    sources = [SAMPLES["J11"], SAMPLES["J61"]]
    more = validate(sources, codes=service_codes(path))
    assert more.rule(UNKNOWN).status == "kept"
    path.write_text("replace = true\n" + TABLE, "utf-8")
    alone = validate(sources, codes=service_codes(path))
    assert {place.found for place in alone.rule(UNKNOWN).open_found} == {"466875", "466040"}
    path.write_text(TABLE.replace("800", "801"), "utf-8")
    assert broken(validate(sources, codes=service_codes(path))) == {"K246": 1}
    assert len({one.receipt.codes_sha256 for one in (more, alone, validate(sources))}) == 3


def test_a_code_is_known_in_its_months_only(tmp_path: Path) -> None:
    path = tmp_path / "codes.toml"
    path.write_text(TABLE.replace("2024-04", "2025-05"), "utf-8")
    codes = service_codes(path)
    assert codes.known("46Z999", "202504") is None
    assert codes.known("46Z999", "202505") is not None
    assert shipped_codes().known("466875", "202403") is None
    assert shipped_codes().has_role("absence", "46", "202504")
    assert not shipped_codes().has_role("absence", "45", "202504")


def test_the_count_of_basic_rewards_is_held_against_the_standard_where_it_is_known(tmp_path: Path) -> None:
    path = tmp_path / "codes.toml"
    path.write_text(TABLE.replace("800", "1"), "utf-8")
    month = plain_month()
    lines = _all(
        _items("J121-03", units="1", count="23", service_units="23"),
    )
    report = validate(both(in_claims(lines)(month)), codes=service_codes(path))
    assert [place.found for place in report.rule("K233").found] == ["23"]


@pytest.mark.parametrize(
    "text",
    [
        "code = 1", "[[code]]\n", '[[code]]\ncode = "46I999"', '[[code]]\ncode = "466875"\nrole = "x"',
        '[[code]]\ncode = "466875"\nunits = "300"', '[[code]]\ncode = "466875"\nfrom = "2024"',
        '[[code]]\ncode = "466875"\nsecret = 1', 'replace = 1\n[[code]]\ncode = "466875"', "x = [", "",
        '[[code]]\ncodes = []', '[[code]]\ncode = "466875"\nthrough = 5', 'code = [1]', "\udcff",
    ],
)  # fmt: skip
def test_a_wrong_table_of_codes_is_refused(text: str, call: Call, tmp_path: Path) -> None:
    (tmp_path / "codes.toml").write_bytes(text.encode("utf-8", "surrogateescape"))
    called = call("billing", str(HERE / "J61.CSV"), "--codes", "codes.toml", "--lang", "en")
    assert (called.code, called.out) == (2, "")
    assert called.err.startswith("codes.toml")
    assert "internal" not in called.err


# The pages


def test_every_rule_has_a_page_in_both_languages_and_stands_in_the_index() -> None:
    pages = billing_pages()
    assert set(pages) == {"billing/index.md", *(f"billing/{code}.md" for code in catalogue())}
    listed = pages["billing/index.md"].split("\n---\n")
    for code, one in catalogue().items():
        parts = pages[f"billing/{code}.md"].split("\n---\n")
        for part, index, lang in zip(parts, listed, ("ja", "en"), strict=True):
            assert f"[{code}]({code}.md)" in index
            assert one.duty.said_in(lang) in part
            assert all(rest.where in part and rest.title.said_in(lang) in part for rest in one.basis)
            assert all(f"`{kind}`" in part for kind in one.kinds)
            assert all(way.what.said_in(lang) in part for way in one.mend)


# The command line


def test_exit_codes(call: Call, tmp_path: Path) -> None:
    by_slug = {miss.slug: miss.files() for miss in NEAR_MISSES}
    for slug, expected in (("transport_sum", 1), ("medium", 0), ("processed_late", 0), ("count", 1)):
        (tmp_path / "j61.csv").write_bytes(by_slug[slug].records)
        assert call("billing", "j61.csv").code == expected, slug
    (tmp_path / "j61.csv").write_bytes(by_slug["medium"].records)
    assert call("billing", "j61.csv", "--strict-reading").code == 1
    claims, records = both(by_slug["other_form"])
    (tmp_path / "j61.csv").write_bytes(records)
    (tmp_path / "j11.csv").write_bytes(claims)
    assert call("billing", "j11.csv", "j61.csv").code == 0
    assert call("billing", "j11.csv", "j61.csv", "--strict").code == 1


def test_a_bad_file_among_several_stands_in_its_place_and_the_others_go_on(
    call: Call, tmp_path: Path
) -> None:
    (tmp_path / "bad.csv").write_bytes(b"not a file of that kind")
    sample = str(HERE / "J61.CSV")
    called = call("billing", "bad.csv", sample, "nowhere.csv", "--format", "json", "--lang", "en")
    assert called.code == 2
    first, second, third = json.loads(called.out)["files"]
    assert first["schema"] == third["schema"] == "zaitaku-error/1"
    assert (first["place"], third["place"]) == ("bad.csv", "nowhere.csv")
    assert second["data_records"] == 12
    assert [line.partition(":")[0] for line in called.err.splitlines()] == ["bad.csv", "nowhere.csv"]
    alone = call("billing", "bad.csv")
    assert (alone.code, alone.out) == (2, "")


def test_output_goes_into_a_file_that_is_no_input(call: Call, tmp_path: Path) -> None:
    (tmp_path / "j61.csv").write_bytes(SAMPLES["J61"])
    assert call("billing", "j61.csv", "--output", "j61.csv").code == 2
    assert (tmp_path / "j61.csv").read_bytes() == SAMPLES["J61"]
    assert call("billing", "j61.csv", "--output", "report.txt").out == ""
    assert (tmp_path / "report.txt").read_text("utf-8").startswith("請求データだけでは")


@pytest.mark.parametrize("word", ["K206", "k206", "add_up_service_record"])
def test_a_rule_is_explained_by_code_or_name(word: str, call: Call) -> None:
    entry = json.loads(call("rule", word, "--format", "json").out)
    assert (entry["code"], entry["name"]) == ("K206", "add_up_service_record")
    said = call("rule", word, "--lang", "en").out
    assert entry["duty"]["en"].split()[0] in said
    assert "p. 59-82" in said


def test_rules_are_listed_apart_and_unknown_ones_told(call: Call) -> None:
    listed = json.loads(call("rules", "--billing", "--format", "json").out)
    assert [one["code"] for one in listed] == list(catalogue())
    assert not any(one["code"].startswith("K") for one in json.loads(call("rules", "--format", "json").out))
    assert "K999" not in call("rules", "--billing").out
    wrong = call("rule", "K999", "--lang", "en")
    assert (wrong.code, wrong.out) == (2, "")
    assert "zaitaku rules --billing" in wrong.err


def test_judging_cases_loads_nothing_of_billing(tmp_path: Path) -> None:
    program = (
        "import sys; from zaitaku_rules.cli import main; main(['rule', 'Z301']); main(['check', 'none']); "
        "print([name for name in sys.modules if 'rules.billing' in name or 'kokuhoren' in name])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, cwd=tmp_path, check=True
    )
    assert done.stdout.splitlines()[-1] == "[]"


def test_records_can_be_seen_while_they_are_judged() -> None:
    seen = list[str]()
    validation = Validation()
    validation.read(SAMPLES["J61"], also=lambda record, file: seen.append(f"{file} {record.kind}"))
    validation.findings.add("K401", Spot("x", 1, 0), person=b"9999000009", found="1")
    assert Counter(seen) == {"- J611-01": 1, "- J611-02": 11}
    place = validation.report().rule("K401").found[0]
    assert isinstance(place, Place)
    assert (place.person, place.item_name) == ("P1", "")

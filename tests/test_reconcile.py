"""Billing files held against case files: who is who, what is claimed, and what the log says to it."""

from __future__ import annotations

import copy
import csv
import json
import re
from dataclasses import replace
from datetime import date
from itertools import chain
from pathlib import Path
from random import Random
from typing import Any

import pytest

from calling import Call
from zaitaku_rules import Case, InvalidCall, InvalidInput, check, reconcile
from zaitaku_rules.billing import (
    HomeUseWords,
    Persons,
    Question,
    ReconciledPerson,
    Reconciler,
    claimed_days,
    claimed_days_table,
    load_words,
    no_log,
    read_persons,
    shipped_words,
    write_claimed_days,
)
from zaitaku_rules.billing.home_use_outcome import Checked
from zaitaku_rules.billing.reconciling import Matched
from zaitaku_rules.billing.report import BillingReport
from zaitaku_rules.bulk import sweep
from zaitaku_rules.bulk.engines import arrow_csv, pq
from zaitaku_rules.read.kokuhoren import read_kokuhoren
from zaitaku_rules.testing import Rates, documents, population
from zaitaku_rules.testing.kokuhoren import Day, OfficeMonth, Person, claims_file, random_month, records_file

CERTIFICATE, USER = "9999000001", "U-001"
OFFICE, CITY = "1319900013", "139998"

DAYS = (
    Day(1, "office", transport_out=1, transport_back=1, meal=True),
    Day(2, "home"),
    Day(3, "home", life_support=True),
    Day(7, "office", offsite=True),
    Day(8, "absent"),
    Day(9, "home"),
)
"""A month as it is billed: at the office on the 1st and 7th, at home on the 2nd, 3rd and 9th."""


def billed(*days: Day, kind: str = "46") -> OfficeMonth:
    person = Person(CERTIFICATE, CITY, kind, days or DAYS)  # type: ignore[arg-type]
    return OfficeMonth(OFFICE, "202504", (person,))


def logged(**fields: Any) -> dict[str, Any]:
    """Return the case of the month as it was: what DAYS claims, and two calls on each home day."""
    document: dict[str, Any] = {
        "schema": "zaitaku-case/1",
        "month": "2025-04",
        "user": {"id": USER, "municipality": CITY},
        "provider": {"number": OFFICE, "service": "continuation_b"},
        "days": [place(1, "office"), place(2), place(3), place(7, "offsite"), place(9)],
        "absences": [{"date": "2025-04-08"}],
        "contacts": [at(day, hour) for day in (2, 3, 9) for hour in ("10:05", "14:30")],
        "evaluations": [],
    }
    return copy.deepcopy({**document, **fields})


def place(day: int, where: str = "home") -> dict[str, Any]:
    return {"date": f"2025-04-{day:02}", "place": where}


def claims(*used: int, absent: tuple[int, ...] = (8,)) -> list[dict[str, Any]]:
    rows = [(day, "use") for day in used if day not in absent] + [(day, "absence_addition") for day in absent]
    return [{"date": f"2025-04-{day:02}", "status": status} for day, status in sorted(rows)]


def at(day: int, hour: str, channel: str = "phone", **more: Any) -> dict[str, Any]:
    return {"at": f"2025-04-{day:02}T{hour}", "channel": channel, **more}


def reconciler(month: OfficeMonth, **options: Any) -> Reconciler:
    persons = options.pop("persons", Persons({CERTIFICATE: USER}))
    found = Reconciler(persons, **options)
    for file in (records_file(month), claims_file(month)):
        for record in read_kokuhoren(file.to_bytes(), mode="strict"):
            found.take(record, "J.CSV")
    return found


def matched(document: dict[str, Any], *days: Day, kind: str = "46", **options: Any) -> Matched:
    return reconciler(billed(*days, kind=kind), **options).match(Case.model_validate(document))


def outcome(code: str, document: dict[str, Any], *days: Day, **options: Any) -> Checked:
    return next(one for one in matched(document, *days, **options).checks if one.code == code)


def days(found: Checked) -> tuple[list[int], list[int]]:
    return [day.day for day in found.days], [day.day for day in found.open_days]


def but(changed: Day) -> tuple[Day, ...]:
    """Return DAYS with another day in the place of its own."""
    return tuple(changed if day.day == changed.day else day for day in DAYS)


def without(code: str, *numbers: int) -> dict[str, Any]:
    return {code: [row for row in logged()[code] if int(row.get("date", row.get("at"))[8:10]) not in numbers]}


def test_what_is_billed_as_it_was_agrees_throughout() -> None:
    found = matched(logged())
    assert {one.code: one.status for one in found.checks} == {
        **dict.fromkeys(["K401", "K402", "K403", "K404", "K406", "K407", "K409", "K413", "K414"], "agrees"),
        **dict.fromkeys(["K405", "K408", "K410", "K412"], "idle"),
        "K411": "not_run",
    }
    assert found.report.rule("Z701").status == found.report.rule("Z702").status == "kept"


HOME_2 = replace(DAYS[1])
AT_BOTH = [*logged()["days"], place(2, "office")]

# The check; how billing or log differ from the month; the days that break, and those that stay open.
NEAR: list[tuple[str, str, dict[str, Any], tuple[Day, ...], list[int], list[int]]] = [
    ("K401", "home on an absence row", {"days": [*logged()["days"], place(8)]}, (), [8], []),
    ("K401", "office on an absence row", {"days": [*logged()["days"], place(8, "office")]}, (), [], []),
    ("K401", "at both on an absence row", {"days": [place(8), place(8, "office")]}, (), [8], []),
    ("K402", "transport out on a home day", {}, but(replace(HOME_2, transport_out=1)), [2], []),
    ("K402", "transport back on a home day", {}, but(replace(HOME_2, transport_back=1)), [2], []),
    (
        "K402",
        "the same day at both places",
        {"days": AT_BOTH},
        but(replace(HOME_2, transport_back=1)),
        [],
        [],
    ),
    ("K403", "a meal on a home day", {}, but(replace(HOME_2, meal=True)), [2], []),
    ("K403", "a meal on a day at both places", {"days": AT_BOTH}, but(replace(HOME_2, meal=True)), [], []),
    ("K404", "offsite support on a home day", {}, but(replace(HOME_2, offsite=True)), [2], []),
    ("K404", "offsite support as logged", {}, (), [], []),
    ("K404", "a day at home and outside", {"days": [place(7), place(7, "offsite")]}, (), [], []),
    ("K406", "a call long after the end", {"contacts": [at(2, "15:31")]}, (), [2], []),
    ("K406", "a call soon after the end", {"contacts": [at(2, "15:30")]}, (), [], []),
    ("K406", "a call long before the start", {"contacts": [at(2, "09:29")]}, (), [2], []),
    ("K406", "a message after the end", {"contacts": [at(2, "19:00", "mail")]}, (), [], []),
    ("K406", "a call of a day at the office", {"contacts": [at(1, "19:00")]}, (), [], []),
    ("K406", "an unanswered call", {"contacts": [at(2, "19:00", by="user", answered=False)]}, (), [], []),
    ("K406", "perhaps answered", {"contacts": [at(2, "19:00", by="user")]}, (), [], [2]),
    ("K406", "no times billed", {}, but(replace(HOME_2, start="", end="")), [], [2]),
    ("K409", "a remark of home on an office day", {}, but(replace(DAYS[0], remarks="在宅利用")), [1], []),
    ("K409", "a day at both places", {"days": [*logged()["days"], place(2, "office")]}, (), [], []),
    ("K409", "in half-width kana", {}, but(replace(DAYS[0], remarks="　サテ　ライト")), [1], []),
    ("K409", "oxygen at home", {}, but(replace(DAYS[0], remarks="在宅酸素療法のため受診")), [], []),
    ("K409", "words of both kinds", {}, but(replace(DAYS[0], remarks="午前通所、午後在宅")), [], []),
    ("K409", "on an absence row", {}, but(Day(8, "absent", remarks="体調不良で在宅")), [], []),
    ("K410", "a remark of office on a home day", {}, but(replace(HOME_2, remarks="通所")), [2], []),
    ("K410", "on a day at both places", {"days": AT_BOTH}, but(replace(HOME_2, remarks="通所")), [], []),
    ("K410", "not able to come", {}, but(replace(HOME_2, remarks="通所できず")), [], []),
    ("K412", "a claimed day more", {"claimed_days": claims(1, 2, 3, 7, 8, 9, 10)}, (), [10], []),
    ("K412", "a claimed day less", {"claimed_days": claims(1, 2, 3, 7, 8)}, (), [9], []),
    ("K412", "the same days", {"claimed_days": claims(1, 2, 3, 7, 8, 9)}, (), [], []),
    ("K412", "a use for an absence", {"claimed_days": claims(1, 2, 3, 7, 9, absent=())}, (), [8], []),
    (
        "K412",
        "claims that stop on the 3rd",
        {
            "claimed_days": claims(1, 2, 3),
            "coverage": {"claimed_days": {"from": "2025-04-01", "through": "2025-04-03"}},
        },
        (),
        [],
        [],
    ),
]


@pytest.mark.parametrize(
    ("code", "fields", "changed", "broken", "open_"),
    [pytest.param(code, *rest, id=f"{code} {why}") for code, why, *rest in NEAR],
)
def test_each_check_breaks_on_its_days_and_not_on_near_ones(
    code: str, fields: dict[str, Any], changed: tuple[Day, ...], broken: list[int], open_: list[int]
) -> None:
    found = outcome(code, logged(**fields), *changed)
    assert days(found) == (broken, open_)
    assert found.status == ("broken" if broken else "open" if open_ else found.status)
    assert broken or open_ or found.status in ("agrees", "idle")


def test_commuting_training_on_a_home_day_of_a_transition_service() -> None:
    service = {"provider": {"number": OFFICE, "service": "transition"}}
    trained = (replace(DAYS[0], extra=(("commuting_training", "1"),)), *DAYS[1:])
    at_home = tuple(
        replace(day, extra=(("commuting_training", "1"),)) if day == HOME_2 else day for day in DAYS
    )
    assert outcome("K405", logged(**service), *trained, kind="43").status == "agrees"
    assert days(outcome("K405", logged(**service), *at_home, kind="43")) == ([2], [])


def supported(*numbers: int) -> tuple[Day, ...]:
    """Return DAYS with life support at home billed on other days."""
    return tuple(replace(day, life_support=day.day in numbers) for day in DAYS)


def test_life_support_is_bounded_by_the_home_days() -> None:
    fewer = {"days": [place(2), place(3)]}
    assert outcome("K407", logged(), *supported(2, 3, 9)).status == "agrees"
    more = outcome("K407", logged(**fewer), *supported(2, 3, 9))
    assert (more.status, more.found, more.expected) == ("broken", "3", "<= 2")
    silent = {"coverage": {"days": {"from": "2025-04-01", "through": "2025-04-05"}}}
    unsure = outcome("K407", logged(**fewer, **silent), *supported(2, 3, 9))
    assert (unsure.status, unsure.expected) == ("open", "<= 2-27")
    assert outcome("K407", logged(), *supported()).status == "idle"
    # The code of life support is not known for the other services, so nothing can be said.
    assert outcome("K407", logged(), *supported(), kind="45").missing == ("code",)


def test_life_support_needs_statements() -> None:
    found = Reconciler(Persons({CERTIFICATE: USER}))
    for record in read_kokuhoren(records_file(billed()).to_bytes()):
        found.take(record, "J61.CSV")
    check = next(one for one in found.match(Case.model_validate(logged())).checks if one.code == "K407")
    assert (check.status, check.missing) == ("not_run", ("J121",))


ONLY_HOME = (Day(2, "home"), Day(3, "home"))


def test_a_month_with_a_commute_bills_a_day_that_is_not_spent_at_home() -> None:
    evaluation = {"date": "2025-04-03", "covers": ["weekly"], "means": "commute"}
    log = {"days": [place(2), place(3)], "evaluations": [evaluation]}
    assert days(outcome("K408", logged(**log), *ONLY_HOME)) == ([3], [])
    assert outcome("K408", logged(**log), *ONLY_HOME, Day(4)).status == "agrees"
    assert outcome("K408", logged(**{**log, "evaluations": []}), *ONLY_HOME).status == "idle"
    silent = {"coverage": {"days": {"from": "2025-04-01", "through": "2025-04-02"}}, "days": [place(2)]}
    assert days(outcome("K408", logged(**{**log, **silent}), *ONLY_HOME)) == ([], [3])


def test_a_city_that_asks_for_a_weekly_commute_makes_one_due() -> None:
    hino = {"user": {"id": USER, "municipality": "132128"}, "days": [place(20), place(21)]}
    document = logged(month="2026-04", **hino)
    document["days"] = [{"date": f"2026-04-{day}", "place": "home"} for day in (20, 21)]
    document |= {"contacts": [], "absences": []}
    person = Person(CERTIFICATE, "132128", "46", (Day(20, "home"), Day(21, "home")))
    found = reconciler(OfficeMonth(OFFICE, "202604", (person,))).match(Case.model_validate(document))
    assert found.report.rule("Z403").status == "broken"
    assert [check.status for check in found.checks if check.code == "K408"] == ["broken"]


def test_a_remark_is_asked_for_only_where_the_words_say_so() -> None:
    silent = but(replace(HOME_2, remarks="午後早退"))
    asking = replace(shipped_words(), remark_expected=True)
    assert outcome("K411", logged(), *silent).status == "not_run"
    assert days(outcome("K411", logged(), *silent, words=asking)) == ([2], [])
    assert outcome("K411", logged(), words=asking).status == "agrees"


@pytest.mark.parametrize(
    ("code", "fields"),
    [
        ("K413", {"user": {"id": USER, "municipality": "131016"}}),
        ("K414", {"provider": {"number": OFFICE, "service": "transition"}}),
        ("K414", {"provider": {"number": OFFICE, "service": "continuation_a"}}),
        ("K414", {"provider": {"number": OFFICE, "service": "selection"}}),
    ],
)
def test_the_case_is_of_the_same_city_and_service(code: str, fields: dict[str, Any]) -> None:
    assert outcome(code, logged(**fields)).status == "broken"


def test_where_the_log_is_silent_nothing_is_broken() -> None:
    odd = tuple(
        replace(day, transport_out=1, meal=True, offsite=True, remarks="通所")
        for day in DAYS
        if day.place != "absent"
    )
    absent = dict.fromkeys(("days", "contacts", "evaluations", "absences"))
    nothing = {one.code: one for one in matched(logged(**absent), *odd, *DAYS[4:5]).checks}
    assert {nothing[f"K40{number}"].status for number in range(1, 9)} == {"not_run", "idle"}
    assert nothing["K401"].missing == ("days",)
    log = {
        "days": [place(1, "office")],
        "coverage": {"days": {"from": "2025-04-01", "through": "2025-04-01"}},
    }
    some = {one.code: one for one in matched(logged(**log), *odd, *DAYS[4:5]).checks}
    assert days(some["K401"]) == ([], [8])
    assert days(some["K402"]) == days(some["K410"]) == ([], [2, 3, 7, 9])


def test_days_to_come_break_nothing() -> None:
    log = logged(days=[place(2)], contacts=[])
    odd = tuple(replace(day, meal=True, remarks="通所") for day in DAYS if day.place == "home")
    early = Question(as_of=date(2025, 4, 3))
    late: dict[str, tuple[list[int], list[int]]] = {"K403": ([2], []), "K409": ([], []), "K410": ([2], [])}
    for code, expected in late.items():
        assert days(outcome(code, log, *odd, question=early)) == expected
    says_home = (Day(2, "home"), Day(9, "home"))
    assert days(outcome("K409", log, *says_home)) == ([9], [])
    assert days(outcome("K409", log, *says_home, question=early)) == ([], [])
    on_the_9th = Question(as_of=date(2025, 4, 9))
    assert days(outcome("K409", log, *says_home, question=on_the_9th)) == ([], [])
    assert outcome("K407", log, *supported(2, 3, 9)).status == "broken"
    assert outcome("K407", log, *supported(2, 3, 9), question=early).status == "open"
    log["evaluations"] = [{"date": "2025-04-02", "covers": ["weekly"], "means": "commute"}]
    assert days(outcome("K408", log, Day(2, "home"), question=early)) == ([2], [])
    assert days(outcome("K408", log, Day(2, "home"), Day(20), question=early)) == ([], [2])


# ---------------------------------------------------------------- who is who


def put(folder: Path, name: str, text: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.csv", "9999000001,U-001\n12345,U-002\n"),
        ("a.csv", "\ufeff受給者証番号,利用者ID\r\n９９９９０００００１,U-001\r\n0000012345,U-002,,\r\n,\r\n"),
        ("a.csv", "受給者証番号,利用者\r\n9999000001,U-001\r\n12345,U-002\r\n".encode("cp932")),
        ("a.toml", '[certificates]\n9999000001 = "U-001"\n"12345" = "U-002"\n'),
    ],
)
def test_a_mapping_tells_who_is_who(tmp_path: Path, name: str, text: str | bytes) -> None:
    persons = read_persons(put(tmp_path, name, text))
    assert persons.user_of(CERTIFICATE) == USER
    assert persons.user_of("0000012345") == "U-002"
    assert persons.user_of("0000012346") is None
    assert persons.provider_of(OFFICE) == OFFICE


def test_a_mapping_tells_which_provider_an_office_is(tmp_path: Path) -> None:
    both = "受給者証番号,利用者ID\n9999000001,U-001\n事業所番号,事業所\n1319900013,0812300010\n"
    for path in (
        put(tmp_path, "a.csv", both),
        put(tmp_path, "b.toml", '[certificates]\n9999000001="U-001"\n[offices]\n1319900013="0812300010"\n'),
    ):
        persons = read_persons(path)
        assert persons.provider_of(OFFICE) == "0812300010"
        elsewhere = logged(provider={"number": "0812300010", "service": "continuation_b"})
        assert matched(elsewhere, persons=persons).sheet is not None
        assert matched(logged(), persons=persons).sheet is None


SECRET = "9876543210"


@pytest.mark.parametrize(
    ("name", "text", "place"),
    [
        ("m.csv", f"{SECRET},U-1\n{SECRET},U-2\n", "m.csv:2"),
        ("m.csv", f"{SECRET}9,U-1\n", "m.csv:1"),
        ("m.csv", "9.87654E+09,U-1\n", "m.csv:1"),
        ("m.csv", f"{SECRET}\n", "m.csv:1"),
        ("m.csv", f"{SECRET},U-1,{SECRET}\n", "m.csv:1"),
        ("m.csv", f"{SECRET}, \n", "m.csv:1"),
        ("m.csv", f"office,provider\n{SECRET},{SECRET}\n", "m.csv:2"),
        ("m.csv", f'"{SECRET}\n' + "x" * 200_000, "m.csv"),
        ("m.csv", b"\xff\xfe\x00", "m.csv"),
        ("m.csv", b"\xfd\xff,U-1", "m.csv"),
        ("m.toml", f'[certificates]\n{SECRET} = "U-1"\n{SECRET} = "U-2"\n', "m.toml"),
        ("m.toml", f'[certificates]\n{SECRET}9 = "U-1"\n', "m.toml: [certificates] 1"),
        ("m.toml", f"[certificates]\n{SECRET} = 7\n", "m.toml: [certificates] 1"),
        ("m.toml", f'[people]\n{SECRET} = "U-1"\n', "m.toml: people"),
        ("m.toml", f'{SECRET} = "U-1"\n', "m.toml: ?"),
    ],
)
def test_what_is_wrong_in_a_mapping_is_told_by_its_place(
    tmp_path: Path, name: str, text: str | bytes, place: str
) -> None:
    path = put(tmp_path, name, text)
    with pytest.raises(InvalidInput) as raised:
        read_persons(path)
    assert place in raised.value.place
    for lang in ("ja", "en"):
        said = raised.value.said_in(lang)
        assert SECRET[:5] not in said.replace(str(tmp_path), "")
        assert "U-" not in said


def test_a_mapping_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="mapping cannot be read"):
        read_persons(tmp_path / "none.csv")


def test_without_a_mapping_a_certificate_number_is_the_user() -> None:
    own = logged(user={"id": CERTIFICATE, "municipality": CITY})
    assert matched(own, persons=Persons()).sheet is not None
    assert matched(logged(), persons=Persons()).sheet is None


@pytest.mark.parametrize(
    "text",
    [
        "edition = 2026-01-01\nhome = ['在宅']\naway = ['']\n",
        "edition = 2026-01-01\nhome = '在宅'\n",
        "edition = '2026'\n",
        "edition = 2026-01-01\ncontact_margin_minutes = -1\n",
        "edition = 2026-01-01\nremark_expected = 1\n",
        "edition = 2026-01-01\nhomes = ['在宅']\n",
        "edition = \n",
    ],
)
def test_a_faulty_list_of_words_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(InvalidInput):
        load_words(put(tmp_path, "w.toml", text))


def test_own_words_take_the_place_of_ours(tmp_path: Path) -> None:
    text = "edition = 2026-01-01\nhome = ['ｾﾞﾛ']\naway = ['あか']\naside = ['あかるい']\n"
    own = load_words(put(tmp_path, "w.toml", text))
    assert [own.said(text) for text in ("ゼ ロ", "あか", "あかるい", "在宅", "ゼロあか")] == [
        "home", "away", "", "", "",
    ]  # fmt: skip
    assert own == HomeUseWords(date(2026, 1, 1), ("ｾﾞﾛ",), ("あか",), ("あかるい",))
    with pytest.raises(InvalidInput):
        load_words(tmp_path / "none.toml")


# ---------------------------------------------------------------- claimed days


def test_any_other_status_is_a_use() -> None:
    file = records_file(billed())
    rows = tuple(row.but(status="1") if row.items.get("status") else row for row in file.rows)
    raw = replace(file, rows=rows).to_bytes()
    assert {row.status for row in claimed_days(read_kokuhoren(raw))} == {"use"}
    person = only(reconcile(raw, Case.model_validate(logged()), {CERTIFICATE: USER}))
    assert [day.day for day in person.report.rule("Z701").days] == [8]


def test_the_claimed_days_of_a_service_record() -> None:
    found = claimed_days(read_kokuhoren(records_file(billed()).to_bytes()), Persons({CERTIFICATE: USER}))
    told = [(row.user_id, row.date.day, row.status) for row in found]
    uses = [(USER, day, "use") for day in (1, 2, 3, 7)]
    assert told == [*uses, (USER, 8, "absence_addition"), (USER, 9, "use")]
    assert (found.rows, found.strangers, found.unread) == (6, 0, 0)


def test_strangers_other_services_and_unreadable_days_are_left_out() -> None:
    file = records_file(billed())
    rows = [row.but(day="31") if row.items.get("day") == "09" else row for row in file.rows]
    raw = replace(file, rows=tuple(rows)).to_bytes()
    found = claimed_days(read_kokuhoren(raw), Persons({CERTIFICATE: USER}))
    assert len(list(found)) == found.rows == 5
    assert found.unread == 1
    nobody = claimed_days(read_kokuhoren(raw), Persons({}))
    assert (list(nobody), nobody.strangers) == ([], 1)
    other = replace(file, rows=tuple(row.but(form="0701") for row in file.rows)).to_bytes()
    assert list(claimed_days(read_kokuhoren(other))) == []


@pytest.mark.parametrize("name", ["claimed_days.csv", "claimed_days.parquet"])
def test_claimed_days_are_written_as_the_table_of_a_sweep(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    records = read_kokuhoren(records_file(billed()).to_bytes())
    write_claimed_days(claimed_days(records, Persons({CERTIFICATE: USER})), path)
    read = arrow_csv.read_csv(path) if name.endswith("csv") else pq.read_table(path)
    again = claimed_days_table(
        claimed_days(read_kokuhoren(records_file(billed()).to_bytes()), Persons({CERTIFICATE: USER}))
    )
    assert read.to_pylist() == again.to_pylist()
    assert again.column_names == ["user_id", "date", "status"]
    assert [one.name for one in tmp_path.iterdir()] == [name]


def test_claimed_days_that_cannot_be_written_leave_nothing(tmp_path: Path) -> None:
    rows = list(claimed_days(read_kokuhoren(records_file(billed()).to_bytes())))
    with pytest.raises(InvalidCall, match="CSV or Parquet"):
        write_claimed_days(rows, tmp_path / "claimed_days.txt")
    with pytest.raises(InvalidCall, match="cannot be written"):
        write_claimed_days(rows, tmp_path / "none" / "claimed_days.csv")
    broken = chain(rows, [None])
    with pytest.raises(csv.Error):
        write_claimed_days(broken, tmp_path / "claimed_days.csv")  # type: ignore[arg-type]
    assert list(tmp_path.iterdir()) == []


# ---------------------------------------------------------------- one report over files and cases


def files_of(*months: OfficeMonth) -> list[bytes]:
    return [file(month).to_bytes() for month in months for file in (records_file, claims_file)]


def only(report: BillingReport) -> ReconciledPerson:
    """Return the only case of a report."""
    assert report.persons is not None
    assert len(report.persons) == 1
    return report.persons[0]


def report_on(document: dict[str, Any], *changed: Day, **options: Any) -> BillingReport:
    mapping = options.pop("mapping", {CERTIFICATE: USER})
    return reconcile(files_of(billed(*changed)), Case.model_validate(document), mapping, **options)


def test_claims_come_into_the_case_and_check_judges_them() -> None:
    log = logged(days=[place(1, "office"), place(2), place(10)])
    found = report_on(log)
    assert found.unmatched == ()
    person = only(found)
    by_hand = check(Case.model_validate({**log, "claimed_days": claims(1, 2, 3, 7, 8, 9)}))
    assert person.report.rules == by_hand.rules
    assert [day.day for day in person.report.rule("Z701").days] == [3, 7, 9]
    assert [day.day for day in person.report.rule("Z702").days] == [10]
    assert (found.verdict, person.report.verdict) == ("broken", "broken")


def test_days_show_what_is_billed_and_logged() -> None:
    log = logged(days=[place(1, "office"), place(2), place(2, "office"), place(8)])
    person = only(report_on(log, *but(replace(DAYS[0], remarks="在宅"))))
    shown = {day.date.day: (day.billed, day.logged) for day in person.days}
    assert shown[1] == (("use",), ("office",))
    assert shown[2] == (("use",), ("home", "office"))
    assert shown[3] == (("use",), ())
    assert shown[8] == (("absence_addition",), ("home",))
    codes = {day.date.day: day.broken for day in person.days}
    assert codes[1] == ("K409",)
    assert "Z701" in codes[3]
    assert "K401" in codes[8]
    assert "Z702" in codes[8]
    silent = {"coverage": {"days": {"from": "2025-04-01", "through": "2025-04-02"}}}
    unsure = only(report_on(logged(days=[place(1)], **silent)))
    assert {day.date.day: day.logged for day in unsure.days}[9] is None


def test_findings_stand_at_their_rows() -> None:
    found = report_on(logged(days=[*logged()["days"], place(8)])).rule("K401")
    assert (found.status, found.count, found.severity) == ("broken", 1, "payment")
    (spot,) = found.found
    lines = files_of(billed())[0].splitlines(keepends=True)
    assert (spot.line, spot.offset, spot.day) == (7, len(b"".join(lines[:6])), date(2025, 4, 8))
    assert spot.person == "P1"
    many = report_on(logged(days=[place(2)]), *supported(2, 3, 9)).rule("K407")
    assert [(one.found, one.expected, one.day) for one in many.found] == [("3", "<= 1", None)]


def test_without_a_case_no_home_use_rule_is_run_and_the_first_line_says_so() -> None:
    alone = reconcile(files_of(billed()), [], {CERTIFICATE: USER})
    assert {rule.status for rule in alone.home_use.rules} == {"not_run"}
    assert alone.home_use == no_log()
    assert alone.notes[0] == alone.home_use.reason
    assert "billing export alone never" in alone.home_use.reason.en
    assert [(one.person, one.reason, one.used_days) for one in alone.unmatched or ()] == [
        ("P1", "no_case", 5)
    ]
    assert {rule.status for rule in alone.rules if rule.code.startswith("K4")} == {"not_run"}
    stranger = reconcile(files_of(billed()), [], {})
    assert [one.reason for one in stranger.unmatched or ()] == ["no_user"]


def test_one_stranger_is_enough_that_nothing_is_kept() -> None:
    other = Person("9999000002", CITY, "46", DAYS)
    both = OfficeMonth(OFFICE, "202504", (*billed().people, other))
    case = Case.model_validate(logged())
    together = reconcile(files_of(both), case, {CERTIFICATE: USER})
    assert "kept" not in {rule.status for rule in together.home_use.rules}
    assert "For 1 without a log" in together.home_use.reason.en
    alone = reconcile(files_of(billed()), case, {CERTIFICATE: USER})
    assert {rule.code: rule.status for rule in alone.home_use.rules}["Z301"] == "kept"


def test_a_case_with_nothing_billed_is_judged_as_it_is() -> None:
    document = logged(user={"id": "U-002", "municipality": CITY})
    person = only(report_on(document))
    assert (person.billed, person.person, person.checks) == (False, "", ())
    assert person.report == check(Case.model_validate(document))
    assert person.report.rule("Z701").status == "not_run"


def test_where_the_log_gives_no_days_a_check_stays_open() -> None:
    nothing = report_on(logged(days=None))
    statuses = {rule.code: (rule.status, rule.open_count) for rule in nothing.rules}
    assert statuses["K401"] == statuses["K402"] == statuses["K409"] == ("open", 1)
    assert statuses["K405"] == ("idle", 0)


def test_billing_tells_of_the_whole_month_whatever_the_case_said() -> None:
    stated = {"claimed_days": {"from": "2025-04-01", "through": "2025-04-02"}}
    person = only(report_on(logged(claimed_days=claims(1, 2), coverage=stated)))
    assert person.report.rule("Z702").status == "kept"
    assert [one.status for one in person.checks if one.code == "K412"] == ["agrees"]


def test_sheets_of_other_services_are_nobodys() -> None:
    file = records_file(billed())
    raw = replace(file, rows=tuple(row.but(form="0701") for row in file.rows)).to_bytes()
    found = reconcile(raw, Case.model_validate(logged()), {CERTIFICATE: USER})
    assert found.unmatched == ()
    assert not only(found).billed


def test_two_sheets_of_one_user_are_taken_together() -> None:
    moved = Person("9999000002", "131016", "46", DAYS[4:])
    both = OfficeMonth(OFFICE, "202504", (replace(billed().people[0], days=DAYS[:3]), moved))
    mapping = {CERTIFICATE: USER, "9999000002": USER}
    here = only(reconcile(files_of(both), Case.model_validate(logged()), mapping))
    assert [day.day for day in here.report.rule("Z702").days] == [7, 9]
    elsewhere = logged(user={"id": USER, "municipality": "011002"})
    whole = only(reconcile(files_of(both), Case.model_validate(elsewhere), mapping))
    assert [day.day for day in whole.report.rule("Z702").days] == [7]
    assert [one.status for one in whole.checks if one.code in ("K407", "K413")] == ["agrees", "broken"]


def test_a_change_of_service_keeps_its_own_sheet() -> None:
    before = replace(billed().people[0], kind="43", days=DAYS[:2])
    after = replace(billed().people[0], days=DAYS[2:])
    month = OfficeMonth(OFFICE, "202504", (before, after))
    for service, unclaimed in (("transition", [3, 7, 9]), ("continuation_b", [1, 2])):
        case = Case.model_validate(logged(provider={"number": OFFICE, "service": service}))
        person = only(reconcile(records_file(month).to_bytes(), case, {CERTIFICATE: USER}))
        assert [day.day for day in person.report.rule("Z702").days] == unclaimed


def test_no_output_holds_a_certificate_number_or_a_name() -> None:
    person = replace(billed().people[0], kana="ﾔﾏﾀﾞ")
    month = OfficeMonth(OFFICE, "202504", (person, replace(person, certificate="9999000002")))
    case = Case.model_validate(logged(days=[*logged()["days"], place(8)]))
    masked = reconcile(files_of(month), case, {CERTIFICATE: USER}).to_json()
    for secret in (CERTIFICATE, "9999000002", "ﾔﾏﾀﾞ"):
        assert secret not in masked
    shown = reconcile(files_of(month), case, {CERTIFICATE: USER}, show_ids=True).to_json()
    assert CERTIFICATE in shown
    assert "9999000002" in shown
    assert "ﾔﾏﾀﾞ" not in shown
    assert BillingReport.model_validate_json(shown).to_json() == shown


LISTS = ("days", "absences", "contacts", "daily_reports", "evaluations", "approvals", "planned_days")
CLAIMING = {"Z503", "Z701", "Z702"}
"""The rules that read claimed days."""


def random_log(dice: Random, month: OfficeMonth) -> dict[str, Any]:
    """Return the case of the first person of a month, with some lists absent or cut short."""
    person = month.people[0]
    name, last = f"{month.month[:4]}-{month.month[4:]}", 28
    service = {"43": "transition", "45": "continuation_a", "46": "continuation_b"}[person.kind]
    dates = [f"{name}-{day:02}" for day in range(1, last + 1) if dice.random() < 0.5]
    rows: dict[str, Any] = {
        "days": [{"date": day, "place": dice.choice(("home", "office"))} for day in dates],
        "absences": [],
        "contacts": [{"at": f"{day}T{dice.choice(('09', '15'))}:00", "channel": "phone"} for day in dates],
        "daily_reports": [{"date": day} for day in dates],
        "evaluations": [{"date": dates[0], "covers": ["weekly"], "means": "commute"}] if dates else [],
        "approvals": [{"kind": "home_use", "from": "2024-01-01"}, {"kind": "decision", "from": "2024-01-01"}],
        "planned_days": [{"date": day, "place": "home"} for day in dates],
    }
    given = {source: rows[source] for source in LISTS if dice.random() < 0.6}
    document = {
        "schema": "zaitaku-case/1",
        "month": name,
        "user": {"id": USER, "municipality": person.municipality},
        "provider": {"number": month.office, "service": service},
        **given,
    }
    if dice.random() < 0.5:
        through = f"{name}-{dice.randint(1, 28):02}"
        document["coverage"] = {
            source: {"from": f"{name}-01", "through": through} for source in given if source != "approvals"
        }
    if dice.random() < 0.3:
        document["as_of"] = f"{name}-{dice.randint(10, 28):02}"
    return document


@pytest.mark.parametrize("seed", range(60))
def test_billing_never_makes_a_home_use_rule_kept(seed: int) -> None:
    dice = Random(seed)
    month = random_month(dice, people=2, fewest_days=4)
    document = random_log(dice, month)
    case = Case.model_validate(document)
    mapping = {month.people[0].certificate: USER}
    report = reconcile(files_of(month), case, mapping)
    person = only(report)
    plain = check(case)
    for rule in person.report.rules:
        before = plain.rule(rule.code)
        if rule.code in {*CLAIMING, "Z906"}:  # Z906 looks at the dates of all rows in hand
            continue
        told = (rule.status, rule.days, rule.open_days)
        assert told == (before.status, before.days, before.open_days), rule.code
    if case.days is None and case.planned_days is None:
        assert all(rule.status != "kept" for rule in person.report.rules if rule.code in ("Z701", "Z702"))
        assert not {one.code for one in person.checks if one.status == "broken"} - {"K412", "K413", "K414"}
    assert "kept" not in {rule.status for rule in report.home_use.rules}
    secrets = [one.certificate for one in month.people] + [one.kana for one in month.people]
    assert not [secret for secret in secrets if secret and secret in report.to_json()]


# ---------------------------------------------------------------- a small nation


def record_sheets(tables: dict[str, Any], certificates: dict[str, str]) -> list[bytes]:
    """Return a J61 file for each office of a nation, written from its claimed days."""
    claimed: dict[str, list[Day]] = {}
    for row in tables["claimed_days"].to_pylist():
        where = "absent" if row["status"] == "absence_addition" else "office"
        claimed.setdefault(row["user_id"], []).append(Day(row["date"].day, where))
    services = {row["provider_number"]: row["service"] for row in tables["providers"].to_pylist()}
    offices: dict[str, list[Person]] = {}
    for user in tables["users"].to_pylist():
        kind = "43" if services[user["provider_number"]] == "transition" else "46"
        rows = tuple(sorted(claimed.get(user["user_id"], []), key=lambda day: day.day))
        person = Person(certificates[user["user_id"]], user["municipality"], kind, rows)
        offices.setdefault(user["provider_number"], []).append(person)
    return [
        records_file(OfficeMonth(office, "202606", tuple(people))).to_bytes()
        for office, people in offices.items()
    ]


def test_a_nation_swept_with_its_service_records_is_judged_as_case_by_case() -> None:
    rates = Rates(claimed_without_use=0.3, use_not_claimed=0.3, addition_on_use_day=0.1)
    tables = dict(next(population(5, 150, "2026-06", rates=rates)))
    certificates = {
        user: f"{number:010}" for number, user in enumerate(tables["users"]["user_id"].to_pylist(), 1)
    }
    mapping = Persons({number: user for user, number in certificates.items()})
    files = record_sheets(tables, certificates)
    records = chain.from_iterable(map(read_kokuhoren, files))
    tables["claimed_days"] = claimed_days_table(claimed_days(records, mapping))
    as_of = date(2026, 7, 10)
    swept = sweep(tables, "2026-06", as_of=as_of, every=True).to_pylist()
    found = {
        (row["user_id"], row["code"]): (row["status"], row["days"], row["open_days"])
        for row in swept
        if row["code"] in CLAIMING
    }
    cases = [Case.model_validate(document) for document in documents(tables)]
    held = reconcile(
        files, [case.model_copy(update={"claimed_days": None}) for case in cases], mapping, as_of=as_of
    )
    assert held.unmatched == ()
    assert len(held.persons or ()) == len(cases)
    one_by_one = {
        (person.user, rule.code): (rule.status, list(rule.days), list(rule.open_days))
        for person in held.persons or ()
        for rule in person.report.rules
        if rule.code in CLAIMING
    }
    assert found == one_by_one
    assert {
        ("Z701", "broken"),
        ("Z702", "broken"),
        ("Z503", "broken"),
        ("Z701", "kept"),
        ("Z702", "kept"),
    } <= {(code, status) for (_, code), (status, *_) in found.items()}


# ---------------------------------------------------------------- on the command line


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """Return a folder with both billing files, a mapping, and a folder of one case."""
    person = replace(billed().people[0], kana="ﾔﾏﾀﾞ")
    for name, raw in zip(
        ("J61.CSV", "J11.CSV"), files_of(OfficeMonth(OFFICE, "202504", (person,))), strict=True
    ):
        put(tmp_path, name, raw)
    put(tmp_path, "map.csv", f"{CERTIFICATE},{USER}\n")
    (tmp_path / "cases").mkdir()
    put(tmp_path / "cases", "a.json", json.dumps(logged(days=[*logged()["days"], place(8)])))
    return tmp_path


def asked(office: Path, *more: str) -> list[str]:
    files = [str(office / name) for name in ("J61.CSV", "J11.CSV")]
    return ["billing", *files, "--lang", "en", *more]


def beside(office: Path, *more: str) -> list[str]:
    return asked(office, "--cases", str(office / "cases"), "--map", str(office / "map.csv"), *more)


def test_the_command_joins_files_and_cases(call: Call, office: Path) -> None:
    told = call(*beside(office))
    assert told.code == 1
    assert told.out.startswith("Held against the log of home use: 1 of 1 persons billed.")
    assert "Tue 8 Apr  absence  home" in told.out
    assert "judged as of: 2025-05-01" in told.err
    alone = call(*asked(office))
    assert alone.code == 0
    assert alone.out.startswith("A billing export alone never")


@pytest.mark.parametrize("form", ["text", "json"])
@pytest.mark.parametrize("lang", ["ja", "en"])
def test_the_command_tells_no_personal_data(call: Call, office: Path, form: str, lang: str) -> None:
    told = call(*beside(office, "--format", form, "--lang", lang))
    stranger = call(*asked(office, "--cases", str(office / "cases"), "--format", form, "--lang", lang))
    assert "P1" in told.out
    for said in (*told[1:], *stranger[1:]):
        assert CERTIFICATE not in said
        assert "ﾔﾏﾀﾞ" not in said
    assert CERTIFICATE in call(*beside(office, "--show-ids")).out


def test_json_of_the_command_is_the_report_of_python(call: Call, office: Path) -> None:
    case = Case.model_validate_json((office / "cases" / "a.json").read_text())
    files = [office / "J61.CSV", office / "J11.CSV"]
    told = json.loads(call(*beside(office, "--format", "json")).out)
    assert told == json.loads(reconcile(files, case, office / "map.csv").to_json())
    assert told["persons"][0]["report"]["schema"] == "zaitaku-report/1"
    assert "persons" not in json.loads(call(*asked(office, "--format", "json")).out)


def test_a_bad_case_is_told_and_stops_no_other(call: Call, office: Path) -> None:
    put(office / "cases", "b.json", json.dumps(logged(month="2025-4x")))
    told = call(*beside(office, "--format", "json"))
    assert told.code == 2
    assert "b.json" in told.err
    read = json.loads(told.out)
    assert len(read["persons"]) == 1
    assert read["files"][2]["schema"] == "zaitaku-error/1"
    (office / "cases" / "a.json").unlink()
    alone = call(*beside(office))
    assert (alone.code, alone.out) == (2, "")


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (["--map", "map.csv"], "--map goes with"),
        (["--cases", "cases", "--words", "map.csv"], "cannot be read as TOML"),
        (["--words", "map.csv"], "--words goes with"),
        (["--cases", "cases", "--map", "J61.CSV"], "not two columns"),
        (["--cases", "empty"], "no cases in this folder"),
        (["--cases", "none.json"], "no such file"),
        (["--cases", "cases", "--output", "cases/a.json"], "one of the inputs"),
        (["--claimed-days", "J61.CSV"], "write over an input"),
        (["--claimed-days", "days.txt"], "CSV or Parquet"),
        (["--cases", "cases", "--reading", "week_start=never"], "week_start"),
    ],
)
def test_a_wrong_call_says_what_is_wrong(
    call: Call, office: Path, monkeypatch: pytest.MonkeyPatch, more: list[str], said: str
) -> None:
    (office / "empty").mkdir()
    monkeypatch.chdir(office)
    told = call("billing", "J61.CSV", "--lang", "en", *more)
    assert (told.code, told.out) == (2, "")
    assert said in told.err
    assert CERTIFICATE not in told.err


def test_claimed_days_of_the_command(call: Call, office: Path) -> None:
    target = office / "claimed_days.csv"
    told = call(*asked(office, "--map", str(office / "map.csv"), "--claimed-days", str(target)))
    assert told.code == 0
    assert "wrote 6 claimed days" in told.err
    assert target.read_text().splitlines()[1] == f"{USER},2025-04-01,use"
    put(office, "map.csv", "12,U-9\n")
    nobody = call(*asked(office, "--map", str(office / "map.csv"), "--claimed-days", str(target)))
    assert "left out: 1 persons not in the mapping" in nobody.err
    assert CERTIFICATE not in nobody.err


def test_a_quiet_person_and_many_strangers_are_told_in_few_lines(call: Call, office: Path) -> None:
    put(office / "cases", "a.json", json.dumps(logged()))
    assert "Billing and log agree." in call(*beside(office)).out
    many = OfficeMonth(OFFICE, "202504", tuple(Person(f"{n:010}", CITY, "46", DAYS) for n in range(1, 31)))
    put(office, "J61.CSV", records_file(many).to_bytes())
    told = call("billing", str(office / "J61.CSV"), "--cases", str(office / "cases"), "--lang", "en")
    assert "persons without a log 30" in told.out
    assert "  +10\n" in told.out
    assert "Nothing is billed in these files" in told.out


def test_the_report_says_by_which_words_remarks_were_read() -> None:
    own = replace(shipped_words(), edition=date(2030, 1, 1), contact_margin_minutes=5)
    notes = [note.en for note in report_on(logged(), words=own).notes]
    assert "words of remarks: edition 2030-01-01; contacts count as covered within 5 minutes" in notes


def test_what_the_log_does_not_say_is_told_as_such(call: Call, office: Path) -> None:
    silent = {"coverage": {"days": {"from": "2025-04-01", "through": "2025-04-02"}}}
    put(office / "cases", "a.json", json.dumps(logged(days=[place(1, "office"), place(2)], **silent)))
    told = call(*beside(office))
    assert re.search(r"Tue 8 Apr +absence +log silent +\? K401", told.out)
    assert "Fri 4 Apr" not in told.out


def test_a_file_that_cannot_be_read_leaves_the_others_joined(call: Call, office: Path) -> None:
    put(office, "J11.CSV", b"\x00\x01garbage")
    told = call(*beside(office, "--format", "json"))
    assert told.code == 2
    read = json.loads(told.out)
    assert read["persons"][0]["billed"]
    checks = {check["code"]: check for check in read["persons"][0]["checks"]}
    assert checks["K407"]["missing"] == ["J121"]


def test_garbage_in_keys_and_days_joins_nobody_and_stops_nothing() -> None:
    file = records_file(billed())
    case = Case.model_validate(logged())
    for item in ("month", "person", "office", "municipality", "form", "day", "start", "status"):
        for wrong in ("", "0", "99", "ZZZ", "2025AB"):
            raw = replace(file, rows=tuple(row.but(**{item: wrong}) for row in file.rows)).to_bytes()
            found = reconcile(raw, case, {CERTIFICATE: USER})
            assert found.persons is not None
            assert list(claimed_days(read_kokuhoren(raw), Persons({CERTIFICATE: USER}))) is not None

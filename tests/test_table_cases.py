"""Rows of tables to cases: the same documents as the sweep reads, and each fault at its place."""

from __future__ import annotations

import copy
import tomllib
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time, timedelta, timezone
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from as_tables import Rows, tables_of
from test_case_documents import full
from test_parity import a_month_of_users
from zaitaku_rules import Case, InvalidInput
from zaitaku_rules.bulk.case_documents import case_documents
from zaitaku_rules.bulk.left_out import LeftOutCounts
from zaitaku_rules.days import calendar_of
from zaitaku_rules.errors import Message
from zaitaku_rules.read.tables import Spot, Table, TableRow, cases_of_tables
from zaitaku_rules.read.tables.cells import value_of
from zaitaku_rules.records import SOURCES
from zaitaku_rules.records.shapes import shapes
from zaitaku_rules.testing import cases, document

Document = dict[str, Any]
CASES = Path(__file__).parent / "cases"


def table(name: str, rows: Rows, columns: list[str] | None = None, *, tells_null: bool = True) -> Table:
    """Return a table of rows as a file `NAME.csv` would give it, the heading on line 1."""
    place = f"{name}.csv"

    def row(number: int, cells: Mapping[str, object]) -> TableRow:
        here = f"{place}:{number}"
        return TableRow(cells, here, lambda column: Spot(here, column))

    known = [column.name for column in shapes()[name].columns] if name in shapes() else []
    placed = [row(number, cells) for number, cells in enumerate(rows, 2)]
    heading = f"{place}:1"
    return Table(name, columns or known, placed, place, lambda column: Spot(heading, column), tells_null)


def tables(*documents: Document) -> dict[str, Rows]:
    return {name: rows.to_pylist() for name, rows in tables_of(documents).items()}


def found(held: Mapping[str, Rows], month: str | None = None) -> list[Case | InvalidInput]:
    listed = [table(name, held[name]) for name in held]
    return [case for _, case in cases_of_tables(listed, "month", month)]


def errors(held: Mapping[str, Rows], month: str | None = None) -> list[str]:
    """Return what is wrong, in English; the Japanese must be there too, and of the same place."""
    wrong = [one for one in found(held, month) if isinstance(one, InvalidInput)]
    for one in wrong:
        assert one.said_in("ja").startswith(one.place)
        assert "\n" not in one.said_in("ja") + one.said_in("en")
    return [one.said_in("en") for one in wrong]


def good(held: Mapping[str, Rows], month: str | None = None) -> list[tuple[str, str]]:
    return [(one.user.id, one.month) for one in found(held, month) if isinstance(one, Case)]


@pytest.mark.parametrize("seed", range(12))
def test_tables_give_the_documents_that_the_sweep_reads(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    documents, _ = a_month_of_users(seed, monkeypatch, users=9)
    month = documents[0]["month"]
    users = [one["user"]["id"] for one in documents]
    swept = case_documents(tables_of(documents), month, users, LeftOutCounts())
    read = found(tables(*documents), month)
    hashes = [case.sha256 for case in read if isinstance(case, Case)]
    assert len(hashes) == len(documents)
    assert sorted(hashes) == sorted(Case.model_validate(one).sha256 for one in swept)


@lru_cache(maxsize=1)
def every_case() -> list[Document]:
    listed = [
        document(spec)
        for path in sorted(CASES.glob("*.toml"))
        for spec in cases(tomllib.loads(path.read_text("utf-8")))
    ]
    return [one for one in listed if one.get("days") is not None]


def normal_form(case: Case) -> Document:
    """Return a case as tables can tell it: without the day of the question, in an order of its own."""
    page = calendar_of(case.month)
    said = case.model_dump(mode="json", by_alias=True, exclude_none=True, exclude={"as_of"})
    for name in SOURCES:
        rows: list[Any] | None = getattr(case, name)
        if rows is not None:
            near = [
                one for one in rows if not hasattr(one, "day") or name == "submissions" or page.bit(one.day)
            ]
            listed = [one.model_dump(mode="json", by_alias=True, exclude_none=True) for one in near]
            said[name] = sorted((with_sets(one) for one in listed), key=str)
    if not said["user"].get("wish", True):
        del said["user"]["wish"]
    if not said.get("coverage", True):
        del said["coverage"]
    return said


def with_sets(row: Document) -> Document:
    return {**row, "covers": sorted({*row["covers"]})} if "covers" in row else row


@given(st.data())
def test_a_case_comes_back_from_its_tables_in_whatever_order_they_are(data: st.DataObject) -> None:
    given_case = data.draw(st.sampled_from(every_case()))
    held = tables(given_case)
    held = {name: data.draw(st.permutations(rows)) if len(rows) < 60 else rows for name, rows in held.items()}
    months = {row["date"][:7] for row in held["days"]}
    month = given_case["month"]
    if months and month not in months:
        assert "holds no rows of" in errors(held, month)[0]
        return
    (back,) = found(held, month)
    assert isinstance(back, Case), back
    assert normal_form(back) == normal_form(Case.model_validate(given_case))


def with_change(name: str, change: Callable[[Rows], object]) -> dict[str, Rows]:
    """Return the tables of two users in which the rows of one table are changed."""
    other = copy.deepcopy(full())
    other["user"]["id"] = "U-002"
    held = tables(full(), other)
    held["providers"] = held["providers"][:1]
    change(held[name])
    return held


@pytest.mark.parametrize(
    ("name", "number", "cells", "said"),
    [
        ("contacts", 0, {"channel": "fone"}, "contacts.csv:2: channel: value not known; did you mean phone?"),
        ("contacts", 0, {"channel": None}, "contacts.csv:2: channel: required field"),
        ("contacts", 1, {"at": "3/5"}, "contacts.csv:3: at: found 3/5: not a date with a time"),
        ("days", 0, {"start": "8am"}, "days.csv:2: start: not a time"),
        ("evaluations", 0, {"covers": "all"}, "evaluations.csv:2: covers: value not known"),
        ("users", 0, {"municipality": "082024"}, "users.csv:2: municipality: found 082024"),
        ("users", 0, {"wish_on": "soon"}, "users.csv:2: wish_on: not a date"),
        ("users", 0, {"provider_number": "1"}, "users.csv:2: provider_number: found 1: not in providers"),
        ("users", 0, {"provider_number": None}, "users.csv:2: provider_number: blank"),
        ("coverage", 0, {"source": "x"}, "coverage.csv:2: source: value not known"),
        ("coverage", 0, {"through": "2020-01-01"}, "coverage.csv:2: through is before from"),
        ("coverage", 0, {"source": "x y", "from": "soon"}, "coverage.csv:2: source: value not known"),
        ("waivers", 0, {"from": "2026-01-01"}, "waivers.csv:2: the period is reversed"),
    ],
)
def test_a_fault_is_told_at_its_cell_and_costs_one_case(
    name: str, number: int, cells: Document, said: str
) -> None:
    held = with_change(name, lambda rows: rows[number].update(cells))
    (error,) = errors(held)
    assert error.startswith(said)
    assert good(held) == [("U-002", "2025-04")]


def test_all_that_is_wrong_with_a_case_is_named_at_once() -> None:
    def spoil(rows: Rows) -> None:
        for row in rows[:9]:
            row["channel"] = "fone"

    held = with_change("contacts", spoil)
    first = errors(held)[0]
    assert "(+" in first
    assert "contacts.csv:3 channel, contacts.csv:4 channel" in first
    assert first.count("channel") <= 7


def test_a_fault_of_the_provider_concerns_all_its_users() -> None:
    held = with_change("readiness", lambda rows: rows[0].update(kind="work"))
    assert [error[:23] for error in errors(held)] == ["readiness.csv:2: kind: "] * 2
    held = with_change("providers", lambda rows: rows.append({**rows[0], "name": "other"}))
    assert len(errors(held)) == 2
    assert all("stands twice" in error and "providers.csv:3" in error for error in errors(held))


def test_a_user_twice_alike_is_one_and_otherwise_none() -> None:
    assert len(good(with_change("users", lambda rows: rows.append(dict(rows[0]))))) == 2
    held = with_change("users", lambda rows: rows.append({**rows[0], "name": "-"}))
    (error,) = errors(held)
    assert error == (
        "users.csv:4: user_id: stands twice, with other contents (users.csv:2 user_id): remove one of them"
    )
    assert good(held) == [("U-002", "2025-04")]


def test_rows_of_nobody_are_told_after_the_cases() -> None:
    held = with_change("contacts", lambda rows: rows.append({**rows[0], "user_id": "U-009"}))
    assert [isinstance(one, Case) for one in found(held)] == [True, True, False]
    assert errors(held)[0].startswith("contacts.csv:")
    assert "not in users" in errors(held)[0]
    held = with_change("contacts", lambda rows: rows.append({**rows[0], "user_id": None}))
    assert "user_id: blank" in errors(held)[0]
    held = with_change("readiness", lambda rows: rows.append({**rows[0], "provider_number": "0812300010"}))
    assert "found 0812300010: not in providers" in errors(held)[0]
    assert len(good(held)) == 2


def test_names_and_numbers_of_certificates_are_not_repeated() -> None:
    for user in ("山田太郎", "9876543210"):
        held = with_change("contacts", lambda rows, user=user: rows.append({**rows[0], "user_id": user}))
        told = [
            one.said_in(lang) for one in found(held) if isinstance(one, InvalidInput) for lang in ("ja", "en")
        ]
        assert told
        assert not any(user in one for one in told)


def test_the_months_are_those_of_days_or_the_one_asked_for() -> None:
    def later(rows: Rows) -> None:
        rows += [{**row, "date": "2025-05-07"} for row in rows[:1]]

    held = with_change("days", later)
    both = [(user, month) for user in ("U-001", "U-002") for month in ("2025-04", "2025-05")]
    assert good(held) == both
    assert good(held, "2025-05") == [both[1], both[3]]
    assert errors(held, "2026-01") == [
        "days.csv: days holds no rows of 2026-01; it holds rows of 2025-04, 2025-05"
    ]
    first, second = (one for one in found(held) if isinstance(one, Case) and one.user.id == "U-001")
    assert first.days
    assert second.days
    assert {day.day.month for day in first.days} == {4}
    assert {day.day.month for day in second.days} == {5}
    assert first.readiness == second.readiness


def test_without_days_the_month_must_be_said() -> None:
    empty = with_change("days", lambda rows: rows.clear())
    assert "name the month" in errors(empty)[0]
    assert len(good(empty, "2025-04")) == 2
    del empty["days"]
    assert "name the month" in errors(empty)[0]
    (case, _) = found(empty, "2025-04")
    assert isinstance(case, Case)
    assert case.days is None


def test_where_no_day_can_be_read_the_days_are_told() -> None:
    def spoil(rows: Rows) -> None:
        for row in rows:
            row["date"] = "3/5"

    (error,) = errors(with_change("days", spoil))
    assert error.startswith("days.csv:2: date: found 3/5: not a date")


def test_what_is_wrong_in_all_months_alike_is_told_once() -> None:
    def spoil(rows: Rows) -> None:
        rows += [{**row, "date": "2025-05-07"} for row in rows[:1]]

    held = with_change("days", spoil)
    held["waivers"][0]["to"] = None
    assert len(errors(held)) == 1
    assert good(held) == [("U-002", "2025-04"), ("U-002", "2025-05")]


def test_a_coverage_speaks_of_its_month_and_rather_of_its_user() -> None:
    def state(rows: Rows) -> None:
        rows[:] = [
            {"source": "contacts", "from": "2025-04-01", "through": "2025-04-20", "user_id": None},
            {"source": "contacts", "from": "2025-05-01", "through": "2025-05-31", "user_id": None},
            {"source": "contacts", "from": "2025-04-01", "through": "2025-04-10", "user_id": "U-002"},
        ]

    first, second = found(with_change("coverage", state))
    assert isinstance(first, Case)
    assert isinstance(second, Case)
    assert first.coverage
    assert second.coverage
    assert first.coverage["contacts"].through == date(2025, 4, 20)
    assert second.coverage["contacts"].through == date(2025, 4, 10)


@pytest.mark.parametrize(
    ("name", "other", "said"),
    [
        ("users", None, "month: no table users: it needs the columns user_id"),
        ("providers", None, "month: no table providers"),
        ("contacts", "contact", "contact.csv: no table has that name; did you mean contacts?"),
    ],
)
def test_tables_that_are_missing_or_unknown_come_alone(name: str, other: str | None, said: str) -> None:
    held = tables(full())
    rows = held.pop(name)
    if other:
        held[other] = rows
    assert [error[: len(said)] for error in errors(held)] == [said]
    assert good(held) == []


def test_columns_unknown_missing_or_twice_are_all_told() -> None:
    held = tables(full())
    listed = [table(name, rows) for name, rows in held.items() if name != "contacts"]
    wrong = table("contacts", held["contacts"], ["user_id", "at", "chanel", "at"])
    said = [
        one.said_in("en")
        for _, one in cases_of_tables([*listed, wrong], "month")
        if isinstance(one, InvalidInput)
    ]
    assert [one.partition(" (known")[0] for one in said] == [
        "contacts.csv:1: unknown column (chanel); did you mean channel?",
        "contacts.csv:1: the column at stands twice: remove one of them",
        "contacts.csv:1: table contacts lacks the column channel: add it",
    ]
    twice = [*listed, table("users", held["users"])]
    assert "given twice" in str(next(one for _, one in cases_of_tables(twice, "month")))


def test_what_a_reader_found_wrong_is_told_with_the_rest() -> None:
    held = with_change("contacts", lambda _: None)
    listed = [table(name, rows) for name, rows in held.items()]
    contacts = next(one for one in listed if one.name == "contacts")
    spoilt = contacts.rows[0]
    fault = {"channel": Message("言葉がありません。", "no word for it")}
    rows = [TableRow(spoilt.cells, spoilt.place, spoilt.spot, fault), *contacts.rows[1:]]
    swapped = Table("contacts", contacts.columns, rows, contacts.place, contacts.heading, tells_null=True)
    read = [
        one for _, one in cases_of_tables([*(one for one in listed if one is not contacts), swapped], "month")
    ]
    assert [one.said_in("en") for one in read if isinstance(one, InvalidInput)] == [
        "contacts.csv:2: channel: no word for it"
    ]
    assert sum(isinstance(one, Case) for one in read) == 1


JAPAN = timezone(timedelta(hours=9))


@pytest.mark.parametrize(
    ("name", "column", "cell", "value"),
    [
        ("days", "date", "R8.2.5", "2026-02-05"),
        ("days", "date", date(2026, 2, 5), "2026-02-05"),
        ("days", "date", datetime(2026, 2, 5), "2026-02-05"),
        ("days", "date", datetime(2026, 2, 5, 9, 30), "2026-02-05T09:30:00"),
        ("days", "date", " ", None),
        ("days", "date", float("nan"), None),
        ("days", "start", time(9, 30), "09:30"),
        ("days", "start", datetime(1899, 12, 31, 9, 30), "09:30"),
        ("days", "start", "09:30", "09:30"),
        ("days", "place", " home ", "home"),
        ("days", "activity", 3.0, "3"),
        ("days", "activity", True, True),
        ("contacts", "at", datetime(2026, 2, 5, 0, 30, tzinfo=UTC), "2026-02-05T09:30:00"),
        ("contacts", "at", datetime(2026, 2, 5, 9, 30, tzinfo=JAPAN), "2026-02-05T09:30:00"),
        ("contacts", "at", date(2026, 2, 5), "2026-02-05"),
        ("contacts", "id", 7, "7"),
        ("inquiries", "at", date(2026, 2, 5), "2026-02-05"),
        ("inquiries", "at", "R8.2.5 9:30", "2026-02-05T09:30:00"),
        ("contacts", "answered", "はい", True),
        ("contacts", "answered", "×", False),
        ("contacts", "answered", 1.0, True),
        ("contacts", "answered", 0, False),
        ("contacts", "answered", "有", True),
        ("contacts", "answered", "maybe", "maybe"),
        ("providers", "menu", "封入;検品、入力", ["封入", "検品", "入力"]),
        ("providers", "menu", ["封入"], ["封入"]),
        ("providers", "menu", "", None),
        ("assessments", "cautions", "", []),
        ("assessments", "cautions", None, []),
        ("approvals", "days_per_month", 20.0, 20),
        ("approvals", "days_per_month", "２０", 20),
        ("approvals", "days_per_month", "standard", "standard"),
        ("providers", "provider_number", 812300010, "0812300010"),
        ("providers", "provider_number", 2212300012.0, "2212300012"),
        ("providers", "provider_number", "０８１２３０００１０", "0812300010"),
        ("users", "municipality", "13101", "131016"),
        ("users", "municipality", 131016, "131016"),
        ("users", "municipality", 82023, "082023"),
        ("users", "municipality", 8202, "082023"),
        ("users", "user_id", "0012", "0012"),
        ("submissions", "month", date(2026, 2, 1), "2026-02"),
        ("submissions", "month", "令和8年2月", "2026-02"),
        ("evaluations", "covers", "Both", ["weekly", "achievement"]),
    ],
)
def test_a_cell_says_what_its_column_holds(name: str, column: str, cell: object, value: object) -> None:
    shape = next(one for one in shapes()[name].columns if one.name == column)
    assert value_of(cell, shape) == value


def test_a_number_of_which_two_codes_can_be_meant_is_not_taken() -> None:
    """12025 is Chiba's 12025 without its check digit, or Hokkaido's 012025 without its first."""
    shape = next(one for one in shapes()["users"].columns if one.name == "municipality")
    assert value_of(12025, shape) == 12025


def test_typed_files_tell_blank_text_from_none() -> None:
    shapes_of = {one.name: one for name in ("days", "assessments") for one in shapes()[name].columns}
    assert value_of("", shapes_of["support"], tells_null=True) == ""
    assert value_of("", shapes_of["support"]) is None
    assert value_of(None, shapes_of["support"], tells_null=True) is None
    assert value_of(" ", shapes_of["support"]) == " "
    assert value_of(None, shapes_of["cautions"], tells_null=True) is None

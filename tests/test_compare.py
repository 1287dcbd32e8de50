"""Two laws on the same records: who flips is known exactly, and one law differs from itself in nothing."""

from __future__ import annotations

import csv
import json
import random
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import partial
from importlib import import_module
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from as_tables import tables_of
from brute import months
from calling import Call
from test_brute_force import EXAMPLES
from test_parity import a_month_of_users
from zaitaku_rules import (
    Case,
    InvalidCall,
    InvalidInput,
    Overlay,
    Report,
    check,
    rules_for,
)
from zaitaku_rules.bulk import Comparison, compare
from zaitaku_rules.bulk.comparing import compared
from zaitaku_rules.bulk.comparison_notes import notes_on
from zaitaku_rules.bulk.comparison_sums import Worth, worth_of
from zaitaku_rules.bulk.laws import LawAsked
from zaitaku_rules.bulk.month_tables import MonthTables
from zaitaku_rules.bulk.pack import Packing
from zaitaku_rules.bulk.pages import Pages
from zaitaku_rules.bulk.spelled_laws import law_spelled
from zaitaku_rules.bulk.tables import Tables
from zaitaku_rules.days import calendar_of
from zaitaku_rules.law import edited, load_overlay
from zaitaku_rules.records.written import municipality_written
from zaitaku_rules.testing import document
from zaitaku_rules.write.comparison_entry import comparison_entry

MONTH = "2026-03"
NAMELESS = ("22203", "22205", "22206", "22208", "22211")
"""Municipalities without an overlay."""

Flips = dict[tuple[str, str, str], int]


def tables(*specs: Mapping[str, Any]) -> dict[str, Any]:
    """Return the tables of lawful months, each with what differs from it."""
    documents: list[dict[str, Any]] = []
    for number, spec in enumerate(specs):
        one = document({"month": MONTH, **spec})
        one["user"]["id"] = f"U-{number}"
        one["provider"]["number"] = months.provider_number(f"22{number:07d}")
        documents.append(one)
    return tables_of(documents)


def packed(given: dict[str, Any], month: str, laws: Iterable[LawAsked], as_of: date | None = None) -> Pages:
    """Pack tables once for all laws; the packing takes longer than all comparing."""
    return Packing(MonthTables(Tables(given), month, as_of), tuple(laws)).pages()


def flips(found: Comparison, place: str | None = None) -> Flips:
    """Return the users by rule and status before and after, of all places or of one."""
    counted: Counter[tuple[str, str, str]] = Counter()
    for row in found.frame().to_pylist():
        if place in (None, row["municipality"]):
            counted[row["code"], row["from"], row["to"]] += row["users"]
    return dict(counted)


def days(found: Comparison, place: str | None = None) -> dict[str, tuple[int, int]]:
    """Return the home days at risk by rule under A and B, of all places or of one."""
    held: dict[str, tuple[int, int]] = {}
    for row in found.at_risk().to_pylist():
        if place in (None, row["municipality"]):
            a, b = held.get(row["code"], (0, 0))
            held[row["code"]] = a + row["days_a"], b + row["days_b"]
    return held


def changed(found: Comparison, place: str) -> int:
    return sum(row["changed"] for row in found.municipalities().to_pylist() if row["municipality"] == place)


# ---------------------------------------------------------------- a nation whose flips are known

FUJIEDA, TODA, HITACHI = "222143", "112241", "082023"
NUMAZU, ATAMI, MISHIMA, ITO, IWATA = (f"{code}" for code in map(municipality_written, NAMELESS))
THREE_CALLS: tuple[dict[str, Any], ...] = (
    {},
    {"also": {"contact": {"chat": "2-31"}}, "contact": "2-6x2 9-13x2", "home": "2-6 9-13"},
    {"without": {"contact": "5x1"}},
    {"municipality": TODA},
)
USERS: tuple[dict[str, Any], ...] = (
    *THREE_CALLS,
    {
        "municipality": NUMAZU,
        "weekly": {"visit": "6 13 20 25"},
        "home_use": {"commuting_difficult": "2025-08-01~2026-07-31"},
    },
    {"municipality": ATAMI, "service": "selection"},
    {
        "municipality": MISHIMA,
        "readiness": {"emergency_procedure": "none", "emergency_arrival": "2026-03-16~"},
    },
    {"municipality": HITACHI},
    {"municipality": ITO, "home": "2-6", "office": "none", "achievement": {"visit": "2"}},
    {"municipality": IWATA, "recording": "none"},
)
EDITS = "Z403=payment+Z304=payment"
ASKED = ("own", "contacts_per_day=3", "2015-04-01", "2026-02-02+082023-hitachi", EDITS)


@pytest.fixture(scope="module")
def pages() -> Pages:
    return packed(tables(*USERS), MONTH, map(law_spelled, ASKED))


def against(pages: Pages, a: str, b: str) -> Comparison:
    return compared(pages, law_spelled(a), law_spelled(b), worth=Worth(600, 10))


def test_three_contacts_a_day_break_the_months_with_two() -> None:
    found = compare(tables(*THREE_CALLS), MONTH, "own", "contacts_per_day=3", units=600, unit_price=10)
    assert found.users == 4
    assert flips(found) == {("Z301", "kept", "broken"): 2}
    assert found.verdicts().to_pylist() == [
        {"municipality": TODA, "from": "kept", "to": "broken", "users": 1},
        {"municipality": FUJIEDA, "from": "kept", "to": "broken", "users": 1},
    ]
    assert found.at_risk().to_pylist() == [
        {"code": "Z301", "municipality": TODA, "days_a": 0, "days_b": 18},
        {"code": "Z301", "municipality": FUJIEDA, "days_a": 1, "days_b": 36},
    ]
    assert found.municipalities().to_pylist() == [
        {"municipality": TODA, "users": 1, "changed": 1, "days_a": 0, "days_b": 18, "yen": 18 * 6000},
        {"municipality": FUJIEDA, "users": 3, "changed": 1, "days_a": 1, "days_b": 36, "yen": 35 * 6000},
    ]
    assert (found.days_at_risk, found.changed, found.yen) == ((1, 54), 2, 53 * 6000)
    assert (found.rules[0].newly_broken, found.rules[0].mended, found.rules[0].newly_open) == (2, 0, 0)


@pytest.mark.parametrize("law", ASKED[1:])
def test_the_other_way_round_everything_flips_back(pages: Pages, law: str) -> None:
    there, back = against(pages, "own", law), against(pages, law, "own")
    assert flips(there)
    assert flips(back) == {(code, b, a): users for (code, a, b), users in flips(there).items()}
    assert back.days_at_risk == there.days_at_risk[::-1]
    assert back.changed == there.changed > 0
    assert back.yen == -(there.yen or 0)
    for one in back.rules:
        other = next(rule for rule in there.rules if rule.code == one.code)
        assert (one.newly_broken, one.mended) == (other.mended, other.newly_broken)


def test_a_month_of_today_under_the_law_of_2015(pages: Pages) -> None:
    found = against(pages, "own", "2015-04-01")
    # Video serves the week from 2020 on, and other grounds than a hard way to the office do, too.
    late = {("Z105", "kept", "not_run"): 1, ("Z401", "kept", "broken"): 1}
    assert flips(found, IWATA) == {**late, ("Z106", "not_run", "broken"): 1}
    assert days(found, IWATA) == {"Z106": (0, 18), "Z401": (0, 18)}
    assert flips(found, NUMAZU) == {("Z105", "kept", "not_run"): 1, ("Z106", "not_run", "kept"): 1}
    assert (changed(found, IWATA), changed(found, NUMAZU)) == (1, 0)
    # Hitachi's own rules came in 2026.
    assert flips(found, HITACHI)["Z206", "kept", "not_run"] == 1


def test_a_service_that_came_later_was_not_open_at_home_in_2015(pages: Pages) -> None:
    found = against(pages, "own", "2015-04-01")
    assert flips(found, ATAMI)["Z107", "open", "broken"] == 1
    assert flips(found, ATAMI)["Z301", "kept", "not_run"] == 1
    assert any("就労選択支援" in note.ja for note in found.notes)


def test_the_rules_of_hitachi_everywhere(pages: Pages) -> None:
    found = against(pages, "own", "2026-02-02+082023-hitachi")
    broken = {key: users for key, users in flips(found, MISHIMA).items() if key[2] == "broken"}
    assert broken == {("Z203", "kept", "broken"): 1, ("Z206", "not_run", "broken"): 1}
    assert days(found, MISHIMA) == {"Z203": (0, 18), "Z206": (0, 10)}
    assert (changed(found, MISHIMA), changed(found, NUMAZU)) == (1, 0)
    # Nothing changes where these are the rules already.
    assert not flips(found, HITACHI)


def test_an_edited_rule_is_switched_on_or_graded(pages: Pages) -> None:
    found = against(pages, "own", EDITS)
    assert flips(found, ITO) == {("Z403", "not_run", "broken"): 1}
    assert days(found, ITO) == {"Z403": (0, 5)}
    # The status stays as it was; that payment depends on it is what is new.
    assert ("Z304", "kept", "broken") not in flips(found, IWATA)
    assert days(found, IWATA) == {"Z304": (0, 18), "Z403": (0, 15)}
    assert changed(found, IWATA) == 1


@pytest.mark.parametrize("law", ASKED)
def test_a_law_against_itself_gives_nothing(pages: Pages, law: str) -> None:
    found = against(pages, law, law)
    assert not found.frame().num_rows
    assert not found.verdicts().num_rows
    assert not found.rules
    assert (found.changed, found.yen) == (0, 0)
    assert found.days_at_risk[0] == found.days_at_risk[1] > 0


# ---------------------------------------------------------------- against `check`, on random months

DAYS = [date(2013, 5, 2), date(2016, 1, 1), date(2020, 3, 3), date(2021, 4, 1), date(2026, 4, 1)]
CHANGES = (
    {"contacts_per_day": "3", "weekly_means": "visit,commute", "Z403": "on"},
    {"evaluations_per_week": "2", "Z304": "payment", "Z601": "duty", "contact_gap_minutes": "30"},
)


def expected(a: list[Report], b: list[Report]) -> tuple[Flips, Counter[tuple[str, str]], tuple[int, int]]:
    turned: Counter[tuple[str, str, str]] = Counter()
    verdicts: Counter[tuple[str, str]] = Counter()
    for before, after in zip(a, b, strict=True):
        for one, other in zip(before.rules, after.rules, strict=True):
            if one.status != other.status:
                turned[one.code, one.status, other.status] += 1
        if before.verdict != after.verdict:
            verdicts[before.verdict, after.verdict] += 1
    at_risk = sum(len(one.claim.at_risk) for one in a), sum(len(one.claim.at_risk) for one in b)
    return dict(turned), verdicts, at_risk


def days_by_rule(*sides: list[Report]) -> dict[str, tuple[int, int]]:
    """Return the home days that break a rule on which payment depends, under A and under B."""
    held: dict[str, list[int]] = {}
    for number, side in enumerate(sides):
        for report in side:
            for rule in report.rules if report.claim.home_days else ():
                at_home = len({*rule.days} & {*report.claim.home_days})
                if rule.severity == "payment" and at_home:
                    held.setdefault(rule.code, [0, 0])[number] += at_home
    return {code: (a, b) for code, (a, b) in held.items()}


@pytest.mark.parametrize("seed", range(EXAMPLES or 2))
def test_random_months_flip_as_check_says(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    documents, call = a_month_of_users(seed, monkeypatch)
    documents = documents[:30]
    as_of, readings = call["as_of"], dict[str, str](call.get("readings") or {})
    laid = tuple(one if isinstance(one, Overlay) else load_overlay(one) for one in call.get("overlays", ()))
    own = LawAsked(laid, readings)
    edits = [LawAsked((*laid, edited(one)), readings) for one in CHANGES]
    dated = [LawAsked(laid, readings, on=day) for day in random.Random(seed).sample(DAYS, 2)]
    month = documents[0]["month"]
    pages = packed(tables_of(documents), month, [own, *edits, *dated], as_of)
    before, seen = reports(documents, own, as_of, monkeypatch), 0
    for law in (own, *edits, *dated):
        found = compared(pages, own, law)
        after = reports(documents, law, as_of, monkeypatch)
        turned, verdicts, at_risk = expected(before, after)
        assert flips(found) == turned, law.on
        assert found.days_at_risk == at_risk
        counted: Counter[tuple[str, str]] = Counter()
        for row in found.verdicts().to_pylist():
            counted[row["from"], row["to"]] += row["users"]
        assert counted == verdicts
        assert days(found) == days_by_rule(before, after)
        seen += len(turned)
        assert seen or law is own


def reports(
    documents: list[dict[str, Any]], law: LawAsked, as_of: date, monkeypatch: pytest.MonkeyPatch
) -> list[Report]:
    """Return what `check` says of each case; of the law of a day, too, which it cannot be asked for."""
    checking = import_module("zaitaku_rules.judge.checking")
    monkeypatch.setattr(checking, "rules_for", partial(rules_for, on=law.on))
    told: dict[str, Any] = {"as_of": as_of, "overlays": law.overlays, "readings": law.readings}
    return [check(Case.model_validate(one), **told) for one in documents]


# ---------------------------------------------------------------- notes


@pytest.mark.parametrize(
    ("law", "month", "said"),
    [
        ("082023-hitachi", "2025-12", "082023-hitachi does not hold in 2025-12 and changes nothing"),
        ("2015-04-01+082023-hitachi", MONTH, "082023-hitachi does not hold in 2015-04-01"),
        ("082023-hitachi", "2026-02", "082023-hitachi holds from 2026-02-02 on, within this month"),
        ("commutes_per_week=2", MONTH, "no rule in force reads commutes_per_week (Z403): add Z403=on"),
        ("2015-04-01", MONTH, "the law as it stood on 2015-04-01"),
        (
            "2012-04-01",
            MONTH,
            "services that could not be used at home on that day: employment transition support",
        ),
        ("contacts_per_day=3", MONTH, None),
        ("2026-02-02+082023-hitachi", "2025-12", "the law as it stood on 2026-02-02"),
    ],
)
def test_a_law_that_does_less_than_it_seems_is_noted(law: str, month: str, said: str | None) -> None:
    own, other = LawAsked(), law_spelled(law)
    pair = own.of(FUJIEDA, month, "transition"), other.of(FUJIEDA, month, "transition")
    notes = [note.en for note in notes_on(own, other, [pair], calendar_of(month), (Counter(), Counter()), ())]
    assert [note for note in notes if note.startswith(f"B: {said}")] == notes[-1:]
    assert bool(notes) == bool(said)


def test_what_cannot_be_judged_for_lack_of_data_is_noted() -> None:
    bare = {"absent": ["provider.municipality", "emergencies"]}
    found = compare(tables(bare), MONTH, "own", "082023-hitachi")
    said = {note.en for note in found.notes}
    assert (
        "Z207 out-of-area provider agreed: users without the records it needs were not judged (A 0, B 1); "
        "not given: municipality of the provider"
    ) in said
    assert not any(note.startswith("Z206") for note in said)
    assert any(note.startswith("Z307") and note.endswith("not given: emergencies") for note in said)


# ---------------------------------------------------------------- wrong calls


@pytest.mark.parametrize("units", [None, 0, -1, True, 600.0, "600"])
def test_a_worth_needs_units(units: Any) -> None:
    with pytest.raises(InvalidCall, match="units: write the units of a day"):
        compare({}, MONTH, "own", "own", units=units, unit_price=10)


@pytest.mark.parametrize(
    "price", [None, 0, "0.0", -1, True, 10.91, "10,91", "1e1", "Infinity", "", "１０", "."]
)
def test_a_worth_needs_a_price_that_is_no_float(price: Any) -> None:
    with pytest.raises(InvalidCall, match="unit_price: write the units of a day"):
        compare({}, MONTH, "own", "own", units=600, unit_price=price)


@pytest.mark.parametrize(
    ("price", "held", "yen"),
    [
        (10, 10, 318_000),
        ("10.00", 10, 318_000),
        ("10.91", Decimal("10.91"), 346_938),
        (Decimal("11.4017"), Decimal("11.4017"), 362_574),
    ],
)
def test_yen_are_exact_and_what_is_less_than_a_yen_is_dropped(price: Any, held: Any, yen: int) -> None:
    worth = worth_of(600, price)
    assert worth is not None
    assert (worth.unit_price, type(worth.unit_price)) == (held, type(held))
    assert worth.of(53) == yen
    assert worth.of(-53) == -yen
    assert worth_of(None, None) is None


def test_yen_that_floats_would_not_tell() -> None:
    worth = worth_of(1, "0.29")
    assert worth is not None
    assert int(100 * 0.29) == 28
    assert worth.of(100) == 29
    assert worth.of(10**15) == 29 * 10**13


def test_tables_that_are_none_are_refused() -> None:
    with pytest.raises(InvalidInput):
        compare("no/such/folder", MONTH, "own", "own")


# ---------------------------------------------------------------- chunk by chunk


def test_chunks_change_nothing_of_a_comparison() -> None:
    given = tables(*USERS, {"municipality": "131016", "absent": ["wish"]})
    broken = given["days"].to_pydict()
    broken["place"][0] = broken["place"][-1] = "the moon"
    given["days"] = import_module("pyarrow").table(broken)
    told = list[tuple[int, int]]()
    for b in ASKED[-2:]:
        whole = compare(given, MONTH, "own", b, units=600, unit_price="10.91")
        parts = compare(
            given,
            MONTH,
            "own",
            b,
            units=600,
            unit_price="10.91",
            chunk=3,
            progress=lambda done, users: told.append((done, users)),
        )
        assert repr(parts) == repr(whole)
        for name in ("frame", "at_risk", "verdicts", "municipalities"):
            assert getattr(parts, name)().equals(getattr(whole, name)()), (b, name)
        assert (parts.notes, parts.rules, parts.yen) == (whole.notes, whole.rules, whole.yen)
        entries = comparison_entry(parts), comparison_entry(whole)
        assert entries[0] == entries[1]
        assert entries[0]["left_out"] == [{"table": "days", "reason": "place: unknown value", "rows": 2}]
    assert told[0] == (0, len(USERS) + 1)
    assert (len(USERS) + 1, len(USERS) + 1) in told
    assert len({done for done, _ in told}) > 4


# ---------------------------------------------------------------- the command line


@pytest.fixture
def folder(tmp_path: Path) -> str:
    pq: Any = import_module("pyarrow.parquet")
    home = tmp_path / "tables"
    home.mkdir()
    for name, table in tables(*THREE_CALLS).items():
        pq.write_table(table, home / f"{name}.parquet")
    return str(home)


def test_the_command_tells_sums_rules_and_municipalities(call: Call, folder: str) -> None:
    asked = ("compare", folder, "--month", MONTH, "--set", "contacts_per_day=3")
    done = call(*asked, "--units", "600", "--unit-price", "10", "--lang", "en")
    assert done.code == 0
    assert done.err == "judged as of: 2026-04-01\n"
    assert done.out == (
        "Two laws compared  Mar 2026  4 users  (as of 2026-04-01)\n"
        "  A  own (of each user's place, in that month)\n"
        "  B  contacts_per_day=3\n"
        "\n"
        "users whose verdict changes  2 users\n"
        "home days at risk            1 -> 54 (+53)\n"
        "yen at stake (B - A)         +318,000 (600 units of 10 yen)\n"
        "\n"
        "Rules, by size of change\n"
        "                          newly broken  no longer  newly open  days A  days B\n"
        "Z301  two contacts a day             2          -           -       1      54\n"
        "\n"
        "Municipalities, by verdicts changed\n"
        "             users  changed  days A  days B\n"
        "222143           3        1       1      36\n"
        "112241 Toda      1        1       -      18\n"
    )


@pytest.fixture
def asked_of(found: Comparison, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """Let the command give a comparison at hand, and return what it was asked for."""
    asked: dict[str, Any] = {}

    def given(source: str, month: str, law_a: LawAsked, law_b: LawAsked, **options: Any) -> Comparison:
        asked.update(source=source, month=month, laws=(law_a.name, law_b.name), **options)
        return found

    monkeypatch.setattr("zaitaku_rules.bulk.compare", given)
    return asked


@pytest.mark.parametrize(
    ("laws", "expected"),
    [
        (["--law", "2015-04-01"], ("own", "2015-04-01")),
        (["--law", "2015-04-01", "--law", "2021-04-01"], ("2015-04-01", "2021-04-01")),
        (["--set", "Z403=on"], ("own", "Z403=on")),
        (["--law", "2015-04-01", "--set", "Z403=on"], ("own", "2015-04-01+Z403=on")),
        (
            ["--law", "own", "--law", "own", "--set", "Z403=on", "--set", "contacts_per_day=3"],
            ("own", "Z403=on+contacts_per_day=3"),
        ),
    ],
)
def test_laws_and_edits_are_taken_in_order(
    call: Call, asked_of: dict[str, Any], laws: list[str], expected: tuple[str, str]
) -> None:
    done = call("compare", "tables", "--month", "R8.3", *laws, "--as-of", "2026-04-10", "--units", "5")
    assert done.code == 0
    assert asked_of["laws"] == expected
    assert (asked_of["month"], asked_of["as_of"], asked_of["units"]) == (MONTH, date(2026, 4, 10), 5)
    assert "請求に支障のある在宅利用日  1 -> 54 (+53)" in done.out
    assert "影響額(B - A)               +318,000円(1日 600単位、1単位 10円)" in done.out


@pytest.mark.usefixtures("asked_of")
def test_the_command_gives_json_and_csv(call: Call, folder: str) -> None:
    asked = (
        "compare",
        folder,
        "--month",
        MONTH,
        "--law",
        "own",
        "--law",
        "own",
        "--set",
        "contacts_per_day=3",
    )
    entry = json.loads(call(*asked, "--format", "json").out)
    assert entry["schema"] == "zaitaku-comparison/1"
    assert entry["laws"] == {"a": "own", "b": "contacts_per_day=3"}
    assert entry["home_days_at_risk"] == {"a": 1, "b": 54}
    assert (entry["users"], entry["verdicts_changed"], entry["yen"]) == (4, 2, 318_000)
    assert entry["rules"][0]["newly_broken"] == 2
    rows = list(csv.DictReader(StringIO(call(*asked, "--format", "csv").out)))
    assert rows == [{key: str(value) for key, value in row.items()} for row in entry["flips"]]
    assert len(rows) == 2


@pytest.mark.usefixtures("asked_of")
def test_the_command_writes_a_file_but_never_over_a_table(call: Call, folder: str, tmp_path: Path) -> None:
    asked = ("compare", folder, "--month", MONTH, "--law", "2015-04-01", "--lang", "en", "--output")
    assert call(*asked, "out.txt").code == 0
    assert "Rules, by size of change" in (tmp_path / "out.txt").read_text("utf-8")
    table = Path(folder) / "users.parquet"
    before = table.read_bytes()
    done = call(*asked, str(table))
    assert done.code == 2
    assert "the output is one of the inputs" in done.err
    assert table.read_bytes() == before


def always(found: Comparison) -> Callable[..., Comparison]:
    """Return a stand-in of `compare` that gives one comparison."""

    def given(*_: object, **__: object) -> Comparison:
        return found

    return given


@pytest.mark.parametrize(("lang", "said"), [("en", "Nothing differs."), ("ja", "違いはありません。")])
def test_the_command_says_where_nothing_differs(
    call: Call, pages: Pages, monkeypatch: pytest.MonkeyPatch, lang: str, said: str
) -> None:
    monkeypatch.setattr("zaitaku_rules.bulk.compare", always(against(pages, "own", "own")))
    done = call("compare", "tables", "--month", MONTH, "--law", "own", "--law", "own", "--lang", lang)
    assert done.code == 0
    assert said in done.out
    assert NUMAZU not in done.out


def test_many_municipalities_are_cut_short(call: Call, pages: Pages, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("zaitaku_rules.write.text_comparison.MOST", 2)
    monkeypatch.setattr("zaitaku_rules.bulk.compare", always(against(pages, "own", "2015-04-01")))
    out = call("compare", "tables", "--month", MONTH, "--law", "2015-04-01", "--lang", "en").out
    assert "and 5 more" in out
    assert "the law as it stood on 2015-04-01" in out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--month", MONTH], "--law: name one or two laws with --law"),
        (["--month", MONTH, *["--law", "own"] * 3], "--law: name one or two laws with --law"),
        (
            ["--month", MONTH, "--law", "082023-hitach"],
            "--law: law: neither a day nor an overlay; did you mean",
        ),
        (["--month", MONTH, "--set", "contacts_per_day"], "--law: edited: write NAME=VALUE"),
        (["--month", MONTH, "--set", "contacts_per_dai=3"], "did you mean contacts_per_day?"),
        (["--month", "2026-13", "--law", "own"], "--month: not a month"),
        (["--month", MONTH, "--law", "own", "--units", "5"], "unit_price: write the units of a day"),
        (["--month", MONTH, "--law", "own", "--units", "5", "--unit-price", "x"], "unit_price: write the"),
        (["--month", MONTH, "--law", "own", "--format", "xml"], "--format: value not known"),
        (["--law", "own"], "--month is missing"),
    ],
)
def test_a_wrong_call_is_told_in_one_line(call: Call, folder: str, arguments: list[str], said: str) -> None:
    done = call("compare", folder, "--lang", "en", *arguments)
    assert done.code == 2
    assert not done.out
    assert said in done.err
    assert done.err.count("\n") == 1


def test_rows_that_cannot_be_read_are_told(call: Call, folder: str, tmp_path: Path) -> None:
    path = tmp_path / "tables" / "daily_reports.csv"
    (tmp_path / "tables" / "daily_reports.parquet").unlink()
    path.write_text("user_id,date\nU-0,someday\n", "utf-8")
    asked = ("compare", folder, "--month", MONTH, "--law", "2015-04-01")
    entry = json.loads(call(*asked, "--format", "json").out)
    assert [(row["table"], row["rows"]) for row in entry["left_out"]] == [("daily_reports", 1)]
    assert "U-0" not in json.dumps(entry["left_out"])


def test_rows_left_out_are_counted_in_the_text(
    call: Call, found: Comparison, monkeypatch: pytest.MonkeyPatch
) -> None:
    left = import_module("pyarrow").table({"table": ["days"], "key": ["U-1"], "reason": ["-"], "rows": [3]})
    monkeypatch.setattr("zaitaku_rules.bulk.compare", always(found.with_rows_left_out([left])))
    out = call("compare", "tables", "--month", MONTH, "--law", "2015-04-01").out
    assert "読めなかった行が 3 行あり" in out
    assert "U-1" not in out


# ---------------------------------------------------------------- in a notebook


@pytest.fixture(scope="module")
def found() -> Comparison:
    return compare(tables(*THREE_CALLS), MONTH, "own", "contacts_per_day=3", units=600, unit_price=10)


@pytest.mark.parametrize(
    ("lang", "heading"), [("en", "home days at risk"), ("ja", "請求に支障のある在宅利用日")]
)
def test_the_chart_shows_days_and_flips(found: Comparison, lang: str, heading: str) -> None:
    drawn = found.chart(lang).to_dict()
    at_risk, flipped = drawn["vconcat"]
    assert at_risk["title"] == heading
    values = at_risk["data"]["values"]
    assert [(one["law"], one["days"]) for one in values] == [("A: own", 1), ("B: contacts_per_day=3", 54)]
    assert [one["users"] for one in flipped["data"]["values"]] == [2]


def page(found: Comparison) -> str:
    """Return what a notebook shows of a comparison."""
    return str(getattr(found, "_repr_html_")())  # noqa: B009  # a notebook's name, private to checkers


def test_the_table_of_a_notebook_is_small_and_safe(found: Comparison) -> None:
    shown = page(found)
    assert "<td>Z301</td>" in shown
    assert "home days at risk 1 to 54, +318,000 yen" in shown
    assert "&lt;b&gt;" in page(replace(found, laws=("<b>", "own")))
    assert repr(found).startswith(
        "Comparison(own -> contacts_per_day=3, 2026-03: 4 users, 2 verdicts changed"
    )


def test_the_frame_goes_to_pandas(found: Comparison) -> None:
    frame = found.to_pandas()
    assert list(frame.columns) == ["code", "municipality", "from", "to", "users"]
    assert frame["users"].sum() == 2


@pytest.mark.parametrize("module", ["altair", "pandas"])
def test_a_library_that_is_not_there_is_named(
    found: Comparison, module: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(
        InvalidCall, match=rf"{module} is not installed: pip install 'zaitaku-rules\[notebook\]'"
    ):
        _ = found.chart() if module == "altair" else found.to_pandas()


def test_the_command_names_the_extra_that_is_not_there(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "zaitaku_rules.bulk", None)
    done = call("compare", "tables", "--month", MONTH, "--law", "own", "--lang", "en")
    assert done.code == 2
    assert done.err.endswith("is not installed: pip install 'zaitaku-rules[cli,bulk]'\n")

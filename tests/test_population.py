"""The synthetic nation: the same from the same seed, lawful without errors, and broken by each error."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import fields, replace
from datetime import date
from importlib import import_module
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest

from calling import Call
from test_surface import loaded_after
from zaitaku_rules import Case, InvalidCall, Report, check, rules_for
from zaitaku_rules.law import shipped_overlays
from zaitaku_rules.records.written import provider_written
from zaitaku_rules.testing import Rates, documents, population, write_population
from zaitaku_rules.testing.nation.blocks import BLOCK

pa: Any = import_module("pyarrow")
pq: Any = import_module("pyarrow.parquet")

MONTH = "2026-06"
LOCAL = sorted({name[:6] for name in shipped_overlays() if name[:6].isdigit()})
SETTLED_BY_THE_CITY = {"contact_channels", "monthly_places", "selection_at_home"}
"""Questions that may leave a lawful month open: chat in Sapporo, visits in Okazaki, selection at home."""


def whole(chunks: Iterator[dict[str, Any]]) -> dict[str, Any]:
    """Return the tables of all chunks as one, with plain texts in the place of dictionaries."""
    held = list(chunks)
    return {name: pa.concat_tables([_plain(tables[name]) for tables in held]) for name in held[0]}


def _plain(table: Any) -> Any:
    types = [
        field.type.value_type if pa.types.is_dictionary(field.type) else field.type for field in table.schema
    ]
    names = table.schema.names
    return table.cast(pa.schema(list(zip(names, types, strict=True)), metadata=table.schema.metadata))


def values(tables: dict[str, Any], table: str, column: str) -> list[Any]:
    """Return a column of a table as a list."""
    found: list[Any] = tables[table][column].to_pylist()
    return found


def judged(rates: Rates, *, users: int = 300, month: str = MONTH, **options: Any) -> Iterator[Report]:
    as_of: date | None = options.pop("as_of", None)
    for tables in population(1, users, month, rates=rates, **options):
        for document in documents(tables):
            yield check(Case.model_validate(document), as_of=as_of)


def test_the_same_seed_gives_the_same_rows_whatever_the_chunks() -> None:
    users = BLOCK + 700
    once, again, other = (
        whole(population(seed, users, MONTH, chunk=chunk))
        for seed, chunk in ((1, 50_000), (1, 333), (2, 50_000))
    )
    whole_blocks = whole(population(1, users, MONTH, chunk=BLOCK))
    for name in once:
        assert once[name].equals(again[name]), name
        assert once[name].equals(whole_blocks[name]), name
        assert not once[name].equals(other[name]), name
    assert once["users"].num_rows == users


def test_chunks_hold_whole_offices_and_rows_follow_their_users() -> None:
    chunks = list(population(1, 1_000, MONTH, chunk=100))
    assert all(100 <= tables["users"].num_rows < 140 for tables in chunks[:-1])
    for tables in chunks:
        here = set(tables["providers"]["provider_number"].to_pylist())
        assert set(tables["users"]["provider_number"].to_pylist()) == here
        for name, table in tables.items():
            if "user_id" in table.schema.names:
                ids = table["user_id"].to_pylist()
                assert ids == sorted(ids), name


def test_who_people_are_lasts_from_month_to_month() -> None:
    june, july = (whole(population(1, 200, month)) for month in ("2026-06", "2026-07"))
    for name in ("user_id", "provider_number", "municipality", "birth_date", "wish_reason"):
        assert values(june, "users", name) == values(july, "users", name)
    assert june["providers"].cast(july["providers"].schema).equals(july["providers"])
    assert values(june, "days", "date") != values(july, "days", "date")
    routine = [{(one, day.weekday()) for one, day in used(tables)} for tables in (june, july)]
    assert len(routine[0] & routine[1]) > 0.95 * len(routine[0])


def used(tables: dict[str, Any]) -> Iterator[tuple[str, date]]:
    """Return users and the dates on which they used the service."""
    return zip(values(tables, "days", "user_id"), values(tables, "days", "date"), strict=True)


@pytest.mark.parametrize("month", ["2021-04", "2024-02", "2026-06"])
def test_without_errors_every_month_is_lawful_in_the_nation(month: str) -> None:
    verdicts = Counter(lawful(judged(Rates.none(), users=300 if month == MONTH else 100, month=month)))
    assert verdicts["kept"] > 0.8 * verdicts.total()


@pytest.mark.parametrize("month", ["2021-04", "2026-02", "2026-12"])
def test_without_errors_every_month_is_lawful_in_the_cities(month: str) -> None:
    verdicts: Counter[str] = Counter()
    for city in LOCAL:
        verdicts.update(lawful(judged(Rates.none(), users=6, month=month, municipalities=[city])))
    assert verdicts["kept"] > 0.8 * verdicts.total()


def lawful(reports: Iterable[Report]) -> Iterator[str]:
    """Return the verdicts of reports in which nothing is broken and only questions to the city are open."""
    for report in reports:
        for rule in report.rules:
            asked = {one.parameter for one in rule.settle}
            assert rule.status != "broken", (report.user, rule.code)
            assert rule.status != "open" or (asked and asked <= SETTLED_BY_THE_CITY), (report.user, rule.code)
        yield report.verdict


# The rate, the rules that it breaks, those that it leaves open; where; the table whose users are looked at.
ERRORS = [
    ("wish_late", "Z101", "", "131041", "days"),
    ("approval_lapsed", "Z102", "", "131041", "days"),
    ("certificate_silent", "Z102", "", "252026", "days"),
    ("decision_lapsed", "Z103", "", "131041", "days"),
    ("notification_unaccepted", "Z104", "", "132128", "days"),
    ("plan_silent", "Z105", "", "131041", "days"),
    ("plan_unsigned", "Z105", "", "282090", "days"),
    ("ground_unclear", "", "Z106", "082023", "days"),
    ("readiness_missing", "Z201 Z202 Z203 Z204 Z205", "", "131041", "days"),
    ("second_contact_missing", "Z301", "", "131041", "days"),
    ("contact_unanswered", "Z301", "", "131041", "days"),
    ("contact_unsaid", "", "Z301", "131041", "days"),
    ("contact_one_way", "Z301", "", "131041", "days"),
    ("contact_repeated", "Z301", "", "131041", "days"),
    ("contact_doubled", "", "", "131041", "days"),
    ("contacts_close", "Z903", "", "131041", "days"),
    ("contact_without_use", "Z901", "", "131041", "days"),
    ("contact_recorded_early", "Z906", "", "131041", "days"),
    ("report_missing", "Z302", "", "131041", "days"),
    ("report_shifted", "Z302", "", "131041", "days"),
    ("report_late", "Z904", "", "131041", "days"),
    ("activity_blank", "Z303", "", "131041", "days"),
    ("activity_absent", "", "Z303", "131041", "days"),
    ("recordings_absent", "Z304", "", "131041", "days"),
    ("recording_unsecured", "Z304", "", "082023", "recordings"),
    ("consent_missing", "Z305", "", "131041", "recordings"),
    ("inquiry_unanswered", "Z306", "", "131041", "inquiries"),
    ("emergency_unattended", "Z307", "", "082023", "emergencies"),
    ("weekly_missing", "Z401", "", "131041", "days"),
    ("visit_joint", "", "Z401", "131041", "days"),
    ("assessment_missing", "Z402", "", "131041", "days"),
    ("assessment_by_phone", "Z402", "", "131041", "days"),
    ("allotment_exceeded", "Z501", "", "131041", "days"),
    ("home_in_hospital", "Z502", "", "131041", "days"),
    # A used day that is claimed as an absence is not claimed as used.
    ("addition_on_use_day", "Z503 Z702", "", "131041", "days"),
    ("life_support_elsewhere", "Z504", "", "131041", "life_support_days"),
    ("record_not_submitted", "Z601", "", "352021", "days"),
    ("claimed_without_use", "Z701", "", "131041", "days"),
    ("use_not_claimed", "Z702", "", "131041", "days"),
    ("places_overlap", "Z902", "", "131041", "days"),
    ("commute_evaluation_at_home", "Z905", "", "131041", "days"),
]


def test_every_error_is_tried() -> None:
    assert [error[0] for error in ERRORS] == [one.name for one in fields(Rates)]


@pytest.mark.parametrize(
    ("rate", "broken", "left_open", "city", "table"), ERRORS, ids=lambda value: str(value)[:30]
)
def test_each_error_alone_breaks_its_rule_and_no_other(
    rate: str, broken: str, left_open: str, city: str, table: str
) -> None:
    always = replace(Rates.none(), **{rate: 1.0})
    services = {"continuation_b": 1.0}
    users = 60 if table == "days" else 400
    (tables,) = population(1, users, MONTH, municipalities=[city], services=services, rates=always)
    # The lapse of an approval touches days of life support, too, which have an error of their own.
    those = [
        one for one in documents(tables) if one[table] and (table != "days" or not one["life_support_days"])
    ]
    found: dict[str, set[str]] = {"broken": set(), "open": set()}
    hit = 0
    for document in those[:48:4]:
        report = check(Case.model_validate(document), as_of=date(2026, 7, 20))
        codes = {
            rule.status: {one.code for one in report.rules if one.status == rule.status}
            for rule in report.rules
        }
        hit += bool(codes.get("broken") or codes.get("open"))
        for status in found:
            found[status] |= codes.get(status, set())
    assert found["broken"] <= set(broken.split())
    assert bool(found["broken"]) is bool(broken)
    assert found["open"] == set(left_open.split())
    assert (hit > 0) is bool(broken or left_open)


def test_the_numbers_are_those_of_a_nation() -> None:
    users = 4_000
    tables = whole(population(7, users, MONTH))
    per_user = {name: table.num_rows / users for name, table in tables.items()}
    assert 17 < per_user["days"] < 19
    assert 31 < per_user["contacts"] < 34
    assert 13 < per_user["daily_reports"] < 15
    assert 4.5 < per_user["evaluations"] < 6
    local = sum(code in LOCAL for code in values(tables, "users", "municipality"))
    assert 0.15 < local / users < 0.25
    services = Counter(values(tables, "providers", "service"))
    assert services.most_common(1)[0][0] == "continuation_b"
    offices = Counter(values(tables, "users", "provider_number"))
    assert min(offices.values()) >= 5
    assert max(offices.values()) <= 40
    weeks = Counter(day.weekday() for day in values(tables, "days", "date"))
    assert weeks[6] == 0
    assert 0 < weeks[5] < weeks[0] / 5
    assert all(day.month == 6 for day in values(tables, "days", "date"))


def test_nobody_is_absent_on_a_day_of_use() -> None:
    tables = whole(population(1, 1_000, MONTH))
    missed = zip(values(tables, "absences", "user_id"), values(tables, "absences", "date"), strict=True)
    assert not set(missed) & set(used(tables))


def test_a_wrong_evaluation_does_not_take_another_away() -> None:
    def weeks(rates: Rates) -> set[tuple[str, int]]:
        rows = whole(population(1, 1_000, MONTH, rates=rates))["evaluations"].to_pylist()
        return {(row["user_id"], row["date"].isocalendar().week) for row in rows}

    assert weeks(replace(Rates.none(), commute_evaluation_at_home=1.0)) == weeks(Rates.none())


def test_holidays_are_days_off_for_most_offices() -> None:
    days = Counter(values(whole(population(1, 1_000, "2026-05")), "days", "date"))
    assert days[date(2026, 5, 4)] < days[date(2026, 5, 11)] / 5


def test_no_number_is_that_of_a_real_office() -> None:
    numbers = whole(population(1, 2 * BLOCK, MONTH))["providers"]["provider_number"].to_pylist()
    assert len(set(numbers)) == len(numbers)
    for number in numbers:
        assert provider_written(number) == number
        assert 51 <= int(number[:2]) <= 97, "no prefecture has such a code"


def test_the_cities_ask_for_what_their_law_says() -> None:
    documents_of = {
        city: [
            one
            for tables in population(1, 40, MONTH, municipalities=[city], rates=Rates.none())
            for one in documents(tables)
        ]
        for city in ("082023", "132128", "352021", "261009")
    }
    for one in documents_of["082023"]:
        home = {row["date"] for row in one["days"] if row["place"] in ("home", "satellite")}
        assert {row["date"] for row in one["recordings"]} == home
    assert all(
        any(row["place"] == "office" for row in one["days"]) for one in documents_of["132128"] if one["days"]
    )
    assert all(one["submissions"] for one in documents_of["352021"] if one["days"])
    assert any(len(one["notifications"]) == 2 for one in documents_of["261009"])
    assert rules_for("352021", MONTH, "continuation_b").rules["Z601"].in_force


def test_a_folder_appears_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "nation"
    counts = write_population(folder, 1, 300, MONTH, chunk=100)
    written = {path.stem: pq.read_table(path) for path in folder.iterdir()}
    assert {name: table.num_rows for name, table in written.items()} == counts
    memory = whole(population(1, 300, MONTH))
    for name, table in written.items():
        assert _plain(table).equals(memory[name]), name
    assert pq.ParquetFile(folder / "contacts.parquet").num_row_groups == 3
    kept = list(documents(memory))
    assert list(documents(written)) == kept
    assert [key for key, _ in groupby(one["user"]["id"] for one in kept)] == [
        f"S-{n:07d}" for n in range(1, 301)
    ]

    def failing(*_: Any, **__: Any) -> Any:
        raise OSError(28, "no space")

    monkeypatch.setattr(pq.ParquetWriter, "write_table", failing)
    with pytest.raises(OSError, match="no space"):
        write_population(folder, 2, 10, MONTH, force=True)
    with pytest.raises(OSError, match="no space"):
        write_population(tmp_path / "other", 2, 10, MONTH)
    assert [path.name for path in tmp_path.iterdir()] == ["nation"]
    assert pq.read_table(folder / "users.parquet").num_rows == 300


def test_the_older_folder_comes_back_where_the_new_one_cannot_take_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, rename = tmp_path / "nation", Path.rename
    write_population(folder, 1, 20, MONTH)

    def failing(path: Path, target: Path) -> Path:
        if path.suffix == ".part":
            raise OSError(13, "denied")
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", failing)
    with pytest.raises(OSError, match="denied"):
        write_population(folder, 1, 30, MONTH, force=True)
    assert [path.name for path in tmp_path.iterdir()] == ["nation"]
    assert pq.read_table(folder / "users.parquet").num_rows == 20


@pytest.mark.parametrize(
    "wrong",
    [
        {"users": 0},
        {"seed": -1},
        {"month": "2021-03"},
        {"month": "June"},
        {"chunk": 0},
        {"local_share": 1.5},
        {"municipalities": ["123456"]},
        {"municipalities": []},
        {"services": {"continuation_c": 1.0}},
        {"services": {"selection": 0.0}},
    ],
    ids=str,
)
def test_a_wrong_argument_is_told_at_once(wrong: dict[str, Any]) -> None:
    asked: dict[str, Any] = {"seed": 1, "users": 10, "month": MONTH, **wrong}
    with pytest.raises(InvalidCall):
        population(**asked)


def test_a_rate_is_a_probability() -> None:
    with pytest.raises(InvalidCall, match="report_late"):
        Rates(report_late=1.1)


ASKED = ("simulate", "--users", "60", "--month", MONTH, "--output", "nation", "--lang", "en")


def test_the_command_writes_a_folder(call: Call, tmp_path: Path) -> None:
    done = call(*ASKED)
    assert (done.code, done.out) == (0, "")
    assert "wrote 20 tables to nation (60 users, " in done.err
    first = pq.read_table(tmp_path / "nation" / "days.parquet")
    assert call(*ASKED, "--force", "--seed", "1").code == 0
    assert pq.read_table(tmp_path / "nation" / "days.parquet").equals(first)
    assert call(*ASKED, "--force", "--seed", "2").code == 0
    assert not pq.read_table(tmp_path / "nation" / "days.parquet").equals(first)


def test_the_command_refuses_to_write_over_what_is_there(call: Call, tmp_path: Path) -> None:
    assert call(*ASKED).code == 0
    refused = call(*ASKED)
    assert refused.code == 2
    assert "nation: the folder is not empty" in refused.err
    (tmp_path / "nation" / "letter.txt").write_text("mine", encoding="utf-8")
    forced = call(*ASKED, "--force")
    assert forced.code == 2
    assert "holds other things" in forced.err
    assert (tmp_path / "nation" / "letter.txt").read_text(encoding="utf-8") == "mine"
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    assert "not a folder" in call(*ASKED[:5], "--output", "file", "--lang", "en").err
    assert "cannot be written" in call(*ASKED[:5], "--output", "file/nation", "--lang", "en").err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--month", MONTH, "--output", "x"), "--users is missing"),
        (("--users", "5", "--month", "2026-13", "--output", "x"), "--month: not a month"),
        (("--users", "5", "--month", "2020-01", "--output", "x"), "from 2021-04 on"),
        (("--users", "0", "--month", MONTH, "--output", "x"), "users: write a number from 1"),
    ],
)
def test_a_wrong_call_is_told_in_one_line(
    call: Call, tmp_path: Path, arguments: tuple[str, ...], said: str
) -> None:
    done = call("simulate", *arguments, "--lang", "en")
    assert done.code == 2
    assert said in done.err
    assert done.err.count("\n") == 1
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("lacking", ["numpy", "pyarrow"])
def test_without_the_extra_the_command_says_what_to_install(lacking: str, tmp_path: Path) -> None:
    without = f"import sys; sys.modules[{lacking!r}] = None"
    code = f"{without}\nfrom zaitaku_rules.cli import main\nsys.exit(main({list(ASKED)!r}))"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, cwd=tmp_path
    )
    assert done.returncode == 2
    assert done.stderr.splitlines() == [f"{lacking} is not installed: pip install 'zaitaku-rules[cli,bulk]'"]
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("code", ["import zaitaku_rules.testing", "import zaitaku_rules.cli.app"])
def test_only_who_asks_for_a_population_loads_the_extra(code: str) -> None:
    assert not loaded_after(code) & {"numpy", "pyarrow"}

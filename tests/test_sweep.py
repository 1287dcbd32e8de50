"""`sweep` on tables: files written whole, bad rows set aside, one plain line for whatever is wrong."""

from __future__ import annotations

import csv
import json
import re
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from brute.months import provider_number
from calling import Call
from zaitaku_rules import Case, InvalidInput, UnreadableFile, check
from zaitaku_rules.bulk import sweep, sweep_to_files
from zaitaku_rules.bulk.engine_errors import engine_errors_told
from zaitaku_rules.bulk.engines import pa, pc, pq
from zaitaku_rules.bulk.file_sweep import Swept
from zaitaku_rules.bulk.forms import text_form
from zaitaku_rules.bulk.whole_files import SweepFiles
from zaitaku_rules.records.shapes import Column

NAME, SECRET = "山田太郎", "体調の記録"
MONTH = "2026-02"
OFFICES = {"main": provider_number("081230001"), "other": provider_number("081230002")}
Rows = list[dict[str, Any]]


def user(number: int, **fields: Any) -> dict[str, Any]:
    own = {"user_id": f"U-{number}", "municipality": "131016", "provider_number": OFFICES["main"]}
    return {**own, "name": NAME, "birth_date": "H2.4.1", "wish_on": "2025-04-01"} | fields


def nation() -> dict[str, Rows]:
    """Return six users with a home day, contacts and reports; the last three lack a contact."""
    people = [user(number) for number in range(1, 7)]
    days = [
        {"user_id": f"U-{number}", "date": f"2026-02-{day:02d}", "place": "home", "support": SECRET}
        for number in range(1, 7)
        for day in (2, 3)
    ]
    contacts = [
        {"user_id": row["user_id"], "at": f"{row['date']}T{hour}:00", "channel": "phone"}
        for row in days
        for hour in ("09", "15")
        if hour == "09" or row["user_id"] < "U-4"
    ]
    reports = [{"user_id": row["user_id"], "date": row["date"]} for row in days]
    offices = [{"provider_number": OFFICES["main"], "service": "continuation_b", "municipality": "131016"}]
    return {
        "users": people,
        "providers": offices,
        "days": days,
        "contacts": contacts,
        "daily_reports": reports,
    }


def put(folder: Path, tables: dict[str, Rows], encoding: str = "utf-8") -> Path:
    folder.mkdir(exist_ok=True)
    for name, rows in tables.items():
        columns = list(dict.fromkeys(column for row in rows for column in row))
        with (folder / f"{name}.csv").open("w", encoding=encoding, newline="") as stream:
            writer = csv.DictWriter(stream, columns)
            writer.writeheader()
            writer.writerows(rows)
    return folder


def findings_of(found: Swept) -> dict[tuple[str, str], dict[str, Any]]:
    return {(row["user_id"], row["code"]): row for row in pq.read_table(found.files.findings).to_pylist()}


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


@pytest.fixture(scope="module")
def bad(tmp_path_factory: pytest.TempPathFactory) -> Swept:
    """Sweep the nation with bad rows in one chunk."""
    folder = tmp_path_factory.mktemp("bad")
    (folder / "out").mkdir()
    return sweep_to_files(put(folder / "tables", with_bad_rows()), MONTH, folder / "out" / "x", every=True)


# Files


def test_the_files_say_what_was_found(call: Call) -> None:
    folder = put(Path("tables"), nation())
    called = call("sweep", str(folder), "--month", "R8.2", "--output", "found", "--lang", "en")
    assert called.code == 1
    assert called.out == ""
    assert called.err == (
        "judged 6 users as of 2026-03-01: 3 broken, 3 open, 0 kept, 0 idle; "
        "wrote found.parquet and found.summary.json\n"
    )
    assert {path.name for path in Path().iterdir()} == {"tables", "found.parquet", "found.summary.json"}
    summary = json.loads(Path("found.summary.json").read_text("utf-8"))
    assert summary["verdicts"] == {"kept": 0, "broken": 3, "open": 3, "idle": 0}
    assert (summary["home_days"], summary["home_days_at_risk"]) == (12, 6)
    (place,) = summary["municipalities"]
    z301 = {"code": "Z301", "kept": 3, "broken": 3, "open": 0, "idle": 0, "waived": 0, "not_run": 0}
    rules = {entry["code"]: entry for entry in place["rules"]}
    assert rules["Z301"] == {**z301, "severity": "payment", "home_days_at_risk": 6}
    assert summary["left_out"] == []
    receipt = summary["receipt"]
    assert receipt["rulesets"][0]["ruleset"] == ["national"]
    assert len(receipt["rulesets"][0]["ruleset_sha256"]) == 64
    assert any("Z201 (readiness)" in note for note in receipt["notes"])
    rows = pq.read_table("found.parquet").to_pylist()
    assert {row["status"] for row in rows} <= {"broken", "open", "waived"}
    assert [row["user_id"] for row in rows if row["code"] == "Z301"] == ["U-4", "U-5", "U-6"]


def test_nothing_broken_is_exit_0_and_all_writes_every_rule(call: Call) -> None:
    tables = nation()
    tables["users"] = tables["users"][:2]
    for name in ("days", "contacts", "daily_reports"):
        tables[name] = [row for row in tables[name] if row["user_id"] < "U-3"]
    folder = put(Path("tables"), tables)
    assert call("sweep", str(folder), "--month", MONTH, "--output", "x.parquet", "--all").code == 0
    table = pq.read_table("x.parquet")
    assert table.num_rows == 2 * len(set(table["code"].to_pylist()))
    assert "kept" in table["status"].to_pylist()


def test_chunks_and_repetition_change_no_byte(tmp_path: Path, bad: Swept) -> None:
    source = put(tmp_path / "tables", with_bad_rows())
    told: list[tuple[int, int]] = []

    def progress(done: int, users: int) -> None:
        told.append((done, users))

    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        sweep_to_files(source, MONTH, tmp_path / name / "x", every=True, chunk=5, progress=progress)
    a, b, once = (contents(folder) for folder in (tmp_path / "a", tmp_path / "b", bad.files.findings.parent))
    assert a == b
    assert a["x.left_out.csv"] != once["x.left_out.csv"], "in one chunk the order is another"
    assert sorted(a["x.left_out.csv"].splitlines()) == sorted(once["x.left_out.csv"].splitlines())
    assert a["x.summary.json"] == once["x.summary.json"]
    chunked = pq.read_table(tmp_path / "a" / "x.parquet").to_pylist()
    assert {(row["user_id"], row["code"]): row for row in chunked} == findings_of(bad)
    assert [done for done, _ in told] == [0, 4, 6, 0, 4, 6]


def test_nothing_is_left_of_a_sweep_that_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = put(tmp_path / "tables", nation())
    out = tmp_path / "out"
    out.mkdir()
    sweep_to_files(source, MONTH, out / "x")
    before = contents(out)

    def interrupted(done: int, _users: int) -> None:
        if done:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        sweep_to_files(source, MONTH, out / "x", every=True, progress=interrupted)
    assert contents(out) == before

    def full(*_: object) -> None:
        raise OSError(28, "no space")

    monkeypatch.setattr("zaitaku_rules.bulk.file_sweep.write_summary", full)
    with pytest.raises(OSError, match="no space"):
        sweep_to_files(source, MONTH, out / "x", every=True)
    assert contents(out) == before


def test_left_out_rows_of_an_earlier_sweep_do_not_stay(tmp_path: Path) -> None:
    (tmp_path / "x.left_out.csv").write_text("old")
    sweep_to_files(put(tmp_path / "tables", nation()), MONTH, tmp_path / "x")
    assert not (tmp_path / "x.left_out.csv").exists()


@pytest.mark.parametrize("name", ["x.csv", "tables/x", "none/x", ""])
def test_a_wrong_place_is_told_before_any_work(call: Call, name: str) -> None:
    folder = put(Path("tables"), {"users": []} | nation())
    before = contents(folder)
    called = call("sweep", str(folder), "--month", MONTH, "--output", name)
    assert called.code == 2
    assert len(called.err.splitlines()) == 1
    assert contents(folder) == before
    assert not list(Path().glob("x*"))


# Bad rows


def with_bad_rows() -> dict[str, Rows]:
    """Return the nation with one bad row of each kind."""
    tables = nation()
    tables["users"] += [
        user(7, municipality="131017"),
        user(8, provider_number=OFFICES["other"]),
        user(9),
        user(9, municipality="082023"),
        user(10, birth_date="R8.2.30"),
        user(1),
    ]
    tables["days"] += [
        {"user_id": "U-1", "date": "2026-02-04", "place": NAME},
        {"user_id": "", "date": "2026-02-04", "place": "home"},
        {"user_id": "U-99", "date": "2026-02-04", "place": "home"},
        {"user_id": "U-7", "date": "2026-02-04", "place": "home"},
        {"user_id": "U-2", "date": "2026-02-05", "place": "home", "start": "15:00", "end": "09:00"},
    ]
    tables["contacts"] += [{"user_id": "U-4", "at": f"2026-02-02 {SECRET}", "channel": "phone"}]
    tables["approvals"] = [
        {"user_id": f"U-{number}", "kind": "home_use", "from": "2025-04-01", "to": end}
        for number, end in enumerate(["2026-03-31", "2026-03-31", "2024-03-31"], 4)
    ]
    return tables


def test_bad_rows_are_counted_set_aside_and_do_not_stop_the_run(bad: Swept) -> None:
    found = bad
    said = {(row["table"], row["reason"]): (row["rows"], row["keys"]) for row in found.summary["left_out"]}
    assert said == {
        ("users", "municipality: not a code"): (1, 1),
        ("users", "provider_number: not in providers"): (1, 1),
        ("users", "user_id: stands twice"): (2, 1),
        ("users", "birth_date: not a date"): (1, 1),
        ("days", "place: unknown value"): (1, 1),
        ("days", "user_id: missing"): (1, 1),
        ("days", "user_id: not in users"): (1, 1),
        ("days", "end: before start"): (1, 1),
        ("contacts", "at: not a moment"): (1, 1),
        ("approvals", "to: before from"): (1, 1),
    }
    assert found.summary["users"] == 6
    with found.files.left_out.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert {"table": "days", "key_column": "user_id", "key": "U-99", "rows": "1"}.items() <= next(
        row for row in rows if row["reason"] == "user_id: not in users"
    ).items()
    text = found.files.left_out.read_text("utf-8") + found.files.summary.read_text("utf-8")
    assert NAME not in text
    assert SECRET not in text


def test_a_list_with_an_unreadable_row_says_nothing_of_what_is_missing(bad: Swept) -> None:
    found = findings_of(bad)
    assert found["U-4", "Z301"]["status"] == "open", "a contact of U-4 cannot be read"
    assert found["U-5", "Z301"]["status"] == "broken"
    assert found["U-5", "Z102"]["status"] == "kept"
    assert found["U-6", "Z102"]["status"] == "not_run", "an approval of U-6 cannot be read"
    assert found["U-3", "Z102"]["status"] == "broken", "U-3 has none"


@pytest.mark.parametrize("encoding", ["utf-8", "cp932"])
def test_a_line_of_another_width_is_left_out_and_told_by_its_number(tmp_path: Path, encoding: str) -> None:
    tables = nation()
    folder = put(tmp_path / "tables", tables, encoding)
    contacts = folder / "contacts.csv"
    heading, *lines = contacts.read_text(encoding).splitlines()
    names = heading.split(",")
    first = next(number for number, line in enumerate(lines) if "U-4" in line)
    # An unquoted comma, a line cut off, a foot note; a text of two lines counts as two.
    lines[first] += f",{NAME}"
    lines.insert(first, "U-5")
    lines.append("合計")
    contacts.write_text("\n".join([heading, *lines, ""]), encoding)
    swept = {
        chunk: sweep_to_files(folder, MONTH, tmp_path / f"{chunk}", every=True, chunk=chunk)
        for chunk in (2, 99)
    }
    for found in swept.values():
        (said,) = found.summary["left_out"]
        assert said == {"table": "contacts", "reason": "wrong number of columns", "rows": 3, "keys": 3}
        with found.files.left_out.open(encoding="utf-8", newline="") as stream:
            rows = list(csv.DictReader(stream))
        numbers = [(row["key"], row["line"]) for row in rows]
        last = len(lines) + 1
        key = {"user_id": "合計"}.get(names[0], "")
        assert numbers == [("U-5", f"{first + 2}"), ("U-4", f"{first + 3}"), (key, f"{last}")]
        assert NAME not in found.files.left_out.read_text("utf-8")
        known = findings_of(found)
        assert known["U-4", "Z301"]["status"] == "open", "a contact of U-4 may have been lost"
    assert findings_of(swept[2]) == findings_of(swept[99])


def test_days_that_an_unreadable_waiver_may_have_waived_are_open(tmp_path: Path) -> None:
    tables = nation()
    waiver = {"authority": "市", "document": "x", "reason": SECRET, "from": "2026-02-01", "to": "2026-02-28"}
    tables["evaluations"] = [
        {"user_id": "U-6", "date": "2026-02-03", "means": "commute", "covers": "both"},
    ]
    tables["waivers"] = [
        {"user_id": "U-1", "rule": "Z402", **waiver},
        {"user_id": "U-2", "rule": "Z402", **waiver, "to": "someday"},
        {"user_id": "U-3", "rule": "Z402", **waiver, "to": "2026-02-02"},
        {"user_id": "U-3", "rule": "Z301", **waiver},
        {"user_id": "U-5", "rule": "Z403", **waiver},
        {"user_id": "U-6", "rule": "", **waiver},
    ]
    found = sweep_to_files(put(tmp_path / "tables", tables), MONTH, tmp_path / "x", every=True)
    both, second = [date(2026, 2, 2), date(2026, 2, 3)], [date(2026, 2, 3)]
    judged = findings_of(found)
    said = {
        f"U-{number}": [judged[f"U-{number}", "Z402"][name] for name in ("status", "days", "open_days")]
        for number in range(1, 7)
    }
    assert said == {
        "U-1": ["waived", [], []],
        "U-2": ["open", [], both],
        "U-3": ["open", [], second],
        "U-4": ["broken", both, []],
        "U-5": ["broken", both, []],
        "U-6": ["kept", [], []],
    }
    assert judged["U-2", "Z401"]["status"] == "broken", "no other rule can be waived"
    assert [(row["reason"], row["rows"]) for row in found.summary["left_out"]] == [
        ("rule: missing", 1),
        ("rule: unknown value", 1),
        ("to: not a date", 1),
    ]


def test_an_unreadable_row_of_an_office_is_known_in_every_chunk(tmp_path: Path) -> None:
    tables = nation()
    tables["readiness"] = [
        {"provider_number": row["provider_number"], "kind": "operating_rules", "from": "someday"}
        for row in tables["providers"]
    ]
    source = put(tmp_path / "tables", tables)
    swept = [
        findings_of(sweep_to_files(source, MONTH, tmp_path / "x", every=True, chunk=chunk))
        for chunk in (2, 99)
    ]
    assert {status["status"] for (_, code), status in swept[0].items() if code == "Z201"} == {"not_run"}
    assert swept[0] == swept[1]


# Values and files as they come


def test_dates_may_be_written_as_offices_write_them(tmp_path: Path) -> None:
    plain = nation()
    written = nation()
    for row in written["days"]:
        row["date"] = f"令和８年２月{int(row['date'][-2:])}日"
    for number, row in enumerate(written["contacts"]):
        day, hour = int(row["at"][8:10]), int(row["at"][11:13])
        row["at"] = [
            f"R8.2.{day} {hour}:00",
            f"2026-02-{day:02d}T{hour - 9:02d}:00Z",
            f"2026-02-{day:02d} {hour:02d}:00:00+09:00",
            f"2026-02-{day:02d}T{hour - 1:02d}:00+0800",
        ][number % 4]
    first = sweep(put(tmp_path / "plain", plain), MONTH, every=True)
    second = sweep(put(tmp_path / "written", written, "utf-8-sig"), MONTH, every=True)
    assert first.num_rows > 0
    assert first.equals(second)


def test_a_file_of_excel_in_japan_is_read(tmp_path: Path) -> None:
    tables = nation()
    tables["days"][0] |= {"activity": "データ入力\n封入", "support": "声かけ, 電話"}
    first = sweep(put(tmp_path / "utf8", tables), MONTH, every=True)
    assert first.equals(sweep(put(tmp_path / "cp932", tables, "cp932"), MONTH, every=True))


def test_a_database_file_is_read_and_not_changed(tmp_path: Path, call: Call) -> None:
    import duckdb

    put(tmp_path / "tables", nation())
    base = tmp_path / "nation.db"
    with duckdb.connect(str(base)) as connection:
        for name in nation():
            connection.execute(f"CREATE TABLE {name} AS FROM read_csv('{tmp_path}/tables/{name}.csv')")
    before = base.read_bytes()
    assert call("sweep", f"duckdb:///{base}", "--month", MONTH, "--output", "x").code == 1
    assert base.read_bytes() == before
    called = call("sweep", f"duckdb:///{tmp_path}/none.db", "--month", MONTH, "--output", "y")
    assert called.code == 2
    assert not (tmp_path / "none.db").exists()


def test_a_failed_connection_shows_no_password(call: Call) -> None:
    address = f"postgres://user:{SECRET}@127.0.0.1:1/x"
    called = call("sweep", address, "--month", MONTH, "--output", "x", "--lang", "en")
    assert called.code == 2
    assert called.err.startswith("postgres: no connection to the database")
    assert SECRET not in called.err


def with_column(table: str, column: str) -> dict[str, Rows]:
    tables = nation()
    tables[table] = [{**row, column: NAME} for row in tables[table]]
    return tables


def without(table: str, column: str) -> dict[str, Rows]:
    tables = nation()
    tables[table] = [{name: value for name, value in row.items() if name != column} for row in tables[table]]
    return tables


@pytest.mark.parametrize(
    ("tables", "said"),
    [
        (with_column("days", "plase"), "days.plase: table days has no such column; did you mean place?"),
        (without("contacts", "channel"), "contacts.channel: table contacts lacks the column channel"),
        ({"users": nation()["users"]}, "no table providers: users and providers are needed"),
        (nation() | {"dayz": nation()["days"]}, "dayz: no table has that name; did you mean days?"),
        ({}, "tables: no tables here: put one file for each table, such as users.parquet or users.csv"),
    ],
    ids=["extra column", "missing column", "no providers", "unknown table", "empty folder"],
)
def test_wrong_tables_are_told_in_one_line(call: Call, tables: dict[str, Rows], said: str) -> None:
    folder = put(Path("tables"), tables)
    called = call("sweep", str(folder), "--month", MONTH, "--output", "x", "--lang", "en")
    assert (called.code, called.err) == (2, said + "\n")
    assert [path.name for path in Path().iterdir()] == ["tables"]


def spoilt(path: Path, where: str) -> None:
    """Write a Parquet file whose end or middle is not what Parquet wants."""
    rows = [{key: row.get(key) for key in ("user_id", "date", "place")} for row in nation()["days"]]
    pq.write_table(pa.Table.from_pylist(rows), path, compression="none", use_dictionary=False)
    data = bytearray(path.read_bytes())
    span = slice(4, 120) if where == "middle" else slice(-8, None)
    data[span] = b"\xff" * len(data[span])
    path.write_bytes(data)


@pytest.mark.parametrize(
    ("name", "content", "place"),
    [
        ("days.parquet", "end", "days.parquet"),
        ("days.parquet", "middle", "days.parquet|"),
        ("days.csv", f'user_id,date,place\nU-1,2026-02-02,home\nU-2,,"ho"{NAME}"\n', "days.csv:3"),
        ("days.csv", f"user_id,date,place\nU-2,2026-02-02,home,{NAME},3\n", "days.csv:2"),
        ("days.csv", "", "days.csv"),
        ("days.csv", "date,date\n", "days.csv"),
        ("days.csv", b"user_id,date,place\n\xff\xff\xff\n", "days.csv"),
    ],
)
def test_a_corrupt_file_is_told_in_one_line(call: Call, name: str, content: str | bytes, place: str) -> None:
    folder = put(Path("tables"), {key: rows for key, rows in nation().items() if key != "days"})
    if content in ("end", "middle"):
        spoilt(folder / name, str(content))
    else:
        (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    called = call("sweep", str(folder), "--month", MONTH, "--output", "x", "--lang", "en")
    assert called.code == 2
    assert re.fullmatch(rf"({place}): [^\n]*\n" if "|" not in place else r"[^\n]*\n", called.err), called.err
    assert NAME not in called.err
    assert "internal error" not in called.err
    assert not list(Path().glob("*x*"))


def test_two_files_of_one_table_are_an_error(tmp_path: Path) -> None:
    folder = put(tmp_path / "tables", nation())
    spoilt(folder / "days.parquet", "end")
    with pytest.raises(InvalidInput, match="two files hold the same table"):
        sweep(folder, MONTH)
    shutil.rmtree(folder)
    with pytest.raises(UnreadableFile, match="no such folder"):
        sweep(folder, MONTH)


def test_the_names_of_the_files() -> None:
    for name in ("a/x", "a/x.parquet"):
        assert [str(path) for path in SweepFiles.beside(name).every] == [
            "a/x.parquet",
            "a/x.summary.json",
            "a/x.left_out.csv",
        ]


@pytest.mark.parametrize(
    ("column", "text", "value"),
    [
        ("start", "９:05", None),
        ("start", "０９:05", "09:05"),
        ("month", "R8.2", "2026-02"),
        ("days_per_month", "２３", "23"),
        ("days_per_month", "32", None),
        ("provider", "０８１２３０００１０", "0812300010"),
        ("provider", "0812300011", None),
        ("municipality", "13101", "131016"),
    ],
)
def test_texts_are_read_as_in_a_case(column: str, text: str, value: str | None) -> None:
    form = text_form(Column(column, "text", False))
    assert form is not None
    assert form.read(text) == value


def test_a_sweep_of_files_says_what_check_says(tmp_path: Path) -> None:
    tables = nation()
    found = findings_of(sweep_to_files(put(tmp_path / "tables", tables), MONTH, tmp_path / "x", every=True))
    for number in (1, 5):
        key = f"U-{number}"
        rows = {
            name: [{k: v for k, v in row.items() if k != "user_id"} for row in table if row["user_id"] == key]
            for name, table in tables.items()
            if name not in ("users", "providers")
        }
        document = {
            "schema": "zaitaku-case/1",
            "month": MONTH,
            "user": {"id": key, "municipality": "131016", "wish": {"on": "2025-04-01"}},
            "provider": {"number": OFFICES["main"], "service": "continuation_b", "municipality": "131016"},
            **rows,
        }
        for rule in check(Case.model_validate(document)).rules:
            row = found[key, rule.code]
            assert (row["status"], tuple(row["days"])) == (rule.status, rule.days), (key, rule.code)


def test_a_sweep_in_memory_tells_what_was_left_out() -> None:
    tables = {name: pa.Table.from_pylist(rows) for name, rows in nation().items()}
    texts = pa.array([moment + ":00" for moment in tables["contacts"]["at"].to_pylist()])
    moments = pc.assume_timezone(texts.cast(pa.timestamp("us")), "Asia/Tokyo")
    tables["contacts"] = tables["contacts"].set_column(1, "at", moments)
    days = [*nation()["days"], {"user_id": "U-1", "date": "2026-02-30", "place": "home"}]
    tables["days"] = pa.Table.from_pylist(days)
    found = sweep(tables, MONTH)
    z301 = {row["user_id"]: row["status"] for row in found.to_pylist() if row["code"] == "Z301"}
    assert z301 == {"U-1": "open", "U-4": "broken", "U-5": "broken", "U-6": "broken"}
    (left_out,) = json.loads(found.schema.metadata[b"left_out"])
    assert left_out == {"table": "days", "reason": "date: not a date", "rows": 1, "keys": 1}
    assert found.schema.metadata[b"as_of"] == b"2026-03-01"


def test_a_nation_without_anybody_has_no_findings(tmp_path: Path) -> None:
    folder = put(tmp_path / "tables", nation() | {"approvals": [], "days": []})
    for name, heading in {
        "users": "user_id,municipality,provider_number",
        "days": "user_id,date,place",
        "approvals": "user_id,kind,from",
    }.items():
        (folder / f"{name}.csv").write_text(f"{heading}\n")
    found = sweep_to_files(folder, MONTH, tmp_path / "x", every=True)
    assert (found.summary["users"], found.summary["findings"]) == (0, 0)
    assert pq.read_table(found.files.findings).num_rows == 0
    reasons = {(entry["table"], entry["reason"]) for entry in found.summary["left_out"]}
    assert reasons == {("contacts", "user_id: not in users"), ("daily_reports", "user_id: not in users")}


def test_a_provider_that_stands_twice_is_nobodys(tmp_path: Path) -> None:
    tables = nation()
    tables["providers"] += [{**tables["providers"][0], "service": "transition"}]
    found = sweep_to_files(put(tmp_path / "tables", tables), MONTH, tmp_path / "x")
    assert found.summary["users"] == 0
    reasons = {(entry["table"], entry["reason"], entry["rows"]) for entry in found.summary["left_out"]}
    assert reasons == {
        ("providers", "provider_number: stands twice", 2),
        ("users", "provider_number: not in providers", 6),
    }


def test_a_coverage_of_one_user_is_of_that_user_alone(tmp_path: Path) -> None:
    tables = nation()
    stated = {"source": "contacts", "from": "2026-02-01", "through": "2026-02-28", "user_id": "U-4"}
    tables |= {"coverage": [stated]}
    del tables["contacts"]
    source = put(tmp_path / "tables", tables)
    for chunk in (2, 100):
        found = findings_of(sweep_to_files(source, MONTH, tmp_path / "x", every=True, chunk=chunk))
        assert found["U-4", "Z301"]["status"] == "broken"
        assert found["U-3", "Z301"]["status"] == "not_run"


@pytest.mark.parametrize(
    ("message", "kind"),
    [
        ("Query interrupted", KeyboardInterrupt),
        ("Python exception occurred while executing the UDF: KeyboardInterrupt: ", KeyboardInterrupt),
        ("Python exception occurred while executing the UDF: SystemExit: 143", SystemExit),
        (f"CSV Error on Line: 3\nOriginal Line: {SECRET}\n  file = /a/days.csv\n", UnreadableFile),
    ],
)
def test_what_an_engine_says_is_told_plainly(message: str, kind: type[BaseException]) -> None:
    error = type("InvalidInputException", (Exception,), {"__module__": "_duckdb"})
    with pytest.raises(kind) as raised, engine_errors_told():
        raise error(message)
    if kind is UnreadableFile:
        assert str(raised.value).startswith("days.csv:3: ")
        assert SECRET not in str(raised.value)

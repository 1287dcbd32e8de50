"""A folder of tables on the command line: CSV and Parquet as offices have them, and their faults."""

from __future__ import annotations

import copy
import csv
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from as_csv import changed, put_csv
from as_tables import tables_of
from calling import Call
from test_case_documents import full
from zaitaku_rules import Case, InvalidCall, InvalidInput
from zaitaku_rules.bulk.engines import pa, pq
from zaitaku_rules.read import csv_lines, read_cases


def two() -> list[dict[str, Any]]:
    other = copy.deepcopy(full())
    other["user"]["id"] = "U-002"
    return [full(), other]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return put_csv(tmp_path / "month", *two())


def hashes(folder: Path) -> list[str]:
    found = [case for _, case in read_cases(str(folder))]
    assert all(isinstance(case, Case) for case in found), found
    return [case.sha256 for case in found if isinstance(case, Case)]


def errors(folder: Path) -> list[str]:
    return [case.said_in("en") for _, case in read_cases(str(folder)) if isinstance(case, InvalidInput)]


def test_a_folder_is_judged_user_by_user(call: Call, folder: Path) -> None:
    told = call("check", str(folder), "--format", "json")
    assert told.code == 1
    assert [one["user"] for one in json.loads(told.out)] == ["U-001", "U-002"]
    direct = call(
        "check", write(folder.parent / "case.json", full()), "--format", "json", "--as-of", "2025-05-03"
    )
    for one, other in zip(json.loads(told.out)[0]["rules"], json.loads(direct.out)["rules"], strict=True):
        assert (one["code"], one["status"], one["days"]) == (other["code"], other["status"], other["days"])


def write(path: Path, document: dict[str, Any]) -> str:
    path.write_text(json.dumps(document), "utf-8")
    return str(path)


@pytest.mark.parametrize(
    ("encoding", "newline"), [("utf-8-sig", "\r\n"), ("cp932", "\r\n"), ("utf-16", "\n")]
)
def test_encodings_and_line_ends_make_no_difference(folder: Path, encoding: str, newline: str) -> None:
    other = put_csv(folder.parent / "other", *two(), encoding=encoding, newline=newline)
    assert hashes(other) == hashes(folder)


def test_parquet_gives_the_same_cases_as_csv(folder: Path) -> None:
    other = folder.parent / "parquet"
    (other / "contacts").mkdir(parents=True)
    for name, rows in tables_of(two()).items():
        target = other / name / "part-0.parquet" if name == "contacts" else other / f"{name}.parquet"
        pq.write_table(typed(rows), target)
    assert hashes(other) == hashes(folder)


def typed(rows: Any) -> Any:
    """Return a table with its days and moments as such, as a program that knows types writes it."""
    for place, field in enumerate(rows.schema):
        if field.name in ("date", "from", "to", "on", "through", "wish_on"):
            rows = rows.set_column(place, field.name, rows[field.name].cast(pa.date32()))
        if field.name == "at":
            rows = rows.set_column(place, field.name, rows[field.name].cast(pa.timestamp("us")))
    return rows


def test_a_bad_row_costs_its_case_and_leaves_the_others(call: Call, folder: Path) -> None:
    changed(folder / "contacts.csv", "phone", "fone")
    told = call("check", str(folder), "--format", "jsonl", "--lang", "en")
    assert told.code == 2
    first, second = map(json.loads, told.out.splitlines())
    assert first["schema"] == "zaitaku-error/1"
    assert first["place"] == f"{folder}/contacts.csv:2"
    assert second["user"] == "U-002"
    assert told.err.startswith(f"{folder}/contacts.csv:2: channel: value not known; did you mean phone?")


def test_a_line_of_another_width_is_told_and_costs_the_case_it_names(folder: Path) -> None:
    changed(folder / "contacts.csv", ",phone,", ",phone,x,")
    (error,) = errors(folder)
    assert error.startswith(f"{folder}/contacts.csv:2: 9 columns where the heading has 8")
    assert len(hashes_of_the_good(folder)) == 1


def hashes_of_the_good(folder: Path) -> list[str]:
    return [case.sha256 for _, case in read_cases(str(folder)) if isinstance(case, Case)]


def test_lines_are_counted_as_an_editor_counts_them(folder: Path) -> None:
    path = folder / "days.csv"
    with path.open(newline="") as stream:
        names, *rows = csv.reader(stream)
    at = names.index("support")
    rows[0][at] = "one\ntwo, with a comma"
    rows[2][names.index("place")] = "moon"
    with path.open("w", newline="") as stream:
        csv.writer(stream).writerows([names, rows[0], [""] * len(names), *rows[1:]])
    assert errors(folder)[0].startswith(f"{folder}/days.csv:6: place: value not known")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "contacts.csv: empty"),
        (b'user_id,at,channel\nU-001,"2025-04-01T09:30,phone\n', "contacts.csv:2: a quotation mark"),
        (b"user_id,at,channel\nU-001,\x81\n", "contacts.csv:2: the encoding is not UTF-8, CP932"),
        (b"user_id,at\0,channel\n", "contacts.csv: not a text file"),
        (b"user_id,at,chanel\n", "contacts.csv:1: unknown column (chanel); did you mean channel?"),
    ],
)
def test_a_file_that_is_no_table_is_told(folder: Path, content: bytes, said: str) -> None:
    (folder / "contacts.csv").write_bytes(content)
    assert f"{folder}/{said}" in errors(folder)[0]
    assert hashes_of_the_good(folder) == []


def test_a_file_that_is_too_large_is_told(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csv_lines, "LARGEST", 10)
    assert "zaitaku sweep" in errors(folder)[0]


def test_a_parquet_file_that_is_none_is_told(folder: Path) -> None:
    (folder / "contacts.csv").unlink()
    (folder / "contacts.parquet").write_bytes(b"PAR1")
    assert "contacts.parquet: cannot be read as Parquet" in errors(folder)[0]


def test_the_same_table_in_two_files_is_told(folder: Path) -> None:
    pq.write_table(tables_of([full()])["contacts"], folder / "contacts.parquet")
    assert "contacts is given twice" in errors(folder)[0]


def test_parquet_without_its_extra_says_what_to_install(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pq.write_table(tables_of([full()])["contacts"], folder / "absences.parquet")
    monkeypatch.setitem(sys.modules, "pyarrow.parquet", None)
    with pytest.raises(InvalidCall, match=r"zaitaku-rules\[bulk\]"):
        errors(folder)


def test_a_month_narrows_folders_and_files(call: Call, folder: Path) -> None:
    file = write(folder.parent / "case.json", full())
    for path in (str(folder), file):
        assert call("check", path, "--month", "R7.4").code == 1
        told = call("check", path, "--month", "2025-05", "--lang", "en")
        assert (told.code, told.out) == (2, "")
        assert "2025-04" in told.err
        assert call("due", path, "--month", "2025-04").code == 0
    assert "month" in call("check", file, "--month", "13", "--lang", "en").err


def test_verify_reads_a_folder(call: Call, folder: Path) -> None:
    report = folder.parent / "report.json"
    call("check", str(folder), "--format", "json", "--output", str(report))
    assert call("verify", str(report), str(folder)).code == 0


def test_no_output_is_written_over_a_table(call: Call, folder: Path) -> None:
    told = call("check", str(folder), "--output", str(folder / "users.csv"), "--lang", "en")
    assert (told.code, told.out) == (2, "")
    assert "one of the inputs" in told.err


@pytest.mark.parametrize(
    ("name", "said"),
    [("book.xlsx", "workbook"), ("days.csv", "--mapping"), ("empty", "a folder without tables")],
)
def test_what_cannot_be_read_as_cases_says_what_can(call: Call, tmp_path: Path, name: str, said: str) -> None:
    if name == "empty":
        (tmp_path / name).mkdir()
    else:
        (tmp_path / name).write_text("x")
    told = call("check", name, "--lang", "en")
    assert (told.code, told.out) == (2, "")
    assert said in told.err

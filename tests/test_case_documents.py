"""Tables back to case documents, and the persons billed read from a folder of tables."""

from __future__ import annotations

import copy
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from as_tables import tables_of
from calling import Call
from test_parity import a_month_of_users
from test_reconcile import CERTIFICATE, CITY, DAYS, OFFICE, USER, logged, place
from zaitaku_rules import Case, InvalidCall, InvalidInput, check, reconcile
from zaitaku_rules.billing import BillingReport
from zaitaku_rules.bulk.case_documents import case_documents
from zaitaku_rules.bulk.engines import arrow_csv, pa, pq
from zaitaku_rules.bulk.left_out import LeftOutCounts
from zaitaku_rules.testing.kokuhoren import OfficeMonth, Person, claims_file, records_file

Document = dict[str, Any]


@pytest.mark.parametrize("seed", range(12))
def test_documents_come_back_from_their_tables(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    documents, call = a_month_of_users(seed, monkeypatch, users=9)
    counts = LeftOutCounts()
    asked = {document["user"]["id"] for document in documents[1:]}
    back = list(case_documents(tables_of(documents), documents[0]["month"], asked, counts, chunk=5))
    assert counts.entries() == []
    assert [document["user"]["id"] for document in back] == sorted(asked)
    for given, found in zip(documents[1:], back, strict=True):
        assert {*found} - {"coverage"} == {name for name in given if given[name] is not None} - {"coverage"}
        assert judged(found, call) == judged(given, call), seed


def judged(document: Document, call: Document) -> list[tuple[Any, ...]]:
    report = check(Case.model_validate(document), **call)
    return [(rule.code, rule.status, rule.severity, rule.days, rule.open_days) for rule in report.rules]


def full(**fields: Any) -> Document:
    """Return a document with a row of each kind that tables write in their own way."""
    more: Document = {
        "evaluations": [{"date": "2025-04-09", "covers": ["weekly", "achievement"], "means": "visit"}],
        "submissions": [{"kind": "monthly_record", "month": "2025-04", "on": "2025-05-02"}],
        "readiness": [{"kind": "operating_rules", "from": "2025-04-01"}],
        "planned_days": [],
        "waivers": [
            {
                "rule": "Z403", "authority": "A-1", "document": "D-1", "reason": "R-1",
                "from": "2025-04-01", "to": "2025-04-30",
            }
        ],
        "coverage": {"contacts": {"from": "2025-04-01", "through": "2025-04-20"}},
    }  # fmt: skip
    document = logged(**more, **fields)
    document["user"]["wish"] = {"on": "2025-03-01", "reason": "本人の希望"}
    document["provider"]["menu"] = ["データ入力"]
    return document


def test_a_document_comes_back_as_it_was() -> None:
    document = full()
    (back,) = case_documents(tables_of([document]), "2025-04", [USER], LeftOutCounts())
    given, found = Case.model_validate(document), Case.model_validate(back)
    assert found.model_dump() == given.model_dump()
    assert "recordings" not in back
    assert back["planned_days"] == []


def test_a_row_that_cannot_be_read_leaves_its_list_absent_for_its_user_alone() -> None:
    other = copy.deepcopy(full())
    other["user"]["id"] = "U-002"
    tables = tables_of([full(), other])
    broken = tables["contacts"].to_pylist()
    broken[0]["channel"] = "pigeon"
    tables["contacts"] = pa.Table.from_pylist(broken, tables["contacts"].schema)
    tables["providers"] = tables["providers"].slice(0, 1)
    counts = LeftOutCounts()
    first, second = case_documents(tables, "2025-04", [USER, "U-002"], counts, chunk=1)
    assert "contacts" not in first
    assert "coverage" not in first
    assert "contacts" in second
    assert [(entry["table"], entry["rows"]) for entry in counts.entries()] == [("contacts", 1)]


def test_a_user_whose_waiver_cannot_be_read_has_no_document() -> None:
    other = copy.deepcopy(full())
    other["user"]["id"] = "U-002"
    tables = tables_of([full(), other])
    tables["providers"] = tables["providers"].slice(0, 1)
    rows = tables["waivers"].to_pylist()
    next(row for row in rows if row["user_id"] == USER)["to"] = "soon"
    tables["waivers"] = pa.Table.from_pylist(rows, tables["waivers"].schema)
    counts = LeftOutCounts()
    (only,) = case_documents(tables, "2025-04", [USER, "U-002"], counts)
    assert only["user"]["id"] == "U-002"
    assert [entry["table"] for entry in counts.entries()] == ["waivers"]


@pytest.mark.parametrize(("user", "doubted"), [(USER, {USER}), (None, {USER, "U-002"})])
def test_a_coverage_that_cannot_be_read_may_speak_of_any_event(user: str | None, doubted: set[str]) -> None:
    other = copy.deepcopy(full())
    other["user"]["id"] = "U-002"
    tables = tables_of([full(), other])
    tables["providers"] = tables["providers"].slice(0, 1)
    rows = [{"source": "days", "from": "2025-04-01", "through": "soon", "user_id": user}]
    tables["coverage"] = pa.Table.from_pylist(rows, tables["coverage"].schema)
    found = case_documents(tables, "2025-04", [USER, "U-002"], LeftOutCounts())
    assert {one["user"]["id"] for one in found if "days" not in one and "readiness" in one} == doubted


def test_a_user_without_a_provider_or_twice_has_no_document() -> None:
    other = copy.deepcopy(full())
    other["user"]["id"] = "U-002"
    tables = tables_of([full(), other])
    tables["providers"] = tables["providers"].slice(0, 0)
    twice = tables["users"].to_pylist()
    twice[1] |= {"user_id": "U-002", "municipality": "131016"}
    tables["users"] = pa.Table.from_pylist([*twice, {**twice[1], "name": "-"}], tables["users"].schema)
    counts = LeftOutCounts()
    assert list(case_documents(tables, "2025-04", [USER, "U-002"], counts)) == []
    found = {entry["reason"]: entry["rows"] for entry in counts.entries()}
    assert found == {"provider_number: not in providers": 1, "user_id: stands twice": 2}


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """Two persons billed: of one the log is known, with a home day billed as an absence; one in no table."""
    people = [Person(number, CITY, "46", DAYS) for number in (CERTIFICATE, "9999000002")]
    month = OfficeMonth(OFFICE, "202504", tuple(people))
    (tmp_path / "J61.CSV").write_bytes(records_file(month).to_bytes())
    (tmp_path / "J11.CSV").write_bytes(claims_file(month).to_bytes())
    (tmp_path / "map.csv").write_text(f"{CERTIFICATE},{USER}\n9999000002,U-404\n")
    return tmp_path


def put_tables(folder: Path, documents: list[Document], suffix: str) -> Path:
    folder.mkdir()
    for name, rows in tables_of(documents).items():
        if suffix == "parquet":
            pq.write_table(rows, folder / f"{name}.parquet")
        else:
            listed = [field.name for field in rows.schema if pa.types.is_list(field.type)]
            arrow_csv.write_csv(rows.drop_columns(listed), folder / f"{name}.csv")
    return folder


def log() -> list[Document]:
    """Return the log of the person billed, and of one who is not."""
    # In order of the day, as the way back writes them: so the cases have the same hash too.
    used = sorted([*logged()["days"], place(8)], key=lambda row: row["date"])
    of_person = logged(days=used)
    other = copy.deepcopy(of_person)
    other["user"]["id"] = "U-900"
    return [of_person, other]


def said_of(report: BillingReport | Document) -> Any:
    """Return what is said of persons, with the reports of their cases."""
    found = report if isinstance(report, dict) else json.loads(report.to_json())
    assert found["persons"]
    return found["persons"], found["unmatched"], found["home_use"], found["verdict"]


@pytest.mark.parametrize("suffix", ["parquet", "csv"])
def test_tables_say_of_the_persons_billed_what_case_files_say(call: Call, office: Path, suffix: str) -> None:
    tables = put_tables(office / "tables", log(), suffix)
    (office / "U-001.json").write_text(json.dumps(log()[0]))
    files = [office / "J61.CSV", office / "J11.CSV"]
    by_case = reconcile(files, Case.model_validate(log()[0]), office / "map.csv")
    assert said_of(reconcile(files, tables, office / "map.csv")) == said_of(by_case)
    asked = [
        "billing",
        *map(str, files),
        "--map",
        str(office / "map.csv"),
        "--format",
        "json",
        "--lang",
        "en",
    ]
    of_tables = call(*asked, "--cases", str(tables))
    of_case = call(*asked, "--cases", str(office / "U-001.json"))
    assert of_tables.code == of_case.code == 1
    assert said_of(json.loads(of_tables.out)) == said_of(json.loads(of_case.out)) == said_of(by_case)
    assert of_tables.err == of_case.err


def test_rows_left_out_are_told_without_whose_they_are(office: Path) -> None:
    tables = put_tables(office / "tables", log(), "csv")
    (tables / "contacts.csv").write_text(f"user_id,at,channel\n{USER},soon,phone\nU-900,soon,phone\n")
    report = reconcile([office / "J61.CSV"], tables, office / "map.csv")
    (told,) = [note.en for note in report.notes if "left out" in note.en]
    assert told.startswith("rows of the tables that cannot be read: 1, ")
    assert told.endswith("(contacts 1)")
    assert CERTIFICATE not in told
    assert USER not in told


def test_users_that_no_table_names_are_persons_without_a_log(call: Call, office: Path) -> None:
    tables = put_tables(office / "tables", log(), "parquet")
    (office / "map.csv").write_text("9999000002,U-404\n")
    files = ["billing", str(office / "J61.CSV"), "--lang", "en", "--map", str(office / "map.csv")]
    told = call(*files, "--cases", str(tables), "--format", "json")
    assert told.code == 0
    assert sorted(one["reason"] for one in json.loads(told.out)["unmatched"]) == ["no_case", "no_user"]


def test_no_output_is_written_over_a_table(call: Call, office: Path) -> None:
    tables = put_tables(office / "tables", log(), "csv")
    asked = ["billing", str(office / "J61.CSV"), "--lang", "en", "--cases", str(tables)]
    for option in (["--output"], ["--claimed-days"]):
        told = call(*asked, *option, str(tables / "users.csv"))
        assert (told.code, told.out) == (2, "")
        assert "input" in told.err


def test_a_folder_that_holds_no_tables_is_refused(office: Path) -> None:
    (office / "empty").mkdir()
    with pytest.raises(InvalidInput, match="no tables here"):
        reconcile([office / "J61.CSV"], office / "empty", office / "map.csv")


def test_without_the_extra_the_error_says_what_to_install(
    office: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tables = put_tables(office / "tables", log(), "csv")
    monkeypatch.setitem(sys.modules, "ibis", None)
    for name in [name for name in sys.modules if name.startswith("zaitaku_rules.bulk")]:
        monkeypatch.delitem(sys.modules, name)
    with pytest.raises(InvalidCall, match=r"zaitaku-rules\[bulk\]"):
        reconcile([office / "J61.CSV"], tables, office / "map.csv")

"""A workbook with its findings: the copy holds all that the workbook held, and what was found beside it."""

from __future__ import annotations

import gc
import json
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from calling import Call
from workbook_making import EXAMPLE, NAME, opened, saved, two_users
from zaitaku_rules.write.excel import checked

COPY = "checked.xlsx"


@pytest.fixture
def broken() -> Any:
    """A workbook in which the first user lacks a contact on the 2nd, and the second has an unreadable row."""
    book = two_users()
    for cell in book["連絡"][5]:
        cell.value = None
    rows = [row for row in range(4, 90) if book["連絡"].cell(row, 1).value == "U-302"]
    book["連絡"].cell(rows[0], 5).value = "手紙"
    book["連絡"]["L3"] = "職員の覚え"
    book["連絡"]["L6"] = "=1+1"
    return book


def values(sheet: Any) -> dict[str, Any]:
    return {
        cell.coordinate: cell.value for row in sheet.iter_rows() for cell in row if cell.value is not None
    }


def column_of(sheet: Any, heading: str, row: int = 3) -> dict[int, Any]:
    """Return the cells below a heading by row."""
    number = next(cell.column for cell in sheet[row] if cell.value == heading)
    below = ((cell.row, cell.value) for cell in sheet[sheet.cell(1, number).column_letter])
    return {one: value for one, value in below if one > row and value is not None}


def test_the_copy_keeps_what_the_workbook_holds_and_adds_a_column(broken: Any, call: Call) -> None:
    Path(NAME).write_bytes(saved(broken))
    before = Path(NAME).read_bytes()
    found = call("check", NAME, "--format", "xlsx", "--output", COPY)
    assert found.code == 2
    assert Path(NAME).read_bytes() == before
    given, copy = opened(NAME), opened(COPY)
    assert copy.sheetnames == ["判定結果", "判定の内容", *given.sheetnames]
    for sheet in given.worksheets:
        held = values(copy[sheet.title])
        assert {cell: held.get(cell) for cell in values(sheet)} == values(sheet), sheet.title
        widths = {name: one.width for name, one in sheet.column_dimensions.items()}
        assert {name: copy[sheet.title].column_dimensions[name].width for name in widths} == widths
        kept = copy[sheet.title].data_validations.dataValidation
        assert [one.sqref for one in kept] == [one.sqref for one in sheet.data_validations.dataValidation]
        assert copy[sheet.title].protection.sheet == sheet.protection.sheet
        assert copy[sheet.title].freeze_panes == sheet.freeze_panes
    assert copy.defined_names.keys() == given.defined_names.keys()


def test_findings_stand_beside_the_rows_they_speak_of(broken: Any, call: Call) -> None:
    Path(NAME).write_bytes(saved(broken))
    call("check", NAME, "--format", "xlsx", "--output", COPY)
    copy = opened(COPY)
    use, contacts, users = (column_of(copy[title], "判定") for title in ("利用記録", "連絡", "利用者"))
    assert copy["連絡"]["M3"].value == "判定"
    assert use[4] == "✗ 不適合 Z301 1日2回の連絡"
    assert use[5] == "✓ 問題なし"
    assert contacts[4] == "✗ 不適合 Z301 1日2回の連絡"
    assert users == {4: "✗ 不適合  /  請求に支障: 3/2(月)"}
    [(row, unread)] = [(row, text) for row, text in contacts.items() if text.startswith("!")]
    assert unread.startswith(f"! 読めません E{row}: 使えない言葉です。")
    assert copy["連絡"].cell(4, 13).fill.start_color.rgb == "FFF9D6D2"


def test_the_sheets_of_results_have_a_row_for_each_user_and_finding(broken: Any, call: Call) -> None:
    Path(NAME).write_bytes(saved(broken))
    call("check", NAME, "--format", "xlsx", "--output", COPY)
    copy = opened(COPY)
    results = copy["判定結果"]
    assert column_of(results, "判定")[4] == "✗ 不適合"
    assert column_of(results, "判定")[5] == "! 読めません"
    assert column_of(results, "利用者")[4] == "U-301"
    assert column_of(results, "請求に支障のある日")[4] == "3/2(月)"
    assert "連絡!E" in column_of(results, "読んだ所")[5]
    findings = copy["判定の内容"]
    assert column_of(findings, "規則")[4] == "Z301"
    assert column_of(findings, "日付")[4] == "3/2(月)"
    assert "過誤申立" in column_of(findings, "直すには")[4]


def test_checking_the_copy_gives_the_same_and_puts_the_column_in_its_place(broken: Any, call: Call) -> None:
    Path(NAME).write_bytes(saved(broken))
    first = call("check", NAME, "--format", "jsonl")
    call("check", NAME, "--format", "xlsx", "--output", COPY)
    again = call("check", COPY, "--format", "jsonl")
    assert again.out.replace(COPY, NAME) == first.out
    book = opened(COPY)
    for cell, value in zip(
        book["連絡"][5][:5], ("U-301", date(2026, 3, 2), None, "15:00", "電話"), strict=True
    ):
        cell.value = value
    book.save("mended.xlsx")
    call("check", "mended.xlsx", "--format", "xlsx", "--output", "again.xlsx")
    copy = opened("again.xlsx")
    assert copy.sheetnames.count("判定結果") == 1
    assert [cell.value for cell in copy["連絡"][3]].count("判定") == 1
    assert column_of(copy["利用記録"], "判定")[4] == "✓ 問題なし"
    assert 4 not in column_of(copy["連絡"], "判定")


def test_a_sheet_of_the_office_with_the_name_of_the_results_is_kept(call: Call) -> None:
    book = two_users()
    book.create_sheet("判定結果")["A1"] = "市の監査"
    book.save(NAME)
    assert call("check", NAME, "--format", "xlsx", "--output", COPY).code == 0
    copy = opened(COPY)
    assert copy["※判定結果"]["A1"].value == "市の監査"
    assert copy["判定結果"]["A1"].value == "判定結果"


def test_cases_that_are_no_workbook_give_the_results_alone(call: Call) -> None:
    found = call("check", str(EXAMPLE), "--format", "xlsx", "--output", COPY, "--lang", "en")
    assert found.code == 0
    book = opened(COPY)
    assert book.sheetnames == ["Results", "Findings"]
    assert column_of(book["Results"], "Verdict")[4] == "✓ kept"


def test_what_is_due_stands_in_the_results(call: Call) -> None:
    running = EXAMPLE.with_name("running-month.json")
    assert call("check", str(running), "--format", "xlsx", "--output", COPY).code < 2
    due = column_of(opened(COPY)["判定結果"], "これからの期限")[4]
    assert due.splitlines()[0] == "Z301 1日2回の連絡 3/18(水)まで"


def test_text_of_a_case_is_no_formula_in_the_results(call: Call) -> None:
    one = json.loads(EXAMPLE.read_text("utf-8"))
    one["user"]["id"] = "=1+1"
    Path("case.json").write_text(json.dumps(one), "utf-8")
    call("check", "case.json", "--format", "xlsx", "--output", COPY)
    cell = opened(COPY)["判定結果"]["B4"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "--output: --format xlsx needs --output FILE.xlsx"),
        (["--output", NAME], "month.xlsx: the output is one of the inputs: choose another name"),
        (["--output", "checked.csv"], "checked.csv: let the name of the file end in .xlsx"),
        (["--output", "checked.xlsm"], "checked.xlsm: let the name of the file end in .xlsx"),
        (["--output", "no/checked.xlsx"], "no/checked.xlsx: cannot be written"),
    ],
)
def test_a_wrong_output_is_told_and_nothing_is_written(call: Call, arguments: list[str], said: str) -> None:
    two_users().save(NAME)
    before = Path(NAME).read_bytes()
    found = call("check", NAME, "--format", "xlsx", "--lang", "en", *arguments)
    assert (found.code, found.out) == (2, "")
    assert found.err.splitlines()[-1].startswith(said), found.err
    assert [path.name for path in Path().iterdir()] == [NAME]
    assert Path(NAME).read_bytes() == before


def test_macros_are_kept_where_the_copy_may_hold_them(call: Call) -> None:
    two_users().save("month.xlsm")
    for target in ("checked.xlsm", "checked.xlsx"):
        assert call("check", "month.xlsm", "--format", "xlsx", "--output", target).code == 0
        assert opened(target).sheetnames[0] == "判定結果"
    gc.collect()  # an archive left open would complain here, as it might at a user's prompt


def test_it_is_said_that_pictures_and_charts_are_not_in_the_copy(call: Call) -> None:
    book = two_users()
    charts: Any = import_module("openpyxl.chart")
    chart = charts.BarChart()
    chart.add_data(charts.Reference(book["利用者"], min_col=1, min_row=3, max_row=5))
    book["利用者"].add_chart(chart, "J3")
    book.save(NAME)
    found = call("check", NAME, "--format", "xlsx", "--output", COPY)
    assert found.code == 0
    assert checked.LOST.ja in found.err


def test_a_day_that_no_rule_could_judge_is_marked_with_the_rules_that_lack_a_list(call: Call) -> None:
    book = two_users()
    del book["音声・動画等"]
    book.save(NAME)
    assert call("check", NAME, "--format", "xlsx", "--output", COPY).code == 0
    assert column_of(opened(COPY)["利用記録"], "判定")[4] == "? 未確定 資料なし: Z304"

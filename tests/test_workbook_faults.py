"""What is wrong with a workbook is told at its cell, in its own words, and costs no more than it must."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from calling import Call
from workbook_making import NAME, changed, saved, two_users
from zaitaku_rules import Case
from zaitaku_rules.errors import Message
from zaitaku_rules.read import read_cases
from zaitaku_rules.read.workbook import opening
from zaitaku_rules.read.workbook.cells import Cell
from zaitaku_rules.read.workbook.values import moment_of, value_in

Change = Callable[[Any], object]


def put(sheet: str, cell: str, value: object) -> Change:
    return lambda book: book[sheet].__setitem__(cell, value)


def failures(change: Change, folder: Path, lang: str = "ja") -> tuple[list[str], int]:
    """Return what is said of a changed workbook, and how many cases are left."""
    path = changed(change, folder / NAME, lang)
    found = [one for _, one in read_cases(path)]
    said = [one.said_in(lang) for one in found if not isinstance(one, Case)]
    return [one.replace(f"{folder}/", "") for one in said], len(found) - len(said)


def number_in_a_date(book: Any) -> None:
    book["日報"]["B5"] = 46083
    book["日報"]["B5"].number_format = "General"


ROWS: list[tuple[Change, str]] = [
    (
        put("連絡", "E5", "田中太郎"),
        "month.xlsx 連絡!E5: 使えない言葉です。使える言葉: 電話、ビデオ通話、訪問",
    ),
    (put("連絡", "E5", "電和"), "month.xlsx 連絡!E5: 使えない言葉です。電話 のことですか。"),
    (put("連絡", "B5", "R8.13.1"), "month.xlsx 連絡!B5: 「R8.13.1 15:00」: 日時ではありません。"),
    (put("連絡", "D5", None), "month.xlsx 連絡!D5: 空です。時刻を 9:30 のように書いてください。"),
    (put("連絡", "D5", "朝"), "month.xlsx 連絡!D5: 時刻ではありません。9:30 のように書いてください。"),
    (put("連絡", "D5", "25:00"), "month.xlsx 連絡!B5: 「2026-03-02T25:00」: 日時ではありません。"),
    (put("日報", "B5", None), "month.xlsx 日報!B5: 必要な項目がありません。書き加えてください。"),
    (number_in_a_date, "month.xlsx 日報!B5: 「46083」: 日付ではなく数です。"),
    (put("日報", "B5", "=TODAY()"), "month.xlsx 日報!B5: 数式の計算結果がありません。"),
    (put("日報", "B5", "2026/2/30"), "month.xlsx 日報!B5: 「2026-02-30」: 日付ではありません。"),
    (put("利用記録", "F4", "09:00"), "month.xlsx 利用記録!4: end が start より前です。"),
    (put("支給決定", "D4", date(2020, 1, 1)), "month.xlsx 支給決定!4: 期間が逆です。"),
    (put("支給決定", "E4", 40), "month.xlsx 支給決定!E4: 「40」: 支給量ではありません。"),
    (put("利用者", "C4", "082024"), "month.xlsx 利用者!C4: 「082024」: 市町村コードではありません。"),
    (put("個別支援計画", "D4", "たぶん"), "month.xlsx 個別支援計画!D4: 使えない言葉です。使える言葉: はい、"),
    (put("評価", "D4", None), "month.xlsx 評価!D4: 必要な項目がありません。"),
]


@pytest.mark.parametrize(("change", "said"), ROWS, ids=[said.split(":")[0] for _, said in ROWS])
def test_a_bad_row_is_told_at_its_cell_and_costs_one_user(change: Change, said: str, tmp_path: Path) -> None:
    told, left = failures(change, tmp_path)
    assert len(told) == 1, told
    assert told[0].startswith(said)
    assert left == 1
    assert "田中" not in told[0]


def test_several_faults_of_a_user_are_named_together(tmp_path: Path) -> None:
    def spoil(book: Any) -> None:
        book["連絡"]["E5"] = "手紙"
        book["連絡"]["D6"] = "昼"
        book["日報"]["B4"] = "きのう"

    told, left = failures(spoil, tmp_path)
    assert len(told) == 1
    assert left == 1
    assert "(ほかに2件: " in told[0]
    assert {"連絡!E5", "連絡!D6", "日報!B4"} == {*re.findall(r"month.xlsx (\S+?![A-Z]\d)", told[0])}


def test_a_row_of_nobody_is_told_and_the_cases_stand(tmp_path: Path) -> None:
    told, left = failures(put("連絡", "A5", "123"), tmp_path)
    assert told == [
        "month.xlsx 連絡!A5: 「123」: users にありません。users に行を加えるか、user_id を直してください。"
    ]
    assert left == 2


SHEETS: list[tuple[Change, str]] = [
    (put("連絡", "E3", "手段*"), ""),
    (put("連絡", "E3", "連絡手段"), ""),
    (put("連絡", "E3", "channel"), ""),
    (put("連絡", "E3", "手段2"), "month.xlsx 連絡!E3: 知らない見出しです。「手段」のことですか。"),
    (put("連絡", "E3", "chanel"), "month.xlsx 連絡!E3: 知らない見出しです。「手段」のことですか。"),
    (put("連絡", "E3", "色"), "month.xlsx 連絡!3: 見出し「手段」がありません。書き加えてください。"),
    (put("連絡", "M3", "日付"), "month.xlsx 連絡!M3: 同じ意味の見出しが二つあります(month.xlsx 連絡!B3)。"),
    (put("連絡", "M3", "担当の部屋"), ""),
    (put("連絡", "M3", "※手段2"), ""),
    (
        lambda book: setattr(book["連絡"], "title", "連絡先"),
        "month.xlsx 連絡先: 知らないシートです。「連絡」のことですか。",
    ),
    (lambda book: setattr(book["連絡"], "title", "※連絡先"), ""),
    (lambda book: setattr(book["連絡"], "title", "contacts"), ""),
    (lambda book: book.create_sheet("Contacts"), "month.xlsx Contacts: 同じ表のシートが二つあります"),
    (lambda book: book.create_sheet("献立"), ""),
    (
        lambda book: book["連絡"].delete_rows(1, 400),
        "month.xlsx 連絡: 見出しの行が見つかりません。使える見出し: 利用者、日付",
    ),
    (put("記録の範囲", "B4", "いつか"), "month.xlsx 記録の範囲!B4: 月ではありません。"),
    (put("記録の範囲", "B5", "いつか"), "month.xlsx 記録の範囲!B5: 日付ではありません。"),
    (put("記録の範囲", "A9", "献立"), "month.xlsx 記録の範囲!A9: 知らない表です。使える名前: 支給決定"),
    (
        put("記録の範囲", "B9", "たぶん"),
        "month.xlsx 記録の範囲!B9: 一覧にない言葉です。使える言葉: この表にすべてある",
    ),
    (
        put("記録の範囲", "B9", "別の所にある(判定しない)"),
        "month.xlsx 記録の範囲!B9: 「別の所にある(判定しない)」ですが、シート 連絡 に行があります。",
    ),
    (put("記録の範囲", "C9", "ずっと"), "month.xlsx 記録の範囲!C9: 日付ではありません。"),
    (put("記録の範囲", "C9", date(2026, 3, 1)), "month.xlsx 記録の範囲!D9: 必要な項目がありません。"),
]


@pytest.mark.parametrize(("change", "said"), SHEETS, ids=range(len(SHEETS)))
def test_a_bad_sheet_is_told_and_what_is_the_offices_own_is_not_read(
    change: Change, said: str, tmp_path: Path
) -> None:
    told, left = failures(change, tmp_path)
    if said:
        assert told
        assert all(one.startswith(said) for one in told), told
        assert left == 0
    else:
        assert (told, left) == ([], 2)


def test_messages_are_in_english_too(tmp_path: Path) -> None:
    told, _ = failures(put("Contacts", "E5", "telegraf"), tmp_path, "en")
    assert told[0].startswith(
        "month.xlsx Contacts!E5: word not known; did you mean phone? (allowed: phone, video call, visit"
    )


def test_a_workbook_without_any_list_says_what_is_expected(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.save(tmp_path / NAME)
    [(_, found)] = read_cases(str(tmp_path / NAME))
    assert not isinstance(found, Case)
    assert "記録のシートがありません" in found.message.ja


def packed(parts: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return stream.getvalue()


def sound() -> bytes:
    return saved(two_users())


def without_end() -> bytes:
    return sound()[:-2000]


def torn() -> bytes:
    with zipfile.ZipFile(io.BytesIO(sound())) as given:
        parts = {name: given.read(name) for name in given.namelist()}
    return packed({name: part[:300] if name.endswith("sheet6.xml") else part for name, part in parts.items()})


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
FILES: list[tuple[str, Callable[[], bytes], str]] = [
    ("month.xlsx", lambda: b"", "Excel のブックではありません。"),
    ("month.xlsx", lambda: b"a,b\n", "Excel のブックではありません。"),
    ("month.xls", lambda: OLE, "古い形式(.xls)のブックです。"),
    ("month.xlsx", lambda: OLE + "EncryptedPackage".encode("utf-16-le"), "パスワードで開くブックです。"),
    ("month.xlsb", lambda: packed({"xl/workbook.bin": b""}), "xlsx 以外の形式(.xlsb か .ods)です。"),
    ("month.ods", lambda: packed({"mimetype": b""}), "xlsx 以外の形式(.xlsb か .ods)です。"),
    ("month.xlsx", lambda: packed({"word/document.xml": b""}), "Excel のブックではありません。"),
    ("month.xlsx", lambda: packed({"xl/workbook.xml": b"<x"}), "壊れているか"),
    (
        "month.xlsx",
        lambda: packed({"xl/workbook.xml": b"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b 'c'>]>"}),
        "壊れているか",
    ),
    ("month.xlsx", without_end, "壊れているか"),
    ("month.xlsx", torn, "壊れているか"),
]


@pytest.mark.parametrize(("name", "content", "said"), FILES, ids=range(len(FILES)))
def test_what_is_no_workbook_is_told_with_what_to_do(
    name: str, content: Callable[[], bytes], said: str, call: Call
) -> None:
    Path(name).write_bytes(content())
    found = call("check", name)
    assert (found.code, found.out) == (2, "")
    assert found.err.startswith(f"{name}: {said}"), found.err


def test_a_workbook_that_unpacks_without_end_is_not_unpacked(
    call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "LARGEST_UNPACKED", 10_000_000)
    Path(NAME).write_bytes(packed({"xl/workbook.xml": b"", "xl/worksheets/sheet1.xml": b" " * 11_000_000}))
    assert call("check", NAME).err.startswith("month.xlsx: 大きすぎるブックです。")


def test_a_workbook_of_another_name_is_told_to_be_renamed(call: Call) -> None:
    Path("book").write_bytes(sound())
    assert "名前の終わりが .xlsx のファイル" in call("check", "book").err


def test_without_openpyxl_the_extra_is_named(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    Path(NAME).write_bytes(sound())

    def missing(name: str) -> object:
        raise ModuleNotFoundError(name)

    monkeypatch.setattr("zaitaku_rules.read.workbook.engine.import_module", missing)
    for arguments in (["check", NAME], ["template", "new.xlsx", "--month", "2026-12"]):
        found = call(*arguments)
        assert found.code == 2
        assert "pip install 'zaitaku-rules[excel]'" in found.err


def test_a_million_formatted_rows_are_not_read(tmp_path: Path) -> None:
    book = two_users()
    book["連絡"]["A1048576"].number_format = "@"
    book["連絡"].cell(400, 1).value = " "
    book.save(tmp_path / NAME)
    assert all(isinstance(found, Case) for _, found in read_cases(str(tmp_path / NAME)))


CELLS: list[tuple[str, str, Cell, object]] = [
    ("days", "date", Cell(datetime(2026, 3, 2)), datetime(2026, 3, 2)),
    ("days", "date", Cell("令和８年３月２日 "), "令和8年3月2日"),
    ("days", "date", Cell("2026/3/2"), "2026-03-02"),
    ("days", "date", Cell("2026.3.2"), "2026-03-02"),
    ("contacts", "recorded_at", Cell(datetime(2026, 3, 2)), date(2026, 3, 2)),
    ("contacts", "recorded_at", Cell(datetime(2026, 3, 2, 9)), datetime(2026, 3, 2, 9)),
    ("contacts", "recorded_at", Cell("2026/3/2 9:05"), "2026-03-02 9:05"),
    ("days", "start", Cell(time(9, 30)), "09:30"),
    ("days", "start", Cell(timedelta(hours=9, minutes=5)), "09:05"),
    ("days", "start", Cell(datetime(1899, 12, 30, 9, 30)), "09:30"),
    ("days", "start", Cell("９：３０"), "09:30"),
    ("days", "start", Cell("9時5分"), "09:05"),
    ("days", "place", Cell("自宅"), "home"),
    ("days", "place", Cell(" ＨＯＭＥ "), "home"),
    ("days", "activity", Cell("なし"), " "),
    ("days", "activity", Cell("  "), None),
    ("days", "activity", Cell(None), None),
    ("assessments", "cautions", Cell("なし"), ""),
    ("providers", "menu", Cell("None"), []),
    ("users", "user_id", Cell("なし"), "なし"),
    ("plans", "states_home_use", Cell("はい"), True),
    ("plans", "states_home_use", Cell("no"), False),
    ("plans", "states_home_use", Cell("○"), "○"),
    ("plans", "states_home_use", Cell(True), True),
    ("approvals", "days_per_month", Cell("原則の日数"), "standard"),
    ("approvals", "days_per_month", Cell(20.0), 20.0),
    ("approvals", "ground", Cell("ほかの事情"), "ほかの事情"),
    ("coverage", "source", Cell("連絡"), "contacts"),
    ("submissions", "kind", Cell("月の実績"), "monthly_record"),
]


@pytest.mark.parametrize(("table", "field", "cell", "value"), CELLS)
def test_what_a_cell_says(table: str, field: str, cell: Cell, value: object) -> None:
    found = value_in(cell, table, field)
    assert found == value
    assert type(found) is type(value)


def test_an_error_of_a_formula_is_named() -> None:
    found = value_in(Cell("#REF!", is_error=True), "days", "date")
    assert isinstance(found, Message)
    assert "#REF!" in found.ja
    assert "#REF!" in found.en


def test_a_moment_stands_in_two_cells() -> None:
    assert moment_of(datetime(2026, 3, 2), "09:30") == "2026-03-02T09:30"
    assert moment_of("R8.3.2", "09:30") == "R8.3.2 09:30"
    assert moment_of(datetime(2026, 3, 2, 9, 30), None) == datetime(2026, 3, 2, 9, 30)
    assert moment_of(datetime(2026, 3, 2), None) == date(2026, 3, 2)


def read(book: Any, path: Path) -> list[Case]:
    book.save(path)
    found = [case for _, case in read_cases(str(path))]
    assert all(isinstance(case, Case) for case in found), found
    return [case for case in found if isinstance(case, Case)]


def test_other_forms_of_the_same_records_are_the_same_case(tmp_path: Path) -> None:
    plain = read(two_users(), tmp_path / NAME)
    book = two_users()
    for sheet, column in (("連絡", "B"), ("日報", "B"), ("利用記録", "B")):
        for row in range(4, 12):
            day = book[sheet][f"{column}{row}"].value
            book[sheet][f"{column}{row}"] = f"Ｒ{day.year - 2018}．{day.month}．{day.day}"
    book["連絡"].row_dimensions[6].hidden = True
    book["事業所"]["A4"] = 812300010
    book["利用者"]["D4"] = 812300010
    book["利用者"]["C4"] = 82023
    book["支給決定"]["E4"] = " 22 " if book["支給決定"]["E4"].value == 22 else book["支給決定"]["E4"].value
    book.move_sheet("連絡", -5)
    book["日報"].insert_cols(2)
    book["日報"]["B3"] = "職員の備考"
    assert [case.model_dump() for case in read(book, tmp_path / NAME)] == [
        case.model_dump() for case in plain
    ]


def test_a_workbook_of_the_1904_date_system_is_read_right(tmp_path: Path) -> None:
    plain = read(two_users(), tmp_path / NAME)
    book = two_users()
    book.epoch = datetime(1904, 1, 1)
    assert [case.days for case in read(book, tmp_path / NAME)] == [case.days for case in plain]


def test_an_empty_sheet_is_none_where_all_is_there_and_unknown_elsewhere(tmp_path: Path) -> None:
    book = two_users()
    for title in ("連絡", "日報"):
        for row in book[title].iter_rows(min_row=4):
            for cell in row:
                cell.value = None
    book["記録の範囲"]["B9"] = "この表にすべてある"
    book["記録の範囲"]["B10"] = "書いてあれば判定する"
    first, _ = read(book, tmp_path / NAME)
    assert first.contacts == ()
    assert first.daily_reports is None
    book["記録の範囲"]["B9"] = "別の所にある(判定しない)"
    first, _ = read(book, tmp_path / NAME)
    assert first.contacts is None


def test_without_the_sheet_on_scope_only_filled_lists_are_known(tmp_path: Path) -> None:
    book = two_users()
    del book["記録の範囲"]
    for row in book["日報"].iter_rows(min_row=4):
        for cell in row:
            cell.value = None
    first, _ = read(book, tmp_path / NAME)
    assert first.month == "2026-03"
    assert first.contacts
    assert first.daily_reports is None


def test_scope_gives_the_day_of_the_question_and_what_is_complete(tmp_path: Path) -> None:
    book = two_users()
    book["記録の範囲"]["B5"] = "R8.3.20"
    book["記録の範囲"]["C9"], book["記録の範囲"]["D9"] = date(2026, 3, 1), "令和8年3月15日"
    for case in read(book, tmp_path / NAME):
        assert case.as_of == date(2026, 3, 20)
        assert case.coverage
        assert case.coverage["contacts"].through == date(2026, 3, 15)


def test_workbooks_stand_beside_other_files(call: Call) -> None:
    two_users().save(NAME)
    Path("case.json").write_text('{"schema": "zaitaku-case/1"}', "utf-8")
    found = call("check", "case.json", NAME, "--format", "jsonl")
    assert found.code == 2
    assert re.findall(r'"user":"(U-\d+)"', found.out) == ["U-301", "U-302"]
    assert call("due", NAME).code == 0
    assert call("check", NAME, "--month", "2026-04").code == 2

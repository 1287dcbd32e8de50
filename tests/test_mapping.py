"""Exports read by a mapping: the forms of offices, the examples, and every slip told at its place."""

from __future__ import annotations

import json
import shutil
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest

from as_csv import changed
from calling import Call
from zaitaku_rules import Case, InvalidInput, check
from zaitaku_rules.read import read_cases
from zaitaku_rules.read.mapping import cases_of_exports
from zaitaku_rules.read.mapping.file_names import for_any_month, month_in, told_by
from zaitaku_rules.read.mapping.office_dates import NoYear, clock_of, clocks_of, day_of, moment_of
from zaitaku_rules.read.mapping.sheets import headings
from zaitaku_rules.read.mapping.toml_lines import line_of, toml_lines

EXPORTS = Path(__file__).parents[1] / "examples" / "exports"

HEAD = """schema = "zaitaku-mapping/1"
[constants]
provider_number = "2212300012"
users.municipality = "222143"
[[providers]]
service = "continuation_b"
[[users]]
user_id = "U-001"
"""
DAYS = """[[file]]
name = "days*.csv"
[[file.rows]]
table = "days"
user_id = "利用者"
date = "日付"
place = "場所"
"""
CONTACTS = """[[file]]
name = "contacts*.csv"
[[file.rows]]
table = "contacts"
user_id = "利用者"
at = ["日付", "時刻"]
channel = "方法"
"""
WORDS = """[words.place]
"在宅" = "home"
[words.channel]
"電話" = "phone"
"""
ROWS = "利用者,日付,場所\nU-001,2026/3/5,在宅\nU-001,2026/3/6,在宅\n"
CALLS = "利用者,日付,時刻,方法\nU-001,2026/3/5,9:30,電話\nU-001,2026/3/5,15:00,電話\n"


def found(
    folder: Path,
    mapping: str = HEAD + DAYS + CONTACTS + WORDS,
    month: str | None = None,
    **files: str | bytes,
) -> list[Case | InvalidInput]:
    """Read files NAME.csv (two of them by default) by a mapping."""
    (folder / "m.toml").write_text(mapping, "utf-8")
    (folder / "in").mkdir(exist_ok=True)
    for name, text in ({"days": ROWS, "contacts": CALLS} | files).items():
        (folder / "in" / f"{name}.csv").write_bytes(text if isinstance(text, bytes) else text.encode())
    return [one for _, one in cases_of_exports([str(folder / "in")], str(folder / "m.toml"), month)]


def errors(folder: Path, *args: Any, **files: Any) -> list[str]:
    """Return what is wrong, in English and without the folder; the Japanese must be there too."""
    wrong = [one for one in found(folder, *args, **files) if isinstance(one, InvalidInput)]
    for one in wrong:
        assert one.said_in("ja").startswith(one.place)
        assert one.said_in("ja") != one.said_in("en")
        assert "\n" not in one.said_in("ja") + one.said_in("en")
    return [one.said_in("en").replace(f"{folder}/", "") for one in wrong]


def the_case(folder: Path, *args: Any, **files: Any) -> Case:
    (case,) = found(folder, *args, **files)
    assert isinstance(case, Case), case
    return case


EXPECTED: dict[str, list[tuple[str, str, dict[str, list[date]]]]] = {
    "one-row-a-day": [("K-014", "broken", {"Z301": [date(2026, 3, 12)]})],
    "contact-log": [("S-01", "kept", {}), ("S-02", "broken", {"Z301": [date(2026, 3, 18)]})],
    "daily-report": [("D-7", "open", {})],
}


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_an_example_is_judged_as_expected(name: str) -> None:
    folder = EXPORTS / name
    reports = [check(case) for case in cases_of(folder)]
    assert [
        (one.user, one.verdict, {rule.code: list(rule.days) for rule in one.rules if rule.status == "broken"})
        for one in reports
    ] == EXPECTED[name]


def cases_of(folder: Path) -> list[Case]:
    read = [one for _, one in cases_of_exports([str(folder)], str(folder / "mapping.toml"))]
    assert all(isinstance(one, Case) for one in read), read
    return [one for one in read if isinstance(one, Case)]


def test_every_example_is_expected_and_none_is_told_twice() -> None:
    assert {path.name for path in EXPORTS.iterdir() if path.is_dir()} == {*EXPECTED}


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_tables_written_by_map_apply_give_the_same_cases(call: Call, tmp_path: Path, name: str) -> None:
    folder, mapping = str(EXPORTS / name), str(EXPORTS / name / "mapping.toml")
    assert call("map", "apply", folder, "--mapping", mapping, "--output", "tables").code == 0
    back = [one for _, one in read_cases(str(tmp_path / "tables"))]
    assert [one.sha256 for one in back if isinstance(one, Case)] == [
        one.sha256 for one in cases_of(EXPORTS / name)
    ]
    again = call("map", "apply", folder, "--mapping", mapping, "--output", "tables", "--lang", "en")
    assert (again.code, "exists already" in again.err) == (2, True)


def test_check_and_due_take_a_mapping(call: Call) -> None:
    folder, mapping = str(EXPORTS / "contact-log"), str(EXPORTS / "contact-log" / "mapping.toml")
    told = call("check", folder, "--mapping", mapping, "--format", "json")
    assert told.code == 1
    assert [one["user"] for one in json.loads(told.out)] == ["S-01", "S-02"]
    files = [str(path) for path in sorted(Path(folder).glob("*.csv"))]
    assert call("check", *files, "--mapping", mapping, "--format", "json").out == told.out
    assert call("due", folder, "--mapping", mapping).code == 0
    refused = call("check", folder, "--mapping", mapping, "--output", mapping, "--lang", "en")
    assert "one of the inputs" in refused.err
    assert "見本" not in told.out + told.err


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026/3/5", (2026, 3, 5)),
        ("2026-3-5", (2026, 3, 5)),
        ("2026.03.05", (2026, 3, 5)),
        ("R8.3.5", (2026, 3, 5)),
        ("R8/3/5", (2026, 3, 5)),
        ("r8-03-05", (2026, 3, 5)),
        ("令和８年３月５日", (2026, 3, 5)),
        ("令和8年3月5日(木)", (2026, 3, 5)),
        ("20260305", (2026, 3, 5)),
        ("2026年3月5日 木曜日", (2026, 3, 5)),
        ("2026/3/5(木・祝)", (2026, 3, 5)),
        ("2026/03/05 0:00:00", (2026, 3, 5)),
        ("3/5", (2026, 3, 5)),
        ("3月5日", (2026, 3, 5)),
        ("3/5(木)", (2026, 3, 5)),
        ("5日", (2026, 3, 5)),
        ("５", (2026, 3, 5)),
        ("3/5 木", (2026, 3, 5)),
        ("12/29", (2025, 12, 29)),
        ("4/2", (2026, 4, 2)),
        ("平成31年4月30日", (2019, 4, 30)),
        ("2026/2/30", None),
        ("R8.13.1", None),
        ("32", None),
        ("合計", None),
        ("木", None),
        ("", None),
        ("20261301", None),
        ("2/29", None),
        ("3月", None),
    ],
)
def test_days_as_offices_write_them(text: str, day: tuple[int, int, int] | None) -> None:
    assert day_of(text, "2026-03") == (date(*day) if day else None)


def test_a_day_without_a_year_needs_a_month() -> None:
    assert day_of("1/4", "2025-12") == date(2026, 1, 4)
    with pytest.raises(NoYear):
        day_of("3/5", None)


@pytest.mark.parametrize(
    ("text", "clock"),
    [
        ("9:30", (9, 30)),
        ("09:30:15", (9, 30)),
        ("９：３０", (9, 30)),
        ("9時30分", (9, 30)),
        ("9時", (9, 0)),
        ("午後3時5分", (15, 5)),
        ("午後3:05", (15, 5)),
        ("PM 3:05", (15, 5)),
        ("3:05 pm", (15, 5)),
        ("午前0:10", (0, 10)),
        ("午後12:10", (12, 10)),
        ("AM 12:10", (0, 10)),
        ("0930", (9, 30)),
        ("930", (9, 30)),
        ("24:00", None),
        ("9:60", None),
        ("9", None),
        ("午後15:00", None),
        ("朝", None),
        ("", None),
    ],
)
def test_times_as_offices_write_them(text: str, clock: tuple[int, int] | None) -> None:
    assert clock_of(text) == (time(*clock) if clock else None)


def test_spans_of_time_and_moments_in_one_cell() -> None:
    assert clocks_of("10:00～15:00") == (time(10), time(15))
    assert clocks_of("10:00") == (time(10), time(10))
    assert clocks_of("10:00~12:00~13:00") is None
    assert moment_of("令和8年3月5日 午後3時05分", None) == datetime(2026, 3, 5, 15, 5)
    assert moment_of("2026/3/5(木) 9:30", None) == datetime(2026, 3, 5, 9, 30)
    assert moment_of("2026-03-05T00:30Z", None) == datetime(2026, 3, 5, 9, 30)
    assert moment_of("2026/3/5", None) is None


def test_names_of_files_tell_users_and_months() -> None:
    assert told_by("日報_{user_id}_{month}.csv", "日報_U-7_202603.CSV") == {
        "user_id": "U-7",
        "month": "202603",
    }
    assert told_by("*日報.csv", "a日報.csv") == {}
    assert told_by("日報.csv", "日誌.csv") is None
    assert [month_in(text) for text in ("202603", "2026年3月", "R8.3", "2026-03", "13", None)] == [
        "2026-03", "2026-03", "2026-03", "2026-03", None, None,
    ]  # fmt: skip
    assert for_any_month("利用_2026年3月_確定.csv") == "利用_{month}_確定.csv"
    assert for_any_month("台帳.csv") == "台帳.csv"


def test_headings_on_two_lines_and_twice() -> None:
    upper = ["日付", "午前", "", "午後", "", "備考"]
    lower = ["", "時刻", "方法", "時刻", "方法", ""]
    assert headings([upper, lower]) == ["日付", "午前 時刻", "午前 方法", "午後 時刻", "午後 方法", "備考"]
    assert headings([["時刻", "方法", "時刻 ", "", ""]]) == ["時刻", "方法", "時刻#2", "", ""]


def test_lines_of_a_mapping_are_found() -> None:
    lines = toml_lines(HEAD + DAYS + CONTACTS)
    assert line_of(("file", 1, "rows", 0, "at"), lines) == 21
    assert line_of(("file", 0, "rows", 0, "when"), lines) == 11
    assert line_of(("users", 0, "user_id"), lines) == 8
    assert line_of(("constants", "users", "municipality"), lines) == 4
    assert line_of(("nowhere",), lines) is None


def test_a_mapping_reads_what_it_says(tmp_path: Path) -> None:
    case = the_case(tmp_path)
    assert case.contacts
    assert [(one.at.isoformat(), one.channel) for one in case.contacts] == [
        ("2026-03-05T09:30:00", "phone"), ("2026-03-05T15:00:00", "phone"),
    ]  # fmt: skip
    assert case.daily_reports is None
    assert (case.provider.service, case.user.municipality) == ("continuation_b", "222143")


def test_title_lines_blank_lines_totals_and_quoted_cells(tmp_path: Path) -> None:
    rows = (
        '月間一覧\n\n利用者,日付,場所,内容\nU-001,3/5,在宅,"入力、\n検品, 封入"\n\n'
        "U-001,3/6,在宅,\n小計,,,\n合計,2,,\n"
    )
    days = (
        DAYS.replace("[[file.rows]]", 'unless = { "利用者" = ["合計*", "小計"] }\n[[file.rows]]')
        + 'activity = "内容"\n'
    )
    mapping = HEAD.replace("[constants]", 'month = "2026-03"\n[constants]') + days + CONTACTS + WORDS
    case = the_case(tmp_path, mapping, days=rows)
    assert case.days
    assert [(one.day.day, one.activity) for one in case.days] == [(5, "入力、\n検品, 封入"), (6, None)]
    without = mapping.replace('month = "2026-03"\n', "")
    assert errors(tmp_path, without, days=rows)[0].startswith(
        "in/days.csv:4: 日付: found 3/5: no year: give --month 2026-03"
    )
    assert the_case(tmp_path, without, "2026-03", days=rows).sha256 == case.sha256


@pytest.mark.parametrize(
    ("field", "cells", "value"),
    [
        ('start = "時間"\nend = "時間"', "10:00～15:00", (time(10), time(15))),
        ('start = "時間"', "10時", (time(10), None)),
        ('start = { column = "時間", words = { "終日" = "10:00", "" = "" } }', "終日", (time(10), None)),
    ],
)
def test_fields_of_a_day(tmp_path: Path, field: str, cells: str, value: tuple[time, time | None]) -> None:
    rows = f"利用者,日付,場所,時間\nU-001,2026/3/5,在宅,{cells}\n"
    days = the_case(tmp_path, HEAD + DAYS + field + "\n" + CONTACTS + WORDS, days=rows).days
    assert days
    (day,) = days
    assert (day.start, day.end) == value


def test_one_cell_may_hold_several_contacts(tmp_path: Path) -> None:
    split = CONTACTS.replace("user_id", 'split = ["時刻"]\nwhen = "時刻"\nuser_id')
    calls = "利用者,日付,時刻,方法\nU-001,2026/3/5,9:30、午後3時,電話\nU-001,2026/3/6,,電話\n"
    case = the_case(tmp_path, HEAD + DAYS + split + WORDS, contacts=calls)
    assert case.contacts
    assert [one.at.isoformat()[5:16] for one in case.contacts] == ["03-05T09:30", "03-05T15:00"]


def test_a_period_fills_both_its_ends(tmp_path: Path) -> None:
    approvals = (
        '[[file]]\nname = "cards.csv"\n[[file.rows]]\ntable = "approvals"\nuser_id = "番号"\n'
        'kind = { value = "home_use" }\nperiod = "期間"\n'
    )
    cards = "番号,期間\nU-001,R7.8.1～R8.7.31\nU-001,2026/8/1~\n"
    case = the_case(tmp_path, HEAD + DAYS + CONTACTS + approvals + WORDS, cards=cards)
    assert case.approvals
    assert [(one.from_.isoformat(), one.to and one.to.isoformat()) for one in case.approvals] == [
        ("2025-08-01", "2026-07-31"), ("2026-08-01", None),
    ]  # fmt: skip
    (error,) = errors(
        tmp_path, HEAD + DAYS + CONTACTS + approvals + WORDS, cards="番号,期間\nU-001,R7.8.1～秋\n"
    )
    assert error.startswith("in/cards.csv:2: 期間: not a day")


def test_a_table_of_the_contract_may_lie_beside_exports(tmp_path: Path) -> None:
    users = "user_id,municipality,provider_number\nU-002,222143,2212300012\n"
    both = found(tmp_path, users=users)
    assert [one.user.id for one in both if isinstance(one, Case)] == ["U-001", "U-002"]
    assert "unknown column (muni)" in errors(tmp_path, users=users.replace("municipality", "muni"))[0]


def test_names_are_given_numbers_and_never_told(tmp_path: Path) -> None:
    words = WORDS + '[words.user_id]\n"見本 花子" = "U-001"\n'
    rows, calls = (text.replace("U-001", "見本 花子") for text in (ROWS, CALLS))
    assert the_case(tmp_path, HEAD + DAYS + CONTACTS + words, days=rows, contacts=calls).user.id == "U-001"
    wrong = found(tmp_path, HEAD + DAYS + CONTACTS + words, days=rows, contacts=calls.replace("花子", "太郎"))
    told = [one.said_in(lang) for one in wrong if isinstance(one, InvalidInput) for lang in ("ja", "en")]
    assert told
    assert not any("太郎" in one for one in told)


def test_a_name_that_has_slipped_into_a_heading_is_not_told(tmp_path: Path) -> None:
    wrong = found(tmp_path, days=ROWS.replace("場所\n", "場所 見本花子"))
    told = [one.said_in(lang) for one in wrong if isinstance(one, InvalidInput) for lang in ("ja", "en")]
    assert any("no column 場所" in one for one in told)
    assert not any("花子" in one for one in told)


@pytest.mark.parametrize(
    ("files", "said"),
    [
        (
            {"days": ROWS.replace("在宅", "出張", 1)},
            "in/days.csv:2: 場所: the mapping has no word for this value",
        ),
        ({"days": ROWS.replace("在宅", "3", 1)}, "in/days.csv:2: 場所: found 3: the mapping has no word"),
        ({"days": ROWS.replace("2026/3/5", "2026/2/30")}, "in/days.csv:2: 日付: found 2026/2/30: not a day"),
        ({"days": ROWS.replace("日付", "利用日")}, "in/days.csv:1: no column 日付"),
        ({"days": ROWS.replace("2026/3/5,", "2026/3/5,x,")}, "in/days.csv:2: more columns than headings"),
        ({"days": b"\xff\xfe\xff"}, "in/days.csv:1: the encoding is not utf-16"),
        ({"contacts": CALLS.replace("9:30", "")}, "in/contacts.csv:2: 日付+時刻: the time is blank"),
        ({"contacts": CALLS.replace("9:30", "朝")}, "in/contacts.csv:2: 日付+時刻: not a time of day"),
        ({"contacts": CALLS.replace("U-001", "U-009", 1)}, "in/contacts.csv:2: 利用者: not in users"),
        ({"contacts": CALLS.replace("U-001", "", 1)}, "in/contacts.csv:2: 利用者: blank"),
        ({"contacts": CALLS.replace("電話\n", '"電話\n', 1)}, "in/contacts.csv:2: a quotation mark"),
        (
            {"other": "a\n1\n"},
            "in/other.csv: no [[file]] of the mapping means it (names: days*.csv, contacts*.csv)",
        ),
    ],
)
def test_a_slip_in_an_export_is_told_at_line_and_heading(
    tmp_path: Path, files: dict[str, Any], said: str
) -> None:
    assert errors(tmp_path, **files)[0].startswith(said)


BASE = HEAD + DAYS + CONTACTS + WORDS


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("schema =", "schma =", "m.toml:1: schma: unknown entry; did you mean schema?"),
        ("zaitaku-mapping/1", "zaitaku-mapping/9", "m.toml:1: schema: value not known"),
        ('name = "days*.csv"', "name = 3", "m.toml:10: name: found 3: a text is expected"),
        (
            'name = "days*.csv"',
            'name = "d_{user}.csv"',
            "m.toml:10: name: no such field in { }; did you mean user_id?",
        ),
        (
            'name = "days*.csv"',
            'name = "d"\nencodng = "x"',
            "m.toml:11: encodng: unknown field; did you mean encoding?",
        ),
        ('name = "days*.csv"', 'name = "d"\nencoding = "sjis"', "m.toml:11: encoding: value not known"),
        ('name = "days*.csv"', 'name = "d"\nheading_row = 0', "heading_row: write the numbers of the lines"),
        ('table = "days"', 'table = "day"', "m.toml:12: table: no such table; did you mean days?"),
        ('date = "日付"\nplace', 'dat = "日付"\nplace', "dat: no such column; did you mean date?"),
        ('place = "場所"', "", "m.toml:11: rows: table days needs place"),
        ('place = "場所"', "place = {}", "m.toml:15: place: write one of column, columns"),
        (
            'place = "場所"',
            'place = { value = "hme" }',
            "m.toml:15: value: not a value of place; did you mean home?",
        ),
        (
            'place = "場所"',
            'place = ["場所", "日付"]',
            "m.toml:15: place: this field is read from one column",
        ),
        (
            'place = "場所"',
            'place = "場所"\nwhen = 3',
            "m.toml:16: when: found 3: write the name of a column",
        ),
        ('"在宅" = "home"', '"在宅" = "homme"', "m.toml:24: not a value of place; did you mean home?"),
        ("[words.place]", "[words.plaice]", "plaice: no such field; did you mean place?"),
        ("[words.place]", "[words.days.plaice]", "plaice: no such field"),
        ("provider_number =", "provider_no =", "provider_no: no such field; did you mean provider_number?"),
        ("users.municipality", "user.municipality", "user: no such table; did you mean users?"),
        (
            "users.municipality",
            "users.municipalty",
            "municipalty: no such column; did you mean municipality?",
        ),
        (
            '[[users]]\nuser_id = "U-001"',
            '[[users]]\nuser = "U-001"',
            "m.toml:8: user: no such column; did you mean",
        ),
        ("[[users]]\nuser_id", "[users]\nuser_id", "users: not a list of rows"),
        ('"電話" = "phone"', '"電話" = phone', "m.toml:26: not valid TOML"),
        ('"電話" = "phone"', '"電話" = "phone"\n"電話" = "mail"', "not valid TOML"),
    ],
)
def test_a_slip_in_a_mapping_is_told_at_its_line(tmp_path: Path, old: str, new: str, said: str) -> None:
    assert old in BASE
    told = errors(tmp_path, BASE.replace(old, new, 1))
    assert any(said in one and one.startswith("m.toml") for one in told), told


def test_all_slips_of_a_mapping_are_told_at_once_and_in_order(tmp_path: Path) -> None:
    mapping = (
        BASE.replace('"days"', '"day"')
        .replace('"home"', '"hom"')
        .replace("[words.channel]", "[words.chanel]")
    )
    told = errors(tmp_path, mapping)
    assert [int(one.split(":")[1]) for one in told] == sorted(int(one.split(":")[1]) for one in told)
    assert len(told) == 3


def test_a_mapping_that_is_no_text_or_not_there(tmp_path: Path) -> None:
    (tmp_path / "m.toml").write_bytes('schema = "対応表"'.encode("cp932"))
    ((_, error),) = cases_of_exports([str(tmp_path)], str(tmp_path / "m.toml"))
    assert isinstance(error, InvalidInput)
    assert "not UTF-8 text" in error.said_in("en")
    ((_, error),) = cases_of_exports([str(tmp_path)], str(tmp_path / "none.toml"))
    assert isinstance(error, InvalidInput)
    assert "no such file" in error.said_in("en")


def test_an_export_that_is_not_there_is_told(tmp_path: Path) -> None:
    assert the_case(tmp_path)
    for path in ("none.csv", "-", "a\0b"):
        read = cases_of_exports([path], str(tmp_path / "m.toml"))
        assert [str(one).partition(": ")[2][:12] for _, one in read] in (["no such file"], ["cannot be re"])


def test_no_table_is_read_from_a_part_of_its_files(tmp_path: Path) -> None:
    chats = CONTACTS.replace("contacts*", "chats*")
    (error,) = errors(tmp_path, HEAD + DAYS + CONTACTS + chats + WORDS)
    assert error == "m.toml:24: no file chats*.csv is given, and contacts comes from it too: name it as well"
    reports = (
        '[[file]]\nname = "reports*.csv"\n[[file.rows]]\ntable = "daily_reports"\nuser_id = "a"\ndate = "b"\n'
    )
    assert the_case(tmp_path, HEAD + DAYS + CONTACTS + reports + WORDS).daily_reports is None
    shutil.rmtree(tmp_path / "in")
    (tmp_path / "in").mkdir()
    ((_, none),) = cases_of_exports([str(tmp_path / "in")], str(tmp_path / "m.toml"))
    assert "none of the files" in str(none)


def test_files_may_be_ignored_by_name(tmp_path: Path) -> None:
    mapping = BASE.replace("[constants]", 'ignore = ["oth*"]\n[constants]')
    assert the_case(tmp_path, mapping, other="a\n1\n")


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_a_draft_says_what_is_left_to_do(call: Call, name: str) -> None:
    for path in sorted((EXPORTS / name).glob("*.csv")):
        told = call("map", "init", str(path), "--lang", "en")
        assert told.code == 0
        assert "CHECK" in told.out
        written = call("map", "init", str(path), "--output", f"{path.stem}.toml")
        assert (written.code, written.out) == (0, "")
        left = call("map", "check", f"{path.stem}.toml", "--lang", "en")
        assert left.code == 2
        assert "providers: provider_number, service missing: add such as" in left.err
        again = call("map", "init", str(path), "--output", f"{path.stem}.toml", "--lang", "en")
        assert "exists already" in again.err


def test_a_draft_with_its_gaps_filled_reads_the_file(call: Call, tmp_path: Path) -> None:
    export = EXPORTS / "one-row-a-day" / "利用実績_202603.csv"
    call("map", "init", str(export), "--output", "m.toml")
    path = tmp_path / "m.toml"
    text = path.read_text("utf-8")
    lines = [
        line.removeprefix("# ") if (" = " in line or "# [[" in line) and "要確認" not in line else line
        for line in text.splitlines()
    ]
    filled = "\n".join(line for line in lines if not line.startswith('"氏名"')).replace("absences = []", "")
    filled = (
        filled.replace('"0000000000"', '"2212300012"')
        .replace('"000000"', '"222143"')
        .replace("U-001", "K-014")
    )
    path.write_text(filled, "utf-8")
    told = call("map", "check", "m.toml", str(export), "--lang", "en")
    assert told.code == 0, told.err
    assert told.out.startswith("days 21, contacts 39, daily_reports 20, evaluations 5, absences 1")


def test_an_unanswered_call_is_never_drafted_as_a_contact(call: Call) -> None:
    told = call("map", "init", str(EXPORTS / "contact-log" / "連絡記録_2026年3月.csv"))
    assert '"不在(留守番電話)" = "one_way"' in told.out


def test_check_and_apply_tell_what_is_wrong_and_write_nothing(call: Call, tmp_path: Path) -> None:
    folder = shutil.copytree(EXPORTS / "one-row-a-day", tmp_path / "in")
    assert call("map", "check", "in/mapping.toml", "--lang", "en").out.startswith(
        "nothing is wrong; it reads: days"
    )
    changed(folder / "利用実績_202603.csv", "ビデオ通話", "狼煙")
    for asked in (
        ("map", "check", "in/mapping.toml", "in"),
        ("map", "apply", "in", "--mapping", "in/mapping.toml", "--output", "out"),
    ):
        told = call(*asked, "--lang", "en")
        assert (told.code, told.out) == (2, "")
        assert "連絡2 方法: the mapping has no word for this value" in told.err
        assert "狼煙" not in told.err
    assert not (tmp_path / "out").exists()


def test_an_empty_file_gives_no_draft(call: Call, tmp_path: Path) -> None:
    (tmp_path / "e.csv").write_text("\n")
    told = call("map", "init", "e.csv", "--lang", "en")
    assert (told.code, "empty" in told.err) == (2, True)

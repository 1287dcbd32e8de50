"""Workbooks: the template, and that a workbook and the case it was filled from give the same report."""

from __future__ import annotations

import io
import json
import random
import re
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import openpyxl
import pytest

from calling import Call
from conftest import EXAMPLES
from test_parity import a_month_of_users
from workbook_making import opened
from zaitaku_rules import Case, InvalidCall, check
from zaitaku_rules.read import read_cases
from zaitaku_rules.read.workbook.words import (
    choices,
    column_of,
    folded,
    known_headings,
    known_values,
    list_sheets,
    value_word,
    workbook_words,
)
from zaitaku_rules.records import SOURCES
from zaitaku_rules.records.shapes import COVERAGE, PROVIDERS, USERS, shapes
from zaitaku_rules.testing import cases, document
from zaitaku_rules.write.excel.book import FIRST_ROW, HEADING_ROW
from zaitaku_rules.write.excel.filling import filled
from zaitaku_rules.write.excel.template import Template, template_bytes

ROOT = Path(__file__).parents[1]
_INDEX = re.compile(r"^(\w+)\[\d+\]$")


def loaded(content: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(content))


@pytest.fixture(scope="module")
def templates() -> dict[str, Any]:
    return {lang: loaded(template_bytes(Template("2026-12", lang, 3))) for lang in ("ja", "en")}


def test_every_column_of_the_contract_has_a_heading_and_no_other_has() -> None:
    assert set(list_sheets()) == {USERS, PROVIDERS, COVERAGE, *SOURCES}
    for table, sheet in list_sheets().items():
        fields = [heading.field for heading in sheet.headings if not heading.is_computed]
        assert {column_of(table, name).name for name in fields} == {
            one.name for one in shapes()[table].columns
        }


def test_no_word_on_a_sheet_means_two_things() -> None:
    titles = [folded(word) for one in list_sheets().values() for word in (one.title.ja, one.title.en)]
    others = [folded(word) for one in workbook_words()["other_sheets"].values() for word in one.values()]
    assert len({*titles, *others}) == len(titles) + len(others)
    for table, sheet in list_sheets().items():
        for lang in ("ja", "en"):
            said = [folded(heading.said.said_in(lang)) for heading in sheet.headings]
            assert len(set(said)) == len(said), table
        for heading in sheet.headings:
            assert {folded(word) for word in (heading.said.ja, heading.said.en)} <= set(known_headings(table))
            values = choices(table, heading.field)
            for value in values:
                word = value_word(table, heading.field, value)
                known = known_values(table, heading.field)
                assert [known[folded(one)] for one in (word.ja, word.en, value)] == [value] * 3
            assert len({value_word(table, heading.field, one).ja for one in values}) == len(values)


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_a_template_has_its_sheets_in_order_and_the_guide_first(templates: dict[str, Any], lang: str) -> None:
    others = workbook_words()["other_sheets"]
    ahead = [others[name][lang] for name in ("guide", "scope", "overview")]
    listed = [sheet.title.said_in(lang) for sheet in list_sheets().values()]
    book = templates[lang]
    assert book.sheetnames == [*ahead, *listed, others["choices"][lang]]
    assert book[others["choices"][lang]].sheet_state == "hidden"
    assert [sheet.part for sheet in list_sheets().values()] == ["front"] * 8 + ["papers"] * 4 + ["back"] * 11


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_cells_to_fill_in_are_open_and_all_others_locked_without_a_password(
    templates: dict[str, Any], lang: str
) -> None:
    for table, shown in list_sheets().items():
        sheet = templates[lang][shown.title.said_in(lang)]
        assert sheet.protection.sheet
        assert not sheet.protection.password
        assert sheet.freeze_panes
        for number, heading in enumerate(shown.headings, 1):
            head, cell = sheet.cell(HEADING_ROW, number), sheet.cell(FIRST_ROW, number)
            assert head.protection.locked
            assert head.value.startswith(heading.said.said_in(lang))
            assert cell.protection.locked is heading.is_computed, (table, heading.field)
            assert str(cell.value or "").startswith("=") is heading.is_computed
            below = sheet.column_dimensions[cell.column_letter]
            assert below.protection.locked is heading.is_computed


def test_drop_downs_are_named_ranges_of_words(templates: dict[str, Any]) -> None:
    book = templates["ja"]
    named = {name: one.attr_text for name, one in book.defined_names.items()}
    found: dict[str, list[str]] = {}
    for validation in book["連絡"].data_validations.dataValidation:
        assert validation.prompt
        assert "`" not in validation.prompt
        if validation.type == "list":
            sheet, cells = named[validation.formula1.removeprefix("=")].split("!")
            found[str(validation.sqref)[0]] = [cell[0].value for cell in book[sheet.strip("'")][cells]]
    assert found["E"] == [
        "電話",
        "ビデオ通話",
        "訪問",
        "事業所での面談",
        "チャット",
        "メール",
        "応答のない送信",
    ]
    assert found["F"] == ["職員", "本人"]
    assert len(found["A"]) == 3


def test_dates_are_shown_in_the_era_and_numbers_kept_as_text(templates: dict[str, Any]) -> None:
    book = templates["ja"]
    assert book["支給決定"]["C4"].number_format == "[$-411]ge.m.d;@"
    assert book["事業所"]["A4"].number_format == "@"
    assert templates["en"]["Approvals"]["C4"].number_format == "yyyy-mm-dd;@"


def test_a_template_that_nobody_filled_in_says_so(call: Call) -> None:
    assert call("template", "month.xlsx", "--month", "2026-12") == (0, "", "month.xlsx を書きました。\n")
    found = call("check", "month.xlsx")
    assert found.code == 2
    assert found.err == "month.xlsx 利用者: 利用者がまだ書かれていません。1人1行で書いてください。\n"


def test_a_template_is_never_written_over_a_file_unless_told(call: Call) -> None:
    Path("month.xlsx").write_bytes(b"mine")
    assert call("template", "month.xlsx", "--month", "2026-12", "--lang", "en").code == 2
    assert Path("month.xlsx").read_bytes() == b"mine"
    assert call("template", "month.xlsx", "--month", "2026-12", "--force").code == 0
    assert Path("month.xlsx").read_bytes().startswith(b"PK")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["month.csv", "--month", "2026-12"], "month.csv: let the name of the file end in .xlsx"),
        (["month.xlsx", "--month", "2026-13"], "--month: not a month: write YYYY-MM such as 2026-02"),
        (["month.xlsx", "--month", "2026-12", "--users", "0"], "--users: write a number from 1 to 100"),
        (["month.xlsx", "--month", "2026-12", "--from", "nix.json"], "nix.json: no such file"),
    ],
)
def test_a_wrong_call_leaves_no_file(call: Call, arguments: list[str], said: str) -> None:
    found = call("template", *arguments, "--lang", "en")
    assert found.code == 2
    assert found.err.startswith(said)
    assert not [*Path().iterdir()]


def documents() -> list[dict[str, Any]]:
    found = [json.loads(path.read_text("utf-8")) for path in sorted((ROOT / "examples").glob("*.json"))]
    for path in sorted((ROOT / "tests" / "cases").glob("*.toml")):
        found += [document(spec) for spec in cases(tomllib.loads(path.read_text("utf-8")))]
    return found


def told(case: Case) -> Any:
    """Return the report of a case, without what depends on the order of rows and on the form of the file."""
    report = check(case).model_dump(mode="json", by_alias=True)
    del report["receipt"]["case_sha256"]
    return _without_order(report)


def _without_order(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _without_order(one) for name, one in cast("dict[str, Any]", value).items()}
    if isinstance(value, list):
        return [_without_order(one) for one in cast("list[Any]", value)]
    return _INDEX.sub(r"\1", value) if isinstance(value, str) else value


def read_back(given: list[Case], lang: str, path: Path) -> list[Case]:
    path.write_bytes(template_bytes(filled(given, given[0].month, lang, 1, path.name)))
    found = [case for _, case in read_cases(str(path))]
    assert all(isinstance(case, Case) for case in found), found
    return [case for case in found if isinstance(case, Case)]


def test_a_filled_workbook_gives_the_report_of_its_case(tmp_path: Path) -> None:
    rng = random.Random(3)
    for number, one in enumerate(rng.sample(documents(), EXAMPLES or 8)):
        case = Case.model_validate(one)
        [found] = read_back([case], ("ja", "en")[number % 2], tmp_path / "month.xlsx")
        assert told(found) == told(case)


def test_nobody_wished_is_not_the_same_as_unknown(tmp_path: Path) -> None:
    one = json.loads((ROOT / "examples" / "hitachi-visit.json").read_text("utf-8"))
    for wish in ({}, None, {"on": "1899-12-31"}, {"reason": "在宅で働きたい"}):
        case = Case.model_validate({**one, "user": {**one["user"], "wish": wish}})
        [found] = read_back([case], "ja", tmp_path / "month.xlsx")
        assert found.user.wish == case.user.wish
        assert told(found) == told(case)


@pytest.mark.parametrize("seed", range(2))
def test_a_month_of_several_users_comes_back(
    seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = [Case.model_validate(one) for one in a_month_of_users(seed, monkeypatch)[0][:4]]
    found = read_back(given, "ja", tmp_path / "month.xlsx")
    assert [case.user.id for case in found] == [case.user.id for case in given]
    assert [told(case) for case in found] == [told(case) for case in given]


def test_text_that_begins_like_a_formula_stays_text(tmp_path: Path) -> None:
    one = json.loads((ROOT / "examples" / "hitachi-visit.json").read_text("utf-8"))
    one["days"][0]["activity"] = '=HYPERLINK("http://example.invalid")'
    [found] = read_back([Case.model_validate(one)], "ja", tmp_path / "month.xlsx")
    assert found.days
    assert found.days[0].activity == one["days"][0]["activity"]


def test_of_another_month_only_the_papers_are_filled_in(call: Call) -> None:
    source = str(ROOT / "examples" / "hitachi-visit.json")
    assert call("template", "april.xlsx", "--month", "R8.4", "--from", source).code == 0
    book = opened("april.xlsx")
    assert book["利用者"]["A4"].value == "U-301"
    assert book["支給決定"]["A4"].value == "U-301"
    assert book["利用記録"]["A4"].value is None
    assert book["連絡"]["A4"].value is None
    assert book["記録の範囲"]["B4"].value.isoformat() == "2026-04-01T00:00:00"


APART: list[tuple[Callable[[dict[str, Any]], object], str]] = [
    (lambda one: one["user"].update(id="U-301"), "a user stands twice"),
    (lambda one: one.pop("contacts"), "some give the list contacts and some do not"),
    (lambda one: one.update(as_of="2026-03-20"), "they differ in as_of"),
    (lambda one: one["provider"].update(name="別の名前"), "they differ in what they say of one provider"),
]


@pytest.mark.parametrize(("change", "said"), APART, ids=[said for _, said in APART])
def test_cases_that_one_workbook_cannot_hold_are_refused(
    change: Callable[[dict[str, Any]], object], said: str
) -> None:
    text = (ROOT / "examples" / "hitachi-visit.json").read_text("utf-8")
    one, other = json.loads(text), json.loads(text)
    other["user"]["id"] = "U-999"
    change(other)
    with pytest.raises(InvalidCall, match=said):
        filled([Case.model_validate(one), Case.model_validate(other)], "2026-03", "en", 2, "month.xlsx")

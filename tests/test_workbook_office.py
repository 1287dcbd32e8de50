"""Template and checked workbook in an office program: they open, compute, print and come back."""

from __future__ import annotations

import shutil
import subprocess
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from test_workbook import told
from workbook_making import EXAMPLE, opened
from zaitaku_rules import Case
from zaitaku_rules.cli import main
from zaitaku_rules.read import read_cases
from zaitaku_rules.write.excel.filling import filled
from zaitaku_rules.write.excel.template import Template, template_bytes

SOFFICE = shutil.which("soffice")
pytestmark = pytest.mark.skipif(
    SOFFICE is None, reason="LibreOffice (soffice) is not installed: on Debian, apt install libreoffice-calc"
)


@pytest.fixture(scope="module")
def case() -> Case:
    return Case.model_validate_json(EXAMPLE.read_bytes())


@pytest.fixture(scope="module")
def folder(case: Case, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Workbooks as LibreOffice has saved them, computed, in `saved`; and as pages in `printed`."""
    home = tmp_path_factory.mktemp("office")
    for lang in ("ja", "en"):
        (home / f"{lang}.xlsx").write_bytes(template_bytes(filled([case], case.month, lang, 2, "month.xlsx")))
        (home / f"empty-{lang}.xlsx").write_bytes(template_bytes(Template("2026-12", lang, 2)))
    book = opened(home / "ja.xlsx")
    for row in range(4, 12):
        for title in ("利用記録", "連絡", "日報"):
            day: date = book[title].cell(row, 2).value
            era = (
                f"R{day.year - 2018}.{day.month}.{day.day}",
                f"令和{day.year - 2018}年{day.month}月{day.day}日",
            )
            book[title].cell(row, 2).value = era[row % 2]
    book["日報"]["B30"] = "いつか"
    book["日報"]["A30"] = "U-301"
    book.save(home / "era.xlsx")
    broken = ["check", str(EXAMPLE.with_name("hitachi-broken.json")), "--lang", "ja"]
    assert main([*broken, "--format", "xlsx", "--output", str(home / "results.xlsx")]) == 1
    assert (
        main(["check", str(home / "ja.xlsx"), "--format", "xlsx", "--output", str(home / "checked.xlsx")])
        == 0
    )
    convert(home, "xlsx:Calc MS Excel 2007 XML", "saved", [*home.glob("*.xlsx")])
    convert(home, "pdf", "printed", [home / "ja.xlsx", home / "checked.xlsx"])
    return home


def convert(home: Path, form: str, target: str, files: list[Path]) -> None:
    assert SOFFICE is not None
    profile = f"-env:UserInstallation={(home / 'profile').as_uri()}"
    call = [
        SOFFICE,
        profile,
        "--headless",
        "--convert-to",
        form,
        "--outdir",
        str(home / target),
        *map(str, files),
    ]
    subprocess.run(call, check=True, capture_output=True, timeout=300)
    assert len([*(home / target).iterdir()]) == len(files)


def computed(folder: Path, name: str) -> Any:
    return opened(folder / "saved" / f"{name}.xlsx", computed=True)


def row(sheet: Any, number: int) -> list[Any]:
    return [cell.value for cell in sheet[number]]


@pytest.mark.parametrize("name", ["ja", "en", "empty-ja", "empty-en", "era", "checked", "results"])
def test_no_formula_gives_an_error(folder: Path, name: str) -> None:
    book = computed(folder, name)
    errors = [
        f"{sheet.title}!{cell.coordinate} {cell.value}"
        for sheet in book.worksheets
        for cells in sheet.iter_rows()
        for cell in cells
        if cell.data_type == "e"
    ]
    assert not errors


@pytest.mark.parametrize(
    ("name", "sheet", "first"),
    [("ja", "月の一覧", "在2日"), ("en", "Month", "H2r"), ("era", "月の一覧", "在2日")],
)
def test_the_overview_counts_what_the_other_sheets_say(
    folder: Path, case: Case, name: str, sheet: str, first: str
) -> None:
    cells = row(computed(folder, name)[sheet], 5)
    assert cells[0] == "U-301"
    assert cells[2] == first
    assert cells[1] is None
    assert case.days
    assert case.contacts
    assert case.daily_reports
    home = [day for day in case.days if day.place == "home"]
    office = [day for day in case.days if day.place == "office"]
    assert cells[32:36] == [len(home), len(office), len(case.contacts), len(case.daily_reports)]
    evaluations = {one.day.day for one in case.evaluations or () if "weekly" in one.covers}
    assert {
        number for number, cell in enumerate(cells[1:32], 1) if cell and ("週" in cell or "w" in cell)
    } == evaluations


def test_an_empty_template_has_its_month_and_an_empty_overview(folder: Path) -> None:
    book = computed(folder, "empty-ja")
    assert book["利用記録"]["A1"].value == "利用記録  2026年12月"
    assert [cell for cell in row(book["月の一覧"], 5) if cell is not None] == []
    assert book["月の一覧"]["AF3"].value.day == 31
    assert {cell.value for cell in book["記録の範囲"]["E"][7:]} == {0}


def test_a_text_that_is_no_date_is_shown_at_once(folder: Path) -> None:
    assert computed(folder, "era")["日報"]["C30"].value == "日付?"
    assert computed(folder, "era")["利用記録"]["I4"].value == 2


@pytest.mark.parametrize("name", ["ja", "en", "checked"])
def test_a_workbook_that_the_program_has_saved_gives_the_same_report(
    folder: Path, case: Case, name: str
) -> None:
    [(_, found)] = read_cases(str(folder / "saved" / f"{name}.xlsx"))
    assert isinstance(found, Case), found
    assert told(found) == told(case)


def test_the_pages_are_printed_with_headings_on_a4(folder: Path) -> None:
    for name in ("ja", "checked"):
        pages = PdfReader(folder / "printed" / f"{name}.pdf").pages
        widths = {(round(float(page.mediabox.width)), round(float(page.mediabox.height))) for page in pages}
        assert widths == {(842, 595)}
    text = "".join(page.extract_text() for page in PdfReader(folder / "printed" / "checked.pdf").pages[:2])
    assert "判定結果" in text
    assert "適合" in text
    assert "U-301" in text

"""The generated pages: one for each rule, the law's own, and what `docs check` says of stale ones."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from calling import Call
from zaitaku_rules.cli.case_files import pictures
from zaitaku_rules.explain import words
from zaitaku_rules.law import nation, shipped_overlay, shipped_overlays
from zaitaku_rules.law.model import Clause
from zaitaku_rules.rules import CATALOGUE, Rule
from zaitaku_rules.testing import cases, document, expected
from zaitaku_rules.write.billing_pages import billing_pages
from zaitaku_rules.write.day_pictures import Picture, drawn, notation, said_of
from zaitaku_rules.write.fact_words import fact_words
from zaitaku_rules.write.field_pages import field_pages
from zaitaku_rules.write.law_pages import law_pages
from zaitaku_rules.write.markdown import linked, table
from zaitaku_rules.write.rule_pages import rule_pages

ROOT = Path(__file__).parents[1]
CASES = ROOT / "tests" / "cases"
PICTURES = pictures(str(CASES))
PAGES = {**rule_pages(PICTURES), **law_pages()}
WRITTEN = {**PAGES, **billing_pages(), **field_pages()}
OVERLAYS = [shipped_overlay(name) for name in shipped_overlays()]

_LINK = re.compile(r"\]\(<?(?P<page>[^)#>\s]*)(?:#(?P<anchor>[^)>\s]+))?>?\)")

every_rule = pytest.mark.parametrize("rule", CATALOGUE.values(), ids=CATALOGUE)


def parts(code: str) -> tuple[str, str, str]:
    """Return the page of a rule: its Japanese part, its English part, its cases."""
    japanese, english, drawn_cases = PAGES[f"rules/{code}.md"].split("\n---\n")
    return japanese, english, drawn_cases


# The pages of the rules


def test_every_rule_has_a_page_and_stands_in_the_index() -> None:
    assert {name for name in PAGES if re.match(r"rules/Z", name)} == {
        f"rules/{code}.md" for code in CATALOGUE
    }
    japanese, english = PAGES["rules/index.md"].split("\n---\n")
    for code in CATALOGUE:
        assert f"[{code}]({code}.md)" in japanese, code
        assert f"[{code}]({code}.md)" in english, code


@every_rule
def test_a_page_says_all_in_both_languages(rule: Rule) -> None:
    for part, lang in zip(parts(rule.code), ("ja", "en"), strict=False):
        said = words()[rule.code]
        assert words()["severities"][rule.severity][lang] in part
        for clause in nation().clauses_of_rules[rule.code]:
            source = nation().sources[clause.source]
            assert getattr(clause.says, lang) in part
            assert source.url is None or linked("x", source.url)[3:] in part
        for way in said["mend"]:
            assert way[lang] in part
        for name in (*rule.parameters, *(name for need in rule.needs for name in need.split("|"))):
            assert f"`{name}`" in part
        for fact in rule.facts:
            assert fact == "calendar" or f"`{fact}` {fact_words(fact)[lang]}" in part
        assert "```python\n" in part
    assert words()[rule.code]["title"]["ja"] in parts(rule.code)[0]


@every_rule
def test_every_fact_has_words_in_japanese(rule: Rule) -> None:
    said = [fact_words(name) for name in rule.facts if name != "calendar"]
    assert not [one["en"] for one in said if one["ja"] == one["en"] or not one["ja"]]


@every_rule
def test_a_page_draws_a_month_that_breaks_and_one_that_keeps(rule: Rule) -> None:
    shown = parts(rule.code)[2]
    statuses = [one.found.status for one in PICTURES[rule.code]]
    assert statuses[0] == "broken"
    assert statuses[-1] == "kept"
    assert shown.count("```text\n") == len(statuses)
    for one in PICTURES[rule.code]:
        assert f"### {one.name}" in shown
        assert drawn(one) in shown


def test_who_differs_is_on_the_page() -> None:
    assert "../law/municipalities.md#132128-hino" in parts("Z403")[0]
    assert "../law/municipalities.md#132128-hino" in parts("Z403")[1]
    assert "week_start" in parts("Z401")[0].partition("取扱いが定まっていない点")[2]


# Pictures


def picture(code: str, name: str) -> Picture:
    return next(one for one in PICTURES[code] if one.name == name)


def test_a_picture_shows_what_was_recorded_and_what_breaks() -> None:
    one = picture("Z301", "one contact on the 5th")
    lines = drawn(one).splitlines()
    assert lines[0].split() == ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    assert " 5✗ H1 r" in lines[2]
    assert " 4  H2 r" in lines[2]
    assert " 6  H2 rw" in lines[2]
    assert said_of(one, "ja") == "不適合: ✗ 2/5(木)"
    assert said_of(one, "en") == "broken: ✗ Thu 5 Feb"


def test_the_notation_under_a_picture_is_what_the_case_says() -> None:
    for found in PICTURES.values():
        for one in found:
            spec = tomllib.loads(notation(one.spec))
            assert spec == one.spec, one.name
            assert document(spec) == document(one.spec)


# Links


def targets(text: str) -> Iterator[tuple[str, str | None]]:
    for found in _LINK.finditer(text):
        if not found["page"].startswith("http"):
            yield found["page"], found["anchor"]


@pytest.mark.parametrize("name", PAGES)
def test_links_lead_to_pages_and_anchors(name: str) -> None:
    for page, anchor in set(targets(PAGES[name])):
        target = (Path(name).parent / page).as_posix() if page else name
        parts = [part for part in target.split("/") if part != "."]
        while ".." in parts:
            place = parts.index("..")
            del parts[place - 1 : place + 1]
        text = PAGES["/".join(parts)]
        assert anchor is None or f'<a id="{anchor}"></a>' in text, f"{page}#{anchor}"


@pytest.mark.parametrize("name", PAGES)
def test_an_anchor_stands_once(name: str) -> None:
    anchors = re.findall(r'<a id="([^"]+)">', PAGES[name])
    assert sorted(set(anchors)) == sorted(anchors)


def test_cells_of_a_table_hold_together() -> None:
    assert table(["a"], [["x|y\nz"]])[2] == "| x\\|y<br>z |"
    assert table(["a"], []) == []
    assert linked("[t]", "https://x/(1)") == "[(t)](<https://x/(1)>)"
    assert linked("t", None) == "t"


# The law's own pages


@pytest.mark.parametrize("overlay", OVERLAYS, ids=shipped_overlays())
def test_every_overlay_has_its_section(overlay: Any) -> None:
    for part in PAGES["law/municipalities.md"].split("\n---\n"):
        section = part.partition(f"`{overlay.id}`\n")[2].partition("\n## ")[0]
        for source in overlay.file.source:
            assert source.url is None or source.url in section
            assert source.checked is None or str(source.checked) in section
        assert overlay.file.overlay.from_ is None or str(overlay.file.overlay.from_) in section
        for entry in overlay.file.enable:
            assert all(f"[{code}]" in section for code in entry.codes)
        for setting in overlay.file.set:
            assert f"`{setting.parameter}`" in section
        assert len(re.findall(r"^- .*coverage\.md#", section, re.MULTILINE)) == len(overlay.file.note)


def test_history_tells_every_dated_number() -> None:
    for part in PAGES["law/history.md"].split("\n---\n"):
        for setting in nation().file.set:
            assert f"`{setting.parameter}`" in part
            assert setting.from_ is None or f"| {setting.from_} | " in part
        for source in nation().sources.values():
            assert source.date is None or str(source.date) in part


def clauses() -> list[Clause]:
    return [*nation().clauses.values(), *(one for overlay in OVERLAYS for one in overlay.file.clause)]


def test_the_certificate_holds_every_clause_with_its_fate() -> None:
    total = len(clauses())
    for part in PAGES["law/coverage.md"].split("\n---\n"):
        assert f"{total} / {total}" in part
        assert not [one.id for one in clauses() if f"`{one.id}`<br>" not in part]


def endings() -> set[tuple[str, str]]:
    """Return every rule with every status that some case expects of it."""
    files = (tomllib.loads(path.read_text("utf-8")) for path in sorted(CASES.glob("*.toml")))
    specs = (spec for file in files for spec in cases(file))
    return {(code, found.status) for spec in specs for code, found in expected(spec).rules.items()}


def test_the_rules_of_every_encoded_clause_are_broken_and_kept_by_a_case() -> None:
    known = endings()
    by_parameter = {
        name: [rule.code for rule in CATALOGUE.values() if name in rule.parameters]
        for name in nation().parameters
    }
    for clause in clauses():
        if clause.fate != "encoded":
            continue
        reached = {*clause.rules, *(code for name in clause.parameters for code in by_parameter[name])}
        asked = {
            setting.parameter for setting in nation().file.set if setting.depends_on in clause.parameters
        }
        reached |= {code for name in asked for code in by_parameter[name]}
        assert reached, clause.id
        wanted = {(code, status) for code in reached for status in ("broken", "kept")}
        assert not wanted - known, clause.id


# `docs write` and `docs check`


def made_above(_: str) -> dict[str, str]:
    return dict(WRITTEN)


def test_stale_missing_and_left_over_pages_are_named(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    def docs(command: str, *more: str) -> tuple[int, list[str]]:
        code, out, _ = call("docs", command, "--cases", str(CASES), *more)
        return code, out.splitlines()

    assert docs("check") == (1, [str(Path("docs") / name) for name in WRITTEN])
    assert not Path("docs").exists()
    assert docs("write") == (0, [])
    # From here on the pages are those made above: making them judges every case.
    monkeypatch.setattr("zaitaku_rules.cli.docs_commands._pages", made_above)
    assert docs("check") == (0, [])
    assert {path.relative_to("docs").as_posix() for path in Path("docs").rglob("*.md")} == set(WRITTEN)

    stale, gone, own = Path("docs/rules/Z301.md"), Path("docs/law/history.md"), Path("docs/law/mine.md")
    left = Path("docs/rules/Z999.md")
    left.write_bytes(stale.read_bytes())
    stale.write_text(stale.read_text("utf-8") + "\n", "utf-8")
    gone.unlink()
    own.write_text("# Mine\n", "utf-8")
    assert docs("check") == (1, [str(stale), str(gone), str(left)])
    assert docs("write", "--to", "docs") == (0, [])
    assert docs("check") == (0, [])
    assert (left.exists(), own.exists()) == (False, True)


def test_a_folder_that_cannot_be_written_is_told(call: Call) -> None:
    Path("file").write_text("", "utf-8")
    code, out, err = call("docs", "write", "--to", "file", "--cases", str(CASES), "--lang", "en")
    assert (code, out) == (2, "")
    assert "cannot be written" in err

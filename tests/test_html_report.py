"""The HTML report: what the page says, and how it behaves in a real browser (headless Chromium).

The tests in the browser need Debian's `chromium` and Playwright; they are skipped where either is absent.
"""

from __future__ import annotations

import io
import json
import re
import shutil
import sys
import unicodedata
from collections.abc import Generator
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from calling import Call
from test_surface import loaded_after
from zaitaku_rules import Case, InvalidCall, InvalidInput, Report, check, plan, verify
from zaitaku_rules.cli.sample import sample
from zaitaku_rules.write import html_report as module
from zaitaku_rules.write.frames import findings_frame, findings_rows
from zaitaku_rules.write.html_calendar import with_calendar
from zaitaku_rules.write.html_report import html_report
from zaitaku_rules.write.html_templates import environment
from zaitaku_rules.write.schema import schema_of

EXAMPLES = Path(__file__).parents[1] / "examples"
CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>\u202e&amp;{{7*7}}"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def report_of(name: str, **changes: Any) -> Report:
    document = json.loads((EXAMPLES / f"{name}.json").read_bytes())
    document["user"] |= changes
    return check(Case.model_validate(document))


def broken(**changes: Any) -> Report:
    return report_of("hitachi-broken", **changes)


def running(**changes: Any) -> Report:
    return report_of("running-month", **changes)


def office() -> list[Report]:
    """Return an office of ten users: two of each example."""
    names = ("hitachi-visit", "osaka-certificate", "running-month", "icross-day", "late-entries")
    return [report_of(name, id=f"{name}-{number}") for name in names for number in (1, 2)]


class Text(HTMLParser):
    """The text of a page in one language, and its elements."""

    def __init__(self, lang: str) -> None:
        """Read the page as if the other language were not there."""
        super().__init__()
        self.other = "en" if lang == "ja" else "ja"
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.parts: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.tags.append((tag, found))
        if self._silent or (tag == "span" and found.get("lang") == self.other) or tag in ("style", "script"):
            self._silent += tag in ("span", "style", "script")

    def handle_endtag(self, tag: str) -> None:
        if self._silent and tag in ("span", "style", "script"):
            self._silent -= 1

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.parts.append(data)


def read(page: str, lang: str = "ja") -> Text:
    found = Text(lang)
    found.feed(page)
    return found


def words_of(page: str, lang: str = "ja") -> str:
    return re.sub(r"\s+", " ", "".join(read(page, lang).parts))


# What the page is made from


def test_the_page_is_made_from_the_json_alone() -> None:
    reports = [broken(), running()]
    documents = [json.loads(with_calendar(report).to_json()) for report in reports]
    assert html_report(reports) == html_report(documents)
    assert html_report(reports[0]) == html_report(documents[0])


def test_a_report_without_a_calendar_still_shows_its_home_days() -> None:
    document = json.loads(broken().to_json())
    assert "calendar" not in document
    page = html_report(document)
    assert page.count("<i class=home>") >= len(document["claim"]["home_days"])
    assert "<i class=report>" not in page.partition("凡例")[0]


def test_the_calendar_says_what_was_recorded() -> None:
    calendar = with_calendar(running()).calendar
    assert calendar is not None
    days = {one.date.isoformat(): one for one in calendar}
    assert days["2026-03-06"].places == ("home",)
    assert days["2026-03-06"].marks == ("report", "weekly")
    assert [(one.at, one.channel) for one in days["2026-03-06"].contacts] == [
        ("10:00", "phone"),
        ("15:00", "phone"),
    ]
    assert days["2026-03-27"].planned == ("office",)


def test_the_calendar_belongs_to_the_schema_and_is_not_verified() -> None:
    schema = schema_of("report")
    assert "calendar" in schema["properties"]
    assert "calendar" not in schema["required"]
    case = Case.model_validate_json((EXAMPLES / "hitachi-broken.json").read_bytes())
    found = verify(with_calendar(check(case)), case)
    assert found.agrees
    assert [note.en for note in found.notes] == ["the calendar was not compared"]
    assert verify(check(case), case).notes == ()


@pytest.mark.parametrize(
    "document", [{}, {"schema": "zaitaku-report/1"}, {"schema": "zaitaku-case/1", "user": "x"}, "code"]
)
def test_what_is_no_report_is_told(document: Any) -> None:
    if document == "code":
        document = json.loads(broken().to_json())
        document["rules"][0]["code"] = "Z999"
    with pytest.raises(InvalidInput, match="not a report"):
        html_report(document)


def test_without_jinja2_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "jinja2", None)
    environment.cache_clear()
    with pytest.raises(InvalidCall, match=r"pip install 'zaitaku-rules\[cli\]'"):
        html_report(broken())


# What the page says


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_everything_stored_is_in_the_page_in_both_languages(lang: str) -> None:
    report = report_of("hitachi-visit-serves-both")
    said = words_of(html_report(report), lang)
    open_rule = report.rule("Z401")
    for text in (
        open_rule.message,
        *(basis.says for basis in open_rule.basis),
        *(basis.title for basis in open_rule.basis),
        *(way.what for way in (*open_rule.settle, *open_rule.mend)),
    ):
        assert getattr(text, lang) in said
    receipt = report.receipt
    for text in (receipt.ruleset_sha256, receipt.case_sha256, receipt.library, str(report.as_of)):
        assert text in said
    for note in receipt.notes if lang == "en" else receipt.notes_ja:
        assert note.removeprefix("082023-hitachi: ") in said
    assert open_rule.settle[0].answer is not None
    assert " ".join(open_rule.settle[0].answer.split()) in said


def test_what_is_due_and_what_waits_stand_in_the_page() -> None:
    said = words_of(html_report(running()))
    assert "次の期限 3/18(水) 今日まで Z301" in said.replace("次の期限3/18(水)", "次の期限 3/18(水) ")
    assert "その日や期間が終わってから決まること" in said
    assert "所見はありません。" in said


def test_a_waived_finding_says_its_days_and_a_plan_its_steps() -> None:
    case = Case.model_validate(sample())
    report = check(case).model_copy(update={"plan": plan(case)})
    said = words_of(html_report(report), "en")
    assert report.plan is not None
    assert all(step.what.en in said for step in report.plan.steps)
    document = json.loads((EXAMPLES / "hitachi-visit.json").read_bytes())
    weekly = [row for row in document["evaluations"] if row["covers"] == ["weekly"]]
    whole = {"from": f"{document['month']}-01", "to": f"{document['month']}-31"}
    waiver = {"rule": "Z402", **whole, "authority": "X", "document": "D", "reason": "R"}
    waived = check(Case.model_validate(document | {"evaluations": weekly, "waivers": [waiver]}))
    assert waived.rule("Z402").status == "waived"
    said = words_of(html_report(waived), "en")
    assert "~ Z402 monthly achievement assessment ~ waived" in said
    assert re.search(r"waived days ?\d", said)


def test_an_office_lists_its_users_worst_first_and_what_could_not_be_read() -> None:
    error = {
        "schema": "zaitaku-error/1",
        "place": "a.jsonl:3",
        "error": {"ja": "読めない", "en": "unreadable"},
    }
    page = html_report([report_of("hitachi-visit", id="fine"), broken(), running(), error])
    rows = [attrs["data-v"] for tag, attrs in read(page).tags if tag == "tr" and "data-v" in attrs]
    assert rows == ["broken", "open", "kept"]
    assert "a.jsonl:3 読めない" in words_of(page)
    assert "nowhere" in html_report(
        [InvalidInput("誤り", "wrong", place="nowhere"), {"schema": "zaitaku-error/1"}]
    )


def test_foreign_text_is_never_markup() -> None:
    document = json.loads(with_calendar(broken()).to_json())
    document |= {"user": HOSTILE, "provider": HOSTILE}
    document["receipt"]["notes"] = document["receipt"]["notes_ja"] = [HOSTILE]
    document["receipt"]["ruleset"] = document["receipt"]["overlays"] = [HOSTILE]
    document["receipt"]["readings"] = {HOSTILE: HOSTILE}
    document["receipt"]["library"] = document["receipt"]["case_sha256"] = HOSTILE
    for day in document["calendar"]:
        for contact in day["contacts"]:
            contact |= {"at": HOSTILE, "channel": HOSTILE}
    for rule in document["rules"]:
        rule["message"] = {"ja": HOSTILE, "en": HOSTILE}
        rule["missing"] = [HOSTILE] if rule["missing"] else []
        for basis in rule["basis"]:
            basis |= {
                "clause": HOSTILE,
                "url": "javascript:alert(3)",
                "title": {"ja": HOSTILE, "en": HOSTILE},
            }
        for found in rule["found"]:
            found["records"] = [HOSTILE]
    for pages in ([document], [document] * 2, [document] * (module.MOST_INLINE + 1)):
        page = html_report(pages)
        tags = read(page).tags
        assert sum(tag == "script" for tag, _ in tags) == 1
        assert not any(tag == "img" or "onerror" in attrs for tag, attrs in tags)
        assert not any((attrs.get("href") or "").startswith("javascript") for _, attrs in tags)
        assert "\u202e" not in page
        assert "{{7*7}}" in page
    drawn = Report.model_validate(document)._repr_html_()  # pyright: ignore[reportPrivateUsage]
    assert {tag for tag, _ in read(drawn).tags} <= {
        "div",
        "b",
        "br",
        "small",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
    }


def test_nothing_is_loaded_from_elsewhere() -> None:
    page = html_report(office())
    assert "default-src 'none'" in page
    for tag, attrs in read(page).tags:
        assert tag not in ("link", "img", "iframe", "object")
        assert "src" not in attrs
    style = page.partition("<style>")[2].partition("</style>")[0]
    assert "url(" not in style
    assert "@import" not in style


def test_a_large_office_quotes_long_texts_by_number(monkeypatch: pytest.MonkeyPatch) -> None:
    reports = [broken(id=f"U-{number}") for number in range(4)]
    whole = html_report(reports)
    monkeypatch.setattr(module, "MOST_INLINE", 3)
    page = html_report(reports)
    says = reports[0].rule("Z301").basis[0].says.ja
    assert whole.count(says) > page.count(says) == 2
    numbers = {attrs["href"] for _, attrs in read(page).tags if attrs.get("class") == "fn"}
    targets = {f"#{attrs['id']}" for _, attrs in read(page).tags if attrs.get("id")}
    assert numbers
    assert numbers <= targets
    assert len(page) < len(whole)


@pytest.mark.parametrize("of", [broken, running])
def test_two_thousand_cases_stay_below_twenty_megabytes(monkeypatch: pytest.MonkeyPatch, of: Any) -> None:
    monkeypatch.setattr(module, "MOST_INLINE", 1)
    few, more = (
        len(html_report([of(id=f"U-{number:05}") for number in range(count)]).encode()) for count in (2, 22)
    )
    assert few + (more - few) / 20 * 1998 < 20_000_000


def test_every_link_within_the_page_has_its_place() -> None:
    for sources in (broken(), running(), office()):
        tags = read(html_report(sources)).tags
        named = [attrs["id"] for _, attrs in tags if attrs.get("id")]
        assert len(named) == len(set(named))
        links = {attrs["href"] for _, attrs in tags if (attrs.get("href") or "").startswith("#")}
        assert {f"#{name}" for name in named} >= links


def test_the_command_line_writes_the_page(call: Call) -> None:
    name = str(EXAMPLES / "hitachi-broken.json")
    code, out, err = call("check", name, "--format", "html", "--output", "report.html", "--lang", "en")
    assert (code, out) == (1, "")
    assert "judged as of" in err
    page = Path("report.html").read_text("utf-8")
    assert page.startswith('<!DOCTYPE html>\n<html lang="en">')
    assert "<i class=report>" in page
    assert "<i class=n>2</i>" in page
    other = str(EXAMPLES / "running-month.json")
    assert "U-501" in call("check", name, other, "--format", "html").out


# In a notebook


def test_a_notebook_shows_verdict_and_month_without_a_template() -> None:
    drawn = running()._repr_html_()  # pyright: ignore[reportPrivateUsage]
    assert "未確定 open" in drawn
    assert "在2日週" in drawn
    assert "(通)" in drawn
    assert "Z401" in broken()._repr_html_()  # pyright: ignore[reportPrivateUsage]
    text = str(EXAMPLES / "running-month.json")
    read_case = f"Case.model_validate_json(open({text!r}, 'rb').read())"
    code = f"from zaitaku_rules import Case, check\ncheck({read_case})._repr_html_()"
    assert not loaded_after(code) & {"jinja2", "markupsafe", "pandas", "numpy", "rich"}


def test_findings_are_rows_for_any_frame() -> None:
    report = broken()
    rows = findings_rows(report)
    assert [row["code"] for row in rows] == ["Z301", "Z302", "Z401"]
    assert rows[0]["days"] == list(report.rule("Z301").days)
    assert len(findings_rows([report, report], every=True)) == 2 * len(report.rules)
    frame = findings_frame(report)
    assert list(frame["user_id"]) == ["U-304"] * 3
    assert list(findings_frame([]).columns) == list(frame.columns)


# In the browser


@pytest.fixture(scope="module")
def browser() -> Generator[Any]:
    playwright = pytest.importorskip("playwright.sync_api", reason="needs Playwright: pip install playwright")
    if not Path(CHROMIUM).exists():
        pytest.skip("needs Chromium: apt-get install chromium")
    with playwright.sync_playwright() as driver:
        found = driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield found
        found.close()


@pytest.fixture
def show(browser: Any, tmp_path: Path) -> Generator[Any]:
    """Open a page; at the end nothing may have been asked of the network or told on the console."""
    contexts: list[Any] = []
    told: list[str] = []
    asked: list[str] = []

    def refuse(route: Any) -> None:
        route.abort()

    def open_page(html: str, **options: Any) -> Any:
        context = browser.new_context(**options)
        contexts.append(context)
        context.route(re.compile("^(?!file:)"), refuse)
        page = context.new_page()
        page.on("console", lambda message: told.append(message.text))  # pyright: ignore
        page.on("pageerror", lambda error: told.append(str(error)))  # pyright: ignore
        page.on("request", lambda request: asked.append(request.url))  # pyright: ignore
        path = tmp_path / "report.html"
        path.write_text(html, "utf-8")
        page.goto(path.as_uri())
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert told == []
    assert [url for url in asked if not url.endswith("/report.html")] == []
    assert len(asked) == len(contexts)


def test_the_first_screen_shows_verdict_days_at_risk_and_what_is_due(show: Any) -> None:
    for size in ({"width": 1280, "height": 800}, {"width": 390, "height": 844}):
        page = show(html_report(running()), viewport=size)
        for name in (".verdict", ".tiles .at_risk", ".tiles .next"):
            box = page.locator(f".case {name}").bounding_box()
            assert box["y"] + box["height"] <= size["height"], name
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]


def test_the_language_is_switched_in_the_page(show: Any) -> None:
    report = broken()
    page = show(html_report([report, running()]))
    text = page.inner_text("main")
    assert report.rule("Z301").message.ja in text
    assert report.rule("Z301").message.en not in text
    page.focus("#lang-ja")
    page.keyboard.press("ArrowRight")
    text = page.inner_text("main")
    assert report.rule("Z301").message.en in text
    assert report.rule("Z301").message.ja not in text
    assert page.evaluate("document.documentElement.lang") == "en"
    assert page.title() == "Home use, judged 2026-03"
    assert "any rule" in page.inner_text("#by-rule")
    assert not re.search("[ぁ-ん]", page.inner_text(".overview"))


_CONTRAST = """() => {
  const canvas = document.createElement("canvas").getContext("2d", {willReadFrequently: true});
  const rgba = (colour) => {
    canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const linear = (x) => x <= 0.04045 ? x / 12.92 : ((x + 0.055) / 1.055) ** 2.4;
  const light = ([r, g, b]) => 0.2126 * linear(r / 255) + 0.7152 * linear(g / 255) + 0.0722 * linear(b / 255);
  const ground = (node) => {
    for (; node; node = node.parentElement) {
      const found = rgba(getComputedStyle(node).backgroundColor);
      if (found[3] === 255) return found;
    }
    return [255, 255, 255, 255];
  };
  const low = new Set();
  const see = (node, colour, what) => {
    const [a, b] = [light(rgba(colour)), light(ground(node))].sort((x, y) => y - x);
    if ((a + 0.05) / (b + 0.05) < 4.5) low.add(`${what} ${((a + 0.05) / (b + 0.05)).toFixed(2)}`);
  };
  for (const node of document.querySelectorAll("body *")) {
    if (["SCRIPT", "TEMPLATE", "OPTION"].includes(node.tagName)) continue;
    const style = getComputedStyle(node);
    if (style.display === "none") continue;
    const name = `${node.tagName}.${node.className}`;
    const texts = [...node.childNodes].filter((one) => one.nodeType === 3 && one.data.trim());
    if (texts.length) see(node, style.color, name);
    const before = getComputedStyle(node, "::before");
    if (before.content !== "none") see(node, before.color, name);
  }
  return [...low];
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_has_contrast_in_both_themes(show: Any, scheme: str) -> None:
    waits = report_of("hitachi-visit-serves-both")
    page = show(html_report([broken(), running(), waits]), color_scheme=scheme)
    assert page.evaluate(_CONTRAST) == []
    ground = "getComputedStyle(document.body).backgroundColor"
    before = page.evaluate(ground)
    page.check("#theme-light" if scheme == "dark" else "#theme-dark", force=True)
    assert page.evaluate(ground) != before
    assert page.evaluate(_CONTRAST) == []


def test_a_day_shows_its_evidence_to_mouse_keyboard_and_touch(show: Any) -> None:
    html = html_report(broken())
    page = show(html, reduced_motion="reduce")
    day = page.locator(".cal td.broken", has_text="Z301").first
    tip = day.locator(".e")
    assert not tip.is_visible()
    day.hover()
    assert tip.is_visible()
    assert "1日2回の連絡 1 / 2 c-03-10-1" in tip.inner_text()
    page.keyboard.press("Escape")
    assert not tip.is_visible()
    page.mouse.move(0, 0)
    page.focus('.cal td[tabindex="0"]')
    for key in ("ArrowDown", "ArrowRight"):
        page.keyboard.press(key)
    assert tip.is_visible()
    focused = "getComputedStyle(document.activeElement)"
    assert page.evaluate(f"{focused}.outlineStyle") == "solid"
    assert page.locator('.cal td[tabindex="0"]').count() == 1
    touched = show(html, viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    touched.locator(".cal td.broken", has_text="Z301").first.tap()
    assert touched.locator(".cal td.broken .e").nth(1).is_visible()


def test_the_keyboard_reaches_everything_in_order(show: Any) -> None:
    page = show(html_report(broken()))
    reached: list[str] = []
    for _ in range(9):
        page.keyboard.press("Tab")
        reached.append(
            page.evaluate(
                "(({id, className, tagName}) => id || className || tagName)(document.activeElement)"
            )
        )
    assert reached[:4] == ["skip", "lang-ja", "theme-auto", "print"]
    assert reached[4] == "TD"
    assert page.locator("main").count() == page.locator("h1").count() == 1
    levels = page.evaluate("[...document.querySelectorAll('h1,h2,h3,h4')].map((one) => +one.tagName[1])")
    assert all(below <= above + 1 for above, below in pairwise(levels))
    assert page.locator(".cal caption").inner_text().startswith("月の表")
    assert page.locator(".cal th[scope=col]").count() == 7


def test_a_rule_in_the_folded_list_is_unfolded_when_it_is_followed(show: Any) -> None:
    page = show(html_report(broken()))
    assert not page.locator("#r-Z301 .says").first.is_visible()
    page.click(".finding h4 a >> nth=0")
    page.wait_for_selector("#r-Z301 .says")


def test_an_office_is_searched_filtered_and_sorted(show: Any) -> None:
    page = show(
        html_report([broken(id="<b>A-1</b>"), running(id="B-2"), report_of("hitachi-visit", id="a-3")])
    )
    rows = page.locator(".users tbody tr:visible")
    assert rows.count() == 3
    page.fill("#q", "<B>a-1")
    assert [rows.count(), page.locator(".case:visible").count(), page.inner_text("#count")] == [1, 1, "1"]
    page.fill("#q", "a-")
    assert rows.count() == 2
    page.select_option("#by-verdict", "kept")
    assert [text.split()[0] for text in rows.locator("th").all_inner_texts()] == ["a-3"]
    page.fill("#q", "")
    page.select_option("#by-verdict", "")
    page.select_option("#by-rule", "Z302")
    assert rows.count() == 2
    page.fill("#q", "nobody")
    assert page.is_visible("#nobody")
    page.fill("#q", "")
    page.select_option("#by-rule", "")
    page.click(".users thead button >> nth=0")
    assert [text.split()[0] for text in rows.locator("th").all_inner_texts()] == ["<b>A-1</b>", "a-3", "B-2"]
    page.click(".users thead button >> nth=0")
    assert page.get_attribute(".users th >> nth=0", "aria-sort") == "descending"
    assert rows.locator("th").first.inner_text().startswith("B-2")


def pages_of(page: Any) -> list[str]:
    """Return the texts of the printed pages without spaces, in the usual forms of their signs."""
    pypdf = pytest.importorskip("pypdf", reason="needs pypdf: pip install pypdf")
    printed = pypdf.PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    return [bare(found.extract_text()) for found in printed.pages]


def bare(text: str) -> str:
    return re.sub(r"\W", "", unicodedata.normalize("NFKC", text))


@pytest.mark.parametrize("most", [150, 3])
def test_an_office_prints_a_page_for_each_user(show: Any, monkeypatch: pytest.MonkeyPatch, most: int) -> None:
    monkeypatch.setattr(module, "MOST_INLINE", most)
    reports = office()
    page = show(html_report(reports), color_scheme="dark")
    pages = pages_of(page)
    assert len(pages) == 1 + len(reports)
    for report in reports:
        (held,) = (text for text in pages[1:] if bare(report.user) in text)
        assert report.receipt.case_sha256 in held
        assert "判定の控え" in held
        assert "※" not in held
    page.select_option("#by-verdict", "open")
    assert len(pages_of(page)) == 1 + sum(report.verdict == "open" for report in reports)


def test_a_bundle_holds_the_law_in_own_words(show: Any) -> None:
    report = broken()
    held = "".join(pages_of(show(html_report(report))))
    for basis in report.rule("Z401").basis:
        assert bare(basis.says.ja) in held
    assert report.receipt.ruleset_sha256 in held


def test_without_scripts_everything_can_be_read(show: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    report = broken()
    monkeypatch.setattr(module, "MOST_INLINE", 1)
    page = show(html_report([report, running()]), java_script_enabled=False)
    says = report.rule("Z301").basis[0].says
    assert says.ja in page.inner_text(".texts")
    assert says.en not in page.inner_text(".texts")
    page.check("#lang-en", force=True)
    assert says.en in page.inner_text(".texts")
    assert page.locator(".users tbody tr").count() == 2
    assert not page.locator(".filters").is_visible()


def test_numbers_give_way_to_their_texts_when_a_case_comes_into_view(
    show: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MOST_INLINE", 1)
    report = broken()
    page = show(html_report([report, running()]))
    page.locator(".case").first.scroll_into_view_if_needed()
    page.wait_for_selector("#case-1 a.fn", state="detached")
    assert report.rule("Z301").basis[0].says.ja in page.inner_text("#case-1")


def test_hostile_text_does_not_run(show: Any) -> None:
    page = show(html_report([broken(id=HOSTILE), running()]))
    assert page.inner_text(".case h2 >> nth=0").startswith("<script>alert(1)</script>")
    assert page.evaluate("document.querySelectorAll('img').length") == 0

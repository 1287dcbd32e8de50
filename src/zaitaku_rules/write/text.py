"""A report in the terminal: verdict, month page, claim, findings, what is due, receipt."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from zaitaku_rules.explain import named, title, words
from zaitaku_rules.law import overlay_of
from zaitaku_rules.records import Case
from zaitaku_rules.report import Report, Text
from zaitaku_rules.write.day_words import day_words, days_words, month_words
from zaitaku_rules.write.labels import SIGNS, STYLES, label, plain
from zaitaku_rules.write.month_page import legend, month_page
from zaitaku_rules.write.text_due import due_table
from zaitaku_rules.write.text_findings import finding, worst_first

if TYPE_CHECKING:
    from rich.console import Console, RenderableType
    from rich.text import Text as Line

_QUIET = ("kept", "idle", "not_run")


def print_case(case: Case, report: Report, console: Console, lang: str) -> None:
    """Print the report of a case, in "ja" or "en", as wide as the console."""
    from rich.padding import Padding

    def put(*lines: RenderableType, indent: int = 2) -> None:
        for line in lines:
            console.print(Padding(line, (0, 0, 0, indent)))

    put(*_header(case, report, lang), indent=0)
    console.print()
    put(month_page(case, report, lang, console.width))
    console.print()
    put(legend(lang))
    console.print()
    put(_claim(report, lang))
    for rule in worst_first(report):
        console.print()
        put(*finding(rule, report, lang), indent=0)
    console.print()
    put(*_quiet(report, lang), indent=0)
    if report.due:
        console.print()
        put(_heading(label("due", lang)), indent=0)
        put(due_table(report, lang))
    console.print()
    put(*_receipt(report, lang), indent=0)


def print_summary(verdicts: Mapping[str, int], bad: int, console: Console, lang: str) -> None:
    """Print how many cases have which verdict."""
    from rich.text import Text as Line

    line = Line()
    for verdict in ("broken", "open", "kept", "idle"):
        if verdicts.get(verdict):
            line.append(f" {SIGNS[verdict]} {words()['statuses'][verdict][lang]} {verdicts[verdict]} ", STYLES[verdict])
            line.append("  ")
    if bad:
        line.append(f"{label('bad', lang)} {bad}", style="bold")
    console.print(line)


def _header(case: Case, report: Report, lang: str) -> Iterator[Line]:
    from rich.text import Text as Line

    first = Line()
    said = words()["statuses"][report.verdict][lang]
    first.append(f" {SIGNS[report.verdict]} {said} ", style=STYLES[report.verdict])
    first.append(f"  {plain(report.user)}", style="bold")
    first.append(f"  {month_words(report.month, lang)}", style="bold")
    first.append(f"  {_said(named('values', [case.provider.service]), lang)}")
    yield first
    second = Line(style="dim")
    second.append(f"  {label('provider', lang)} {plain(report.provider)}")
    second.append(f"  {label('municipality', lang)} {_municipality(case, lang)}")
    second.append(f"  {label('as_of', lang)} {report.as_of}")
    yield second


def _municipality(case: Case, lang: str) -> str:
    code = case.user.municipality
    overlay = overlay_of(code)
    return f"{getattr(overlay.file.overlay.name, lang)} {code}" if overlay else code


def _said(text: Text, lang: str) -> str:
    return text.ja if lang == "ja" else text.en


def _heading(text: str) -> Line:
    from rich.text import Text as Line

    return Line(text, style="bold")


def _claim(report: Report, lang: str) -> RenderableType:
    from rich.table import Table
    from rich.text import Text as Line

    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0), pad_edge=False)
    table.add_column(width=13, no_wrap=True)
    table.add_column(justify="right", no_wrap=True)
    table.add_column(ratio=1, overflow="fold")
    inks = {"at_risk": "bold red", "not_claimable": "bold red", "open": "bold yellow"}
    year = int(report.month[:4])
    for name in ("home_days", "clear", "at_risk", "open", "not_claimable"):
        days = getattr(report.claim, name)
        ink = inks.get(name, "") if days else "dim"
        listed = "" if name == "home_days" else days_words(days, lang, year=year)
        unit = f"{len(days)}日" if lang == "ja" else str(len(days))
        table.add_row(Line(label(name, lang), style=ink), Line(unit, style=ink), Line(listed, style="dim"))
    return table


def _quiet(report: Report, lang: str) -> Iterator[Line]:
    """Say how many rules are kept, idle or not run, and name those that lack data."""
    from rich.text import Text as Line

    counts = Counter(rule.status for rule in report.rules)
    said = [f"{SIGNS[name]} {words()['statuses'][name][lang]} {counts[name]}" for name in _QUIET]
    yield Line("   ".join(said), style="dim")
    for rule in report.rules:
        if rule.missing:
            line = Line(f"{SIGNS['not_run']} {rule.code} {_said(title(rule.code), lang)}")
            lists = _said(named("sources", rule.missing), lang)
            line.append(f"  {label('not_given', lang)}: {lists} ({', '.join(rule.missing)})", style="dim")
            yield line


def _receipt(report: Report, lang: str) -> Iterator[Line]:
    from rich.text import Text as Line

    receipt = report.receipt
    for note in receipt.notes_ja if lang == "ja" else receipt.notes:
        yield Line(plain(f"{label('notes', lang)}  {note}"), style="dim")
    rules = " + ".join(receipt.ruleset)
    readings = "".join(f"  {name}={value}" for name, value in receipt.readings.items())
    yield Line(
        plain(
            f"{label('receipt', lang)}  zaitaku-rules {receipt.library}  {rules} {receipt.ruleset_sha256[:12]}"
            f"  case {receipt.case_sha256[:12]}{readings}"
        ),
        style="dim",
    )

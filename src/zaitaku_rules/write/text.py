"""A report in the terminal: verdict, month page, claim, findings, what is due, receipt."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING

from zaitaku_rules.explain import named, title, words
from zaitaku_rules.law import overlay_of
from zaitaku_rules.records import Case
from zaitaku_rules.report import Report, RuleReport, Text
from zaitaku_rules.write.day_words import days_words, month_words
from zaitaku_rules.write.labels import SIGNS, STYLES, WIDEST, label, plain
from zaitaku_rules.write.line_breaks import wrapped
from zaitaku_rules.write.month_page import is_pending, legend, month_page
from zaitaku_rules.write.text_due import due_table
from zaitaku_rules.write.text_findings import finding, labelled, pending, worst_first
from zaitaku_rules.write.text_plan import plan_lines

if TYPE_CHECKING:
    from rich.console import Console, RenderableType
    from rich.text import Text as Line


NONE: Mapping[str, Sequence[date]] = MappingProxyType({})
"""No day is known."""


def print_case(
    case: Case, report: Report, console: Console, lang: str, known: Mapping[str, Sequence[date]] = NONE
) -> None:
    """Print the report of a case, in "ja" or "en", as wide as the console, but not beyond what reads well.

    `known` are the days that a baseline holds: a rule with no other day is only counted.
    """
    from rich.padding import Padding

    width = min(console.width, WIDEST)

    def put(*lines: RenderableType, indent: int = 0, gap: bool = True) -> None:
        if gap:
            console.print()
        for line in lines:
            console.print(Padding(line, (0, 0, 0, indent)), width=width)

    put(*_header(case, report, lang), gap=False)
    put(month_page(case, report, lang, width), indent=2)
    put(legend(case, report, lang, width - 2), indent=2)
    put(_claim(report, lang, width), indent=2)
    findings = [rule for rule in worst_first(report) if not _is_known(rule, known)]
    for rule in findings:
        if not is_pending(rule):
            put(*finding(rule, report, lang, width, known.get(rule.code, ())))
    if waiting := [rule for rule in findings if is_pending(rule)]:
        put(_heading(label("pending", lang)))
        put(*pending(waiting, lang, int(report.month[:4]), width - 2), indent=2, gap=False)
    if held := [rule for rule in report.rules if _is_known(rule, known)]:
        put(_heading(label("baseline", lang)))
        put(labelled(_known_rows(held, report, lang), width - 2), indent=2, gap=False)
    if report.due:
        put(_heading(label("due", lang)))
        put(due_table(report, lang, width - 2), indent=2, gap=False)
    if report.plan is not None:
        put(_heading(label("plan", lang)))
        put(*plan_lines(report.plan, lang, width - 2, int(report.month[:4])), indent=2, gap=False)
    put(*_quiet(report, lang, width))
    put(_receipt(report, lang, width))


def print_summary(verdicts: Mapping[str, int], bad: int, console: Console, lang: str) -> None:
    """Print how many cases have which verdict."""
    from rich.text import Text as Line

    line = Line()
    for verdict in ("broken", "open", "kept", "idle"):
        if verdicts.get(verdict):
            line.append(
                f" {SIGNS[verdict]} {words()['statuses'][verdict][lang]} {verdicts[verdict]} ",
                STYLES[verdict],
            )
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
    if report.receipt.known_at:
        second.append(f"  {label('known_at', lang)} {report.receipt.known_at}")
    yield second


def _municipality(case: Case, lang: str) -> str:
    code = case.user.municipality
    overlay = overlay_of(code)
    return f"{getattr(overlay.file.overlay.name, lang)} {code}" if overlay else code


def _said(text: Text, lang: str) -> str:
    return text.ja if lang == "ja" else text.en


def _is_known(rule: RuleReport, known: Mapping[str, Sequence[date]]) -> bool:
    return rule.code in known and {*rule.days, *rule.open_days} <= {*known[rule.code]}


def _known_rows(rules: Sequence[RuleReport], report: Report, lang: str) -> Iterator[tuple[str, str]]:
    for rule in rules:
        days = days_words((*rule.days, *rule.open_days), lang, year=int(report.month[:4]))
        yield rule.code, f"{_said(title(rule.code), lang)}  {days}"


def _heading(text: str) -> Line:
    from rich.text import Text as Line

    return Line(text, style="bold")


def _claim(report: Report, lang: str, width: int) -> RenderableType:
    from rich.table import Table
    from rich.text import Text as Line

    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0), pad_edge=False)
    table.add_column(width=13, no_wrap=True)
    table.add_column(width=4, justify="right", no_wrap=True)
    table.add_column(no_wrap=True)
    inks = {"at_risk": "bold red", "not_claimable": "bold red", "open": "bold yellow"}
    year = int(report.month[:4])
    for name in ("home_days", "clear", "at_risk", "open", "not_claimable"):
        days = getattr(report.claim, name)
        ink = inks.get(name, "") if days else "dim"
        listed = "" if name == "home_days" else wrapped(days_words(days, lang, year=year), width - 23)
        unit = f"{len(days)}日" if lang == "ja" else str(len(days))
        table.add_row(Line(label(name, lang), style=ink), Line(unit, style=ink), Line(listed, style="dim"))
    return table


def _quiet(report: Report, lang: str, width: int) -> Iterator[Line]:
    """Say how many rules are kept, idle, off or without data, and which lists would let them run."""
    from rich.text import Text as Line

    lacking: dict[str, list[str]] = {}
    for rule in report.rules:
        for name in rule.missing:
            lacking.setdefault(name, []).append(rule.code)
    counts = Counter(rule.status for rule in report.rules)
    without_data = sum(bool(rule.missing) for rule in report.rules)
    said = [f"{SIGNS[name]} {words()['statuses'][name][lang]} {counts[name]}" for name in ("kept", "idle")]
    said.append(f"{SIGNS['not_run']} {label('not_given', lang)} {without_data}")
    said.append(f"{SIGNS['not_run']} {label('off', lang)} {counts['not_run'] - without_data}")
    yield Line("   ".join(said), style="dim")
    for name, codes in lacking.items():
        listed = f"{_said(named('sources', [name]), lang)} ({name})"
        line = f"  {label('not_given', lang)}: {listed}  {' '.join(codes)}"
        yield Line(wrapped(line, width).replace("\n", "\n    "), style="dim")
    if lacking:
        yield Line(wrapped(f"  {label('empty_list', lang)}", width), style="dim")


def _receipt(report: Report, lang: str, width: int) -> RenderableType:
    receipt = report.receipt
    rows = [_note(note, report, lang) for note in (receipt.notes_ja if lang == "ja" else receipt.notes)]
    rows.sort(key=lambda row: row[0] == label("by_people", lang))
    rows += [
        (label("receipt", lang), f"zaitaku-rules {receipt.library}  case {receipt.case_sha256[:12]}"),
        (label("receipt", lang), plain(f"{' + '.join(receipt.ruleset)} {receipt.ruleset_sha256[:12]}")),
        *((label("receipt", lang), f"{name} = {value}") for name, value in receipt.readings.items()),
    ]
    return labelled(rows, width, style="dim")


def _note(note: str, report: Report, lang: str) -> tuple[str, str]:
    """Label a note; what an overlay asks and no rule can check is for people to see to."""
    for overlay in report.receipt.ruleset:
        if note.startswith(f"{overlay}: "):
            return label("by_people", lang), plain(note.removeprefix(f"{overlay}: "))
    return label("notes", lang), plain(note)

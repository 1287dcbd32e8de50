"""Findings in the terminal, worst first: what was found, on which days, on what basis, how to mend it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING
from urllib.parse import unquote

from zaitaku_rules.explain import title, words
from zaitaku_rules.law import nation, shipped_overlay, shipped_overlays
from zaitaku_rules.report import Basis, Found, Mend, Report, RuleReport, Settle
from zaitaku_rules.write.day_words import day_words, days_words
from zaitaku_rules.write.labels import INK, KINDS, SIGNS, label, plain

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.table import Table
    from rich.text import Text

_SEVERITIES = ("payment", "duty", "advice", "record")
_STATUSES = ("broken", "open", "waived")
_EVIDENCE = 3


def worst_first(report: Report) -> list[RuleReport]:
    """Return the findings: broken payment, broken duty, open payment, open duty, then advice and record."""
    found = [rule for rule in report.rules if rule.status in _STATUSES]
    return sorted(found, key=_rank)


def _rank(rule: RuleReport) -> tuple[bool, bool, int, int, str]:
    is_lesser = rule.severity in ("advice", "record")
    status, severity = _STATUSES.index(rule.status), _SEVERITIES.index(rule.severity)
    return rule.status == "waived", is_lesser, status, severity, rule.code


def finding(rule: RuleReport, report: Report, lang: str) -> Iterator[RenderableType]:
    """Return the lines of one finding: heading, message, then labelled lines."""
    from rich.padding import Padding
    from rich.text import Text

    yield _heading(rule, lang)
    yield Padding(Text(rule.message.ja if lang == "ja" else rule.message.en), (0, 0, 0, 2))
    yield Padding(_details(rule, report, lang), (0, 0, 0, 2))


def _heading(rule: RuleReport, lang: str) -> Text:
    from rich.text import Text

    said, ink = words(), INK[rule.status]
    text = Text(f"{SIGNS[rule.status]} {rule.code} ", style=ink)
    text.append((title(rule.code).ja if lang == "ja" else title(rule.code).en) + "  ", style=ink)
    text.append(said["statuses"][rule.status][lang], style=ink)
    text.append("  " + said["severities"][rule.severity][lang], style="dim")
    return text


def _details(rule: RuleReport, report: Report, lang: str) -> Table:
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0), pad_edge=False)
    table.add_column(width=10, style="dim", no_wrap=True)
    table.add_column(ratio=1, overflow="fold")
    year = int(report.month[:4])
    for name in ("days", "open_days", "waived_days"):
        if days := getattr(rule, name):
            table.add_row(label(name, lang), days_words(days, lang, year=year))
    for name, lines in (
        ("found", _evidence(rule.found, lang, year)),
        ("basis", [line for basis in rule.basis for line in _basis(basis, lang)]),
        ("settle", [_way(way, lang) for way in rule.settle]),
        ("mend", [_way(way, lang) for way in rule.mend]),
    ):
        for number, line in enumerate(lines):
            style = "dim" if name == "basis" else ""
            table.add_row("" if number else label(name, lang), Text(line, style=style))
    return table


def _evidence(found: Sequence[Found], lang: str, year: int) -> list[str]:
    """Return how many acts count of how many needed, once for all days that have the same evidence."""
    groups = [
        (evidence, [one.date for one in days])
        for evidence, days in groupby(found, key=lambda one: (one.count, one.needed, one.records))
        if evidence[1] > 1 or evidence[2]
    ]
    lines = [
        f"{days_words(days, lang, year=year)}  {count} / {needed}{_ids(records)}"
        for (count, needed, records), days in groups[:_EVIDENCE]
    ]
    return [*lines, f"+{len(groups) - _EVIDENCE}"] if len(groups) > _EVIDENCE else lines


def _ids(records: Sequence[str]) -> str:
    if not records:
        return ""
    more = f" +{len(records) - 4}" if len(records) > 4 else ""
    return f"  ({', '.join(plain(record) for record in records[:4])}{more})"


def _basis(basis: Basis, lang: str) -> Iterator[str]:
    source = basis.source if lang == "ja" else source_titles().get(basis.source, basis.source)
    yield f"{basis.clause}  {plain(source)}"
    if basis.url:
        yield link(basis.url)


def link(url: str) -> str:
    """Return a link as people read it: letters instead of percent signs, where nothing is lost."""
    readable = unquote(url)
    return readable if readable.isprintable() and " " not in readable and unquote(readable) == readable else url


@lru_cache(maxsize=1)
def source_titles() -> dict[str, str]:
    """Return the English title of each known source by its Japanese one."""
    sources = [*nation().sources.values()]
    for name in shipped_overlays():
        sources += shipped_overlay(name).file.source
    return {source.title.ja: source.title.en for source in sources}


def _way(way: Settle | Mend, lang: str) -> str:
    said = way.what.ja if lang == "ja" else way.what.en
    by = ""
    if way.by is not None and way.kind != "wait":
        by = f"({day_words(way.by, lang)}まで)" if lang == "ja" else f" (by {day_words(way.by, lang)})"
    kind = KINDS[way.kind].said_in(lang)
    return f"{kind}{by}: {plain(said)}"

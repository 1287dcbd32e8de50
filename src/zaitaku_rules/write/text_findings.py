"""Findings in the terminal, worst first: what was found, on which days, on what basis, how to mend it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING
from urllib.parse import unquote

from zaitaku_rules.explain import title, words
from zaitaku_rules.report import Basis, Found, Mend, Report, RuleReport, Settle
from zaitaku_rules.write.day_words import day_words, days_words
from zaitaku_rules.write.labels import INK, LABELS, SIGNS, label, plain
from zaitaku_rules.write.line_breaks import cells, wrapped
from zaitaku_rules.write.month_page import is_about_events_to_come

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.table import Table
    from rich.text import Text

_SEVERITIES = ("payment", "duty", "advice", "record")
_STATUSES = ("broken", "open", "waived")
_EVIDENCE = 3
_LABEL = 10
_CODE = 4
_NARROWEST = 14
BULLET = {"ja": "・", "en": "- "}
"""What an item begins with."""


def worst_first(report: Report) -> list[RuleReport]:
    """Return the findings: broken payment, broken duty, open payment, open duty, then advice and record."""
    found = [rule for rule in report.rules if rule.status in _STATUSES]
    return sorted(found, key=_rank)


def _rank(rule: RuleReport) -> tuple[bool, bool, int, int, str]:
    is_lesser = rule.severity in ("advice", "record")
    status, severity = _STATUSES.index(rule.status), _SEVERITIES.index(rule.severity)
    return rule.status == "waived", is_lesser, status, severity, rule.code


def finding(
    rule: RuleReport, report: Report, lang: str, width: int, known: Sequence[date] = ()
) -> Iterator[RenderableType]:
    """Return the lines of one finding: heading, message, then labelled lines; `known` days are named."""
    from rich.padding import Padding
    from rich.text import Text

    yield _heading(rule, lang)
    said = rule.message.ja if lang == "ja" else rule.message.en
    yield Padding(Text(wrapped(said, width - 2)), (0, 0, 0, 2))
    yield Padding(labelled(_details(rule, report, lang, known), width - 2), (0, 0, 0, 2))


def labelled(rows: Iterable[tuple[str, str]], width: int, style: str = "") -> Table:
    """Return labelled lines; a label that follows itself is not repeated, and the basis stays quiet."""
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0), pad_edge=False)
    table.add_column(width=_LABEL, style="dim", no_wrap=True)
    table.add_column(no_wrap=True)
    before = ""
    for name, line in rows:
        quiet = "dim" if name in (LABELS["basis"].ja, LABELS["basis"].en) else style
        table.add_row("" if name == before else name, Text(_hung(line, width - _LABEL - 2), style=quiet))
        before = name
    return table


def _hung(line: str, width: int) -> str:
    """Break a line; what follows a bullet hangs behind it."""
    if not line.startswith(tuple(BULLET.values())):
        return wrapped(line, width)
    return wrapped(line, width - 2).replace("\n", "\n  ")


def pending(rules: Sequence[RuleReport], lang: str, year: int, width: int) -> Iterator[RenderableType]:
    """Return the findings that only wait: a line each, and one line for events that may still happen."""
    from rich.table import Table
    from rich.text import Text

    shown = [rule for rule in rules if not is_about_events_to_come(rule)]
    titles = [title(rule.code).ja if lang == "ja" else title(rule.code).en for rule in shown]
    wide = max(map(cells, titles), default=0)
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0), pad_edge=False)
    for style, column in (("yellow", 1), ("", _CODE), ("", wide), ("dim", None)):
        table.add_column(style=style, no_wrap=True, width=column)
    for rule, said in zip(shown, titles, strict=True):
        days = days_words(rule.open_days, lang, year=year)
        rest = max(_NARROWEST, width - wide - _CODE - 7)
        table.add_row(SIGNS["open"], rule.code, said, Text(wrapped(days, rest)))
    if table.row_count:
        yield table
    if codes := [rule.code for rule in rules if is_about_events_to_come(rule)]:
        said_rest = "これから起こりうること" if lang == "ja" else "what may still happen"
        yield Text(f"{SIGNS['open']}  {'  '.join(codes)}  {said_rest}", style="dim")


def _heading(rule: RuleReport, lang: str) -> Text:
    from rich.text import Text

    said, ink = words(), INK[rule.status]
    text = Text(f"{SIGNS[rule.status]} {rule.code} ", style=ink)
    text.append((title(rule.code).ja if lang == "ja" else title(rule.code).en) + "  ", style=ink)
    text.append(said["statuses"][rule.status][lang], style=ink)
    text.append("  " + said["severities"][rule.severity][lang], style="dim")
    return text


def _details(rule: RuleReport, report: Report, lang: str, known: Sequence[date]) -> Iterator[tuple[str, str]]:
    year = int(report.month[:4])
    for name in ("days", "open_days", "waived_days"):
        if days := getattr(rule, name):
            yield label(name, lang), days_words(days, lang, year=year)
    if known:
        yield label("known", lang), days_words(known, lang, year=year)
    past = [one for one in rule.found if one.date in rule.days or one.date < report.as_of]
    for name, lines in (
        ("found", _evidence(past, lang, year)),
        ("basis", _basis(rule.basis, lang)),
        ("settle", (line for way in rule.settle for line in _settled(way, lang))),
        ("mend", (_way(way, lang) for way in rule.mend)),
    ):
        for line in lines:
            yield label(name, lang), line


def _evidence(found: Sequence[Found], lang: str, year: int) -> Iterator[str]:
    """Say how many acts count of how many needed, once for all days that have the same evidence."""
    groups = [
        (evidence, [one.date for one in days])
        for evidence, days in groupby(found, key=lambda one: (one.count, one.needed, one.records))
        if evidence[1] > 1 or evidence[2]
    ]
    for (count, needed, records), days in groups[:_EVIDENCE]:
        yield f"{days_words(days, lang, year=year)}  {count} / {needed}{ids_words(records)}"
    if len(groups) > _EVIDENCE:
        yield f"+{len(groups) - _EVIDENCE}"


def ids_words(records: Sequence[str]) -> str:
    """Return the names of records in brackets: at most four, then how many more."""
    if not records:
        return ""
    more = f" +{len(records) - 4}" if len(records) > 4 else ""
    return f"  ({', '.join(plain(record) for record in records[:4])}{more})"


def _basis(found: Sequence[Basis], lang: str) -> Iterator[str]:
    """Name each source once, with its clauses and its link."""
    by_source: dict[tuple[str, str | None], list[str]] = {}
    for basis in found:
        title_said = basis.title.ja if lang == "ja" else basis.title.en
        by_source.setdefault((title_said, basis.url), []).append(basis.clause)
    for (source, url), clauses in by_source.items():
        yield f"{plain(source)} [{', '.join(clauses)}]"
        if url:
            yield link(url)


def link(url: str) -> str:
    """Return a link as people read it: letters instead of percent signs, where nothing is lost."""
    readable = unquote(url)
    return (
        readable if readable.isprintable() and " " not in readable and unquote(readable) == readable else url
    )


def _settled(way: Settle, lang: str) -> Iterator[str]:
    """Say what settles a finding; of a question also the entry of an overlay that answers it."""
    yield _way(way, lang)
    for entry in (way.answer or "").split("\n\n") if way.answer else ():
        kept = [line for line in entry.split("\n") if not line.startswith(("because", "clause"))]
        yield f"{'上書き規則では' if lang == 'ja' else 'in an overlay'}: {'  '.join(kept)}"


def _way(way: Settle | Mend, lang: str) -> str:
    said = way.what.ja if lang == "ja" else way.what.en
    by = ""
    if way.by is not None and way.kind != "wait":
        by = f"({day_words(way.by, lang)}まで)" if lang == "ja" else f" (by {day_words(way.by, lang)})"
    records = ids_words(way.records) if isinstance(way, Mend) else ""
    return f"{BULLET[lang]}{plain(said)}{by}{records}"

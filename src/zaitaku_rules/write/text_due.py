"""What is still due, soonest first: in the terminal and as entries for JSON."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from zaitaku_rules.explain import title
from zaitaku_rules.report import Due, Report
from zaitaku_rules.write.day_words import day_words
from zaitaku_rules.write.labels import plain

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table


def due_table(report: Report, lang: str) -> Table:
    """Return what is still due for one case, soonest first."""
    table = _table()
    for one in report.due or ():
        table.add_row(*_row(one, lang))
    return table


def print_due(reports: Sequence[Report], console: Console, lang: str) -> None:
    """Print what is still due for all cases, soonest first."""
    from rich.text import Text as Line

    table = _table()
    table.add_column(no_wrap=True, style="bold")
    found = _soonest(reports)
    for report, one in found:
        table.add_row(*_row(one, lang), Line(plain(report.user)))
    if found:
        console.print(table)
    else:
        console.print(
            "期限の残っているものはありません。" if lang == "ja" else "Nothing is due any more.", style="dim"
        )


def due_entries(reports: Iterable[Report]) -> list[dict[str, Any]]:
    """Return what is still due for all cases, soonest first, as objects with user, provider and month."""
    return [
        {
            "user": report.user,
            "provider": report.provider,
            "month": report.month,
            "as_of": report.as_of.isoformat(),
            **one.model_dump(mode="json", by_alias=True),
        }
        for report, one in _soonest(reports)
    ]


def _soonest(reports: Iterable[Report]) -> list[tuple[Report, Due]]:
    found = [(report, one) for report in reports for one in report.due or ()]
    return sorted(found, key=lambda pair: (pair[1].by, pair[1].code))


def _table() -> Table:
    from rich.table import Table

    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0), pad_edge=False)
    table.add_column(no_wrap=True, style="bold")
    table.add_column(no_wrap=True)
    table.add_column()
    table.add_column(no_wrap=True)
    table.add_column(no_wrap=True, style="dim")
    return table


def _row(one: Due, lang: str) -> tuple[str, str, str, str, str]:
    window = ""
    if one.window.from_ != one.window.to:
        window = f"{day_words(one.window.from_, lang)} - {day_words(one.window.to, lang)}"
    if lang == "ja":
        return f"{day_words(one.by, lang)}まで", one.code, title(one.code).ja, f"あと{one.missing}回", window
    return f"by {day_words(one.by, lang)}", one.code, title(one.code).en, f"{one.missing} missing", window

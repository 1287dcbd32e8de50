"""The outcome of a conformance check in the terminal: a table by rule, then what differs."""

from __future__ import annotations

from itertools import groupby, islice
from typing import TYPE_CHECKING

from zaitaku_rules.errors import Message
from zaitaku_rules.explain import title
from zaitaku_rules.report import Conformance, Counted, Deviation, Plain
from zaitaku_rules.write.labels import SIGNS, STYLES, WIDEST, plain

if TYPE_CHECKING:
    from rich.console import Console

MOST = 20
"""How many failed cases are written out; JSON holds all."""

_WORDS = {
    "passed": Message("合格", "passed"),
    "failed": Message("不合格", "failed"),
    "missing": Message("結果なし", "missing"),
    "cases": Message("事例", "cases"),
    "verdict": Message("全体の判定", "verdict"),
    "claim": Message("請求できる日", "claim"),
    "due": Message("これからの期限", "due list"),
    "expected": Message("期待", "expected"),
    "found": Message("結果", "found"),
    "none": Message("なし", "none"),
}


def print_conformance(outcome: Conformance, console: Console, lang: str, *, strict: bool = False) -> None:
    """Print how many cases pass, for each rule that is stated, and what differs."""
    from rich.padding import Padding
    from rich.text import Text

    width = min(console.width, WIDEST)
    is_bad = bool(outcome.failed or (strict and outcome.missing))
    status = "broken" if is_bad else "kept" if outcome.passed else "idle"
    head = Text()
    head.append(f" {SIGNS[status]} {word('failed' if is_bad else 'passed', lang)} ", style=STYLES[status])
    numbers = (("passed", outcome.passed), ("failed", outcome.failed), ("missing", outcome.missing))
    said = "  ".join(f"{word(name, lang)} {len(ids)}" for name, ids in numbers)
    head.append(f"  {word('cases', lang)} {outcome.cases}: {said}", style="bold")
    console.print(head)
    console.print()
    console.print(_table(outcome.rules, lang))
    for name, found in islice(groupby(outcome.deviations, lambda one: one.id), MOST):
        console.print()
        console.print(Text(f"{SIGNS['broken']} {plain(name)}", style="bold"))
        for one in found:
            said = f"{one.place}: {differing(one, lang)}"
            console.print(Padding(Text(said), (0, 0, 0, 2)), width=width)
    if (more := len(outcome.failed) - MOST) > 0:
        console.print()
        console.print(f"ほか{more}件" if lang == "ja" else f"and {more} more")


def _table(rules: tuple[Counted, ...], lang: str) -> object:
    from rich.table import Table

    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column("")
    for name in ("passed", "failed", "missing"):
        table.add_column(word(name, lang), justify="right")
    for one in rules:
        counts = (one.passed, one.failed, one.missing)
        table.add_row(
            f"{SIGNS['broken' if one.failed else 'kept']} {name_of(one.name, lang)}",
            *(str(count) if count else "-" for count in counts),
        )
    return table


def name_of(name: str, lang: str) -> str:
    """Return a rule with its title, or what else is compared."""
    if name in _WORDS:
        return word(name, lang)
    said = title(name)
    return f"{name} {said.ja if lang == 'ja' else said.en}"


def word(name: str, lang: str) -> str:
    """Return a fixed word of this outcome."""
    return _WORDS[name].said_in(lang)


def differing(one: Deviation, lang: str) -> str:
    """Return in words what was expected and what was found."""
    sides = (("expected", one.expected), ("found", one.found))
    return ", ".join(f"{word(side, lang)} {_said(value, lang)}" for side, value in sides)


def _said(value: Plain, lang: str) -> str:
    if isinstance(value, tuple):
        return " ".join(value) or word("none", lang)
    return word("none", lang) if value is None else plain(str(value))

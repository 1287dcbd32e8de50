"""A comparison of two laws in the terminal: the sums, the rules by size of change, the municipalities."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from zaitaku_rules.bulk.comparison import Comparison
from zaitaku_rules.errors import Message
from zaitaku_rules.explain import title
from zaitaku_rules.law import overlay_of
from zaitaku_rules.write.day_words import month_words
from zaitaku_rules.write.labels import WIDEST, plain

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

MOST = 10
"""The most municipalities listed."""

_WORDS = {
    "title": Message("定めの比較", "Two laws compared"),
    "users": Message("{n:,}人", "{n:,} users"),
    "as_of": Message("基準日", "as of"),
    "changed": Message("判定の変わる利用者", "users whose verdict changes"),
    "at_risk": Message("請求に支障のある在宅利用日", "home days at risk"),
    "yen": Message("影響額(B - A)", "yen at stake (B - A)"),
    "worth": Message(
        "{yen:+,}円(1日 {units:,}単位、1単位 {price:,}円)", "{yen:+,} ({units:,} units of {price:,} yen)"
    ),
    "own": Message("own(利用者それぞれの、その月の定め)", "own (of each user's place, in that month)"),
    "rules": Message("規則(変化の大きい順)", "Rules, by size of change"),
    "newly": Message("不適合に", "newly broken"),
    "mended": Message("解消", "no longer"),
    "open": Message("未確定に", "newly open"),
    "days_a": Message("支障日 A", "days A"),
    "days_b": Message("支障日 B", "days B"),
    "places": Message("市町村(判定の変わる利用者の多い順)", "Municipalities, by verdicts changed"),
    "of": Message("利用者", "users"),
    "verdicts": Message("判定の変化", "changed"),
    "more": Message("ほか {n:,} 市町村", "and {n:,} more"),
    "quiet": Message("不適合や未確定が増えない規則: {codes}", "nobody newly broken or open: {codes}"),
    "same": Message("違いはありません。", "Nothing differs."),
    "notes": Message("注記", "Notes"),
    "left_out": Message(
        "読めなかった行が {n:,} 行あり、除いて判定しました。",
        "{n:,} rows could not be read and were left out",
    ),
}


def print_comparison(found: Comparison, console: Console, lang: str) -> None:
    """Print a comparison in "ja" or "en", no wider than what reads well."""
    width = min(console.width, WIDEST)
    for line in _head(found, lang):
        console.print(line, width=width)
    console.print(_sums(found, lang), width=width)
    if not found.rules:
        console.print(f"\n{_said('same', lang)}", width=width)
    else:
        console.print(f"\n{_said('rules', lang)}", style="bold")
        _print_rules(found, console, lang, width)
    _print_places(found, console, lang, width)
    if notes := list(_notes(found, lang)):
        console.print(f"\n{_said('notes', lang)}", style="bold")
        table = _table([("", "left"), ("", "left")], heads=False)
        for note in notes:
            table.add_row("-", plain(note))
        console.print(table, width=width)


def _said(name: str, lang: str, **values: object) -> str:
    return _WORDS[name].said_in(lang).format(**values)


def _head(found: Comparison, lang: str) -> Iterator[str]:
    users = _said("users", lang, n=found.users)
    when = month_words(found.month, lang)
    yield f"{_said('title', lang)}  {when}  {users}  ({_said('as_of', lang)} {found.as_of})"
    for side, law in zip("AB", found.laws, strict=True):
        yield f"  {side}  {_said('own', lang) if law == 'own' else plain(law)}"
    yield ""


def _sums(found: Comparison, lang: str) -> Table:
    before, after = found.days_at_risk
    table = _table([("", "left"), ("", "left")], heads=False)
    table.add_row(_said("changed", lang), _said("users", lang, n=found.changed))
    table.add_row(_said("at_risk", lang), f"{before:,} -> {after:,} ({after - before:+,})")
    if found.worth is not None:
        units, price = found.worth.units, found.worth.unit_price
        table.add_row(_said("yen", lang), _said("worth", lang, yen=found.yen, units=units, price=price))
    return table


def _print_rules(found: Comparison, console: Console, lang: str, width: int) -> None:
    """Print the rules that harm or spare somebody, and name those that only come or go."""
    names = ("newly", "mended", "open", "days_a", "days_b")
    table = _table([("", "left"), ("", "left"), *((_said(name, lang), "right") for name in names)])
    quiet: list[str] = []
    for one in found.rules:
        name, counts = title(one.code), (one.newly_broken, one.mended, one.newly_open, one.days_a, one.days_b)
        if any(counts):
            table.add_row(one.code, name.ja if lang == "ja" else name.en, *_numbers(counts))
        else:
            quiet.append(one.code)
    if table.row_count:
        console.print(table, width=width)
    if quiet:
        console.print(_said("quiet", lang, codes=", ".join(sorted(quiet))), width=width, style="dim")


def _print_places(found: Comparison, console: Console, lang: str, width: int) -> None:
    changed = [
        row for row in found.municipalities().to_pylist() if row["changed"] or row["days_a"] != row["days_b"]
    ]
    changed.sort(key=lambda row: (-row["changed"], -abs(row["days_b"] - row["days_a"]), row["municipality"]))
    if not changed:
        return
    names = ("of", "verdicts", "days_a", "days_b")
    table = _table([("", "left"), *((_said(name, lang), "right") for name in names)])
    for row in changed[:MOST]:
        counts = [row[name] for name in ("users", "changed", "days_a", "days_b")]
        table.add_row(_place(row["municipality"], lang), *_numbers(counts))
    console.print(f"\n{_said('places', lang)}", style="bold")
    console.print(table, width=width)
    if len(changed) > MOST:
        console.print(_said("more", lang, n=len(changed) - MOST), style="dim")


def _numbers(counts: Iterable[int]) -> Iterator[str]:
    return (f"{count:,}" if count else "-" for count in counts)


def _place(code: str, lang: str) -> str:
    overlay = overlay_of(code)
    if overlay is None:
        return code
    name = overlay.file.overlay.name
    return f"{code} {name.ja if lang == 'ja' else name.en}"


def _notes(found: Comparison, lang: str) -> Iterator[str]:
    yield from (note.said_in(lang) for note in found.notes)
    rows = sum(sum(table["rows"].to_pylist()) for table in found.left_out)
    if rows:
        yield _said("left_out", lang, n=rows)


def _table(columns: Sequence[tuple[str, str]], *, heads: bool = True) -> Table:
    from rich.table import Table

    table = Table(box=None, show_header=heads, padding=(0, 2, 0, 0), pad_edge=False, header_style="dim")
    for number, (head, side) in enumerate(columns):
        table.add_column(head, justify="right" if side == "right" else "left", no_wrap=number == 0)
    return table

"""The outcome of a replay in the terminal: whether the report holds, and if not, why and where."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from zaitaku_rules.report import Text, Verification
from zaitaku_rules.write.day_words import month_words
from zaitaku_rules.write.labels import SIGNS, STYLES, WIDEST, plain

if TYPE_CHECKING:
    from rich.console import Console

_AGREES = Text(ja="報告どおり", en="as reported")
_DIFFERS = Text(ja="報告と違う", en="not as reported")


def print_verifications(found: Sequence[Verification], console: Console, lang: str) -> None:
    """Print for each report whether it is what case and law give; causes and places where it is not."""
    from rich.padding import Padding
    from rich.text import Text as Line

    width = min(console.width, WIDEST)
    for one in found:
        status, said = ("kept", _AGREES) if one.agrees else ("broken", _DIFFERS)
        line = Line()
        line.append(f" {SIGNS[status]} {_in(said, lang)} ", style=STYLES[status])
        line.append(f"  {plain(one.user)}  {month_words(one.month, lang)}", style="bold")
        console.print(line)
        for cause in one.causes:
            console.print(Padding(Line(_in(cause.what, lang)), (0, 0, 0, 2)), width=width)
        for difference in one.differences:
            said_here = f"{difference.place}: {_in(difference.what, lang)}"
            console.print(Padding(Line(said_here, style="dim"), (0, 0, 0, 4)), width=width)
        if one.more:
            more = f"ほか{one.more}か所" if lang == "ja" else f"and {one.more} more"
            console.print(Padding(Line(more, style="dim"), (0, 0, 0, 4)), width=width)
        for note in one.notes:
            console.print(Padding(Line(_in(note, lang), style="dim"), (0, 0, 0, 2)), width=width)


def _in(text: Text, lang: str) -> str:
    return text.ja if lang == "ja" else text.en

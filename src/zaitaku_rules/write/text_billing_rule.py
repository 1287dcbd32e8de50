"""One rule of billing files explained in the terminal, and the list of all of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from zaitaku_rules.billing import billing_words
from zaitaku_rules.write.entries import Entry
from zaitaku_rules.write.labels import WIDEST, label
from zaitaku_rules.write.line_breaks import wrapped
from zaitaku_rules.write.sections import print_section
from zaitaku_rules.write.text_findings import link

if TYPE_CHECKING:
    from rich.console import Console


def print_billing_rule(entry: Entry, console: Console, lang: str) -> None:
    """Print one rule in full."""
    from rich.padding import Padding
    from rich.text import Text

    heading = Text(f"{entry['code']} {entry['title'][lang]}", style="bold")
    heading.append(f"  {entry['name']}", style="not bold dim")
    console.print(heading)
    console.print(Text(wrapped("  ".join(weights(entry, lang)), min(console.width, WIDEST)), style="dim"))
    console.print()
    duty = wrapped(entry["duty"][lang], min(console.width, WIDEST) - 2)
    console.print(Padding(Text(duty), (0, 0, 0, 2)))
    print_section(label("basis", lang), _basis(entry, lang), console)
    print_section(label("mend", lang), (one["what"][lang] for one in entry["mend"]), console)


def weights(entry: Entry, lang: str) -> Iterator[str]:
    """Return how a rule weighs, and how under the strict reading where that differs."""
    words = billing_words()["severities"]
    yield words[entry["severity"]][lang]
    if entry["strict_severity"] != entry["severity"]:
        yield f"--strict-reading: {words[entry['strict_severity']][lang]}"


def _basis(entry: Entry, lang: str) -> Iterator[str]:
    for one in entry["basis"]:
        yield f"{one['title'][lang]} {one['where']} ({one['certainty_words'][lang]})"
        if one["url"]:
            yield f"  {link(one['url'])}"


def print_billing_rules(entries: list[Entry], console: Console, lang: str) -> None:
    """Print all rules of billing files, one on each line."""
    from rich.table import Table

    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0), pad_edge=False)
    table.add_column(no_wrap=True, style="bold")
    table.add_column(ratio=1)
    table.add_column(no_wrap=True, style="dim")
    for one in entries:
        table.add_row(one["code"], one["title"][lang], one["severity"])
    console.print(table)

"""One rule explained in the terminal, and the list of all rules."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from zaitaku_rules.explain import named, words
from zaitaku_rules.write.labels import SIGNS, WIDEST
from zaitaku_rules.write.line_breaks import wrapped
from zaitaku_rules.write.sections import print_section
from zaitaku_rules.write.text_findings import link

if TYPE_CHECKING:
    from rich.console import Console

Entry = dict[str, Any]

_HEADINGS = {
    "clauses": ("根拠", "Basis"),
    "numbers": ("数値(施行日ごと)", "Numbers by date"),
    "differs": ("異なる定め", "Who differs"),
    "questions": ("取扱いが定まっていない点(--reading で選べます)", "Unsettled (choose with --reading)"),
    "needs": ("判定に要る資料", "Needed to judge"),
    "mend": ("直し方", "How to mend"),
}
_ON = {
    True: ("全国で適用", "on nationally"),
    False: ("定めがあるところで適用", "where an overlay or dated law enables it"),
}


def print_rule(entry: Entry, console: Console, lang: str) -> None:
    """Print one rule in full."""
    from rich.padding import Padding
    from rich.text import Text

    number = 0 if lang == "ja" else 1
    heading = Text(f"{entry['code']} {entry['title'][lang]}", style="bold")
    heading.append(f"  {entry['name']}", style="not bold dim")
    console.print(heading)
    severity = words()["severities"][entry["severity"]][lang]
    console.print(
        Text(f"{severity}  {_ON[entry['on']][number]}{_enabled(entry['enabled'], lang)}", style="dim")
    )
    console.print()
    duty = wrapped(entry["duty"][lang], min(console.width, WIDEST) - 2)
    console.print(Padding(Text(duty), (0, 0, 0, 2)))
    sections = {
        "clauses": _clauses(entry["clauses"], lang),
        "numbers": _numbers(entry["numbers"], lang),
        "differs": _differences(entry["differs"], lang),
        "questions": (
            f"{one['question'][lang]} = {' / '.join(one['readings'])}" for one in entry["questions"]
        ),
        "needs": _needs(entry["needs"], lang),
        "mend": (one["what"][lang] for one in entry["mend"]),
    }
    for name, lines in sections.items():
        print_section(_HEADINGS[name][number], lines, console)


def _enabled(entries: list[Entry], lang: str) -> str:
    spans = [
        _span(entry) + _services(entry, lang)
        for entry in entries
        if entry["from"] or entry["to"] or entry["services"]
    ]
    return f"  ({', '.join(spans)})" if spans else ""


def _span(entry: Entry) -> str:
    return (
        " - ".join(filter(None, (entry["from"] or "..", entry["to"] or "..")))
        if entry["from"] or entry["to"]
        else ""
    )


def _services(entry: Entry, lang: str) -> str:
    if not entry["services"]:
        return ""
    said = named("values", entry["services"])
    return f" {said.ja if lang == 'ja' else said.en}"


def _clauses(clauses: list[Entry], lang: str) -> Iterator[str]:
    """Name each source once with its link; below it what its clauses say, those of few rules first."""
    by_source: dict[tuple[str, str | None], list[Entry]] = {}
    for one in clauses:
        by_source.setdefault((one["source"][lang], one["url"]), []).append(one)
    for (source, url), entries in by_source.items():
        yield source
        if url:
            yield f"  {link(url)}"
        for one in sorted(entries, key=lambda one: int(one["names_rules"])):
            yield f"  {one['clause']}  {one['says'][lang]}"


def _numbers(numbers: list[Entry], lang: str) -> Iterator[str]:
    for one in numbers:
        yield f"{one['title'][lang]} ({one['parameter']})"
        for value in one["values"]:
            since = value["from"] or ("当初" if lang == "ja" else "at first")
            until = f" - {value['to']}" if value["to"] else ""
            asked = f" <- {value['depends_on']}" if value["depends_on"] else ""
            scope = f"{since}{until}{_services(value, lang)}"
            yield f"  {scope}: {value['words'][lang]}{asked}  [{value['clause']}]"


def _differences(entries: list[Entry], lang: str) -> Iterator[str]:
    for one in entries:
        yield f"{one['name'][lang]}  {one['overlay']}  {_span(one)}"
        if one["enables"]:
            grades = {
                words()["severities"][entry["severity"]][lang]
                for entry in one["enables"]
                if entry["severity"]
            }
            graded = f" ({', '.join(sorted(grades))})" if grades else ""
            yield f"  {'適用する' if lang == 'ja' else 'enables it'}{graded}"
        for value in one["sets"]:
            yield f"  {value['parameter']} = {value['words'][lang]}  [{value['clause']}]"


def _needs(needs: list[str], lang: str) -> Iterator[str]:
    for need in needs:
        said = named("sources", need.split("|"))
        yield f"{said.ja if lang == 'ja' else said.en} ({need.replace('|', ', ')})"


def print_rules(entries: list[Entry], console: Console, lang: str) -> None:
    """Print all rules, one on each line."""
    from rich.table import Table

    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0), pad_edge=False)
    table.add_column(no_wrap=True, style="bold")
    table.add_column(no_wrap=True)
    table.add_column(ratio=1)
    table.add_column(no_wrap=True, style="dim")
    for one in entries:
        sign = SIGNS["kept"] if one["on"] else SIGNS["idle"]
        table.add_row(one["code"], sign, one["title"][lang], words()["severities"][one["severity"]][lang])
    console.print(table)
    on, opt = (said[0 if lang == "ja" else 1] for said in _ON.values())
    console.print(f"{SIGNS['kept']} {on}   {SIGNS['idle']} {opt}", style="dim")

"""The clause-coverage certificate: every clause of every source, and what became of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from zaitaku_rules.law import Overlay, nation
from zaitaku_rules.law.check import NATIONAL
from zaitaku_rules.law.model import Clause, LawSource
from zaitaku_rules.write.entries import Entry, both, sources_with
from zaitaku_rules.write.law_words import FATES
from zaitaku_rules.write.sections import print_section
from zaitaku_rules.write.text_findings import link

if TYPE_CHECKING:
    from rich.console import Console


def coverage_entries(overlays: Iterable[Overlay]) -> list[Entry]:
    """Return every clause of the nation and of overlays with its fate, in order of the files."""
    found = [_entry(NATIONAL, clause, nation().sources) for clause in nation().clauses.values()]
    for overlay in overlays:
        sources = sources_with([overlay])
        found += [_entry(overlay.id, clause, sources) for clause in overlay.file.clause]
    return found


def _entry(law: str, clause: Clause, sources: dict[str, LawSource]) -> Entry:
    source = sources[clause.source]
    return {
        "clause": clause.id,
        "law": law,
        "source": source.id,
        "fate": clause.fate,
        "rules": list(clause.rules),
        "parameters": list(clause.parameters),
        "locator": both(clause.locator),
        "says": both(clause.says),
        "because": both(clause.because) if clause.because else None,
        "source_title": both(source.title),
        "kind": source.kind,
        "url": source.url,
        "certainty": source.certainty,
    }


def by_source(entries: Iterable[Entry]) -> list[list[Entry]]:
    """Return the clauses of each source of each law, in order."""
    found: dict[tuple[str, str], list[Entry]] = {}
    for entry in entries:
        found.setdefault((entry["law"], entry["source"]), []).append(entry)
    return list(found.values())


def fates(entries: Iterable[Entry]) -> dict[str, int]:
    """Return how many clauses met each fate."""
    counted = Counter(entry["fate"] for entry in entries)
    return {fate: counted[fate] for fate in FATES}


def print_coverage(entries: list[Entry], console: Console, lang: str) -> None:
    """Print the counts by fate and by source, then every clause."""
    from rich.text import Text

    heading = "条項の扱い" if lang == "ja" else "What became of every clause"
    console.print(Text(f"{heading}  {_counts(entries, lang)}", style="bold"))
    groups = by_source(entries)
    by = "出典ごと" if lang == "ja" else "By source"
    print_section(by, (line for group in groups for line in _source(group, lang)), console)
    for group in groups:
        print_section(
            group[0]["source_title"][lang], (line for one in group for line in _clause(one, lang)), console
        )


def _counts(entries: list[Entry], lang: str) -> str:
    said = [f"{FATES[fate].said_in(lang)} {count}" for fate, count in fates(entries).items()]
    total = f"{'計' if lang == 'ja' else 'total'} {len(entries)}"
    return "  ".join([*said, total])


def _source(group: list[Entry], lang: str) -> Iterator[str]:
    yield f"{group[0]['source_title'][lang]}  ({group[0]['law']})"
    yield f"  {_counts(group, lang)}"
    if group[0]["url"]:
        yield f"  {link(group[0]['url'])}"


def _clause(one: Entry, lang: str) -> Iterator[str]:
    yield f"{one['clause']}  {one['locator'][lang]}  {FATES[one['fate']].said_in(lang)}"
    if named := ", ".join((*one["rules"], *one["parameters"])):
        yield f"  -> {named}"
    yield f"  {one['says'][lang]}"
    if one["because"]:
        yield f"  {'理由: ' if lang == 'ja' else 'because: '}{one['because'][lang]}"

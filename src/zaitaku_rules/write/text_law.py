"""The resolved law in the terminal: first what differs from the nation and why, then the rest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from zaitaku_rules.explain import named, words
from zaitaku_rules.write.entries import Entry
from zaitaku_rules.write.labels import SIGNS
from zaitaku_rules.write.law_words import CERTAINTIES, day_span
from zaitaku_rules.write.sections import print_section
from zaitaku_rules.write.text_findings import link

if TYPE_CHECKING:
    from rich.console import Console

_HEADINGS = {
    "differs": ("全国と異なる定め", "What differs from the nation"),
    "nation": ("全国のとおり", "As nationally"),
    "off": ("適用されない規則", "Rules that do not apply"),
    "notes": ("注記", "Notes"),
    "sources": ("出典", "Sources"),
}


def print_law(entry: Entry, console: Console, lang: str) -> None:
    """Print the law of one place on one day."""
    from rich.text import Text

    number = 0 if lang == "ja" else 1
    console.print(Text(_heading(entry, lang), style="bold"))
    for line in _whose(entry, lang):
        console.print(Text(line, style="dim"))
    rules: list[Entry] = entry["rules"]
    differing = [rule for rule in rules if rule["differs"]]
    rest = [rule for rule in rules if rule["on"] and not rule["differs"]]
    off = [rule for rule in rules if not rule["on"] and not rule["differs"]]
    sections: dict[str, Iterable[str]] = {
        "differs": (line for rule in differing for line in _differing(rule, lang)),
        "nation": (line for rule in rest for line in _as_nationally(rule, lang)),
        "off": (f"{SIGNS['idle']} {rule['code']} {rule['title'][lang]}" for rule in off),
        "notes": (note[lang] for note in entry["notes"]),
        "sources": _sources(differing, rest, lang),
    }
    for name, lines in sections.items():
        print_section(_HEADINGS[name][number], lines, console)


def _heading(entry: Entry, lang: str) -> str:
    places = [one["name"][lang] for one in entry["overlays"] if one["id"][:6] == entry["municipality"]]
    place = " ".join([*places, entry["municipality"] or ("全国" if lang == "ja" else "the nation")])
    service = named("values", [entry["service"]])
    said = service.ja if lang == "ja" else service.en
    return f"{place}  {entry['on']}  {said}"


def _whose(entry: Entry, lang: str) -> Iterator[str]:
    yield " + ".join(entry["ruleset"])
    for one in entry["overlays"]:
        seen = CERTAINTIES.get(one["certainty"])
        said = (one["name"][lang], day_span(one["from"], one["to"], lang), seen.said_in(lang) if seen else "")
        yield f"{one['id']}: {'  '.join(filter(None, said))}"


def _differing(rule: Entry, lang: str) -> Iterator[str]:
    """Say what is other than nationally: on or off, severity, numbers; then the clauses that ask for it."""
    sign = SIGNS["kept"] if rule["on"] else SIGNS["idle"]
    yield f"{sign} {rule['code']} {rule['title'][lang]}  {_grade(rule, lang)}"
    if rule["origin"] not in (None, "national"):
        yield f"  {rule['origin']} {'が適用する' if lang == 'ja' else 'has it on'}"
    own = [number for number in rule["parameters"].values() if number["origin"] != "national"]
    for name, number in rule["parameters"].items():
        yield f"  {_number(name, number, lang)}"
        if number in own and number["because"]:
            yield f"    {'理由: ' if lang == 'ja' else 'because: '}{number['because'][lang]}"
    cited = {number["clause"]: number for number in own}
    cited |= {one["clause"]: one for one in rule["basis"] if one["origin"] != "national"}
    for one in cited.values():
        yield f"    [{one['clause']}] {one['says'][lang]}"


def _as_nationally(rule: Entry, lang: str) -> Iterator[str]:
    clauses = ", ".join(one["clause"] for one in rule["basis"])
    yield f"{SIGNS['kept']} {rule['code']} {rule['title'][lang]}  {_grade(rule, lang)}  [{clauses}]"
    for name, number in rule["parameters"].items():
        yield f"  {_number(name, number, lang)}"


def _grade(rule: Entry, lang: str) -> str:
    graded, usual = (words()["severities"][rule[key]][lang] for key in ("severity", "default_severity"))
    if graded == usual:
        return str(graded)
    return f"{graded}(全国では{usual})" if lang == "ja" else f"{graded} (nationally {usual})"


def _number(name: str, number: Entry, lang: str) -> str:
    title = f"{number['title'][lang]} ({name})"
    if number["words"] is None:
        return f"{title}: {'定めなし' if lang == 'ja' else 'none'}"
    open_ = " ?" if "readings" in number else ""
    whose = "" if number["origin"] == "national" else f"{number['origin']} "
    return f"{title} = {number['words'][lang]}{open_}  [{whose}{number['clause']}]"


def _sources(differing: list[Entry], rest: list[Entry], lang: str) -> Iterator[str]:
    """Name each source of what was said once, with its link and how surely it was seen."""
    cited = [one for rule in (*differing, *rest) for one in (*rule["basis"], *rule["parameters"].values())]
    for one in {one["source"]: one for one in cited if one["clause"]}.values():
        clauses = dict.fromkeys(other["clause"] for other in cited if other.get("source") == one["source"])
        seen = CERTAINTIES[one["certainty"]].said_in(lang)
        yield f"{one['source_title'][lang]} ({seen})  [{', '.join(clauses)}]"
        if one["url"]:
            yield f"  {link(one['url'])}"

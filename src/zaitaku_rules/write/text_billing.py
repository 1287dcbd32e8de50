"""The report on billing files in the terminal: what it cannot tell first, then findings, worst first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from zaitaku_rules.billing import BillingReport, BillingRuleReport, Place, billing_words
from zaitaku_rules.explain import words
from zaitaku_rules.report import Text
from zaitaku_rules.write.labels import INK, SIGNS, STYLES, WIDEST, label, plain
from zaitaku_rules.write.line_breaks import wrapped
from zaitaku_rules.write.text_reconciled import reconciled_lines

if TYPE_CHECKING:
    from rich.console import Console

_SEVERITIES = ("payment", "duty", "record", "advice")
_SHOWN = 10
"""So many places of a rule are shown."""


def print_billing(report: BillingReport, console: Console, lang: str) -> None:
    """Print a report on billing files."""
    from rich.text import Text as Line

    def put(line: str, style: str = "", indent: int = 0) -> None:
        width = min(console.width, WIDEST) - indent
        said = wrapped(line, width).replace("\n", "\n" + " " * indent)
        console.print(Line(" " * indent + said, style=style), soft_wrap=True)

    put(_said(report.home_use.reason, lang))
    put("")
    badge = f" {SIGNS[report.verdict]} {words()['statuses'][report.verdict][lang]} "
    console.print(Line(badge, style=STYLES[report.verdict]))
    for line in _files(report, lang):
        put(line, "dim", 2)
    for rule in _worst_first(report):
        put("")
        put(_heading(rule, lang), INK.get(rule.status, "bold") if _is_weighty(rule) else "bold")
        put(_said(rule.message, lang), indent=2)
        for line in _places(rule, lang):
            put(line, indent=4)
        for line in basis_and_mends(rule, lang):
            put(line, "dim", 2)
    for part in reconciled_lines(report, lang, min(console.width, WIDEST)):
        console.print(part)
    put("")
    for line in _quiet(report, lang):
        put(line, "dim")


def _worst_first(report: BillingReport) -> list[BillingRuleReport]:
    found = [rule for rule in report.rules if rule.status in ("broken", "open")]
    return sorted(
        found,
        key=lambda rule: (not _is_weighty(rule), rule.status, _SEVERITIES.index(rule.severity), rule.code),
    )


def _is_weighty(rule: BillingRuleReport) -> bool:
    return rule.severity in ("payment", "duty")


def _heading(rule: BillingRuleReport, lang: str) -> str:
    severity = billing_words()["severities"][rule.severity][lang]
    return f"{SIGNS[rule.status]} {rule.code} {_said(rule.title, lang)}  {severity}"


def _places(rule: BillingRuleReport, lang: str) -> Iterator[str]:
    listed = [*rule.found, *rule.open_found]
    for place in listed[:_SHOWN]:
        yield plain(place_words(place, lang))
    if (more := rule.count + rule.open_count - min(len(listed), _SHOWN)) > 0:
        yield f"ほか{more}か所" if lang == "ja" else f"and {more} more"


def place_words(place: Place, lang: str) -> str:
    """Return a place in one line: file, line and byte, record and item, person and day, what was found."""
    is_ja = lang == "ja"
    item = ""
    if place.position:
        item = f"項目{place.position} {place.item_name}" if is_ja else f"item {place.position} {place.item}"
    head = f"{place.file}:{place.line} ({'バイト' if is_ja else 'byte'} {place.offset})"
    where = [head, place.record, item, place.person, str(place.day or "")]
    said = f": {place.found}" if place.found else ""
    due = f" -> {place.expected}" if place.expected else ""
    return "  ".join(filter(None, where)) + said + due


def basis_and_mends(rule: BillingRuleReport, lang: str) -> Iterator[str]:
    """Return what a rule rests on and the ways to mend, a line each."""
    for basis in rule.basis:
        certainty = billing_words()["certainties"][basis.certainty][lang]
        yield f"{label('basis', lang)}: {_said(basis.title, lang)} {basis.where} ({certainty})"
    for way in rule.mend:
        yield f"{label('mend', lang)}: {_said(way.what, lang)}"


def _files(report: BillingReport, lang: str) -> Iterator[str]:
    counted = "データレコード{}件" if lang == "ja" else "{} data records"
    for one in report.receipt.files:
        said = f"{one.file}  {one.data_kind}  {one.processing_month}  {counted.format(one.data_records)}"
        yield plain(said)


def _quiet(report: BillingReport, lang: str) -> Iterator[str]:
    """Say how many rules are kept, idle or did not run and why; then the notes and the receipt."""
    counts = Counter[str](rule.status for rule in report.rules)
    names = ("kept", "idle", "not_run")
    yield "   ".join(f"{SIGNS[name]} {words()['statuses'][name][lang]} {counts[name]}" for name in names)
    lacking: dict[str, list[str]] = {}
    for rule in report.rules:
        if rule.status == "not_run":
            lacking.setdefault(_said(rule.message, lang), []).append(rule.code)
    for reason, codes in lacking.items():
        yield f"{' '.join(codes)}: {reason}"
    home = [rule.code for rule in report.home_use.rules if rule.status == "not_run"]
    if home:
        yield f"{SIGNS['not_run']} {words()['statuses']['not_run'][lang]}: {' '.join(home)}"
    for note in report.notes[1:]:
        yield f"{label('notes', lang)}: {_said(note, lang)}"
    receipt = report.receipt
    edition = f"{receipt.edition}  {receipt.layouts_sha256[:12]}"
    yield f"{label('receipt', lang)}: zaitaku-rules {receipt.library}  {edition}"
    for one in receipt.files:
        yield f"{label('receipt', lang)}: {plain(one.file)}  {one.sha256[:12]}"


def _said(text: Text, lang: str) -> str:
    return text.ja if lang == "ja" else text.en

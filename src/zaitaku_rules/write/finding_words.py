"""Findings in words, for formats that hold plain text: days, evidence, sources, ways to mend."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from zaitaku_rules.explain import named, title, words
from zaitaku_rules.report import Basis, Report, RuleReport, Text
from zaitaku_rules.write.day_words import days_words
from zaitaku_rules.write.labels import label, plain
from zaitaku_rules.write.text_findings import ids_words, link


def said(text: Text, lang: str) -> str:
    """Return a text in `lang`, without control signs."""
    return plain(text.ja if lang == "ja" else text.en)


def heading(rule: RuleReport, lang: str) -> str:
    """Return code and name of a rule."""
    return f"{rule.code} {said(title(rule.code), lang)}"


def source_words(found: Iterable[Basis], lang: str) -> Iterator[str]:
    """Name each source once, with its clauses."""
    by_source: dict[str, list[str]] = {}
    for basis in found:
        by_source.setdefault(said(basis.title, lang), []).append(basis.clause)
    return (f"{source} [{', '.join(clauses)}]" for source, clauses in by_source.items())


def lacking_words(rule: RuleReport, lang: str) -> str:
    """Say which lists a rule that could not run would need."""
    return f"{label('not_given', lang)}: {said(named('sources', rule.missing), lang)}"


def why_not_judged(rule: RuleReport, lang: str) -> str:
    """Say why a rule has no answer: nothing to judge, a list that is absent, or a law not in force."""
    if rule.missing:
        return lacking_words(rule, lang)
    return label("off", lang) if rule.status == "not_run" else words()["statuses"][rule.status][lang]


def day_list(days: Sequence[date], report: Report, lang: str) -> str:
    """Return dates in few words."""
    return days_words(days, lang, year=int(report.month[:4]))


def details(rule: RuleReport, days: Sequence[date], report: Report, lang: str) -> Iterator[str]:
    """Return what a reader needs of a finding on certain days, a line each."""
    yield said(rule.message, lang)
    for one in rule.found:
        if one.date in days and (one.needed > 1 or one.records):
            counted = (
                f"{day_list([one.date], report, lang)}  {one.count} / {one.needed}{ids_words(one.records)}"
            )
            yield f"{label('found', lang)}: {counted}"
    yield from (f"{label('basis', lang)}: {source}" for source in source_words(rule.basis, lang))
    for url in dict.fromkeys(basis.url for basis in rule.basis if basis.url):
        yield link(url)
    for name, ways in (("settle", rule.settle), ("mend", rule.mend)):
        yield from (f"{label(name, lang)}: {said(way.what, lang)}" for way in ways)

"""Reports as one HTML file that needs nothing beside itself (`--format html`, extra `cli`)."""

from __future__ import annotations

import base64
import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeAlias, cast

from zaitaku_rules.errors import InvalidInput, Message, ZaitakuError
from zaitaku_rules.explain import title, words
from zaitaku_rules.report import Basis, Due, Report
from zaitaku_rules.rules import CATALOGUE
from zaitaku_rules.write.html_calendar import with_calendar
from zaitaku_rules.write.html_case import CasePage, urgency
from zaitaku_rules.write.html_footnotes import Footnotes
from zaitaku_rules.write.html_templates import asset, environment
from zaitaku_rules.write.labels import plain

Source: TypeAlias = Report | Mapping[str, Any] | ZaitakuError
"""A report, its JSON document, or what stands in place of one (`zaitaku-error/1`)."""

MOST_INLINE = 150
"""The most cases whose texts are written out one by one; beyond it a text stands once and is referred to."""

_INDENT = re.compile(r"\n[ \t]+")
_DUE_SHOWN = 5


def html_report(sources: Source | Iterable[Source], *, lang: str = "ja") -> str:
    """Return one HTML page for one report or an office of many, opened in `lang`, "ja" or "en".

    The page is made from the reports alone: `Report` objects, or documents of `zaitaku-report/1`, whose
    `calendar`, where present, says what was recorded on each day. It holds both languages, loads nothing,
    and prints one bundle per user. Documents of `zaitaku-error/1` are listed as unreadable.
    Raises InvalidInput where a document is neither, InvalidCall where Jinja2 is not installed.
    """
    reports, errors = _parted(_listed(sources))
    pages = [CasePage(with_calendar(report), number) for number, report in enumerate(reports, 1)]
    pages.sort(key=urgency)
    notes = Footnotes(inline=len(pages) <= MOST_INLINE)
    templates = environment()
    drawn = templates.get_template("case.html.j2")
    cases = [_INDENT.sub("\n", drawn.render(case=page, note=notes)) for page in pages]
    script = asset("page.js")
    page: str = templates.get_template("report.html.j2").render(
        pages=pages,
        cases=cases,
        errors=errors,
        lang=lang,
        notes=notes,
        laws=_laws(reports),
        codes=(codes := sorted({code for page in pages for code in page.codes})),
        titles={code: title(code) for code in codes},
        statuses=words()["statuses"],
        counts=Counter(report.verdict for report in reports),
        at_risk=sum(len(report.claim.at_risk) for report in reports),
        months=sorted({report.month for report in reports}),
        providers=sorted({plain(report.provider) for report in reports}),
        soonest=_soonest(pages),
        style=asset("page.css"),
        script=script,
        script_hash=base64.b64encode(hashlib.sha256(script.encode()).digest()).decode(),
    )
    return page


def _listed(sources: Source | Iterable[Source]) -> Iterable[Source]:
    if isinstance(sources, Report | ZaitakuError):
        return [sources]
    if isinstance(sources, Mapping):
        return [cast("Mapping[str, Any]", sources)]
    return sources


def _parted(sources: Iterable[Source]) -> tuple[list[Report], list[tuple[str, Message]]]:
    """Return the reports, and what could not be read; raises InvalidInput for anything else."""
    reports: list[Report] = []
    errors: list[tuple[str, Message]] = []
    for source in sources:
        if isinstance(source, ZaitakuError):
            errors.append((source.place, source.message))
        elif isinstance(source, Report):
            reports.append(source)
        elif source.get("schema") == "zaitaku-error/1":
            errors.append(_error(source))
        else:
            reports.append(_read(source))
    return reports, errors


def _error(document: Mapping[str, Any]) -> tuple[str, Message]:
    """Return place and message of a case that could not be read, as far as the document tells them."""
    said = document.get("error")
    told = cast("dict[str, Any]", said) if isinstance(said, dict) else {}
    return str(document.get("place", "")), Message(str(told.get("ja", "")), str(told.get("en", "")))


def _read(document: Mapping[str, Any]) -> Report:
    from pydantic import ValidationError

    try:
        report = Report.model_validate(document)
    except ValidationError:
        report = None
    if report is None or any(rule.code not in CATALOGUE for rule in report.rules):
        raise InvalidInput(
            "この版の判定の報告(zaitaku-report/1)ではありません。zaitaku check で判定し直してください。",
            "not a report (zaitaku-report/1) of this version: judge the case again with zaitaku check",
        ) from None
    return report


def _laws(reports: Sequence[Report]) -> dict[str, dict[str, Basis]]:
    """Return the clauses of every rule that some report names, each once."""
    found: dict[str, dict[str, Basis]] = {}
    for report in reports:
        for rule in report.rules:
            for basis in rule.basis:
                found.setdefault(rule.code, {}).setdefault(basis.clause, basis)
    return dict(sorted(found.items()))


def _soonest(pages: Sequence[CasePage]) -> list[tuple[CasePage, list[Due]]]:
    """Return what is due next over all users, soonest first, together by user and day."""
    due = [(page, found) for page in pages for found in page.due_by_day]
    due.sort(key=lambda entry: (entry[1][0].last_day, entry[0].number))
    return due[:_DUE_SHOWN]

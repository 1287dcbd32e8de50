"""Reports as SARIF 2.1.0: one run, all rules declared, one result for each user, rule and day.

A broken day is a `fail` with the level of its severity, an open one has kind `open` and, as SARIF demands,
no level. Waived days and those of a baseline are kept as suppressed. Written piece by piece; the exit code
stands behind the results, where it is known.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, TypeAlias
from urllib.parse import quote

from zaitaku_rules.errors import Message, ZaitakuError
from zaitaku_rules.explain import title, words
from zaitaku_rules.write.finding_words import day_list, said
from zaitaku_rules.write.judged_case import DayFinding, JudgedCase, Outcome, located
from zaitaku_rules.write.labels import plain
from zaitaku_rules.write.sarif_rules import LEVELS, rule_indexes, tool
from zaitaku_rules.write.text_findings import ids_words

Entry: TypeAlias = dict[str, Any]

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
"""The schema that the output follows."""

_WAIVED = Message(
    "文書による例外(ケースファイルの waivers)の期間内の日。",
    "Within a documented exception (waivers of the case file).",
)
_KNOWN = Message("ベースラインに記録済み。", "Recorded in the baseline.")


def sarif_report(
    outcomes: Iterable[Outcome], lang: str, library: str, exit_code: Callable[[], int]
) -> Iterator[str]:
    """Return the reports as pieces of one SARIF log; `exit_code` is asked after the last case."""
    yield f'{{"$schema":"{SCHEMA}","version":"2.1.0","runs":[{{"tool":{compact(tool(lang, library))},'
    yield f'"language":"{lang}","automationDetails":{{"id":"zaitaku/check/"}},'
    yield '"columnKind":"unicodeCodePoints","results":['
    unread, before = list[ZaitakuError](), "\n"
    for one in outcomes:
        if isinstance(one, ZaitakuError):
            unread.append(one)
            continue
        for finding in one.findings:
            yield before + compact(case_result(finding, one, lang))
            before = ",\n"
    yield f'\n],"invocations":[{compact(invocation(unread, exit_code(), lang))}]}}]}}\n'


def compact(entry: Entry) -> str:
    """Return JSON without spaces."""
    return json.dumps(entry, ensure_ascii=False, separators=(",", ":"))


def case_result(finding: DayFinding, case: JudgedCase, lang: str) -> Entry:
    """Return the result for one day under one rule."""
    rule, name = finding.rule, finding.fingerprint
    entry: Entry = {
        "ruleId": rule.code,
        "ruleIndex": rule_indexes()[rule.code],
        "kind": "open" if finding.status == "open" else "fail",
        "level": "none" if finding.status == "open" else LEVELS[rule.severity],
        "message": {"text": literal(_message(finding, case, lang))},
        "locations": [_location(finding, case)],
        # GitHub tells results of one line apart by the second name only.
        "partialFingerprints": {"zaitakuDay/v1": name, "primaryLocationLineHash": f"{name}:1"},
        "suppressions": list(_suppressions(finding, lang)),
        "properties": _properties(finding, case, lang),
    }
    if case.known is not None:
        entry["baselineState"] = "unchanged" if finding.is_known else "new"
    return entry


def _message(finding: DayFinding, case: JudgedCase, lang: str) -> str:
    """Return what is amiss on the day: user, day, rule, how many count of how many, and the finding."""
    report, rule, found = case.report, finding.rule, finding.found
    counted = f" {found.count}/{found.needed}{ids_words(found.records)}" if found and found.needed > 1 else ""
    status = words()["statuses"][finding.status][lang]
    head = f"{plain(report.user)} {day_list([finding.date], report, lang)}: {said(title(rule.code), lang)}"
    return f"{head} {status}{counted} {said(rule.message, lang)}"


def literal(text: str) -> str:
    """Return text for a SARIF message: its braces and brackets are signs and no placeholders or links."""
    return text.replace("{", "{{").replace("}", "}}").replace("[", "\\[").replace("]", "\\]")


def _location(finding: DayFinding, case: JudgedCase) -> Entry:
    report = case.report
    path = (report.provider, report.user, report.month, finding.rule.code, finding.date.isoformat())
    logical = {
        "name": path[-1],
        "fullyQualifiedName": "/".join(quote(part, safe="") for part in path),
        "kind": "day",
    }
    return {**_physical(case.place), "logicalLocations": [logical]}


def _physical(place: str) -> Entry:
    """Return file and line of a place; standard input is no file."""
    file, line = located(place)
    if file in ("", "-"):
        return {}
    region = {"startLine": line or 1}
    return {"physicalLocation": {"artifactLocation": {"uri": uri_of(file)}, "region": region}}


def uri_of(file: str) -> str:
    """Return the URI of a file: relative where its path is."""
    path = Path(file)
    return path.as_uri() if path.is_absolute() else quote(path.as_posix())


def _suppressions(finding: DayFinding, lang: str) -> Iterator[Entry]:
    if finding.status == "waived":
        yield {"kind": "external", "status": "accepted", "justification": _WAIVED.said_in(lang)}
    if finding.is_known:
        yield {"kind": "external", "status": "accepted", "justification": _KNOWN.said_in(lang)}


def _properties(finding: DayFinding, case: JudgedCase, lang: str) -> Entry:
    report, rule, found = case.report, finding.rule, finding.found
    ways = {
        name: [said(way.what, lang) for way in listed if not way.days or finding.date in way.days]
        for name, listed in (("settle", rule.settle), ("mend", rule.mend))
    }
    return {
        "user": report.user,
        "provider": report.provider,
        "month": report.month,
        "date": finding.date.isoformat(),
        "as_of": report.as_of.isoformat(),
        "severity": rule.severity,
        "status": finding.status,
        "count": found.count if found else None,
        "needed": found.needed if found else None,
        "records": list(found.records) if found else [],
        "basis": [{"clause": basis.clause, "url": basis.url} for basis in rule.basis],
        **ways,
        "case_sha256": report.receipt.case_sha256,
    }


def invocation(unread: list[ZaitakuError], exit_code: int, lang: str) -> Entry:
    """Return how the run ended, and what it could not read."""
    return {
        "executionSuccessful": not unread,
        "exitCode": exit_code,
        "toolExecutionNotifications": [_notification(error, lang) for error in unread],
    }


def _notification(error: ZaitakuError, lang: str) -> Entry:
    place = _physical(error.place)
    return {
        "level": "error",
        "descriptor": {"id": "zaitaku-error/1", "index": 0},
        "message": {"text": literal(plain(error.said_in(lang)))},
        "locations": [place] if place else [],
    }

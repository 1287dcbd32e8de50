"""A billing report as SARIF 2.1.0: all rules K declared, one result for each place that the report lists.

Where cases were held against the billing, the rules Z are declared too, and their results follow: as
`zaitaku check` writes them, but without a file, because the report does not name that of a case.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator

from zaitaku_rules.billing import BillingReport, billing_words, catalogue
from zaitaku_rules.errors import Message
from zaitaku_rules.write.billing_entries import billing_entries, billing_entry
from zaitaku_rules.write.billing_findings import PlaceFinding, cases_of, findings_of, unread_of
from zaitaku_rules.write.entries import Entry
from zaitaku_rules.write.finding_words import said
from zaitaku_rules.write.labels import label, plain
from zaitaku_rules.write.sarif_report import SCHEMA, case_result, compact, invocation, literal, uri_of
from zaitaku_rules.write.sarif_rules import LEVELS, more, tool
from zaitaku_rules.write.text_billing import place_words

_UNREAD = Message("読めない請求データまたはケース。", "A billing file or a case that could not be read.")
_LENGTH = 32


def billing_sarif(report: BillingReport, lang: str, exit_code: int) -> Iterator[str]:
    """Return the report as pieces of one SARIF log."""
    yield f'{{"$schema":"{SCHEMA}","version":"2.1.0","runs":[{{"tool":{compact(_tool(report, lang))},'
    yield f'"language":"{lang}","automationDetails":{{"id":"zaitaku/billing/"}},'
    yield '"columnKind":"unicodeCodePoints","results":['
    before = "\n"
    for result in _results(report, lang):
        yield before + compact(result)
        before = ",\n"
    yield f'\n],"invocations":[{compact(invocation(unread_of(report), exit_code, lang))}]}}]}}\n'


def _tool(report: BillingReport, lang: str) -> Entry:
    driver = tool(lang, report.receipt.library)["driver"]
    of_cases: list[Entry] = driver["rules"] if report.persons is not None else []
    driver["rules"] = [*(_rule(one, report, lang) for one in billing_entries()), *of_cases]
    driver["notifications"][0]["shortDescription"]["text"] = _UNREAD.said_in(lang)
    return {"driver": driver}


def _rule(short: Entry, report: BillingReport, lang: str) -> Entry:
    other = "en" if lang == "ja" else "ja"
    full = billing_entry(short["code"])
    # How a rule weighs depends on the reading, which the report knows.
    severity = report.rule(short["code"]).severity
    entry: Entry = {
        "id": short["code"],
        "name": short["name"],
        "shortDescription": {"text": short["title"][lang]},
        "fullDescription": {"text": short["duty"][lang]},
        "help": {"text": "\n".join(_help(full, lang))},
        "defaultConfiguration": {"enabled": True, "level": LEVELS[severity]},
        "properties": {
            "severity": severity,
            "tags": [severity],
            other: {"name": short["title"][other], "duty": short["duty"][other]},
        },
    }
    if url := next((one["url"] for one in full["basis"] if one["url"]), None):
        entry["helpUri"] = url
    return entry


def _help(full: Entry, lang: str) -> Iterator[str]:
    for one in full["basis"]:
        yield f"{label('basis', lang)}: {one['title'][lang]} {one['where']} ({one['certainty_words'][lang]})"
    yield from (f"{label('mend', lang)}: {way['what'][lang]}" for way in full["mend"])
    yield more(full["code"], lang)


def _results(report: BillingReport, lang: str) -> Iterator[Entry]:
    indexes = {code: index for index, code in enumerate(catalogue())}
    seen = Counter[str]()
    for finding in findings_of(report):
        name = _fingerprint(finding)
        seen[name] += 1
        yield _result(finding, indexes[finding.rule.code], f"{name}:{seen[name]}", lang)
    for case in cases_of(report):
        for day in case.findings:
            result = case_result(day, case, lang)
            yield result | {"ruleIndex": result["ruleIndex"] + len(indexes)}


def _result(finding: PlaceFinding, index: int, name: str, lang: str) -> Entry:
    rule, place, status = finding
    words = f"{said(rule.title, lang)}: {plain(place_words(place, lang))}"
    return {
        "ruleId": rule.code,
        "ruleIndex": index,
        "kind": "open" if status == "open" else "fail",
        "level": "none" if status == "open" else LEVELS[rule.severity],
        "message": {"text": literal(words)},
        "locations": [_location(finding)],
        "partialFingerprints": {"zaitakuPlace/v1": name, "primaryLocationLineHash": name},
        "properties": _properties(finding, lang),
    }


def _location(finding: PlaceFinding) -> Entry:
    """Return file, line and byte; standard input is no file."""
    place = finding.place
    if place.file in ("", "-"):
        return {}
    region = {"startLine": max(place.line, 1), "byteOffset": place.offset}
    return {"physicalLocation": {"artifactLocation": {"uri": uri_of(place.file)}, "region": region}}


def _properties(finding: PlaceFinding, lang: str) -> Entry:
    rule, place, status = finding
    return {
        "record": place.record,
        "position": place.position,
        "item": place.item,
        "item_name": place.item_name,
        "person": place.person,
        "date": place.day.isoformat() if place.day else None,
        "found": place.found,
        "expected": place.expected,
        "severity": rule.severity,
        "status": status,
        # The report lists the first places only, and counts them all.
        "places": rule.count if status == "broken" else rule.open_count,
        "basis": [
            {
                "title": said(one.title, lang),
                "where": one.where,
                "url": one.url,
                "certainty": billing_words()["certainties"][one.certainty][lang],
            }
            for one in rule.basis
        ],
        "mend": [said(way.what, lang) for way in rule.mend],
    }


def _fingerprint(finding: PlaceFinding) -> str:
    """Return the name of a place: masks depend on what stands before, so no person is in it."""
    rule, place, _ = finding
    named = ["zaitaku-place/1", rule.code, place.file, place.line, place.record, place.item, str(place.day)]
    return hashlib.sha256(json.dumps(named).encode("ascii")).hexdigest()[:_LENGTH]

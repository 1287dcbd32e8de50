"""`verify`: whether a report is what its case and the law give, and if not, why."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, cast, get_args

from zaitaku_rules.errors import InvalidCall, InvalidInput, shown_name, shown_value
from zaitaku_rules.explain import general
from zaitaku_rules.judge.checking import check
from zaitaku_rules.judge.receipt import library
from zaitaku_rules.law import Overlay, load_overlay, shipped_overlays
from zaitaku_rules.records import Case
from zaitaku_rules.report import Cause, Difference, Report, Status, Text, Verification
from zaitaku_rules.rules import Severity

_MOST = 20
"""The most differences that are listed: beyond them another case or law was judged."""

_JUDGEMENT = ("status", "severity", "days", "open_days", "waived_days", "judged_days")
"""The fields of a rule of which the others follow."""

_ASIDE = (
    "plan",
    "calendar",
    *(f"receipt.{name}" for name in ("library", "case_sha256", "ruleset", "ruleset_sha256")),
)
"""Parts that are not compared: a plan is a proposal, a calendar a picture, and of the receipt what is told
as a cause."""

_PARTS = ("user", "provider", "month", "as_of", "verdict", "rules", "claim", "receipt")

_VERSION = re.compile(r"[0-9A-Za-z.+-]{1,30}")
_WORDS = (*get_args(Status), *get_args(Severity))


def verify(
    report: Report | Mapping[str, Any],
    case: Case,
    *,
    overlays: Sequence[Overlay | str | Path] = (),
) -> Verification:
    """Judge a case again as the receipt of a report says, and return whether the report agrees.

    `report` is a `Report` or its JSON document. `overlays` are those of the receipt that the package does
    not ship. Raises InvalidInput where `report` is no report, InvalidLaw for a faulty overlay.
    """
    written = _document(report) if isinstance(report, Report) else dict(report)
    receipt = receipt_of(written)
    loaded = [overlay if isinstance(overlay, Overlay) else load_overlay(overlay) for overlay in overlays]
    known, lacking = _laid_on(receipt, loaded)
    causes = list(_causes_of_law(receipt, lacking))
    try:
        again = _again(written, receipt, case, known)
    except InvalidCall:
        causes.append(Cause(kind="law", what=general("verify_reading")))
        again = _again(written, {**receipt, "readings": {}, "selected": None}, case, known)
    causes += _causes_of_receipt(receipt, again["receipt"])
    differences = list(_differences(written, again))
    if any(written[name] != again[name] for name in ("user", "provider", "month")):
        causes, differences = [Cause(kind="records", what=general("verify_other_case"))], []
    if differences and not causes:
        causes.append(Cause(kind="report", what=general("verify_changed")))
    binding = [cause for cause in causes if cause.kind != "version"]
    return Verification(
        user=case.user.id,
        month=case.month,
        agrees=not (differences or binding),
        causes=tuple(causes),
        differences=tuple(differences[:_MOST]),
        more=max(0, len(differences) - _MOST),
        notes=tuple(_notes(written, receipt)),
    )


def _notes(written: Mapping[str, Any], receipt: Mapping[str, Any]) -> Iterator[Text]:
    """Say what the report does not hold, or what was not compared."""
    if receipt.get("selected") is not None:
        yield general("verify_selection")
    if "plan" in written:
        yield general("verify_plan")
    if "calendar" in written:
        yield general("verify_calendar")


def _document(report: Report) -> dict[str, Any]:
    return report.model_dump(mode="json", by_alias=True)


def receipt_of(written: Mapping[str, Any]) -> dict[str, Any]:
    """Return the receipt of a report; raises InvalidInput where the document is none."""
    receipt, rules = written.get("receipt"), written.get("rules")
    if written.get("schema") == "zaitaku-case/1":
        raise InvalidInput(
            "ケースが先に書かれています。zaitaku verify 報告 ケース の順に指定してください。",
            "this is a case: write zaitaku verify REPORT CASE, in this order",
        )
    is_whole = (
        all(name in written for name in _PARTS) and isinstance(receipt, dict) and isinstance(rules, list)
    )
    if written.get("schema") == "zaitaku-report/1" and is_whole:
        return cast("dict[str, Any]", receipt)
    raise InvalidInput(
        "判定の報告(zaitaku-report/1)ではありません。zaitaku check --format json の出力を指定してください。",
        "not a report (zaitaku-report/1): give the output of zaitaku check --format json",
    )


def _laid_on(receipt: Mapping[str, Any], given: list[Overlay]) -> tuple[list[Overlay], list[str]]:
    """Return the overlays that the caller of the report laid on, and the names of those not to be had."""
    by_id = {overlay.id: overlay for overlay in given}
    found: list[Overlay] = []
    lacking: list[str] = []
    for name in _texts(receipt.get("overlays")):
        if name in by_id:
            found.append(by_id[name])
        elif name in shipped_overlays():
            found.append(load_overlay(name))
        else:
            lacking.append(shown_name(name))
    return found, lacking


def _texts(value: Any) -> list[str]:
    """Return the texts of a list that should hold nothing else."""
    if not isinstance(value, list):
        return []
    every = cast("list[object]", value)
    return [one for one in every if isinstance(one, str)]


def _again(
    written: Mapping[str, Any], receipt: Mapping[str, Any], case: Case, overlays: list[Overlay]
) -> dict[str, Any]:
    """Return the report of today for the question of the receipt."""
    readings = receipt.get("readings")
    chosen = cast("dict[str, Any]", readings) if isinstance(readings, dict) else {}
    report = check(
        case,
        as_of=_date(receipt.get("as_of") or written.get("as_of")),
        known_at=_date(receipt.get("known_at")),
        overlays=overlays,
        readings={name: str(value) for name, value in chosen.items()},
        select=_texts(receipt.get("selected")),
    )
    return _document(report)


def _date(text: Any) -> date | None:
    try:
        return date.fromisoformat(text) if text is not None else None
    except (TypeError, ValueError):
        raise InvalidInput(
            "判定の控え(receipt)の日付が読めません。", "the receipt holds a date that cannot be read"
        ) from None


def _causes_of_law(receipt: Mapping[str, Any], lacking: list[str]) -> Iterator[Cause]:
    if (was := receipt.get("library")) != library():
        said = was if isinstance(was, str) and _VERSION.fullmatch(was) else "?"
        yield Cause(kind="version", what=general("verify_version", was=said, now=library()))
    if lacking:
        yield Cause(kind="law", what=general("verify_overlay", names=", ".join(lacking)))


def _causes_of_receipt(was: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[Cause]:
    if was.get("case_sha256") != now["case_sha256"]:
        yield Cause(kind="records", what=general("verify_records"))
    if was.get("ruleset") != now["ruleset"]:
        yield Cause(kind="law", what=general("verify_ruleset", now=" + ".join(now["ruleset"])))
    elif was.get("ruleset_sha256") != now["ruleset_sha256"]:
        yield Cause(kind="law", what=general("verify_law"))


def _differences(was: Any, now: Any, place: str = "") -> Iterator[Difference]:
    """Walk both documents side by side; rules are named by code."""
    if was == now or place in _ASIDE:
        return
    if isinstance(was, dict) and isinstance(now, dict):
        old, new = cast("dict[str, Any]", was), cast("dict[str, Any]", now)
        decisive = [name for name in _JUDGEMENT if old.get(name) != new.get(name)]
        for name in decisive or dict.fromkeys([*new, *old]):
            where = f"{place}.{name if name in new else shown_name(name)}".lstrip(".")
            yield from _differences(old.get(name), new.get(name), where)
    elif place == "rules" and isinstance(was, list):
        yield from _differences(_by_code(was), _by_code(now), place)
    else:
        yield Difference(place=place, what=_said(was, now))


def _by_code(rules: Any) -> dict[str, Any]:
    found = [cast("dict[str, Any]", rule) for rule in rules if isinstance(rule, dict)]
    return {str(rule.get("code")): rule for rule in found}


def _said(was: Any, now: Any) -> Text:
    """Say both values where they are words or numbers of ours; a report may hold anything."""
    old, new = _shown(was), _shown(now)
    if old and new:
        return general("verify_differs", was=old, now=new)
    return general("verify_differs_somehow")


def _shown(value: Any) -> str | None:
    if isinstance(value, str):
        return value if value in _WORDS else shown_value(value)
    return str(value) if isinstance(value, int) else None

"""One case and a nation: the same statuses, days and open days, whichever way they are judged."""

import random
from collections.abc import Callable
from copy import deepcopy
from datetime import date, timedelta
from typing import Any

import pytest

from as_tables import tables_of
from brute import months, random_call, random_document
from test_brute_force import EXAMPLES, arguments
from zaitaku_rules import Case, check
from zaitaku_rules.bulk.findings import days_of, findings
from zaitaku_rules.bulk.standing import VERDICTS, standing
from zaitaku_rules.bulk.sweep import judged, law_asked, packed
from zaitaku_rules.days import calendar_of
from zaitaku_rules.records import EVENTS

BATCHES = EXAMPLES or 7
USERS = 300
DAY_OF = {"contacts": "at", "inquiries": "at", "emergencies": "at", "submissions": "on"}


def a_month_of_users(
    seed: int, monkeypatch: pytest.MonkeyPatch, users: int = USERS
) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """Return random documents of one month that give the same lists, and how they are asked."""
    rng = random.Random(seed)
    month = months.random_month(rng, months.random_city(rng))
    monkeypatch.setattr(months, "random_month", _always(month))
    first = date.fromisoformat(f"{month}-01")
    pattern = random_document(rng)
    call = arguments(random_call(rng, pattern))
    call.pop("select", None)
    call["as_of"] = first + timedelta(days=rng.choice([8, 15, 20, 27, 31, 33, 40, 50]))
    documents = [aligned(random_document(rng), number, pattern, call["as_of"]) for number in range(users)]
    return documents, call


def _always(month: str) -> Callable[..., str]:
    def that_month(*_: object) -> str:
        return month

    return that_month


def aligned(document: dict[str, Any], number: int, pattern: dict[str, Any], as_of: date) -> dict[str, Any]:
    """Return a document with the lists of the pattern, of the rows that a month's tables hold."""
    found = deepcopy(document)
    found.pop("as_of", None)
    found["user"]["id"] = f"U-{number:03d}"
    _rename(found, months.provider_number(f"08{number:07d}"))
    if found["user"].get("wish") == {}:
        del found["user"]["wish"]
    lists = [name for name in (*EVENTS, *STATES) if pattern.get(name) is not None]
    for name in (*EVENTS, *STATES):
        if name not in lists:
            found.pop(name, None)
        else:
            found[name] = found.get(name) or []
    for name in EVENTS:
        if name in found:
            found[name] = [row for row in found[name] if is_of_the_month(name, row, found["month"], as_of)]
    spans: dict[str, Any] = found.get("coverage") or {}
    found["coverage"] = {name: span for name, span in spans.items() if span and name in lists}
    return found


STATES = (
    "approvals",
    "notifications",
    "plans",
    "readiness",
    "assessments",
    "hospital_stays",
    "consents",
    "waivers",
    "planned_days",
)


def _rename(document: dict[str, Any], number: str) -> None:
    """Give each user an office of their own, and say so in the papers that name it."""
    old = document["provider"]["number"]
    for name in ("approvals", "notifications"):
        for row in document.get(name) or ():
            if row.get("provider") == old:
                row["provider"] = number
    document["provider"]["number"] = number


def is_of_the_month(name: str, row: dict[str, Any], month: str, as_of: date) -> bool:
    """Tell whether a row belongs to the month's page, or is the submission of its record."""
    case = Case.model_validate(
        {
            "schema": "zaitaku-case/1",
            "month": month,
            "user": {"id": "-", "municipality": "131016"},
            "provider": {"number": "0812300010", "service": "continuation_b"},
            name: [row],
        }
    )
    day = getattr(getattr(case, name)[0], "day", None) or getattr(case, name)[0].on
    inside = bool(calendar_of(month).bit(day))
    return (row["month"] == month and (inside or day <= as_of)) if name == "submissions" else inside


@pytest.mark.parametrize("seed", range(BATCHES))
def test_a_sweep_says_what_each_check_says(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    documents, call = a_month_of_users(seed, monkeypatch)
    swept: dict[tuple[str, str], tuple[Any, ...]] = {}
    rows, standings = judged_at_once(documents, call)
    for row in rows:
        said = (row["status"], row["severity"], tuple(row["days"]), tuple(row["open_days"]))
        swept[row["user_id"], row["code"]] = said
    assert len(swept) == USERS * len(check(Case.model_validate(documents[0]), **call).rules)
    for document in documents:
        report = check(Case.model_validate(document), **call)
        for rule in report.rules:
            expected = (rule.status, rule.severity, rule.days, rule.open_days)
            assert swept[report.user, rule.code] == expected, (seed, report.user, rule.code)
        claim = report.claim
        said = (report.verdict, claim.home_days, claim.at_risk, claim.open)
        assert standings[report.user] == said, (seed, report.user)


def judged_at_once(
    documents: list[dict[str, Any]], call: dict[str, Any]
) -> tuple[list[dict[str, Any]], dict[str, tuple[Any, ...]]]:
    """Return the findings of a sweep, and for each user the verdict with home days, at risk and open."""
    month, law = documents[0]["month"], law_asked(call.get("overlays", ()), call.get("readings"))
    pages = packed(tables_of(documents), month, as_of=call["as_of"], laws=[law])
    rows: list[dict[str, Any]] = []
    standings: dict[str, tuple[Any, ...]] = {}
    for block, columns in judged(pages, law):
        rows += [row for batch in findings(block, columns, every=True) for row in batch.to_pylist()]
        found = standing(block, columns)
        words = (found.home, found.at_risk, found.open)
        dates = (days_of(word, pages.calendar).to_pylist() for word in words)
        users = block.users["user_id"].to_pylist()
        for user, verdict, *days in zip(users, found.verdict, *dates, strict=True):
            standings[user] = (VERDICTS[verdict], *map(tuple, days))
    return rows, standings

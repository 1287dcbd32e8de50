"""Every case file and every example: a sweep over its tables says what `check` says of it.

Cases of one month and day that give the same lists stand in the same tables, each with a user and an office
of its own, and are packed once for all the laws by which they are asked.
"""

from __future__ import annotations

import json
import multiprocessing
import os
from collections.abc import Iterator, Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeAlias, cast

import pytest

from as_tables import tables_of
from brute.months import provider_number
from test_cases import FOLDER, SPECS
from test_examples import EXAMPLES
from test_examples import FOLDER as SHOWN
from zaitaku_rules import Case, Report, check, load_overlay
from zaitaku_rules.bulk.engines import pa, pc
from zaitaku_rules.bulk.findings import days_of, findings
from zaitaku_rules.bulk.judging import judged_block
from zaitaku_rules.bulk.laws import LawAsked, groups
from zaitaku_rules.bulk.pages import Pages
from zaitaku_rules.bulk.standing import VERDICTS, standing
from zaitaku_rules.bulk.sweep import packed
from zaitaku_rules.facts import Facts
from zaitaku_rules.records import SOURCES
from zaitaku_rules.testing import document, overlays

NO_WISH = "tables cannot say that there is surely no wish: an empty wish is one that is not told"
OTHER_MONTH = "a sweep judges the rows of its month, Z906 of one case the rows of any"
APART = {
    "Z101: no wish at all": NO_WISH,
    "Z101: days to come are planned at home": NO_WISH,
    "Z101: planned at the office is not at home": NO_WISH,
    "Z906: a report of another month, written too early": OTHER_MONTH,
}
"""The cases that tables say otherwise, and why. A case that does not differ may not stand here."""

Said: TypeAlias = dict[str, tuple[object, ...]]
"""By rule status, severity, days and open days; under "verdict" that and the days of the claim."""


@dataclass(frozen=True)
class Asked:
    """A case, and the law by which it is asked."""

    name: str
    document: dict[str, Any]
    law: LawAsked

    def said_alone(self) -> Said:
        """Return what `check` says."""
        case = Case.model_validate(self.document)
        return said_in(check(case, overlays=self.law.overlays, readings=self.law.readings))


@dataclass(frozen=True)
class Batch:
    """Cases of one month and day that give the same lists."""

    month: str
    as_of: date
    cases: list[Asked] = field(default_factory=list[Asked])


def said_in(report: Report) -> Said:
    claim = report.claim
    rules: Said = {
        rule.code: (rule.status, rule.severity, rule.days, rule.open_days) for rule in report.rules
    }
    return {**rules, "verdict": (report.verdict, claim.home_days, claim.at_risk, claim.open)}


def asked() -> Iterator[Asked]:
    for number, param in enumerate(SPECS):
        spec = cast("Mapping[str, Any]", param.values[0])
        law = LawAsked(tuple(overlays(spec, FOLDER / "overlays")), spec.get("readings", {}))
        yield Asked(str(param.id), alone(document(spec), number), law)
    for number, one in enumerate(EXAMPLES, len(SPECS)):
        law = LawAsked(tuple(load_overlay(SHOWN / name) for name in one["overlays"]))
        shown = json.loads((SHOWN / one["file"]).read_text("utf-8"))
        yield Asked(" ".join([one["file"], *one["overlays"]]), alone(shown, number), law)


def alone(given: dict[str, Any], number: int) -> dict[str, Any]:
    """Return a document whose user and office no other document has."""
    found = deepcopy(given)
    old, new = found["provider"]["number"], provider_number(f"99{number:07d}")
    for name in ("approvals", "notifications"):
        for row in found.get(name) or ():
            if row.get("provider") == old:
                row["provider"] = new
    found["user"]["id"], found["provider"]["number"] = f"U-{number:04d}", new
    return found


def batched() -> list[Batch]:
    found: dict[object, Batch] = {}
    for one in asked():
        case = Case.model_validate(one.document)
        month, as_of = case.month, Facts(case).as_of
        lists = tuple(name for name in SOURCES if getattr(case, name) is not None and name != "waivers")
        found.setdefault((month, as_of, lists), Batch(month, as_of)).cases.append(one)
    return list(found.values())


def differences(batch: Batch) -> list[str]:
    """Return a line for each rule and case of which sweep and check say different things."""
    laws = [one.law for one in batch.cases]
    laws = [law for place, law in enumerate(laws) if law not in laws[:place]]
    tables = tables_of([one.document for one in batch.cases])
    pages = packed(tables, batch.month, as_of=batch.as_of, laws=laws)
    found = list[str]()
    for law in laws:
        cases = {str(one.document["user"]["id"]): one for one in batch.cases if one.law == law}
        for user, among in said_at_once(pages, law, list(cases)).items():
            alone = cases[user].said_alone()
            differing = [code for code in {**alone, **among} if alone.get(code) != among.get(code)]
            name = cases.pop(user).name
            found += [f"{name}\t{code}: {alone.get(code)}, swept {among.get(code)}" for code in differing]
        found += [f"{one.name}\tnot swept" for one in cases.values()]
    return found


def said_at_once(pages: Pages, law: LawAsked, asking: list[str]) -> dict[str, Said]:
    """Return what a sweep says of the users who ask by this law."""
    found: dict[str, Said] = {}
    asks = pc.is_in(pages.users["user_id"], pa.array(asking)).to_numpy()
    for group in groups(pages.stretches, pages.calendar.name, law):
        if not asks[group.rows.start : group.rows.stop].any():
            continue
        block = pages.slice(group.rows)
        columns = judged_block(group.law, block)
        users: list[str] = block.users["user_id"].to_pylist()
        for batch in findings(block, columns, every=True):
            for row in batch.filter(pc.is_in(batch["user_id"], pa.array(asking))).to_pylist():
                days = tuple(row["days"]), tuple(row["open_days"])
                found.setdefault(row["user_id"], {})[row["code"]] = (row["status"], row["severity"], *days)
        total = standing(block, columns)
        dates = (
            days_of(word, pages.calendar).to_pylist() for word in (total.home, total.at_risk, total.open)
        )
        for user, verdict, *days in zip(users, total.verdict, *dates, strict=True):
            if user in found:
                found[user]["verdict"] = (VERDICTS[verdict], *map(tuple, days))
    return found


BATCHES = batched()


@pytest.fixture(scope="module")
def found(request: pytest.FixtureRequest) -> Iterator[dict[int, Future[list[str]]]]:
    """Judge the batches of this run in as many processes as there are processors."""
    calls = [getattr(item, "callspec", None) for item in request.session.items if item.path == request.path]
    numbers: list[int] = [call.params["number"] for call in calls if call]
    spawning = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(min(os.cpu_count() or 1, 4), spawning) as pool:
        yield {number: pool.submit(differences, BATCHES[number]) for number in numbers}
        pool.shutdown(cancel_futures=True)


@pytest.mark.parametrize(
    "number",
    [pytest.param(place, id=f"{one.month}-as-of-{one.as_of}-{place}") for place, one in enumerate(BATCHES)],
)
def test_a_sweep_says_of_every_case_what_check_says(number: int, found: dict[int, Future[list[str]]]) -> None:
    lines = found[number].result()
    differing = {line.partition("\t")[0] for line in lines}
    expected = {one.name for one in BATCHES[number].cases if one.name in APART}
    assert differing == expected, "\n".join(line for line in lines if line.partition("\t")[0] not in APART)


def test_every_case_is_judged_once() -> None:
    names = [one.name for batch in BATCHES for one in batch.cases]
    assert len(names) == len(SPECS) + len(EXAMPLES)
    assert set(APART) <= {*names}

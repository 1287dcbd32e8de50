"""What holds while a month runs.

Truth only grows as records arrive; what is open can still be kept and still break; nothing is due where the
verdict is kept, and an office that does all that is due on its last day keeps the month.
"""

from __future__ import annotations

import random
from collections import Counter
from datetime import timedelta
from typing import Any

import pytest

from brute import random_call, random_document
from brute.book import month_days
from conftest import EXAMPLES
from test_brute_force import arguments
from timeline.acting import PLACES, running_month
from timeline.ends import LITERAL, UNANSWERABLE, reason, search
from timeline.promises import ABSENT, NO_HOME_DAY, faults
from timeline.views import View, two_views, whole_month
from zaitaku_rules import Case, Report, check

PAIRS = EXAMPLES or 200
MONTHS = EXAMPLES // 20 or 12
BATCHES = 4
SHARE = range(BATCHES)


def judged(view: View, call: dict[str, Any]) -> Report:
    return check(Case.model_validate(view.document), as_of=view.as_of, **arguments(call))


@pytest.mark.parametrize("batch", SHARE)
def test_truth_only_grows_as_records_arrive(batch: int) -> None:
    seen = Counter[str]()
    for seed in range(batch, PAIRS, BATCHES):
        rng = random.Random(seed)
        final, call = whole_month(rng)
        views = two_views(rng, final)
        before, after = (judged(view, call) for view in views)
        found = set(faults(before, after, views[0].absent))
        assert {one for one in found if not one.endswith((ABSENT, NO_HOME_DAY))} == set(), f"seed {seed}"
        seen.update(rule.status for rule in before.rules)
    assert seen.keys() >= {"broken", "open", "kept", "idle"} or PAIRS < 100


@pytest.mark.parametrize("batch", SHARE)
def test_what_is_open_can_be_kept_and_can_break(batch: int) -> None:
    open_rules = 0
    for seed in range(batch, MONTHS, BATCHES):
        rng = random.Random(seed)
        final, call = whole_month(rng)
        view, _ = two_views(rng, final)
        report = judged(view, call)
        lacking = search(rng, view.document, view.as_of, arguments(call), report, drawn=40)
        explained = (*LITERAL, UNANSWERABLE)
        unexplained = [one for one in lacking if reason(one, view.as_of) not in explained]
        assert unexplained == [], f"seed {seed}"
        open_rules += sum(rule.status == "open" for rule in report.rules)
    assert open_rules or MONTHS < BATCHES


@pytest.mark.parametrize("batch", SHARE)
def test_nothing_is_due_where_the_verdict_is_kept(batch: int) -> None:
    listed = 0
    for seed in range(batch, PAIRS, BATCHES):
        rng = random.Random(seed)
        document = random_document(rng) if seed % 2 else whole_month(rng)[0]
        given = arguments(random_call(rng, document) | {"as_of": None})
        days = month_days(document["month"])
        given["as_of"] = days[0] + timedelta(days=rng.randrange(len(days) + 12))
        report = check(Case.model_validate(document), **given)
        entries = report.due or ()
        assert report.verdict != "kept" or not entries, f"seed {seed}"
        assert {report.rule(entry.code).status for entry in entries} <= {"open", "broken"}, f"seed {seed}"
        listed += len(entries)
    assert listed or PAIRS < 100


@pytest.mark.parametrize("municipality", PLACES)
def test_doing_all_that_is_due_on_its_last_day_keeps_the_month(municipality: str) -> None:
    acts = 0
    for seed in range(max(8, PAIRS // 20)):
        rng = random.Random(seed)
        month = f"{rng.choice([2026, 2027])}-{rng.randrange(2, 13):02d}"
        office = running_month(rng, month, municipality, sundays=True, readings={"week_start": "monday"})
        report = office.run()
        assert report.verdict in ("kept", "idle"), f"seed {seed}"
        assert report.verdict == "kept" or not report.claim.home_days
        acts += office.acts
    assert acts


@pytest.mark.parametrize("municipality", PLACES)
def test_it_keeps_the_month_wherever_weeks_begin(municipality: str) -> None:
    for seed in range(max(8, PAIRS // 20)):
        rng = random.Random(seed)
        month = f"{rng.choice([2026, 2027])}-{rng.randrange(2, 13):02d}"
        report = running_month(rng, month, municipality, sundays=False, readings={}).run()
        assert report.verdict in ("kept", "idle"), f"seed {seed}"


@pytest.mark.parametrize("municipality", PLACES)
def test_with_use_on_sundays_only_weeks_may_stay_open(municipality: str) -> None:
    # `due` lists the weeks of the first reading, so the last Sunday's other week may not be among them.
    for seed in range(max(8, PAIRS // 20)):
        rng = random.Random(seed)
        month = f"{rng.choice([2026, 2027])}-{rng.randrange(2, 13):02d}"
        report = running_month(rng, month, municipality, sundays=True, readings={}).run()
        lacking = {rule.code for rule in report.rules if rule.status in ("open", "broken")}
        duties = {code for code in lacking if report.rule(code).severity in ("payment", "duty")}
        assert report.verdict != "broken", f"seed {seed}"
        assert duties <= {"Z401", "Z403"}, f"seed {seed}"

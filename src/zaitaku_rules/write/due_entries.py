"""What is still due for many cases: the cases as they are listed, and their entries for JSON."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

from zaitaku_rules.errors import ZaitakuError
from zaitaku_rules.report import Due
from zaitaku_rules.write.json_report import error_object


class DueCase(NamedTuple):
    """A case and what is still due for it as of one day."""

    user: str
    provider: str
    month: str
    as_of: date
    due: tuple[Due, ...]


def due_entries(outcomes: Iterable[DueCase | ZaitakuError]) -> list[dict[str, Any]]:
    """Return what is still due for all cases as objects with user, provider, month and `as_of`.

    The entries stand soonest first (by `by`, then code), so a case has no one place among them. The cases
    that could not be read follow all entries, in order of the input, as `zaitaku-error/1`: an object with
    `schema` is no entry, and a program that finds one knows that the list is not whole.
    """
    every = list(outcomes)
    cases = [one for one in every if isinstance(one, DueCase)]
    found = [_entry(case, one) for case in cases for one in case.due]
    errors = [error_object(one) for one in every if isinstance(one, ZaitakuError)]
    return [*sorted(found, key=lambda entry: (entry["by"], entry["code"])), *errors]


def _entry(case: DueCase, one: Due) -> dict[str, Any]:
    return {
        "user": case.user,
        "provider": case.provider,
        "month": case.month,
        "as_of": case.as_of.isoformat(),
        **one.model_dump(mode="json", by_alias=True),
    }

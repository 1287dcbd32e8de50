"""Asks of the cases of files, one after another, what is still due."""

from __future__ import annotations

from collections.abc import Iterator

from zaitaku_rules.cli.calls import internal
from zaitaku_rules.cli.case_inputs import CaseInputs
from zaitaku_rules.cli.judging import Question
from zaitaku_rules.errors import InvalidCall, InvalidLaw, ZaitakuError
from zaitaku_rules.judge.checking import judged
from zaitaku_rules.judge.outstanding import DUE_CODES, outstanding
from zaitaku_rules.records import Case
from zaitaku_rules.write.due_entries import DueCase


def due_cases(inputs: CaseInputs, question: Question) -> Iterator[DueCase | ZaitakuError]:
    """Return what is due for each case in order of the input; raises InvalidCall and InvalidLaw."""
    for cases in inputs:
        for place, found in cases:
            yield found if isinstance(found, ZaitakuError) else _due_case(found, question, place)


def _due_case(case: Case, question: Question, place: str) -> DueCase | ZaitakuError:
    """Judge only the rules of which something can be due, and keep the day of the question."""
    try:
        _, facts, rules = judged(
            case,
            as_of=question.as_of,
            overlays=question.overlays,
            readings=question.readings,
            codes=DUE_CODES,
        )
        listed = outstanding(rules, facts) or ()
    except (InvalidCall, InvalidLaw):
        raise
    except Exception as error:
        return internal(error, place)
    return DueCase(case.user.id, case.provider.number, case.month, facts.as_of, listed)

"""The questions to the municipality on which a finding rests, each with the overlay line that answers it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache

from zaitaku_rules.days import Measure
from zaitaku_rules.explain import question
from zaitaku_rules.facts import Facts
from zaitaku_rules.judge.doubts import CERTAIN, TOLD_BY, is_event, low
from zaitaku_rules.judge.judgement import Judgement
from zaitaku_rules.law import Chosen, RuleLaw, nation
from zaitaku_rules.law.model import Setting
from zaitaku_rules.report import Settle

_ANSWERED = (
    'because = { ja = "市町村の回答による", en = "as the municipality answered" }\nclause = "<<city.answer>>"'
)


def questions(judgement: Judgement, facts: Facts) -> tuple[Settle, ...]:
    """Return the questions of which the answer turns a day that stays open with every source complete."""
    law = judgement.law
    recorded = judgement.open & getattr(facts, law.rule.judges).sure
    if len(law.readings) < 2 or not recorded:
        return ()
    complete = [_complete(name, facts) for name in law.rule.facts]
    answers: dict[Chosen, tuple[int, int]] = {}
    for reading in law.readings:
        sure = maybe = 0
        for mask, numbers in reading.segments:
            found = law.rule.breaking(*complete, **numbers)
            sure, maybe = sure | found.sure & mask, maybe | found.maybe & mask
        answers[reading.chosen] = sure & recorded, maybe & recorded
    if len(set(answers.values())) == 1:
        return ()
    return tuple(
        _asked(law, name, tuple(readings))
        for name, readings in law.questions.items()
        if _turns(name, answers)
    )


def _complete(name: str, facts: Facts) -> object:
    """Return a fact as it is with every source complete: mostly what is sure of it now."""
    value = getattr(facts, name)
    told = TOLD_BY.get(name)
    if name in CERTAIN or (
        told and not told.field and all(map(is_event, told.sources)) and not isinstance(value, Measure)
    ):
        return low(value)
    return getattr(facts.completed, name)


def _turns(name: str, answers: dict[Chosen, tuple[int, int]]) -> bool:
    """Tell whether two choices that differ in one question only give two answers."""
    seen: dict[Chosen, tuple[int, int]] = {}
    for chosen, found in answers.items():
        others = tuple(pair for pair in chosen if pair[0] != name)
        if seen.setdefault(others, found) != found:
            return True
    return False


@lru_cache(maxsize=4096)
def _asked(law: RuleLaw, name: str, readings: tuple[str, ...]) -> Settle:
    return Settle(
        kind="question",
        what=question(name, readings),
        by=None,
        parameter=name,
        readings=readings,
        answer=_answer(law, name, readings),
    )


def _answer(law: RuleLaw, name: str, readings: tuple[str, ...]) -> str:
    """Return the entries of an overlay that answer a question by its first reading, the others beside it."""
    if name not in nation().parameters:
        lines = (
            f"[[enable]]  # true; false: --reading {name}=false",
            f'rule = "{law.rule.code}"',
            'clause = "<<city.answer>>"',
        )
        return "\n".join(lines)
    return "\n\n".join(_entries(law, name, readings))


def _entries(law: RuleLaw, name: str, readings: tuple[str, ...]) -> Iterator[str]:
    depending = list(_depending(law, name))
    for setting, end in depending:
        values = {"true": setting.when_true, "false": setting.when_false}
        dates = [f"{key} = {day}" for key, day in (("from", setting.from_), ("to", end)) if day]
        yield _entry(setting.parameter, [_toml(values[reading]) for reading in readings], dates)
    if not depending:
        kind = nation().parameters[name].kind
        yield _entry(name, [_toml(_parsed(reading, kind)) for reading in readings], [])


def _depending(law: RuleLaw, name: str) -> Iterator[tuple[Setting, date | None]]:
    """Return the national values of the rule that a question decides, each with its last day."""
    for parameter in law.rule.parameters:
        settings = nation().settings_of(parameter)
        for setting, following in zip(settings, [*settings[1:], None], strict=True):
            if setting.depends_on == name:
                begins = following.from_ if following else None
                yield setting, setting.to or (begins and begins - timedelta(days=1))


def _entry(parameter: str, values: list[str], dates: list[str]) -> str:
    others = " / ".join(values[1:])
    lines = ["[[set]]", f'parameter = "{parameter}"', f"value = {values[0]}  # {others}", *dates, _ANSWERED]
    return "\n".join(lines)


def _parsed(reading: str, kind: str) -> object:
    if kind == "words":
        return reading.split(",")
    return json.loads(reading) if kind in ("flag", "int") else reading


def _toml(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)

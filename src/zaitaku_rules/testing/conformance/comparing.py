"""Holds a vendor's results against a conformance pack: what is stated is compared, the rest is missing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, cast

from pydantic import ValidationError

from zaitaku_rules.errors import InvalidInput, nearest
from zaitaku_rules.records.faults import sentences, told
from zaitaku_rules.report import (
    Conformance,
    Counted,
    Deviation,
    Due,
    ExpectedDue,
    ExpectedRule,
    PackCase,
    Plain,
    Result,
)
from zaitaku_rules.rules import CATALOGUE
from zaitaku_rules.testing.conformance.pack_files import Pack, conformance_pack

_BESIDE_RULES = ("verdict", "claim", "due")


def compared(pack: Pack, results: Iterable[Result]) -> Conformance:
    """Return how results compare with a pack; at most one result for each case."""
    by_id = {result.id: result for result in results}
    deviations = [found for one in pack.cases if one.id in by_id for found in _deviations(one, by_id[one.id])]
    failed = {one.id for one in deviations}
    stated = [one.id for one in pack.cases if one.id in by_id]
    return Conformance(
        library=pack.manifest.library,
        pack_sha256=pack.manifest.pack_sha256,
        cases=len(pack.cases),
        passed=tuple(name for name in stated if name not in failed),
        failed=tuple(name for name in stated if name in failed),
        missing=tuple(one.id for one in pack.cases if one.id not in by_id),
        rules=tuple(_counts(by_id, deviations, len(pack.cases))),
        deviations=tuple(deviations),
    )


def conformance_of(results: Iterable[Mapping[str, Any]], pack: Pack | None = None) -> Conformance:
    """Return how a vendor's results compare with the conformance pack, by default the one that ships.

    A result is a mapping as a line of the results file: `id`, and `verdict`, `rules`, `claim` or `due` as far
    as the software tells them. Raises InvalidInput for what is no result, of no case, or given twice.
    """
    held = conformance_pack() if pack is None else pack
    found = dict[str, Result]()
    for number, document in enumerate(results):
        add_result(found, document, held, f"results[{number}]")
    return compared(held, found.values())


def add_result(found: dict[str, Result], document: Mapping[str, Any], pack: Pack, place: str) -> None:
    """Add the result that a line states; raises InvalidInput where it is none, or the second of a case."""
    result = result_of(document, pack, place)
    if result.id in found:
        raise InvalidInput(
            "同じ事例の結果が二つあります。一つにしてください。",
            "a second result of the same case: give one",
            place=f"{place}: id",
        )
    found[result.id] = result


def result_of(document: Mapping[str, Any], pack: Pack, place: str) -> Result:
    """Return the result that a line states; raises InvalidInput where it is none, or of no case."""
    try:
        found = Result.model_validate(document)
    except ValidationError as error:
        where, said = sentences(told(error, Result))[0]
        raise InvalidInput(said.ja, said.en, place=f"{place}: {where}") from None
    _refuse_unknown(found.id, [one.id for one in pack.cases], f"{place}: id")
    for code in found.rules:
        _refuse_unknown(code, CATALOGUE, f"{place}: rules")
    if not found.model_fields_set & {"verdict", "rules", "claim", "due"}:
        raise InvalidInput(
            "結果がありません。verdict か rules を書いてください。",
            "it states nothing: give verdict or rules",
            place=place,
        )
    return found


def _refuse_unknown(word: str, known: Iterable[str], place: str) -> None:
    listed = list(known)
    if word in listed:
        return
    near = nearest(word, listed)
    raise InvalidInput(
        f"この試験にない名前です。{f'{near} のことですか。' if near else ''}",
        f"not in this pack{f'; did you mean {near}?' if near else ''}",
        place=place,
    )


def _deviations(one: PackCase, result: Result) -> Iterator[Deviation]:
    for place, wanted, found in _stated(one, result):
        if wanted != found:
            yield Deviation(id=one.id, place=place, expected=wanted, found=found)


def _stated(one: PackCase, result: Result) -> Iterator[tuple[str, Plain, Plain]]:
    """Return each value that a result states, with the one that the pack expects."""
    expected = one.expected
    if "verdict" in result.model_fields_set:
        yield "verdict", expected.verdict, result.verdict
    for code, rule in result.rules.items():
        for field in ExpectedRule.model_fields:
            if field in rule.model_fields_set:
                yield (
                    f"rules.{code}.{field}",
                    _plain(getattr(expected.rules[code], field)),
                    _plain(getattr(rule, field)),
                )
    for name, days in result.claim.items():
        yield f"claim.{name}", _plain(getattr(expected.claim, name)), _plain(days)
    if "due" in result.model_fields_set:
        yield "due", _due(expected.due), _due(result.due)


def _plain(value: Any) -> Plain:
    """Return a value as JSON has it; the order of a list and a day named twice make no difference."""
    if isinstance(value, tuple):
        return tuple(sorted(set(map(str, cast("tuple[object, ...]", value)))))
    return cast("Plain", value)


def _due(entries: tuple[ExpectedDue | Due, ...] | None) -> Plain:
    if entries is None:
        return None
    return tuple(
        sorted(
            f"{one.code} {one.window.from_}~{one.window.to} missing {one.missing} by {one.by}"
            for one in entries
        )
    )


def _counts(by_id: Mapping[str, Result], deviations: Iterable[Deviation], cases: int) -> Iterator[Counted]:
    """Return for the verdict, each rule, the claim and the due list that is stated how many cases agree."""
    stated: dict[str, set[str]] = defaultdict(set)
    for result in by_id.values():
        for name in (*(result.model_fields_set & set(_BESIDE_RULES)), *result.rules):
            stated[name].add(result.id)
    differing: dict[str, set[str]] = defaultdict(set)
    for one in deviations:
        differing[one.place.removeprefix("rules.").partition(".")[0]].add(one.id)
    for name in ("verdict", *CATALOGUE, "claim", "due"):
        if name in stated:
            failed = len(differing[name])
            yield Counted(
                name=name,
                passed=len(stated[name]) - failed,
                failed=failed,
                missing=cases - len(stated[name]),
            )

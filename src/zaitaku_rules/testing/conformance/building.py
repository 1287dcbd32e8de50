"""Makes the conformance pack from cases in the notation and from examples, by judging each of them."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from zaitaku_rules.errors import InvalidInput
from zaitaku_rules.judge import check
from zaitaku_rules.law import Overlay, load_overlay
from zaitaku_rules.read import shown_path
from zaitaku_rules.records import Case
from zaitaku_rules.report import Expected, ExpectedDue, ExpectedRule, PackCase, Report
from zaitaku_rules.testing.conformance.pack_files import Pack
from zaitaku_rules.testing.expectation import expected
from zaitaku_rules.testing.inline_law import overlays
from zaitaku_rules.testing.notation import cases, document

_EXAMPLES = "expected.toml"
_BESIDE_RULES = ("verdict", "claim", "asks", "due")


def built_pack(folders: Sequence[str | Path]) -> Pack:
    """Return the pack of the cases of some folders; raises InvalidInput where a case contradicts itself.

    A folder holds cases in the notation (`*.toml`), or examples (`expected.toml` beside case files).
    """
    found = tuple(one for folder in folders for one in _cases(Path(folder)))
    ids = [one.id for one in found]
    for doubled in sorted({name for name in ids if ids.count(name) > 1}):
        raise InvalidInput("同じ名前の事例が二つあります。", "two cases have this name", place=doubled)
    return Pack.of(found)


def _cases(folder: Path) -> Iterator[PackCase]:
    if (folder / _EXAMPLES).is_file():
        yield from _examples(folder)
        return
    paths = sorted(folder.glob("*.toml"))
    if not paths:
        raise InvalidInput(
            "事例のフォルダーではありません。TOML の事例のあるフォルダーを指定してください。",
            "no folder of cases: name one that holds cases as TOML",
            place=shown_path(str(folder)),
        )
    for path in paths:
        for spec in cases(tomllib.loads(path.read_text("utf-8"))):
            yield _of_notation(spec, path.stem, folder)


def _of_notation(spec: Mapping[str, Any], group: str, folder: Path) -> PackCase:
    place = f"{group}/{_slug(spec['name'])}"
    laid, readings = overlays(spec, folder / "overlays"), dict(spec.get("readings", {}))
    written = document(spec)
    report = check(Case.model_validate(written), overlays=laid, readings=readings)
    if differing := expected(spec).differences(report):
        raise InvalidInput(
            f"判定が事例の期待と違います: {differing[0]}",
            f"the judgement is not what the case expects: {differing[0]}",
            place=place,
        )
    about = tuple(code for code in spec.get("expect", {}) if code not in _BESIDE_RULES)
    return _pack_case(place, spec["name"], spec.get("why", ""), about, written, laid, readings, report)


def _examples(folder: Path) -> Iterator[PackCase]:
    for example in tomllib.loads((folder / _EXAMPLES).read_text("utf-8"))["example"]:
        written = json.loads((folder / example["file"]).read_text("utf-8"))
        laid = [load_overlay(folder / name) for name in example["overlays"]]
        report = check(Case.model_validate(written), overlays=laid)
        names = [Path(example["file"]).stem, *(Path(name).stem for name in example["overlays"])]
        said, about = example["shows"]["en"], (*example["broken"], *example["open"])
        place = f"examples/{_slug(' '.join(names))}"
        yield _pack_case(place, said, "", about, written, laid, {}, report)


def _pack_case(
    place: str,
    name: str,
    why: str,
    about: tuple[str, ...],
    written: dict[str, Any],
    laid: Sequence[Overlay],
    readings: dict[str, str],
    report: Report,
) -> PackCase:
    return PackCase(
        schema_="zaitaku-conformance/1",
        id=place,
        name=name,
        why=why,
        about=about,
        case=json.loads(json.dumps(written, default=date.isoformat)),
        overlays=tuple(one.file.model_dump(mode="json", by_alias=True, exclude_unset=True) for one in laid),
        readings=readings,
        as_of=report.as_of,
        ruleset=report.receipt.ruleset,
        expected=decisive(report),
    )


def decisive(report: Report) -> Expected:
    """Return what of a report binds: no words, no evidence, no advice on mending."""
    fields = list(ExpectedRule.model_fields)
    return Expected(
        verdict=report.verdict,
        rules={
            rule.code: ExpectedRule(**{name: getattr(rule, name) for name in fields}) for rule in report.rules
        },
        claim=report.claim,
        due=None
        if report.due is None
        else tuple(
            ExpectedDue(code=one.code, window=one.window, missing=one.missing, by=one.by)
            for one in report.due
        ),
    )


def _slug(name: str) -> str:
    return re.sub(r"\W+", "-", name.lower()).strip("-")

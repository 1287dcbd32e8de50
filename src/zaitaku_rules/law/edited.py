"""Law edited by hand: numbers and rules as somebody would have them, as an overlay that no file holds."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any, get_args

from zaitaku_rules.errors import InvalidCall, nearest
from zaitaku_rules.law.check import check_overlay
from zaitaku_rules.law.load import nation
from zaitaku_rules.law.model import Overlay, OverlayFile, Parameter
from zaitaku_rules.rules import CATALOGUE, Severity

EDITED = "edited"
"""The name by which an edited law is cited."""

ON = "on"
_GRADES: tuple[str, ...] = (ON, *get_args(Severity))
_NAME = {"ja": "試みの定め", "en": "law as edited"}
_WHY = {"ja": "定めを変えたらどうなるかを見るため。", "en": "To see what would follow from other law."}
_CITED = {"clause": f"{EDITED}.says", "because": _WHY}


def edited(edits: Mapping[str, str]) -> Overlay:
    """Return the overlay that sets parameters and switches on or grades rules, at all times and places.

    A parameter takes a value as `--reading` writes it ({"contacts_per_day": "3", "weekly_means":
    "visit,commute"}), a rule "on" or its severity ({"Z403": "on", "Z304": "payment"}). It wins over every
    overlay below it. Raises InvalidCall for a name or grade that is not known, InvalidLaw for a value that
    does not fit.
    """
    rules = {code.upper(): grade for code, grade in edits.items() if code.upper() in CATALOGUE}
    numbers = {name: value for name, value in edits.items() if name.upper() not in CATALOGUE}
    for name in numbers:
        _check_name(name)
    for code, grade in rules.items():
        _check_grade(code, grade)
    values = {name: _read(value, nation().parameters[name]) for name, value in numbers.items()}
    file = OverlayFile.model_validate(_file(rules, values))
    raw = json.dumps(dict(sorted(edits.items())), ensure_ascii=False).encode()
    found = Overlay(file, raw, EDITED)
    check_overlay(found, nation(), may_repeat=True)
    return found


def _check_name(name: str) -> None:
    known = {parameter for rule in CATALOGUE.values() for parameter in rule.parameters}
    if name in known:
        return
    near = nearest(name, [*known, *CATALOGUE])
    raise InvalidCall(
        f"数値の名前でも規則の番号でもありません。{f'{near} のことですか。' if near else ''}"
        "zaitaku law で一覧を見られます。",
        f"neither a parameter nor a rule{f'; did you mean {near}?' if near else ''} (zaitaku law lists them)",
        place=EDITED,
    )


def _check_grade(code: str, grade: str) -> None:
    if grade not in _GRADES:
        near, listed = nearest(grade, _GRADES), ", ".join(_GRADES)
        raise InvalidCall(
            f"規則には使えない値です。{f'{near} のことですか。' if near else ''}使える値: {listed}",
            f"a rule does not take this value{f'; did you mean {near}?' if near else ''} "
            f"(available: {listed})",
            place=f"{EDITED}: {code}",
        )


def _read(text: str, parameter: Parameter) -> Any:
    """Return a value as a law file would hold it; one that cannot be read is refused by the check."""
    if parameter.kind == "int" and text.isascii() and text.isdigit() and len(text) < 9:
        return int(text)
    if parameter.kind == "flag":
        return {"true": True, "false": False}.get(text, text)
    if parameter.kind == "words":
        return tuple(word.strip() for word in text.split(","))
    return text


def _file(rules: Mapping[str, str], values: Mapping[str, Any]) -> dict[str, Any]:
    graded = {code: {} if grade == ON else {"severity": grade} for code, grade in rules.items()}
    return {
        "overlay": {"id": EDITED, "office": True, "name": _NAME},
        "source": [{"id": EDITED, "kind": "practice", "title": _NAME, "certainty": "official"}],
        "clause": [
            {
                "id": f"{EDITED}.says",
                "source": EDITED,
                "locator": _NAME,
                "says": _WHY,
                "fate": "encoded",
                "rules": list(dict.fromkeys([*rules, *readers_of(values)])),
                "parameters": [*values],
            }
        ],
        "set": [{"parameter": name, "value": value, **_CITED} for name, value in values.items()],
        "enable": [{"rule": code, "clause": f"{EDITED}.says", **grade} for code, grade in graded.items()],
    }


def readers_of(parameters: Iterable[str]) -> list[str]:
    """Return the codes of the rules that read one of the parameters."""
    return [rule.code for rule in CATALOGUE.values() if not {*rule.parameters}.isdisjoint(parameters)]

"""What an overlay must not do: each is an error at load, with the place and the nearest right word."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from zaitaku_rules.errors import InvalidLaw, nearest
from zaitaku_rules.law.model import Clause, Enabling, Nation, Overlay, Parameter, Setting, Value, spoken
from zaitaku_rules.law.strictness import extent, is_looser, is_on_nationally, national_values
from zaitaku_rules.rules import CATALOGUE

NATIONAL = "national"


def check_overlay(overlay: Overlay, nation: Nation, *, may_repeat: bool = False) -> None:
    """Raise InvalidLaw where an overlay names the unknown, says nothing, or loosens without reason.

    With `may_repeat` it may say over again what the nation says, for a municipality may say otherwise.
    """
    header = overlay.file.overlay
    if not header.office and header.municipality is None:
        raise _fault(
            overlay,
            "overlay",
            "municipality か office = true が必要です。",
            "needs municipality or office = true",
        )
    _check_order(overlay, "overlay", header.from_, header.to)
    own = {clause.id for clause in overlay.file.clause}
    sources = {source.id for source in overlay.file.source} | set(nation.sources)
    for clause in overlay.file.clause:
        _check_known(overlay, f"clause {clause.id}", clause.source, sources, "source")
        _check_clause_words(overlay, clause, nation)
    for place, cited in _citations(overlay):
        _check_known(overlay, place, cited, own | set(nation.clauses), "clause")
    for enabling in overlay.file.enable:
        _check_enabling(overlay, enabling, nation, may_repeat)
    for setting in overlay.file.set:
        values = _check_setting(overlay, setting, nation)
        if not may_repeat:
            _compare(overlay, setting, values, nation)
    _check_conflicts(overlay)


def _fault(overlay: Overlay, where: str, ja: str, en: str) -> InvalidLaw:
    return InvalidLaw(ja, en, place=f"{overlay.place}: {where}")


def _citations(overlay: Overlay) -> Iterable[tuple[str, str]]:
    for setting in overlay.file.set:
        yield f"set {setting.parameter}", setting.clause
    for enabling in overlay.file.enable:
        yield f"enable {' '.join(enabling.codes)}", enabling.clause or ""
    for number, note in enumerate(overlay.file.note, 1):
        yield f"note {number}", note.clause


def _check_known(overlay: Overlay, where: str, name: str, known: Iterable[str], what: str) -> None:
    known = list(known)
    if name in known:
        return
    if not name:
        raise _fault(
            overlay,
            where,
            f"{what} がありません。根拠を書いてください。",
            f"{what} is missing: cite the basis",
        )
    near = nearest(name, known)
    raise _fault(
        overlay,
        where,
        f"知らない {what} です: {name}。{f'{near} のことですか。' if near else ''}",
        f"unknown {what} {name}{f'; did you mean {near}?' if near else ''}",
    )


def _check_clause_words(overlay: Overlay, clause: Clause, nation: Nation) -> None:
    where = f"clause {clause.id}"
    for code in clause.rules:
        _check_known(overlay, where, code, CATALOGUE, "rule")
    for parameter in clause.parameters:
        _check_known(overlay, where, parameter, nation.parameters, "parameter")
    if clause.fate == "encoded" and not clause.rules and not clause.parameters:
        raise _fault(overlay, where, "encoded には rules が必要です。", "an encoded clause names its rules")
    if clause.fate != "encoded" and clause.because is None:
        raise _fault(overlay, where, "because(理由)が必要です。", "a clause that is not encoded says because")


def _check_order(overlay: Overlay, where: str, begin: dt.date | None, end: dt.date | None) -> None:
    if begin is not None and end is not None and end < begin:
        raise _fault(overlay, where, "to が from より前です。", "to is before from: check the dates")


def _check_enabling(overlay: Overlay, enabling: Enabling, nation: Nation, may_repeat: bool) -> None:
    where = f"enable {' '.join(enabling.codes)}"
    if not enabling.codes:
        raise _fault(overlay, where, "rule がありません。", "names no rule")
    _check_order(overlay, where, enabling.from_, enabling.to)
    for code in enabling.codes:
        _check_known(overlay, where, code, CATALOGUE, "rule")
        on = any(entry.to is None for entry in nation.enablings_of(code))
        if not may_repeat and on and enabling.severity in (None, CATALOGUE[code].severity):
            raise _fault(
                overlay,
                where,
                f"{code} は全国で既に有効です。この行は何も変えません。",
                f"{code} is on nationally already: the entry changes nothing",
            )


def _check_setting(overlay: Overlay, setting: Setting, nation: Nation) -> list[Value | None]:
    """Raise InvalidLaw where a setting cannot be read; return its values but for that of the nation."""
    where = f"set {setting.parameter}"
    _check_known(overlay, where, setting.parameter, nation.parameters, "parameter")
    _check_order(overlay, where, setting.from_, setting.to)
    given = [bool(setting.readings), bool(setting.add), setting.value is not None]
    if given.count(True) != 1:
        raise _fault(
            overlay,
            where,
            "value、add、readings のどれか一つが必要です。",
            "needs one of value, add and readings",
        )
    values = setting.readings or ((setting.add,) if setting.add else (setting.value,))
    parameter = nation.parameters[setting.parameter]
    for value in values:
        if value != NATIONAL:
            _check_kind(overlay, where, value, parameter)
    if NATIONAL in setting.readings and all(
        one.value is None for one in nation.settings_of(setting.parameter)
    ):
        raise _fault(
            overlay,
            where,
            "全国でも取扱いの分かれる項目です。取扱いを一つずつ書いてください。",
            "the nation leaves it open itself: list the readings one by one",
        )
    if setting.clause in overlay.second_hand and NATIONAL not in setting.readings:
        raise _fault(
            overlay,
            where,
            'また聞きの定めです。readings = ["national", ...] として全国の定めと並べてください。',
            'known only second-hand: write readings = ["national", ...], beside the national value',
        )
    return [value for value in values if value != NATIONAL]


def _check_kind(overlay: Overlay, where: str, value: Value | None, parameter: Parameter) -> None:
    expected = {
        "int": f"{parameter.allowed_from}-{parameter.allowed_to}",
        "flag": "true, false",
        "word": ", ".join(parameter.allowed),
        "words": f"[{', '.join(parameter.allowed)}]",
    }[parameter.kind]
    words: tuple[str, ...] = value if isinstance(value, tuple) else (value,) if isinstance(value, str) else ()
    wrong = next((word for word in words if word not in parameter.allowed), None)
    near = nearest(wrong, parameter.allowed) if wrong else None
    fits = {
        "int": type(value) is int and parameter.allowed_from <= value <= parameter.allowed_to,
        "flag": isinstance(value, bool),
        "word": isinstance(value, str) and wrong is None,
        "words": isinstance(value, tuple) and bool(value) and wrong is None,
    }[parameter.kind]
    if not fits:
        raise _fault(
            overlay,
            where,
            f"値が合いません。{f'{near} のことですか。' if near else ''}使える値: {expected}",
            f"the value does not fit{f'; did you mean {near}?' if near else ''} (expected: {expected})",
        )


def _compare(overlay: Overlay, setting: Setting, values: list[Any], nation: Nation) -> None:
    """Refuse, without `because`, a value that is looser than the nation and one that changes nothing.

    With it, a value equal to the nation's says that it holds over what another overlay sets or asks.
    """
    where = f"set {setting.parameter}"
    parameter = nation.parameters[setting.parameter]
    if not is_on_nationally(setting.parameter, nation):
        return
    begin, end = extent(overlay, setting)
    national = list(national_values(nation, setting.parameter, begin, end))
    if setting.add:
        values = [tuple({*setting.add, *other}) for other in national]
    if not setting.because and any(
        is_looser(value, other, parameter) for value in values for other in national
    ):
        raise _fault(
            overlay,
            where,
            "全国の定めより緩い値です。because(理由)を書いてください。",
            "looser than the nation: say because",
        )
    is_same = len(national) == 1 and all(spoken(value) == spoken(national[0]) for value in values)
    if is_same and not setting.because:
        raise _fault(
            overlay,
            where,
            "全国の定めと同じです。この行は何も変えません。ほかの上書き規則の上に置くなら because(理由)を。",
            "same as the nation: the entry changes nothing (over another overlay, say because)",
        )


def _check_conflicts(overlay: Overlay) -> None:
    seen: set[tuple[object, ...]] = set()
    for setting in overlay.file.set:
        key = (setting.parameter, setting.from_ or overlay.file.overlay.from_, setting.services)
        if key in seen:
            raise _fault(
                overlay,
                f"set {setting.parameter}",
                "同じ日から二つの値があります。どちらかを消してください。",
                "two values from the same date: remove one",
            )
        seen.add(key)

"""The questions that the law leaves open, and the answers it lists."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from zaitaku_rules.errors import InvalidCall, nearest
from zaitaku_rules.law.check import NATIONAL
from zaitaku_rules.law.load import nation, shipped_overlay, shipped_overlays
from zaitaku_rules.law.model import Overlay, spoken
from zaitaku_rules.law.strictness import extent, national_values


def check_reading(name: str, value: str, overlays: Sequence[Overlay]) -> None:
    """Raise InvalidCall where `value` is not a reading that some law lists for `name`."""
    listed = listed_readings(overlays)
    if name not in listed:
        near, names = nearest(name, listed), ", ".join(listed)
        raise InvalidCall(
            f"取扱いの分かれる項目ではありません。{f'{near} のことですか。' if near else ''}"
            f"使える名前: {names}",
            f"not an unsettled parameter{f'; did you mean {near}?' if near else ''} (known: {names})",
            place="reading",
        )
    if value not in listed[name]:
        raise InvalidCall(
            f"{name} の取扱いにその値はありません。使える値: {' / '.join(listed[name])}",
            f"not a listed reading of {name} (listed: {' / '.join(listed[name])})",
            place="reading",
        )


def listed_readings(overlays: Sequence[Overlay] = ()) -> dict[str, list[str]]:
    """Return every unsettled parameter of the law with its listed readings."""
    listed: dict[str, list[str]] = {}
    for setting in nation().file.set:
        _list(listed, setting.parameter, setting.readings)
    for overlay in [*(shipped_overlay(name) for name in shipped_overlays()), *overlays]:
        for setting in overlay.file.set:
            begin, end = extent(overlay, setting)
            national = list(national_values(nation(), setting.parameter, begin, end))
            values = [value for one in setting.readings for value in (national if one == NATIONAL else [one])]
            _list(listed, setting.parameter, values)
        if any(enabling.clause in overlay.second_hand for enabling in overlay.file.enable):
            _list(listed, overlay.id, (True, False))
    return listed


def _list(listed: dict[str, list[str]], question: str, values: Iterable[Any]) -> None:
    for value in values:
        known = listed.setdefault(question, [])
        if spoken(value) not in known:
            known.append(spoken(value))

"""When a value of an overlay holds, what the nation says at the time, and which of two values asks less."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from zaitaku_rules.law.model import Nation, Overlay, Parameter, Setting
from zaitaku_rules.rules import CATALOGUE

_DEFAULT_FROM = dt.date(2021, 4, 1)


def is_on_nationally(parameter: str, nation: Nation) -> bool:
    """Tell whether a rule that reads a parameter is on nationally until further notice."""
    return any(
        parameter in rule.parameters and any(entry.to is None for entry in nation.enablings_of(rule.code))
        for rule in CATALOGUE.values()
    )


def extent(overlay: Overlay, setting: Setting) -> tuple[dt.date, dt.date]:
    """Return the first and the last day on which a setting of an overlay holds."""
    header = overlay.file.overlay
    return setting.from_ or header.from_ or _DEFAULT_FROM, setting.to or header.to or dt.date.max


def national_values(nation: Nation, parameter: str, begin: dt.date, end: dt.date) -> Iterable[Any]:
    """Return the values and readings that the nation gives a parameter between two days."""
    settings = nation.settings_of(parameter)
    for setting, following in zip(settings, [*settings[1:], None], strict=True):
        starts = following.from_ if following else None
        if (setting.from_ or dt.date.min) <= end and (starts is None or starts > begin):
            yield from setting.readings or (setting.value,) if setting.depends_on is None else ()


def is_looser(value: Any, other: Any, parameter: Parameter) -> bool:
    """Tell whether a value asks less than another one, or another thing, by what the parameter says."""
    match parameter.stricter:
        case "more":
            return bool(value < other)
        case "fewer":
            return bool(value > other)
        case "true":
            return bool(other and not value)
        case "subset":
            return not set(value) <= set(other)
        case "superset":
            return not set(value) >= set(other)
        case "earlier":
            return parameter.allowed.index(value) > parameter.allowed.index(other)
        case _:
            return False

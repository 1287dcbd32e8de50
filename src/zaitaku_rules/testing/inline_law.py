"""Overlays of a case: files by name, or written beside the case as a small table."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from zaitaku_rules.law import Overlay, load_overlay, nation
from zaitaku_rules.law.check import check_overlay
from zaitaku_rules.law.model import OverlayFile

_WORDS = {"ja": "この事例", "en": "this case"}


def overlays(spec: Mapping[str, Any], folder: Path) -> list[Overlay]:
    """Return the overlays that a case names in `overlays`, in order.

    A text is a file in `folder`, or a shipped overlay. A table is an overlay by itself:
    `{from = 2026-02-16, enable = ["Z403"], severity = "duty", set = {commutes_per_week = 2}}`, also with `to`
    and `readings`.
    """
    return [_overlay(one, folder) for one in spec.get("overlays", [])]


def _overlay(one: str | Mapping[str, Any], folder: Path) -> Overlay:
    if isinstance(one, str):
        path = folder / one
        return load_overlay(path if path.exists() else one)
    return laid(_file(one))


def laid(file: Mapping[str, Any]) -> Overlay:
    """Return the overlay that a parsed overlay file stands for; raises InvalidLaw."""
    found = Overlay(OverlayFile.model_validate(file), json.dumps(file, default=str).encode(), "case")
    check_overlay(found, nation())
    return found


def _file(one: Mapping[str, Any]) -> dict[str, Any]:
    settings: dict[str, Any] = one.get("set", {})
    unsettled: dict[str, Sequence[Any]] = one.get("readings", {})
    cited = {"clause": "case.says", "because": _WORDS}
    graded = {"severity": one["severity"]} if "severity" in one else {}
    return {
        "overlay": {"id": "case", "office": True, "name": _WORDS, **_dates(one)},
        "source": [{"id": "case", "kind": "practice", "title": _WORDS, "certainty": "official"}],
        "clause": [
            {
                "id": "case.says",
                "source": "case",
                "locator": _WORDS,
                "says": _WORDS,
                "fate": "encoded",
                "rules": list(one.get("enable", [])),
                "parameters": [*settings, *unsettled],
            }
        ],
        "set": [
            *({"parameter": name, "value": value, **cited} for name, value in settings.items()),
            *({"parameter": name, "readings": values, **cited} for name, values in unsettled.items()),
        ],
        "enable": [{"rule": code, "clause": "case.says", **graded} for code in one.get("enable", [])],
    }


def _dates(one: Mapping[str, Any]) -> dict[str, Any]:
    return {key: one[key] for key in ("from", "to") if key in one}

"""Reads the cases of a folder and judges those that are drawn on the pages of the rules."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from zaitaku_rules.errors import InvalidCall
from zaitaku_rules.judge import check
from zaitaku_rules.read import shown_path
from zaitaku_rules.records import Case
from zaitaku_rules.rules import CATALOGUE
from zaitaku_rules.testing import cases, document, expected, overlays
from zaitaku_rules.write.day_pictures import Picture

_DRAWN = ("broken", "open", "kept")
_ASIDE = ("name", "why", "expect", "only")


def pictures(folder: str) -> dict[str, list[Picture]]:
    """Return for each rule the first case of its file that breaks, is open and keeps."""
    home = Path(folder)
    if not any((home / f"{code}.toml").is_file() for code in CATALOGUE):
        raise InvalidCall(
            "事例のフォルダーではありません。--cases で指定してください。",
            "no folder of cases: name it with --cases",
            place=shown_path(folder),
        )
    return {code: list(_pictures(code, home)) for code in CATALOGUE}


def _pictures(code: str, home: Path) -> Iterator[Picture]:
    path = home / f"{code}.toml"
    specs = cases(tomllib.loads(path.read_text("utf-8"))) if path.is_file() else []
    for status in _DRAWN:
        found = (spec for spec in specs if _status(spec, code) == status)
        if spec := next(found, None):
            yield _picture(code, spec, home)


def _status(spec: dict[str, Any], code: str) -> str | None:
    finding = expected(spec).rules.get(code)
    return finding.status if finding else None


def _picture(code: str, spec: dict[str, Any], home: Path) -> Picture:
    case = Case.model_validate(document(spec))
    laid = overlays(spec, home / "overlays")
    report = check(case, overlays=laid, readings=spec.get("readings", {}))
    shown = {key: value for key, value in spec.items() if key not in _ASIDE}
    return Picture(code, spec["name"], spec.get("why", ""), shown, case, report)

"""The file of a baseline (`zaitaku-baseline/1`): fingerprints by month, case, rule and status."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Literal, NamedTuple, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from zaitaku_rules.errors import InvalidCall
from zaitaku_rules.read import shown_path

_Month: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[0-9]{4}-(0[1-9]|1[0-2])$")]
_Code: TypeAlias = Annotated[str, StringConstraints(pattern=r"^Z[0-9]{3}$")]
_Name: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{32}$")]
_Status: TypeAlias = Annotated[str, StringConstraints(pattern=r"^(broken|open|not_run)$")]

Entries: TypeAlias = dict[str, dict[str, dict[str, dict[str, list[str]]]]]
"""Fingerprints of findings by month, fingerprint of the case, rule and status."""


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, defer_build=True)

    schema_: Annotated[Literal["zaitaku-baseline/1"], Field(alias="schema")]
    months: dict[_Month, dict[_Name, dict[_Code, dict[_Status, list[_Name]]]]]


class Held(NamedTuple):
    """What a baseline holds of one rule in one case: fingerprints by status."""

    month: str
    case: str
    code: str
    names: dict[str, list[str]]


def held(entries: Entries) -> Iterator[Held]:
    """Return what is held, rule by rule."""
    for month, cases in entries.items():
        for case, rules in cases.items():
            for code, names in rules.items():
                yield Held(month, case, code, names)


def put(entries: Entries, one: Held) -> None:
    """Set what is held of one rule in one case."""
    entries.setdefault(one.month, {}).setdefault(one.case, {})[one.code] = one.names


def baseline_read(path: str, option: str) -> Entries:
    """Return the entries of a baseline file; raises InvalidCall where it is none."""
    place = f"{option} {shown_path(path)}"
    try:
        found = _File.model_validate_json(Path(path).read_bytes())
    except (OSError, ValueError) as error:
        raise _unusable(error, place) from None
    return found.months


def baseline_there(path: str, option: str) -> Entries:
    """Return the entries of a baseline file that is to be written, none where there is no file yet."""
    return baseline_read(path, option) if Path(path).exists() else {}


def _unusable(error: OSError | ValueError, place: str) -> InvalidCall:
    if isinstance(error, FileNotFoundError):
        return InvalidCall(
            "ファイルがありません。はじめに --write-baseline で作ってください。",
            "no such file: write one first with --write-baseline",
            place=place,
        )
    if isinstance(error, ValidationError):
        return InvalidCall(
            "ベースラインのファイルではありません。--write-baseline で作ったファイルを指定してください。",
            "not a baseline: name a file that --write-baseline has written",
            place=place,
        )
    number = getattr(error, "errno", None)
    return InvalidCall(
        f"読めません(エラー番号 {number})。パスと権限を確かめてください。",
        f"cannot be read (error number {number}): check path and permissions",
        place=place,
    )


def baseline_text(entries: Entries) -> str:
    """Return a baseline as JSON, sorted so that a change of a finding is a change of its line."""
    kept: Entries = {}
    for one in sorted(held(entries)):
        put(kept, one._replace(names={status: sorted(names) for status, names in sorted(one.names.items())}))
    return json.dumps({"schema": "zaitaku-baseline/1", "months": kept}, indent=1) + "\n"

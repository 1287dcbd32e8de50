"""The service codes that are known, by service month: a dated table that a user can extend or replace."""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any, cast

from zaitaku_rules.errors import InvalidInput, shown_name
from zaitaku_rules.read import shown_path
from zaitaku_rules.read.paths import unreadable

ROLES = ("", "absence", "home_life_support", "basic")
"""What the checks ask of a code: which of these it is, if any."""

_FIELDS = {"code", "codes", "role", "units", "from", "through", "decision_code", "certainty", "title"}
_CODE = re.compile(r"[0-9]{2}[0-9A-HJ-NPR-Z]{4}")
_MONTH = re.compile(r"[0-9]{4}-(?:0[1-9]|1[0-2])")


@dataclass(frozen=True, slots=True)
class ServiceCode:
    """One service code in some service months (YYYYMM, both included; "" is without end)."""

    code: str
    role: str
    units: int | None
    begin: str
    through: str

    def holds(self, month: str) -> bool:
        """Return whether the entry speaks of a service month (YYYYMM)."""
        return self.begin <= month and (not self.through or month <= self.through)


class ServiceCodes:
    """A table of service codes; `sha256` is that of the text or texts it was read from."""

    def __init__(self, entries: tuple[ServiceCode, ...], sha256: str) -> None:
        """Keep entries; of two that speak of a code in a month the later one holds."""
        self.entries = entries
        self.sha256 = sha256
        self._by_code: dict[str, list[ServiceCode]] = {}
        self._roles: dict[tuple[str, str, str], bool] = {}
        for entry in reversed(entries):
            self._by_code.setdefault(entry.code, []).append(entry)

    def known(self, code: str, month: str) -> ServiceCode | None:
        """Return what is known of a code in a service month (YYYYMM); None for an unknown one."""
        return next((entry for entry in self._by_code.get(code, ()) if entry.holds(month)), None)

    def has_role(self, role: str, kind: str, month: str) -> bool:
        """Return whether some code of a kind of service (two digits) is known to have a role."""
        asked = role, kind, month
        if asked not in self._roles:
            self._roles[asked] = any(
                entry.role == role and entry.code.startswith(kind) and self.known(entry.code, month) is entry
                for entry in self.entries
            )
        return self._roles[asked]


@lru_cache(maxsize=1)
def shipped_codes() -> ServiceCodes:
    """Return the codes of the package: the verified ones and no other."""
    raw = (files("zaitaku_rules.billing") / "service_codes.toml").read_bytes()
    return ServiceCodes(tuple(_entries(tomllib.loads(raw.decode()), "service_codes.toml")), _hash(raw))


def service_codes(path: str | Path | None = None) -> ServiceCodes:
    """Return the codes of the package and those of a file beside them.

    A file with `replace = true` stands alone. Raises InvalidInput for a file that is no such table.
    """
    shipped = shipped_codes()
    if path is None:
        return shipped
    place = shown_path(str(path))
    try:
        raw = Path(path).read_bytes()
    except (OSError, ValueError) as error:
        raise unreadable(error, place) from None
    told = _read(raw, place)
    own = tuple(_entries(told, place))
    return ServiceCodes(
        own if told.get("replace") else shipped.entries + own, _hash(shipped.sha256.encode() + raw)
    )


def _read(raw: bytes, place: str) -> dict[str, Any]:
    try:
        return tomllib.loads(raw.decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError):
        raise InvalidInput(
            "TOML(UTF-8)のファイルではありません。", "not a TOML file in UTF-8", place=place
        ) from None


def _entries(told: Mapping[str, Any], place: str) -> Iterator[ServiceCode]:
    rows = _listed(told.get("code"))
    _demand(set(told) <= {"code", "replace"}, place, "only `replace` and [[code]] entries")
    _demand(isinstance(told.get("replace", False), bool), place, "`replace` is true or false")
    _demand(bool(rows), place, "at least one [[code]] entry")
    for number, row in enumerate(rows, 1):
        yield from _entry(row, f"{place}: code {number}")


def _entry(row: Any, place: str) -> Iterator[ServiceCode]:
    _demand(isinstance(row, dict), place, "a table")
    unknown = next((name for name in row if name not in _FIELDS), None)
    _demand(unknown is None, place, f"no field {shown_name(unknown or '')}")
    codes = _listed(row.get("codes", [row.get("code")]))
    begin, through = row.get("from", "0000-00"), row.get("through", "")
    units = row.get("units")
    _demand(bool(codes), place, "`code` or a list `codes`")
    for code in codes:
        _demand(
            isinstance(code, str) and bool(_CODE.fullmatch(code)), place, "codes of six signs, such as 466875"
        )
    _demand(row.get("role", "") in ROLES, place, f"`role` one of {', '.join(ROLES[1:])}")
    _demand(units is None or (type(units) is int and abs(units) < 10**6), place, "`units` a whole number")
    for month in (begin if "from" in row else "2000-01", through or "2000-01"):
        _demand(isinstance(month, str) and bool(_MONTH.fullmatch(month)), place, "months as YYYY-MM")
    for code in codes:
        yield ServiceCode(code, row.get("role", ""), units, begin.replace("-", ""), through.replace("-", ""))


def _listed(value: Any) -> list[Any]:
    return list(cast("Sequence[Any]", value)) if isinstance(value, list) else []


def _demand(holds: bool, place: str, expected: str) -> None:
    if not holds:
        raise InvalidInput(
            f"サービスコードの表が正しくありません(必要なもの: {expected})。",
            f"not a table of service codes: expected {expected}",
            place=place,
        )


def _hash(raw: bytes) -> str:
    return hashlib.sha256(raw).hexdigest()

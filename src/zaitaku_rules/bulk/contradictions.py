"""What a row of a table must not say: the same contradictions that a case file is refused for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_REVERSED = {
    "approvals": ("from", "to"),
    "notifications": ("from", "to"),
    "plans": ("from", "to"),
    "readiness": ("from", "to"),
    "hospital_stays": ("from", "to"),
    "waivers": ("from", "to"),
    "consents": ("on", "until"),
    "coverage": ("from", "through"),
    "days": ("start", "end"),
}
"""For each table the columns of which the second must not be before the first."""


def contradictions(table: str, columns: Mapping[str, Any]) -> list[tuple[Any, str]]:
    """Return the conditions under which a row of typed columns contradicts itself, each with its reason."""
    found: list[tuple[Any, str]] = []
    if table in _REVERSED:
        begin, end = _REVERSED[table]
        found.append((columns[end] < columns[begin], f"{end}: before {begin}"))
    if table == "notifications":
        found.append(((columns["kind"] == "renewal") & columns["from"].isnull(), "from: missing"))
    if table == "waivers":
        found.append((columns["to"].isnull(), "to: missing"))
    return found

"""The answer for one case."""

from __future__ import annotations

from typing import Literal, TypeAlias

Verdict: TypeAlias = Literal["kept", "broken", "open", "idle"]
"""The answer for one case."""

"""What every part of a report is: frozen, closed to unknown fields, bilingual where it speaks."""

from __future__ import annotations

import datetime as dt
from typing import TypeAlias

from pydantic import BaseModel, ConfigDict

Dates: TypeAlias = tuple[dt.date, ...]
"""Dates in ascending order."""


class Part(BaseModel):
    """A part of a report."""

    model_config = ConfigDict(frozen=True, extra="forbid", validate_by_name=True, defer_build=True)


class Text(Part):
    """One text in Japanese and in English."""

    ja: str
    en: str

"""The door to openpyxl, which only the extra `excel` brings."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from zaitaku_rules.errors import missing_extra


def openpyxl(part: str = "") -> Any:
    """Return openpyxl, or a module of it such as "styles"; raises InvalidCall where it is not installed."""
    try:
        return import_module(f"openpyxl.{part}" if part else "openpyxl")
    except ModuleNotFoundError:
        raise missing_extra("openpyxl", "excel") from None

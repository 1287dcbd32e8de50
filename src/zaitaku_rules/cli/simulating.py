"""Writes a synthetic population, for those who want to try tables without any real person's."""

from __future__ import annotations

import sys

from zaitaku_rules.cli.calls import month_asked
from zaitaku_rules.cli.output import unwritable
from zaitaku_rules.errors import InvalidCall, missing_extra
from zaitaku_rules.read import shown_path


def write_simulated(users: int, month: str, folder: str, seed: int, lang: str, *, force: bool) -> int:
    """Write the tables of a synthetic population into a folder and say how many rows they have."""
    counts = _counted(users, month_asked(month), folder, seed, force=force)
    shown = {"users": "利用者", "providers": "事業所", "days": "利用の行", "contacts": "連絡"}
    if lang == "ja":
        told = "、".join(f"{word} {counts[name]:,}" for name, word in shown.items())
        print(f"{shown_path(folder)} に {len(counts)} 個の表を書きました({told})。", file=sys.stderr)
    else:
        told = ", ".join(f"{counts[name]:,} {name}" for name in shown)
        print(f"wrote {len(counts)} tables to {shown_path(folder)} ({told})", file=sys.stderr)
    return 0


def _counted(users: int, month: str, folder: str, seed: int, *, force: bool) -> dict[str, int]:
    try:
        from zaitaku_rules.testing import write_population
    except ModuleNotFoundError as missing:
        raise missing_extra(missing.name, "cli,bulk") from None
    try:
        return write_population(folder, seed, users, month, force=force)
    except (OSError, ValueError) as error:
        if isinstance(error, InvalidCall):
            raise
        raise unwritable(folder, getattr(error, "errno", None)) from None

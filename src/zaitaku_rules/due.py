"""What is still due for a case, by when: the open windows of its judgement."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from zaitaku_rules.judge import check
from zaitaku_rules.law import Overlay
from zaitaku_rules.records import Case
from zaitaku_rules.report import Due


def due(
    case: Case,
    as_of: date | None = None,
    *,
    overlays: Sequence[Overlay | str | Path] = (),
    readings: Mapping[str, str] | None = None,
) -> tuple[Due, ...]:
    """Return what is still due for a case, soonest first; nothing once its month is over.

    Arguments as for `check`. Each entry names the rule, its window, how many acts are missing and the
    last day that serves: the last planned day of use in the window, else its end.
    """
    return check(case, as_of=as_of, overlays=overlays, readings=readings).due or ()

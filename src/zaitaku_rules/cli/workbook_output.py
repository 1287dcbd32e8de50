"""Workbooks as output: the file of `--format xlsx`, and how its name must end."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from zaitaku_rules.errors import InvalidCall
from zaitaku_rules.read import shown_path
from zaitaku_rules.write.judged_case import Outcome

BOOK = ".xlsx"
"""How the name of a workbook ends."""

_MACROS = ".xlsm"


def wrong_ending(file: str, *endings: str) -> InvalidCall:
    """Return the error for a name that does not end as a workbook's must."""
    listed = " か ".join(endings), " or ".join(endings)
    return InvalidCall(
        f"ファイルの名前の終わりを {listed[0]} にしてください。",
        f"let the name of the file end in {listed[1]}",
        place=shown_path(file),
    )


@dataclass(frozen=True, slots=True)
class WorkbookAsked:
    """The workbook of `--format xlsx`: what was read, and where it is written."""

    inputs: Sequence[str]
    target: str | None

    @property
    def _copied(self) -> str | None:
        """The one workbook that was read, of which the output is a copy."""
        is_book = len(self.inputs) == 1 and Path(self.inputs[0]).suffix.lower() in (BOOK, _MACROS)
        return self.inputs[0] if is_book else None

    def refuse(self) -> None:
        """Raise InvalidCall where no file is named, or one that Excel would not open."""
        if self.target is None:
            raise InvalidCall(
                "--format xlsx には --output ファイル.xlsx が必要です。",
                "--format xlsx needs --output FILE.xlsx",
                place="--output",
            )
        allowed = [BOOK]
        if self._copied and Path(self._copied).suffix.lower() == _MACROS:
            allowed.append(_MACROS)
        if Path(self.target).suffix.lower() not in allowed:
            raise wrong_ending(self.target, *allowed)

    def content(self, outcomes: Sequence[Outcome], lang: str) -> bytes:
        """Return the workbook: a copy of the one that was read with its findings, or the results alone."""
        from zaitaku_rules.write.excel.checked import LOST, checked_copy, results_alone

        if self._copied is None or self.target is None:
            return results_alone(outcomes, lang)
        keep_macros = Path(self.target).suffix.lower() == _MACROS
        copy = checked_copy(self._copied, outcomes, lang, keep_macros=keep_macros)
        if copy.loses:
            print(LOST.said_in(lang), file=sys.stderr)
        return copy.content

"""`zaitaku sweep`: a nation's tables in, findings and summary out as files."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from zaitaku_rules.cli.calls import month_asked
from zaitaku_rules.cli.judging import Question
from zaitaku_rules.cli.long_work import ended_by_signal, progress_bar
from zaitaku_rules.cli.output import unwritable
from zaitaku_rules.errors import Message, missing_extra
from zaitaku_rules.read import shown_path

if TYPE_CHECKING:
    from zaitaku_rules.bulk.file_sweep import Swept


@dataclass(frozen=True, slots=True)
class SweepAsked:
    """What is asked: the tables, their month, where findings go, and whether of every rule."""

    tables: str
    month: str
    output: str
    every: bool = False


def sweep_tables(asked: SweepAsked, question: Question, lang: str) -> int:
    """Judge tables and write findings and summary; 1 where a payment or duty rule of a user is broken."""
    found = _swept(asked, question, lang)
    print(_told(found).said_in(lang), file=sys.stderr)
    return int(found.summary["verdicts"]["broken"] > 0)


def _swept(asked: SweepAsked, question: Question, lang: str) -> Swept:
    try:
        from zaitaku_rules.bulk import sweep_to_files
    except ModuleNotFoundError as missing:
        raise missing_extra(missing.name, "cli,bulk") from None
    try:
        with ended_by_signal(), progress_bar("判定" if lang == "ja" else "judging") as progress:
            return sweep_to_files(
                asked.tables,
                month_asked(asked.month),
                asked.output,
                as_of=question.as_of,
                overlays=question.overlays,
                readings=question.readings,
                every=asked.every,
                progress=progress,
            )
    except OSError as error:
        raise unwritable(asked.output, error.errno) from None


def _told(found: Swept) -> Message:
    summary, files = found.summary, found.files
    names = {path: shown_path(str(path)) for path in files.every}
    left = sum(entry["rows"] for entry in summary["left_out"])
    verdicts: dict[str, Any] = summary["verdicts"]
    left_ja = f"読めない行 {left:,} は {names[files.left_out]} に記しました。" if left else ""
    left_en = f"; {left:,} rows left out, see {names[files.left_out]}" if left else ""
    return Message(
        f"利用者 {summary['users']:,} 人を判定しました(基準日 {summary['as_of']}): "
        f"不適合 {verdicts['broken']:,}、未確定 {verdicts['open']:,}、適合 {verdicts['kept']:,}、"
        f"対象なし {verdicts['idle']:,}。{left_ja}"
        f"{names[files.findings]} と {names[files.summary]} を書きました。",
        f"judged {summary['users']:,} users as of {summary['as_of']}: {verdicts['broken']:,} broken, "
        f"{verdicts['open']:,} open, {verdicts['kept']:,} kept, {verdicts['idle']:,} idle{left_en}; "
        f"wrote {names[files.findings]} and {names[files.summary]}",
    )

"""`zaitaku compare`: the same tables under two laws, and who fares otherwise."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from zaitaku_rules.cli.calls import month_asked
from zaitaku_rules.cli.drawing import console_on, drawn
from zaitaku_rules.cli.long_work import ended_by_signal, progress_bar
from zaitaku_rules.cli.output import output
from zaitaku_rules.errors import InvalidCall, InvalidLaw, ZaitakuError, missing_extra

if TYPE_CHECKING:
    from zaitaku_rules.bulk import Comparison
    from zaitaku_rules.bulk.chunks import Progress
    from zaitaku_rules.bulk.laws import LawAsked


@dataclass(frozen=True, slots=True)
class LawsCompared:
    """What is asked: the tables, their month, the laws and edits, and what a day is worth."""

    tables: str
    month: str
    laws: Sequence[str]
    edits: Sequence[str]
    as_of: date | None = None
    units: int | None = None
    unit_price: str | None = None


def compare_laws(asked: LawsCompared, lang: str, form: str, target: str | None) -> int:
    """Write who fares otherwise under the second of two laws; never over a file that was read."""
    with ended_by_signal(), progress_bar("比較" if lang == "ja" else "comparing") as progress:
        found = _compared(asked, progress)
    with output(target, _read_from(asked)) as stream:
        if form == "text":
            from zaitaku_rules.write.text_comparison import print_comparison

            console = console_on(stream, is_file=target is not None)
            stream.write(drawn(console, lambda: print_comparison(found, console, lang)))
        else:
            stream.write(_data(found, form))
    said = f"判定の基準日: {found.as_of}" if lang == "ja" else f"judged as of: {found.as_of}"
    print(said, file=sys.stderr)
    return 0


def _data(found: Comparison, form: str) -> str:
    from zaitaku_rules.write.comparison_entry import comparison_csv, comparison_entry

    if form == "csv":
        return comparison_csv(found)
    return json.dumps(comparison_entry(found), ensure_ascii=False, indent=2) + "\n"


def _compared(asked: LawsCompared, progress: Progress | None) -> Comparison:
    try:
        from zaitaku_rules.bulk import compare
    except ModuleNotFoundError as missing:
        raise missing_extra(missing.name, "cli,bulk") from None
    month, (law_a, law_b) = month_asked(asked.month), _laws(asked.laws, asked.edits)
    return compare(
        asked.tables,
        month,
        law_a,
        law_b,
        as_of=asked.as_of,
        units=asked.units,
        unit_price=asked.unit_price,
        progress=progress,
    )


def _laws(laws: Sequence[str], edits: Sequence[str]) -> tuple[LawAsked, LawAsked]:
    """Return A and B: of one `--law` it is B, and A the users' own; edits are laid on B."""
    from zaitaku_rules.bulk.spelled_laws import OWN, law_spelled

    if not len(laws) + bool(edits) >= 1 or len(laws) > 2:
        raise InvalidCall(
            "比べる定めを --law で二つまで書いてください(一つなら、利用者の本来の定めと比べます)。"
            "数値だけを変えるなら --set contacts_per_day=3",
            "name one or two laws with --law (one is compared with the users' own), "
            "or change a number with --set contacts_per_day=3",
            place="--law",
        )
    spelled = [*[OWN[0]] * (2 - len(laws)), *laws]
    try:
        return law_spelled(spelled[0]), law_spelled(spelled[1], edits)
    except (InvalidCall, InvalidLaw) as error:
        raise _placed(error) from None


def _placed(error: ZaitakuError) -> ZaitakuError:
    """Return an error in a law with the option that it stands behind."""
    return type(error)(error.message.ja, error.message.en, place=f"--law: {error.place}")


def _read_from(asked: LawsCompared) -> list[str]:
    folder = Path(asked.tables)
    tables = [str(path) for path in folder.iterdir()] if folder.is_dir() else []
    return [*tables, *asked.laws]

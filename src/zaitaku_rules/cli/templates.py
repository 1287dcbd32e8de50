"""`zaitaku template`: a workbook to fill in."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from zaitaku_rules.cli.calls import LANGS, month_asked, word_of
from zaitaku_rules.cli.options import Lang
from zaitaku_rules.cli.output import output
from zaitaku_rules.cli.workbook_output import BOOK, wrong_ending
from zaitaku_rules.errors import InvalidCall, InvalidInput
from zaitaku_rules.read import read_cases, shown_path
from zaitaku_rules.records import Case


def template(
    file: Annotated[str, typer.Argument(metavar="FILE.xlsx", show_default=False)],
    for_month: Annotated[str, typer.Option("--month", metavar="YYYY-MM", show_default=False)],
    users: Annotated[int, typer.Option("--users", metavar="N")] = 10,
    prefill: Annotated[list[str], typer.Option("--from", metavar="FILE", show_default=False)] = [],  # noqa: B006
    force: Annotated[bool, typer.Option("--force")] = False,
    lang: Lang = "ja",
) -> int:
    """Write a workbook to fill in."""
    from zaitaku_rules.write.excel.filling import filled
    from zaitaku_rules.write.excel.template import template_bytes

    lang, month = word_of("--lang", lang, LANGS), month_asked(for_month)
    if Path(file).suffix.lower() != BOOK:
        raise wrong_ending(file, BOOK)
    if not force and Path(file).exists():
        raise InvalidCall(
            "すでにあるので書きません。上書きするには --force を付けてください。",
            "exists already and was not written: add --force to overwrite it",
            place=shown_path(file),
        )
    content = template_bytes(filled(_cases(prefill), month, lang, users, Path(file).name))
    with output(file, prefill) as stream:
        stream.buffer.write(content)
    print(
        f"{shown_path(file)} を書きました。" if lang == "ja" else f"wrote {shown_path(file)}", file=sys.stderr
    )
    return 0


def _cases(paths: Sequence[str]) -> list[Case]:
    """Return the cases to fill in beforehand; raises InvalidInput for one that cannot be read."""
    found: list[Case] = []
    for path in paths:
        for _, one in read_cases(path):
            if isinstance(one, InvalidInput):
                raise one
            found.append(one)
    return found

"""The commands for many users at once: `zaitaku compare`, `zaitaku sweep` and `zaitaku simulate`."""

from __future__ import annotations

from typing import Annotated

import typer

from zaitaku_rules.cli.calls import LANGS, day_asked, readings_asked, word_of
from zaitaku_rules.cli.comparing import LawsCompared, compare_laws
from zaitaku_rules.cli.judging import Question, overlays_loaded
from zaitaku_rules.cli.options import AsOf, Lang, Output, OverlayFiles, ReadingValues
from zaitaku_rules.cli.simulating import write_simulated
from zaitaku_rules.cli.sweeping import SweepAsked, sweep_tables


def compare(
    tables: Annotated[str, typer.Argument(metavar="TABLES", show_default=False)],
    month: Annotated[str, typer.Option("--month", metavar="YYYY-MM", show_default=False)],
    laws: Annotated[list[str], typer.Option("--law", metavar="LAW", show_default=False)] = [],  # noqa: B006
    edits: Annotated[list[str], typer.Option("--set", metavar="NAME=VALUE", show_default=False)] = [],  # noqa: B006
    as_of: AsOf = None,
    units: Annotated[int | None, typer.Option("--units", metavar="N", show_default=False)] = None,
    unit_price: Annotated[str | None, typer.Option("--unit-price", metavar="YEN", show_default=False)] = None,
    lang: Lang = "ja",
    form: Annotated[str, typer.Option("--format", metavar="text|json|csv")] = "text",
    output: Output = None,
) -> int:
    """Compare two laws on the same tables."""
    asked = LawsCompared(tables, month, laws, edits, day_asked(as_of), units, unit_price)
    form = "csv" if form == "csv" else word_of("--format", form, ("text", "json", "csv"))
    return compare_laws(asked, word_of("--lang", lang, LANGS), form, output)


def sweep(
    tables: Annotated[str, typer.Argument(metavar="TABLES", show_default=False)],
    month: Annotated[str, typer.Option("--month", metavar="YYYY-MM", show_default=False)],
    findings: Annotated[str, typer.Option("--output", metavar="FILE", show_default=False)],
    as_of: AsOf = None,
    overlay: OverlayFiles = [],  # noqa: B006
    reading: ReadingValues = [],  # noqa: B006
    every: Annotated[bool, typer.Option("--all")] = False,
    lang: Lang = "ja",
) -> int:
    """Judge a nation: tables in, findings out."""
    question = Question(day_asked(as_of), overlays_loaded(overlay), readings_asked(reading))
    asked = SweepAsked(tables, month, findings, every)
    return sweep_tables(asked, question, word_of("--lang", lang, LANGS))


def simulate(
    users: Annotated[int, typer.Option("--users", metavar="N", show_default=False)],
    month: Annotated[str, typer.Option("--month", metavar="YYYY-MM", show_default=False)],
    folder: Annotated[str, typer.Option("--output", metavar="FOLDER", show_default=False)],
    seed: Annotated[int, typer.Option("--seed", metavar="N")] = 1,
    replace: Annotated[bool, typer.Option("--force")] = False,
    lang: Lang = "ja",
) -> int:
    """Write a synthetic population as tables."""
    return write_simulated(users, month, folder, seed, word_of("--lang", lang, LANGS), force=replace)

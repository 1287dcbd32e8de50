"""The commands `zaitaku conformance write` and `zaitaku conformance check`, which load what they need."""

from __future__ import annotations

from typing import Annotated

import typer

from zaitaku_rules.cli.calls import LANGS, word_of
from zaitaku_rules.cli.options import Commands, Lang, Output

conformance_app = typer.Typer(cls=Commands, add_completion=False)

Form = Annotated[str, typer.Option("--format", metavar="text|json|junit")]
PackAsked = Annotated[str | None, typer.Option("--pack", metavar="FILE|FOLDER", show_default=False)]


@conformance_app.command("write")
def conformance_write(
    target: Annotated[str, typer.Argument(metavar="FOLDER|FILE", show_default=False)],
    made_of: Annotated[list[str], typer.Option("--cases", metavar="FOLDER", show_default=False)] = [],  # noqa: B006  # Typer reads the default and hands over a new list.
    replace: Annotated[bool, typer.Option("--force")] = False,
    lang: Lang = "ja",
) -> int:
    """Write the conformance pack."""
    from zaitaku_rules.cli import conformance_commands

    return conformance_commands.write_conformance(
        target, made_of, word_of("--lang", lang, LANGS), force=replace
    )


@conformance_app.command("check")
def conformance_check(
    results: Annotated[str, typer.Argument(metavar="RESULTS", show_default=False)],
    pack: PackAsked = None,
    lang: Lang = "ja",
    form: Form = "text",
    output: Output = None,
    every_case: Annotated[bool, typer.Option("--strict")] = False,
) -> int:
    """Compare results with the conformance pack."""
    from zaitaku_rules.cli import conformance_commands

    lang = word_of("--lang", lang, LANGS)
    form = word_of("--format", form, tuple(conformance_commands.FORMATS))
    return conformance_commands.check_conformance(results, pack, lang, form, output, strict=every_case)

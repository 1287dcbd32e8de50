"""The commands `zaitaku law` and `zaitaku overlay`."""

from __future__ import annotations

from typing import Annotated

import typer

from zaitaku_rules.cli import law_commands
from zaitaku_rules.cli.calls import LANGS, day_asked, municipality_asked, word_of
from zaitaku_rules.cli.judging import overlays_loaded
from zaitaku_rules.cli.law_commands import SERVICES
from zaitaku_rules.cli.options import Commands, Format, Lang, OverlayFiles

Code = Annotated[str | None, typer.Option(metavar="CODE", show_default=False)]

overlay_app = typer.Typer(cls=Commands, add_completion=False)


def law(
    municipality: Code = None,
    on: Annotated[str | None, typer.Option(metavar="DATE", show_default=False)] = None,
    service: Annotated[str, typer.Option(metavar="|".join(SERVICES))] = "continuation_b",
    overlay: OverlayFiles = [],  # noqa: B006  # Typer reads the default and hands over a new list.
    coverage: Annotated[bool, typer.Option("--coverage")] = False,
    lang: Lang = "ja",
    form: Format = "text",
) -> int:
    """Show the law of a place on a day, or with --coverage every clause and its fate."""
    lang, form = word_of("--lang", lang, LANGS), word_of("--format", form, ("text", "json"))
    code, laid = municipality_asked(municipality), overlays_loaded(overlay)
    day = day_asked(on, "--on")
    if coverage:
        return law_commands.show_coverage(code, day, laid, lang, form)
    return law_commands.show_law(code, day, word_of("--service", service, SERVICES), laid, lang, form)


@overlay_app.command("check")
def overlay_check(
    overlays: Annotated[list[str], typer.Argument(metavar="FILE...", show_default=False)], lang: Lang = "ja"
) -> int:
    """Load overlay files and say what each sets, or what is wrong with it."""
    return law_commands.check_overlays(overlays, word_of("--lang", lang, LANGS))


@overlay_app.command("template")
def overlay_template(
    municipality: Code = None,
    name: Annotated[str | None, typer.Option(metavar="NAME", show_default=False)] = None,
    lang: Lang = "ja",
) -> int:
    """Write a documented template of an overlay."""
    word_of("--lang", lang, LANGS)
    return law_commands.write_template(municipality_asked(municipality), name)

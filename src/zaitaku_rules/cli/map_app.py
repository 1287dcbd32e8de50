"""The commands `zaitaku map`: a mapping is drafted, checked and applied."""

from __future__ import annotations

from typing import Annotated

import typer

from zaitaku_rules.cli.calls import LANGS, month_asked, word_of
from zaitaku_rules.cli.options import Commands, Lang, Month, Output

map_app = typer.Typer(cls=Commands, add_completion=False)

Export = Annotated[str, typer.Argument(metavar="FILE.csv", show_default=False)]
Exports = Annotated[list[str], typer.Argument(metavar="FILE...", show_default=False)]
MoreExports = Annotated[list[str] | None, typer.Argument(metavar="[FILE...]", show_default=False)]
Mapping = Annotated[str, typer.Argument(metavar="MAPPING", show_default=False)]
ByMapping = Annotated[str, typer.Option("--mapping", metavar="FILE", show_default=False)]
Folder = Annotated[str, typer.Option("--output", metavar="FOLDER", show_default=False)]


@map_app.command("init")
def map_init(export: Export, output: Output = None, lang: Lang = "ja") -> int:
    """Draft a mapping from the headings of a file."""
    from zaitaku_rules.cli import map_commands

    return map_commands.draft_mapping(export, output, word_of("--lang", lang, LANGS))


@map_app.command("check")
def map_check(
    mapping_file: Mapping, more_exports: MoreExports = None, only_month: Month = None, lang: Lang = "ja"
) -> int:
    """Say what is wrong with a mapping, or what it reads from files."""
    from zaitaku_rules.cli import map_commands

    lang = word_of("--lang", lang, LANGS)
    return map_commands.check_mapping(
        mapping_file, more_exports or [], only_month and month_asked(only_month), lang
    )


@map_app.command("apply")
def map_apply(
    mapped_exports: Exports,
    by_mapping: ByMapping,
    tables_folder: Folder,
    only_month: Month = None,
    lang: Lang = "ja",
) -> int:
    """Write what a mapping reads from files as tables of the contract."""
    from zaitaku_rules.cli import map_commands

    lang = word_of("--lang", lang, LANGS)
    month = only_month and month_asked(only_month)
    return map_commands.apply_mapping(mapped_exports, by_mapping, tables_folder, month, lang)

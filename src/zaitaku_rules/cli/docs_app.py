"""The commands `zaitaku docs write` and `zaitaku docs check`, which load what they need when called."""

from __future__ import annotations

from typing import Annotated

import typer

from zaitaku_rules.cli.calls import LANGS, word_of
from zaitaku_rules.cli.options import Commands, Lang

docs_app = typer.Typer(cls=Commands, add_completion=False)

To = Annotated[str, typer.Option(metavar="FOLDER")]
Cases = Annotated[str, typer.Option(metavar="FOLDER")]


@docs_app.command("write")
def docs_write(to: To = "docs", cases: Cases = "tests/cases", lang: Lang = "ja") -> int:
    """Write the pages on rules and law."""
    from zaitaku_rules.cli import docs_commands

    return docs_commands.write_pages(to, cases, word_of("--lang", lang, LANGS))


@docs_app.command("check")
def docs_check(to: To = "docs", cases: Cases = "tests/cases", lang: Lang = "ja") -> int:
    """See whether the pages on rules and law are up to date."""
    from zaitaku_rules.cli import docs_commands

    return docs_commands.check_pages(to, cases, word_of("--lang", lang, LANGS))

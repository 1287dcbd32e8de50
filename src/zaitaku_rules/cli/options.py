"""What the commands share: how an unknown one is told, and the options that several take."""

from __future__ import annotations

from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from zaitaku_rules.cli.billing_formats import BILLING_FORMATS
from zaitaku_rules.cli.calls import unknown_command
from zaitaku_rules.cli.formats import FORMATS


class Commands(TyperGroup):
    """The group of commands; a word that is none is told with the nearest right one."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Return the command that the first word names; raises InvalidCall where there is none."""
        if args and self.get_command(ctx, args[0]) is None and not args[0].startswith("-"):
            raise unknown_command(args[0], self.list_commands(ctx))
        return super().resolve_command(ctx, args)


def said_in_all(group: Any, lang: str) -> dict[str, Any]:
    """Return the defaults that make every command below a group speak `lang` unless it is told otherwise."""
    return {
        name: said_in_all(command, lang) if hasattr(command, "commands") else {"lang": lang}
        for name, command in group.commands.items()
    }


# Help is put in by `help_words`, in the language asked for.
Files = Annotated[list[str], typer.Argument(metavar="FILE...", show_default=False)]
AsOf = Annotated[str | None, typer.Option(metavar="DATE", show_default=False)]
OverlayFiles = Annotated[list[str], typer.Option("--overlay", metavar="FILE", show_default=False)]
ReadingValues = Annotated[list[str], typer.Option("--reading", metavar="NAME=VALUE", show_default=False)]
Codes = Annotated[list[str], typer.Option(metavar="Z3,Z401", show_default=False)]
Lang = Annotated[str, typer.Option(metavar="ja|en")]
Month = Annotated[str | None, typer.Option("--month", metavar="YYYY-MM", show_default=False)]
MappingFile = Annotated[str | None, typer.Option("--mapping", metavar="FILE", show_default=False)]
Output = Annotated[str | None, typer.Option(metavar="FILE", show_default=False)]
BaselineFile = Annotated[str | None, typer.Option("--baseline", metavar="FILE", show_default=False)]
NewBaselineFile = Annotated[str | None, typer.Option("--write-baseline", metavar="FILE", show_default=False)]
BillingFormat = Annotated[str, typer.Option("--format", metavar="|".join(BILLING_FORMATS))]
CheckFormat = Annotated[str, typer.Option("--format", metavar="|".join(FORMATS))]
Format = Annotated[str, typer.Option("--format", metavar="text|json")]

"""The commands of `zaitaku`."""

from __future__ import annotations

import contextlib
import sys
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from zaitaku_rules.cli import commands
from zaitaku_rules.cli.calls import LANGS, codes_asked, day_asked, readings_asked, unknown_command, word_of
from zaitaku_rules.cli.judging import Question, overlays_loaded


class _Commands(TyperGroup):
    """The group of commands; a word that is none is told with the nearest right one."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        if args and self.get_command(ctx, args[0]) is None and not args[0].startswith("-"):
            raise unknown_command(args[0], self.list_commands(ctx))
        return super().resolve_command(ctx, args)


app = typer.Typer(
    cls=_Commands,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

# Help is put in by `help_words`, in the language asked for.
Files = Annotated[list[str], typer.Argument(metavar="FILE...", show_default=False)]
AsOf = Annotated[str | None, typer.Option(metavar="DATE", show_default=False)]
OverlayFiles = Annotated[list[str], typer.Option("--overlay", metavar="FILE", show_default=False)]
ReadingValues = Annotated[list[str], typer.Option("--reading", metavar="NAME=VALUE", show_default=False)]
Codes = Annotated[str | None, typer.Option(metavar="Z3,Z401", show_default=False)]
Lang = Annotated[str, typer.Option(metavar="ja|en")]
Output = Annotated[str | None, typer.Option(metavar="FILE", show_default=False)]
CheckFormat = Annotated[str, typer.Option("--format", metavar="text|json|jsonl")]
Format = Annotated[str, typer.Option("--format", metavar="text|json")]


@app.callback(invoke_without_command=True)
def start(ctx: typer.Context, version: Annotated[bool, typer.Option("--version")] = False) -> int:
    """Say the version, or show the help where no command is given."""
    if version:
        return commands.version()
    if ctx.invoked_subcommand is None:
        with contextlib.redirect_stdout(sys.stderr):
            print(ctx.get_help())
        raise typer.Exit(2)
    return 0


@app.command()
def check(
    files: Files,
    as_of: AsOf = None,
    overlay: OverlayFiles = [],  # noqa: B006  # Typer reads the default and hands over a new list.
    reading: ReadingValues = [],  # noqa: B006
    select: Codes = None,
    ignore: Codes = None,
    lang: Lang = "ja",
    form: CheckFormat = "text",
    output: Output = None,
    strict: Annotated[bool, typer.Option("--strict")] = False,
) -> int:
    """Judge case files."""
    lang = word_of("--lang", lang, LANGS)
    form = word_of("--format", form, ("text", "json", "jsonl"))
    question = Question(
        day_asked(as_of),
        overlays_loaded(overlay),
        readings_asked(reading),
        codes_asked("--select", select),
        codes_asked("--ignore", ignore),
    )
    return commands.check_files(files, question, lang, form, output, strict=strict)


@app.command()
def due(
    files: Files,
    as_of: AsOf = None,
    overlay: OverlayFiles = [],  # noqa: B006
    reading: ReadingValues = [],  # noqa: B006
    lang: Lang = "ja",
    form: Format = "text",
) -> int:
    """List what is still due, soonest first."""
    lang, form = word_of("--lang", lang, LANGS), word_of("--format", form, ("text", "json"))
    question = Question(day_asked(as_of), overlays_loaded(overlay), readings_asked(reading))
    return commands.due_of_files(files, question, lang, form)


@app.command()
def rule(
    code: Annotated[str, typer.Argument(metavar="CODE")], lang: Lang = "ja", form: Format = "text"
) -> int:
    """Explain one rule."""
    return commands.explain_rule(
        code, word_of("--lang", lang, LANGS), word_of("--format", form, ("text", "json"))
    )


@app.command()
def rules(lang: Lang = "ja", form: Format = "text") -> int:
    """List the rules."""
    return commands.list_rules(word_of("--lang", lang, LANGS), word_of("--format", form, ("text", "json")))


@app.command()
def schema(
    of: Annotated[str, typer.Argument(metavar="case|report")], output: Output = None, lang: Lang = "ja"
) -> int:
    """Write the JSON Schema."""
    word_of("--lang", lang, LANGS)
    return commands.write_schema(word_of("schema", of, ("case", "report")), output)


@app.command()
def demo(
    output: Output = None, force: Annotated[bool, typer.Option("--force")] = False, lang: Lang = "ja"
) -> int:
    """Write and judge a sample month."""
    return commands.write_and_judge_sample(output, word_of("--lang", lang, LANGS), force=force)

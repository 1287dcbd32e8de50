"""The commands of `zaitaku`."""

from __future__ import annotations

import contextlib
import sys
from typing import Annotated

import typer

from zaitaku_rules.cli import commands
from zaitaku_rules.cli.baseline import BaselineAsked
from zaitaku_rules.cli.billing import BillingAsked, validate_files
from zaitaku_rules.cli.billing_formats import BILLING_FORMATS
from zaitaku_rules.cli.calls import (
    LANGS,
    codes_asked,
    day_asked,
    month_asked,
    plan_asked,
    readings_asked,
    word_of,
)
from zaitaku_rules.cli.case_inputs import CaseInputs
from zaitaku_rules.cli.conformance_app import conformance_app
from zaitaku_rules.cli.docs_app import docs_app
from zaitaku_rules.cli.formats import FORMATS
from zaitaku_rules.cli.judging import Question, overlays_loaded
from zaitaku_rules.cli.law_app import law, overlay_app
from zaitaku_rules.cli.map_app import map_app
from zaitaku_rules.cli.nation_app import compare, simulate, sweep
from zaitaku_rules.cli.options import (
    AsOf,
    BaselineFile,
    BillingFormat,
    CheckFormat,
    Codes,
    Commands,
    Files,
    Format,
    Lang,
    MappingFile,
    Month,
    NewBaselineFile,
    Output,
    OverlayFiles,
    ReadingValues,
    said_in_all,
)
from zaitaku_rules.cli.reconciling import CasesAsked
from zaitaku_rules.cli.templates import template
from zaitaku_rules.cli.verifying import verify_reports
from zaitaku_rules.write.schema import SCHEMAS

app = typer.Typer(
    cls=Commands,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command()(law)
app.command()(template)
app.add_typer(overlay_app, name="overlay")
app.add_typer(docs_app, name="docs")
app.add_typer(map_app, name="map")
app.add_typer(conformance_app, name="conformance")


@app.callback(invoke_without_command=True)
def start(
    ctx: typer.Context,
    version: Annotated[bool, typer.Option("--version")] = False,
    lang: Lang = "ja",
) -> int:
    """Say the version, or show the help where no command is given; keep the language for the command."""
    ctx.default_map = said_in_all(ctx.command, word_of("--lang", lang, LANGS))
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
    only_month: Month = None,
    by_mapping: MappingFile = None,
    as_of: AsOf = None,
    known_at: AsOf = None,
    overlay: OverlayFiles = [],  # noqa: B006  # Typer reads the default and hands over a new list.
    reading: ReadingValues = [],  # noqa: B006
    select: Codes = [],  # noqa: B006
    ignore: Codes = [],  # noqa: B006
    lang: Lang = "ja",
    form: CheckFormat = "text",
    output: Output = None,
    strict: Annotated[bool, typer.Option("--strict")] = False,
    plan: Annotated[bool, typer.Option("--plan")] = False,
    baseline: BaselineFile = None,
    write_baseline: NewBaselineFile = None,
) -> int:
    """Judge case files."""
    lang = word_of("--lang", lang, LANGS)
    form = word_of("--format", form, tuple(FORMATS))
    question = Question(
        day_asked(as_of),
        overlays_loaded(overlay),
        readings_asked(reading),
        codes_asked("--select", select),
        codes_asked("--ignore", ignore),
        day_asked(known_at, "--known-at"),
        plan_asked(plan, known_at),
    )
    asked = BaselineAsked(baseline, write_baseline)
    inputs = CaseInputs(files, only_month and month_asked(only_month), by_mapping)
    return commands.check_files(
        inputs, question, lang, form, output, strict=strict, read_too=overlay, asked=asked
    )


@app.command()
def due(
    files: Files,
    only_month: Month = None,
    by_mapping: MappingFile = None,
    as_of: AsOf = None,
    overlay: OverlayFiles = [],  # noqa: B006
    reading: ReadingValues = [],  # noqa: B006
    lang: Lang = "ja",
    form: Format = "text",
) -> int:
    """List what is still due, soonest first."""
    lang, form = word_of("--lang", lang, LANGS), word_of("--format", form, ("text", "json"))
    question = Question(day_asked(as_of), overlays_loaded(overlay), readings_asked(reading))
    return commands.due_of_files(
        CaseInputs(files, only_month and month_asked(only_month), by_mapping), question, lang, form
    )


@app.command()
def verify(
    report: Annotated[str, typer.Argument(metavar="REPORT", show_default=False)],
    case: Annotated[str, typer.Argument(metavar="CASE", show_default=False)],
    overlay: OverlayFiles = [],  # noqa: B006
    lang: Lang = "ja",
    form: Format = "text",
) -> int:
    """Judge a case again and say whether a report is what it gives."""
    lang, form = word_of("--lang", lang, LANGS), word_of("--format", form, ("text", "json"))
    return verify_reports(report, case, overlays_loaded(overlay), lang, form)


@app.command()
def rule(
    code: Annotated[str, typer.Argument(metavar="CODE")], lang: Lang = "ja", form: Format = "text"
) -> int:
    """Explain one rule."""
    return commands.explain_rule(
        code, word_of("--lang", lang, LANGS), word_of("--format", form, ("text", "json"))
    )


@app.command()
def rules(
    lang: Lang = "ja",
    form: Format = "text",
    of_billing: Annotated[bool, typer.Option("--billing")] = False,
) -> int:
    """List the rules."""
    lang, form = word_of("--lang", lang, LANGS), word_of("--format", form, ("text", "json"))
    return commands.list_rules(lang, form, of_billing=of_billing)


@app.command()
def schema(
    of: Annotated[str, typer.Argument(metavar="case|report|overlay|billing|conformance")],
    output: Output = None,
    lang: Lang = "ja",
) -> int:
    """Write the JSON Schema."""
    word_of("--lang", lang, LANGS)
    return commands.write_schema(word_of("schema", of, SCHEMAS), output)


@app.command()
def demo(
    output: Output = None, force: Annotated[bool, typer.Option("--force")] = False, lang: Lang = "ja"
) -> int:
    """Write and judge a sample month."""
    return commands.write_and_judge_sample(output, word_of("--lang", lang, LANGS), force=force)


app.command()(compare)
app.command()(sweep)


@app.command()
def billing(
    exports: Files,
    strict_reading: Annotated[bool, typer.Option("--strict-reading")] = False,
    show_ids: Annotated[bool, typer.Option("--show-ids")] = False,
    codes: Annotated[str | None, typer.Option("--codes", metavar="FILE", show_default=False)] = None,
    beside: Annotated[list[str], typer.Option("--cases", metavar="PATH", show_default=False)] = [],  # noqa: B006
    mapping: Annotated[str | None, typer.Option("--map", metavar="FILE", show_default=False)] = None,
    remark_words: Annotated[str | None, typer.Option("--words", metavar="FILE", show_default=False)] = None,
    claimed: Annotated[str | None, typer.Option("--claimed-days", metavar="FILE", show_default=False)] = None,
    as_of: AsOf = None,
    overlay: OverlayFiles = [],  # noqa: B006
    reading: ReadingValues = [],  # noqa: B006
    lang: Lang = "ja",
    form: BillingFormat = "text",
    output: Output = None,
    strict: Annotated[bool, typer.Option("--strict")] = False,
) -> int:
    """Judge billing files of the 国保連 interface."""
    lang, form = word_of("--lang", lang, LANGS), word_of("--format", form, tuple(BILLING_FORMATS))
    question = Question(day_asked(as_of), overlays_loaded(overlay), readings_asked(reading))
    cases = CasesAsked(beside, mapping, remark_words, claimed, question)
    asked = BillingAsked(exports, strict_reading, show_ids, codes, cases)
    return validate_files(asked, lang, form, output, strict=strict)


app.command()(simulate)

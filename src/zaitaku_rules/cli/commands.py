"""What each command does, once its options are read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as version_of
from pathlib import Path

from rich.console import Console

from zaitaku_rules.cli.drawing import console_on, draw_out, drawn, put_json
from zaitaku_rules.cli.due_cases import due_cases
from zaitaku_rules.cli.judging import Judged, Question, Tally, outcomes, unless_alone_bad
from zaitaku_rules.cli.output import output
from zaitaku_rules.cli.sample import SAMPLE_NAME, sample
from zaitaku_rules.errors import InvalidCall, ZaitakuError
from zaitaku_rules.read import shown_path
from zaitaku_rules.records import Case
from zaitaku_rules.write.due_entries import DueCase, due_entries
from zaitaku_rules.write.json_report import json_array, json_document, json_lines
from zaitaku_rules.write.rule_entry import rule_entries, rule_entry
from zaitaku_rules.write.schema import schema_of
from zaitaku_rules.write.text import print_case, print_summary
from zaitaku_rules.write.text_due import print_due
from zaitaku_rules.write.text_rule import print_rule, print_rules


def version() -> int:
    """Print the version."""
    try:
        print(f"zaitaku-rules {version_of('zaitaku-rules')}")
    except PackageNotFoundError:
        print("zaitaku-rules")
    return 0


def check_files(
    paths: Sequence[str],
    question: Question,
    lang: str,
    form: str,
    target: str | None,
    *,
    strict: bool,
    read_too: Sequence[str] = (),
) -> int:
    """Judge the cases of files and write what was found, never over a file that was read."""
    tally = Tally(lang)
    found = unless_alone_bad(outcomes(paths, question, tally))
    if found is None:
        return 2
    with output(target, [*paths, *read_too]) as stream:
        pieces = (
            _text(found, tally, console_on(stream, is_file=target is not None))
            if form == "text"
            else _json(found, form, tally)
        )
        for piece in pieces:
            stream.write(piece)
    tally.tell_days()
    return tally.exit_code(strict=strict)


def _json(found: Iterator[Judged | ZaitakuError], form: str, tally: Tally) -> Iterator[str]:
    outcomes = (one if isinstance(one, ZaitakuError) else one.report for one in found)
    if form == "jsonl":
        yield from json_lines(outcomes)
    elif tally.is_document:
        yield from (json_document(one) for one in outcomes if not isinstance(one, ZaitakuError))
    else:
        yield from json_array(outcomes)


def _text(found: Iterator[Judged | ZaitakuError], tally: Tally, console: Console) -> Iterator[str]:
    for number, one in enumerate(one for one in found if isinstance(one, Judged)):
        if number:
            yield "\n\n"
        yield drawn(console, partial(print_case, one.case, one.report, console, tally.lang))
    if tally.verdicts.total() + tally.bad > 1:
        yield "\n\n" + drawn(console, partial(print_summary, tally.verdicts, tally.bad, console, tally.lang))


def due_of_files(paths: Sequence[str], question: Question, lang: str, form: str) -> int:
    """Write what is still due for the cases of files: as entries, or as a list by day and user."""
    tally = Tally(lang)
    found = list[DueCase | ZaitakuError]()
    for one in due_cases(paths, question):
        found.append(one)
        if isinstance(one, ZaitakuError):
            tally.note(one)
        else:
            tally.days.add(one.as_of)
    if len(found) == 1 and tally.bad:
        return 2
    if form == "json":
        put_json(due_entries(found))
    else:
        listed = [one for one in found if isinstance(one, DueCase)]
        draw_out(lambda console: print_due(listed, console, lang))
    tally.tell_days()
    return 2 if tally.bad else 0


def explain_rule(code: str, lang: str, form: str) -> int:
    """Write one rule in full."""
    entry = rule_entry(code)
    if form == "json":
        return put_json(entry)
    return draw_out(lambda console: print_rule(entry, console, lang))


def list_rules(lang: str, form: str) -> int:
    """Write the list of the rules."""
    if form == "json":
        return put_json(rule_entries())
    return draw_out(lambda console: print_rules(rule_entries(), console, lang))


def write_schema(name: str, target: str | None) -> int:
    """Write the JSON Schema of the case file or of the report."""
    return put_json(schema_of(name), target)


def write_and_judge_sample(target: str | None, lang: str, *, force: bool) -> int:
    """Write the sample month into a file, judge it and print the report."""
    path = Path(target or SAMPLE_NAME)
    if not force and path.exists():
        raise InvalidCall(
            "すでにあるので書きません。上書きするには --force を付けてください。",
            "exists already and was not written: add --force to overwrite it",
            place=shown_path(str(path)),
        )
    document = sample()
    put_json(document, str(path))
    tally = Tally(lang)
    report = Question().put_to(case := Case.model_validate(document))
    tally.note(Judged(case, report))
    draw_out(lambda console: print_case(case, report, console, lang))
    tally.tell_written(shown_path(str(path)))
    tally.tell_days()
    return tally.exit_code()

"""What each command does, once its options are read."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as version_of
from pathlib import Path

from zaitaku_rules.cli.baseline import NO_BASELINE, Baseline, BaselineAsked
from zaitaku_rules.cli.billing import explain_billing_rule, list_billing_rules
from zaitaku_rules.cli.case_inputs import CaseInputs
from zaitaku_rules.cli.drawing import draw_out, put_json
from zaitaku_rules.cli.due_cases import due_cases
from zaitaku_rules.cli.formats import FORMATS, Writing
from zaitaku_rules.cli.judging import Judged, Question, Tally, outcomes, unless_alone_bad
from zaitaku_rules.cli.output import output
from zaitaku_rules.cli.sample import SAMPLE_NAME, sample
from zaitaku_rules.cli.workbook_output import WorkbookAsked
from zaitaku_rules.errors import InvalidCall, ZaitakuError
from zaitaku_rules.read import shown_path
from zaitaku_rules.records import Case
from zaitaku_rules.rules import CATALOGUE
from zaitaku_rules.write.due_entries import DueCase, due_entries
from zaitaku_rules.write.rule_entry import rule_entries, rule_entry
from zaitaku_rules.write.schema import schema_of
from zaitaku_rules.write.text import print_case
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
    inputs: CaseInputs,
    question: Question,
    lang: str,
    form: str,
    target: str | None,
    *,
    strict: bool,
    read_too: Sequence[str] = (),
    asked: BaselineAsked = NO_BASELINE,
) -> int:
    """Judge the cases of files and write what was found, never over a file that was read."""
    asked.refuse(target)
    workbook = WorkbookAsked(() if inputs.mapping else inputs.paths, target) if form == "xlsx" else None
    if workbook is not None:
        workbook.refuse()
    baseline = Baseline(asked, lang)
    tally = Tally(lang, is_recording=asked.write is not None)
    found = unless_alone_bad(outcomes(inputs, question, tally, baseline.mark))
    if found is None:
        return 2
    read = [*inputs.files(), *read_too]
    with output(target, [*read, *asked.files]) as stream:
        writing = Writing(tally, stream, is_file=target is not None, strict=strict, workbook=workbook)
        for piece in FORMATS[form](found, writing):
            stream.write(piece)
    tally.tell_days()
    baseline.finish(tally, read)
    return tally.exit_code(strict=strict)


def due_of_files(inputs: CaseInputs, question: Question, lang: str, form: str) -> int:
    """Write what is still due for the cases of files: as entries, or as a list by day and user."""
    tally = Tally(lang)
    found = list[DueCase | ZaitakuError]()
    for one in due_cases(inputs, question):
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
    """Write one rule in full: of a case, or (K) of billing files."""
    if _is_of_billing(code):
        return explain_billing_rule(code, lang, form)
    entry = rule_entry(code)
    if form == "json":
        return put_json(entry)
    return draw_out(lambda console: print_rule(entry, console, lang))


def _is_of_billing(word: str) -> bool:
    """Return whether a word is the code or the name of a rule of billing files; loads these only then."""
    asked = word.strip().lower()
    if asked[:1] == "k" and asked[1:].isdigit():
        return True
    if any(asked in (rule.code.lower(), rule.name) for rule in CATALOGUE.values()):
        return False
    from zaitaku_rules.billing import catalogue

    return asked in {rule.name for rule in catalogue().values()}


def list_rules(lang: str, form: str, *, of_billing: bool = False) -> int:
    """Write the list of the rules: of cases, or of billing files."""
    if of_billing:
        return list_billing_rules(lang, form)
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

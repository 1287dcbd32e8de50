"""`zaitaku billing`: files of the 国保連 interface in, what breaks their rules out."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from zaitaku_rules.cli.billing_formats import BILLING_FORMATS, BillingWriting
from zaitaku_rules.cli.calls import internal
from zaitaku_rules.cli.drawing import draw_out, put_json
from zaitaku_rules.cli.output import output
from zaitaku_rules.cli.reconciling import CasesAsked, CasesBeside
from zaitaku_rules.errors import InvalidCall, ZaitakuError
from zaitaku_rules.read import shown_path

if TYPE_CHECKING:
    from zaitaku_rules.billing import BillingReport, Validation
    from zaitaku_rules.billing.validating import Also


@dataclass(frozen=True, slots=True)
class BillingAsked:
    """What is asked: which files, how deviations weigh, with which codes, and whether ids are shown."""

    files: Sequence[str]
    strict_reading: bool = False
    show_ids: bool = False
    codes: str | None = None
    beside: CasesAsked = field(default_factory=CasesAsked)

    @property
    def inputs(self) -> list[str]:
        """All that is read."""
        return [*self.files, *([self.codes] if self.codes else []), *self.beside.inputs]


def validate_files(asked: BillingAsked, lang: str, form: str, target: str | None, *, strict: bool) -> int:
    """Judge billing files that belong together and write what was found.

    Returns 2 where a file could not be read, 1 where a payment or duty rule is broken (or, if `strict`, the
    verdict is open), else 0. Where no file could be read nothing is written.
    """
    report, bad = _validated(asked, lang)
    if report is None:
        return 2
    code = 2 if bad else int(report.verdict == "broken" or (strict and report.verdict == "open"))
    with output(target, asked.inputs) as stream:
        writing = BillingWriting(lang, stream, is_file=target is not None, exit_code=code, strict=strict)
        for piece in BILLING_FORMATS[form](report, writing):
            stream.write(piece)
    return code


def _validated(asked: BillingAsked, lang: str) -> tuple[BillingReport | None, int]:
    """Return the report on all files and cases, and how many could not be read; these are told at once.

    Where no file, or none of the cases, could be read there is no report.
    """
    from zaitaku_rules.billing import Validation, service_codes

    codes = service_codes(asked.codes)
    beside = CasesBeside(asked.beside, codes, lang)
    validation = Validation(
        strict=asked.strict_reading, show_ids=asked.show_ids, codes=codes, several=len(asked.files) > 1
    )
    good = [path for path in asked.files if _is_read(validation, path, lang, beside.also)]
    if not good:
        return None, len(asked.files)
    report = beside.report(validation)
    if beside.is_nothing_good:
        return None, beside.bad
    beside.write_claimed_days(good)
    return report, len(asked.files) - len(good) + beside.bad


def _is_read(validation: Validation, path: str, lang: str, also: Also | None) -> bool:
    """Read a file into the validation; a bad one is told and stands in the report as such."""
    try:
        validation.read(path, also=also)
    except InvalidCall:
        raise
    except Exception as error:
        known = error if isinstance(error, ZaitakuError) else internal(error, shown_path(path))
        print(known.said_in(lang), file=sys.stderr)
        validation.refuse(known)
        return False
    return True


def explain_billing_rule(word: str, lang: str, form: str) -> int:
    """Write one rule of billing files in full."""
    from zaitaku_rules.write.billing_entries import billing_entry
    from zaitaku_rules.write.text_billing_rule import print_billing_rule

    entry = billing_entry(word)
    if form == "json":
        return put_json(entry)
    return draw_out(lambda console: print_billing_rule(entry, console, lang))


def list_billing_rules(lang: str, form: str) -> int:
    """Write the list of the rules of billing files."""
    from zaitaku_rules.write.billing_entries import billing_entries
    from zaitaku_rules.write.text_billing_rule import print_billing_rules

    if form == "json":
        return put_json(billing_entries())
    return draw_out(lambda console: print_billing_rules(billing_entries(), console, lang))

"""`zaitaku verify`: judges the cases again and says whether the reports are what they give."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from zaitaku_rules.cli.drawing import draw_out, put_json
from zaitaku_rules.errors import InvalidInput, ZaitakuError
from zaitaku_rules.judge import receipt_of, verify
from zaitaku_rules.law import Overlay
from zaitaku_rules.read import Found, FoundReport, read_cases, read_reports
from zaitaku_rules.report import Verification
from zaitaku_rules.write.text_verification import print_verifications

_ERROR = "zaitaku-error/1"


def verify_reports(reports: str, cases: str, overlays: Sequence[Overlay], lang: str, form: str) -> int:
    """Write whether each report is what its case gives; 0 all are, 1 one is not, 2 something is unreadable.

    Reports and cases are held against each other in their order.
    """
    outcomes = list(_outcomes(reports, cases, overlays))
    found = [one for one in outcomes if isinstance(one, Verification)]
    errors = [one for one in outcomes if isinstance(one, ZaitakuError)]
    for error in errors:
        print(error.said_in(lang), file=sys.stderr)
    if form == "json":
        put_json([one.model_dump(mode="json") for one in found])
    elif found:
        draw_out(lambda console: print_verifications(found, console, lang))
    return 2 if errors else int(not all(one.agrees for one in found))


def _outcomes(reports: str, cases: str, overlays: Sequence[Overlay]) -> Iterator[Verification | ZaitakuError]:
    for report, case in zip_longest(read_reports(reports), read_cases(cases)):
        if report is None or case is None:
            yield _alone(report or case)
        else:
            yield from _outcome(report, case, overlays)


def _outcome(
    report: FoundReport, case: Found, overlays: Sequence[Overlay]
) -> Iterator[Verification | ZaitakuError]:
    (place, document), (_, records) = report, case
    if isinstance(document, InvalidInput):
        yield document
        return
    if document.get("schema") == _ERROR and isinstance(records, InvalidInput):
        # A case that could not be read then and cannot be read now is what the report says.
        return
    try:
        receipt_of(document)
        yield records if isinstance(records, InvalidInput) else verify(document, records, overlays=overlays)
    except InvalidInput as error:
        yield InvalidInput(error.message.ja, error.message.en, place=place)


def _alone(one: FoundReport | Found | None) -> InvalidInput:
    place = one[0] if one else ""
    return InvalidInput(
        "報告とケースの件数が合いません。相手がありません。",
        "there are not as many reports as cases: this one has no counterpart",
        place=place,
    )

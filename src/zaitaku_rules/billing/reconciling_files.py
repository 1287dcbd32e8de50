"""`reconcile`: billing files and case files (or tables) in, one report out."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path

from zaitaku_rules.billing.home_use_words import HomeUseWords, shipped_words
from zaitaku_rules.billing.reconciling import Question, Reconciler
from zaitaku_rules.billing.reconciling_persons import Persons, persons_of, read_persons
from zaitaku_rules.billing.reconciling_report import ReconciledCases
from zaitaku_rules.billing.reconciling_tables import TableCases
from zaitaku_rules.billing.report import BillingReport
from zaitaku_rules.billing.service_codes import ServiceCodes, service_codes
from zaitaku_rules.billing.validating import Validation
from zaitaku_rules.law import Overlay
from zaitaku_rules.read.kokuhoren import Source
from zaitaku_rules.records import Case


def reconcile(
    files: Iterable[Source] | str | Path | bytes,
    cases: Iterable[Case] | Case | str | Path,
    mapping: Persons | Mapping[str, str] | str | Path | None = None,
    *,
    as_of: date | None = None,
    overlays: Sequence[Overlay | str | Path] = (),
    readings: Mapping[str, str] | None = None,
    select: Collection[str] = (),
    ignore: Collection[str] = (),
    words: HomeUseWords | None = None,
    codes: ServiceCodes | None = None,
    strict: bool = False,
    show_ids: bool = False,
) -> BillingReport:
    """Judge billing files and hold them against cases; return the report of both.

    `cases` are cases, or a folder of tables (as `sweep` takes it; extra `bulk`), of which those of the
    persons billed are read. `mapping` joins certificate numbers and users: a file as `--map` takes it, or a
    dictionary; without it a certificate number is the user's id. Each case is judged by `check` with the
    claimed days of the billing, so `as_of`, `overlays`, `readings`, `select` and `ignore` are as there. A
    person who is billed and has no case is listed in `unmatched`, and the home-use rules are then not run,
    whatever the billing says.
    Raises InvalidInput for what is no billing file or no mapping, InvalidCall and InvalidLaw as `check`.
    """
    held = [files] if isinstance(files, str | Path | bytes) else list(files)
    question = Question(as_of, overlays, readings, select, ignore)
    codes = codes or service_codes()
    reconciler = Reconciler(_persons(mapping), words or shipped_words(), codes, question)
    validation = Validation(strict=strict, show_ids=show_ids, codes=codes, several=len(held) > 1)
    for source in held:
        validation.read(source, also=reconciler.take)
    found = ReconciledCases(reconciler, validation.findings)
    if isinstance(cases, str | Path):
        cases = TableCases(cases, reconciler.billed())
    for case in [cases] if isinstance(cases, Case) else cases:
        found.add(reconciler.match(case))
    for note in cases.notes() if isinstance(cases, TableCases) else ():
        validation.findings.note(note)
    return found.completed(validation.report(home_use=found.home_use()))


def _persons(mapping: Persons | Mapping[str, str] | str | Path | None) -> Persons:
    if mapping is None or isinstance(mapping, Persons):
        return mapping or Persons()
    if isinstance(mapping, str | Path):
        return read_persons(mapping)
    pairs = enumerate(mapping.items(), 1)
    return persons_of((f"mapping {number}", "certificates", *pair) for number, pair in pairs)

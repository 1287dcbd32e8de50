"""What `zaitaku billing` does with case files beside the billing: options, cases, claimed days."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from zaitaku_rules.cli.calls import internal
from zaitaku_rules.cli.judging import Question, Tally
from zaitaku_rules.errors import InvalidCall, InvalidLaw, UnreadableFile, ZaitakuError
from zaitaku_rules.read import read_cases, shown_path

if TYPE_CHECKING:
    from zaitaku_rules.billing import BillingReport, Persons, ReconciledCases, ServiceCodes, Validation
    from zaitaku_rules.read.found import Found
    from zaitaku_rules.read.kokuhoren import Record
    from zaitaku_rules.records import Case

_CASES = (".json", ".jsonl", ".ndjson")


@dataclass(frozen=True, slots=True)
class CasesAsked:
    """What is asked beside the files: cases, who is who, words of remarks, where claimed days are written."""

    cases: Sequence[str] = ()
    mapping: str | None = None
    words: str | None = None
    claimed_days: str | None = None
    question: Question = field(default_factory=Question)

    @property
    def inputs(self) -> list[str]:
        """All that is read, so that no output is written over it."""
        return [*case_files(self.cases), *(path for path in (self.mapping, self.words) if path)]


class CasesBeside:
    """The cases of a call, held against its billing files once these have been read."""

    def __init__(self, asked: CasesAsked, codes: ServiceCodes, lang: str) -> None:
        """Read who is who and the words of remarks; raises InvalidInput and InvalidCall for wrong ones."""
        from zaitaku_rules.billing import (
            Persons,
            Reconciler,
            load_words,
            read_persons,
            shipped_words,
            table_files,
        )
        from zaitaku_rules.billing import Question as BillingQuestion

        if asked.mapping and not (asked.cases or asked.claimed_days):
            raise _alone("--map", "--cases か --claimed-days", "--cases or --claimed-days")
        if asked.words and not asked.cases:
            raise _alone("--words", "--cases", "--cases")
        self._asked, self._tally = asked, Tally(lang)
        self._folders = [path for path in asked.cases if table_files(path)]
        self._paths = list(case_files([path for path in asked.cases if path not in self._folders]))
        self.persons: Persons = read_persons(asked.mapping) if asked.mapping else Persons()
        own = asked.question
        question = BillingQuestion(own.as_of, own.overlays, own.readings, own.select, own.ignore)
        words = load_words(asked.words) if asked.words else shipped_words()
        self._reconciler = Reconciler(self.persons, words, codes, question)

    @property
    def bad(self) -> int:
        """How many cases could not be read."""
        return self._tally.bad

    @property
    def also(self) -> Callable[[Record, str], None] | None:
        """What sees each record as it is read; None where no case is given."""
        return self._reconciler.take if self._paths or self._folders else None

    @property
    def is_nothing_good(self) -> bool:
        """Whether cases were given, and none of them could be read."""
        return bool(self._paths) and not (self._tally.days or self._folders)

    def report(self, validation: Validation) -> BillingReport:
        """Return the report on files and cases; bad cases are told, and stand in it as such."""
        from zaitaku_rules.billing import ReconciledCases

        if not self._paths and not self._folders:
            return validation.report()
        found = ReconciledCases(self._reconciler, validation.findings)
        for place, case in chain(self._of_files(), self._of_tables(validation)):
            error = case if isinstance(case, ZaitakuError) else self._judged(found, case, place)
            if error is not None:
                self._tally.note(error)
                validation.refuse(error)
        self._tally.tell_days()
        return found.completed(validation.report(home_use=found.home_use()))

    def write_claimed_days(self, files: Sequence[str]) -> None:
        """Write the claimed days of files where that is asked for, and say what was left out."""
        from zaitaku_rules.billing import claimed_days, write_claimed_days
        from zaitaku_rules.read.kokuhoren import read_kokuhoren

        target = self._asked.claimed_days
        if target is None:
            return
        _refuse_input(target, [*files, *self._asked.inputs])
        days = claimed_days(chain.from_iterable(map(read_kokuhoren, files)), self.persons)
        write_claimed_days(days, target)
        ja = f"{shown_path(target)} に請求日{days.rows}行を書きました。"
        en = f"wrote {days.rows} claimed days to {shown_path(target)}"
        if days.strangers + days.unread:
            ja += f"対応表にない{days.strangers}人と、日付を読めない{days.unread}行は除きました。"
            en += f"; left out: {days.strangers} persons not in the mapping, {days.unread} rows without a day"
        print(ja if self._tally.lang == "ja" else en, file=sys.stderr)

    def _of_files(self) -> Iterator[Found]:
        return chain.from_iterable(map(read_cases, self._paths))

    def _of_tables(self, validation: Validation) -> Iterator[Found]:
        from zaitaku_rules.billing import TableCases

        for folder in self._folders:
            cases = TableCases(folder, self._reconciler.billed())
            yield from ((shown_path(folder), case) for case in cases)
            for note in cases.notes():
                validation.findings.note(note)

    def _judged(self, found: ReconciledCases, case: Case, place: str) -> ZaitakuError | None:
        try:
            self._tally.days.add(found.add(self._reconciler.match(case)).report.as_of)
        except (InvalidCall, InvalidLaw):
            raise
        except Exception as error:
            return internal(error, place)
        return None


def case_files(paths: Sequence[str]) -> Iterator[str]:
    """Return the files of cases: those named, and of a folder its tables, or .json, .jsonl, .ndjson files."""
    from zaitaku_rules.billing import table_files

    for path in paths:
        if tables := table_files(path):
            yield from map(str, tables)
            continue
        if path == "-" or not Path(path).is_dir():
            yield path
            continue
        inside = sorted(one for one in Path(path).iterdir() if one.suffix.lower() in _CASES)
        if not inside:
            raise UnreadableFile(
                "ケースがありません。.json か .jsonl のファイルか、表(users と providers)が要ります。",
                "no cases in this folder: put .json or .jsonl files there, or the tables users and providers",
                place=f"--cases {shown_path(path)}",
            )
        yield from map(str, inside)


def _alone(option: str, ja: str, en: str) -> InvalidCall:
    return InvalidCall(f"{option} は {ja} と一緒に使います。", f"{option} goes with {en}", place=option)


def _refuse_input(target: str, inputs: Sequence[str]) -> None:
    is_input = any(path != "-" and Path(path).exists() and _same(path, target) for path in inputs)
    if "-" in inputs or is_input:
        raise InvalidCall(
            "--claimed-days は標準入力と一緒には使えず、入力と同じファイルにも書けません。",
            "--claimed-days cannot be used with standard input, nor write over an input",
            place=f"--claimed-days {shown_path(target)}",
        )


def _same(path: str, target: str) -> bool:
    return Path(target).exists() and Path(path).samefile(target)

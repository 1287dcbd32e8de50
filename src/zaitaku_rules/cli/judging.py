"""Judges the cases of files one after another, and keeps count for the exit code."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import chain, islice
from pathlib import Path

from zaitaku_rules.cli.calls import internal
from zaitaku_rules.cli.case_inputs import CaseInputs
from zaitaku_rules.errors import InvalidCall, InvalidLaw, ZaitakuError, nearest
from zaitaku_rules.judge import check
from zaitaku_rules.law import Overlay, load_overlay, shipped_overlays
from zaitaku_rules.mend import plan
from zaitaku_rules.read import shown_path
from zaitaku_rules.records import Case
from zaitaku_rules.report import Report
from zaitaku_rules.write.judged_case import JudgedCase, Known


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of every case: as of which day, by which law, and which rules."""

    as_of: date | None = None
    overlays: tuple[Overlay, ...] = ()
    readings: Mapping[str, str] = field(default_factory=dict[str, str])
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    known_at: date | None = None

    plans: bool = False

    def put_to(self, case: Case) -> Report:
        """Return the report of a case, with a plan where one is asked for."""
        report = self._judge(case)
        if not self.plans:
            return report
        found = plan(
            case,
            as_of=report.as_of,
            overlays=self.overlays,
            readings=self.readings,
            select=self.select,
            ignore=self.ignore,
        )
        return report.model_copy(update={"plan": found})

    def _judge(self, case: Case) -> Report:
        return check(
            case,
            as_of=self.as_of,
            known_at=self.known_at,
            overlays=self.overlays,
            readings=self.readings,
            select=self.select,
            ignore=self.ignore,
        )


@dataclass(frozen=True, slots=True)
class Judged:
    """A case with its report, its place in the input, and what a baseline knows of it."""

    case: Case
    report: Report
    place: str = ""
    known: Known | None = None

    @property
    def seen(self) -> JudgedCase:
        """The report as the formats for other programs see it."""
        return JudgedCase(self.report, self.place, self.known)


@dataclass
class Tally:
    """What became of the cases so far.

    `new_verdicts` count over what no baseline knows; where `is_recording`, all becomes known.
    """

    lang: str
    is_recording: bool = False
    verdicts: Counter[str] = field(default_factory=Counter[str])
    new_verdicts: Counter[str] = field(default_factory=Counter[str])
    days: set[date] = field(default_factory=set[date])
    bad: int = 0
    is_document: bool = False

    def note(self, outcome: Judged | ZaitakuError) -> None:
        """Count an outcome; a bad case is told on standard error at once."""
        if isinstance(outcome, ZaitakuError):
            self.bad += 1
            print(outcome.said_in(self.lang), file=sys.stderr)
        else:
            self.verdicts[outcome.report.verdict] += 1
            self.new_verdicts[outcome.seen.verdict] += 1
            self.days.add(outcome.report.as_of)

    def exit_code(self, *, strict: bool = False) -> int:
        """Return 2 where a case was bad, 1 where one is newly broken (or open, if `strict`), else 0."""
        if self.bad:
            return 2
        found = self.new_verdicts["broken"] or (strict and self.new_verdicts["open"])
        return int(bool(found and not self.is_recording))

    def tell_written(self, path: str) -> None:
        """Say on standard error which file was written."""
        print(f"{path} を書きました。" if self.lang == "ja" else f"wrote {path}", file=sys.stderr)

    def tell_days(self) -> None:
        """Say on standard error as of which days was judged."""
        if self.days:
            listed = ", ".join(day.isoformat() for day in sorted(self.days))
            print(
                f"判定の基準日: {listed}" if self.lang == "ja" else f"judged as of: {listed}", file=sys.stderr
            )


def overlays_loaded(names: Iterable[str]) -> tuple[Overlay, ...]:
    """Return the overlays of `--overlay`: files, or names of shipped ones."""
    return tuple(_overlay(name) for name in names)


def _overlay(name: str) -> Overlay:
    if name in shipped_overlays() or Path(name).exists():
        return load_overlay(name)
    near = nearest(name, shipped_overlays())
    raise InvalidCall(
        f"ファイルがなく、同梱の名前でもありません。{f'{near} のことですか。' if near else ''}",
        f"neither a file nor the name of a shipped overlay{f'; did you mean {near}?' if near else ''}",
        place=f"--overlay {shown_path(name)}",
    )


def outcomes(
    inputs: CaseInputs, question: Question, tally: Tally, mark: Callable[[Judged], Judged]
) -> Iterator[Judged | ZaitakuError]:
    """Judge all cases in order of the input, and `mark` what a baseline knows.

    Raises InvalidCall and InvalidLaw, which concern the call.
    """
    for cases in inputs:
        tally.is_document = cases.is_document and inputs.is_one
        for place, found in cases:
            outcome = found if isinstance(found, ZaitakuError) else _judged(found, question, place)
            outcome = outcome if isinstance(outcome, ZaitakuError) else mark(outcome)
            tally.note(outcome)
            yield outcome


def _judged(case: Case, question: Question, place: str) -> Judged | ZaitakuError:
    try:
        return Judged(case, question.put_to(case), place)
    except (InvalidCall, InvalidLaw):
        raise
    except Exception as error:
        return internal(error, place)


def unless_alone_bad(found: Iterator[Judged | ZaitakuError]) -> Iterator[Judged | ZaitakuError] | None:
    """Return the outcomes, or None where there is but one and it is bad: then nothing is written."""
    first = list(islice(found, 2))
    if len(first) == 1 and isinstance(first[0], ZaitakuError):
        return None
    return chain(first, found)

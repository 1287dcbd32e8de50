"""The baseline: findings that were there before, so that a run reports only what is new.

It names findings by fingerprints and holds no name of a user. What it holds of months and cases that a run
does not judge is neither unused nor lost.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

from zaitaku_rules.cli.baseline_file import (
    Entries,
    baseline_read,
    baseline_text,
    baseline_there,
    held,
    put,
)
from zaitaku_rules.cli.judging import Judged, Tally
from zaitaku_rules.cli.output import output
from zaitaku_rules.cli.unused_waivers import unused_waivers
from zaitaku_rules.errors import InvalidCall, Message
from zaitaku_rules.read import shown_path
from zaitaku_rules.write.fingerprints import case_fingerprint, fingerprint
from zaitaku_rules.write.judged_case import JudgedCase, Known


@dataclass(frozen=True, slots=True)
class BaselineAsked:
    """The files of `--baseline` and `--write-baseline`, if any."""

    read: str | None = None
    write: str | None = None

    @property
    def files(self) -> list[str]:
        """The files that the report must not be written over."""
        return [path for path in (self.read, self.write) if path is not None]

    def refuse(self, target: str | None) -> None:
        """Raise InvalidCall where the report would be written into the file of the new baseline."""
        if (
            target is not None
            and self.write is not None
            and Path(target).resolve() == Path(self.write).resolve()
        ):
            raise InvalidCall(
                "--output と同じファイルです。別の名前にしてください。",
                "the same file as --output: choose another name",
                place="--write-baseline",
            )


NO_BASELINE = BaselineAsked()
"""Neither is asked for."""


class _Finding(NamedTuple):
    """A finding that a baseline can hold: a day, or a duty that could not judge."""

    code: str
    status: str
    name: str
    is_known: bool


class Baseline:
    """What was known before the run, and what the run has found."""

    def __init__(self, asked: BaselineAsked, lang: str) -> None:
        """Read the files that are asked for; raises InvalidCall where one is no baseline."""
        self.asked, self.lang = asked, lang
        self._old = baseline_read(asked.read, "--baseline") if asked.read is not None else {}
        self._there = baseline_there(asked.write, "--write-baseline") if asked.write is not None else {}
        self._now: Entries = {}
        self._judged: dict[tuple[str, str], set[str]] = {}
        self._met: set[tuple[str, str]] = set()
        self._counts: Counter[bool] = Counter()

    def mark(self, judged: Judged) -> Judged:
        """Return a judged case with what the baseline knows of it, and take note of what was found."""
        if not self.asked.files:
            return judged
        if self.asked.read is not None:
            judged = replace(judged, known=self._known(judged))
        self._note(judged.seen)
        for message in unused_waivers(judged):
            self._say(message)
        return judged

    def finish(self, tally: Tally, inputs: Sequence[str]) -> None:
        """Say what became of the baseline, and write the new one; not where a case could not be judged."""
        if self.asked.read is not None:
            for message in self._told():
                self._say(message)
        if self.asked.write is None:
            return
        if tally.bad:
            self._say(
                Message(
                    "読めないケースがあるため、ベースラインは書きません。",
                    "a case could not be read: no baseline was written",
                )
            )
            return
        with output(self.asked.write, inputs) as stream:
            stream.write(baseline_text(self._merged()))
        tally.tell_written(shown_path(self.asked.write))

    def _known(self, judged: Judged) -> Known:
        found: dict[str, set[str]] = {}
        rules = self._old.get(judged.report.month, {}).get(case_fingerprint(judged.report), {})
        for names in rules.values():
            for status, listed in names.items():
                found.setdefault(status, set()).update(listed)
        return {status: frozenset(listed) for status, listed in found.items()}

    def _note(self, case: JudgedCase) -> None:
        report, key = case.report, case_fingerprint(case.report)
        codes = report.receipt.selected or [rule.code for rule in report.rules]
        self._judged.setdefault((report.month, key), set()).update(codes)
        for one in _findings(case):
            self._counts[one.is_known] += 1
            self._met |= {(status, one.name) for status in _holding(one.status)}
            names = self._now.setdefault(report.month, {}).setdefault(key, {}).setdefault(one.code, {})
            listed = names.setdefault(one.status, [])
            if one.name not in listed:
                listed.append(one.name)

    def _unused(self) -> Counter[tuple[str, str]]:
        """Count by month and rule what the baseline holds of judged cases and the run has not found."""
        unused: Counter[tuple[str, str]] = Counter()
        for one in held(self._old):
            if one.code in self._judged.get((one.month, one.case), ()):
                names = [(status, name) for status, listed in one.names.items() for name in listed]
                unused[one.month, one.code] += sum(name not in self._met for name in names)
        return +unused

    def _told(self) -> Iterator[Message]:
        known, new = self._counts[True], self._counts[False]
        yield Message(
            f"ベースライン: 既知 {known}件(報告では除外)、新規 {new}件",
            f"baseline: {known} known (left out), {new} new",
        )
        for (month, code), count in sorted(self._unused().items()):
            yield Message(
                f"ベースラインの {month} {code} のうち{count}件は、もう該当しません"
                "(--write-baseline で更新できます)。",
                f"baseline: {count} of {month} {code} no longer found; --write-baseline takes them out",
            )

    def _merged(self) -> Entries:
        """Return what the run has found, and what the files hold of cases and rules it did not judge."""
        merged: Entries = {}
        for one in (*held(self._there), *held(self._old)):
            if one.code not in self._judged.get((one.month, one.case), ()):
                put(merged, one)
        for one in held(self._now):
            put(merged, one)
        return merged

    def _say(self, message: Message) -> None:
        print(message.said_in(self.lang), file=sys.stderr)


def _findings(case: JudgedCase) -> Iterator[_Finding]:
    for one in case.findings:
        if one.status != "waived":
            yield _Finding(one.rule.code, one.status, one.fingerprint, one.is_known)
    for rule in case.lacking:
        name = fingerprint(case.report, rule.code, None)
        yield _Finding(rule.code, "not_run", name, case.knows(rule.code, None, "not_run"))


def _holding(status: str) -> tuple[str, ...]:
    """Return under which statuses a baseline may hold a finding: an open day may have been broken."""
    return ("open", "broken") if status == "open" else (status,)

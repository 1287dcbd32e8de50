"""Slips of date: records that fit once all are moved alike, and harm no rule where they come to stand.

A moment stored in world time lies nine hours early, a date one day; a year is mistyped in January. Nothing
is moved on suspicion: every rule that reads the list is judged again with the rows moved. Single rows must
serve nothing where they stand; of a whole list, or of a run of days, each row serves the day beside its own.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from zaitaku_rules.days import FULL
from zaitaku_rules.explain import source_named
from zaitaku_rules.facts import Facts
from zaitaku_rules.judge.effects import effect, found_days, windows_with
from zaitaku_rules.judge.judgement import ALL_MONTHS, Judgement, judge_rule
from zaitaku_rules.judge.moves import ONE_YEAR, moved, moved_row, short_offsets, without
from zaitaku_rules.judge.runs import crossing, runs
from zaitaku_rules.judge.strays import has_place, strays
from zaitaku_rules.law import RuleLaw
from zaitaku_rules.records import Source
from zaitaku_rules.rules import Rule

_OF_RECORDS = "Z9"
_LISTS: tuple[Source, ...] = ("contacts", "daily_reports", "evaluations", "recordings", "days")


class Slip(NamedTuple):
    """Rows of a list, by their places in it, the days on which they fit, and the days that mends.

    `is_whole` tells that every row of the list is meant, of which the others keep their date. `gain` is
    the number of days that all rules together, advice aside, find no longer.
    """

    source: Source
    offset: str
    numbers: tuple[int, ...]
    days: tuple[date, ...]
    mended: tuple[date, ...]
    is_whole: bool
    gain: int


class _Search(NamedTuple):
    """A rule with its case, and the laws of all rules, which must not be worse off."""

    judgement: Judgement
    facts: Facts
    laws: Sequence[RuleLaw]

    def seen(self, case: Any) -> Facts:
        """Return the facts of the case with other rows, asked as of the same day."""
        return Facts(case, self.facts.as_of, known_at=self.facts.known_at)

    @property
    def is_of_records(self) -> bool:
        """Whether the rule is about records that contradict themselves."""
        return self.judgement.code.startswith(_OF_RECORDS)

    @property
    def broken(self) -> set[date]:
        """The days that surely break the rule."""
        return {*self.facts.calendar.dates(self.judgement.broken)}


def slips(judgement: Judgement, facts: Facts, laws: Iterable[RuleLaw]) -> Iterator[Slip]:
    """Return the slips that explain broken or past open days of a rule, those that mend most first.

    `laws` are those of all rules of the case. Of slips that mend as much the one with fewest rows is meant.
    """
    left = _doubtful(judgement, facts)
    if not left:
        return
    search = _Search(judgement, facts, tuple(laws))
    for source in _sources(judgement.law.rule):
        found = list(_of_list(search, source)) if left else []
        while found := [slip for slip in found if left.intersection(slip.mended)]:
            best = max(found, key=lambda slip: _weight(slip, left))
            left.difference_update(best.mended)
            yield best


def _weight(slip: Slip, left: set[date]) -> tuple[int, int, int]:
    return len(left.intersection(slip.mended)), slip.gain, -len(slip.numbers)


def places(found: Iterable[Slip]) -> dict[Source, dict[int, str]]:
    """Return the rows of slips by list and place, each with its offset; the first slip of a row holds."""
    rows: dict[Source, dict[int, str]] = {}
    for slip in found:
        listed = rows.setdefault(slip.source, {})
        for number in slip.numbers:
            listed.setdefault(number, slip.offset)
    return rows


def _sources(rule: Rule) -> tuple[Source, ...]:
    """Return the lists in which a rule finds its records, those of use only where the words name them."""
    if rule.code == ALL_MONTHS:
        return _LISTS
    named = {source_named(rule.code)}
    if rule.window or rule.code.startswith(_OF_RECORDS):
        named.update(need for need in rule.needs if need != "days")
    return tuple(source for source in _LISTS if source in named)


def _doubtful(judgement: Judgement, facts: Facts) -> set[date]:
    """Return the days that a record could still explain: broken ones, and past open ones."""
    found = found_days(judgement, facts)
    return found if judgement.code == ALL_MONTHS else {day for day in found if day < facts.as_of}


def _of_list(search: _Search, source: Source) -> Iterator[Slip]:
    """Try each offset on the rows that have no place where they stand, on runs of days, and on all rows."""
    facts = search.facts
    alone = strays(facts, source)
    wanted = windows_with(search.judgement.law, facts.calendar, _doubtful(search.judgement, facts))
    for offset in (*short_offsets(source), *ONE_YEAR):
        numbers = [number for number, row in alone.items() if _fits(search, source, row, offset, wanted)]
        if numbers and not (offset in ONE_YEAR and _is_history(alone, numbers, offset, facts)):
            yield from _alone(search, source, offset, numbers)
        if offset not in ONE_YEAR:
            yield from _together(search, source, offset, alone)


def _alone(search: _Search, source: Source, offset: str, numbers: list[int]) -> Iterator[Slip]:
    """Move all rows that fit; where that does not do, those that come to stand on one day."""
    if slip := _verified(search, source, offset, numbers, serves_nothing=True):
        yield slip
        return
    rows, by_day = getattr(search.facts.case, source), dict[date, list[int]]()
    for number in numbers:
        by_day.setdefault(moved_row(rows[number], offset).day, []).append(number)
    for together in by_day.values() if len(by_day) > 1 else ():
        if slip := _verified(search, source, offset, together, serves_nothing=True):
            yield slip


def _together(search: _Search, source: Source, offset: str, alone: Collection[int]) -> Iterator[Slip]:
    """Move every row that comes to another day, or runs of days that begin with a row without a place."""
    every = crossing(search.facts, source, offset)
    if len(every) < 2 or not search.broken:
        return
    whole = _verified(search, source, offset, every, is_whole=True)
    if whole and _explains(search, whole, alone):
        yield whole
    elif search.judgement.law.rule.window is not None:
        yield from _runs(search, source, offset, alone)


def _runs(search: _Search, source: Source, offset: str, alone: Collection[int]) -> Iterator[Slip]:
    """Move the runs of all days together, else each; one row at least must have no place where it stands."""
    judged = getattr(search.facts, search.judgement.law.rule.judges).maybe
    found = runs(search.facts, source, offset, sorted(search.broken), judged)
    joint = sorted({number for run in found for number in run})
    slip = _verified(search, source, offset, joint) if {*joint} & {*alone} else None
    if slip:
        yield slip
    else:
        for run in found if len(found) > 1 else ():
            if {*run} & {*alone} and (slip := _verified(search, source, offset, run)):
                yield slip


def _explains(search: _Search, slip: Slip, alone: Collection[int]) -> bool:
    """Tell whether broken days are mended, and fewer rows are left without a place than before."""
    after = search.seen(moved(search.facts.case, places([slip])))
    left = len(strays(after, slip.source))
    mended = search.broken.intersection(slip.mended)
    return bool(mended) and (left < len(alone) or (left == 0 and len(mended) > 1))


def _verified(
    search: _Search,
    source: Source,
    offset: str,
    numbers: Sequence[int],
    *,
    serves_nothing: bool = False,
    is_whole: bool = False,
) -> Slip | None:
    """Judge again with the rows moved: the rule finds fewer days, and no rule finds others."""
    facts, judgement = search.facts, search.judgement
    after = search.seen(moved(facts.case, {source: dict.fromkeys(numbers, offset)}))
    mended = _doubtful(judgement, facts) - _doubtful(judge_rule(judgement.law, after), after)
    if serves_nothing and mended:
        needed = _needed(search, source, offset, numbers, mended)
        if len(needed) < len(numbers):
            return _verified(search, source, offset, needed, serves_nothing=True)
        if not search.is_of_records and _serves(search, source, numbers):
            return None
    if not mended or (total := effect(search.laws, source, facts, after)).harms:
        return None
    rows = getattr(after.case, source)
    days = {rows[number].day for number in numbers}
    return Slip(
        source, offset, tuple(numbers), tuple(sorted(days)), tuple(sorted(mended)), is_whole, total.mended
    )


def _needed(
    search: _Search, source: Source, offset: str, numbers: Sequence[int], mended: Iterable[date]
) -> list[int]:
    """Return the rows that stand, or come to stand, in the windows of the mended days."""
    if search.judgement.code == ALL_MONTHS:
        return [*numbers]
    rows, bit = getattr(search.facts.case, source), search.facts.calendar.bit
    wanted = windows_with(search.judgement.law, search.facts.calendar, mended)
    return [
        number
        for number in numbers
        if (bit(rows[number].day) | bit(moved_row(rows[number], offset).day)) & wanted
    ]


def _serves(search: _Search, source: Source, numbers: Collection[int]) -> bool:
    """Tell whether a duty, under any reading, is worse off without the rows where they stand."""
    duties = [law for law in search.laws if law.severity in ("payment", "duty")]
    left = search.seen(without(search.facts.case, source, numbers))
    return effect(duties, source, search.facts, left).harms


def _fits(search: _Search, source: Source, row: Any, offset: str, windows: int) -> bool:
    """Tell whether a row, moved, comes from where the offset looks to a past day that has a place for it."""
    facts = search.facts
    stands = facts.calendar.bit(row.day)
    if (offset in ONE_YEAR) is bool(stands):
        return False
    there = moved_row(row, offset)
    is_wanted = (facts.calendar.bit(there.day) | stands) & (windows or FULL)
    is_there = there.day != row.day and there.day <= facts.as_of - timedelta(days=1)
    return bool(is_wanted and is_there and has_place(facts, source, there))


def _is_history(alone: dict[int, Any], numbers: list[int], offset: str, facts: Facts) -> bool:
    """Tell whether the list also tells of the same month of another year: then no year was mistyped."""
    landing = [number for number, row in alone.items() if facts.calendar.bit(moved_row(row, offset).day)]
    return landing != numbers

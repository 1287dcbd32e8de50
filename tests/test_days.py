"""The algebra of days: its laws as properties, on one page and on a column of pages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zaitaku_rules.days import (
    ALL_DAYS,
    FULL,
    NO_DAYS,
    WEEKDAYS,
    Accepted,
    Calendar,
    Days,
    Ladder,
    Measure,
    Split,
    SplitLadder,
    calendar_of,
    is_office_day,
    preceding_office_day,
)
from zaitaku_rules.days.carrier import counted
from zaitaku_rules.errors import InvalidCall, WrongUse

words = st.integers(0, FULL)


def month_name(year: int, month: int) -> str:
    return f"{year}-{month:02d}"


months = st.builds(month_name, st.integers(2007, 2040), st.integers(1, 12))


@st.composite
def days(draw: st.DrawFn) -> Days:
    maybe = draw(words)
    return Days(maybe & draw(words), maybe)


@st.composite
def ladders(draw: st.DrawFn) -> Ladder:
    """Draw a ladder as it is packed: single occurrences of one day each, sure or perhaps, and open days."""
    each = draw(
        st.lists(st.tuples(st.integers(0, 42).map(lambda cell: 1 << cell), st.booleans()), max_size=12)
    )
    counted_days = Ladder.counting(each)
    return Ladder(counted_days.levels, Days.unknown(draw(words)))


Operation = Callable[[Days, Days, Calendar], Days]
OPERATIONS: dict[str, Operation] = {
    "and": lambda a, b, _: a & b,
    "or": lambda a, b, _: a | b,
    "not": lambda a, _b, _: ~a,
    "minus": lambda a, b, _: a - b,
    "beyond": lambda a, _b, _: a.beyond(3),
    "month": lambda a, b, calendar: a - calendar.month.holding(b, at_least=2),
    "weeks": lambda a, b, calendar: a - calendar.weeks("sunday").holding(b),
    "days": lambda a, b, calendar: a - calendar.every("day").holding(b),
    "within": lambda a, _, calendar: a.within(calendar.month_mask),
    "when": lambda a, b, calendar: a & (b | calendar.when(False)) - calendar.unless(True),
}


def completion(unknown: Days, chosen: int) -> Days:
    """Fill what is unknown: each day that is only perhaps in the set is in it where `chosen` says so."""
    return Days.known(unknown.sure | unknown.maybe & chosen)


def holds_between(sound: Days, exact: Days) -> bool:
    return not sound.sure & ~exact.sure and not exact.maybe & ~sound.maybe


@given(days(), days(), days())
def test_lattice_laws(a: Days, b: Days, c: Days) -> None:
    assert (a & b).same_as(b & a)
    assert (a | b).same_as(b | a)
    assert (a & (b & c)).same_as((a & b) & c)
    assert (a | (b | c)).same_as((a | b) | c)
    assert (a & (a | b)).same_as(a)
    assert (a | (a & b)).same_as(a)
    assert (a & (b | c)).same_as((a & b) | (a & c))
    assert (~~a).same_as(a)
    assert (~(a & b)).same_as(~a | ~b)
    assert (a - b).same_as(a & ~b)
    assert (a & ALL_DAYS).same_as(a)
    assert (a | NO_DAYS).same_as(a)


@pytest.mark.parametrize("name", OPERATIONS)
@given(a=days(), b=days(), fill_a=words, fill_b=words, month=months)
def test_soundness_fill_the_unknown_in_any_way_and_nothing_sure_turns_round(
    name: str, a: Days, b: Days, fill_a: int, fill_b: int, month: str
) -> None:
    calendar = calendar_of(month)
    sound = OPERATIONS[name](a, b, calendar)
    exact = OPERATIONS[name](completion(a, fill_a), completion(b, fill_b), calendar)
    assert exact.sure == exact.maybe
    assert holds_between(sound, exact)


@pytest.mark.parametrize("name", OPERATIONS)
@given(a=days(), b=days(), learned=words, truth=words, month=months)
def test_refinement_learning_a_fact_never_reverses_what_is_sure(
    name: str, a: Days, b: Days, learned: int, truth: int, month: str
) -> None:
    calendar = calendar_of(month)
    told = Days(a.sure | a.maybe & learned & truth, a.maybe & ~(learned & ~truth & ~a.sure))
    before, after = OPERATIONS[name](a, b, calendar), OPERATIONS[name](told, b, calendar)
    assert holds_between(before, after)


@pytest.mark.parametrize("name", OPERATIONS)
@given(pages=st.lists(st.tuples(days(), days()), min_size=1, max_size=5), month=months)
def test_parity_a_column_gives_each_page_what_the_page_gives_alone(
    name: str, pages: list[tuple[Days, Days]], month: str
) -> None:
    calendar = calendar_of(month)
    a, b = (stacked([page[side] for page in pages]) for side in (0, 1))
    column = OPERATIONS[name](a, b, calendar)
    for row, (left, right) in enumerate(pages):
        single = OPERATIONS[name](left, right, calendar)
        assert at(column.sure, row) == single.sure
        assert at(column.maybe, row) == single.maybe


def stacked(pages: list[Days]) -> Days:
    return Days(np.array([p.sure for p in pages], np.uint64), np.array([p.maybe for p in pages], np.uint64))


def at(bits: Any, row: int) -> int:
    return int(bits if isinstance(bits, int) else bits[row])


@given(st.lists(words, min_size=1, max_size=4), months, st.sampled_from([*WEEKDAYS, "month", "day"]))
def test_windows_touched_are_those_that_hold_a_day(column: list[int], month: str, name: Any) -> None:
    calendar = Calendar(month)
    windows = calendar.weeks(name) if name in WEEKDAYS else calendar.every(name)
    wanted = [sum(mask for mask in windows.masks if mask & word) for word in column]
    assert [windows.holding(Days.known(word)).sure for word in column] == wanted
    found = windows.holding(Days.known(np.array(column, np.uint64)))
    assert found.sure.tolist() == wanted


@given(ladders(), ladders(), st.integers(1, 20))
def test_ladders_add_as_counts_do(a: Ladder, b: Ladder, number: int) -> None:
    def count(ladder: Ladder, cell: int, half: str) -> int:
        return sum(getattr(level, half) >> cell & 1 for level in ladder.levels)

    total = (a + b).at_least(number)
    for cell in range(43):
        is_open = bool((a.unknown | b.unknown).maybe >> cell & 1)
        assert bool(total.sure >> cell & 1) == (count(a, cell, "sure") + count(b, cell, "sure") >= number)
        assert bool(total.maybe >> cell & 1) == (
            is_open or count(a, cell, "maybe") + count(b, cell, "maybe") >= number
        )


@given(ladders())
def test_ladders_are_nested(ladder: Ladder) -> None:
    for number in range(1, 15):
        more, fewer = ladder.at_least(number + 1), ladder.at_least(number)
        assert not more.sure & ~fewer.sure
        assert not more.maybe & ~fewer.maybe
        assert not fewer.sure & ~fewer.maybe
    assert ladder.at_least(0).same_as(ALL_DAYS)


@given(ladders(), words)
def test_ladders_as_columns_and_within(ladder: Ladder, mask: int) -> None:
    column = ladder.column(3)
    for number in range(1, 5):
        assert at(column.at_least(number).maybe, 2) == ladder.at_least(number).maybe
        assert ladder.within(mask).at_least(number).maybe == ladder.at_least(number).maybe & mask


def test_counting_takes_sure_and_perhaps_apart() -> None:
    ladder = Ladder.counting([(1, True), (1, False), (2, False), (1, True)])
    assert [(level.sure, level.maybe) for level in ladder.levels] == [(1, 3), (1, 1), (0, 1)]


@given(days(), st.integers(0, 50))
def test_beyond_drops_the_first_days(a: Days, number: int) -> None:
    def later(bits: int) -> int:
        return sum(
            1 << cell for place, cell in enumerate(c for c in range(43) if bits >> c & 1) if place >= number
        )

    assert (a.beyond(number).sure, a.beyond(number).maybe) == (later(a.sure), later(a.maybe))
    assert at(a.column(2).beyond(counted(number, 2)).maybe, 1) == later(a.maybe)
    assert at(a.beyond(counted(number, 2)).maybe, 1) == later(a.maybe)


@given(months)
def test_the_page_holds_every_week_that_touches_the_month(month: str) -> None:
    calendar = Calendar(month)
    assert calendar.cell(calendar.first) == 6
    assert calendar.dates(calendar.month_mask) == [
        calendar.first + timedelta(days=number) for number in range(calendar.length)
    ]
    for index, start in enumerate(WEEKDAYS):
        whole = 0
        for mask in calendar.weeks(start).masks:
            week = calendar.dates(mask)
            assert len(week) == 7
            assert week[0].weekday() == index
            assert mask & calendar.month_mask
            assert not whole & mask
            whole |= mask
        assert not calendar.month_mask & ~whole
    first, last = calendar.reach
    assert date.fromordinal(first) == calendar.first - timedelta(
        days=max(calendar.first.weekday(), (calendar.first.weekday() + 1) % 7)
    )
    assert date.fromordinal(last) == calendar.last + timedelta(
        days=max(6 - calendar.last.weekday(), (5 - calendar.last.weekday()) % 7)
    )


@given(months, st.dates(date(2000, 1, 1), date(2050, 1, 1)), st.dates(date(2000, 1, 1), date(2050, 1, 1)))
def test_spans_are_what_lies_between(month: str, begin: date, end: date) -> None:
    calendar = calendar_of(month)
    page = calendar.dates(calendar.page)
    assert calendar.dates(calendar.span(begin, end)) == [day for day in page if begin <= day <= end]
    assert calendar.dates(calendar.span(None, end)) == [day for day in page if day <= end]
    assert calendar.dates(calendar.span(begin, None)) == [day for day in page if begin <= day]
    assert calendar.dates(calendar.only(begin).sure) == [day for day in page if day == begin]


@given(months, st.integers(-10, 60))
def test_unended_windows_are_those_whose_last_day_is_the_cell_or_later(month: str, cell: int) -> None:
    weeks = calendar_of(month).weeks("monday")
    assert weeks.unended(cell) == sum(mask for mask in weeks.masks if mask.bit_length() - 1 >= cell)


def test_deadlines_are_capped_and_shifted_to_office_days() -> None:
    calendar = calendar_of("2026-01")
    assert calendar.deadline(31, "none") == date(2026, 2, 28)
    assert calendar_of("2025-12").deadline(4, "preceding_office_day") == date(2025, 12, 26)
    assert calendar_of("2026-04").deadline(5, "preceding_office_day") == date(2026, 5, 1)
    assert calendar_of("2026-01").deadline(10, "preceding_office_day") == date(2026, 2, 10)
    assert not is_office_day(date(2026, 1, 3))
    assert not is_office_day(date(2025, 12, 29))
    assert not is_office_day(date(2026, 5, 6))
    assert is_office_day(date(2026, 1, 5))
    assert preceding_office_day(date(2026, 2, 11)) == date(2026, 2, 10)


def test_the_page_has_a_first_and_a_last_cell() -> None:
    calendar = calendar_of("2026-02")
    first, last = date(2026, 1, 26), date(2026, 3, 6)
    assert calendar.bit(first) == 1
    assert calendar.bit(last) == 1 << 39
    assert calendar.bit(first - timedelta(days=1)) == calendar.bit(last + timedelta(days=1)) == 0


def test_months_are_checked() -> None:
    for wrong in ("2026-13", "2026-2", "1899-12", "2200-01", "令和8年", ""):
        with pytest.raises(InvalidCall, match="YYYY-MM"):
            Calendar(wrong)


def test_splits_accept_what_the_law_accepts_on_that_day() -> None:
    split = Split(
        {("visit", "home"): Days.known(0b0110), ("phone", "office"): Days.known(0b1000)}, Days.unknown(1)
    )
    anywhere = Accepted.always(["home", "office"])
    assert split.by(Accepted({"visit": 0b0010}), anywhere).same_as(Days(0b0010, 0b0011))
    assert split.by(Accepted.always(["phone"]), Accepted.always(["home"])).same_as(Days.unknown(1))
    kinds = Split({("a",): Days.known(0b011), ("b",): Days.known(0b110)})
    assert kinds.every(["a", "b"]).same_as(Days.known(0b010))
    assert kinds.every(["a", "c"]).same_as(NO_DAYS)
    assert at(split.column(2).by(Accepted.always(["visit"]), anywhere).sure, 1) == 0b0110


def test_split_ladders_sum_the_accepted_channels() -> None:
    calls = Ladder.counting([(2, True), (2, True)])
    chats = Ladder.counting([(2, True), (4, True)])
    contacts = SplitLadder({("phone",): calls, ("chat",): chats}, Days.unknown(8))
    assert contacts.by(Accepted.always(["phone", "chat"])).at_least(3).same_as(Days(2, 2 | 8))
    assert contacts.by(Accepted({"chat": 4})).at_least(1).same_as(Days(4, 4 | 8))
    assert at(contacts.column(2).by(Accepted.always(["chat"])).at_least(1).sure, 0) == 6


def test_measures_are_asked_by_threshold() -> None:
    asked: list[int] = []

    def older(number: int) -> Days:
        asked.append(number)
        return Days.known(1 << number)

    measure = Measure(older)
    assert measure(3).same_as(Days.known(8))
    assert measure(3).same_as(Days.known(8))
    assert asked == [3]
    assert at(measure.column(2)(3).sure, 1) == 8


WRONG: dict[str, Callable[[Days], Any]] = {
    "if": bool,
    "and": lambda a: a and a,
    "not": lambda a: not a,  # pyright: ignore[reportGeneralTypeIssues]  # the wrong use itself
    "len": len,
    "in": lambda a: 3 in a,
    "for": list,
    "==": lambda a: a == a,  # noqa: PLR0124  # the wrong use itself
    "!=": lambda a: a != a,  # noqa: PLR0124  # the wrong use itself
}


@pytest.mark.parametrize("name", WRONG)
@pytest.mark.parametrize("carrier", ["page", "column"])
def test_wrong_uses_explain_themselves(name: str, carrier: str) -> None:
    subject = Days(1, 3) if carrier == "page" else Days(1, 3).column(2)
    with pytest.raises(WrongUse) as refused:
        WRONG[name](subject)
    assert "days" in refused.value.said_in("en")
    assert "日の集合" in refused.value.said_in("ja")


@pytest.mark.parametrize("other", [3, np.uint64(3), np.array([3], np.uint64), None])
def test_bare_carriers_never_mix_with_days(other: object) -> None:
    operations: list[Callable[[Any, Any], Any]] = [
        lambda a, b: a & b,
        lambda a, b: a | b,
        lambda a, b: a - b,
        lambda a, b: b - a,
    ]
    for operation in operations:
        with pytest.raises(TypeError):
            operation(Days(1, 3), other)
    with pytest.raises(TypeError):
        hash(Days(1, 3))


def test_repr_shows_what_is_sure_and_what_perhaps() -> None:
    assert repr(Days(0b001, 0b101)) == "Days(0 2?)"
    assert repr(Days(0, 1).column(2)) == "Days(a column)"

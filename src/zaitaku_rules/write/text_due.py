"""What is still due in the terminal: for one case within its report, for an office by day and user."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from zaitaku_rules.errors import Message
from zaitaku_rules.explain import title
from zaitaku_rules.report import Due, Report
from zaitaku_rules.write.day_words import day_words, days_words
from zaitaku_rules.write.due_entries import DueCase
from zaitaku_rules.write.labels import WIDEST, label, plain
from zaitaku_rules.write.line_breaks import cells, flowed, wrapped

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

_HEADINGS = {
    "today": Message("今日まで", "Today"),
    "week": Message("今週", "This week"),
    "month": Message("今月", "This month"),
    "later": Message("来月以降", "Later"),
}
_WIDEST_USER, _NARROWEST, _SHOWN = 16, 30, 3


class _Entry(NamedTuple):
    """One entry of the list, with the case that it belongs to."""

    case: DueCase
    one: Due

    @property
    def urgency(self) -> tuple[date, date, str]:
        """The order of entries: the last day that serves, then `by`, then the code."""
        return self.one.last_day, self.one.by, self.one.code

    @property
    def group(self) -> str:
        """The heading under which the entry stands, seen from the day of the question of its case."""
        day, as_of = self.one.last_day, self.case.as_of
        if day <= as_of:
            return "today"
        if day <= _sunday(as_of):
            return "week"
        return "month" if (day.year, day.month) == (as_of.year, as_of.month) else "later"


def due_table(report: Report, lang: str, width: int) -> Text:
    """Return what is still due for one case, soonest first, each on lines of its own."""
    from rich.text import Text

    found = sorted(report.due or (), key=lambda one: (one.last_day, one.by, one.code))
    lines = (line for _, days in _by_day(found) for line in _dated(days, lang, width, apart=True))
    return Text("\n".join(lines))


def print_due(cases: Sequence[DueCase], console: Console, lang: str) -> None:
    """Print what is still due for all cases: today, this week, this month and later, user by user.

    Cases asked as of different days are listed day by day. How many acts are missing is said only of
    duties that need more than one, and a window only where it is longer than a day.
    """
    from rich.text import Text

    entries = sorted(
        (_Entry(case, one) for case in cases for one in case.due), key=lambda entry: entry.urgency
    )
    if not entries:
        nothing = "期限の残っているものはありません。" if lang == "ja" else "Nothing is due any more."
        console.print(nothing, style="dim")
        return
    days = sorted({entry.case.as_of for entry in entries})
    for as_of in days:
        if len(days) > 1:
            console.print(Text(f"{label('as_of', lang)} {as_of}", style="bold"), end="\n\n")
        _print_groups([entry for entry in entries if entry.case.as_of == as_of], as_of, console, lang)
    console.print(Text(_footer(cases, entries, lang), style="dim"))


def _print_groups(entries: Sequence[_Entry], as_of: date, console: Console, lang: str) -> None:
    from rich.text import Text

    width = min(console.width, WIDEST)
    names = [plain(entry.case.user) for entry in entries]
    column = max((cells(name) for name in names if cells(name) <= _WIDEST_USER), default=0)
    for name, heading in _HEADINGS.items():
        group = [entry for entry in entries if entry.group == name]
        if group:
            console.print(
                Text(heading.said_in(lang), style="bold").append(_until(name, as_of, lang), "not bold dim")
            )
            for user, lines in _by_user(group, lang, width - column - 4):
                _print_user(user, lines, column, console)
            console.print()


def _print_user(user: str, lines: Sequence[str], column: int, console: Console) -> None:
    """Print the lines of a user behind the name; a name too long for its column has a line of its own."""
    from rich.text import Text

    if cells(user) > column:
        console.print(Text(f"  {user}", style="bold"), soft_wrap=True)
        user = ""
    for line in lines:
        console.print(
            Text(f"  {user}{' ' * (column - cells(user))}  ", style="bold").append(line, "not bold"),
            soft_wrap=True,
        )
        user = ""


def _by_user(group: Sequence[_Entry], lang: str, width: int) -> Iterator[tuple[str, list[str]]]:
    """Return the lines of each user; under today's heading without the day, which it says."""
    users: dict[tuple[str, str], list[Due]] = {}
    for entry in group:
        users.setdefault((entry.case.user, entry.case.provider), []).append(entry.one)
    for (user, _), found in users.items():
        if group[0].group == "today":
            lines = _said(found, lang, width)
        else:
            lines = [line for _, days in _by_day(found) for line in _dated(days, lang, width)]
        yield plain(user), lines


def _by_day(found: Iterable[Due]) -> Iterator[tuple[date, list[Due]]]:
    return ((day, list(days)) for day, days in groupby(found, key=lambda one: one.last_day))


def _dated(found: Sequence[Due], lang: str, width: int, *, apart: bool = False) -> Iterator[str]:
    """Return what one day is the last for, behind the day and the slack."""
    wide_day, wide_slack = (9, 8) if lang == "ja" else (10, 12)
    day, slack = day_words(found[0].last_day, lang), _slack(found[0].slack, lang)
    head = f"{day}{' ' * (wide_day - cells(day))}  {slack}{' ' * (wide_slack - cells(slack))}  "
    for line in _said(found, lang, width - cells(head), apart=apart):
        yield head + line
        head = " " * cells(head)


def _said(found: Iterable[Due], lang: str, width: int, *, apart: bool = False) -> list[str]:
    """Return what is to do in lines of at most `width` cells, `apart` or run on, then why that early."""
    found = list(found)
    said = ["  ".join(_items(one, lang)) for one in found]
    reasons = list(dict.fromkeys(_reason(one, lang) for one in found if one.last_day != one.by))
    width = max(width, _NARROWEST)
    lines = [*(said if apart else flowed(said, width, joint="   ").split("\n")), *reasons]
    parts = [part for line in lines for part in flowed(line.split("  "), width).split("\n")]
    return [part for long in parts for part in wrapped(long, width).split("\n")]


def _items(one: Due, lang: str) -> list[str]:
    said = title(one.code)
    named = f"{one.code} {said.ja if lang == 'ja' else said.en}"
    parts = (named, _missing(one, lang), _counted(one, lang), _window(one, lang))
    return [part for part in parts if part]


def _missing(one: Due, lang: str) -> str:
    """Say how many acts are missing of how many; of a single one its title says enough."""
    if one.count >= one.needed:
        return "記録はあるが扱いが未確定" if lang == "ja" else "on record, unsettled whether it counts"
    if one.needed == 1:
        return ""
    return f"{one.needed}回中あと{one.missing}回" if lang == "ja" else f"{one.missing} more of {one.needed}"


def _counted(one: Due, lang: str) -> str:
    if not one.records:
        return ""
    more = f" +{len(one.records) - _SHOWN}" if len(one.records) > _SHOWN else ""
    listed = ", ".join(plain(record) for record in one.records[:_SHOWN]) + more
    return f"(済み {listed})" if lang == "ja" else f"(done: {listed})"


def _window(one: Due, lang: str) -> str:
    """Return the window in words, nothing for a single day."""
    begin, length = one.window.from_, (one.window.to - one.window.from_).days
    return days_words((begin + timedelta(step) for step in range(length + 1)), lang) if length else ""


def _slack(slack: int, lang: str) -> str:
    if slack < 2:
        return (("今日まで", "today"), ("明日まで", "tomorrow"))[slack][lang != "ja"]
    return f"あと{slack}日" if lang == "ja" else f"{slack} days left"


_FRIDAY = 4


def _reason(one: Due, lang: str) -> str:
    """Say why the act must be done before the window, or what is planned of it, ends."""
    last, by = day_words(one.last_day, lang), day_words(one.by, lang)
    if one.code == "Z601":
        return (
            f"期限は{by}、役所が開いているのは{last}まで"
            if lang == "ja"
            else f"deadline {by}, the municipality is open until {last}"
        )
    if one.code == "Z401" or one.last_day.weekday() > _FRIDAY:
        return (
            f"{one.code} は週の始まりの曜日が決まっていないため{by}ではなく{last}まで"
            if lang == "ja"
            else f"{one.code}: where weeks begin is not settled, so by {last}, not {by}"
        )
    return (
        f"{one.code} は通所が要るため{by}ではなく{last}まで"
        if lang == "ja"
        else f"{one.code} needs the office: by {last}, not {by}"
    )


def _until(group: str, as_of: date, lang: str) -> str:
    """Return the last day of a group in words, behind its heading."""
    if group == "later":
        return ""
    if group == "today":
        return f"  {day_words(as_of, lang)}"
    after = (as_of.replace(day=28) + timedelta(4)).replace(day=1)
    end = day_words(_sunday(as_of) if group == "week" else after - timedelta(1), lang)
    return f"  {end}まで" if lang == "ja" else f"  to {end}"


def _sunday(day: date) -> date:
    return day + timedelta(6 - day.weekday())


def _footer(cases: Sequence[DueCase], entries: Sequence[_Entry], lang: str) -> str:
    users = {(case.user, case.provider) for case in cases}
    today = {(entry.case.user, entry.case.provider) for entry in entries if entry.group == "today"}
    if lang == "ja":
        return f"今日のうちに行うことがある利用者: {len(users)}人のうち{len(today)}人"
    return f"users with something due today: {len(today)} of {len(users)}"

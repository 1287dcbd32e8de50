"""The formulas of the template: weekdays, counts, and what happened on a day."""

from __future__ import annotations

from zaitaku_rules.read.workbook.words import value_word
from zaitaku_rules.write.excel.book import MONTH, Book
from zaitaku_rules.write.labels import MARKS

_ERA_SIGNS = (("令和", "R"), ("元", "1"), ("年", "."), ("月", "."), ("日", ""))
_SPACES = 20
_REIWA = 2018


def day_meant(cell: str, not_a_date: str) -> str:
    """Return the formula for the day that a cell holds: a date of Excel, or a text such as R8.12.1.

    The reader takes both, so what is computed from days must take both too.
    """
    text = f"ASC(TRIM({cell}))"
    for old, new in _ERA_SIGNS:
        text = f'SUBSTITUTE({text},"{old}","{new}")'
    year, month, day = (_piece(text, number) for number in range(3))
    era = f"DATE({_REIWA}+VALUE(MID({year},2,9)),VALUE({month}),VALUE({day}))"
    written = f'IFERROR({era},IFERROR(INT(DATEVALUE({cell})),"{not_a_date}"))'
    return f'=IF({cell}="","",IF(ISNUMBER({cell}),INT({cell}),{written}))'


def _piece(text: str, number: int) -> str:
    """Return the formula for one of the parts of a text that dots separate."""
    spaced = f'SUBSTITUTE({text},".",REPT(" ",{_SPACES}))'
    return f"TRIM(MID({spaced},{1 + number * _SPACES},{_SPACES}))"


def day_column(table: str) -> str:
    """Return the field in which a sheet holds the day that its weekday is computed from."""
    return "at_date" if table in ("contacts", "inquiries", "emergencies") else "date"


def counted(book: Book, table: str, user: str, day: str, *more: tuple[str, str]) -> str:
    """Return the part of a formula that counts the rows of a user and day, and of further values."""
    where = [("user_id", user), ("=weekday", day), *((name, f'"{word}"') for name, word in more)]
    listed = ",".join(f"{book.cells(table, name)},{value}" for name, value in where)
    return f"COUNTIFS({listed})"


def count_of_row(book: Book, table: str, row: int) -> str:
    """Return the formula that counts, beside a row of the record of use, the rows of another list."""
    user, day = f"$A{row}", f"${book.column('days', '=weekday')}{row}"
    return f'=IF({user}="","",{counted(book, table, user, day)})'


def day_said(book: Book, user: str, day: str) -> str:
    """Return the formula for what happened to a user on a day, in the signs of the month page."""
    said = [
        *(
            _sign(book, place, "days", user, day, ("place", place))
            for place in ("home", "satellite", "office", "offsite")
        ),
        _sign(book, "absence", "absences", user, day),
        f'TEXT({counted(book, "contacts", user, day)},"0;;")',
        _sign(book, "report", "daily_reports", user, day),
        _evaluated(book, "weekly", user, day),
        _evaluated(book, "achievement", user, day),
    ]
    return f'=IF(OR({user}="",{day}=""),"",{"&".join(said)})'


def _sign(book: Book, mark: str, table: str, user: str, day: str, *more: tuple[str, str]) -> str:
    where = [(name, book.say(value_word(table, name, value))) for name, value in more]
    return f'IF({counted(book, table, user, day, *where)}>0,"{book.say(MARKS[mark])}","")'


def _evaluated(book: Book, kind: str, user: str, day: str) -> str:
    counts = "+".join(
        counted(
            book, "evaluations", user, day, ("covers", book.say(value_word("evaluations", "covers", value)))
        )
        for value in (kind, "both")
    )
    return f'IF({counts}>0,"{book.say(MARKS[kind])}","")'


def in_month(book: Book, table: str, user: str) -> str:
    """Return the formula that counts the rows of a user in the month."""
    days = book.cells(table, "=weekday")
    return (
        f'=IF({user}="","",COUNTIFS({book.cells(table, "user_id")},{user},'
        f'{days},">="&{MONTH},{days},"<="&EOMONTH({MONTH},0)))'
    )

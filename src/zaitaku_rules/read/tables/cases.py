"""Tables to cases: one for each user and month, and what is wrong at the row and column where it stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from zaitaku_rules.days import Calendar
from zaitaku_rules.errors import InvalidInput
from zaitaku_rules.read.found import Found
from zaitaku_rules.read.tables.documents import case_rows
from zaitaku_rules.read.tables.headings import unfit
from zaitaku_rules.read.tables.months import months_of
from zaitaku_rules.read.tables.people import joined, nobodys, once_each
from zaitaku_rules.read.tables.rows import ReadRow, ReadTable
from zaitaku_rules.read.tables.table import Table
from zaitaku_rules.records.shapes import PROVIDERS, USERS


def cases_of_tables(tables: Sequence[Table], place: str, month: str | None = None) -> Iterator[Found]:
    """Yield a case for each user and month, in order of the users; what is wrong is among the results.

    The months are those for which `days` holds rows, or the one asked for ("YYYY-MM"). A fault concerns
    the cases whose rows it stands in; rows that are nobody's are told at the end. Faults of the tables
    themselves (names, columns, no months) come alone. `place` is that of all tables together.
    """
    wrong = [*unfit(tables, place)]
    if wrong:
        yield from _each(wrong)
        return
    read = {table.name: ReadTable(table) for table in tables}
    months = months_of(read, place, month)
    if isinstance(months, InvalidInput):
        yield months.place, months
        return
    users, providers = once_each(read[USERS]), once_each(read[PROVIDERS])
    for pair in joined(users, providers):
        yield from _each([pair]) if isinstance(pair, InvalidInput) else _cases(read, *pair, months)
    yield from _each(nobodys(read.values(), users, providers))


def _each(errors: Iterable[InvalidInput]) -> Iterator[Found]:
    return ((error.place, error) for error in errors)


def _cases(
    read: Mapping[str, ReadTable], user: ReadRow, provider: ReadRow, months: Iterable[Calendar]
) -> Iterator[Found]:
    """Yield the cases of a user; what is wrong in several months alike is told once."""
    said = set[str]()
    for calendar in months:
        case = case_rows(read, user, provider, calendar).case()
        if not isinstance(case, InvalidInput):
            yield user.row.place, case
        elif str(case) not in said:
            said.add(str(case))
            yield case.place, case

"""A workbook to cases: its lists, what it says of their scope, and one case for each user."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from zaitaku_rules.errors import InvalidInput, ZaitakuError
from zaitaku_rules.read.found import Found
from zaitaku_rules.read.paths import shown_path
from zaitaku_rules.read.tables import Spot, Table, cases_of_tables
from zaitaku_rules.read.workbook.cells import Sheet, at, lines
from zaitaku_rules.read.workbook.headings import headings_of, no_headings, split
from zaitaku_rules.read.workbook.list_rows import ListRows
from zaitaku_rules.read.workbook.opening import Opened, opened_workbook, told_if_damaged
from zaitaku_rules.read.workbook.scope import ELSEWHERE, FILLED, Scope, scope_of, wrong_state
from zaitaku_rules.read.workbook.sheet_names import sheets_by_name
from zaitaku_rules.read.workbook.words import list_sheets
from zaitaku_rules.records import SOURCES, Case
from zaitaku_rules.records.papers import Wish
from zaitaku_rules.records.shapes import COVERAGE, USERS

SCOPE = "scope"


@dataclass(frozen=True, slots=True)
class Contents:
    """What a workbook holds: its lists by table, and what it says of their scope."""

    place: str
    lists: Mapping[str, ListRows]
    scope: Scope

    def tables(self) -> Iterator[Table]:
        """Yield the tables that are given; a list that is kept elsewhere, or is empty and may be, is none."""
        for name, rows in self.lists.items():
            state = self.scope.state(name).name if name in SOURCES else ""
            if name != COVERAGE and state != ELSEWHERE and (rows.lines or state != FILLED):
                yield rows.as_table()
        if covered := self._coverage():
            yield covered

    def _coverage(self) -> Table | None:
        """Return the table of what is complete: of the scope for all users, and of its own sheet for some."""
        own = self.lists[COVERAGE].as_table() if COVERAGE in self.lists else None
        rows = [*self.scope.coverage, *(own.rows if own else ())]
        if not rows:
            return None
        place, heading = (own.place, own.heading) if own else (self.place, self._nowhere)
        columns = ["user_id", "source", "from", "through"]
        return Table(COVERAGE, columns, rows, place, heading, tells_null=True)

    def _nowhere(self, name: str) -> Spot:
        return Spot(self.place, name)


def read_workbook(path: str, month: str | None = None) -> Iterator[Found]:
    """Yield the cases of a workbook, each with its place, for the month it names or the one asked for.

    What is wrong is among the results: with a row it costs one user, with a sheet the workbook.
    Raises InvalidCall where openpyxl is not installed.
    """
    place = shown_path(path)
    try:
        contents = contents_of(path)
    except InvalidInput as error:
        yield error.place or place, error
        return
    if USERS in contents.lists and not contents.lists[USERS].lines:
        sheet = contents.lists[USERS].sheet
        yield (
            sheet.shown,
            sheet.wrong(
                "利用者がまだ書かれていません。1人1行で書いてください。",
                "no user is filled in yet: write one row for each",
            ),
        )
        return
    for where, found in cases_of_tables([*contents.tables()], place, month or contents.scope.month):
        yield where, found if isinstance(found, ZaitakuError) else _told_more(found, contents.scope)


def contents_of(path: str) -> Contents:
    """Return what a workbook holds; raises InvalidInput for what makes it unreadable as a whole."""
    place = shown_path(path)
    with opened_workbook(path, place) as book, told_if_damaged(place):
        titles = [sheet.title for sheet in book.values.worksheets]
        sheets = sheets_by_name(titles, place)
        scope = scope_of(lines(book, sheets[SCOPE].title), sheets[SCOPE]) if SCOPE in sheets else Scope()
        lists = {name: _list(book, sheets[name], name) for name in list_sheets() if name in sheets}
    for name, rows in lists.items():
        state = scope.state(name)
        if state.name == ELSEWHERE and rows.lines:
            raise wrong_state(state, sheets[SCOPE], rows.sheet.title)
    return Contents(place, lists, scope)


def _list(book: Opened, sheet: Sheet, table: str) -> ListRows:
    head, below = split(lines(book, sheet.title), table)
    if head is None:
        raise no_headings(sheet, table)
    headings = headings_of(head, table, sheet)
    columns = [*headings.columns.values()]
    filled = [line for line in below if any(not at(line[1], column).is_blank for column in columns)]
    return ListRows(table, sheet, headings, filled)


def _told_more(case: Case, scope: Scope) -> Case:
    """Return a case with what a workbook says beside its tables: as of which day, and that nobody wished."""
    user, changed = case.user, dict[str, object]()
    if user.wish and user.wish.on is None and user.wish.reason is not None and not user.wish.reason.strip():
        changed["user"] = user.model_copy(update={"wish": Wish()})
    if scope.as_of is not None:
        changed["as_of"] = scope.as_of
    return case.model_copy(update=changed) if changed else case

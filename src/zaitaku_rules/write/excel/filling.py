"""Cases as the rows of a workbook: all of a case of its month, the papers of a case of another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, TypeAlias

from zaitaku_rules.errors import InvalidCall
from zaitaku_rules.read.workbook.words import list_sheets
from zaitaku_rules.records import SOURCES, Case
from zaitaku_rules.records.shapes import COVERAGE, PROVIDERS, USERS, shapes
from zaitaku_rules.write.excel.cell_values import cells_of
from zaitaku_rules.write.excel.template import Template

Row: TypeAlias = dict[str, Any]

_MOST = 100


def users_asked(users: int) -> int:
    """Return the number of users that a workbook is for; raises InvalidCall for too many or none."""
    if 1 <= users <= _MOST:
        return users
    raise InvalidCall(
        f"1から{_MOST}の数を書いてください。多いときはブックを分けます。",
        f"write a number from 1 to {_MOST}; for more users make several workbooks",
        place="--users",
    )


def filled(cases: Sequence[Case], month: str, lang: str, users: int, file: str) -> Template:
    """Return the template with the rows of cases; of cases of another month the papers alone.

    Raises InvalidCall for cases that one workbook cannot hold together.
    """
    here = [case for case in cases if case.month == month]
    papers = [name for name in SOURCES if list_sheets()[name].part == "papers"]
    rows: dict[str, list[Row]] = {}
    for case in cases:
        for table, row in _rows(case, SOURCES if case in here else papers):
            rows.setdefault(table, []).append(row)
    _refuse_mixed(cases, here)
    for table in (PROVIDERS, "readiness"):
        rows[table] = _once_each(rows.get(table, []))
    written = {table: [cells_of(table, row, lang) for row in found] for table, found in rows.items()}
    as_of = here[0].as_of if here else None
    return Template(month, lang, users_asked(max(users, len(cases))), file, as_of, written, _states(here))


def _rows(case: Case, lists: Sequence[str]) -> Iterator[tuple[str, Row]]:
    """Yield the rows of a case by table, with the columns of the contract."""
    said = case.model_dump(by_alias=True, exclude_none=True)
    keys = {"user_id": case.user.id, "provider_number": case.provider.number}
    user: Row = said["user"]
    wish = {f"wish_{name}": value for name, value in user.pop("wish", {}).items()}
    if case.user.wish is not None and case.user.wish.on is None and not case.user.wish.reason:
        wish["wish_reason"] = ""
    yield USERS, {**keys, **{name: value for name, value in user.items() if name != "id"}, **wish}
    yield PROVIDERS, {"provider_number": case.provider.number, **said["provider"]}
    for name in lists:
        for row in said.get(name, ()):
            yield name, {shapes()[name].key: keys[shapes()[name].key], **row}
    if "days" in lists:
        for source, span in said.get(COVERAGE, {}).items():
            yield COVERAGE, {"user_id": case.user.id, "source": source, **span}


def _once_each(rows: Sequence[Row]) -> list[Row]:
    return [row for number, row in enumerate(rows) if row not in rows[:number]]


def _states(here: Sequence[Case]) -> dict[str, str]:
    """Return for each list where its records are; a list that is absent may still be filled in."""
    if not here:
        return {}
    return {name: "filled" if getattr(here[0], name) is None else "complete" for name in SOURCES}


def _refuse_mixed(cases: Sequence[Case], here: Sequence[Case]) -> None:
    """Refuse cases of which a workbook, which says one thing for all users, would say something else."""
    if len({case.user.id for case in cases}) < len(cases):
        raise _apart("同じ利用者が二度あります", "a user stands twice")
    if len({case.as_of for case in here}) > 1:
        raise _apart("基準日が違います", "they differ in as_of")
    for name in SOURCES:
        if len({getattr(case, name) is None for case in here}) > 1:
            title = list_sheets()[name].title
            raise _apart(
                f"一覧 {name}({title.ja})のあるものとないものがあります",
                f"some give the list {name} and some do not",
            )
    by_provider = {case.provider.number: (case.provider, case.readiness) for case in cases}
    if any(by_provider[case.provider.number] != (case.provider, case.readiness) for case in cases):
        raise _apart("同じ事業所の内容が違います", "they differ in what they say of one provider")


def _apart(ja: str, en: str) -> InvalidCall:
    return InvalidCall(
        f"一つのブックにまとめられないケースです({ja})。別々のブックにしてください。",
        f"these cases do not fit into one workbook ({en}): make a workbook of each",
        place="--from",
    )

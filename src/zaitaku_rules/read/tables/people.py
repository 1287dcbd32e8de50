"""Users and providers of tables: each once, a user with its provider, and rows of nobody among them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TypeAlias

from zaitaku_rules.errors import InvalidInput, Message, shown_value
from zaitaku_rules.read.tables.documents import Fault, told
from zaitaku_rules.read.tables.rows import ReadRow, ReadTable
from zaitaku_rules.records.shapes import COVERAGE, PROVIDERS, USERS

People: TypeAlias = Mapping[str, ReadRow | InvalidInput]
"""By key the row of a user or provider, or why none of its rows can be taken."""


def once_each(table: ReadTable) -> People:
    """Return the people of a table by key; a row that stands twice alike is one."""
    found: dict[str, ReadRow | InvalidInput] = {}
    first: dict[str, ReadRow] = {}
    for row in table.rows:
        if row.key is None:
            continue
        before = first.setdefault(row.key, row)
        if row.row.faults or before.said != row.said:
            found[row.key] = told(row.row.fault_spots() or _twice(row, before, table.shape.key))
        else:
            found.setdefault(row.key, row)
    return found


def _twice(row: ReadRow, before: ReadRow, key: str) -> list[Fault]:
    other = before.row.spot(key).shown
    said = Message(
        f"二度あり、内容が違います({other})。どちらかを消してください。",
        f"stands twice, with other contents ({other}): remove one of them",
    )
    return [(row.row.spot(key), said)]


def provider_of(user: ReadRow, providers: People) -> ReadRow | InvalidInput:
    """Return the provider of a user, or why there is none."""
    number = user.said.get("provider_number")
    if found := providers.get(str(number)):
        return found
    said = _stranger(str(number), "provider_number") if number else _blank("provider_number")
    return told([(user.row.spot("provider_number"), said)])


def joined(users: People, providers: People) -> Iterator[tuple[ReadRow, ReadRow] | InvalidInput]:
    """Yield each user with the provider, or why there is none."""
    for user in users.values():
        if isinstance(user, InvalidInput):
            yield user
        else:
            provider = provider_of(user, providers)
            yield provider if isinstance(provider, InvalidInput) else (user, provider)


def nobodys(tables: Iterable[ReadTable], users: People, providers: People) -> Iterator[InvalidInput]:
    """Yield for each table what is to be said of rows that are nobody's: without a key, or a stranger's."""
    known = {"user_id": users, "provider_number": providers}
    for table in tables:
        key = table.shape.key
        is_of_people = table.shape.name in (USERS, PROVIDERS)
        # A row of `coverage` without a user speaks of all.
        blank = [] if table.shape.name == COVERAGE else table.of(None)
        strange = [
            row
            for row in table.rows
            if row.key is not None and not is_of_people and row.key not in known[key]
        ]
        if blank:
            yield told([fault for row in blank for fault in _why_nobodys(row, key)])
        if strange:
            yield told([(row.row.spot(key), _stranger(str(row.key), key)) for row in strange])


def _why_nobodys(row: ReadRow, key: str) -> list[Fault]:
    return row.row.fault_spots() or [(row.row.spot(key), _blank(key))]


def _blank(key: str) -> Message:
    whose = "事業所" if key == "provider_number" else "利用者"
    return Message(
        f"空です。どの{whose}の行かを書いてください。", f"blank: write the {key} that the row is about"
    )


def _stranger(found: str, key: str) -> Message:
    shown = shown_value(found, is_public_number=key == "provider_number")
    ja, en = (f"「{shown}」: ", f"found {shown}: ") if shown else ("", "")
    home = PROVIDERS if key == "provider_number" else USERS
    return Message(
        f"{ja}{home} にありません。{home} に行を加えるか、{key} を直してください。",
        f"{en}not in {home}: add a row there, or correct the {key}",
    )

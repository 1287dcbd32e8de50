"""Rows in any order become the numbers of each user, and any user id leads to its place."""

from __future__ import annotations

import random
from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from zaitaku_rules.bulk import sweep
from zaitaku_rules.bulk.engines import pa
from zaitaku_rules.bulk.user_numbers import NUMBERS, UserNumbers, of_lists, of_rows
from zaitaku_rules.bulk.user_places import Places
from zaitaku_rules.testing import population

USERS = ["U-1", "U-2", "U-10", "V"]
some_rows = st.lists(st.tuples(st.sampled_from([*USERS, "U-3", "W"]), st.integers(0, 9)), max_size=30)
some_ids = st.lists(st.one_of(st.text(max_size=10), st.from_regex(r"S-\d{1,8}", fullmatch=True)), max_size=12)


def by_user(found: UserNumbers) -> dict[str, list[int]]:
    """Return the numbers of each user, in order, read part by part."""
    told: dict[str, list[int]] = {}
    for users, numbers, lengths in found.parts(2):
        parts = np.split(numbers, np.cumsum(lengths)[:-1])
        for place, part in zip(found.users[users], parts, strict=True):
            assert USERS[place] not in told
            told[USERS[place]] = part.tolist()
    return told


def wanted(rows: list[tuple[str, int]]) -> dict[str, list[int]]:
    told: dict[str, list[int]] = {}
    for user, number in rows:
        if user in USERS:
            told.setdefault(user, []).append(number)
    return told


@given(some_rows, st.integers(1, 7))
def test_rows_in_any_order_and_pieces_are_those_of_each_user(rows: list[tuple[str, int]], size: int) -> None:
    users, numbers = ([row[place] for row in rows] for place in (0, 1))
    pieces = [slice(begin, begin + size) for begin in range(0, len(rows), size)]
    table = pa.table(
        {
            "user_id": pa.chunked_array([pa.array(users[one], pa.string()) for one in pieces], pa.string()),
            NUMBERS: pa.chunked_array([pa.array(numbers[one], pa.int64()) for one in pieces], pa.int64()),
        }
    )
    found = of_rows(table, Places(pa.array(USERS)))
    assert by_user(found) == wanted(rows)
    assert found.has_strangers == any(user not in USERS for user in users)


few = st.lists(st.integers(0, 9), max_size=3)


@given(st.permutations([*USERS, "W"]), st.lists(few, min_size=5, max_size=5))
def test_lists_of_users_in_any_order_are_theirs(users: list[str], lists: list[list[int]]) -> None:
    table = pa.table({"user_id": users, NUMBERS: pa.array(lists, pa.list_(pa.int64()))})
    found = of_lists(table, Places(pa.array(USERS)))
    rows = [(user, number) for user, held in zip(users, lists, strict=True) for number in held]
    assert by_user(found) == wanted(rows)
    assert found.has_strangers


@given(some_ids, some_ids)
def test_each_id_leads_to_its_place_and_no_other_does(keys: list[str], asked: list[str]) -> None:
    own = list(dict.fromkeys(keys))
    places = Places(pa.array(own, pa.string()))
    asked += own
    found = places.of(pa.array(asked, pa.string())).tolist()
    assert found == [own.index(key) if key in own else -1 for key in asked]
    assert places.of(pa.array([None], pa.string())).tolist() == [-1]


def test_tables_whose_rows_are_shuffled_are_judged_alike() -> None:
    (ordered,) = population(7, 60, "2026-07")
    chance = random.Random(7)
    shuffled = {name: _shuffled(rows, chance) for name, rows in ordered.items()}
    assert sweep(ordered, "2026-07").equals(sweep(shuffled, "2026-07"))


def _shuffled(rows: Any, chance: random.Random) -> Any:
    places = [*range(rows.num_rows)]
    chance.shuffle(places)
    return rows.take(pa.array(places, pa.int64()))

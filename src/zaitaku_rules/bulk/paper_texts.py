"""The rows of papers as patterns: few different rows are written as text, and users are grouped by them."""

from __future__ import annotations

from typing import Any

import numpy as np

from zaitaku_rules.bulk.engines import ArrowTable, pa
from zaitaku_rules.bulk.papers import ROW, written
from zaitaku_rules.bulk.user_places import Places

_MOST = 1 << 62


def texts_of(owners: Places, rows: ArrowTable, key: str) -> tuple[Any, bool]:
    """Return for each owner the text of its rows, each once and in order, and whether rows are of none.

    The texts are encoded.
    """
    owner = owners.of(rows[key].combine_chunks())
    known = owner >= 0
    has_strangers = np.count_nonzero(~known) > rows[key].null_count
    numbers, distinct = _numbered(rows.drop_columns([key]))
    texts = [written(row) for row in zip(*distinct.to_pydict().values(), strict=True)]
    order = sorted(range(len(texts)), key=texts.__getitem__)
    rank = np.empty(len(order), np.int64)
    rank[order] = np.arange(len(order))
    row = rank[numbers]
    if not known.all():
        owner, row = owner[known], row[known]
    pairs = _each_once(owner * max(len(order), 1) + row)
    patterns, listed = _patterns(pairs, len(owners), [texts[place] for place in order])
    return pa.DictionaryArray.from_arrays(pa.array(patterns, pa.int32()), listed), has_strangers


def _each_once(numbers: Any) -> Any:
    """Return the different numbers in order; NumPy's own function hashes, which is slower."""
    numbers = np.sort(numbers)
    return numbers[np.append(True, numbers[1:] != numbers[:-1])] if len(numbers) else numbers


def _numbered(columns: ArrowTable) -> tuple[Any, ArrowTable]:
    """Return a number for each row, the same for equal rows, and the rows by number."""
    numbers: Any = np.zeros(columns.num_rows, np.int64)
    encoded = [columns[name].combine_chunks().dictionary_encode("encode") for name in columns.column_names]
    width = 1
    for one in encoded:
        if width * max(len(one.dictionary), 1) >= _MOST:
            numbers, width = _counted(numbers)
        width *= max(len(one.dictionary), 1)
        numbers = numbers * max(len(one.dictionary), 1) + one.indices.to_numpy(zero_copy_only=False)
    numbers, width = _counted(numbers)
    first: Any = np.zeros(width, np.int64)
    first[numbers[::-1]] = np.arange(columns.num_rows)[::-1]
    return numbers, columns.take(pa.array(first))


def _counted(numbers: Any) -> tuple[Any, int]:
    """Return numbers from 0 on in place of any numbers, and how many different ones there are."""
    encoded = pa.array(numbers).dictionary_encode()
    return encoded.indices.to_numpy(zero_copy_only=False).astype(np.int64), len(encoded.dictionary)


def _patterns(pairs: Any, owners: int, texts: list[str]) -> tuple[Any, Any]:
    """Return the number of each owner's pattern, and the texts of the patterns, the first that of no row.

    `pairs` are owners with the numbers of their rows, in order. Rows are taken up one by one: those of all
    owners at once that stand first, then second, and so on.
    """
    owner, row = pairs // max(len(texts), 1), pairs % max(len(texts), 1)
    starts = np.flatnonzero(np.append(True, owner[1:] != owner[:-1])) if len(owner) else owner
    place = np.arange(len(owner)) - np.repeat(starts, np.diff(np.append(starts, len(owner))))
    order = np.argsort(place, kind="stable")
    found, listed = np.zeros(owners, np.int64), [""]
    for part in np.split(order, np.cumsum(np.bincount(place))[:-1]) if len(order) else ():
        ways = pa.array(found[owner[part]] * len(texts) + row[part]).dictionary_encode()
        found[owner[part]] = len(listed) + ways.indices.to_numpy(zero_copy_only=False)
        held = [divmod(way, len(texts)) for way in ways.dictionary.to_pylist()]
        listed += [f"{listed[way]}{ROW}{texts[text]}" if way else texts[text] for way, text in held]
    return found, pa.array(listed, pa.string())

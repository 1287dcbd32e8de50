"""A population as a stream of chunks, and as a folder of Parquet files."""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

from zaitaku_rules.errors import InvalidCall
from zaitaku_rules.read import shown_path
from zaitaku_rules.testing.nation.blocks import Plan, blocks, pieces
from zaitaku_rules.testing.nation.chunks import tables_of
from zaitaku_rules.testing.nation.columns import COLUMNS
from zaitaku_rules.testing.nation.people import service_shares
from zaitaku_rules.testing.nation.places import places
from zaitaku_rules.testing.nation.rates import Rates
from zaitaku_rules.testing.nation.span import Span
from zaitaku_rules.testing.whole_folder import whole_folder

MOST_USERS = 50_000_000
"""Beyond this the numbers of offices would repeat."""


def population(
    seed: int,
    users: int,
    month: str,
    *,
    services: Mapping[str, float] | None = None,
    municipalities: Sequence[str] | None = None,
    local_share: float = 0.2,
    rates: Rates | None = None,
    chunk: int = 50_000,
) -> Iterator[dict[str, Any]]:
    """Return a synthetic population in a month, as chunks of PyArrow tables by name.

    The same arguments give the same rows, whatever the size of the chunks. A chunk holds `chunk` users or
    a few more: the users of an office stay together, so that every chunk has the offices of its users.

    `services` gives the share of each service, `municipalities` the codes that are drawn from (all alike);
    without them `local_share` of the users live where an overlay ships, the others in the seats of the
    prefectures. `rates` are the errors. Raises InvalidCall for an argument that does not fit.
    """
    _check(seed, users, local_share, chunk)
    where = places(month, municipalities, local_share)
    shares = service_shares(services, month)
    plan = Plan(seed, users, Span(month), where, shares, rates or Rates())
    return (tables_of(piece, plan) for piece in pieces(blocks(plan), chunk))


def _check(seed: int, users: int, local_share: float, chunk: int) -> None:
    limits = {
        "seed": (seed, 0, 2**63 - 1),
        "users": (users, 1, MOST_USERS),
        "local_share": (local_share, 0, 1),
        "chunk": (chunk, 1, MOST_USERS),
    }
    for name, (value, least, most) in limits.items():
        if not least <= value <= most:
            raise InvalidCall(
                f"{least} から {most} までの数を書いてください。",
                f"write a number from {least} to {most}",
                place=name,
            )


def write_population(
    folder: str | Path, seed: int, users: int, month: str, *, force: bool = False, **options: Any
) -> dict[str, int]:
    """Write a population into a folder, one Parquet file for each table, and return the number of rows.

    Takes the options of `population`. The folder appears when everything is written. One that holds
    anything is refused; with `force` it is replaced if it holds nothing but such tables.
    """
    target = Path(folder).resolve()
    chunks = population(seed, users, month, **options)
    _refuse(target, force, shown_path(str(folder)))
    with whole_folder(target) as part:
        return _written(part, chunks)


def _refuse(target: Path, force: bool, shown: str) -> None:
    held = [path.name for path in target.iterdir()] if target.is_dir() else []
    own = {f"{name}.parquet" for name in COLUMNS}
    if target.exists() and not target.is_dir():
        raise InvalidCall(
            "フォルダーではありません。別の名前にしてください。",
            "not a folder: choose another name",
            place=shown,
        )
    if held and not force:
        raise InvalidCall(
            "空でないフォルダーには書きません。置き換えるには --force を付けてください。",
            "the folder is not empty and was left as it is: add --force to replace it",
            place=shown,
        )
    if not own.issuperset(held):
        raise InvalidCall(
            "この人口の表でないものが入っているので、置き換えません。別のフォルダーにしてください。",
            "the folder holds other things than such tables and was left as it is: choose another",
            place=shown,
        )


def _written(folder: Path, chunks: Iterator[dict[str, Any]]) -> dict[str, int]:
    """Write chunk after chunk, each as one row group of every file."""
    pq: Any = import_module("pyarrow.parquet")
    counts: Counter[str] = Counter()
    with contextlib.ExitStack() as open_files:
        writers: dict[str, Any] = {}
        for tables in chunks:
            for name, table in tables.items():
                if name not in writers:
                    path = folder / f"{name}.parquet"
                    writer = pq.ParquetWriter(path, table.schema, compression="zstd")
                    writers[name] = open_files.enter_context(writer)
                writers[name].write_table(table, row_group_size=max(table.num_rows, 1))
                counts[name] += table.num_rows
    return dict(counts)

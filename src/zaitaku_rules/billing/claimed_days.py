"""The claimed days of service records (J611), as rows and as the table that a sweep takes."""

from __future__ import annotations

import csv
import os
from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from functools import lru_cache
from importlib import import_module
from itertools import islice
from pathlib import Path
from typing import Any, Literal, NamedTuple, TypeAlias

from zaitaku_rules.billing.home_use_sheets import FORMS, day_of, is_absence
from zaitaku_rules.billing.reconciling_persons import Persons
from zaitaku_rules.errors import InvalidCall, missing_extra
from zaitaku_rules.read import shown_path
from zaitaku_rules.read.kokuhoren import Key, Record

ClaimedStatus: TypeAlias = Literal["use", "absence_addition"]
"""What is claimed for a day: its use, or 欠席時対応."""

ArrowTable: TypeAlias = Any
"""A `pyarrow.Table`; PyArrow comes without types."""

COLUMNS = ("user_id", "date", "status")
_BATCH = 1 << 16


class ClaimedRow(NamedTuple):
    """A day that is claimed for a user."""

    user_id: str
    date: date
    status: ClaimedStatus


class ClaimedDays:
    """The claimed days of the records of billing files, in their order; iterate once.

    `rows` counts them. `strangers` counts the sheets of persons whom the mapping does not name, `unread` the
    rows with no day that the month has; both are left out.
    """

    def __init__(self, records: Iterable[Record], persons: Persons | None = None) -> None:
        """Take the records; a `Reading` is such, and so is a chain of several."""
        self.rows = 0
        self.strangers = 0
        self.unread = 0
        self._records = records
        self._persons = persons or Persons()

    def __iter__(self) -> Iterator[ClaimedRow]:
        """Return the rows one by one."""
        key, user, days = b"", None, tuple[date, ...]()
        for record in self._records:
            if record.kind != "J611-02":
                continue
            if record.caught[1] != key:
                key = record.caught[1]
                user, days = self._sheet(record.key)
            if user is None:
                continue
            day = day_of(record)
            if 0 < day <= len(days):
                self.rows += 1
                yield ClaimedRow(user, days[day - 1], "absence_addition" if is_absence(record) else "use")
            else:
                self.unread += 1

    def _sheet(self, key: Key) -> tuple[str | None, tuple[date, ...]]:
        """Return the user of a sheet, None for a stranger or another service, and the days of its month."""
        if key.form not in FORMS:
            return None, ()
        user = self._persons.user_of(key.person)
        self.strangers += user is None
        return user, _days_of(key.month)


@lru_cache(maxsize=64)
def _days_of(month: str) -> tuple[date, ...]:
    """Return the days of a month YYYYMM; none where it is no month."""
    try:
        first = date(int(month[:4]), int(month[4:]), 1)
    except ValueError:
        return ()
    following = (first + timedelta(days=31)).replace(day=1)
    return tuple(first + timedelta(days=number) for number in range((following - first).days))


def claimed_days(records: Iterable[Record], persons: Persons | None = None) -> ClaimedDays:
    """Return the claimed days of the records of billing files, to be iterated once.

    A row with サービス提供の状況 8 is `absence_addition`, any other `use`. Without `persons` a certificate
    number is the user's id by itself.
    """
    return ClaimedDays(records, persons)


def claimed_days_table(days: Iterable[ClaimedRow]) -> ArrowTable:
    """Return claimed days as an Arrow table (extra `bulk`): `user_id`, `date`, `status`."""
    arrow = _arrow("pyarrow")
    return arrow.Table.from_batches(_batches(days, arrow), schema=_schema(arrow))


def write_claimed_days(days: Iterable[ClaimedRow], path: str | Path) -> None:
    """Write claimed days as the table claimed_days.csv or .parquet that a sweep takes, whole or not at all.

    Parquet needs the extra `bulk`. Raises InvalidCall for another ending or where nothing can be written.
    """
    target = Path(path)
    if target.suffix not in (".csv", ".parquet"):
        raise InvalidCall(
            "表は CSV か Parquet で書きます。claimed_days.csv のような名前にしてください。",
            "tables are written as CSV or Parquet: name the file claimed_days.csv or claimed_days.parquet",
            place=shown_path(str(path)),
        )
    with _written_whole(target) as part:
        if target.suffix == ".csv":
            _write_csv(days, part)
        else:
            _write_parquet(days, part)


def _write_csv(days: Iterable[ClaimedRow], path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(days)


def _write_parquet(days: Iterable[ClaimedRow], path: Path) -> None:
    arrow, parquet = _arrow("pyarrow"), _arrow("pyarrow.parquet")
    with parquet.ParquetWriter(str(path), _schema(arrow), compression="zstd") as writer:
        for batch in _batches(days, arrow):
            writer.write_batch(batch)


def _batches(days: Iterable[ClaimedRow], arrow: Any) -> Iterator[Any]:
    rows = iter(days)
    while held := list(islice(rows, _BATCH)):
        yield arrow.record_batch([list(column) for column in zip(*held, strict=True)], schema=_schema(arrow))


def _schema(arrow: Any) -> Any:
    types = (arrow.string(), arrow.date32(), arrow.string())
    return arrow.schema(list(zip(COLUMNS, types, strict=True)))


def _arrow(name: str) -> Any:
    try:
        return import_module(name)
    except ModuleNotFoundError as error:
        raise missing_extra(error.name, "bulk") from None


@contextmanager
def _written_whole(path: Path) -> Generator[Path]:
    """Give a file of another name to write; it takes its name when all is written, else it goes."""
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        yield part
        part.replace(path)
    except OSError as error:
        raise InvalidCall(
            f"書き込めません(エラー番号 {error.errno})。フォルダーの有無、権限と空き容量を確かめてください。",
            f"cannot be written (error number {error.errno}): check folder, permissions and free space",
            place=shown_path(str(path)),
        ) from None
    finally:
        part.unlink(missing_ok=True)

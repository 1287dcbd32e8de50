"""The log of home use as a folder of tables: the cases of the persons who are billed, and of no others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from zaitaku_rules.billing.rule import general
from zaitaku_rules.errors import Message, missing_extra
from zaitaku_rules.records import Case

if TYPE_CHECKING:
    from collections.abc import Collection

_NEEDED = ("users", "providers")
_SUFFIXES = (".parquet", ".csv")


def table_files(path: str | Path) -> list[Path]:
    """Return the files of a folder that holds the tables `users` and `providers`; of any other path none."""
    try:
        files = sorted(one for one in Path(path).iterdir() if one.suffix in _SUFFIXES)
    except (OSError, ValueError):
        return []
    return files if {*_NEEDED} <= {one.stem for one in files} else []


class TableCases:
    """The cases that a folder of tables holds for the users billed, month by month."""

    def __init__(self, folder: str | Path, billed: Mapping[str, Collection[str]]) -> None:
        """Ask for the users `billed` in each month."""
        self._folder, self._billed = Path(folder), billed
        self._left_out: Counter[str] = Counter()

    def __iter__(self) -> Iterator[Case]:
        """Read the cases; needs the extra `bulk`, and raises InvalidInput for tables that are none."""
        try:
            from zaitaku_rules.bulk.case_documents import case_documents
            from zaitaku_rules.bulk.left_out import LeftOutCounts
        except ModuleNotFoundError as missing:
            raise missing_extra(missing.name, "bulk") from None
        for month, users in sorted(self._billed.items()):
            counts = LeftOutCounts()
            for document in case_documents(self._folder, month, users, counts):
                yield from self._case(document)
            for entry in counts.entries():
                self._left_out[entry["table"]] += entry["rows"]

    def notes(self) -> list[Message]:
        """Return what is to be said of rows that could not be read so far."""
        if not self._left_out:
            return []
        listed = ", ".join(f"{name} {rows}" for name, rows in sorted(self._left_out.items()))
        return [general("rows_left_out", n=self._left_out.total(), tables=listed)]

    def _case(self, document: dict[str, Any]) -> Iterator[Case]:
        try:
            yield Case.model_validate(document)
        except ValidationError:
            # What the tables let pass and no case may hold, such as an empty user_id.
            self._left_out["users"] += 1

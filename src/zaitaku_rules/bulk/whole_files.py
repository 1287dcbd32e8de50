"""The files of a sweep: findings, summary and rows left out, written whole together or not at all."""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Generator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from zaitaku_rules.bulk.engines import pa, pq
from zaitaku_rules.bulk.findings import SCHEMA
from zaitaku_rules.errors import InvalidCall
from zaitaku_rules.read import shown_path

_ROWS = 1 << 17
"""Rows of a row group of the findings, at least."""

_SUFFIX = ".parquet"


@dataclass(frozen=True, slots=True)
class SweepFiles:
    """Where the files of a sweep stand: FILE.parquet, FILE.summary.json and FILE.left_out.csv."""

    findings: Path
    summary: Path
    left_out: Path

    @classmethod
    def beside(cls, path: str | Path) -> SweepFiles:
        """Return the files for FILE or FILE.parquet; raises InvalidCall for another ending."""
        found = Path(path)
        if found.suffix not in ("", _SUFFIX) or not found.name:
            raise InvalidCall(
                "結果は Parquet で書きます。FILE.parquet の名前にしてください。",
                "findings are written as Parquet: name the file FILE.parquet",
                place=shown_path(str(path)),
            )
        stem = found.with_suffix("")
        names = (stem.name + ending for ending in (_SUFFIX, ".summary.json", ".left_out.csv"))
        return cls(*(stem.with_name(name) for name in names))

    @property
    def every(self) -> tuple[Path, Path, Path]:
        """All three."""
        return self.findings, self.summary, self.left_out

    def refuse(self, source: object) -> None:
        """Raise InvalidCall where the files cannot stand, or would stand among the tables."""
        folder = self.findings.parent
        if isinstance(source, str | Path) and folder.is_dir() and _is_same(folder, Path(source)):
            raise InvalidCall(
                "表のフォルダーの中には書きません。別のフォルダーにしてください。",
                "not inside the folder of the tables: choose another folder",
                place=shown_path(str(self.findings)),
            )
        if not folder.is_dir() or any(path.is_dir() for path in self.every):
            raise InvalidCall(
                "そこには書けません。フォルダーの有無と、同じ名前のフォルダーがないことを確かめてください。",
                "cannot be written there: check that the folder exists and that none has the file's name",
                place=shown_path(str(self.findings)),
            )

    @contextlib.contextmanager
    def written_whole(self) -> Generator[SweepFiles]:
        """Give files of other names to write; they take their names when all is written, else they go."""
        parts = SweepFiles(*(path.with_name(f".{path.name}.{os.getpid()}.part") for path in self.every))
        try:
            yield parts
            for part, path in zip(reversed(parts.every), reversed(self.every), strict=True):
                if part.exists():
                    part.replace(path)
                else:
                    path.unlink(missing_ok=True)
        finally:
            for part in parts.every:
                part.unlink(missing_ok=True)


def _is_same(folder: Path, source: Path) -> bool:
    try:
        return folder.samefile(source)
    except (OSError, ValueError):
        return False


class FindingsWriter:
    """Writes findings as they come, in row groups of a useful size."""

    def __init__(self, path: Path) -> None:
        """Open the file."""
        self._writer = pq.ParquetWriter(str(path), SCHEMA, compression="zstd")
        self._held: list[Any] = []
        self._rows = 0
        self.rows = 0

    def add(self, batch: Any) -> None:
        """Take a batch of findings."""
        self._held.append(batch)
        self._rows += batch.num_rows
        self.rows += batch.num_rows
        if self._rows >= _ROWS:
            self._flush()

    def _flush(self) -> None:
        if self._held:
            table = pa.Table.from_batches(self._held, schema=SCHEMA).combine_chunks()
            self._writer.write_table(table, row_group_size=table.num_rows)
        self._held, self._rows = [], 0

    def close(self) -> None:
        """Write what is held and close the file."""
        self._flush()
        self._writer.close()


def write_summary(path: Path, content: Mapping[str, object]) -> None:
    """Write a summary as JSON, one line for each entry of its lists."""
    with path.open("w", encoding="utf-8", newline="\n") as stream:
        for place, (name, value) in enumerate(content.items()):
            stream.write(",\n" if place else "{\n")
            stream.write(f"{json.dumps(name)}: {_lines(value)}")
        stream.write("\n}\n")


def _lines(value: object) -> str:
    if not isinstance(value, list):
        return _line(value)
    items = cast("list[object]", value)
    return "[\n" + ",\n".join(map(_line, items)) + "\n]" if items else "[]"


def _line(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)

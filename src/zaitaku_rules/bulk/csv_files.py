"""CSV files as tables: of any engine's encoding, and without the lines that are no rows."""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from zaitaku_rules.bulk.engines import ArrowTable, arrow_csv, ibis, pa
from zaitaku_rules.bulk.left_out import LINE
from zaitaku_rules.errors import UnreadableFile, shown_name
from zaitaku_rules.records.shapes import shapes

WRONG_WIDTH = "wrong number of columns"
"""Why a line is no row."""

_ENCODINGS = ("utf-8-sig", "cp932")
_PIECE = 1 << 20
_UNEVEN = {"TOO MANY COLUMNS", "MISSING COLUMNS"}
"""What DuckDB calls lines of another width than the heading."""


def csv_table(path: Path, connection: Any) -> tuple[Any, ArrowTable | None]:
    """Return the rows of a CSV file as text, and the lines that are no rows as rows left out."""
    encoding = _encoding(path)
    names = _heading(path, encoding)
    if encoding == _ENCODINGS[0]:
        return _of_utf8(path, connection, names)
    return _of_cp932(path, names, encoding)


def unreadable(place: str, kind: str) -> UnreadableFile:
    """Return the error of a file that is no table; `kind` is the type of the engine's error."""
    return UnreadableFile(
        f"表として読めません({kind})。Parquet か、1行目が見出しの CSV にしてください。",
        f"cannot be read as a table ({kind}): save it as Parquet, or as CSV with a heading",
        place=place,
    )


def _of_utf8(path: Path, connection: Any, names: list[str]) -> tuple[Any, ArrowTable | None]:
    told: dict[str, Any] = {"delim": ",", "quote": '"', "escape": '"', "nullstr": "", "auto_detect": False}
    told |= {"columns": dict.fromkeys(names, "VARCHAR"), "header": True}
    lines = _uneven_lines(connection, connection.read_csv(str(path), **told, store_rejects=True))
    if not lines:
        return connection.read_csv(str(path), **told), None
    return connection.read_csv(str(path), **told, ignore_errors=True), _lost(path.stem, names, lines)


def _uneven_lines(connection: Any, rows: Any) -> list[tuple[int, str]]:
    """Return the lines of another width; none where that is no slip but an error of the whole file."""
    is_any = connection.to_pyarrow(rows.count()).as_py() > 0
    said = "SELECT line, csv_line, error_type FROM reject_errors"
    found: list[tuple[int, str, str]] = connection.con.execute(said).fetchall()
    connection.con.execute("DELETE FROM reject_errors")
    kinds = {kind for _, _, kind in found}
    return sorted({(line, text) for line, text, _ in found}) if is_any and kinds <= _UNEVEN else []


def _of_cp932(path: Path, names: list[str], encoding: str) -> tuple[Any, ArrowTable | None]:
    lines: list[tuple[int, str]] = []

    def skipped(row: Any) -> str:
        lines.append((row.number, row.text))
        return "skip"

    rows = arrow_csv.read_csv(
        str(path),
        # Read by many threads, lines have no numbers.
        arrow_csv.ReadOptions(encoding=encoding, use_threads=False),
        arrow_csv.ParseOptions(newlines_in_values=True, invalid_row_handler=skipped),
        arrow_csv.ConvertOptions(
            column_types=dict.fromkeys(names, pa.string()), null_values=[""], strings_can_be_null=True
        ),
    )
    if lines and not rows.num_rows:
        raise unreadable(path.name, WRONG_WIDTH)
    return ibis.memtable(rows), _lost(path.stem, names, lines) if lines else None


def _lost(name: str, names: list[str], lines: Iterable[tuple[int, str]]) -> ArrowTable:
    """Return lines as rows left out, under the key that they name."""
    # Behind the first column a field may be another's, even a name.
    is_keyed = name in shapes() and names[0] == shapes()[name].key
    rows = [
        {
            "table": name,
            "key": _first(text) if is_keyed else None,
            "reason": WRONG_WIDTH,
            "rows": 1,
            LINE: line,
        }
        for line, text in lines
    ]
    texts = ("table", "key", "reason")
    fields = [*((text, pa.string()) for text in texts), ("rows", pa.int64()), (LINE, pa.int64())]
    return pa.Table.from_pylist(rows, pa.schema(fields))


def _first(text: str) -> str | None:
    fields: list[str] = next(csv.reader([text]), list[str]())
    return (fields[0] or None) if fields else None


def _encoding(path: Path) -> str:
    """Return UTF-8 if the whole file is that, else what Excel writes in Japan (CP932)."""
    for encoding in _ENCODINGS:
        decoder = codecs.getincrementaldecoder(encoding)()
        try:
            with path.open("rb") as stream:
                while piece := stream.read(_PIECE):
                    decoder.decode(piece)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            continue
        return encoding
    raise unreadable(path.name, "UTF-8, CP932")


def _heading(path: Path, encoding: str) -> list[str]:
    with path.open(encoding=encoding, newline="") as stream:
        names: list[str] = next(csv.reader(stream), list[str]())
    twice = [name for name in names if names.count(name) > 1]
    if twice or not names:
        said = f" {shown_name(twice[0])}" if twice else ""
        raise UnreadableFile(
            f"見出しの行がないか、同じ見出し{said} が二つあります。1行目に列の名前を一度ずつ書いてください。",
            f"no heading, or the column{said} twice: name each column once in the first line",
            place=path.name,
        )
    return names

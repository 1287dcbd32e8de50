"""What an engine says when tables cannot be read, in one plain line without any of their content."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Generator
from pathlib import Path

from zaitaku_rules.errors import UnreadableFile, ZaitakuError

_DATABASES = ("psycopg", "sqlite3")
_ENGINES = ("_duckdb", "duckdb", "ibis", "pyarrow", "pyspark", "sqlglot", *_DATABASES)
_IN_PYTHON = "Python exception occurred while executing the UDF: "
_ENDED = re.compile(_IN_PYTHON + r"(KeyboardInterrupt|SystemExit)(?:: (\d+))?")
_LINE = re.compile(r"CSV Error on Line: (\d+)")
_FILE = re.compile(r"file\s*=\s*(.+)|'([^'\n]+\.parquet)'")


@contextlib.contextmanager
def engine_errors_told() -> Generator[None]:
    """Turn the errors of engines into UnreadableFile; an interrupted query is Ctrl-C."""
    try:
        yield
    except ZaitakuError:
        raise
    except Exception as error:
        if end := _end(error):
            raise end from None
        engine = type(error).__module__.split(".")[0]
        if engine not in _ENGINES or _IN_PYTHON in str(error):
            raise
        raise (_of_database(error) if engine in _DATABASES else _told(error)) from None


def _end(error: Exception) -> BaseException | None:
    """Return what ended the program while the engine worked: Ctrl-C, or a signal with its exit code."""
    if type(error).__name__ == "InterruptException" or str(error).startswith("Query interrupted"):
        return KeyboardInterrupt()
    found = _ENDED.search(str(error))
    if found is None:
        return None
    return KeyboardInterrupt() if found[1] == "KeyboardInterrupt" else SystemExit(int(found[2] or 1))


def _of_database(error: Exception) -> UnreadableFile:
    kind = type(error).__name__
    return UnreadableFile(
        f"データベースの表を読めません({kind})。読む権限と列の型を確かめてください。",
        f"a table of the database cannot be read ({kind}): check the right to read it, and its columns",
    )


def _told(error: Exception) -> UnreadableFile:
    text, kind = str(error), type(error).__name__
    line, file = _LINE.search(text), _FILE.search(text)
    name = Path((file[1] or file[2]).strip()).name if file else ""
    place = f"{name}:{line[1]}" if name and line else name
    return UnreadableFile(
        f"表を読めません({kind})。列の数と引用符、ファイルが壊れていないことを確かめてください。",
        f"a table cannot be read ({kind}): check its number of columns, its quotes and that it is whole",
        place=place,
    )

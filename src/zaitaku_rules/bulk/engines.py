"""The libraries that compute on tables. They come without types, so they are seen as `Any`, here alone."""

from __future__ import annotations

from typing import Any, TypeAlias

import ibis as _ibis  # type: ignore[import-untyped]  # pyright: ignore[reportMissingTypeStubs]
import pyarrow as _pa  # type: ignore[import-untyped]  # pyright: ignore[reportMissingTypeStubs]
import pyarrow.compute as _pc  # type: ignore[import-untyped]  # pyright: ignore[reportMissingTypeStubs]
import pyarrow.csv as _csv  # type: ignore[import-untyped]  # pyright: ignore[reportMissingTypeStubs]
import pyarrow.parquet as _pq  # type: ignore[import-untyped]  # pyright: ignore[reportMissingTypeStubs]

ibis: Any = _ibis
pa: Any = _pa
pc: Any = _pc
pq: Any = _pq
arrow_csv: Any = _csv

Rows: TypeAlias = Any
"""An Ibis table: rows that an engine has, seen through an expression."""

ArrowTable: TypeAlias = Any
"""A `pyarrow.Table`: rows at hand, in columns."""

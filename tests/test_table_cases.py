"""Rows of tables to cases: the same documents as the sweep reads, and each fault at its place."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from as_tables import Rows, tables_of
from test_parity import a_month_of_users
from zaitaku_rules import Case, InvalidInput
from zaitaku_rules.bulk.case_documents import case_documents
from zaitaku_rules.bulk.left_out import LeftOutCounts
from zaitaku_rules.read.tables import Spot, Table, TableRow, cases_of_tables
from zaitaku_rules.records.shapes import shapes

Document = dict[str, Any]


def table(name: str, rows: Rows, columns: list[str] | None = None, *, tells_null: bool = False) -> Table:
    """Return a table of rows as a file `NAME.csv` would give it, the heading on line 1."""
    place = f"{name}.csv"

    def row(number: int, cells: Mapping[str, object]) -> TableRow:
        here = f"{place}:{number}"
        return TableRow(cells, here, lambda column: Spot(here, column))

    named = columns or [column.name for column in shapes()[name].columns]
    placed = [row(number, cells) for number, cells in enumerate(rows, 2)]
    return Table(name, named, placed, place, lambda column: Spot(f"{place}:1", column), tells_null=tells_null)


def tables(*documents: Document) -> dict[str, Rows]:
    return {name: rows.to_pylist() for name, rows in tables_of(documents).items()}


def found(held: Mapping[str, Rows], month: str | None = None) -> list[Case | InvalidInput]:
    listed = [table(name, held[name], tells_null=True) for name in held]
    return [case for _, case in cases_of_tables(listed, "month", month)]


def documents_of(cases: list[Case | InvalidInput]) -> list[Document]:
    assert all(isinstance(case, Case) for case in cases), cases
    return [case.model_dump(mode="json", by_alias=True, exclude_none=True) for case in cases]


@pytest.mark.parametrize("seed", range(12))
def test_tables_give_the_documents_that_the_sweep_reads(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    documents, _ = a_month_of_users(seed, monkeypatch)
    documents = documents[:9]
    month = documents[0]["month"]
    users = [document["user"]["id"] for document in documents]
    swept = case_documents(tables_of(documents), month, users, LeftOutCounts())
    cases = found(tables(*documents), month)
    assert all(isinstance(case, Case) for case in cases)
    assert sorted(case.sha256 for case in cases if isinstance(case, Case)) == sorted(
        Case.model_validate(document).sha256 for document in swept
    )

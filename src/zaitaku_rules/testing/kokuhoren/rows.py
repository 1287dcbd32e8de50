"""Rows and files of the 国保連 interface as they are written: items by slug, to bytes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from zaitaku_rules.read.kokuhoren import layouts

Quoting: TypeAlias = Literal["needed", "values", "all"]
"""Quotes where they must stand, around every value, or around every item, empty ones too."""


@dataclass(frozen=True, slots=True)
class Row:
    """One data record: its kind, such as J611-02, and its items by slug; what is not named is empty."""

    kind: str
    items: Mapping[str, str]

    def but(self, **items: str) -> Row:
        """Return the row with other items."""
        return Row(self.kind, {**self.items, **items})

    def texts(self) -> list[str]:
        """Return the text of each item in order."""
        first = {"identification": self.kind[:4], "record_type": self.kind[5:]}
        return [self.items.get(slug, first.get(slug, "")) for slug in layouts()[self.kind].places]


@dataclass(frozen=True, slots=True)
class BillingFile:
    """One file as it is written: its control record, its rows in order, how it is quoted.

    The control record counts the rows, unless `control` says otherwise.
    """

    data_kind: str
    office: str
    processing_month: str
    rows: tuple[Row, ...]
    quoting: Quoting = "needed"
    control: Mapping[str, str] | None = None

    def lines(self) -> Iterator[bytes]:
        """Return the lines with their ends."""
        yield control_line(
            self.data_kind, self.office, self.processing_month, len(self.rows), self.quoting, self.control
        )
        for serial, row in enumerate(self.rows, 2):
            yield line_of(["2", str(serial), *row.texts()], self.quoting)
        yield line_of(["3", str(len(self.rows) + 2)], self.quoting)

    def to_bytes(self) -> bytes:
        """Return the file as bytes."""
        return b"".join(self.lines())


def control_line(
    data_kind: str,
    office: str,
    processing_month: str,
    count: int,
    quoting: Quoting = "needed",
    changed: Mapping[str, str] | None = None,
) -> bytes:
    """Return the line of a control record; `changed` holds items that differ from the specification."""
    items = {
        "record_type": "1", "serial": "1", "volume": "0", "data_records": str(count), "data_kind": data_kind,
        "municipality": "0", "office": office, "prefecture": "0", "medium": "1",
        "processing_month": processing_month, "reserve": "",
    }  # fmt: skip
    return line_of([*(items | dict(changed or {})).values()], quoting)


def line_of(texts: Iterable[str], quoting: Quoting = "needed") -> bytes:
    """Return a line of items in CP932, with its end."""
    return (",".join(_quoted(text, quoting) for text in texts) + "\r\n").encode("cp932")


def _quoted(text: str, quoting: Quoting) -> str:
    is_needed = any(sign in text for sign in ' ,"') or len(text.encode("cp932")) > len(text)
    if quoting == "all" or is_needed or (quoting == "values" and text):
        return '"' + text.replace('"', '""') + '"'
    return text

"""What a reader of cases hands over: a stream of places, each with its case or with what is wrong."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from zaitaku_rules.errors import InvalidInput
from zaitaku_rules.records import Case

Found: TypeAlias = tuple[str, Case | InvalidInput]
"""The place of a case, and the case or what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Cases:
    """The cases of one input: of one document, or of an input that may hold many."""

    is_document: bool
    found: Iterator[Found]

    def __iter__(self) -> Iterator[Found]:
        """Return the stream of places and cases; it can be read once."""
        return self.found

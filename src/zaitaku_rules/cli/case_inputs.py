"""What `check` and `due` are asked to read: files of cases, folders of tables, exports with a mapping."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from zaitaku_rules.read import Cases, read_cases


@dataclass(frozen=True, slots=True)
class CaseInputs:
    """The paths of a call, the month that is asked for, and the mapping by which exports are read."""

    paths: Sequence[str]
    month: str | None = None
    mapping: str | None = None

    def __iter__(self) -> Iterator[Cases]:
        """Yield the cases of each path; with a mapping all paths together are one input."""
        if self.mapping is not None:
            from zaitaku_rules.read.mapping import cases_of_exports

            yield cases_of_exports(self.paths, self.mapping, self.month)
            return
        for path in self.paths:
            yield read_cases(path, self.month)

    @property
    def is_one(self) -> bool:
        """Whether there is but one input."""
        return len(self.paths) == 1

    def files(self) -> list[str]:
        """Return all that is read, so that no output is written over it."""
        inside = [path for one in self.paths for path in Path(one).glob("*") if one != "-"]
        return [*self.paths, *map(str, inside), *([self.mapping] if self.mapping else [])]

"""Which record may follow which: the order of the records of a file (共通編 and 事業所編, p43, p205)."""

from __future__ import annotations

from zaitaku_rules.read.kokuhoren.deviation import Kind


class Sheets:
    """Follows the sheets of a file: a sheet is a record 01 and the records of the same key behind it."""

    def __init__(self) -> None:
        """Begin before the first record."""
        self._sheet: tuple[str, bytes] = ("", b"")
        self._rank = 0
        self._apart: tuple[str, bytes] | None = None
        self._claim: bytes | None = None

    def follow(self, kind: str, key: bytes) -> Kind | None:
        """Take the next record; returns what is wrong with its place, once for rows that stand together."""
        sheet, rank = (kind[:4], key), int(kind[5:])
        before, self._rank = self._rank, rank
        if rank == 1:
            self._sheet, self._apart = sheet, None
            return self._lead(kind[:4], key)
        if sheet == self._sheet:
            return "out_of_order" if rank < before else None
        if sheet == self._apart:
            return None
        self._apart = sheet
        return "rows_apart"

    def _lead(self, identification: str, key: bytes) -> Kind | None:
        """Take the record 01 of a sheet: a statement follows the claim of its municipality."""
        if identification == "J111":
            self._claim = key
        is_astray = identification == "J121" and self._claim not in (None, key.rpartition(b",")[0])
        return "out_of_order" if is_astray else None

"""A stream of bytes that is hashed as it is read."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path
from typing import BinaryIO, cast

from zaitaku_rules.read import shown_path
from zaitaku_rules.read.kokuhoren import Source
from zaitaku_rules.read.paths import close, opened, unreadable

_BLOCK = 1 << 18


class HashedFile:
    """The bytes of a source, read once; `sha256` is that of all of it when it is closed."""

    def __init__(self, source: Source, place: str = "") -> None:
        """Open the source; raises UnreadableFile where that cannot be done."""
        self.name = place or _name(source)
        self._hash = hashlib.sha256()
        self._source = source
        try:
            self._stream = _opened(source)
        except (OSError, ValueError) as error:
            raise unreadable(error, self.name) from None

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes."""
        piece = self._stream.read(size)
        self._hash.update(piece)
        return piece

    def stream(self) -> BinaryIO:
        """Return this as the stream that the reader takes."""
        return cast("BinaryIO", self)

    def sha256(self) -> str:
        """Return the hash of the whole source, also of what the reader left unread."""
        while piece := self._stream.read(_BLOCK):
            self._hash.update(piece)
        return self._hash.hexdigest()

    def close(self) -> None:
        """Close what was opened here."""
        if isinstance(self._source, str | Path):
            close(self._stream)


def _opened(source: Source) -> BinaryIO:
    if isinstance(source, bytes):
        return io.BytesIO(source)
    return opened(str(source)) if isinstance(source, str | Path) else source


def _name(source: Source) -> str:
    name = source if isinstance(source, str | Path) else getattr(source, "name", "-")
    return shown_path(str(name)) if isinstance(name, str | Path) and str(name) else "-"

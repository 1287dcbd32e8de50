"""Reading a file of the 国保連 interface: a stream of its records and of what deviates."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Literal, TypeAlias

from zaitaku_rules.errors import InvalidCall, InvalidInput
from zaitaku_rules.read.kokuhoren.deviation import Deviation
from zaitaku_rules.read.kokuhoren.lines import Block, blocks
from zaitaku_rules.read.kokuhoren.matching import bare
from zaitaku_rules.read.kokuhoren.record import Control, End, Record
from zaitaku_rules.read.kokuhoren.scan import Scan
from zaitaku_rules.read.paths import close, opened, shown_path, unreadable

Mode: TypeAlias = Literal["strict", "lenient"]
"""strict: the first deviation is an error. lenient: each deviation is a part of the stream."""

Source: TypeAlias = str | Path | bytes | BinaryIO
"""A path ("-": standard input), the bytes of a file, or a stream of bytes."""

Part: TypeAlias = Control | Record | End | Deviation
"""What a file holds, in its order; a deviation stands before the record that it speaks of."""


class DeviantFile(InvalidInput):
    """A file read strictly deviates from the specification; `deviation` says how."""

    def __init__(self, deviation: Deviation, place: str) -> None:
        """Keep the deviation and the place in words."""
        message = deviation.message
        super().__init__(message.ja, message.en, place=f"{place}:{deviation.line}")
        self.deviation = deviation


class Reading:
    """A file that is read: iterate once, over its records or over all its parts."""

    def __init__(self, source: Source, mode: Mode) -> None:
        """Take the source; nothing is opened before it is iterated."""
        self.place = shown_path(source if isinstance(source, str) else _name(source))
        self.mode = mode
        self._source = source
        self._scan = Scan(self.place)

    @property
    def control(self) -> Control | None:
        """Return the control record, once it has been read."""
        return self._scan.control

    @property
    def end(self) -> End | None:
        """Return the end record, once it has been read."""
        return self._scan.end

    @property
    def data_records(self) -> int:
        """Return the number of data records so far, those of unknown kinds included."""
        return self._scan.data_records

    def __iter__(self) -> Iterator[Record]:
        """Return the records; deviations are passed over (lenient) or raised (strict)."""
        return (part for part in self.parts() if type(part) is Record)

    def parts(self) -> Iterator[Part]:
        """Return control record, records, end record and deviations in the order of the file.

        Raises UnreadableFile or InvalidInput for what is no such file, DeviantFile where it is read strictly.
        """
        try:
            stream = _stream(self._source)
        except (OSError, ValueError) as error:
            raise unreadable(error, self.place) from None
        try:
            found = self._found(stream)
            yield from found if self.mode == "lenient" else self._strictly(found)
        except OSError as error:
            raise unreadable(error, self.place) from None
        finally:
            if isinstance(self._source, str | Path):
                close(stream)

    def _found(self, stream: BinaryIO) -> Iterator[Part]:
        for block in blocks(stream, self.place):
            yield from self._scan.begin(block)
            yield from self._lines(block)
            if self._scan.is_over:
                return
        yield from self._scan.finish()

    def _lines(self, block: Block) -> Iterator[Part]:
        """Match line after line against what the line before was; what does not match is looked at closer."""
        scan, offset, step = self._scan, block.offset, block.step
        number, serial = scan.line, scan.serial
        match, closer, key, table = scan.match, scan.closer, scan.key, scan.table
        for line in block.lines:
            number += 1
            if found := match(line):
                caught = found.groups()
                if b'"' in line:
                    caught = bare(caught)
                if caught[1] == key and int(caught[0]) == serial + 1:
                    for place, is_good in closer:
                        if caught[place] and not is_good(caught[place]):
                            break
                    else:
                        serial += 1
                        scan.data_records += 1
                        yield Record(table, number, offset, line, caught, True)
                        offset += len(line) + step
                        continue
            scan.line, scan.serial = number, serial
            if (record := scan.known(line, offset)) is not None:
                if scan.waiting:
                    yield from scan.waiting
                    scan.waiting = []
                yield record
            else:
                yield from scan.other(line, offset)
                if scan.is_over:
                    return
            offset += len(line) + step
            serial, match, closer, key, table = scan.serial, scan.match, scan.closer, scan.key, scan.table
        scan.line, scan.serial, scan.offset = number, serial, offset

    def _strictly(self, parts: Iterator[Part]) -> Iterator[Part]:
        for part in parts:
            if isinstance(part, Deviation):
                raise DeviantFile(part, self.place)
            yield part


def read_kokuhoren(source: Source, *, mode: Mode = "lenient") -> Reading:
    """Return the reading of a J11, J41 or J61 file of 国保連; raises InvalidCall for another mode.

    Nothing is read before the first part is asked for, and memory does not grow with the file.
    """
    if mode not in ("strict", "lenient"):
        raise InvalidCall("mode は strict か lenient です。", "mode is strict or lenient")
    return Reading(source, mode)


def _name(source: Path | bytes | BinaryIO) -> str:
    name = source if isinstance(source, Path) else getattr(source, "name", "")
    return str(name) if isinstance(name, str | Path) and str(name) else "-"


def _stream(source: Source) -> BinaryIO:
    if isinstance(source, bytes):
        return io.BytesIO(source)
    return opened(str(source)) if isinstance(source, str | Path) else source

"""Reads a mapping file; what is wrong with it is told all at once, each at its line."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias, cast

from pydantic import ValidationError

from zaitaku_rules.errors import InvalidInput, Message, UnreadableFile, nearest, shown_name
from zaitaku_rules.read.mapping.checks import Fault, faults_of
from zaitaku_rules.read.mapping.model import MappingFile
from zaitaku_rules.read.mapping.toml_lines import Path as Location
from zaitaku_rules.read.mapping.toml_lines import line_of, toml_lines
from zaitaku_rules.read.paths import shown_path, unreadable
from zaitaku_rules.records.faults import located, told
from zaitaku_rules.records.shapes import shapes

LARGEST = 1 << 20
"""The largest mapping file in bytes."""

_OWN = ("schema", "month", "ignore", "constants", "words", "file")
_INNER = {"cells", "columns"}
"""Parts of a place that stand in no file: the models put them in."""

Given: TypeAlias = Mapping[str, Sequence[Mapping[str, Any]]]


@dataclass(frozen=True, slots=True)
class MappingRead:
    """A mapping that holds together: what it says, the rows it gives itself, and where all of it stands."""

    place: str
    file: MappingFile
    given: Given
    lines: Mapping[Location, int]

    def place_of(self, *path: int | str) -> str:
        """Return file and line of an entry."""
        line = line_of(path, self.lines)
        return f"{self.place}:{line}" if line else self.place


def load_mapping(path: str) -> MappingRead | list[InvalidInput]:
    """Return the mapping of a TOML file, or all that is wrong with it."""
    place = shown_path(path)
    try:
        raw = Path(path).read_bytes()
    except (OSError, ValueError) as error:
        return [unreadable(error, place)]
    try:
        return _checked(*_parsed(raw, place), place)
    except InvalidInput as error:
        return [error]


def _parsed(raw: bytes, place: str) -> tuple[dict[str, Any], str]:
    if len(raw) > LARGEST:
        raise UnreadableFile(
            "大きすぎます。対応表(TOML)を指定してください。", "too large: name a mapping (TOML)", place=place
        )
    try:
        text = raw.decode("utf-8-sig")
        return tomllib.loads(text), text
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise UnreadableFile(
            "UTF-8 の文字ではありません。メモ帳なら「名前を付けて保存」で UTF-8 を選んでください。",
            "not UTF-8 text: save it as UTF-8",
            place=f"{place}:{line}",
        ) from None
    except RecursionError:
        raise InvalidInput("入れ子が深すぎます。", "nested too deeply", place=place) from None
    except ValueError as error:
        raise _no_toml(str(error), place) from None


def _no_toml(said: str, place: str) -> InvalidInput:
    line = re.search(r"line (\d+)", said)
    return InvalidInput(
        'TOML として読めません。列の名前と値を " で囲んだか、同じ名前を二度書いていないか確かめてください。',
        "not valid TOML: check quotes and brackets, and that no name is written twice",
        place=f"{place}:{line[1]}" if line else place,
    )


def _checked(raw: dict[str, Any], text: str, place: str) -> MappingRead | list[InvalidInput]:
    lines = toml_lines(text)
    faults = [*_unknown_keys(raw)]
    given, wrong = _given(raw)
    faults += wrong
    try:
        file = MappingFile.model_validate({name: raw[name] for name in _OWN if name in raw})
        faults += faults_of(file, given)
    except ValidationError as error:
        faults += located(told(error, MappingFile))
    else:
        if not faults:
            return MappingRead(place, file, given, lines)
    return [*_told(faults, lines, place)]


def _told(faults: Iterable[Fault], lines: Mapping[Location, int], place: str) -> Iterable[InvalidInput]:
    placed = [(line_of(_written(loc), lines), _written(loc), said) for loc, said in faults]
    for line, loc, said in sorted(placed, key=lambda one: one[0] or 0):
        name = next((part for part in reversed(loc) if isinstance(part, str)), "")
        named = f"{name}: " if re.fullmatch(r"\w{1,40}", name, re.ASCII) else ""
        yield InvalidInput(
            f"{named}{said.ja}", f"{named}{said.en}", place=f"{place}:{line}" if line else place
        )


def _written(loc: Location) -> Location:
    return tuple(part for part in loc if part not in _INNER)


def _unknown_keys(raw: Mapping[str, Any]) -> Iterable[Fault]:
    known = [*_OWN, *shapes()]
    for name in raw:
        if name not in known:
            near, listed = nearest(name.lower(), known), ", ".join(known)
            said = Message(
                f"知らない項目です。{f'{near} のことですか。' if near else ''}使える項目: {listed}",
                f"unknown entry{f'; did you mean {near}?' if near else ''} (known: {listed})",
            )
            yield (name,) if name == shown_name(name) else (), said


def _given(raw: Mapping[str, Any]) -> tuple[Given, list[Fault]]:
    """Return the rows that the mapping itself gives, by table, and what is not the form of rows."""
    found, faults = dict[str, list[dict[str, Any]]](), list[Fault]()
    for table in shapes():
        rows: Any = raw.get(table, [])
        if isinstance(rows, list) and all(isinstance(row, dict) for row in cast("Iterable[Any]", rows)):
            found |= {table: rows} if table in raw else {}
        else:
            said = Message(
                f"行の一覧ではありません。[[{table}]] の下に、列の名前 = 値 の形で書いてください。",
                f"not a list of rows: write [[{table}]] and below it column = value",
            )
            faults.append(((table,), said))
    return found, faults

"""Who is who: certificate numbers of billing files to users of case files, offices to providers."""

from __future__ import annotations

import codecs
import csv
import io
import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, TypeAlias, cast

from zaitaku_rules.billing.home_use_words import no_toml
from zaitaku_rules.errors import InvalidInput, UnreadableFile, shown_name
from zaitaku_rules.read import shown_path
from zaitaku_rules.records.written import provider_written

_Kind: TypeAlias = Literal["certificates", "offices"]
_Pair: TypeAlias = tuple[str, _Kind, object, object]
"""Where two values stand, what they are, and both."""

_HEADINGS: dict[str, _Kind] = {
    "certificate": "certificates",
    "certificate_number": "certificates",
    "受給者証番号": "certificates",
    "受給者証": "certificates",
    "office": "offices",
    "office_number": "offices",
    "事業所番号": "offices",
    "事業所": "offices",
}
_TABLES: tuple[_Kind, ...] = ("certificates", "offices")
_CERTIFICATE = re.compile(r"[0-9]{1,10}|[0-9A-Z]{10}")
_LARGEST = 64 << 20


@dataclass(frozen=True, slots=True)
class Persons:
    """Which user of the case files a certificate number belongs to, and which provider an office is.

    Where nothing is given, a certificate number is the user's id by itself, and an office its own number.
    """

    users: Mapping[str, str] | None = None
    providers: Mapping[str, str] = field(default_factory=dict[str, str])

    def user_of(self, certificate: str) -> str | None:
        """Return the user of a certificate number; None where the mapping does not name it."""
        return certificate if self.users is None else self.users.get(certificate)

    def provider_of(self, office: str) -> str:
        """Return the provider number of an office."""
        return self.providers.get(office, office)


def read_persons(path: str | Path) -> Persons:
    """Return who is who by a mapping file: CSV of two columns, or TOML; raises InvalidInput.

    CSV (UTF-8 or CP932): certificate number, user. A heading 受給者証番号 or 事業所番号 (certificate, office)
    says what follows below it. TOML: the tables [certificates] and [offices]. No message holds a number.
    """
    place = shown_path(str(path))
    try:
        with Path(path).open("rb") as stream:
            raw = stream.read(_LARGEST + 1)
    except (OSError, ValueError):
        raise _unreadable(place) from None
    text = _decoded(raw, place)
    pairs = _of_toml(text, place) if place.lower().endswith(".toml") else _of_csv(text, place)
    return persons_of(pairs)


def persons_of(pairs: Iterable[_Pair]) -> Persons:
    """Return who is who by pairs of values, each with its place; raises InvalidInput for a wrong one."""
    users, providers = dict[str, str](), dict[str, str]()
    for place, kind, left, right in pairs:
        if kind == "certificates":
            _add(users, _certificate(left, place), _user(right, place), place)
        else:
            _add(providers, _office(left, place), _office(right, place), place)
    return Persons(users, providers)


def _add(held: dict[str, str], left: str, right: str, place: str) -> None:
    if held.setdefault(left, right) != right:
        raise InvalidInput(
            "同じ番号が二度あり、行き先が違います。どちらかを消してください。",
            "the same number stands twice with different targets: delete one",
            place=place,
        )


def _certificate(value: object, place: str) -> str:
    """Return a certificate number with the zeros that Excel takes away."""
    text = _normal(value)
    if not _CERTIFICATE.fullmatch(text):
        raise InvalidInput(
            "受給者証番号ではありません。数字10桁で書いてください(Excel では列の書式を文字列に)。",
            "not a certificate number: write ten digits (in Excel, format the column as text)",
            place=place,
        )
    return text.zfill(10)


def _user(value: object, place: str) -> str:
    if not isinstance(value, str) or not value.strip():
        raise InvalidInput(
            "利用者IDがありません。ケースの user.id を書いてください。",
            "no user: write the user.id of the case file",
            place=place,
        )
    return value.strip()


def _office(value: object, place: str) -> str:
    number = provider_written(_normal(value))
    if number is None:
        raise InvalidInput(
            "事業所番号ではありません。検査数字を含む10桁で書いてください。",
            "not a provider number: write its ten characters with the check digit",
            place=place,
        )
    return number


def _normal(value: object) -> str:
    return unicodedata.normalize("NFKC", value).strip().upper() if isinstance(value, str) else ""


def _decoded(raw: bytes, place: str) -> str:
    if len(raw) > _LARGEST or b"\0" in raw:
        raise _unreadable(place)
    for encoding in ("utf-8-sig", "cp932"):
        try:
            return codecs.decode(raw, encoding)
        except UnicodeDecodeError:
            continue
    raise _unreadable(place)


def _unreadable(place: str) -> UnreadableFile:
    return UnreadableFile(
        "対応表を読めません。2列の CSV(UTF-8 か Shift_JIS)か TOML のファイルを指定してください。",
        "the mapping cannot be read: give a CSV of two columns (UTF-8 or Shift_JIS) or a TOML file",
        place=place,
    )


def _of_csv(text: str, place: str) -> Iterator[_Pair]:
    kind: _Kind = "certificates"
    reader = csv.reader(io.StringIO(text, newline=""))
    try:
        for row in reader:
            cells = [cell.strip() for cell in row]
            while len(cells) > 2 and not cells[-1]:
                cells.pop()
            here = f"{place}:{reader.line_num}"
            if not any(cells):
                continue
            if heading := _HEADINGS.get(unicodedata.normalize("NFKC", cells[0]).lower()):
                kind = heading
            elif len(cells) == 2:
                yield here, kind, cells[0], cells[1]
            else:
                raise _not_two(here)
    except csv.Error:
        raise _not_two(f"{place}:{reader.line_num}") from None


def _not_two(place: str) -> InvalidInput:
    return InvalidInput(
        "2列ではありません。受給者証番号と利用者IDをコンマで区切ってください。",
        "not two columns: write certificate number and user, separated by a comma",
        place=place,
    )


def _of_toml(text: str, place: str) -> Iterator[_Pair]:
    try:
        given: dict[str, Any] = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise no_toml(error, place) from None
    for name, table in given.items():
        if name not in _TABLES or not isinstance(table, dict):
            raise InvalidInput(
                "[certificates] と [offices] の表だけを書けます。",
                "only the tables [certificates] and [offices] are known",
                place=f"{place}: {shown_name(name)}",
            )
        for number, (left, right) in enumerate(cast("dict[str, object]", table).items(), 1):
            yield f"{place}: [{name}] {number}", name, left, right

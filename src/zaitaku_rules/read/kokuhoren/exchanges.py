"""The kinds of exchange information: which are read, which are passed over, and which files are declined."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Literal

from zaitaku_rules.errors import InvalidInput, UnreadableFile


@dataclass(frozen=True, slots=True)
class Exchange:
    """One kind of exchange information, by the beginning of its number, and what becomes of it here."""

    number: str
    fate: Literal["read", "passed", "declined"]
    data_kind: str
    short: str
    ja: str
    en: str


@lru_cache(maxsize=1)
def exchanges() -> Mapping[str, Exchange]:
    """Return the kinds of exchange information by their numbers."""
    raw = (files("zaitaku_rules.read.kokuhoren") / "layouts" / "exchanges.toml").read_text("utf-8")
    return {
        number: Exchange(
            number, told["fate"], told.get("data_kind", ""), told.get("short", ""), told["ja"], told["en"]
        )
        for number, told in tomllib.loads(raw)["exchange"].items()
    }


@lru_cache(maxsize=256)
def exchange_of(number: str) -> Exchange | None:
    """Return the kind of exchange information that a 交換情報識別番号 or データ種別 names, or None."""
    known = exchanges()
    declined = (known[number[:size]] for size in (1, 2, 3) if number[:size] in known)
    return known.get(number) or next((one for one in declined if one.fate == "declined"), None)


@lru_cache(maxsize=256)
def written_short(number: str) -> str:
    """Return the 交換情報識別番号 that is meant where some programs write it short."""
    return next((one.number for one in exchanges().values() if one.short == number), number)


def refuse_declined(number: str, place: str) -> None:
    """Raise InvalidInput where a 交換情報識別番号 or データ種別 is of a file that is not read here."""
    exchange = exchange_of(number)
    if exchange is not None and exchange.fate == "declined":
        raise InvalidInput(
            f"{exchange.ja}のファイルです({exchange.number}…)。読むのはJ11、J41、J61のファイルだけです。",
            f"{exchange.en} ({exchange.number}...): only files J11, J41 and J61 are read",
            place=place,
        )


def refuse_foreign(first: bytes, items: list[bytes], place: str) -> None:
    """Raise InvalidInput where the first line of a file is neither a control record nor a known record."""
    names = [item.decode("ascii", "replace") for item in items[:5]]
    for name in (names[0], *names[2:3], *names[4:]):
        refuse_declined(name, place)
    is_control = names[0] == "1" and len(names) == 5
    if is_control or (names[0] == "2" and exchange_of(written_short("".join(names[2:3])))):
        return
    is_binary = b"\0" in first or first.startswith((b"PK\x03\x04", b"%PDF", b"\xff\xfe", b"\xfe\xff"))
    if is_binary:
        raise UnreadableFile(
            "文字(CP932)のファイルではありません。国保連に送るCSVファイルを指定してください。",
            "not a text file in CP932: name the CSV file that is sent to the federation",
            place=place,
        )
    raise UnreadableFile(
        "国保連インタフェースのファイルではありません(1行目がコントロールレコードではありません)。",
        "not a file of the 国保連 interface: its first line is no control record",
        place=place,
    )

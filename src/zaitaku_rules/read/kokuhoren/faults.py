"""One line looked at item by item: what deviates, and what it says all the same."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import NamedTuple

from zaitaku_rules.errors import shown_value
from zaitaku_rules.read.kokuhoren.deviation import Kind
from zaitaku_rules.read.kokuhoren.fields import Field
from zaitaku_rules.read.kokuhoren.layout import Item
from zaitaku_rules.read.kokuhoren.patterns import value_pattern
from zaitaku_rules.read.kokuhoren.values import calendar_day, clock, is_municipality, is_office, looks_utf8

_FORBIDDEN = re.compile(rb"[\x00-\x1f']")
_NEEDS_QUOTES = re.compile(rb"[ \x81-\x9f\xe0-\xfc]")
_WITHDRAWN = frozenset(map(str, range(8, 36))) - {"20"} | {"08", "09"}
_PRIVATE = re.compile("[\ue000-\uf8ff]")
_SIGNS = {
    "A": re.compile("[0-9A-Z｡-ﾟ ]+"),
    "N": re.compile("-?[0-9]+"),
    "C": re.compile("[0-9]+"),
}
_WRONG_FORM: dict[str, Kind] = {
    "month": "bad_month", "date": "bad_date", "day": "bad_day", "time": "bad_time",
    "service": "bad_number", "service_code": "bad_number", "municipality": "bad_number",
    "office": "bad_number", "person": "bad_number", "code": "wrong_length",
}  # fmt: skip
_EXPECTED = {"month": "YYYYMM", "date": "YYYYMMDD", "time": "HHMM"}
_SHOWN = frozenset({"month", "date", "day", "time", "number", "signed", "code", "service", "fixed"})


class Fault(NamedTuple):
    """What is wrong with a value: the kind, how far into the value, what should stand there."""

    kind: Kind
    place: int = 0
    expected: str = ""


class Told(NamedTuple):
    """A value as it is taken, and the fault of its writing, if any."""

    raw: bytes
    fault: Fault | None


def told(item: Item, field: Field, days: int) -> Told:
    """Return what an item says, brought to the form of the specification where that can be done."""
    raw = field.raw
    if fault := _unreadable(field):
        if fault.kind != "utf8":
            return Told(b"", fault)
        meant = replace(field, raw=raw.decode("utf-8").encode("cp932", "replace"))
        read = told(item, meant, days)
        return Told(read.raw, read.fault or fault)
    text = raw.decode("cp932")
    if not text:
        return Told(b"", Fault("missing") if item.need == "required" else None)
    if item.type in ("C", "N") and not text.strip("0") and not item.values and item.format != "time":
        return _zeros(item, raw)
    if item.values == ("0",) and item.type == "C" and not text.strip("0"):
        return Told(b"0", None)
    if item.need == "unused":
        return Told(raw, None if item.type in ("C", "N") and not text.strip("0") else Fault("not_used"))
    if mended := _mended(item, text):
        return mended
    return Told(raw, _lexical(item, field, text) or _fault(item, raw, text, days))


def shown(item: Item, field: Field) -> str | None:
    """Return a value where it can be no personal data: short digits of an item that holds none."""
    text = field.raw.decode("ascii", "replace")
    return shown_value(text) if item.format in _SHOWN and field.raw else None


def _unreadable(field: Field) -> Fault | None:
    if not field.is_sound:
        return Fault("bad_quotes")
    if found := _FORBIDDEN.search(field.raw):
        return Fault("forbidden_byte", found.start())
    if field.raw.isascii():
        return None
    if looks_utf8(field.raw):
        return Fault("utf8")
    try:
        field.raw.decode("cp932")
    except UnicodeDecodeError as error:
        return Fault("undecodable", error.start)
    return None


def _zeros(item: Item, raw: bytes) -> Told:
    """Return a value of zeros alone: for a code it is not set, for a number it is zero or left out."""
    if item.type == "C":
        return Told(b"", Fault("missing") if item.need == "required" else None)
    return Told(raw, Fault("too_long", 0, f"<= {item.size} bytes") if len(raw) > item.size else None)


def _mended(item: Item, text: str) -> Told | None:
    """Return the value of a text that some programs write otherwise than the specification says."""
    if item.format == "day" and len(text) == 1 and "1" <= text <= "9":
        return Told(b"0" + text.encode(), Fault("short_day", 0, f"0{text}"))
    if item.format == "time" and len(text) == 6 and clock(text) is not None:
        return Told(text[:4].encode(), Fault("seconds", 4, text[:4]))
    if item.slug == "region" and text in _WITHDRAWN:
        return Told(text.encode(), Fault("withdrawn_region", 0, "|".join(item.values)))
    return None


def _lexical(item: Item, field: Field, text: str) -> Fault | None:
    if found := _PRIVATE.search(text):
        return Fault("private_sign", len(text[: found.start()].encode("cp932")))
    signs = _SIGNS.get(item.type)
    if (not signs.fullmatch(text)) if signs else not all(_is_full_width(sign) for sign in text):
        return Fault("wrong_type")
    if not field.is_quoted and _NEEDS_QUOTES.search(field.raw):
        return Fault("needs_quotes")
    if item.type == "N" and text.startswith("-") and item.format != "signed":
        return Fault("negative")
    if len(field.raw) > item.size:
        return Fault("too_long", item.size, f"<= {item.size} bytes")
    return None


def _is_full_width(sign: str) -> bool:
    return len(sign.encode("cp932", "replace")) == 2


def _fault(item: Item, raw: bytes, text: str, days: int) -> Fault | None:
    """Return what is wrong with the value of a text whose signs and length may stand there."""
    if item.format in ("text", "kana") or re.fullmatch(value_pattern(item, days), raw):
        is_checked = {"office": is_office, "municipality": is_municipality}.get(item.format)
        if is_checked is None or is_checked(text):
            return None
        kind: Kind = "office_check_digit" if item.format == "office" else "municipality_check_digit"
        return Fault(kind, len(text) - 1)
    if item.format == "date" and calendar_day(text):
        return None
    if item.type == "C" and len(text) != item.size:
        return Fault("wrong_length", 0, f"{item.size} bytes")
    if item.values:
        return Fault("unknown_code", 0, "|".join(item.values))
    return Fault(_WRONG_FORM[item.format], 0, _EXPECTED.get(item.format, ""))

"""Near misses that the reader tells: for each kind of deviation one, which brings about no other kind."""

from __future__ import annotations

from collections.abc import Mapping

from zaitaku_rules.testing.kokuhoren.claims import claims_file
from zaitaku_rules.testing.kokuhoren.month import OfficeMonth
from zaitaku_rules.testing.kokuhoren.pair import (
    Change,
    Pair,
    in_claim_bytes,
    in_claims,
    in_control,
    in_record_bytes,
    in_records,
    of_lines,
    replaced,
    with_items,
)
from zaitaku_rules.testing.kokuhoren.rows import BillingFile, Row
from zaitaku_rules.testing.kokuhoren.sheets import records_file

_OTHER_OFFICE = "1319900021"


def _mixed(month: OfficeMonth) -> Pair:
    claims, records = claims_file(month), records_file(month)
    both = BillingFile("J11", month.office, month.processing_month(), (*claims.rows, *records.rows))
    return Pair(both.to_bytes(), b"")


def _apart(rows: tuple[Row, ...]) -> tuple[Row, ...]:
    return tuple(sorted(rows, key=lambda row: row.kind))


def _last_person(rows: tuple[Row, ...], **items: str) -> tuple[Row, ...]:
    last = rows[-1].items["person"]
    return tuple(row.but(**items) if row.items["person"] == last else row for row in rows)


def _swapped(rows: tuple[Row, ...]) -> tuple[Row, ...]:
    place = next(place for place, row in enumerate(rows) if row.kind == "J121-02")
    return (*rows[:place], rows[place + 1], rows[place], *rows[place + 2 :])


def _added(line: bytes) -> Change:
    """Return the change that adds a data line before the end, counted and numbered."""

    def change(lines: list[bytes]) -> list[bytes]:
        control = lines[0].split(b",")
        control[3] = b"%d" % (int(control[3]) + 1)
        serial = int(lines[-1].split(b",")[1])
        return [b",".join(control), *lines[1:-1], b"2,%d,%b" % (serial, line), b"3,%d" % (serial + 1)]

    return in_record_bytes(of_lines(change))


def _cut(lines: list[bytes]) -> list[bytes]:
    """Cut the records as software of the years before 2024 writes them."""
    sizes = {b"01": 154, b"02": 98}
    return [
        b",".join(items[: sizes[items[3]]]) if items[0] == b"2" else line
        for line in lines
        for items in (line.split(b","),)
    ]


def _renumbered(lines: list[bytes]) -> list[bytes]:
    return [*lines[:3], lines[3].replace(b"2,4,", b"2,14,", 1), *lines[4:]]


IN_FILES: Mapping[str, Change] = {
    "byte_order_mark": in_record_bytes(lambda raw: b"\xef\xbb\xbf" + raw),
    "utf8": in_record_bytes(lambda raw: raw.decode("cp932").encode()),
    "line_feed": in_record_bytes(lambda raw: raw.replace(b"\r\n", b"\n")),
    "no_final_line_end": in_record_bytes(lambda raw: raw.removesuffix(b"\r\n")),
    "blank_line": in_record_bytes(of_lines(lambda lines: [*lines[:5], b"", *lines[5:]])),
    "unknown_line": in_record_bytes(of_lines(lambda lines: [*lines[:5], b"9,6", *lines[5:]])),
    "no_control": in_record_bytes(of_lines(lambda lines: lines[1:])),
    "second_control": in_record_bytes(of_lines(lambda lines: [*lines[:5], lines[0], *lines[5:]])),
    "no_end": in_record_bytes(of_lines(lambda lines: lines[:-1])),
    "after_end": in_record_bytes(lambda raw: raw + b"\x1a\r\n"),
    "serial": in_record_bytes(of_lines(_renumbered)),
    "count": in_control(data_records="1"),
    "data_kind": in_control(data_kind="J11"),
    "mixed_kinds": _mixed,
    "other_office": in_records(lambda rows: _last_person(rows, office=_OTHER_OFFICE)),
    "passed_record": _added(b"J131,01,202504,139998,1319900013"),
    "unknown_record": _added(b"J999,01,202504,139998,1319900013"),
    "rows_apart": in_records(_apart),
    "out_of_order": in_claims(_swapped),
    "other_form": in_records(lambda rows: _last_person(rows, form="1301")),
    "control_value": in_control(volume="1"),
    "medium": in_control(medium="7"),
    "reserve": in_control(reserve=" " * 6),
}
"""What breaks a rule of the file."""

IN_ITEMS: Mapping[str, Change] = {
    "short_identification": in_claim_bytes(lambda raw: raw.replace(b",J111,", b",J11,")),
    "short_record_type": in_record_bytes(lambda raw: raw.replace(b",J611,02,", b",J611,2,")),
    "short_day": in_records(with_items("J611-02", day="1")),
    "seconds": in_records(with_items("J611-02", start="100000")),
    "withdrawn_region": in_claims(with_items("J121-01", region="11")),
    "short_record": in_record_bytes(of_lines(_cut)),
    "extra_commas": in_record_bytes(of_lines(lambda lines: [*lines[:2], lines[2] + b",,", *lines[3:]])),
    "extra_items": in_record_bytes(of_lines(lambda lines: [*lines[:2], lines[2] + b",1", *lines[3:]])),
    "bad_quotes": in_record_bytes(replaced(b'",', b'"1,')),
    "needs_quotes": in_record_bytes(lambda raw: raw.replace(b'"', b"")),
    "forbidden_byte": in_claims(with_items("J121-01", name_kana="ﾃｽﾄ'ﾀﾛｳ")),
    "undecodable": in_record_bytes(replaced(b'",', b'\x8d",')),
    "private_sign": in_records(with_items("J611-02", remarks="\ue000")),
    "missing": in_records(with_items("J611-02", 1, day="")),
    "not_used": in_records(with_items("J611-02", counted_hours="0400")),
    "wrong_type": in_records(with_items("J611-02", remarks="ZAITAKU")),
    "too_long": in_records(with_items("J611-02", remarks="在" * 51)),
    "wrong_length": in_claims(with_items("J121-02", begin="2024101")),
    "negative": in_claims(with_items("J121-05", entry_number="-1")),
    "unknown_code": in_records(with_items("J611-02", 4, status="7")),
    "bad_month": in_claims(with_items("J121-04", exception_from="202513", exception_through="202603")),
    "bad_date": in_claims(with_items("J121-05", contract_begin="20240230")),
    "bad_day": in_records(with_items("J611-02", 10, day="31")),
    "bad_time": in_records(with_items("J611-02", end="2560")),
    "bad_number": in_claims(with_items("J121-05", decision_code="46I000")),
    "office_check_digit": in_claims(with_items("J121-01", managing_office="1319900014")),
    "municipality_check_digit": in_claims(with_items("J121-01", subsidising_municipality="139999")),
}
"""What breaks a rule of a record or of one of its items."""

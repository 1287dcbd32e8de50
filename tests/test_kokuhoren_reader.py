"""Files of the 国保連 interface: read as they stand, whatever stands there, in bounded memory."""

from __future__ import annotations

import io
import re
import subprocess
import sys
import tracemalloc
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, time
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zaitaku_rules.errors import InvalidCall, InvalidInput, InvalidLaw, UnreadableFile
from zaitaku_rules.read.kokuhoren import (
    KINDS,
    Control,
    DeviantFile,
    Deviation,
    End,
    Key,
    Part,
    Record,
    layouts,
    read_kokuhoren,
    table_of,
)
from zaitaku_rules.read.kokuhoren.changes import changes_of
from zaitaku_rules.read.kokuhoren.fields import fields_of
from zaitaku_rules.read.kokuhoren.matching import Matcher
from zaitaku_rules.read.kokuhoren.patterns import value_pattern
from zaitaku_rules.read.kokuhoren.slow import kind_of, record_of
from zaitaku_rules.testing.kokuhoren import (
    BillingFile,
    NearMiss,
    Row,
    all_near_misses,
    big_claims,
    big_records,
    claims_file,
    plain_month,
    random_month,
    records_file,
)
from zaitaku_rules.testing.kokuhoren.rows import Quoting

HERE = Path(__file__).parent / "kokuhoren"
SAMPLES = {name: (HERE / f"{name}.CSV").read_bytes() for name in ("J11", "J61")}
NEAR_MISSES = all_near_misses()


QUOTINGS: list[Quoting] = ["needed", "values", "all"]


def parts(raw: bytes) -> list[Part]:
    return list(read_kokuhoren(raw).parts())


def deviations(raw: bytes) -> list[Deviation]:
    return [part for part in parts(raw) if isinstance(part, Deviation)]


def records(raw: bytes) -> list[Record]:
    return list(read_kokuhoren(raw))


def changed(raw: bytes, old: bytes, new: bytes) -> bytes:
    assert old in raw
    return raw.replace(old, new, 1)


# The samples of the facts, which were generated from the item tables.


@pytest.mark.parametrize("name", SAMPLES)
def test_the_samples_read_strictly(name: str) -> None:
    reading = read_kokuhoren(HERE / f"{name}.CSV", mode="strict")
    found = list(reading.parts())
    assert isinstance(found[0], Control)
    assert isinstance(found[-1], End)
    assert all(isinstance(part, Record) and part.conforms for part in found[1:-1])
    assert reading.data_records == len(found) - 2 == reading.control.value("data_records")  # type: ignore[union-attr]
    assert reading.end == found[-1]


def test_an_item_is_reached_by_slug_and_by_position_with_text_value_and_offset() -> None:
    raw = SAMPLES["J61"]
    row = next(record for record in records(raw)[1:] if record.text("remarks"))
    assert (row.kind, row.identification, row.serial, row.line) == ("J611-02", "J611", 5, 5)
    assert row.key == Key("202504", "139998", "1319900013", "9999000001", "1701")
    assert (row.text("day"), row.value("day"), row.value(9)) == ("03", 3, 3)
    assert (row.value("start"), row.value("end")) == (time(10), time(15))
    assert row.value("month") == "2025-04"
    assert (row.text(35), row.value("status"), row.text("status")) == ("在宅利用", None, "")
    assert len(row.raw) == len(row.table.items) == 113
    assert raw[row.offset_of("remarks") :].startswith('"在宅利用"'.encode("cp932"))
    assert raw[row.offset_of(9) :].startswith(b"03,")
    assert (row.item("remarks").name, row.table.kind) == ("備考", "J611-02")
    assert row.values()["start"] == time(10)
    place = row.table.places["remarks"]
    assert row.caught[place].decode("cp932") == "在宅利用"
    days = next(record for record in records(SAMPLES["J11"]) if record.kind == "J121-02")
    assert days.value("begin") == date(2024, 10, 1)
    assert days.value("hospital_days") is None
    for none in ("use_day", 0, 13, "day"):
        with pytest.raises(InvalidCall, match="J121-02 has no such item"):
            days.text(none)
    with pytest.raises(InvalidCall, match="perhaps use_days"):
        days.value("use_day")


def test_the_control_record_tells_its_items() -> None:
    reading = read_kokuhoren(SAMPLES["J11"])
    assert reading.control is None
    list(reading)
    control = reading.control
    assert control is not None
    assert (control.text("data_kind"), control.value("processing_month")) == ("J11", "2025-05")
    assert control.value("data_records") == 9
    assert control.value("municipality") == "0"
    assert SAMPLES["J11"][control.offset_of("office") :].startswith(b"1319900013,")


# Layouts: dated data.


def test_each_record_has_as_many_items_as_the_specification_prints() -> None:
    counts = {kind: len(layout.items()) for kind, layout in layouts().items()}
    assert counts == {
        "control": 11, "J111-01": 23, "J111-02": 14, "J121-01": 35, "J121-02": 12, "J121-03": 11,
        "J121-04": 33, "J121-05": 11, "J411-01": 14, "J411-02": 11, "J611-01": 172, "J611-02": 113,
    }  # fmt: skip


def used(kind: str, month: str, form: str) -> set[int]:
    return {item.position for item in layouts()[kind].items(month, form) if item.need != "unused"}


HEAD = set(range(1, 8))
USED_01 = HEAD | {34, 45, 51, 52, 53, 54, 70, 71, 72, 117, 125, 156, 167, 168}
USED_02 = HEAD | {9, 14, 15, 21, 22, 27, 28, 29, 32, 35, 36, 74, 83, 107, 108}


@pytest.mark.parametrize(
    ("month", "form", "lacks_01", "lacks_02"),
    [
        ("202404", "1601", set[int](), set[int]()),
        ("202404", "1701", set[int](), set[int]()),
        ("202403", "1601", {156, 167, 168}, {107, 108}),
        ("202104", "1701", {156, 167, 168}, {107, 108}),
        ("202103", "1601", {156, 167, 168, 145}, {107, 108, 89}),
        ("202103", "1701", {156, 167, 168, 152}, {107, 108, 96}),
        ("201803", "1601", {156, 167, 168, 145, 117, 125, 127}, {107, 108, 89, 74, 83, 85}),
        ("201803", "1701", {156, 167, 168, 152, 117, 125}, {107, 108, 96, 74, 83}),
        ("201203", "1601", {156, 167, 168, 145, 117, 125, 127, 34}, {107, 108, 89, 74, 83, 85, 21, 22}),
        ("200903", "1701", {156, 167, 168, 152, 117, 125, 34}, {107, 108, 96, 74, 83, 21, 22, 36}),
    ],
)
def test_older_months_lack_items(month: str, form: str, lacks_01: set[int], lacks_02: set[int]) -> None:
    more_01, more_02 = ({127, 145}, {85, 89}) if form == "1601" else ({152}, {96})
    assert used("J611-01", month, form) == (USED_01 | more_01) - lacks_01
    assert used("J611-02", month, form) == (USED_02 | more_02) - lacks_02


def test_values_and_needs_change_with_the_month() -> None:
    def item(kind: str, month: str, slug: str) -> tuple[str, tuple[str, ...]]:
        found = table_of(kind, month, "1601").items[layouts()[kind].places[slug] - 1]
        return found.need, found.values

    assert item("J611-02", "202103", "offsite") == ("applicable", ("1", "2"))
    assert item("J611-02", "202104", "offsite") == ("applicable", ("1",))
    assert item("J611-02", "202103", "medical_cooperation")[1] == ("1", "2", "4")
    assert item("J121-01", "201303", "special_measures")[0] == "applicable"
    assert item("J121-01", "201304", "special_measures")[0] == "unused"
    assert table_of("J611-02", "202504", "1701") is table_of("J611-02", "202506", "1701")
    assert table_of("J611-02", "202504", "1701") is not table_of("J611-02", "202505", "1701")
    with pytest.raises(InvalidCall, match="J611-02"):
        table_of("J999-01")


def test_the_tables_are_loaded_when_a_file_is_read_and_not_before() -> None:
    code = (
        "import sys, zaitaku_rules, zaitaku_rules.read\n"
        "assert not [name for name in sys.modules if 'kokuhoren' in name]\n"
        "from zaitaku_rules.read.kokuhoren import layouts\n"
        "print(layouts.cache_info().currsize)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "0\n"


GOOD = {"record": "J611-01", "items": [34], "through": "2012-03", "need": "unused", "source": "p1"}


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"record": "J999-01"}, "unknown record"),
        ({"through": "2012"}, "YYYY-MM"),
        ({"from": "2012-04"}, "either"),
        ({"items": []}, "positions from 3"),
        ({"items": [2]}, "positions from 3"),
        ({"need": "required"}, "only be unused"),
        ({"source": ""}, "no source"),
    ],
)
def test_a_change_that_makes_no_sense_is_refused(changes: dict[str, object], said: str) -> None:
    assert changes_of([GOOD], {"J611-01"})
    with pytest.raises(InvalidLaw, match=said):
        changes_of([{**GOOD, **changes}], {"J611-01"})
    with pytest.raises(InvalidLaw, match="changes nothing"):
        changes_of([{key: value for key, value in GOOD.items() if key != "need"}], {"J611-01"})


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("9,day,", "10,day,", "count up"),
        ("日付,C,", "日付,X,", "type"),
        ("C,2,required,required,day", "C,0,required,required,day", "size"),
        ("required,required,day", "needed,required,day", "need"),
        ("required,required,day", "required,required,weekday", "format"),
        (",8\n", ",88\n", "longer"),
        (",start,", ",day,", "same slug"),
    ],
)
def test_an_item_table_that_contradicts_itself_is_refused(
    monkeypatch: pytest.MonkeyPatch, old: str, new: str, said: str
) -> None:
    from zaitaku_rules.read.kokuhoren import layout

    whole = layout._text  # pyright: ignore[reportPrivateUsage]

    def text(name: str) -> str:
        return whole(name).replace(old, new) if name == "J611-02.csv" else whole(name)

    monkeypatch.setattr(layout, "_text", text)
    with pytest.raises(InvalidLaw, match=said):
        layout.layouts.__wrapped__()


# What is written is read.


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10**6), quoting=st.sampled_from(QUOTINGS),
       month=st.sampled_from(["202404", "202502", "202504", "202612"]))  # fmt: skip
def test_what_is_written_is_read_without_a_deviation(seed: int, quoting: Quoting, month: str) -> None:
    described = random_month(seed, people=4, month=month)
    for file in (claims_file(described), records_file(described)):
        written = replace(file, quoting=quoting)
        found = list(read_kokuhoren(written.to_bytes(), mode="strict"))
        assert [list(record.raw) for record in found] == [row.texts() for row in file.rows]
        assert [record.kind for record in found] == [row.kind for row in file.rows]
        assert all(record.conforms for record in found)
        for record, row in zip(found, file.rows, strict=True):
            assert [text.decode("cp932") for text in record.caught[2:]] == [
                row.items.get(slug, "") for slug in record.table.layout.caught
            ]


def test_big_files_conform_and_add_up() -> None:
    for lines in (big_records(450), big_claims(450)):
        found = list(read_kokuhoren(b"".join(lines), mode="strict"))
        persons = {record.key.person for record in found if record.kind in ("J611-01", "J121-01")}
        assert len(persons) == 450
        claims = [record for record in found if record.kind == "J111-01"]
        statements = [record for record in found if record.kind == "J121-01"]
        assert sum(int(record.text("cost")) for record in claims) == sum(
            int(record.text("cost")) for record in statements
        )


# Near misses.


def test_the_plain_month_conforms() -> None:
    month = plain_month()
    assert not deviations(claims_file(month).to_bytes())
    assert not deviations(records_file(month).to_bytes())


def test_words_that_do_not_fit_the_kinds_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    from zaitaku_rules.read.kokuhoren import deviation

    monkeypatch.setattr(deviation, "KINDS", KINDS[1:])
    with pytest.raises(InvalidLaw, match="byte_order_mark"):
        deviation._words.__wrapped__()  # pyright: ignore[reportPrivateUsage]


def test_every_kind_of_deviation_has_a_near_miss_and_words() -> None:
    assert {miss.kind for miss in NEAR_MISSES} - {""} == set(KINDS)
    assert len({miss.slug for miss in NEAR_MISSES}) == len(NEAR_MISSES)


@pytest.mark.parametrize("miss", NEAR_MISSES, ids=lambda miss: miss.slug)
def test_a_near_miss_brings_about_its_deviation_and_no_other(miss: NearMiss) -> None:
    pair, plain = miss.files(), plain_month()
    assert (pair.claims, pair.records) != (claims_file(plain).to_bytes(), records_file(plain).to_bytes())
    found = {raw: deviations(raw) for raw in (pair.claims, pair.records) if raw}
    assert {one.kind for several in found.values() for one in several} == {miss.kind} - {""}
    for raw, several in found.items():
        for one in several:
            assert 0 <= one.offset <= len(raw)
            assert raw[: one.offset].count(b"\n") in (one.line - 1, one.line)
            told = one.message.ja + one.message.en + str(one.found)
            assert "999900000" not in told
            assert "ﾃｽﾄ" not in told
        if several:
            with pytest.raises(DeviantFile) as raised:
                list(read_kokuhoren(raw, mode="strict"))
            assert raised.value.deviation == several[0]
            assert raised.value.place.endswith(f":{several[0].line}")
        else:
            list(read_kokuhoren(raw, mode="strict"))


WHERE = {
    "short_day": ("J611-02", "day", "1", "01"),
    "seconds": ("J611-02", "start", "100000", "1000"),
    "unknown_code": ("J611-02", "status", "7", "8"),
    "too_long": ("J611-02", "remarks", None, "<= 100 bytes"),
    "office_check_digit": ("J121-01", "managing_office", None, ""),
    "medium": ("control", "medium", "7", "1"),
    "withdrawn_region": ("J121-01", "region", "11", "01|02|03|04|05|06|07|20"),
}


@pytest.mark.parametrize("kind", WHERE)
def test_a_deviation_tells_its_item_what_was_found_and_what_is_expected(kind: str) -> None:
    pair = next(miss for miss in NEAR_MISSES if miss.slug == kind).files()
    [one] = deviations(pair.claims) + deviations(pair.records)
    assert (one.record, one.slug, one.found, one.expected) == WHERE[kind]
    assert one.column == one.position + (0 if one.record == "control" else 2)
    assert one.slug in one.message.en
    assert "項目" in one.message.ja


AT = {
    "seconds": b"00,1500",
    "unknown_code": b"7,",
    "undecodable": b'\x8d"',
    "forbidden_byte": b"'",
    "private_sign": b'\xf0\x40"',
    "too_long": '在",'.encode("cp932"),
    "office_check_digit": b"4,",
    "short_day": b"1,",
    "medium": b"7,",
    "utf8": '在宅利用"'.encode(),
    "serial": b"14,J611",
    "no_end": b"",
    "no_final_line_end": b"",
}


@pytest.mark.parametrize("kind", AT)
def test_the_offset_is_that_of_the_first_byte_in_question(kind: str) -> None:
    pair = next(miss for miss in NEAR_MISSES if miss.slug == kind).files()
    raw, one = next((raw, one) for raw in (pair.claims, pair.records) for one in deviations(raw))
    assert raw[one.offset :].startswith(AT[kind])
    assert AT[kind] or one.offset >= len(raw) - len(b"3,16")


def test_every_row_of_a_sheet_whose_key_deviates_is_told() -> None:
    raw = SAMPLES["J61"].replace(b",139998,", b",139999,")
    assert [one.kind for one in deviations(raw)] == ["municipality_check_digit"] * 12
    assert not any(record.conforms for record in records(raw))
    month = plain_month()
    alike = replace(month, people=(month.people[0], replace(month.people[0], certificate="9999000002")))
    rows = records_file(alike).to_bytes().splitlines(keepends=True)
    second = [row.replace(b",139998,", b",139999,") if b",9999000002," in row else row for row in rows]
    assert [one.kind for one in deviations(b"".join(second))] == ["municipality_check_digit"] * 12


def test_nothing_behind_the_end_record_is_read() -> None:
    lines = SAMPLES["J61"].splitlines(keepends=True)
    raw = b"".join([*lines[:-2], b"3,13\r\n", lines[-2].replace(b"2,13,", b"2,14,")])
    assert [one.kind for one in deviations(raw)] == ["after_end", "count"]
    assert len(records(raw)) == 11


def test_doubled_quotes_are_one() -> None:
    assert [field.raw for field in fields_of(b'"a""b",,"",c')] == [b'a"b', b"", b"", b"c"]
    raw = changed(SAMPLES["J61"], '"在宅利用"'.encode("cp932"), '"在""宅"'.encode("cp932"))
    assert [one.kind for one in deviations(raw)] == ["wrong_type"]
    assert '在"宅' in [record.text("remarks") for record in records(raw)[1:]]


def test_what_is_found_is_shown_only_where_it_can_be_no_personal_data() -> None:
    for text in ("ﾃｽﾄﾀﾛｳ", "9999000001", "テスト太郎"):
        told = [
            one.message.ja + one.message.en + repr(one.found)
            for place in range(12)
            for one in deviations(SAMPLES["J61"].replace(b",", f',"{text}",'.encode("cp932"), place))
        ]
        assert told
        assert not any(text in words for words in told)


def test_a_file_of_cap_management_results_is_read() -> None:
    key = {
        "month": "202504", "municipality": "139998", "managing_office": "1319900013", "person": "9999000001",
    }  # fmt: skip
    money = {"cost": "86940", "user_charge": "8694", "managed_charge": "0"}
    rows = (
        Row("J411-01", key | money | {"action": "1", "monthly_cap": "0", "management_result": "2"}),
        Row("J411-02", key | money | {"entry_number": "1", "office": "1319900013"}),
    )
    raw = BillingFile("J41", "1319900013", "202505", rows).to_bytes()
    found = list(read_kokuhoren(raw, mode="strict"))
    assert [record.value("cost") for record in found] == [86940, 86940]
    assert found[0].key == Key("202504", "139998", "1319900013", "9999000001")
    wrong = changed(raw, b",1,1319900013,86940", b",1,1319900014,86940")
    assert [(one.kind, one.slug) for one in deviations(wrong)] == [("office_check_digit", "office")]


def test_the_lenient_reader_takes_values_that_are_written_otherwise() -> None:
    def row(slug: str) -> Record:
        raw = next(miss for miss in NEAR_MISSES if miss.slug == slug).files().records
        return next(record for record in records(raw) if record.kind == "J611-02")

    assert (row("short_day").value("day"), row("short_day").caught[2]) == (1, b"01")
    assert (row("seconds").value("start"), row("seconds").caught[3]) == (time(10), b"1000")
    assert row("short_record_type").kind == "J611-02"
    assert row("short_record").value("remarks") is None
    assert row("short_record").text("independence_aid") == ""
    assert row("short_record").offset_of("independence_aid") == row("short_record").offset + len(
        row("short_record").raw_line
    )
    assert not row("short_day").conforms
    raw = next(miss for miss in NEAR_MISSES if miss.slug == "utf8").files().records
    assert "在宅利用" in [record.text("remarks") for record in records(raw) if record.kind == "J611-02"]


def test_zeros_of_a_code_are_not_set_and_zeros_of_a_number_are_zero() -> None:
    raw = changed(SAMPLES["J61"], b",01,,,,,1000,1500,,,,,,1,1,,", b",01,,,,,1000,1500,,,,,,0,1,,")
    row = records(raw)[1]
    assert row.value("transport_out") == 0
    zero = changed(SAMPLES["J61"], b",,,,,,,8,,", b",,0,,,,,8,,")
    assert not deviations(zero)
    assert [one.kind for one in deviations(changed(SAMPLES["J61"], b",1701,,08,", b",1701,,00,"))] == [
        "missing"
    ]


def test_leading_zeros_of_numbers_and_times_may_stand_or_not() -> None:
    for start in (b"0900", b"900", b"35", b"0", b"0035"):
        assert not deviations(changed(SAMPLES["J61"], b",1000,1500,", b"," + start + b",1500,"))
    for start in (b"2400", b"960", b"60", b"9:00"):
        assert deviations(changed(SAMPLES["J61"], b",1000,1500,", b"," + start + b",1500,"))
    assert not deviations(changed(SAMPLES["J11"], b",461000,02200,", b",461000,2200,"))


@pytest.mark.parametrize(("begin", "kinds"), [(b"20240229", []), (b"20230229", ["bad_date"])])
def test_the_calendar_knows_29_february(begin: bytes, kinds: list[str]) -> None:
    raw = changed(SAMPLES["J11"], b",46,20241001,", b",46," + begin + b",")
    assert [one.kind for one in deviations(raw)] == kinds


def test_a_kana_name_with_a_space_must_be_quoted() -> None:
    bare = changed(SAMPLES["J11"], "ﾃｽﾄﾀﾛｳ".encode("cp932"), "ﾃｽﾄ ﾀﾛｳ".encode("cp932"))
    assert [one.kind for one in deviations(bare)] == ["needs_quotes"]
    quoted = changed(SAMPLES["J11"], "ﾃｽﾄﾀﾛｳ".encode("cp932"), '"ﾃｽﾄ ﾀﾛｳ"'.encode("cp932"))
    assert not deviations(quoted)


@pytest.mark.parametrize(
    ("end", "kinds"),
    [(b"3,14,\r\n", ["extra_commas"]), (b"3,14,,x\r\n", ["extra_items"]), (b"3\r\n", ["serial"])],
)
def test_an_end_record_has_two_items(end: bytes, kinds: list[str]) -> None:
    raw = changed(SAMPLES["J61"], b"3,14\r\n", end)
    assert [one.kind for one in deviations(raw)] == kinds


@pytest.mark.parametrize(
    ("text", "kind"), [(b"\x85\x40", "undecodable"), ("ああ".encode(), "utf8"), (b"\xfa\x40", "")]
)
def test_text_that_only_looks_full_width_is_decoded_too(text: bytes, kind: str) -> None:
    """CP932 has no sign 0x8540; "ああ" in UTF-8 is three pairs of it; 0xFA40 is a sign of NEC and IBM."""
    raw = SAMPLES["J61"].replace('"在宅利用"'.encode("cp932"), b'"' + text + b'"')
    found = deviations(raw)
    assert {one.kind for one in found} == {kind} - {""}
    assert {one.slug for one in found} == ({"remarks"} if kind else set())


def test_some_values_may_be_quoted_and_others_not() -> None:
    raw = SAMPLES["J61"].replace(b",1000,", b',"1000",').replace(b",1701,", b',"1701",')
    found = list(read_kokuhoren(raw, mode="strict"))
    assert all(record.conforms for record in found)
    assert {record.key for record in found} == {record.key for record in records(SAMPLES["J61"])}
    assert found[1].caught == records(SAMPLES["J61"])[1].caught


def test_a_data_line_with_no_kind_is_told() -> None:
    raw = changed(SAMPLES["J61"], b"3,14\r\n", b"2,14\r\n3,15\r\n")
    assert [one.kind for one in deviations(raw)] == ["unknown_record", "count"]


def test_what_is_remembered_of_a_file_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("zaitaku_rules.read.kokuhoren.matching._MOST", 1)
    month = random_month(3, people=12)
    assert len(month.municipalities()) > 1
    for file in (claims_file(month), records_file(month)):
        assert len(list(read_kokuhoren(file.to_bytes(), mode="strict"))) == len(file.rows)


# The pattern of a whole line against the look at each item: they are two readings of one table.


def lines_of(seed: int) -> list[bytes]:
    described = random_month(seed, people=3)
    quoting = QUOTINGS[seed % 3]
    files = claims_file(described), records_file(described)
    raw = b"".join(replace(file, quoting=quoting).to_bytes() for file in files)
    return [line for line in raw.split(b"\r\n") if line.startswith((b"2,", b'"2",'))]


def mutated(dice: Random, line: bytes) -> bytes:
    items = line.split(b",")
    place = dice.randrange(2, len(items))
    value = dice.choice([b"", b"0", b"1", b"9", b"-1", b"00", b"202513", b"2560", b"31", b'"1"', b"A", b"a",
                         b" ", b"\xb1", b"\x82\xa0", b'"\x82\xa0"', b'"\xf0\x40"', b"'", items[place] + b"0",
                         items[place][:-1], b'"' + items[place] + b'"', b"99999999999"])  # fmt: skip
    items[place] = value
    return b",".join(items)


def test_a_code_of_zeros_matches_no_pattern() -> None:
    item = replace(layouts()["J611-02"].items("202504", "1701")[8], format="code")
    found = [
        text for text in ("00", "01", "10", "0", "001") if re.fullmatch(value_pattern(item), text.encode())
    ]
    assert found == ["01", "10"]


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_a_line_matches_its_pattern_only_where_no_item_deviates(seed: int) -> None:
    dice, matcher = Random(seed), Matcher()
    for line in lines_of(seed % 50):
        for candidate in (line, mutated(dice, line)):
            fields = fields_of(candidate)
            kind = kind_of(fields)
            if not kind:
                assert matcher.matched(candidate) is None
                continue
            slow, found = record_of(kind, fields, candidate, 1, 0)
            matched = matcher.matched(candidate)
            if matched is not None:
                assert not found, (candidate, found)
                assert matched.caught == slow.caught
                assert matched.table is slow.table
            elif candidate is line:
                pytest.fail("a line that was written by the tables does not match its pattern")


# Whatever bytes: an error of the house, or parts; never another error, and always an end.


def survives(raw: bytes) -> None:
    for mode in ("lenient", "strict"):
        try:
            found = list(read_kokuhoren(raw, mode=mode).parts())
        except InvalidInput:
            continue
        for part in found:
            if isinstance(part, Record):
                assert part.serial >= 0
                assert len(part.key) == 5
                part.values()
            if isinstance(part, Deviation):
                assert part.message.ja
                assert 0 <= part.offset <= len(raw)


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400))
def test_random_bytes_are_survived(raw: bytes) -> None:
    survives(raw)
    survives(b"1,1,0,1,J61,0,1319900013,0,1,202505,\r\n" + raw)
    survives(b"1,1,0,1,J61,0,1319900013,0,1,202505,\r\n2,2,J611,02," + raw)


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(sorted(SAMPLES)), st.data())
def test_a_sample_with_bytes_changed_cut_or_doubled_is_survived(name: str, data: st.DataObject) -> None:
    raw = bytearray(SAMPLES[name])
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(raw) - 1))
        match data.draw(st.sampled_from(["set", "cut", "drop", "double"])):
            case "set":
                raw[place] = data.draw(st.integers(0, 255))
            case "cut":
                del raw[max(1, place) :]
            case "drop":
                del raw[place : place + data.draw(st.integers(1, 200))]
                raw = raw or bytearray(b"1")
            case _:
                raw[place:place] = raw[place : place + 300]
    survives(bytes(raw))


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(sorted(SAMPLES)), st.randoms(use_true_random=False))
def test_shuffled_lines_are_survived(name: str, dice: Random) -> None:
    lines = SAMPLES[name].splitlines(keepends=True)
    dice.shuffle(lines)
    survives(b"".join(lines))
    survives(b"".join([lines[0], *dice.choices(lines, k=30)]))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "euc-jp", "iso2022_jp"])
@pytest.mark.parametrize("name", SAMPLES)
def test_other_encodings_are_survived(name: str, encoding: str) -> None:
    survives(SAMPLES[name].decode("cp932").encode(encoding, "replace"))


@pytest.mark.parametrize("hostile", [b'"', b'""', b',"', b'"x,', b'","', b"\x81", b"\xef\xbd\xb1", b"2,"])
def test_hostile_lines_do_not_take_long(hostile: bytes) -> None:
    line = (hostile * 8000)[:8000]
    survives(b"1,1,0,1,J61,0,1319900013,0,1,202505,\r\n" + (b"2,2,J611,02," + line[:-20] + b"\r\n") * 3)


# Files of another kind are declined in words.


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"", "no control record"),
        (b"\r\n\r\n", "no control record|an empty line"),
        (b"1,1,0\r\n", "no control record"),
        (b"2,2,J999,01,202504\r\n", "no control record"),
        (b"2,3,4,5,6,7,8\r\n", "no control record"),
        (b"2,2,J711,01,202504\r\n", "changes or returns"),
        (b"J511,202504,1319900013,1319900021,1,,9999000001,139998,,,1,1,46,,\r\n", "user charges"),
        (b"1,1,0,1,J71,0,0,13,1,202505,\r\n", "J7"),
        (b"1,1,0,1,K61,0,1319900013,0,1,202505,\r\n", "children"),
        (b"1,1,0,1,J31,0,1319900013,0,1,202505,\r\n", "planning"),
        (b"2,2,K611,01,202504\r\n", "children"),
        (b"PK\x03\x04abc\r\n", "not a text file"),
        (b"%PDF-1.7\n", "not a text file"),
        ("1,1".encode("utf-16"), "not a text file"),
        (b"\x89PNG\r\n\x1a\n\x00", "not"),
        (b'{"schema": "zaitaku-case/1"}', "no control record"),
        ("利用者ID,氏名\r\n".encode(), "no control record"),
    ],
)
def test_other_files_are_declined_in_words(raw: bytes, said: str) -> None:
    for mode in ("lenient", "strict"):
        with pytest.raises(InvalidInput, match=said):
            list(read_kokuhoren(raw, mode=mode).parts())


def test_what_cannot_be_opened_or_read_is_told(tmp_path: Path) -> None:
    class Broken(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:  # noqa: ARG002
            raise OSError(5, "bad medium")

    with pytest.raises(UnreadableFile, match="no such file"):
        list(read_kokuhoren(tmp_path / "none.CSV"))
    with pytest.raises(UnreadableFile, match="folder"):
        list(read_kokuhoren(str(tmp_path)))
    with pytest.raises(UnreadableFile, match="number 5"):
        list(read_kokuhoren(Broken()))
    with pytest.raises(InvalidCall, match="strict or lenient"):
        read_kokuhoren(b"", mode="loose")  # type: ignore[arg-type]


def test_a_path_a_text_path_a_stream_and_bytes_are_read_alike() -> None:
    path = HERE / "J61.CSV"
    with path.open("rb") as stream:
        found = [len(list(read_kokuhoren(source))) for source in (path, str(path), stream, path.read_bytes())]
        assert found == [12] * 4
        assert not stream.closed
    assert read_kokuhoren(path).place == str(path)


# Whatever the size of the blocks, the parts are the same; memory does not grow with the file.


@pytest.mark.parametrize("size", [1, 7, 100, 1000])
def test_blocks_of_any_size_give_the_same_parts(monkeypatch: pytest.MonkeyPatch, size: int) -> None:
    def shown(raw: bytes) -> list[object]:
        return [
            part if isinstance(part, Deviation | End) else (part.line, part.offset, part.raw)
            for part in parts(raw)
        ]

    raws = [raw for miss in NEAR_MISSES[:50:7] for raw in (miss.files().records,) if raw]
    raws += [*SAMPLES.values(), SAMPLES["J61"].replace(b"\r\n", b"\n", 4)]
    whole = [shown(raw) for raw in raws]
    monkeypatch.setattr("zaitaku_rules.read.kokuhoren.lines.BLOCK", size)
    assert [shown(raw) for raw in raws] == whole


class Streamed(io.RawIOBase):
    """A stream of lines that exist only while they are read."""

    def __init__(self, lines: Iterator[bytes]) -> None:
        self.lines = lines
        self.rest = b""
        self.given = 0

    def read(self, size: int = -1, /) -> bytes:
        while len(self.rest) < size and (line := next(self.lines, b"")):
            self.rest += line
        piece, self.rest = self.rest[:size], self.rest[size:]
        self.given += len(piece)
        return piece


def peak_of(stream: Streamed) -> int:
    tracemalloc.start()
    try:
        for _ in read_kokuhoren(stream).parts():  # type: ignore[arg-type]
            pass
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_memory_does_not_grow_with_the_file() -> None:
    list(read_kokuhoren(SAMPLES["J61"]))
    template = b"".join(big_records(400)).split(b"\r\n")[1:-2]

    def many(times: int) -> Iterator[bytes]:
        yield b"1,1,0,1,J61,0,1319900013,0,1,202505,\r\n"
        for _ in range(times):
            yield b"\r\n".join(template[:2000]) + b"\r\n"

    small, large = Streamed(many(2)), Streamed(many(12))
    least, most = peak_of(small), peak_of(large)
    assert large.given > 5 * small.given > 2_000_000 / 4
    assert most < least * 1.2 + 200_000
    assert most < 6_000_000


@pytest.mark.parametrize("endless", [b"1", b"1,1,0,", b'"', b"\x81", b"2,2,J611,02,"])
def test_a_file_of_one_endless_line_is_refused_before_it_is_read_whole(endless: bytes) -> None:
    stream = Streamed(endless * 10_000 for _ in range(200))
    with pytest.raises(UnreadableFile, match="longer than 8 KB"):
        list(read_kokuhoren(stream).parts())  # type: ignore[arg-type]
    assert stream.given < 1_000_000


def test_a_long_line_among_others_is_refused() -> None:
    long = b"2,14,J611,02," + b"1" * 9000 + b"\r\n"
    for raw in (long + SAMPLES["J61"], SAMPLES["J61"].replace(b"3,14\r\n", long)):
        with pytest.raises(UnreadableFile, match="longer than 8 KB"):
            list(read_kokuhoren(raw).parts())

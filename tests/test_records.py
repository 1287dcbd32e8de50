"""The door for strangers' data: Japanese writing, check digits, strict types, errors that help."""

from __future__ import annotations

import json
from datetime import date, datetime, time
from typing import Annotated, Any

import pytest
from pydantic import TypeAdapter, ValidationError

from zaitaku_rules import Case
from zaitaku_rules.records.faults import sentences
from zaitaku_rules.records.municipalities import city_of
from zaitaku_rules.records.written import (
    clock_written,
    date_written,
    moment_written,
    month_written,
    municipality_written,
    period_written,
    provider_written,
)

Doc = dict[str, Any]
WITHIN: TypeAdapter[Case] = TypeAdapter(Annotated[Case, "as web frameworks ask for a body"])


def least(**fields: object) -> Doc:
    """Write the least that a case needs, with further fields."""
    return {
        "schema": "zaitaku-case/1",
        "month": "2026-02",
        "user": {"id": "U-001", "municipality": "082023"},
        "provider": {"number": "0812300010", "service": "continuation_b"},
        **fields,
    }


def faults(document: Doc) -> list[tuple[str, str, str]]:
    """Return place, English and Japanese message of each fault, the same by text, objects and other types."""
    found: list[list[tuple[str, str, str]]] = []
    for read in (
        lambda: Case.model_validate_json(json.dumps(document)),
        lambda: Case.model_validate(document),
        lambda: WITHIN.validate_python(document),
    ):
        with pytest.raises(ValidationError) as refused:
            read()
        found.append([(place, said.en, said.ja) for place, said in sentences(refused.value)])
    assert found[0] == found[1] == found[2]
    return found[0]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2026-02-05", date(2026, 2, 5)),
        ("２０２６－０２－０５", date(2026, 2, 5)),
        ("R8.2.5", date(2026, 2, 5)),
        ("r8.2.5", date(2026, 2, 5)),
        ("R02. 7. 1", date(2020, 7, 1)),
        ("令和8年2月5日", date(2026, 2, 5)),
        ("令和８年２月５日", date(2026, 2, 5)),
        ("令和元年5月1日", date(2019, 5, 1)),
        ("㋿元年5月1日", date(2019, 5, 1)),
        ("平成31年4月30日", date(2019, 4, 30)),
        ("平成33年3月31日", date(2021, 3, 31)),
        ("S40.1.31", date(1965, 1, 31)),
        ("昭和64年1月7日", date(1989, 1, 7)),
        ("T15.12.24", date(1926, 12, 24)),
        ("2026年2月5日", date(2026, 2, 5)),
        (" R8.2.5 ", date(2026, 2, 5)),
        ("令和元年4月30日", None),
        ("R8.2.30", None),
        ("2026-02-29", None),
        ("2026-2-5", None),
        ("2026/02/05", None),
        ("X8.2.5", None),
        ("20260205", None),
        ("", None),
    ],
)
def test_dates_as_offices_write_them(written: str, expected: date | None) -> None:
    assert date_written(written) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("R02. 7. 1~R03. 6.30", (date(2020, 7, 1), date(2021, 6, 30))),
        ("R03. 4. 1～R03. 6.30", (date(2021, 4, 1), date(2021, 6, 30))),
        ("令和02年07月01日から令和05年06月30日まで", (date(2020, 7, 1), date(2023, 6, 30))),
        ("2026-01-01~2026-03-31", (date(2026, 1, 1), date(2026, 3, 31))),
        ("R8.4.1~", (date(2026, 4, 1), None)),
        ("R8.4.1", None),
        ("~R8.4.1", None),
        ("R8.4.1~R8.4.31", None),
        ("a~b~c", None),
    ],
)
def test_periods_as_certificates_print_them(written: str, expected: tuple[date, date | None] | None) -> None:
    assert period_written(written) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2026-02-05T09:30", datetime(2026, 2, 5, 9, 30)),
        ("2026-02-05T09:30:15+09:00", datetime(2026, 2, 5, 9, 30, 15)),
        ("2026-02-04T23:30Z", datetime(2026, 2, 5, 8, 30)),
        ("2026-02-04T15:00:00.250-0900", datetime(2026, 2, 5, 9, 0, 0, 250000)),
        ("R8.2.5 9:30", datetime(2026, 2, 5, 9, 30)),
        ("令和8年2月5日 09:30", datetime(2026, 2, 5, 9, 30)),
        ("2026-02-05", None),
        ("2026-02-05T25:00", None),
        ("0001-01-01T00:00+14:00", None),
        ("R8.2.30 9:30", None),
    ],
)
def test_moments_are_brought_to_japan(written: str, expected: datetime | None) -> None:
    assert moment_written(written) == expected


def test_months_and_clocks() -> None:
    assert [month_written(text) for text in ("2026-02", "令和8年2月", "R8.2", "２０２６－０２")] == [
        "2026-02"
    ] * 4
    assert [
        month_written(text) for text in ("2026-13", "R8.13", "1850-01", "2200-01", "2026", "02-2026")
    ] == [None] * 6
    assert [clock_written(text) for text in ("09:30", "２３：５９", "24:00", "9:30", "")] == [
        time(9, 30),
        time(23, 59),
        None,
        None,
        None,
    ]


@pytest.mark.parametrize("number", ["0812300010", "０８１２３０００１０"])
def test_provider_numbers_with_the_right_check_digit(number: str) -> None:
    code = provider_written(number)
    assert code is not None
    for other in set("0123456789") - {code[9]}:
        assert provider_written(code[:9] + other) is None


@pytest.mark.parametrize("number", ["081230001", "08123000100", "08I2300010", "A812300010", "08123-0010", ""])
def test_provider_numbers_of_the_wrong_form(number: str) -> None:
    assert provider_written(number) is None


def test_provider_letters_count_as_the_specification_says() -> None:
    """Weigh by hand: 2-1 from the right-most payload digit, products split once, A = 10 ... Z = 32."""
    letters = "ABCDEFGHJKLMNPRSTUVWXYZ"
    for value, letter in enumerate(letters, 10):
        digits = [1, 3, value, 1, 2, 3, 4, 5, 6]
        total = 0
        for place, digit in enumerate(reversed(digits)):
            product = digit * (2, 1)[place % 2]
            total += product // 10 + product % 10
        expected = (10 - total % 10) % 10
        assert provider_written(f"13{letter}123456{expected}")
        assert not provider_written(f"13{letter}123456{(expected + 1) % 10}")


def test_municipality_codes() -> None:
    known = [
        "082023",
        "132128",
        "232025",
        "352021",
        "272205",
        "131164",
        "271004",
        "011002",
        "261009",
        "222143",
    ]
    for code in known:
        assert municipality_written(code) == municipality_written(code[:5]) == code
        assert municipality_written(code[:5] + str((int(code[5]) + 1) % 10)) is None
    assert municipality_written("０８２０２３") == "082023"
    assert [municipality_written(text) for text in ("8202", "08202x", "", "0820233")] == [None] * 4


def test_wards_of_designated_cities_belong_to_their_city() -> None:
    assert city_of("261017") == "261009"
    assert city_of("271284") == "271004"
    assert city_of("131164") == "131164"
    assert city_of("082023") == "082023"


def test_the_case_takes_japanese_writing_everywhere() -> None:
    case = Case.model_validate_json(
        json.dumps(
            least(
                month="令和8年2月",
                as_of="R8.3.1",
                user={"id": "U", "municipality": "08202", "birth_date": "S40.1.31"},
                approvals=[
                    {"kind": "home_use", "period": "R03. 4. 1~R03. 6.30"},
                    {"kind": "decision", "period": "R3.4.1~"},
                ],
                days=[{"date": "令和８年２月５日", "place": "home", "start": "１０：００", "end": "15:00"}],
                contacts=[{"at": "2026-02-04T23:30:00Z", "channel": "phone"}],
                inquiries=[{"at": "R8.2.5", "answered_at": "2026-02-05T10:00"}],
            )
        )
    )
    assert case.month == "2026-02"
    assert case.user.municipality == "082023"
    assert case.user.birth_date == date(1965, 1, 31)
    assert case.approvals is not None
    assert [(row.from_, row.to) for row in case.approvals] == [
        (date(2021, 4, 1), date(2021, 6, 30)),
        (date(2021, 4, 1), None),
    ]
    assert case.days is not None
    assert case.days[0].start == time(10)
    assert case.contacts is not None
    assert case.contacts[0].day == date(2026, 2, 5)
    assert json.loads(case.model_dump_json(by_alias=True, exclude_none=True))["days"] == [
        {"date": "2026-02-05", "place": "home", "start": "10:00", "end": "15:00"}
    ]


def test_null_is_absent_and_what_is_written_can_be_read_again() -> None:
    document = least(
        days=None, contacts=[], planned_days=None, user={"id": "U", "municipality": "082023", "wish": {}}
    )
    case = Case.model_validate_json(json.dumps(document))
    assert case.days is None
    assert case.contacts == ()
    again = Case.model_validate_json(case.model_dump_json(by_alias=True))
    assert again.model_dump() == case.model_dump()


NOTHING: list[str] = []
COVERED = {"from": "2026-02-01", "through": "2026-02-28"}
FAULTS: list[tuple[Doc, str, str]] = [
    (least(contcts=[]), "contcts", "did you mean contacts?"),
    (least(contacts=[{"at": "2026-02-05T10:00", "chanel": "phone"}]), "contacts[0].channel", "missing"),
    (least(contacts=[{"at": "2026-02-05", "channel": "phone"}]), "contacts[0].at", "not a date with a time"),
    (
        least(contacts=[{"at": "2026-02-05T10:00", "channel": "phon"}]),
        "contacts[0].channel",
        "did you mean phone?",
    ),
    (least(days=[{"date": "2026-02-30", "place": "home"}]), "days[0].date", "found 2026-02-30"),
    (least(days=[{"date": "2026-02-05T00:00", "place": "home"}]), "days[0].date", "not a date"),
    (least(days=[{"date": 20260205, "place": "home"}]), "days[0].date", "not a date"),
    (least(days=[{"date": "2026-02-05", "place": "homme"}]), "days[0].place", "did you mean home?"),
    (least(days=[{"date": "2026-02-05", "place": "home", "start": "10:60"}]), "days[0].start", "HH:MM"),
    (
        least(days=[{"date": "2026-02-05", "place": "home", "start": "11:00", "end": "10:00"}]),
        "days[0]",
        "before start",
    ),
    (least(days={"date": "2026-02-05"}), "days", "a list"),
    (least(plain=1), "plain", "unknown field"),
    (least(written=1), "written", "unknown field"),
    (least(schema_="zaitaku-case/1"), "schema_", "did you mean schema?"),
    (least(days=[{"day": "2026-02-05", "place": "home"}]), "days[0].day", "unknown field"),
    (
        least(days=[{"date": "2026-02-05", "place": "home", "place ": 1}]),
        "days[0].place",
        "did you mean place?",
    ),
    (
        least(user={"id": "U", "municipality": "082023", "birth-date": 1}),
        "user.birthdate",
        "mean birth_date?",
    ),
    (
        least(approvals=[{"kind": "decision", "from_": "2026-02-05"}]),
        "approvals[0].from_",
        "did you mean from?",
    ),
    (least(days=["2026-02-05"]), "days[0]", "an object"),
    (least(month="2026-2"), "month", "YYYY-MM"),
    (least(schema="zaitaku-case/2"), "schema", "zaitaku-case/1"),
    (least(user={"id": "", "municipality": "082023"}), "user.id", "not empty"),
    (least(user={"id": 7, "municipality": "082023"}), "user.id", "a text"),
    (least(user={"id": "U", "municipality": "082024"}), "user.municipality", "check digit"),
    (least(provider={"number": "0812300011", "service": "continuation_b"}), "provider.number", "check digit"),
    (least(provider={"number": "0812300010", "service": "b"}), "provider.service", "continuation_b"),
    (
        least(evaluations=[{"date": "2026-02-05", "covers": NOTHING, "means": "visit"}]),
        "evaluations[0].covers",
        "at least one",
    ),
    (
        least(evaluations=[{"date": "2026-02-05", "covers": ["weekly"], "means": "zoom"}]),
        "evaluations[0].means",
        "video",
    ),
    (
        least(approvals=[{"kind": "decision", "from": "2026-02-02", "to": "2026-02-01"}]),
        "approvals[0]",
        "reversed",
    ),
    (
        least(approvals=[{"kind": "decision", "from": "2026-02-02", "period": "R8.2.1~"}]),
        "approvals[0]",
        "keep one",
    ),
    (least(approvals=[{"kind": "decision", "period": "soon"}]), "approvals[0]", "not a period"),
    (least(approvals=[{"kind": "decision", "to": "2026-02-01"}]), "approvals[0].from", "missing"),
    (
        least(approvals=[{"kind": "decision", "from": "2026-02-02", "days_per_month": 32}]),
        "approvals[0].days_per_month",
        "1 to 31",
    ),
    (
        least(approvals=[{"kind": "decision", "from": "2026-02-02", "days_per_month": True}]),
        "approvals[0].days_per_month",
        "1 to 31",
    ),
    (
        least(approvals=[{"kind": "decision", "from": "2026-02-02", "on_certificate": "yes"}]),
        "approvals[0].on_certificate",
        "true or false",
    ),
    (
        least(notifications=[{"kind": "renewal", "accepted": "2026-02-01"}]),
        "notifications[0]",
        "a renewal needs",
    ),
    (
        least(coverage={"contact": {"from": "2026-02-01", "through": "2026-02-28"}}),
        "coverage",
        "did you mean contacts?",
    ),
    (
        least(coverage={"days": {"from": "2026-02-28", "through": "2026-02-01"}}),
        "coverage.days",
        "before from",
    ),
    (
        least(consents=[{"kind": "recording", "on": "2026-02-28", "until": "2026-02-01"}]),
        "consents[0]",
        "before on",
    ),
    (
        least(
            waivers=[
                {
                    "rule": "Z301",
                    "from": "2026-02-01",
                    "to": "2026-02-28",
                    "authority": "a",
                    "document": "d",
                    "reason": "r",
                }
            ]
        ),
        "waivers[0].rule",
        "Z402, Z403",
    ),
    (
        least(
            waivers=[{"rule": "Z402", "from": "2026-02-01", "authority": "a", "document": "d", "reason": "r"}]
        ),
        "waivers[0]",
        "needs its last day",
    ),
]


@pytest.mark.parametrize(
    ("document", "place", "expected"), FAULTS, ids=lambda part: part if isinstance(part, str) else ""
)
def test_faults_say_where_and_what_to_do(document: Doc, place: str, expected: str) -> None:
    found = faults(document)
    assert any(where == place and expected in said for where, said, _ in found), found
    assert all(any(ord(sign) > 0x3000 for sign in ja) for _, _, ja in found)


def test_personal_data_appears_in_no_message() -> None:
    name, secret = "山田太郎", "気分障害のため"
    document = least(
        user={"id": "U", "municipality": name, "nane": name, "birth_date": secret},
        contacts=[{"at": name, "channel": secret, name: 1}],
        days=[{"date": secret, "place": name}],
    )
    with pytest.raises(ValidationError) as refused:
        Case.model_validate(document)
    told = str(refused.value) + "".join(place + said.ja + said.en for place, said in sentences(refused.value))
    assert name not in told
    assert secret not in told


def test_an_unknown_field_in_another_script_has_its_place() -> None:
    row = {"date": "2026-02-05", "place": "home", "場所": "x"}
    assert [place for place, _, _ in faults(least(days=[row], 氏名="x"))] == ["days[0].?", "?"]


def test_broken_json_says_where() -> None:
    with pytest.raises(ValidationError) as refused:
        Case.model_validate_json('{"schema": ')
    ((_, said),) = sentences(refused.value)
    assert "line 1 column" in said.en


def test_case_works_inside_other_models() -> None:
    adapter = TypeAdapter(list[Case])
    (case,) = adapter.validate_json(json.dumps([least()]))
    assert len(case.sha256) == 64
    assert adapter.validate_python([case])[0] is case


def test_a_coverage_that_is_null_is_absent() -> None:
    case = Case.model_validate(least(coverage={"days": None, "contacts": COVERED}))
    assert list(case.coverage or ()) == ["contacts"]


@pytest.mark.parametrize("number", ["9876543210", "0123 4567 89", "1234-5678-9012"])
def test_numbers_that_may_be_a_persons_are_not_shown(number: str) -> None:
    for document in (least(user={"id": "U", "municipality": number}), least(as_of=number)):
        assert all(number not in en + ja for _, en, ja in faults(document))


def test_wrong_dates_and_provider_numbers_are_shown() -> None:
    ((_, said, _),) = faults(least(as_of="2026-02-30T10:00:00"))
    assert "2026-02-30T10:00:00" in said
    ((_, said, _),) = faults(least(provider={"number": "0812300011", "service": "continuation_b"}))
    assert "0812300011" in said

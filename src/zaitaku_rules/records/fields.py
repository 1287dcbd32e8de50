"""The field types of the case format: strict, but at home in Japanese writing.

What is written in plain ISO form is checked by pydantic's compiled core alone; only other writing
(Japanese era, full-width digits, Python objects) costs a call into Python.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import Field, GetCoreSchemaHandler, GetJsonSchemaHandler, StrictBool, StrictStr
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from zaitaku_rules.records import written

_DATE = r"^\d{4}-\d{2}-\d{2}$"
_MOMENT = r"^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?$"
_CLOCK = r"^([01]\d|2[0-3]):[0-5]\d$"


def fault(ja: str, en: str) -> PydanticCustomError:
    """Return the error of a field, in both languages, for pydantic to carry."""
    return PydanticCustomError("zaitaku", "{en}", {"ja": ja, "en": en})


PLAIN, WRITTEN = "(plain)", "(written)"
"""The branches of a field's type in pydantic's places: no field of a document is named so by chance."""


class _Written:
    """Pydantic annotation: a plain form checked in the core, else a Japanese one read in Python."""

    def __init__(
        self,
        plain: CoreSchema | None,
        read: Callable[[Any], object],
        schema: dict[str, Any],
        write: Callable[[Any], object],
    ) -> None:
        self.plain, self.read, self.schema, self.write = plain, read, schema, write

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        other = core_schema.no_info_plain_validator_function(self.read)
        choices: list[CoreSchema | tuple[CoreSchema, str]] = [(other, WRITTEN)]
        if self.plain is not None:
            choices.insert(0, (self.plain, PLAIN))
        return core_schema.union_schema(
            choices,
            mode="left_to_right",
            serialization=core_schema.plain_serializer_function_ser_schema(self.write, when_used="json"),
        )

    def __get_pydantic_json_schema__(
        self, source: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        return self.schema


def _plain(pattern: str, inner: CoreSchema) -> CoreSchema:
    return core_schema.chain_schema([core_schema.str_schema(strict=True, pattern=pattern), inner])


def _in_japan(moment: datetime) -> datetime:
    try:
        return written.in_japan(moment)
    except OverflowError:
        raise fault("日時が範囲外です。", "the moment is out of range") from None


_plain_date = _plain(_DATE, core_schema.date_schema())
_plain_moment = _plain(_MOMENT, core_schema.datetime_schema())


def _read_date(value: object) -> date:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    if isinstance(value, str) and (day := written.date_written(value)):
        return day
    raise fault(
        "日付ではありません。2026-02-05 か R8.2.5 のように、実在する日を書いてください。",
        "not a date: write an existing day such as 2026-02-05 or R8.2.5",
    )


def _read_moment(value: object) -> datetime:
    if isinstance(value, datetime):
        return _in_japan(value)
    if isinstance(value, str) and (moment := written.moment_written(value)):
        return moment
    raise fault(
        "日時ではありません。2026-02-05T09:30 のように、時刻まで書いてください。",
        "not a date with a time: write such as 2026-02-05T09:30",
    )


def _read_date_or_moment(value: object) -> date:
    if isinstance(value, datetime):
        return _in_japan(value)
    if isinstance(value, date):
        return value
    if isinstance(value, str) and (found := written.date_written(value) or written.moment_written(value)):
        return found
    raise fault(
        "日付でも日時でもありません。2026-02-05 か 2026-02-05T09:30 のように書いてください。",
        "neither a date nor a date with a time: write such as 2026-02-05 or 2026-02-05T09:30",
    )


def _read_clock(value: object) -> time:
    if isinstance(value, time):
        return value
    if isinstance(value, str) and (clock := written.clock_written(value)):
        return clock
    raise fault(
        "時刻ではありません。09:30 のように書いてください。", "not a time of day: write HH:MM such as 09:30"
    )


def _read_days_per_month(value: object) -> int | str:
    if isinstance(value, str) and value == "standard":
        return value
    if type(value) is int and 1 <= value <= 31:
        return value
    raise fault(
        "支給量ではありません。standard か 1から31の整数を書いてください。",
        "not a number of days: write standard or a whole number from 1 to 31",
    )


def _read_month(value: object) -> str:
    if isinstance(value, str) and (month := written.month_written(value)):
        return month
    raise fault(
        "月ではありません。2026-02 のように書いてください。", "not a month: write YYYY-MM such as 2026-02"
    )


def _read_municipality(value: object) -> str:
    if isinstance(value, str) and (code := written.municipality_written(value)):
        return code
    raise fault(
        "市町村コードではありません。検査数字を含む6桁(または検査数字を除く5桁)が必要です。番号を確かめてください。",
        "not a municipality code: six digits with the right check digit are expected (or five without it); "
        "check the number",
    )


def _read_provider(value: object) -> str:
    if isinstance(value, str) and (number := written.provider_written(value)):
        return number
    raise fault(
        "事業所番号ではありません。検査数字の合う10桁が必要です。番号を確かめてください。",
        "not a provider number: ten characters with the right check digit are expected; check the number",
    )


_day_format = {"type": "string", "format": "date"}
_moment_format = {"type": "string", "format": "date-time"}

Day: TypeAlias = Annotated[date, _Written(_plain_date, _read_date, _day_format, date.isoformat)]
"""A calendar date in Japan: ISO 8601, or Japanese era."""

Moment: TypeAlias = Annotated[
    datetime, _Written(_plain_moment, _read_moment, _moment_format, datetime.isoformat)
]
"""A date with a time, brought to Japan time and kept without offset."""

DayOrMoment: TypeAlias = Annotated[
    date,
    _Written(
        core_schema.union_schema([_plain_date, _plain_moment], mode="left_to_right"),
        _read_date_or_moment,
        {"anyOf": [_day_format, _moment_format]},
        date.isoformat,
    ),
]
"""A date, or a date with a time."""

Clock: TypeAlias = Annotated[
    time,
    _Written(
        _plain(_CLOCK, core_schema.time_schema()),
        _read_clock,
        {"type": "string", "pattern": _CLOCK},
        lambda clock: f"{clock:%H:%M}",
    ),
]
"""A time of day, HH:MM."""

DaysPerMonth: TypeAlias = Annotated[
    int | str,
    _Written(
        None,
        _read_days_per_month,
        {"anyOf": [{"const": "standard"}, {"type": "integer", "minimum": 1, "maximum": 31}]},
        lambda days: days,
    ),
]
"""The days that a decision grants: "standard" (days of the month - 8) or 1 to 31."""

Month: TypeAlias = Annotated[
    str, _Written(None, _read_month, {"type": "string", "description": "YYYY-MM, or the Japanese era"}, str)
]
"""A month, YYYY-MM."""

Municipality: TypeAlias = Annotated[
    str, _Written(None, _read_municipality, {"type": "string", "pattern": r"^\d{5,6}$"}, str)
]
"""A municipality code (全国地方公共団体コード), six digits with check digit."""

ProviderNumber: TypeAlias = Annotated[
    str, _Written(None, _read_provider, {"type": "string", "pattern": r"^\d\d[0-9A-HJ-NPR-Z]\d{7}$"}, str)
]
"""A provider number (事業所番号), ten characters with check digit."""

Text: TypeAlias = StrictStr
Flag: TypeAlias = StrictBool
Identifier: TypeAlias = Annotated[StrictStr, Field(min_length=1)]

Service: TypeAlias = Literal["transition", "continuation_a", "continuation_b", "selection"]
"""就労移行支援, 就労継続支援A型, 就労継続支援B型, 就労選択支援."""

Place: TypeAlias = Literal["home", "satellite", "office", "offsite"]
Means: TypeAlias = Literal["visit", "commute", "phone", "video", "chat", "mail"]
Channel: TypeAlias = Literal["phone", "video", "visit", "office", "chat", "mail", "one_way"]

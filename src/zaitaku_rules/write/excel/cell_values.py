"""Values of a case as the cells of a workbook hold them: words, dates as dates, a moment in two cells."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any, cast

from zaitaku_rules.read.workbook.words import (
    MOMENT_PARTS,
    choices,
    column_of,
    list_sheets,
    value_word,
    workbook_words,
)
from zaitaku_rules.records.written import month_written

_FIRST_YEAR = 1900
_JOINTS = {"ja": "、", "en": "; "}
_DAY, _CLOCK = MOMENT_PARTS


def cells_of(table: str, row: Mapping[str, Any], lang: str) -> dict[str, Any]:
    """Return a row of the contract as cells by field of its sheet."""
    fields = {heading.field for heading in list_sheets()[table].headings}
    found: dict[str, Any] = {}
    for name, value in row.items():
        if name == "at" and _DAY in fields:
            found |= _parts(value)
        elif name in fields:
            found[name] = _cell(table, name, value, lang)
    return found


def _parts(moment: date) -> dict[str, Any]:
    if isinstance(moment, datetime):
        return {_DAY: _dated(moment.date()), _CLOCK: moment.time()}
    return {_DAY: _dated(moment)}


def _cell(table: str, field: str, value: Any, lang: str) -> Any:
    if field == "covers":
        value = "both" if len(set(value)) > 1 else value[0]
    if isinstance(value, tuple):
        return _JOINTS[lang].join(cast("tuple[str, ...]", value)) or _none(lang)
    if isinstance(value, bool):
        value = str(value).lower()
    if value in choices(table, field):
        return value_word(table, field, str(value)).said_in(lang)
    if isinstance(value, str):
        return _text(table, field, value, lang)
    return _dated(value) if isinstance(value, date) else value


def _text(table: str, field: str, text: str, lang: str) -> Any:
    if not text.strip() and field in ("activity", "support", "wish_reason"):
        return _none(lang)
    if column_of(table, field).name == "month" and (month := month_written(text)):
        return date.fromisoformat(f"{month}-01")
    return text


def _none(lang: str) -> str:
    return str(workbook_words()["free_words"]["every.none"]["none"][lang])


def _dated(day: date) -> date | str:
    """Return a day or moment as a cell can hold it, which knows no day before 1900 and no midnight."""
    is_midnight = isinstance(day, datetime) and day.time() == time()
    return day.isoformat() if day.year < _FIRST_YEAR or is_midnight else day

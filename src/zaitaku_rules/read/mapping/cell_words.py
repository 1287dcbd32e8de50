"""One field of a row from the cells of an export: by words, by its kind, by the forms of offices."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from zaitaku_rules.errors import Message, shown_value
from zaitaku_rules.read.mapping.file_names import month_in
from zaitaku_rules.read.mapping.office_dates import NoYear, clocks_of, day_of, moment_of
from zaitaku_rules.read.mapping.word_lists import seen
from zaitaku_rules.read.tables.cells import value_of
from zaitaku_rules.records.shapes import Column
from zaitaku_rules.records.written import normal

_NOT_A_DAY = Message(
    "日付として読めません。2026/3/5、R8.3.5、20260305、3/5 のような実在の日に直してください。"
    "日付でない行(合計など)は unless で除けます。",
    "not a day: write an existing one such as 2026/3/5, R8.3.5, 20260305 or 3/5; lines that hold none "
    "(totals) are left out by unless",
)
_NOT_A_TIME = Message(
    "時刻として読めません。9:30、9時30分、午後3:00 のように直してください。",
    "not a time of day: write such as 9:30, 9時30分 or 午後3:00",
)
_NOT_A_MOMENT = Message(
    '日付と時刻として読めません。2026/3/5 9:30 のように直すか、別の列なら ["日付", "時刻"] と書きます。',
    'not a day with a time: write such as 2026/3/5 9:30, or ["day", "time"] where they are two columns',
)
_NO_TIME = Message(
    '時刻が空です。書き加えるか、連絡のない行なら対応表に when = "時刻の列" を書いてください。',
    'the time is blank: write it, or where such a line means no contact write when = "time" into the mapping',
)
_NO_YEAR = Message(
    '年がありません。--month 2026-03 か、対応表に month = "2026-03" を書いてください。',
    'no year: give --month 2026-03, or write month = "2026-03" into the mapping',
)


class Unread(ValueError):
    """A cell cannot be read; `said` says why and what to do."""

    def __init__(self, said: Message) -> None:
        """Keep the sentence."""
        super().__init__(said.en)
        self.said = said


@dataclass(frozen=True, slots=True)
class FieldReader:
    """Reads one field: its column in the contract, the words for it, and the month in question."""

    column: Column
    words: Mapping[str, object]
    month: str | None

    def read(self, texts: Sequence[str]) -> object:
        """Return the cell that one or several cells of an export give; raises Unread."""
        parts = [text.strip() for text in texts]
        text = " ".join(part for part in parts if part)
        if (word := self._word(text)) is not None:
            return word
        if not text:
            return ""
        try:
            return self._plain(parts, text)
        except NoYear:
            raise Unread(_with(text, _NO_YEAR)) from None

    def _word(self, text: str) -> object:
        """Return what the mapping has for a text: the word itself, or its longest beginning with a star."""
        found = seen(text)
        if found in self.words:
            return self.words[found]
        fitting = [word for word in self.words if word.endswith("*") and found.startswith(word[:-1])]
        return self.words[max(fitting, key=len)] if fitting and found else None

    def _plain(self, parts: Sequence[str], text: str) -> object:
        name, kind = self.column.name, self.column.kind
        if kind == "date":
            return self._day(parts, text)
        if kind in ("moment", "either"):
            return self._moment(parts, text)
        if name in ("start", "end"):
            return self._clock(text)
        if kind == "flag" or self.column.allowed:
            return self._listed(text)
        if name == "month":
            return month_in(text) or text
        # Numbers and signs are the same in any width; of free text nothing is changed.
        is_sign = name in ("user_id", "id", "provider", "provider_number", "municipality", "days_per_month")
        return normal(text).removesuffix("日") if is_sign else text

    def _day(self, parts: Sequence[str], text: str) -> date:
        given = [part for part in parts if part]
        sign = "" if any(part.endswith(("年", "月", "日")) for part in given[:-1]) else "/"
        if found := day_of(sign.join(given), self.month):
            return found
        raise Unread(_with(text, _NOT_A_DAY))

    def _moment(self, parts: Sequence[str], text: str) -> date:
        """Return a moment of one cell, or of a day and, last, a time."""
        if len(parts) == 1:
            found = moment_of(text, self.month) or (self.column.kind == "either" and day_of(text, self.month))
            if not found:
                raise Unread(_with(text, _NOT_A_MOMENT if self.column.kind == "moment" else _NOT_A_DAY))
            return found
        day = self._day(parts[:-1], " ".join(parts[:-1]))
        if not parts[-1]:
            if self.column.kind == "either":
                return day
            raise Unread(_NO_TIME)
        clock = clocks_of(parts[-1])
        if clock is None:
            raise Unread(_with(parts[-1], _NOT_A_TIME))
        return datetime.combine(day, clock[0])

    def _clock(self, text: str) -> str:
        if found := clocks_of(text):
            return f"{found[self.column.name == 'end']:%H:%M}"
        raise Unread(_with(text, _NOT_A_TIME))

    def _listed(self, text: str) -> object:
        if self.column.kind == "flag":
            found = value_of(text, self.column)
            if isinstance(found, bool):
                return found
        elif seen(text) in self.column.allowed:
            return seen(text)
        raise Unread(_with(text, self._no_word()))

    def _no_word(self) -> Message:
        name, listed = self.column.name, ", ".join(self.column.allowed) or "true, false"
        example = f'"{self.column.allowed[0]}"' if self.column.allowed else "true"
        return Message(
            f'この値に当たる言葉が対応表にありません。[words.{name}] に "この値" = {example} の形で'
            "加えてください。"
            f"使える値: {listed}",
            f'the mapping has no word for this value: add "value" = {example} under [words.{name}] '
            f"(values: {listed})",
        )


def _with(text: str, said: Message) -> Message:
    shown = shown_value(text)
    return Message(f"「{shown}」: {said.ja}", f"found {shown}: {said.en}") if shown else said

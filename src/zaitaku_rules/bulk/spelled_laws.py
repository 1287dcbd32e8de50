"""A law to judge by, as somebody spells it: `own`, a day, an overlay, an edited number, or several joined."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from zaitaku_rules.bulk.laws import LawAsked
from zaitaku_rules.errors import InvalidCall, nearest, shown_value
from zaitaku_rules.law import Overlay, edited, listed_readings, load_overlay, shipped_overlays
from zaitaku_rules.law.edited import readers_of
from zaitaku_rules.law.readings import check_reading
from zaitaku_rules.records.written import date_written

OWN = ("own", "today")
"""The words for the law that the users live under in the month."""

_EDIT = re.compile(r"[A-Za-z]\w*=")


def law_spelled(text: str, edits: Iterable[str] = ()) -> LawAsked:
    """Return the law that `text` asks for, with further `edits` (NAME=VALUE) on top.

    Parts are joined by "+": `own` (or `today`), a day, an overlay by name or file, NAME=VALUE; such as
    "2015-04-01+contacts_per_day=3". Raises InvalidCall or InvalidLaw for what is none of them.
    """
    found = _Parts()
    for part in [text] if Path(text).is_file() else text.split("+"):
        found.put(part.strip())
    for edit in edits:
        found.put_edit(edit.strip())
    return found.law()


@dataclass
class _Parts:
    """The parts of a law, as they are read one after another."""

    days: list[date] = field(default_factory=list[date])
    overlays: list[Overlay] = field(default_factory=list[Overlay])
    edits: dict[str, str] = field(default_factory=dict[str, str])

    def put(self, part: str) -> None:
        """Read one part."""
        if _EDIT.match(part):
            self.put_edit(part)
        elif day := date_written(part):
            self.days.append(day)
        elif part not in OWN:
            self.overlays.append(_overlay(part))

    def put_edit(self, part: str) -> None:
        """Read a part that must be NAME=VALUE."""
        name, _, value = part.partition("=")
        name = name.upper() if name[:1] in ("z", "Z") else name
        if not _EDIT.match(part) or name in self.edits:
            raise InvalidCall(
                "名前=値 の形で、名前ごとに一度だけ書いてください。例: contacts_per_day=3",
                "write NAME=VALUE, once for each name, such as contacts_per_day=3",
                place="edited",
            )
        self.edits[name] = value.strip()

    def law(self) -> LawAsked:
        """Return the law of all parts."""
        if len(self.days) > 1:
            raise InvalidCall("日は一つだけ書いてください。", "only one day can be asked for", place="law")
        questions = {name for name in listed_readings(self.overlays) if not readers_of([name])}
        chosen = {name: value for name, value in self.edits.items() if name in questions}
        for name, value in chosen.items():
            check_reading(name, value, self.overlays)
        numbers = {name: value for name, value in self.edits.items() if name not in chosen}
        laid = (*self.overlays, edited(numbers)) if numbers else tuple(self.overlays)
        return LawAsked(laid, chosen, self.days[0] if self.days else None, self._name())

    def _name(self) -> str:
        edits = (f"{name}={value}" for name, value in self.edits.items())
        parts = (*(day.isoformat() for day in self.days), *(one.id for one in self.overlays), *edits)
        return "+".join(parts) or OWN[0]


def _overlay(part: str) -> Overlay:
    if part in shipped_overlays() or (part and Path(part).is_file()):
        return load_overlay(part)
    shown, near = shown_value(part), nearest(part, [*OWN, *shipped_overlays()])
    ja, en = (f"「{shown}」は", f"found {shown}: ") if shown else ("", "")
    raise InvalidCall(
        f"{ja}日付でも上書き規則でもありません。{f'{near} のことですか。' if near else ''}"
        "own、2015-04-01、082023-hitachi、contacts_per_day=3 のように書いてください。",
        f"{en}neither a day nor an overlay{f'; did you mean {near}?' if near else ''} "
        "(write such as own, 2015-04-01, 082023-hitachi, contacts_per_day=3)",
        place="law",
    )

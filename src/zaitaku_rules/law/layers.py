"""Overlays laid over the nation, for one page and service: who sets which number on which day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from zaitaku_rules.days import FULL, Calendar
from zaitaku_rules.law.check import NATIONAL
from zaitaku_rules.law.load import nation
from zaitaku_rules.law.model import Overlay, Setting, Value, spoken
from zaitaku_rules.law.strictness import is_looser


@dataclass(frozen=True, eq=False)
class Dated:
    """A setting with the cells of the page on which it is the law, and whose it is.

    `added` are the values that an overlay adds to each of its readings, which keep their names.
    """

    setting: Setting
    mask: int
    origin: str
    added: tuple[str, ...] = ()


class Layers:
    """Lays overlays over the nation for one page."""

    def __init__(
        self,
        calendar: Calendar,
        service: str,
        overlays: tuple[Overlay, ...],
        chosen: dict[str, str],
        on: dt.date | None = None,
    ) -> None:
        self.calendar, self.service, self.chosen = calendar, service, chosen
        self.overlays, self.on = overlays, on
        self._dated: dict[str, list[Dated]] = {}

    def in_force(self, begin: dt.date | None, end: dt.date | None) -> int:
        """Return the cells on which what holds from `begin` through `end` is the law of this page.

        Where the law of one day is laid on the page, that is all of them or none.
        """
        if self.on is None:
            return self.calendar.span(begin, end)
        return self.calendar.page if (begin or dt.date.min) <= self.on <= (end or dt.date.max) else 0

    def _spans(self, entries: Iterable[Setting], outer: int, origin: str) -> list[Dated]:
        """Return each entry with its cells: those of its dates that no later entry of its rank takes."""
        mine = [entry for entry in entries if not entry.services or self.service in entry.services]
        mine.sort(key=lambda entry: (entry.from_ or dt.date.min, bool(entry.services)))
        taken, found = 0, list[Dated]()
        for entry in reversed(mine):
            mask = self.in_force(entry.from_, entry.to) & outer & (FULL ^ taken)
            taken |= mask
            found.append(Dated(entry, mask, origin))
        return [dated for dated in reversed(found) if dated.mask]

    def whole(self, overlay: Overlay) -> int:
        """Return the cells of the page on which an overlay holds."""
        return self.in_force(overlay.file.overlay.from_, overlay.file.overlay.to)

    def dated(self, parameter: str) -> list[Dated]:
        """Return the settings of a parameter that are the law on some cells of the page."""
        if parameter not in self._dated:
            layers = self._spans(nation().settings_of(parameter), self.calendar.page, NATIONAL)
            for overlay in self.overlays:
                entries = [entry for entry in overlay.file.set if entry.parameter == parameter]
                above = self._spans(entries, self.whole(overlay), overlay.id)
                above = [self._yielding(dated, layers) for dated in above]
                above = [joined for dated in above if dated.mask for joined in self._joined(dated, layers)]
                covered = sum(dated.mask for dated in above)
                below = [replace(dated, mask=dated.mask & (FULL ^ covered)) for dated in layers]
                layers = [dated for dated in below if dated.mask] + above
            self._dated[parameter] = layers
        return self._dated[parameter]

    def _national(self, parameter: str) -> Value:
        """Return the national value that an overlay's reading "national" stands for."""
        settings = nation().settings_of(parameter)
        today = [dated.setting for dated in self._spans(settings, self.calendar.page, NATIONAL)]
        plain = (setting.value for setting in reversed([*settings, *today]))
        return next(value for value in plain if value is not None)

    def options(self, dated: Dated) -> dict[str, dict[str, Value | None]]:
        """Return for each question of a setting its readings by spoken name; {"": ...} where settled."""
        setting = dated.setting
        if setting.depends_on:
            return {setting.depends_on: {"true": setting.when_true, "false": setting.when_false}}
        if setting.readings:
            read = {spoken(value): _with(value, dated.added) for value in self._spelled(setting)}
            return {setting.parameter: read}
        return {"": {"": setting.value}}

    def _yielding(self, above: Dated, layers: list[Dated]) -> Dated:
        """Return a setting without the cells on which another overlay below holds a stricter plain value.

        With `because` it wins everywhere. The nation needs no look: `check_overlay` compares with it, and
        where a rule is off nationally its number is a default and no law.
        """
        mine = above.setting
        if mine.value is None or mine.because:
            return above
        parameter, kept = nation().parameters[mine.parameter], 0
        for below in layers:
            theirs = below.setting.value
            if below.origin != NATIONAL and theirs is not None and is_looser(mine.value, theirs, parameter):
                kept |= below.mask
        return replace(above, mask=above.mask & (FULL ^ kept))

    def _joined(self, above: Dated, layers: list[Dated]) -> list[Dated]:
        """Return a setting that adds to a set as what it makes of each layer below; others as they are."""
        added = above.setting.add
        if not added:
            return [above]
        found: list[Dated] = []
        for below in layers:
            if mask := below.mask & above.mask:
                old = below.setting
                wider: dict[str, Any] = {
                    name: _with(getattr(old, name), added) for name in ("value", "when_true", "when_false")
                }
                wider["readings"] = tuple(self._spelled(old))
                update = {**wider, "clause": above.setting.clause}
                setting = old.model_copy(update=update)
                found.append(Dated(setting, mask, above.origin, (*below.added, *added)))
        return found

    def _spelled(self, setting: Setting) -> list[Value]:
        """Return the readings of a setting, with the value that "national" stands for."""
        return [
            self._national(setting.parameter) if value == NATIONAL else value for value in setting.readings
        ]


def _with(value: Value | None, added: tuple[str, ...]) -> Value | None:
    return tuple(sorted({*value, *added})) if isinstance(value, tuple) else value

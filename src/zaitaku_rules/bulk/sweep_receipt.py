"""The receipt of a sweep: which laws judged whom, as of when, and what was not looked at."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from zaitaku_rules.bulk.judging import RuleColumn
from zaitaku_rules.bulk.laws import Group, LawAsked
from zaitaku_rules.bulk.pages import Pages
from zaitaku_rules.errors import Message
from zaitaku_rules.judge.receipt import library
from zaitaku_rules.law import overlay_of

_OF_ONE_PLACE = "no overlay known for"
"""How the note begins that speaks of one municipality, where here are many."""


@dataclass
class SweepReceipt:
    """What a sweep collects to say how it judged."""

    law: LawAsked
    rule_sets: dict[tuple[str, ...], dict[str, Any]] = field(default_factory=dict[tuple[str, ...], Any])
    places: dict[tuple[str, ...], set[str]] = field(default_factory=dict[tuple[str, ...], set[str]])
    notes: dict[str, Message] = field(default_factory=dict[str, Message])
    not_run: dict[str, str] = field(default_factory=dict[str, str])

    def note_groups(self, pages: Pages, found: list[Group]) -> None:
        """Take down under which law the users of each group live."""
        for group in found:
            key = (*group.law.ids, group.law.service)
            entry = self.rule_sets.setdefault(
                key,
                {
                    "ruleset": group.law.ids,
                    "service": group.law.service,
                    "ruleset_sha256": group.law.sha256,
                    "municipalities": 0,
                    "users": 0,
                },
            )
            places = pages.users["municipality"].slice(group.rows.start, len(group.rows))
            here = set(places.unique().to_pylist())
            self.places.setdefault(key, set()).update(here)
            entry["municipalities"], entry["users"] = len(self.places[key]), entry["users"] + len(group.rows)
            self._note_law(group, here)

    def _note_law(self, group: Group, places: set[str]) -> None:
        if any(overlay_of(place) is None for place in places):
            self._note(
                "上書き規則のない市町村の利用者は、全国の規則(と指定された上書き規則)で判定しました。",
                "users of municipalities without an overlay: national rules (and the overlays asked for)",
            )
        for note in group.law.notes:
            if not note.en.startswith(_OF_ONE_PLACE):
                self.notes[note.en] = note

    def note_pages(self, pages: Pages) -> None:
        """Take down what of the month was not judged."""
        days_known = pages.as_of > pages.calendar.last or "planned_days" in pages.present
        if "days" in pages.present and not days_known:
            self._note(
                "利用予定(planned_days)の表がないため、これからの日は判定していません。",
                "days to come not judged, no table planned_days given",
            )

    def note_columns(self, columns: list[RuleColumn], pages: Pages) -> None:
        """Take down payment rules that did not run because a table is missing."""
        for column in columns:
            rule = column.law.rule
            if column.law.in_force and column.law.severity == "payment" and rule.code not in self.not_run:
                absent = _absent(rule.needs, pages)
                if absent:
                    self.not_run[rule.code] = ", ".join(absent)

    def _note(self, ja: str, en: str) -> None:
        self.notes[en] = Message(ja, en)

    def entry(self, month: str, as_of: str) -> dict[str, Any]:
        """Return the receipt as data."""
        if self.not_run:
            listed = ", ".join(f"{code} ({names})" for code, names in sorted(self.not_run.items()))
            self._note(
                f"表がないため判定していない報酬の条件: {listed}",
                f"payment rules that did not run, with the tables that were not given: {listed}",
            )
        return {
            "library": library(),
            "as_of": as_of,
            "month": month,
            "rulesets": [entry for _, entry in sorted(self.rule_sets.items())],
            "overlays": [overlay.id for overlay in self.law.overlays],
            "readings": dict(self.law.readings),
            "notes": [note.en for note in self.notes.values()],
            "notes_ja": [note.ja for note in self.notes.values()],
        }


def _absent(needs: tuple[str, ...], pages: Pages) -> list[str]:
    """Return the tables that a rule needs and that are not given; of alternatives all."""
    found: list[str] = []
    for need in needs:
        names = need.split("|")
        if not any(name in pages.present or name in pages.given for name in names):
            found += names
    return found

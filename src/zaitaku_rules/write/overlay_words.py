"""What an overlay sets, in one line."""

from __future__ import annotations

from collections.abc import Iterator

from zaitaku_rules.errors import Message
from zaitaku_rules.explain import words
from zaitaku_rules.law import Overlay, nation
from zaitaku_rules.law.model import Enabling, Setting, spoken
from zaitaku_rules.write.coverage import coverage_entries, fates
from zaitaku_rules.write.entries import iso
from zaitaku_rules.write.law_words import FATES, day_span


def overlay_summary(overlay: Overlay) -> Message:
    """Return in one line whose an overlay is, from when it holds and what it sets."""
    return Message(_summary(overlay, "ja"), _summary(overlay, "en"))


def _summary(overlay: Overlay, lang: str) -> str:
    header = overlay.file.overlay
    name = header.name.ja if lang == "ja" else header.name.en
    span = day_span(iso(header.from_), iso(header.to), lang)
    head = f"{overlay.id} ({', '.join(filter(None, (name, span)))})"
    joint = "、" if lang == "ja" else "; "
    return f"{head}: {joint.join((*_changes(overlay, lang), *_counts(overlay, lang)))}"


def _changes(overlay: Overlay, lang: str) -> Iterator[str]:
    for enabling in overlay.file.enable:
        yield f"{' '.join(enabling.codes)} {enabling_words(enabling, lang)}{_dates(enabling, lang)}"
    for setting in overlay.file.set:
        yield f"{setting.parameter} {setting_words(setting)}{_dates(setting, lang)}"


def enabling_words(enabling: Enabling, lang: str) -> str:
    """Return what an entry does to its rules: on, perhaps with a severity."""
    on = "を適用" if lang == "ja" else "on"
    if enabling.severity is None:
        return on
    severity = words()["severities"][enabling.severity][lang]
    return f"{on}({severity})" if lang == "ja" else f"{on} as {severity}"


def setting_words(setting: Setting) -> str:
    """Return what an entry does to its parameter, as the file writes it."""
    if setting.add:
        return f"+ {spoken(setting.add)}"
    if setting.readings:
        return f"= {' | '.join(spoken(value) for value in setting.readings)} ?"
    return f"= {spoken(setting.value)}"


def _dates(entry: Setting | Enabling, lang: str) -> str:
    span = day_span(iso(entry.from_), iso(entry.to), lang)
    return f"({span})" if span and lang == "ja" else f" ({span})" if span else ""


def _counts(overlay: Overlay, lang: str) -> Iterator[str]:
    if clauses := coverage_entries([overlay])[len(nation().clauses) :]:
        by_fate = [f"{FATES[fate].said_in(lang)} {count}" for fate, count in fates(clauses).items() if count]
        yield f"{'条項' if lang == 'ja' else 'clauses'} {len(clauses)} ({', '.join(by_fate)})"
    if notes := len(overlay.file.note):
        yield f"{'注記' if lang == 'ja' else 'notes'} {notes}"

"""The receipt of a judgement: which law, which records, and what was left out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache

from zaitaku_rules.errors import Message
from zaitaku_rules.facts import Facts
from zaitaku_rules.judge.judgement import Judgement
from zaitaku_rules.law import RuleSet, overlay_of
from zaitaku_rules.records.municipalities import city_of
from zaitaku_rules.report import Receipt


def receipt(law: RuleSet, facts: Facts, judgements: Mapping[str, Judgement]) -> Receipt:
    """Return the receipt: enough to repeat the judgement, and what it did not look at."""
    notes = [*law.notes, *_notes(facts, judgements)]
    return Receipt.of(
        facts.case,
        library=library(),
        as_of=facts.as_of,
        known_at=facts.known_at,
        ruleset=tuple(law.ids),
        ruleset_sha256=law.sha256,
        overlays=tuple(overlay.id for overlay in law.laid_on),
        readings=dict(law.chosen),
        selected=_selected(judgements),
        notes=tuple(note.en for note in notes),
        notes_ja=tuple(note.ja for note in notes),
    )


def _selected(judgements: Mapping[str, Judgement]) -> tuple[str, ...] | None:
    """Return the codes that were judged where a rule in force was not asked for, else None."""
    left_out = {code for code, judgement in judgements.items() if judgement.is_deselected}
    return tuple(code for code in judgements if code not in left_out) if left_out else None


@lru_cache(maxsize=1)
def library() -> str:
    """Return the version of this library, "unknown" where it is not installed."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("zaitaku-rules")
    except PackageNotFoundError:
        return "unknown"


def _notes(facts: Facts, judgements: Mapping[str, Judgement]) -> Iterator[Message]:
    case = facts.case
    if coming := facts.calendar.dates(facts.to_come):
        span = f"{coming[0]} - {coming[-1]}"
        yield Message(
            f"利用予定(planned_days)がないため、これからの日({span})は判定していません。",
            f"days to come not judged, no planned_days given: {span}",
        )
    if (
        (own := case.provider.municipality)
        and city_of(own) != city_of(case.user.municipality)
        and overlay_of(own)
    ):
        yield Message(
            f"事業所の市町村 {own} にも上書き規則がありますが、適用していません。",
            f"an overlay exists for the provider's municipality {own}; it was not applied",
        )
    if _selected(judgements) is not None:
        yield Message("規則の一部だけを選んで判定しました。", "a selection of rules was asked for")
    idle = [
        f"{judgement.code} ({', '.join(judgement.missing)})"
        for judgement in judgements.values()
        if judgement.missing and judgement.is_payment
    ]
    if idle:
        yield Message(
            f"資料がないため判定していない報酬の条件: {', '.join(idle)}",
            f"payment rules that did not run, with what was not given: {', '.join(idle)}",
        )
    if facts.known_at is not None:
        yield _of_knowledge(facts, facts.known_at)
    if off := facts.unread_rows:
        yield Message(
            f"この月の週から外れた記録が{off}件あり、読んでいません。",
            f"records outside the weeks of the month, not read: {off}",
        )


def _of_knowledge(facts: Facts, known_at: date) -> Message:
    later, silent = facts.rows_known_later, facts.rows_without_recording
    return Message(
        f"{known_at} までに記録されていたことで判定しました。それより後の記録 {later}件は見ていません。"
        f"記録日のない連絡・日報・評価 {silent}件は、あったかもしれないものとして扱いました。"
        "利用日や書類には記録日の欄がないため、いまの内容で読みました。",
        f"judged by what had been recorded by {known_at}: {later} later rows left aside; {silent} contacts, "
        "reports and evaluations without recorded_at taken as perhaps known; days of use and papers carry "
        "no recorded_at and were read as they stand",
    )

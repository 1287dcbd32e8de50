"""What is in doubt of each fact, and which list of the case file would tell it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple, cast

from zaitaku_rules.days import FULL, NO_DAYS, Accepted, Days, Ladder, Measure, Split, SplitLadder
from zaitaku_rules.facts import Facts
from zaitaku_rules.facts.known import TIMED
from zaitaku_rules.records import EVENTS, SOURCES, Source


class Told(NamedTuple):
    """The lists that tell a fact, and the field that a row of the first one may leave unsaid."""

    sources: tuple[str, ...]
    field: str = ""


TOLD_BY: dict[str, Told] = {
    **dict.fromkeys(("home", "use", "office", "two_places"), Told(("days",))),
    "activity": Told(("days",), "activity"),
    "support": Told(("days",), "support"),
    "off_menu": Told(("days",), "activity"),
    "absence": Told(("absences",)),
    "wished": Told(("wish",), "on"),
    "approved": Told(("approvals",)),
    "decided": Told(("approvals",)),
    "approved_for_months": Told(("approvals",)),
    "certified": Told(("approvals",), "on_certificate"),
    "ground": Told(("approvals",), "ground"),
    "issued": Told(("approvals",), "issued"),
    "notified": Told(("notifications", "approvals"), "provider"),
    "notified_late": Told(("notifications",), "submitted"),
    "applied_before_month": Told(("notifications",), "submitted"),
    "planned_for_home": Told(("plans",)),
    "signed_for_home": Told(("plans",), "user_signed"),
    "readiness": Told(("readiness",)),
    "found_appropriate": Told(("assessments",)),
    "same_municipality": Told(("provider.municipality",)),
    "aged": Told(("birth_date",)),
    "inside_hospital_stay": Told(("hospital_stays",)),
    "contacts": Told(("contacts",), "answered"),
    "any_contact": Told(("contacts",)),
    "contact_in_person": Told(("contacts",), "answered"),
    "contacts_within": Told(("contacts",), "answered"),
    **dict.fromkeys(("daily_report", "timed_report", "reported_later_than"), Told(("daily_reports",))),
    **dict.fromkeys(("recording", "training_recording", "support_recording"), Told(("recordings",))),
    "recording_consent": Told(("consents",)),
    **dict.fromkeys(("inquiry", "unanswered_within"), Told(("inquiries",))),
    "emergency": Told(("emergencies",)),
    "unattended_within": Told(("emergencies",), "attended_by"),
    **dict.fromkeys(
        (
            "weekly_evaluation",
            "joint_visit_evaluation",
            "achievement",
            "commute_evaluation",
            "evaluation_in_person",
        ),
        Told(("evaluations",)),
    ),
    "absence_addition": Told(("claimed_days|absences",)),
    "claimed_use": Told(("claimed_days",)),
    "life_support": Told(("life_support_days",)),
    "monthly_record_by": Told(("submissions",)),
}
"""For each fact that may be in doubt the lists that tell it; alternatives are joined by "|"."""

CERTAIN = ("calendar", "allotted_days", "event_record", "untimely_record")
"""What rules read that is never in doubt."""

_MET = Accepted.always(["visit", "office"])


def sources_of(name: str, facts: Facts) -> list[str]:
    """Return the lists that tell a fact, of alternatives the one that is given."""
    told: list[str] = []
    for source in TOLD_BY[name].sources:
        first, _, second = source.partition("|")
        told.append(second if second and first not in facts.present else first)
    return told


def is_event(source: str) -> bool:
    """Tell whether a list tells what happened on a day, so that it may be silent on some days only."""
    return source in EVENTS


def silence(source: str, facts: Facts) -> int:
    """Return the cells of which a list says nothing: outside its coverage, everywhere where it is absent."""
    if source == "submissions":
        return 0  # complete up to the day of the question: only time tells more
    if is_event(source):
        silent = facts.gap(cast("Source", source))
        return silent & (FULL ^ facts.use.sure) if source == "days" else silent
    return FULL if source in SOURCES and source not in facts.present else 0


def low(value: Any) -> Any:
    """Return a fact as it is where nothing doubtful holds."""
    return _definite(value, is_high=False)


def high(value: Any) -> Any:
    """Return a fact as it is where everything doubtful holds."""
    return _definite(value, is_high=True)


def _definite(value: Any, *, is_high: bool) -> Any:
    if isinstance(value, Days):
        return Days.known(value.maybe if is_high else value.sure)
    if isinstance(value, Split):
        parts = {key: _definite(days, is_high=is_high) for key, days in value.parts.items()}
        return Split(parts, _definite(value.unknown, is_high=is_high))
    if isinstance(value, SplitLadder):
        ladders = {
            key: Ladder(tuple(_definite(level, is_high=is_high) for level in ladder.levels))
            for key, ladder in value.parts.items()
        }
        return SplitLadder(ladders, _definite(value.unknown, is_high=is_high))
    if isinstance(value, Measure):
        asked = cast("Callable[[Any], Days]", value)
        return Measure[Any](lambda threshold: _definite(asked(threshold), is_high=is_high))
    return value


def doubtful(value: Any) -> int:
    """Return the cells in which a fact may hold or not; of a measure, which must be asked first, all."""
    if isinstance(value, Days):
        word: int = value.maybe & (FULL ^ value.sure)
        return word
    if isinstance(value, Split):
        return _union(doubtful(days) for days in (value.unknown, *value.parts.values()))
    if isinstance(value, SplitLadder):
        return _union([doubtful(value.unknown), _in_rows(value)])
    return FULL if isinstance(value, Measure) else 0


def unrecorded(name: str, facts: Facts) -> int:
    """Return the cells with a row of the fact's list that does not say when it was recorded, where asked."""
    if facts.known_at is None or TOLD_BY[name].sources[0] not in TIMED:
        return 0
    rows = facts.dated(cast("Source", TOLD_BY[name].sources[0]))
    return _union(bit for bit, row in rows if not facts.is_told(row))


def unsaid(name: str, value: Any, facts: Facts, numbers: Mapping[str, Any] | None = None) -> int:
    """Return the cells in which a row leaves unsaid what a fact needs; of an unasked measure perhaps more.

    `numbers` are those of the law by which the fact is asked.
    """
    told = TOLD_BY[name]
    if not told.field:
        return 0
    match told.sources[0]:
        case "days":
            recorded: int = facts.use.sure
            return doubtful(value) & recorded
        case "contacts":
            return _in_contacts(name, facts, numbers)
        case "emergencies":
            return doubtful(facts.completed.unattended_within(numbers["arrival_days"])) if numbers else FULL
        case "notifications" if name == "notified" and numbers:
            law = ("none", numbers["notification_per_provider"])
            return doubtful(facts.notified(law)) if "notifications" in facts.present else 0
        case source:
            return 0 if silence(source, facts) else doubtful(value)


def silent_for(name: str, source: str, facts: Facts, numbers: Mapping[str, Any]) -> int:
    """Return the cells in which a list is silent on a fact."""
    if (name, source) == ("notified", "approvals") and numbers["notification_renewal"] != "decision_period":
        return 0
    return silence(source, facts)


def _in_contacts(name: str, facts: Facts, numbers: Mapping[str, Any] | None) -> int:
    contacts = facts.contacts
    channels: Accepted | None = (numbers or {}).get("contact_channels")
    channels = _MET if name == "contact_in_person" else channels
    if channels is None:
        return _in_rows(contacts)
    counted = SplitLadder(contacts.parts, NO_DAYS).by(channels)
    return _union(doubtful(level) for level in counted.levels) & (FULL ^ unrecorded(name, facts))


def _in_rows(contacts: SplitLadder) -> int:
    return _union(doubtful(level) for ladder in contacts.parts.values() for level in ladder.levels)


def _union(words: Iterable[int]) -> int:
    found = 0
    for word in words:
        found |= word
    return found

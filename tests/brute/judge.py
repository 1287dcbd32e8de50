"""Judges a case document: every rule on every day, in the plainest possible way."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from . import consistency, daily, eligibility, quantity, windows
from .book import Book, home, on, open_book, possible, state, use, within
from .due import due_list
from .eligibility import Fault
from .law import RULES, Law, Reading, combinations, in_force, law_of, severity

Judge = Callable[[Book, Law, date, Reading], Fault]
NOT_CLAIMABLE = ("Z103", "Z501", "Z503", "Z504", "Z701")


def judge_of(code: str) -> Judge:
    """Find the function that judges one day under one rule."""
    if code.startswith("Z2"):
        return lambda book, law, day, reading: eligibility.ready(book, code, law, day, reading)
    for module in (eligibility, daily, windows, quantity, consistency):
        if hasattr(module, code.lower()):
            found: Judge = getattr(module, code.lower())
            return found
    raise LookupError(code)


def any_row(book: Book, name: str, day: date) -> Fault:
    """Tell whether a list surely, and perhaps, has a record of a day."""
    sure = bool(on(book, name, day))
    return sure, sure or possible(book, name, day)


def reports_with_a_date(book: Book, day: date) -> Fault:
    """Tell whether there is a daily report of a day that says when it was recorded."""
    sure = any("recorded_at" in row for row in on(book, "daily_reports", day))
    return sure, sure or possible(book, "daily_reports", day)


def commutes(book: Book, day: date) -> Fault:
    """Tell whether there is an evaluation by commute on a day."""
    sure = any(row["means"] == "commute" for row in on(book, "evaluations", day))
    return sure, sure or possible(book, "evaluations", day)


EVENTS_JUDGED: dict[str, Callable[[Book, date], Fault]] = {
    "Z305": lambda book, day: any_row(book, "recordings", day),
    "Z306": lambda book, day: any_row(book, "inquiries", day),
    "Z307": lambda book, day: any_row(book, "emergencies", day),
    "Z503": quantity.addition_on,
    "Z504": quantity.life_support_on,
    "Z701": quantity.claimed_use,
    "Z901": lambda book, day: any_row(book, "contacts", day),
    "Z904": reports_with_a_date,
    "Z905": commutes,
}


def judged(book: Book, code: str, day: date) -> Fault:
    """Tell whether a day surely, and perhaps, is one that the rule judges."""
    kind = RULES[code][3]
    if kind == "event":
        return EVENTS_JUDGED[code](book, day)
    return home(book, day) if kind == "home" else use(book, day)


def lacking(book: Book, code: str) -> list[str]:
    """Name the data that a rule needs and that is absent."""
    user, provider = book.document["user"], book.document["provider"]
    needs = (() if RULES[code][3] == "event" else ("days",)) + RULES[code][4]
    missing: list[str] = []
    for name in needs:
        if name in ("wish", "birth_date"):
            absent = user.get(name) is None
        elif name.startswith("provider."):
            absent = provider.get(name.removeprefix("provider.")) is None
        else:
            absent = book.lists[name] is None
        missing += [name] if absent else []
    if code == "Z503" and quantity.addition_source(book) is None:
        missing = ["claimed_days", "absences"]
    return missing


def waived(book: Book, code: str, day: date) -> bool:
    """Tell whether a documented exception covers a day."""
    return any(row["rule"] == code and within(row, day) for row in state(book, "waivers"))


def days_that_break(book: Book, law: Law, code: str, days: list[date]) -> tuple[list[date], list[date]]:
    """List the days that break under every reading and completion, and those that do under some only."""
    fault = judge_of(code)
    sure_days: list[date] = []
    open_days: list[date] = []
    for day in days:
        sure_judged, maybe_judged = judged(book, code, day)
        if not maybe_judged:
            continue
        found = [fault(book, law, day, reading) for reading in combinations(law, code)]
        if sure_judged and all(sure for sure, _ in found):
            sure_days.append(day)
        elif any(perhaps for _, perhaps in found):
            open_days.append(day)
    return sure_days, open_days


def finding(grade: str, status: str, **more: Any) -> dict[str, Any]:
    """Make the finding of one rule."""
    empty: dict[str, Any] = {"days": [], "open_days": [], "waived_days": [], "judged_days": 0, "missing": []}
    return {"severity": grade, "status": status} | empty | more


def judge_rule(book: Book, law: Law, code: str, selected: bool) -> dict[str, Any]:
    """Judge one rule, in the order of the statuses."""
    grade = severity(law, code, book.month[-1])
    days = [day for day in book.month if in_force(law, code, day)]
    if not selected or not days:
        return finding(grade, "not_run")
    if code == "Z906":
        broken = consistency.z906_days(book)
        status = "broken" if broken else "kept" if book.dated else "idle"
        return finding(grade, status, days=broken, judged_days=len({day for _, _, day in book.dated}))
    missing = lacking(book, code)
    # The events of an absent list are unknown, never surely none.
    if missing and RULES[code][3] == "event":
        return finding(grade, "not_run", missing=missing)
    count = sum(judged(book, code, day)[1] for day in days)
    if not count:
        return finding(grade, "idle")
    if missing:
        return finding(grade, "not_run", missing=missing)
    sure, perhaps = days_that_break(book, law, code, days)
    pardoned = [day for day in sorted(sure + perhaps) if waived(book, code, day)]
    sure = [day for day in sure if day not in pardoned]
    perhaps = [day for day in perhaps if day not in pardoned]
    status = "broken" if sure else "open" if perhaps else "waived" if pardoned else "kept"
    return finding(grade, status, days=sure, open_days=perhaps, waived_days=pardoned, judged_days=count)


def could_not_run(code: str, found: dict[str, Any]) -> bool:
    """Tell whether a rule that judges home or use days lacked the data to run."""
    return bool(found["missing"]) and RULES[code][3] != "event"


def verdict(book: Book, rules: dict[str, dict[str, Any]]) -> str:
    """Give the verdict on the case."""
    grave = {code: found for code, found in rules.items() if found["severity"] in ("payment", "duty")}
    if any(found["status"] == "broken" for found in grave.values()):
        return "broken"
    if not any(home(book, day)[1] for day in book.month):
        return "idle"
    if any(found["status"] == "open" or could_not_run(code, found) for code, found in grave.items()):
        return "open"
    return "kept"


def claim(book: Book, law: Law, rules: dict[str, dict[str, Any]]) -> dict[str, list[date]]:
    """Sort the recorded home days by what they mean for the claim."""
    at_home = [day for day in book.month if home(book, day)[0]]
    broken: set[date] = set()
    doubtful: set[date] = set()
    for code, found in rules.items():
        if found["severity"] != "payment":
            continue
        broken |= set(found["days"])
        doubtful |= set(found["open_days"])
        if could_not_run(code, found):
            doubtful |= {day for day in book.month if in_force(law, code, day)}
    refused = {day for code in NOT_CLAIMABLE for day in rules[code]["days"]}
    return {
        "home_days": at_home,
        "clear": [day for day in at_home if day not in broken | doubtful],
        "at_risk": [day for day in at_home if day in broken],
        "open": [day for day in at_home if day in doubtful - broken],
        "not_claimable": sorted(refused),
    }


def plain(value: Any) -> Any:
    """Write dates as ISO text, at any depth."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return {name: plain(item) for name, item in value.items()}  # pyright: ignore[reportUnknownVariableType]
    if isinstance(value, list):
        return [plain(item) for item in value]  # pyright: ignore[reportUnknownVariableType]
    return value


def judge(
    document: dict[str, Any],
    *,
    as_of: date | None = None,
    extra_overlays: Sequence[str] = (),
    readings: dict[str, str] | None = None,
    select: Sequence[str] | None = None,
) -> dict[str, Any]:
    """Judge a valid case document as the contract says."""
    book = open_book(document, as_of)
    law = law_of(document, list(extra_overlays), readings or {})
    rules = {
        code: judge_rule(book, law, code, select is None or code.startswith(tuple(select))) for code in RULES
    }
    report: dict[str, Any] = {
        "as_of": book.as_of,
        "verdict": verdict(book, rules),
        "rules": rules,
        "claim": claim(book, law, rules),
        "due": due_list(book, law, rules),
    }
    written: dict[str, Any] = plain(report)
    return written

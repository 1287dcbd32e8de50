"""Z101 to Z212: may the user, the office and the provider do this at all."""

# All rules share one signature, so some leave arguments unused.
# ruff: noqa: ARG001

from datetime import date

from dateutil.relativedelta import relativedelta

from .book import Book, Row, state, within
from .law import SERVICE_OPENED, Law, Reading, city_of, number

Fault = tuple[bool, bool]  # (surely breaks, perhaps breaks), given that the day is one to be judged
NO, PERHAPS, YES = (False, False), (False, True), (True, True)
GROUNDS = ("commuting_difficult", "support_effective")


def certain(breaks: bool) -> Fault:
    """Turn a plain fact into a fault without doubt."""
    return YES if breaks else NO


def none_of(good: list[Fault]) -> Fault:
    """Break where no row is good, given for each row whether it is surely and perhaps good."""
    return not any(perhaps for _, perhaps in good), not any(sure for sure, _ in good)


def flag(row: Row, name: str) -> Fault:
    """Read an optional yes or no: absent is perhaps."""
    return certain(row[name]) if name in row else PERHAPS


def approvals(book: Book, kind: str, day: date) -> list[Row]:
    """List the approvals of a kind in force on a day for this service and provider."""
    provider = book.document["provider"]
    return [
        row
        for row in state(book, "approvals")
        if row["kind"] == kind
        and within(row, day)
        and row.get("service", provider["service"]) == provider["service"]
        and row.get("provider", provider["number"]) == provider["number"]
    ]


def z101(book: Book, law: Law, day: date, reading: Reading) -> Fault:
    """Break before the wish, and always where there is none."""
    wish: Row = book.document["user"]["wish"]
    if not wish:
        return YES
    return certain(day < date.fromisoformat(wish["on"])) if wish.get("on") else PERHAPS


def z102(book: Book, law: Law, day: date, reading: Reading) -> Fault:
    """Break outside every approval, where asked for one that stands on the certificate."""
    rows = approvals(book, "home_use", day)
    if not number(law, "approval_on_certificate", day, reading):
        return certain(not rows)
    return none_of([flag(row, "on_certificate") for row in rows])


def z103(book: Book, law: Law, day: date, reading: Reading) -> Fault:
    """Break outside every decision."""
    return certain(not approvals(book, "decision", day))


def lapse(book: Book, law: Law, row: Row, day: date, reading: Reading) -> Fault:
    """Tell whether a notification has surely, and perhaps, not lapsed with its period by the day."""
    renewal = number(law, "notification_renewal", day, reading)
    basis: date = row["from"] if "from" in row else row["accepted"]
    if renewal == "fiscal_year":
        fiscal_year = basis.year + (basis.month >= 4)
        return certain(day <= date(fiscal_year, 3, 31))
    if renewal == "none" or day <= basis:
        return YES
    if book.lists["approvals"] is None:
        return PERHAPS
    periods = approvals(book, "decision", basis)
    return certain(not periods or any(within(period, day) for period in periods))


def z104(book: Book, law: Law, day: date, reading: Reading) -> Fault:
    """Break without an accepted notification in force."""
    good: list[Fault] = []
    for row in state(book, "notifications"):
        if "accepted" not in row or day < max(row["accepted"], row.get("from", row["accepted"])):
            continue
        if "to" in row and row["to"] < day:
            continue
        sure, perhaps = lapse(book, law, row, day, reading)
        if number(law, "notification_per_provider", day, reading):
            ours = row.get("provider") == book.document["provider"]["number"]
            sure, perhaps = sure and ours, perhaps and (ours or "provider" not in row)
        good.append((sure, perhaps))
    return none_of(good)


def z105(book: Book, law: Law, day: date, reading: Reading) -> Fault:
    """Break without a plan that states home use."""
    rows = [row for row in state(book, "plans") if row["states_home_use"] and within(row, day)]
    if not number(law, "plan_signed", day, reading):
        return certain(not rows)
    return none_of([flag(row, "user_signed") for row in rows])


def z106(book: Book, law: Law, day: date, reading: Reading) -> Fault:
    """Break where an approval is in force and none names an accepted ground."""
    accepted = number(law, "approval_grounds", day, reading)
    rows = approvals(book, "home_use", day)
    if not rows:
        return NO
    return none_of(
        [certain(row["ground"] in accepted) if row.get("ground") in GROUNDS else PERHAPS for row in rows]
    )


def z107(book: Book, law: Law, day: date, reading: Reading) -> Fault:
    """Break before the service was opened to use at home."""
    if day < SERVICE_OPENED[law.service]:
        return YES
    return certain(law.service == "selection" and reading["selection_at_home"] == "false")


def z108(book: Book, law: Law, day: date, reading: Reading) -> Fault:
    """Break from the 65th birthday on."""
    born = date.fromisoformat(book.document["user"]["birth_date"])
    try:
        birthday = born.replace(year=born.year + 65)
    except ValueError:
        birthday = date(born.year + 65, 3, 1)
    return certain(day >= birthday)


def z109(book: Book, law: Law, day: date, reading: Reading) -> Fault:
    """Break without an assessment so far, or where a latest one notes cautions."""
    rows = [row for row in state(book, "assessments") if row["on"] <= day]
    latest = max((row["on"] for row in rows), default=None)
    return certain(not rows or any(row["cautions"] for row in rows if row["on"] == latest))


def z110(book: Book, law: Law, day: date, reading: Reading) -> Fault:
    """Break where every approval in force is older than the maximum."""
    months = relativedelta(months=number(law, "approval_months", day, reading))
    rows = approvals(book, "home_use", day)
    return certain(bool(rows) and all(day >= row["from"] + months for row in rows))


READINESS = {
    "Z201": "operating_rules",
    "Z202": "work_menu",
    "Z204": "on_request_support",
    "Z205": "record_submission",
    "Z206": "emergency_arrival",
    "Z207": "area_agreement",
    "Z208": "home_environment_check",
    "Z209": "complaint_desk",
    "Z210": "equipment_lent",
    "Z211": "confidential_workplace",
    "Z212": "operating_rules_change_received",
}


def ready(book: Book, code: str, law: Law, day: date, reading: Reading) -> Fault:
    """Break where a kind of readiness that the rule asks for is not in force."""
    if code == "Z207" and city_of(book.document["provider"]["municipality"]) == city_of(
        book.document["user"]["municipality"]
    ):
        return NO
    kinds = {READINESS[code]} if code in READINESS else number(law, "emergency_kinds", day, reading)
    held = {row["kind"] for row in state(book, "readiness") if within(row, day)}
    return certain(not kinds <= held)

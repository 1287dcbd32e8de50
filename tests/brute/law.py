"""The law as plain tables: rules, numbers by date, readings and overlays."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

Reading = dict[str, str]

# code: (name, severity, on nationally, what is judged, lists it needs beside `days` for home and use days)
RULES: dict[str, tuple[str, str, bool, str, tuple[str, ...]]] = {
    "Z101": ("wish_recorded", "payment", True, "home", ("wish",)),
    "Z102": ("home_use_approved", "payment", True, "home", ("approvals",)),
    "Z103": ("service_decided", "payment", True, "use", ("approvals",)),
    "Z104": ("notification_accepted", "payment", False, "home", ("notifications",)),
    "Z105": ("plan_states_home_use", "advice", True, "home", ("plans",)),
    "Z106": ("ground_recorded", "payment", False, "home", ("approvals",)),
    "Z107": ("service_open_to_home_use", "payment", True, "home", ()),
    "Z108": ("under_age_limit", "duty", False, "use", ("birth_date",)),
    "Z109": ("appropriateness_assessed", "advice", False, "home", ("assessments",)),
    "Z110": ("approval_within_maximum", "duty", False, "home", ("approvals",)),
    "Z201": ("operating_rules_state_home_support", "payment", True, "home", ("readiness",)),
    "Z202": ("work_menu_kept", "payment", True, "home", ("readiness",)),
    "Z203": ("emergency_response_ready", "payment", True, "home", ("readiness",)),
    "Z204": ("support_on_request_ready", "payment", True, "home", ("readiness",)),
    "Z205": ("records_submittable", "payment", True, "home", ("readiness",)),
    "Z206": ("staff_can_reach_user", "payment", False, "home", ("readiness",)),
    "Z207": ("out_of_area_agreed", "payment", False, "home", ("readiness", "provider.municipality")),
    "Z208": ("home_environment_checked", "advice", False, "home", ("readiness",)),
    "Z209": ("complaint_desk_named", "advice", False, "home", ("readiness",)),
    "Z210": ("equipment_lent", "advice", False, "home", ("readiness",)),
    "Z211": ("confidential_work_protected", "advice", False, "home", ("readiness",)),
    "Z212": ("change_notice_received", "payment", False, "home", ("readiness",)),
    "Z301": ("contact_twice_a_day", "payment", True, "home", ("contacts",)),
    "Z302": ("report_each_day", "payment", True, "home", ("daily_reports",)),
    "Z303": ("activity_recorded", "payment", True, "home", ()),
    "Z304": ("situation_recorded", "advice", True, "home", ("recordings",)),
    "Z305": ("consent_before_recording", "duty", True, "event", ("recordings",)),
    "Z306": ("inquiry_answered", "advice", True, "event", ("inquiries",)),
    "Z307": ("emergency_attended", "duty", False, "event", ("emergencies",)),
    "Z308": ("activity_from_menu", "advice", False, "home", ("provider.menu",)),
    "Z401": ("evaluate_each_week", "payment", True, "home", ("evaluations",)),
    "Z402": ("assess_each_month", "payment", True, "home", ("evaluations",)),
    "Z403": ("commute_each_week", "duty", False, "home", ()),
    "Z404": ("meet_face_to_face_each_week", "advice", False, "home", ("evaluations",)),
    "Z501": ("within_days_per_month", "payment", True, "use", ("approvals",)),
    "Z502": ("not_in_hospital", "payment", True, "home", ("hospital_stays",)),
    "Z503": ("absence_additions_within_limit", "payment", True, "event", ()),
    "Z504": ("life_support_on_approved_home_day", "payment", True, "event", ("life_support_days",)),
    "Z601": ("monthly_record_submitted", "duty", False, "home", ("submissions",)),
    "Z701": ("claimed_day_was_used", "payment", True, "event", ("claimed_days",)),
    "Z702": ("used_day_is_claimed", "record", True, "use", ("claimed_days",)),
    "Z901": ("contact_on_day_of_use", "record", True, "event", ("contacts",)),
    "Z902": ("one_place_at_a_time", "record", True, "home", ()),
    "Z903": ("contacts_apart", "advice", True, "home", ("contacts",)),
    "Z904": ("report_in_time", "advice", True, "event", ("daily_reports",)),
    "Z905": ("commute_evaluation_on_office_day", "record", True, "event", ("evaluations",)),
    "Z906": ("nothing_from_the_future", "record", True, "event", ()),
}

FOREVER = date.max
SINCE_EVER = date.min

# Rules that the nation has switched on for some time only.
NATIONAL_SPANS: dict[str, tuple[date, date]] = {
    "Z105": (date(2021, 4, 1), FOREVER),
    "Z106": (date(2012, 4, 1), date(2020, 6, 18)),
    "Z108": (SINCE_EVER, date(2018, 3, 31)),
}

SERVICE_OPENED: dict[str, date] = {
    "continuation_a": date(2012, 4, 1),
    "continuation_b": date(2012, 4, 1),
    "transition": date(2015, 4, 1),
    "selection": date(2025, 10, 1),
}

RELIEF_FROM, RELIEF_TO = date(2020, 2, 20), date(2020, 6, 18)
ALL_MEANS = frozenset({"visit", "commute", "phone", "video", "chat", "mail"})
ALL_CHANNELS = frozenset({"phone", "video", "visit", "office", "chat", "mail", "one_way"})

# name: [(first day, value)], the last one that has begun is in force.
NUMBERS: dict[str, list[tuple[date, Any]]] = {
    "approval_on_certificate": [(SINCE_EVER, False)],
    "notification_renewal": [(SINCE_EVER, "none")],
    "notification_per_provider": [(SINCE_EVER, False)],
    "plan_signed": [(SINCE_EVER, False)],
    "approval_grounds": [(SINCE_EVER, frozenset({"commuting_difficult"}))],
    "approval_months": [(SINCE_EVER, 12)],
    "emergency_kinds": [(SINCE_EVER, frozenset({"emergency_response"}))],
    "contacts_per_day": [(SINCE_EVER, 2)],
    "contact_channels": [(SINCE_EVER, ALL_CHANNELS - {"one_way"})],
    "recording_every": [(SINCE_EVER, "month")],
    "inquiry_days": [(SINCE_EVER, 3)],
    "arrival_days": [(SINCE_EVER, 0)],
    "evaluations_per_week": [(SINCE_EVER, 1)],
    "commutes_per_week": [(SINCE_EVER, 1)],
    "submission_day": [(SINCE_EVER, 10)],
    "submission_shift": [(SINCE_EVER, "none")],
    "contact_gap_minutes": [(SINCE_EVER, 60)],
    "report_days": [(SINCE_EVER, 3)],
    "weekly_means": [(SINCE_EVER, frozenset({"visit", "commute"})), (date(2020, 6, 19), ALL_MEANS)],
    "monthly_means": [
        (SINCE_EVER, frozenset({"commute"})),
        (date(2020, 6, 19), frozenset({"visit", "commute"})),
    ],
    "monthly_places": [
        (SINCE_EVER, frozenset({"office"})),
        (date(2020, 6, 19), frozenset({"home", "satellite", "office"})),
    ],
}

RELIEVED = ("weekly_means", "monthly_means", "monthly_places")

READINGS: dict[str, tuple[str, ...]] = {
    "selection_at_home": ("true", "false"),
    "week_start": ("monday", "sunday"),
    "joint_visit": ("true", "false"),
    "assessment_on_use_day": ("true", "false"),
    "covid_relief": ("true", "false"),
}

RULE_READINGS: dict[str, tuple[str, ...]] = {
    "Z107": ("selection_at_home",),
    "Z304": ("recording_every",),
    "Z401": ("week_start", "joint_visit", "covid_relief"),
    "Z402": ("assessment_on_use_day", "monthly_places", "covid_relief"),
    "Z403": ("week_start",),
    "Z404": ("week_start",),
}

# A value under "readings" is {label: value}; the value None stands for the national number.
OVERLAYS: dict[str, dict[str, Any]] = {
    "082023-hitachi": {
        "from": date(2026, 2, 2),
        "on": ["Z104", "Z106", "Z206", "Z207", "Z208", "Z211", "Z307"],
        "severity": {"Z304": "payment"},
        "set": {
            "notification_renewal": "decision_period",
            "approval_grounds": frozenset({"commuting_difficult", "support_effective"}),
            "emergency_kinds": frozenset({"emergency_response", "emergency_procedure"}),
        },
        "readings": {"recording_every": {"day": "day", "month": "month"}},
    },
    "132128-hino": {
        "from": date(2025, 10, 8),
        "on": ["Z104", "Z403"],
        "set": {"notification_renewal": "none", "commutes_per_week": 1},
    },
    "232025-okazaki": {
        "from": date(2021, 4, 1),
        "severity": {"Z105": "duty"},
        "readings": {"monthly_places": {"home,office,satellite": None, "office": frozenset({"office"})}},
    },
    "352021-ube": {
        "from": date(2021, 4, 1),
        "on": ["Z601"],
        "set": {"approval_on_certificate": True, "submission_day": 15},
    },
    "272205-minoh": {
        "from": date(2024, 3, 29),
        "on": ["Z601"],
        "severity": {"Z601": "payment"},
        "set": {
            "approval_on_certificate": True,
            "submission_day": 10,
            "submission_shift": "preceding_office_day",
        },
    },
    "131164-toshima": {
        "from": date(2023, 7, 1),
        "on": ["Z104", "Z110", "Z212"],
        "set": {"notification_renewal": "none", "approval_months": 12},
    },
    "handbook-2015": {
        "from": date(2015, 4, 1),
        "to": date(2021, 3, 31),
        "on": ["Z109", "Z209", "Z210", "Z404"],
    },
    "aoba": {"on": ["Z308"], "add": {"monthly_places": frozenset({"relay"})}},
    "icross": {"set": {"contacts_per_day": 3}},
}

# Designated cities: first and last five-digit code of their wards -> five-digit code of the city.
DESIGNATED: list[tuple[int, int, int]] = [
    (1101, 1199, 1100), (4101, 4199, 4100), (11101, 11199, 11100), (12101, 12199, 12100),
    (14101, 14129, 14100), (14131, 14149, 14130), (14151, 14199, 14150), (15101, 15199, 15100),
    (22101, 22129, 22100), (22131, 22199, 22130), (23101, 23199, 23100), (26101, 26199, 26100),
    (27101, 27139, 27100), (27141, 27199, 27140), (28101, 28199, 28100), (33101, 33199, 33100),
    (34101, 34199, 34100), (40101, 40129, 40100), (40131, 40199, 40130), (43101, 43199, 43100),
]  # fmt: skip


@dataclass
class Law:
    """The law of one case: its service, its overlays in order, and readings that the caller settled."""

    service: str
    overlays: list[dict[str, Any]]
    settled: Reading = field(default_factory=dict[str, str])


def check_digit(code: str) -> str:
    """Give the sixth digit of a five-digit municipality code."""
    total = sum(int(digit) * weight for digit, weight in zip(code, (6, 5, 4, 3, 2), strict=True))
    return str((11 - total % 11) % 10)


def city_of(code: str) -> str:
    """Give the six-digit code of the municipality, for a ward of a designated city that of the city."""
    five = int(code[:5])
    for first, last, city in DESIGNATED:
        if first <= five <= last:
            five = city
    return f"{five:05d}" + check_digit(f"{five:05d}")


def law_of(document: dict[str, Any], extra: list[str], settled: Reading) -> Law:
    """Find the overlays of the case: that of the deciding municipality, then those asked for."""
    city = city_of(document["user"]["municipality"])
    names = [name for name in OVERLAYS if name.startswith(city + "-")]
    names += [name for name in extra if name not in names]
    return Law(document["provider"]["service"], [OVERLAYS[name] for name in names], dict(settled))


def active(overlay: dict[str, Any], day: date) -> bool:
    """Tell whether an overlay is in force on a day."""
    first: date = overlay.get("from", SINCE_EVER)
    last: date = overlay.get("to", FOREVER)
    return first <= day <= last


def national(name: str, day: date, reading: Reading) -> Any:
    """Give the national number of a day under the reading of the COVID notices."""
    if name in RELIEVED and RELIEF_FROM <= day <= RELIEF_TO and reading.get("covid_relief") == "true":
        day = date(2020, 6, 19)
    value: Any = None
    for begun, candidate in NUMBERS[name]:
        if begun <= day:
            value = candidate
    return value


def number(law: Law, name: str, day: date, reading: Reading) -> Any:
    """Give a number of the law as in force on a day, under a combination of readings."""
    value = national(name, day, reading)
    for overlay in law.overlays:
        if not active(overlay, day):
            continue
        if name in overlay.get("set", {}):
            value = overlay["set"][name]
        if name in overlay.get("readings", {}):
            chosen = overlay["readings"][name][reading[name]]
            value = value if chosen is None else chosen
        if name in overlay.get("add", {}):
            value = value | overlay["add"][name]
    return value


def in_force(law: Law, code: str, day: date) -> bool:
    """Tell whether a rule is switched on and its law in force on a day."""
    always = code in ("Z103", "Z107", "Z108") or code[1] in "5679"
    if not always and day < SERVICE_OPENED[law.service]:
        return False
    if code == "Z108" and law.service != "transition":
        return False
    if any(code in overlay.get("on", []) and active(overlay, day) for overlay in law.overlays):
        return True
    if code in NATIONAL_SPANS:
        first, last = NATIONAL_SPANS[code]
        return first <= day <= last
    return RULES[code][2]


def severity(law: Law, code: str, last_day: date) -> str:
    """Give the severity of a rule on the last day of the month."""
    grade = RULES[code][1]
    for overlay in law.overlays:
        if active(overlay, last_day):
            grade = overlay.get("severity", {}).get(code, grade)
    return grade


def reading_labels(law: Law, name: str) -> tuple[str, ...]:
    """List the readings of a name that are left to try."""
    labels = READINGS.get(name, ())
    for overlay in law.overlays:
        labels = tuple(overlay.get("readings", {}).get(name, labels))
    settled = law.settled.get(name)
    return (settled,) if settled is not None and settled in labels else labels


def combinations(law: Law, code: str) -> list[Reading]:
    """List all combinations of the readings of a rule."""
    found: list[Reading] = [{}]
    for name in RULE_READINGS.get(code, ()):
        labels = reading_labels(law, name)
        if labels:
            found = [{**reading, name: label} for reading in found for label in labels]
    return found

"""What the columns of each table hold, and how numbers become columns of Arrow."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Any, Literal, TypeAlias

import numpy as np

from zaitaku_rules.testing.nation.dice import NEVER, Array
from zaitaku_rules.testing.nation.people import SERVICES
from zaitaku_rules.testing.nation.use import PLACES

pa: Any = import_module("pyarrow")
"""PyArrow, which has no types of its own."""

Rows: TypeAlias = dict[str, Array]
"""A table as numbers: `user` is the user whose row it is, or the first user of the office."""

Kind: TypeAlias = tuple[str, ...] | Literal["date", "moment", "flag", "user", "office", "place", "text"]
"""What a column holds: an index into words, a day, a minute, 0 or 1; texts are made elsewhere."""

CHANNELS = ("phone", "video", "visit", "office", "chat", "mail", "one_way")
MEANS = ("visit", "commute", "phone", "video", "chat", "mail")
COVERS = ("weekly", "achievement", "both")
MEDIA = ("still", "audio", "video")
MENU = (
    "データ入力",
    "文字起こし",
    "画像の加工",
    "封入と発送の準備",
    "プログラミングの訓練",
    "手工芸品の製作",
)
ACTIVITIES = (*MENU, "")
SUPPORT = (
    "進み具合を確かめ、次の手順を助言した",
    "入力の誤りを一緒に見直した",
    "体調と休憩の取り方を確かめた",
    "質問に画面を見ながら答えた",
    "仕上がりを確かめ、良い点を伝えた",
)
REASONS = ("通所の疲れが大きい", "体調の波があり、自宅の方が続けやすい", "移動に介助が要る")
GROUNDS = ("support_effective", "commuting_difficult", "その他(市の記載のとおり)")
READY = (
    "operating_rules",
    "work_menu",
    "emergency_response",
    "on_request_support",
    "record_submission",
    "emergency_procedure",
    "emergency_arrival",
    "home_environment_check",
    "confidential_workplace",
    "complaint_desk",
    "equipment_lent",
    "area_agreement",
    "operating_rules_change_received",
)
CLOCKS = tuple(f"{minute // 60:02d}:{minute % 60:02d}" for minute in range(8 * 60, 20 * 60, 30))
DAYS = (*(str(days) for days in range(1, 32)), "standard")

COLUMNS: Mapping[str, Mapping[str, Kind]] = {
    "users": {
        "user_id": "user",
        "provider_number": "office",
        "municipality": "place",
        "birth_date": "date",
        "wish_on": "date",
        "wish_reason": REASONS,
    },
    "providers": {
        "provider_number": "office",
        "service": SERVICES,
        "name": "text",
        "municipality": "place",
        "menu": "text",
    },
    "approvals": {
        "user_id": "user",
        "kind": ("decision", "home_use"),
        "from": "date",
        "to": "date",
        "service": SERVICES,
        "days_per_month": DAYS,
        "on_certificate": "flag",
        "issued": "date",
        "ground": GROUNDS,
    },
    "notifications": {
        "user_id": "user",
        "kind": ("initial", "renewal"),
        "submitted": "date",
        "accepted": "date",
        "from": "date",
        "provider": "office",
    },
    "plans": {
        "user_id": "user",
        "from": "date",
        "to": "date",
        "states_home_use": "flag",
        "user_signed": "flag",
    },
    "readiness": {"provider_number": "office", "kind": READY, "from": "date"},
    "assessments": {
        "user_id": "user",
        "on": "date",
        "commuting_difficulty": ("movement", "outside_home"),
        "cautions": "text",
    },
    "days": {
        "user_id": "user",
        "date": "date",
        "place": PLACES,
        "start": CLOCKS,
        "end": CLOCKS,
        "activity": ACTIVITIES,
        "support": SUPPORT,
    },
    "absences": {"user_id": "user", "date": "date", "addition_claimed": "flag"},
    "hospital_stays": {"user_id": "user", "from": "date", "to": "date"},
    "contacts": {
        "user_id": "user",
        "at": "moment",
        "channel": CHANNELS,
        "by": ("staff", "user"),
        "answered": "flag",
        "kind": ("contact", "advice", "progress", "health"),
        "recorded_at": "moment",
    },
    "daily_reports": {
        "user_id": "user",
        "date": "date",
        "author": ("職員", "本人"),
        "recorded_at": "moment",
    },
    "evaluations": {
        "user_id": "user",
        "date": "date",
        "covers": COVERS,
        "means": MEANS,
        "place": ("home", "satellite", "office"),
        "recorded_at": "moment",
    },
    "recordings": {
        "user_id": "user",
        "date": "date",
        "subject": ("both", "training", "support"),
        "media": MEDIA,
        "secured": "flag",
    },
    "consents": {"user_id": "user", "kind": ("recording", "disclosure"), "on": "date"},
    "inquiries": {"user_id": "user", "at": "moment", "answered_at": "moment"},
    "emergencies": {
        "user_id": "user",
        "at": "moment",
        "attended_at": "moment",
        "attended_by": ("staff", "other"),
    },
    "submissions": {"user_id": "user", "kind": ("monthly_record",), "month": "text", "on": "date"},
    "life_support_days": {"user_id": "user", "date": "date", "claimed": "flag"},
    "claimed_days": {"user_id": "user", "date": "date", "status": ("use", "absence_addition")},
}
"""The tables of a population, each with its columns in order."""


def worded(values: Array, words: Any) -> Any:
    """Return a column of words by index; below 0 there is none."""
    indices = pa.array(values, mask=values < 0) if (values < 0).any() else pa.array(values)
    return pa.DictionaryArray.from_arrays(indices, pa.array(words, type=pa.string()))


def timed(values: Array, kind: str) -> Any:
    """Return a column of dates, or of moments in Japan time; NEVER is none."""
    mask = values <= NEVER
    if kind == "date":
        return pa.array(values.astype(np.int32), mask=mask).view(pa.date32())
    return pa.array(values.astype(np.int64) * 60_000_000, mask=mask).view(pa.timestamp("us"))


def flagged(values: Array) -> Any:
    """Return a column of flags; below 0 there is none."""
    return pa.array(values > 0, mask=values < 0)


def provider_numbers(serial: Array, prefecture: Array) -> Array:
    """Return provider numbers with their check digit, as numbers of ten digits.

    The prefecture is 50 higher than any that exists, so that no real office has the number. The check
    digit is that of `records.written.provider_written`.
    """
    payload = (prefecture.astype(np.int64) + 50) * 10_000_000 + serial
    total = np.zeros(len(payload), dtype=np.int64)
    for place in range(9):
        product = payload // 10**place % 10 * (2 - place % 2)
        total += product // 10 + product % 10
    return payload * 10 + -total % 10

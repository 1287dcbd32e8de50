"""What headings and values of exports usually mean: for drafting a mapping, never for reading."""

from __future__ import annotations

import re
from collections.abc import Mapping

HEADINGS: Mapping[str, tuple[str, ...]] = {
    "user_id": (
        "利用者番号",
        "利用者id",
        "利用者コード",
        "利用者名",
        "利用者氏名",
        "利用者",
        "氏名",
        "名前",
        "user",
    ),
    "at": ("連絡日時", "通話日時", "送信日時", "日時"),
    "recorded_at": ("登録日時", "入力日時", "記録日時", "作成日時", "更新日時"),
    "date": ("利用日", "提供日", "実施日", "年月日", "日付", "日にち", "date"),
    "channel": ("連絡方法", "連絡手段", "連絡種別", "手段", "方法", "媒体", "ツール", "channel"),
    "time": ("連絡時刻", "連絡時間", "連絡", "時刻", "電話", "time"),
    "kind": ("区分", "種別", "種類"),
    "means": ("評価方法", "評価手段", "means"),
    "weekly": ("週の評価", "週評価", "週次評価", "週間評価", "評価"),
    "achievement": ("達成度評価", "達成度の評価", "月の評価", "月次評価", "達成度"),
    "report": ("日報提出", "日報受領", "日報"),
    "place": (
        "利用形態",
        "サービス提供場所",
        "提供場所",
        "提供形態",
        "利用場所",
        "形態",
        "場所",
        "在宅",
        "place",
    ),
    "start": ("開始時刻", "開始時間", "開始", "start"),
    "end": ("終了時刻", "終了時間", "終了", "end"),
    "activity": ("作業内容", "訓練内容", "活動内容", "作業訓練", "作業", "訓練", "activity"),
    "support": ("支援内容", "支援の内容", "支援", "助言", "support"),
    "absence": ("欠席時対応加算", "欠席時対応", "欠席", "absence"),
    "provider_number": ("事業所番号", "provider"),
    "municipality": ("市町村番号", "市町村コード", "支給決定市町村", "市町村", "municipality"),
}
"""By what a column is the headings that it may have, the likeliest first; a heading may hold one of them."""

_BY_WIRE = {
    "電話": "phone",
    "tel": "phone",
    "通話": "phone",
    "ビデオ": "video",
    "テレビ": "video",
    "zoom": "video",
    "オンライン": "video",
    "チャット": "chat",
    "line": "chat",
    "メール": "mail",
    "mail": "mail",
}

VALUES: Mapping[str, Mapping[str, str]] = {
    "place": {
        "在宅": "home",
        "自宅": "home",
        "home": "home",
        "通所": "office",
        "来所": "office",
        "事業所": "office",
        "施設外": "offsite",
        "サテライト": "satellite",
    },
    "channel": {
        **_BY_WIRE,
        "訪問": "visit",
        "来所": "office",
        "通所": "office",
    },
    "means": {**_BY_WIRE, "訪問": "visit", "来所": "commute", "通所": "commute"},
}
"""By field what a value means that begins with, or holds, a word."""

UNANSWERED = ("不在", "留守", "不通", "応答なし", "応答無し", "出ず", "繋がらず", "つながらず")
"""What is said of a contact that nobody answered, whatever else stands beside it."""

KINDS: Mapping[str, str] = {"contacts": "連絡", "daily_reports": "日報", "evaluations": "評価"}
"""By table what a value of a column of kinds holds, where one file has rows of several."""

ABSENT = ("欠席", "休み", "休")
"""Values of a place that mean no use at all."""

TOTALS = ("合計", "小計", "総計", "計", "total")
"""How lines begin that are no records."""


def column_meant(heading: str) -> str | None:
    """Return what a heading, as it is seen, means: the field whose word fits best, or None."""
    heading = re.sub(r"[\d①-⑨#]", "", heading)
    found = [
        (heading == word, len(word), name)
        for name, words in HEADINGS.items()
        for word in words
        if word in heading
    ]
    return max(found)[2] if found else None


def value_meant(field: str, value: str) -> str | None:
    """Return what a value, as it is seen, means in a field, or None."""
    if any(word in value for word in UNANSWERED):
        return "one_way" if field == "channel" else None
    known = VALUES.get(field, {})
    fitting = [word for word in known if word in value]
    return known[max(fitting, key=len)] if fitting else None

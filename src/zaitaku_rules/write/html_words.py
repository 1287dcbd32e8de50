"""The fixed words of the HTML report, in both languages, and how words of both are put into the page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from zaitaku_rules.errors import Message
from zaitaku_rules.explain import title, words
from zaitaku_rules.report import Stretch, Text
from zaitaku_rules.write.day_words import day_words, days_words, month_words
from zaitaku_rules.write.labels import LABELS, LEGEND, plain

if TYPE_CHECKING:
    from markupsafe import Markup

LANGS = ("ja", "en")
"""The languages of every page; the first is the one it opens in unless told otherwise."""

_PAGE: dict[str, Message] = {
    "page": Message("在宅利用の判定", "Home use, judged"),
    "skip": Message("本文へ", "Skip to the content"),
    "language": Message("言語", "Language"),
    "theme": Message("表示", "Theme"),
    "auto": Message("自動", "auto"),
    "light": Message("明", "light"),
    "dark": Message("暗", "dark"),
    "print": Message("印刷", "Print"),
    "print_one": Message("この人だけ印刷", "Print this one"),
    "overview": Message("一覧", "Overview"),
    "users": Message("利用者", "users"),
    "back": Message("一覧へ戻る", "Back to the list"),
    "all": Message("すべて", "all"),
    "verdict": Message("判定", "verdict"),
    "rule": Message("規則", "rule"),
    "any_rule": Message("すべての規則", "any rule"),
    "search": Message("利用者IDで探す", "Find a user id"),
    "shown": Message("人を表示", "shown"),
    "none_shown": Message("当てはまる利用者はいません。", "No user fits."),
    "sort_note": Message("見出しのボタンで並べ替えられます。", "The buttons in the headings sort the table."),
    "month": Message("月", "month"),
    "next_due": Message("次の期限", "next due"),
    "findings": Message("所見", "Findings"),
    "no_findings": Message("所見はありません。", "There are no findings."),
    "calendar": Message("月の表", "The month"),
    "legend": Message("凡例", "Key"),
    "claim": Message("請求への影響", "What it means for the claim"),
    "risk_now": Message("請求に支障のある日", "days at risk"),
    "open_now": Message("未確定の日", "open days"),
    "month_over": Message("月は終わっています。", "The month is over."),
    "due_today": Message("今日まで", "today"),
    "law": Message("条文の要旨", "The law in own words"),
    "rules": Message("判定したすべての規則", "Every rule, and what became of it"),
    "notes_page": Message("この頁で番号で引いた文", "Texts quoted by number"),
    "laws": Message("規則と根拠", "Rules and their basis"),
    "ledger": Message("判定の控え", "Receipt of the judgement"),
    "library": Message("ライブラリ", "library"),
    "ruleset": Message("適用した定め", "rule sets"),
    "overlays": Message("重ねた上書き規則", "overlays laid on"),
    "readings": Message("選んだ読み方", "readings chosen"),
    "selected": Message("選んだ規則", "rules asked for"),
    "law_hash": Message("定めのハッシュ", "hash of the law"),
    "case_hash": Message("記録のハッシュ", "hash of the records"),
    "none": Message("なし", "none"),
    "answer": Message("上書き規則に書く形", "as an overlay entry"),
    "evidence": Message("記録", "records"),
    "contacts": Message("連絡", "contacts"),
    "number": Message("連絡の数", "number of contacts"),
    "planned": Message("予定", "planned"),
    "due_day": Message("期限の日", "due"),
    "by": Message("期限", "by"),
    "slack": Message("余裕", "left"),
    "short": Message("不足", "missing"),
    "window": Message("数える期間", "window"),
    "note": Message("記録・望ましい取扱い", "records or advice"),
    "closing": Message(
        "この報告は記録と定めから機械的に求めたもので、請求の可否や指導の結果を決めるものではありません。",
        "Derived from records and law; it decides neither a claim nor the outcome of an inspection.",
    ),
    "hint": Message(
        "日にちを指すか選ぶと、その日の記録と根拠が出ます。矢印キーで移れます。",
        "Point at a day, or select it, for its records and evidence. Arrow keys move between days.",
    ),
}


def word(name: str) -> Message:
    """Return a fixed word of the page: one of its own, of the terminal output, or of a mark."""
    if name in _PAGE:
        return _PAGE[name]
    marks = {key: said for key, _, said in LEGEND}
    return marks[name] if name in marks else LABELS[name]


@lru_cache(maxsize=8192)
def both(ja: str, en: str) -> Markup:
    """Return a text in both languages, of which the page shows one; equal texts stand once."""
    from markupsafe import Markup, escape

    if ja == en:
        return escape(ja)
    return Markup("<span lang=ja>{}</span><span lang=en>{}</span>").format(ja, en)


def said(text: Text | Message) -> Markup:
    """Return a stored text in both languages, without control signs."""
    return both(plain(text.ja), plain(text.en))


@lru_cache(maxsize=512)
def fixed(name: str) -> Markup:
    """Return a fixed word of the page in both languages."""
    return said(word(name))


@lru_cache(maxsize=512)
def named_in(table: str, name: str) -> Markup:
    """Return the word of a table of the package ("statuses", "severities", "values") in both languages."""
    known = words()[table].get(name, {"ja": name, "en": name})
    return both(plain(known["ja"]), plain(known["en"]))


@lru_cache(maxsize=128)
def rule_title(code: str) -> Markup:
    """Return the short name of a rule in both languages."""
    return said(title(code))


def days_said(days: Iterable[date], year: int) -> Markup:
    """Return dates as short stretches in both languages."""
    listed = list(days)
    return both(*(days_words(listed, lang, year=year) for lang in LANGS))


def days_of(stretch: Stretch) -> list[date]:
    """Return all days of a stretch."""
    length = (stretch.to - stretch.from_).days + 1
    return [stretch.from_ + timedelta(days=number) for number in range(length)]


@lru_cache(maxsize=1024)
def day_said(day: date) -> Markup:
    """Return one date with its weekday in both languages."""
    return both(*(day_words(day, lang) for lang in LANGS))


def month_said(month: str) -> Markup:
    """Return a month in both languages."""
    return both(*(month_words(month, lang) for lang in LANGS))


def slack_said(slack: int) -> Markup:
    """Return how many days are left until the last day that serves."""
    if slack < 2:
        return both(*(("今日まで", "today") if slack == 0 else ("明日まで", "tomorrow")))
    return both(f"あと{slack}日", f"{slack} days left")


def lines_said(text: str) -> str:
    """Return a text of several lines without control signs."""
    return "\n".join(map(plain, text.split("\n")))


def records_said(records: Sequence[str]) -> str:
    """Return the names of records: at most four, then how many more."""
    more = f" +{len(records) - 4}" if len(records) > 4 else ""
    return ", ".join(plain(record) for record in records[:4]) + more

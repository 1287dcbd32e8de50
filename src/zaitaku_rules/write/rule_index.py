"""The index of the pages of the rules, by chapter."""

from __future__ import annotations

from collections.abc import Mapping

from zaitaku_rules.explain import words
from zaitaku_rules.write.entries import Entry
from zaitaku_rules.write.law_words import SCOPES
from zaitaku_rules.write.markdown import GENERATED, Lines, page, section, table
from zaitaku_rules.write.rule_entry import rule_entries


def index_page() -> str:
    """Return the list of all rules, by chapter."""
    return page([GENERATED, "", "# 規則の一覧 / The rules", "", *_index("ja"), "---", "", *_index("en")])


_CHAPTERS: Mapping[str, tuple[str, str]] = {
    "1": ("対象と手続き", "Eligibility and procedure"),
    "2": ("事業所の体制", "Readiness of the provider"),
    "3": ("在宅利用の日ごと", "Every day at home"),
    "4": ("週と月の評価", "Evaluation by week and month"),
    "5": ("日数と加算", "Days and additions"),
    "6": ("提出", "Submission"),
    "7": ("請求", "Claims"),
    "9": ("記録の整合", "Consistency of the records"),
}


def _index(lang: str) -> Lines:
    is_ja, number = lang == "ja", 0 if lang == "ja" else 1
    intro = (
        "事例は、適合する月と違うところだけを書いた記法で示します。上書き規則は[こちら](../law/municipalities.md)、"
        "数値の移り変わりは[こちら](../law/history.md)、すべての条項は[こちら](../law/coverage.md)。"
        if is_ja
        else "Cases are given in a notation that says only what differs from a lawful month. See also "
        "[municipalities](../law/municipalities.md), [history](../law/history.md) and "
        "[every clause](../law/coverage.md)."
    )
    lines = [intro, ""]
    heads = ("番号", "規則", "重さ", "適用") if is_ja else ("code", "rule", "severity", "in force")
    for digit, names in _CHAPTERS.items():
        rows = [_index_row(one, lang) for one in rule_entries() if one["code"][1] == digit]
        lines += section(2, f"Z{digit} {names[number]}", table(heads, rows))
    return lines


def _index_row(one: Entry, lang: str) -> tuple[str, str, str, str]:
    title = one["title"][lang]
    severity = words()["severities"][one["severity"]][lang]
    return f"[{one['code']}]({one['code']}.md)", title, severity, SCOPES[one["on"]].said_in(lang)

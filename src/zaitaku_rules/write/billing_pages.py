"""The pages of the rules of billing files as Markdown: one for each, and an index."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from zaitaku_rules.billing import billing_words
from zaitaku_rules.read.kokuhoren import Deviation
from zaitaku_rules.write.billing_entries import billing_entries, billing_entry
from zaitaku_rules.write.entries import Entry
from zaitaku_rules.write.markdown import GENERATED, Lines, bullets, code, linked, page, section, table
from zaitaku_rules.write.text_billing_rule import weights

_HEADINGS = {
    "duty": ("義務", "Duty"),
    "basis": ("根拠", "Basis"),
    "kinds": ("この規則で報告する差異", "Deviations told under this rule"),
    "needs": ("判定に要る資料", "Data it needs"),
    "mend": ("直し方", "How to mend"),
}
_CHAPTERS = {
    "0": ("ファイルと外枠", "The file and its envelope"),
    "1": ("項目", "Items"),
    "2": ("実績記録票、明細書、請求書の中", "Within service record, statement and claim"),
    "3": ("実績記録票と明細書の間", "Between service record and statement"),
    "4": ("在宅利用の記録との間", "Between billing files and the home-use log"),
}


def billing_pages() -> dict[str, str]:
    """Return the pages of the rules of billing files and their index by path."""
    entries = [billing_entry(one["code"]) for one in billing_entries()]
    return {
        "billing/index.md": _index(entries),
        **{f"billing/{one['code']}.md": _page(one) for one in entries},
    }


def _page(entry: Entry) -> str:
    head = f"# {entry['code']} {entry['title']['ja']} / {entry['title']['en']}"
    top = f"{code(entry['name'])} · [English](#english) · [一覧 All rules](index.md)"
    parts = [*_part(entry, "ja"), "---", "", '<a id="english"></a>', "", *_part(entry, "en")]
    return page([GENERATED, "", head, "", top, "", *parts])


def _part(entry: Entry, lang: str) -> Lines:
    number = 0 if lang == "ja" else 1
    weight = "重さ" if lang == "ja" else "severity"
    bodies: dict[str, Lines] = {
        "duty": [entry["duty"][lang], "", *bullets(f"{weight}: {said}" for said in weights(entry, lang))],
        "basis": bullets(_basis(entry, lang)),
        "kinds": bullets(f"{code(kind)} {_kind(kind, lang)}" for kind in entry["deviations"]),
        "needs": bullets(billing_words()["needs"][need][lang] for need in entry["needs"]),
        "mend": bullets(one["what"][lang] for one in entry["mend"]),
    }
    return [line for name, body in bodies.items() for line in section(2, _HEADINGS[name][number], body)]


def _basis(entry: Entry, lang: str) -> Iterator[str]:
    for one in entry["basis"]:
        yield f"{linked(one['title'][lang], one['url'])} {one['where']} ({one['certainty_words'][lang]})"


def _kind(kind: str, lang: str) -> str:
    return Deviation(kind, 1, 0).message.said_in(lang)  # type: ignore[arg-type]


def _index(entries: Iterable[Entry]) -> str:
    held = list(entries)
    head = "# 請求データの規則の一覧 / The rules of billing files"
    return page([GENERATED, "", head, "", *_list(held, "ja"), "---", "", *_list(held, "en")])


def _list(entries: list[Entry], lang: str) -> Lines:
    number = 0 if lang == "ja" else 1
    lines = [line for said in billing_words()["intro"] for line in (said[lang], "")]
    heads = ("番号", "規則", "重さ", "厳密") if lang == "ja" else ("code", "rule", "severity", "strict")
    for digit, names in _CHAPTERS.items():
        rows = [_row(one, lang) for one in entries if one["code"][1] == digit]
        lines += section(2, f"K{digit} {names[number]}", table(heads, rows))
    return [*lines, *section(2, "重さ" if lang == "ja" else "Severities", bullets(_severities(lang)))]


def _row(one: Entry, lang: str) -> tuple[str, str, str, str]:
    strict = "" if one["strict_severity"] == one["severity"] else code(one["strict_severity"])
    return f"[{one['code']}]({one['code']}.md)", one["title"][lang], code(one["severity"]), strict


def _severities(lang: str) -> Iterator[str]:
    for name, said in billing_words()["severities"].items():
        yield f"{code(name)} {said[lang]}"

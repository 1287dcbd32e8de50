"""The fixed words and signs of the terminal output, in both languages.

Every sign is one that terminals draw in a known number of cells; those of ambiguous East-Asian width
(box lines, arrows, the middle dot) are avoided, so that columns stand upright everywhere.
"""

from __future__ import annotations

import unicodedata

from zaitaku_rules.errors import Message

WIDEST = 110
"""The widest lines in cells: longer ones do not read well."""

SIGNS = {"broken": "✗", "open": "?", "kept": "✓", "idle": "-", "waived": "~", "not_run": "/"}
"""The sign of each status: colour is never the only carrier."""

STYLES = {
    "broken": "bold #ffffff on #b3261e",
    "open": "bold #201a00 on #f2c94c",
    "kept": "bold #ffffff on #2e7d4f",
    "idle": "bold #ffffff on #5f6b76",
}
"""The badge of each verdict."""

INK = {"broken": "bold red", "open": "bold yellow", "waived": "bold cyan"}
"""The heading of a finding by status."""

LABELS: dict[str, Message] = {
    "user": Message("利用者", "user"),
    "provider": Message("事業所", "provider"),
    "municipality": Message("支給決定", "decided by"),
    "as_of": Message("基準日", "as of"),
    "known_at": Message("記録の時点", "known at"),
    "home_days": Message("在宅利用日", "home days"),
    "clear": Message("問題なし", "clear"),
    "at_risk": Message("請求に支障", "at risk"),
    "open": Message("未確定", "open"),
    "not_claimable": Message("請求できない", "not claimable"),
    "days": Message("日付", "days"),
    "open_days": Message("未確定の日", "open days"),
    "waived_days": Message("例外の日", "waived days"),
    "found": Message("確認数", "counted"),
    "basis": Message("根拠", "basis"),
    "settle": Message("確定には", "settled by"),
    "mend": Message("直すには", "mended by"),
    "not_given": Message("資料なし", "not given"),
    "off": Message("適用なし", "off"),
    "empty_list": Message(
        "実際になかったものは、空の一覧 [] で「なし」と書けます。",
        "what did not happen is written as an empty list [].",
    ),
    "due": Message("これからの期限", "Still due"),
    "plan": Message("最も手間の少ない手順", "The cheapest lawful steps"),
    "plan_do": Message("行う", "do"),
    "plan_attach": Message("添える", "attach"),
    "plan_correct": Message("直す", "correct"),
    "plan_withdraw": Message("取り下げる", "withdraw"),
    "plan_ask": Message("確認する", "ask"),
    "plan_outcome": Message("見込み", "outcome"),
    "notes": Message("注記", "notes"),
    "by_people": Message("人が確認", "to see to"),
    "receipt": Message("判定の控え", "receipt"),
    "pending": Message("その日や期間が終わってから決まること", "Settled once the day or period is over"),
    "bad": Message("読めないもの", "could not be read"),
    "baseline": Message("既知(ベースライン)", "Known (baseline)"),
    "known": Message("うち既知", "known"),
}

LEGEND = (
    ("home", Message("在", "H"), Message("在宅", "home")),
    ("office", Message("通", "O"), Message("通所", "office")),
    ("satellite", Message("S", "S"), Message("サテライト", "satellite")),
    ("offsite", Message("外", "F"), Message("施設外", "off site")),
    ("absence", Message("欠", "A"), Message("欠席時対応", "absence")),
    ("report", Message("日", "r"), Message("日報", "report")),
    ("weekly", Message("週", "w"), Message("週の評価等", "weekly evaluation")),
    ("achievement", Message("月", "m"), Message("達成度の評価", "monthly assessment")),
)
"""What the marks of a day stand for."""

MARKS = {name: mark for name, mark, _ in LEGEND}


def label(name: str, lang: str) -> str:
    """Return a fixed word in `lang`."""
    return LABELS[name].said_in(lang)


def plain(text: str) -> str:
    """Return foreign text without control signs, so that it cannot steer the terminal."""
    if text.isprintable():
        return text
    return "".join(
        "?" if unicodedata.category(sign) in ("Cc", "Cf", "Cs", "Zl", "Zp") else sign for sign in text
    )

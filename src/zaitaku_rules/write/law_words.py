"""The fixed words of the law's own pages and commands, in both languages."""

from __future__ import annotations

from zaitaku_rules.errors import Message

CERTAINTIES = {
    "official": Message("原文を発行元で確かめた", "read at its issuer"),
    "official_in_part": Message("原文の一部を確かめた", "read in part"),
    "second_hand": Message("引用や説明による", "read through others"),
}
"""How the text of a source was seen."""

KINDS = {
    "instrument": Message("定め", "instrument"),
    "guidance": Message("手引き", "guidance"),
    "practice": Message("実務", "practice"),
}
"""What a source is."""

FATES = {
    "encoded": Message("規則にした", "encoded"),
    "human_judgement": Message("人が判断する", "human judgement"),
    "out_of_scope": Message("対象外", "out of scope"),
}
"""What became of a clause."""

SCOPES = {
    True: Message("全国で適用", "on nationally"),
    False: Message("定めがあるところで適用", "where an overlay or dated law enables it"),
}
"""Whether the nation has a rule on."""


def day_span(begin: str | None, end: str | None, lang: str) -> str:
    """Return two dates in ISO form as a period; empty where both are open."""
    if lang == "ja":
        return f"{begin or ''}から{f'{end}まで' if end else ''}" if begin else f"{end}まで" if end else ""
    return f"from {begin}{f' to {end}' if end else ''}" if begin else f"to {end}" if end else ""

"""The tool and its rules as SARIF declares them: in one language, and in properties the other."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, TypeAlias

from zaitaku_rules.explain import words
from zaitaku_rules.law import nation
from zaitaku_rules.rules import CATALOGUE
from zaitaku_rules.write.entries import clause_entry
from zaitaku_rules.write.labels import label
from zaitaku_rules.write.rule_entry import rule_entries

Entry: TypeAlias = dict[str, Any]

LEVELS = {"payment": "error", "duty": "error", "record": "warning", "advice": "note"}
"""The level of a broken rule by severity: error for what moves the exit code."""

_UNREAD = {
    "ja": "読めない、または判定できないケース。",
    "en": "A case that could not be read or judged.",
}


@lru_cache(maxsize=1)
def rule_indexes() -> Mapping[str, int]:
    """Return the place of each rule among those declared."""
    return {code: index for index, code in enumerate(CATALOGUE)}


def tool(lang: str, library: str) -> Entry:
    """Return the tool with all its rules."""
    unread = {"id": "zaitaku-error/1", "shortDescription": {"text": _UNREAD[lang]}}
    driver = {
        "name": "zaitaku",
        "fullName": "zaitaku-rules",
        "version": library,
        "language": lang,
        "rules": [_rule(entry, lang) for entry in rule_entries()],
        "notifications": [unread],
    }
    return {"driver": driver}


def _rule(short: Entry, lang: str) -> Entry:
    other = "en" if lang == "ja" else "ja"
    code, severity = short["code"], short["severity"]
    clauses = [clause_entry(clause, nation().sources) for clause in nation().clauses_of_rules.get(code, [])]
    entry: Entry = {
        "id": code,
        "name": short["name"],
        "shortDescription": {"text": short["title"][lang]},
        "fullDescription": {"text": short["duty"][lang]},
        "help": {"text": "\n".join(_help_lines(code, clauses, lang))},
        "defaultConfiguration": {"enabled": short["on"], "level": LEVELS[severity]},
        "properties": {
            "severity": severity,
            "tags": [severity],
            other: {"name": short["title"][other], "duty": short["duty"][other]},
        },
    }
    # A rule that only municipalities ask for has no page of the nation; its results name their basis. Its own
    # page in docs/rules cannot stand here: SARIF wants a full address, and the pages have none.
    if url := next((clause["url"] for clause in clauses if clause["url"]), None):
        entry["helpUri"] = url
    return entry


def _help_lines(code: str, clauses: list[Entry], lang: str) -> list[str]:
    return [*_clause_lines(clauses, lang), *_mend_lines(code, lang), more(code, lang)]


def more(code: str, lang: str) -> str:
    """Return the command that explains a rule in full, with links."""
    return f"zaitaku rule {code} --lang {lang}"


def _clause_lines(clauses: list[Entry], lang: str) -> list[str]:
    return [f"{label('basis', lang)}: {one['source'][lang]} {one['locator'][lang]}" for one in clauses]


def _mend_lines(code: str, lang: str) -> list[str]:
    return [f"{label('mend', lang)}: {way[lang]}" for way in words()[code].get("mend", [])]

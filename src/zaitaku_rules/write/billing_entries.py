"""Rules of billing files as plain data, for JSON, for the terminal and for their pages."""

from __future__ import annotations

from zaitaku_rules.billing import BillingRule, billing_rule_called, billing_words, catalogue
from zaitaku_rules.errors import Message
from zaitaku_rules.write.entries import Entry


def billing_entries() -> list[Entry]:
    """Return every rule of billing files in short, in order of code."""
    return [_short(rule) for rule in catalogue().values()]


def billing_entry(word: str) -> Entry:
    """Return one rule of billing files in full, by code or name; raises InvalidCall for an unknown one."""
    rule = billing_rule_called(word)
    certainties = billing_words()["certainties"]
    return {
        **_short(rule),
        "basis": [
            {
                "source": rest.source,
                "title": _both(rest.title),
                "url": rest.url,
                "where": rest.where,
                "certainty": rest.certainty,
                "certainty_words": dict(certainties[rest.certainty]),
            }
            for rest in rule.basis
        ],
        "mend": [{"kind": way.kind, "what": _both(way.what)} for way in rule.mend],
    }


def _short(rule: BillingRule) -> Entry:
    return {
        "code": rule.code,
        "name": rule.name,
        "severity": rule.severity,
        "strict_severity": rule.strict,
        "title": _both(rule.title),
        "duty": _both(rule.duty),
        "judges": list(rule.judges),
        "needs": list(rule.needs),
        "deviations": list(rule.kinds),
    }


def _both(said: Message) -> dict[str, str]:
    return {"ja": said.ja, "en": said.en}
